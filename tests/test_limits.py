"""Limits: how far up its ladder an exercise may go, what keeps somebody from more, and caps on the dose."""

from __future__ import annotations

import attrs
import pytest

from sitriage.conditions import All, Answer, Any, Has
from sitriage.evidence import read_answers
from sitriage.limits import Limit, applies, capped, column_limit, columns_of, limits, unmet
from sitriage.model import Cell, Ruleset
from sitriage.verdict import Dose
from tests.small_pack import CALM


@pytest.mark.parametrize("answer", [Answer.NOT_ASKED, Answer.UNSURE, Answer.YES])
def test_a_limit_counts_unless_it_is_a_clear_no(answer: Answer) -> None:
    assert applies(Has("x"), {"x": answer})
    assert not applies(Has("x"), {"x": Answer.NO})


def test_each_form_down_a_ladder_may_need_an_ability_and_none_leads_up_again(small: Ruleset) -> None:
    flap = small.exercises["flap"]
    perched, seated = (
        attrs.evolve(flap.rung["small"], needs=Has(name)) for name in ("has_perch", "can_balance")
    )
    ladder = attrs.evolve(
        flap,
        rungs=("full", "small", "perched", "seated", "withheld"),
        rung={**flap.rung, "perched": perched, "seated": seated},
        column={"fragile": Cell(rung="perched")},
    )
    values = read_answers({**CALM, "fragile": True, "can_balance": False}, small).values
    found = limits(ladder, small, values)
    assert (found.rung, found.needs) == ("withheld", ("has_perch", "can_balance"))


def test_the_unmet_parts_of_a_need_are_named_and_no_others() -> None:
    needs = All((Has("a"), Any((Has("b"), Has("c"))), Has("d")))
    answers = {"a": Answer.YES, "b": Answer.NO, "c": Answer.UNSURE, "d": Answer.NOT_ASKED}
    assert unmet(needs, answers) == ("b", "c", "d")
    assert unmet(needs, dict.fromkeys("abcd", Answer.YES)) == ()
    assert unmet(Has("a"), {"a": Answer.UNSURE}) == ("a",)


def test_a_cap_is_no_dose() -> None:
    limit = Limit(0, "full", max_hold_s=10, max_effort_percent=20, columns=())
    for more in ({}, {"hold_s": 5}, {"effort_percent": 15}):
        dose = Dose(reps=3, sets=1, per_day=1, **more)
        assert capped(dose, limit) == dose


def test_of_two_caps_the_lower_one_holds(small: Ruleset) -> None:
    strict, loose = (Cell(rung="full", max_hold_s=hold, max_effort_percent=hold + 3) for hold in (6, 10))
    values = read_answers({**CALM, "cold_skin": True, "splinted": True}, small).values
    for column in ({"splint": strict, "cold": loose}, {"splint": loose, "cold": strict}):
        limit = limits(attrs.evolve(small.exercises["lean"], column=column), small, values)
        assert limit == Limit(0, "full", 6, 9, ("splint", "cold"))


def test_a_limit_names_the_columns_that_set_it(small: Ruleset) -> None:
    values = read_answers({**CALM, "fragile": True, "splinted": True, "cold_skin": True}, small).values
    assert limits(small.exercises["wag"], small, values).columns == ("splint",)
    assert limits(small.exercises["nod"], small, values).rung == "withheld"
    calm = read_answers(CALM, small).values
    by_columns = column_limit(small.exercises["wag"], small, calm, columns_of(small, calm))
    assert limits(small.exercises["wag"], small, calm) == by_columns == Limit(0, "full", 0, 0, ())


def test_of_several_limits_only_those_are_named_that_set_the_form(small: Ruleset) -> None:
    full, little, none = Cell(rung="full"), Cell(rung="small"), Cell(rung="withheld")
    values = read_answers({**CALM, "fragile": True, "splinted": True, "cold_skin": True}, small).values
    for column, expected in (
        ({"cold": full, "splint": little, "fragile": little}, Limit(1, "small", 0, 0, ("splint", "fragile"))),
        ({"splint": none, "fragile": little}, Limit(2, "withheld", 0, 0, ("splint",))),
        ({"fragile": little, "splint": none}, Limit(2, "withheld", 0, 0, ("splint",))),
    ):
        wag = attrs.evolve(small.exercises["wag"], column=column)
        assert (
            column_limit(wag, small, values, columns_of(small, values))
            == limits(wag, small, values)
            == expected
        )
