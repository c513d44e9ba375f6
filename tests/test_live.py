"""What a plan could still turn on while answers are missing."""

from __future__ import annotations

import pytest

from sitriage.completions import completions_of
from sitriage.conditions import findings_in
from sitriage.evidence import read_answers
from sitriage.live import live_conditions, may_fall_short, readers_of
from sitriage.model import Ruleset
from sitriage.programme import plan
from sitriage.ranges import Bounds
from tests.small_pack import CALM, edited, small_rules
from tests.small_people import without


def domain(rules: Ruleset, given):
    return completions_of(rules, read_answers(given, rules)).domain


def live(rules: Ruleset, given) -> set[str]:
    return {
        name for each in live_conditions(rules, Bounds(domain(rules, given))) for name in findings_in(each)
    }


def test_nothing_is_live_once_everything_is_known(small: Ruleset) -> None:
    assert live(small, CALM) == set()


@pytest.mark.parametrize(
    ("open_name", "answers", "is_live"),
    [
        ("egg", {}, True),
        ("fragile", {}, True),
        ("can_balance", {}, True),
        ("side", {}, True),
        # flap is withheld already, so balance changes nothing
        ("can_balance", {"fragile": True}, False),
        # only the strong programme needs a perch and rolls
        ("has_perch", {}, False),
        ("has_perch", {"easing": True}, True),
        ("lying_hurts", {}, False),
        ("lying_hurts", {"easing": True, "has_perch": True}, True),
        # whether it was checked matters only to fragile bones
        ("checked", {}, False),
        ("checked", {"fragile": True}, True),
        ("severity", {}, False),
        ("severity", {"easing": True}, True),
        ("fever", {}, False),
    ],
)
def test_a_finding_is_live_where_the_plan_may_turn_on_it(small, open_name, answers, is_live) -> None:
    assert (open_name in live(small, without(open_name, **answers))) == is_live


def test_whatever_changes_a_plan_is_live(small: Ruleset) -> None:
    for first in CALM:
        given = without(first)
        for value in small.domains[first]:
            values = {**read_answers(given, small).values, first: value}
            if plan(small, values).picks != plan(small, read_answers(CALM, small).values).picks:
                assert first in live(small, given), first


@pytest.mark.parametrize(
    ("open_names", "answers", "short"),
    [
        ((), {}, False),
        (("splinted",), {}, True),
        (("fragile",), {}, False),
        ((), {"splinted": True, "fragile": True}, True),
    ],
)
def test_a_plan_may_fall_short_where_somebody_is_left_with_too_little(small, open_names, answers, short):
    assert may_fall_short(small, Bounds(domain(small, without(*open_names, **answers)))) == short


def test_a_fill_up_that_depends_on_the_side_is_no_sure_one() -> None:
    rules = small_rules(edited("settings.toml", 'fill = ["nod", "wag"]', 'fill = ["nod", "lean"]'))
    assert may_fall_short(rules, Bounds(domain(rules, without(egg=True, egg_week=4))))
    assert not may_fall_short(small_rules(), Bounds(domain(small_rules(), without(egg=True, egg_week=4))))


def test_the_readers_of_a_plan_hold_everything_that_one_change_could_alter_it_by(small: Ruleset) -> None:
    for given in (CALM, without(easing=True), without(egg=True, egg_week=4), without(fragile=True)):
        values = read_answers(given, small).values
        start = plan(small, values)
        readers = readers_of(start, small)
        for name in small.findings:
            for value in small.domains[name]:
                if plan(small, {**values, name: value}).picks != start.picks:
                    assert name in readers, name


def test_the_readers_of_a_plan_do_not_hold_what_it_never_reads(small: Ruleset) -> None:
    start = plan(small, read_answers(CALM, small).values)
    assert {"fever", "numb", "age", "kind"}.isdisjoint(readers_of(start, small))
