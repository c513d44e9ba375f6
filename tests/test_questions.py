"""Open questions: exactly the findings that alone make a difference between two completions."""

from __future__ import annotations

import pytest

from sitriage import Urgency, triage
from sitriage.completions import completions_of
from sitriage.evidence import read_answers
from sitriage.model import Ruleset
from sitriage.questions import PlanSearch, outlook
from sitriage.screen import urgency_of_rank
from tests.small_pack import CALM, edited, small_rules
from tests.small_people import differing, everybody, without

SAMPLES = [
    without("fever", "weak"),
    without("numb", "weak", "fever", "chills"),
    without("night_pain", "swollen", "bitten", "easing"),
    without("worse", "checked", "easing"),
    without("easing", "severity", "has_perch", "can_balance"),
    without("age", "onset_age", "severity"),
    without("kind", "egg"),
    without("egg", "severity", "easing"),
    without("side", "easing", "lying_hurts", has_perch=True),
    without("fragile", "checked", "splinted"),
    without("fragile", "cold_skin", "splinted", egg=True, egg_week=4),
    without("splinted", "cold_skin", "can_balance", fragile=True),
    without("fever", "fragile", numb=True),
    without("easing", "checked", worse=True),
    without("kind", "easing", "severity", egg=True, egg_week=1),
    without("worse", "swollen", easing=True),
    without("cold_skin", "bitten", "fragile", "checked", side="both"),
    without("has_perch", "lying_hurts", "side", easing=True),
    without("side", fragile=True),
]


@pytest.mark.parametrize("given", SAMPLES, ids=lambda given: "-".join(sorted(CALM.keys() - given.keys())))
def test_open_questions_are_exactly_those_that_brute_force_finds(small: Ruleset, given) -> None:
    asked = [name for name in small.findings if name not in given]
    verdict = triage(given, rules=small)
    conflicting = {name for conflict in verdict.conflicts for name in conflict.findings}
    assert set(verdict.open_questions) - conflicting == set(differing(everybody(given))) - conflicting
    assert set(verdict.open_questions) <= {*asked, *conflicting}


@pytest.mark.parametrize("given", SAMPLES, ids=lambda given: "-".join(sorted(CALM.keys() - given.keys())))
def test_the_urgency_range_holds_the_verdict_of_every_completion(small: Ruleset, given) -> None:
    verdict = triage(given, rules=small)
    low, high = verdict.urgency_range
    urgencies = {each.urgency for each in everybody(given).values()}
    assert low <= min(urgencies)
    assert max(urgencies) <= high


def test_nothing_is_open_for_a_duck_that_answered_everything(small: Ruleset) -> None:
    view = outlook(completions_of(small, read_answers(CALM, small)))
    assert (view.open, view.lowest, view.highest) == ((), 0, 0)


def test_what_cannot_apply_is_not_open(small: Ruleset) -> None:
    assert "egg_week" not in triage(without("fever"), rules=small).open_questions


def test_open_questions_stand_in_the_order_of_the_findings(small: Ruleset) -> None:
    order = list(small.findings)
    opened = triage({}, rules=small).open_questions
    assert list(opened) == sorted(opened, key=order.index)


def test_an_emergency_leaves_nothing_open_but_what_cannot_lower_it(small: Ruleset) -> None:
    verdict = triage(without("fever", "severity", numb=True, weak=True), rules=small)
    assert verdict.open_questions == ()
    assert verdict.urgency_range == (Urgency.EMERGENCY, Urgency.EMERGENCY)


def test_the_highest_rank_is_that_of_the_worst_completion(small: Ruleset) -> None:
    view = outlook(completions_of(small, read_answers(without("severity"), small)))
    assert urgency_of_rank(view.lowest) is Urgency.SELF_CARE
    assert urgency_of_rank(view.highest) is Urgency.SAME_DAY


def test_a_limit_of_those_only_whom_the_screen_stops_is_not_asked_about() -> None:
    fevered = edited("columns/cold.toml", 'when.any = ["cold_skin"]', 'when.all = ["cold_skin", "fever"]')
    assert triage(without("cold_skin", "fever"), rules=small_rules(fevered)).open_questions == ("fever",)
    assert triage(without("cold_skin", "fever"), rules=small_rules()).open_questions == ("cold_skin", "fever")


def test_a_leaf_of_those_only_whom_the_screen_stops_asks_nothing() -> None:
    fevered = edited("tree/pattern.toml", 'when.any = ["egg"]', 'when.any = ["fever"]')
    given = without("fever", "egg_week", egg=True)
    assert triage(given, rules=small_rules(fevered)).open_questions == ("fever",)
    assert set(triage(given, rules=small_rules()).open_questions) == {"fever", "egg_week"}


@pytest.mark.parametrize(
    ("name", "steps", "settled"),
    [("lying_hurts", 0, False), ("lying_hurts", 1, True), ("side", 1, False), ("side", 250, False)],
)
def test_only_what_is_shown_within_the_steps_is_settled(
    small: Ruleset, name: str, steps: int, settled: bool
) -> None:
    search = PlanSearch(completions_of(small, read_answers(without(name), small)))
    assert search._settled({}, iter(range(steps))) == settled
    assert list(search._plans({}, iter(()))) == [()]
