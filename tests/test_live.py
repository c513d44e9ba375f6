"""What a plan could still turn on while answers are missing."""

from __future__ import annotations

import pytest

from sitriage.completions import completions_of
from sitriage.conditions import Answers, findings_in
from sitriage.evidence import read_answers
from sitriage.live import live_conditions, may_fall_short, turns_of
from sitriage.model import Ruleset
from sitriage.programme import Plan, plan
from sitriage.ranges import Bounds
from tests.small_pack import CALM, FILES, edited, small_rules
from tests.small_people import Given, without


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
        # it caps how long a lean is held; with fragile bones there is none
        ("cold_skin", {}, True),
        ("cold_skin", {"fragile": True}, False),
    ],
)
def test_a_finding_is_live_where_the_plan_may_turn_on_it(small, open_name, answers, is_live) -> None:
    assert (open_name in live(small, without(open_name, **answers))) == is_live


@pytest.mark.parametrize(
    ("fragile", "cold", "is_live"),
    [
        ('"full"', "max_hold_s = 10", True),
        # a lean takes 20 seconds at first
        ('"full"', "max_hold_s = 20", False),
        # another column keeps the cap anyway, or one that is not as strict
        ('{ rung = "full", max_hold_s = 10 }', "max_hold_s = 10", False),
        ('{ rung = "full", max_hold_s = 11 }', "max_hold_s = 10", True),
        ('{ rung = "full", max_effort_percent = 10 }', "max_hold_s = 10", True),
        ('"full"', "max_effort_percent = 10", False),
    ],
)
def test_a_cap_is_live_where_it_is_the_strictest(fragile: str, cold: str, is_live: bool) -> None:
    lean = edited("exercises/lean.toml", 'fragile = { cleared = "seated" }', f"fragile = {fragile}")
    rules = small_rules(
        edited("exercises/lean.toml", "max_hold_s = 10 }\n\n", f"{cold} }}\n\n", {**FILES, **lean})
    )
    assert ("cold_skin" in live(rules, without("cold_skin", fragile=True))) == is_live


@pytest.mark.parametrize(
    ("old", "new", "is_live"),
    [
        # a wag, and a lean or a nod: enough
        ('if_midline = "wag"', 'if_midline = "each"', False),
        # it may be wags twice, or wags alone
        ('if_midline = "wag"', 'if_midline = "wag"', True),
        (
            'if_midline = "wag"\nif_unsure = "left_out"\ninstead = "nod"',
            'if_midline = "each"\nif_unsure = "left_out"',
            True,
        ),
    ],
)
def test_what_fills_up_is_live_where_too_little_may_be_kept(old: str, new: str, is_live: bool) -> None:
    rules = small_rules(
        edited("settings.toml", 'fill = ["nod", "wag"]', 'fill = ["roll", "nod"]')
        | edited("exercises/lean.toml", old, new)
    )
    # only rolls hurt lying
    assert ("lying_hurts" in live(rules, without("lying_hurts", "side"))) == is_live


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


def given_of(made: Plan) -> list[object]:
    return [(each.exercise, each.rung, each.side, each.dose) for each in made.picks]


def unturned(rules: Ruleset, values: Answers) -> list[str]:
    """What alters a plan in one change, though no condition turns that is said to."""
    start = plan(rules, values)
    turns = turns_of(start, rules)
    found = []
    for name in rules.findings.keys() - {rules.settings.side}:
        for value in rules.domains[name]:
            changed = {**values, name: value}
            turned = any(
                (when.value(values) >= goal) != (when.value(changed) >= goal) for when, goal in turns
            )
            if not turned and given_of(plan(rules, changed)) != given_of(start):
                found.append(name)
    return found


@pytest.mark.parametrize(
    "given", [CALM, without(easing=True), without(egg=True, egg_week=4), without(fragile=True)]
)
def test_whatever_one_change_alters_a_plan_by_turns_a_condition(small: Ruleset, given: Given) -> None:
    assert unturned(small, read_answers(given, small).values) == []


def test_whatever_alters_a_plan_of_the_shipped_rules_turns_a_condition(rules: Ruleset) -> None:
    no = {name: False for name, each in rules.findings.items() if each.kind == "yes_no"}
    calm = {**no, "age": 40, "age_at_onset": 40, "sex": "male", "pain_side": "left", "pain_severity": 3}
    for more in ({}, {"osteoporosis": True}, {"stiffness": True, "duration_days": 90, "knee_problem": True}):
        given = {**calm, "si_region_pain": True, "weeks_of_exercise": 0, "duration_days": 5, **more}
        assert unturned(rules, read_answers(given, rules).values) == []


def test_a_condition_that_is_left_out_is_missed(small: Ruleset, monkeypatch: pytest.MonkeyPatch) -> None:
    values, every = read_answers(CALM, small).values, turns_of
    monkeypatch.setattr("tests.test_live.turns_of", lambda made, rules: every(made, rules)[:2])
    assert unturned(small, values) != []


def test_a_plan_does_not_turn_on_what_it_never_reads(small: Ruleset) -> None:
    start = plan(small, read_answers(CALM, small).values)
    read = {name for when, _ in turns_of(start, small) for name in findings_in(when)}
    assert {"fever", "numb", "age", "kind"}.isdisjoint(read)
