"""Promises: what a rule does less than it, or otherwise, is found, and shown on somebody."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from sitriage import Ruleset, load_rules
from sitriage.conditions import All, Has, Within
from sitriage.model import Cell, Item
from sitriage.promises import ApartPromise, LimitPromise, UrgencyPromise
from sitriage.prove.catalogue import prove
from sitriage.prove.kept import KEPT
from sitriage.prove.law import Breach
from sitriage.prove.replay import everybody, replayed
from sitriage.words import Phase, Professional, Urgency
from tests.prove.test_laws import cell, level, table


def breaches(rules: Ruleset, name: str) -> tuple[Breach, ...]:
    (law,) = [each for each in KEPT if each.name == name]
    (proof,) = prove(rules, [law])
    return proof.breaches


def promising(rules: Ruleset, **promises: Any) -> Ruleset:
    return attrs.evolve(rules, **promises)


def test_a_lowered_urgency_breaks_its_promise_for_the_calmest_who_has_the_signs(small):
    faulty = level(small, "hot", urgency=Urgency.ROUTINE)
    (breach,) = breaches(faulty, "promised urgency")
    (person,) = breach.people
    assert breach.what == "R2: somebody gets less than same_day"
    assert set(person) in ({"fever"}, {"chills"})
    assert replayed(everybody(faulty), person).urgency < "same_day"


def test_a_lesser_professional_breaks_a_promise(small):
    first, second = small.red_flags["hot"].level
    faulty = table(
        small, "red_flags", "hot", level=(first, attrs.evolve(second, see=Professional.URGENT_CARE))
    )
    assert [each.what for each in breaches(faulty, "promised urgency")] == [
        "R2, R3: somebody gets less than emergency"
    ]


def test_unsure_is_promised_one_step_less_unless_the_promise_says_otherwise(small):
    swollen = UrgencyPromise(rows=("R2",), when=Has("numb"), at_least=Urgency.SOON)
    assert not breaches(promising(small, promised_urgency=(swollen,)), "promised urgency")
    surely = attrs.evolve(swollen, unsure="soon")
    (breach,) = breaches(promising(small, promised_urgency=(surely,)), "promised urgency")
    assert breach.people == ({"numb": 2},)
    nothing = attrs.evolve(swollen, when=Has("swollen"), at_least=Urgency.ROUTINE, unsure="self_care")
    assert breaches(promising(small, promised_urgency=(nothing,)), "promised urgency")[0].people == (
        {"swollen": 3},
    )


def test_who_contradicts_themselves_breaks_no_promise(small):
    impossible = All((Has("egg"), Within("egg_week", min=1), Has("easing"), Has("worse")))
    promise = UrgencyPromise(rows=("R2",), when=impossible, at_least=Urgency.EMERGENCY, unsure="self_care")
    assert not breaches(promising(small, promised_urgency=(promise,)), "promised urgency")


@pytest.mark.parametrize(
    ("exercise", "column", "changed"),
    [
        ("wag", "fragile", Cell(rung="full")),
        ("flap", "fragile", Cell(rung="small")),
        ("lean", "fragile", Cell(rung="seated")),
        ("lean", "cold", Cell(rung="full", max_hold_s=15)),
        ("flap", "cold", Cell(rung="small")),
        ("wag", "splint", Cell(rung="small")),
    ],
)
def test_an_opened_cell_breaks_its_promise(exercise, column, changed, small):
    (breach, *_) = breaches(cell(small, exercise, column, changed), "promised limits")
    assert f"`{exercise}`" in breach.what
    assert breach.people


def test_a_form_that_a_programme_asks_for_is_barred_too(small):
    # nobody is lowered to the small form by this, but the strong programme begins with it
    barred = LimitPromise(rows=("R6",), column="cold", when=Has("cold_skin"), never={"wag": ("small",)})
    (breach,) = breaches(promising(small, promised_limits=(barred,)), "promised limits")
    assert breach.what == "`cold`: `wag` is given as `small`"


def test_lying_flat_and_working_up_are_promised_away(small):
    flat = LimitPromise(rows=("R6",), column="egg", when=Has("egg"), never_flat=True, start_dose_only=True)
    on_back = attrs.evolve(small.exercises["lean"].rung["full"], flat_on_back=True)
    faulty = table(small, "exercises", "lean", rung={**small.exercises["lean"].rung, "full": on_back})
    said = {each.what for each in breaches(promising(faulty, promised_limits=(flat,)), "promised limits")}
    assert said == {"`egg`: `lean` is given as `full`", "`egg`: somebody works up to more than the start"}


@pytest.mark.parametrize(
    ("key", "change", "words"),
    [
        ("start", {"hold_s": 8}, "start.hold_s is 8, promised is at most 5"),
        ("target", {"rest_s": 2}, "target.rest_s is 2, promised is at least 5"),
        ("target", {"effort_percent": 60}, "target.effort_percent is 60, promised is at most 50"),
    ],
)
def test_a_dose_above_the_promised_one_is_found(key, change, words, small):
    dose = attrs.evolve(getattr(small.exercises["flap"], key), **change)
    faulty = table(small, "exercises", "flap", **{key: dose})
    assert [each.what for each in breaches(faulty, "promised doses")] == [words]


def test_a_swapped_side_and_phase_break_a_promise(small):
    faulty = table(small, "exercises", "flap", side="sore", phase=Phase.STRETCH)
    said = {each.what for each in breaches(faulty, "promised sides")}
    assert "side is `sore`, promised is `other`" in said
    assert "phase is `stretch`, promised is `stabilise`" in said


def test_leaving_out_breaks_no_promise_of_a_side(small):
    faulty = table(small, "exercises", "flap", if_both="left_out")
    assert not breaches(faulty, "promised sides")


def test_another_exercise_a_harder_form_or_a_full_dose_break_a_programme(small):
    faulty = table(small, "programmes", "resting", item=(Item(exercise="lean"),), lowest_dose=False)
    said = [each.what for each in breaches(faulty, "promised programmes")]
    assert said == [
        "gives lean; promised is lean, flap",
        "gives more than the lowest dose, which is promised",
    ]
    (promise,) = [each for each in small.promised_leaves if each.programme == "gentle"]
    gentler = attrs.evolve(promise, forms={"wag": "small"})
    (breach,) = breaches(promising(small, promised_leaves=(gentler,)), "promised programmes")
    assert breach.what == "`wag` is harder than `small`, which is promised"


def test_exercises_promised_apart_are_found_together(small):
    apart = ApartPromise(rows=("R5",), exercises=("wag", "lean"))
    found = breaches(promising(small, promised_apart=(apart,)), "kept apart")
    assert {each.file for each in found} == {"programmes/gentle.toml", "programmes/strong.toml"}


def test_the_shipped_rules_promise_each_kind_of_thing():
    rules = load_rules()
    assert len(rules.promised_urgency) > 100
    assert len(rules.promised_limits) > 40
    assert len(rules.promised_doses) == len(rules.exercises)
    assert len(rules.promised_leaves) == len(rules.programmes)
