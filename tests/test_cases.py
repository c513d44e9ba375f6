"""The hand-written people of tests/cases: urgency, reasons, exercises given, left out and never given.

The expectations come from the reference tables. They were written without the code.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sitriage import Phase, Prescription, Programme, Referral, Side, Verdict, triage

# not one by one, but all of them together
pytestmark = pytest.mark.slow

CASES = Path(__file__).parent / "cases"
BASES: dict[str, dict[str, Any]] = tomllib.loads((CASES / "bases.toml").read_text("utf-8"))
KEYS = {
    "name", "base", "answers", "missing", "urgency", "rows", "shows", "never", "provisional", "range",
    "leaf", "programme", "forms", "sides", "withheld",
}  # fmt: skip
# the last rung of every ladder: the exercise is not given
NOT_GIVEN = "withheld"
# what no cleared person can reach, with the reason
NEVER_EXPECTED_FORMS = {
    ("supine_twist", "seated"): "for pregnancy and new hips, whose programmes hold no twist",
    ("trunk_rotation", "seated"): "for pregnancy and new hips, whose programmes hold no turn",
}
NEVER_WITHHELD = {
    "pelvic_tilt": "only hip rules and very high blood pressure forbid it, and both are referrals",
    "bridge": "only hip rules and very high blood pressure forbid it, and both are referrals",
    "hip_abduction_band": "only hip rules and very high blood pressure forbid it, and both are referrals",
    "trunk_rotation": "beside those, a fragility fracture of the spine, whose programme holds no turn",
}


def people() -> Iterator[dict[str, Any]]:
    for path in sorted(CASES.glob("*.toml")):
        if path.stem != "bases":
            for person in tomllib.loads(path.read_text("utf-8"))["person"]:
                yield person | {"file": path.stem}


EVERYBODY = list(people())


BY_NAME = {person["name"]: person for person in EVERYBODY}


@cache
def verdict_on(name: str) -> Verdict:
    return triage(answers_of(BY_NAME[name]))


def answers_of(person: dict[str, Any]) -> dict[str, Any]:
    """The base, then what differs, without what is missing."""
    answers = BASES[person["base"]] | person["answers"]
    return {name: value for name, value in answers.items() if name not in person.get("missing", [])}


@pytest.mark.parametrize("person", [pytest.param(each, id=each["name"]) for each in EVERYBODY])
def test_person(person):
    verdict = verdict_on(person["name"])
    assert verdict.urgency == person["urgency"], verdict.path
    assert isinstance(verdict, Programme if person["urgency"] == "self_care" else Referral)

    cited = {row for reason in verdict.reasons for row in reason.rows}
    assert set(person.get("rows", [])) <= cited

    given = {each.exercise for each in verdict.prescriptions} if isinstance(verdict, Programme) else set()
    assert given.isdisjoint(person.get("never", []))

    if "provisional" in person:
        assert verdict.provisional == person["provisional"]
    if "range" in person:
        assert verdict.urgency_range == tuple(person["range"])


DETAILED = [
    person for person in EVERYBODY if {"leaf", "programme", "forms", "sides", "withheld"} & set(person)
]


def prescriptions_of(person: dict[str, Any]) -> list[Prescription]:
    """The exercises in their order; the warm-up is checked elsewhere."""
    verdict = verdict_on(person["name"])
    assert isinstance(verdict, Programme)
    return [each for each in verdict.prescriptions if each.phase is not Phase.WARM_UP]


def listed(expected: str | list[str], times: int) -> list[str]:
    """One word stands for every time the exercise is given; a list names each time."""
    return [expected] * times if isinstance(expected, str) else expected


@pytest.mark.parametrize("person", [pytest.param(each, id=each["name"]) for each in DETAILED])
def test_person_gets_these_exercises(person):
    verdict, given = verdict_on(person["name"]), prescriptions_of(person)
    exercises = [each.exercise for each in given]

    if "leaf" in person:
        assert verdict.path[-1] == person["leaf"], verdict.path
    if "programme" in person:
        assert exercises == person["programme"]
    for exercise, rung in person.get("forms", {}).items():
        rungs = [each.rung for each in given if each.exercise == exercise]
        assert rungs, exercise
        assert rungs == listed(rung, len(rungs)), exercise
    for exercise, side in person.get("sides", {}).items():
        sides = [str(each.side) for each in given if each.exercise == exercise]
        assert sides, exercise
        assert sides == listed(side, len(sides)), exercise
    assert set(person.get("withheld", [])) <= {each.exercise for each in verdict.withheld}
    assert set(person.get("withheld", [])).isdisjoint(exercises)


@pytest.mark.parametrize("person", [pytest.param(each, id=each["name"]) for each in EVERYBODY])
def test_the_range_holds_the_urgency(person):
    verdict = verdict_on(person["name"])
    low, high = verdict.urgency_range
    assert low <= verdict.urgency
    # a provisional verdict waits at routine although nothing worse may follow
    assert verdict.urgency <= high or (verdict.provisional and verdict.urgency == "routine")


def test_there_are_enough_people():
    assert len(EVERYBODY) >= 120
    assert len({person["name"] for person in EVERYBODY}) == len(EVERYBODY)
    for urgency in ("self_care", "routine", "soon", "same_day", "emergency"):
        assert sum(person["urgency"] == urgency for person in EVERYBODY) >= 20, urgency


@pytest.mark.parametrize("person", [pytest.param(each, id=each["name"]) for each in EVERYBODY])
def test_person_is_written_in_the_known_words(person, rules):
    """A misspelt key of a case would check nothing."""
    assert set(person) - {"file"} <= KEYS
    assert set(person["answers"]) <= set(rules.findings)
    assert set(person.get("missing", [])) <= set(rules.findings)
    assert set(person.get("missing", [])).isdisjoint(person["answers"])
    assert set(person.get("never", [])) <= set(rules.exercises)
    if "range" in person:
        assert len(person["range"]) == 2
    assert person.get("leaf", "S0") in rules.programmes
    assert set(person.get("programme", [])) <= set(rules.exercises)
    assert set(person.get("withheld", [])) <= set(rules.exercises)
    for exercise, rung in person.get("forms", {}).items():
        assert set(listed(rung, 1)) <= set(rules.exercises[exercise].rungs) - {NOT_GIVEN}
    for exercise, side in person.get("sides", {}).items():
        assert exercise in rules.exercises
        assert set(listed(side, 1)) <= {str(each) for each in Side}


def expected_forms() -> set[tuple[str, str]]:
    return {
        (exercise, each)
        for person in DETAILED
        for exercise, rung in person.get("forms", {}).items()
        for each in listed(rung, 1)
    }


def test_every_leaf_is_expected_by_somebody(rules):
    assert {person["leaf"] for person in DETAILED if "leaf" in person} == set(rules.programmes)


def test_every_exercise_is_in_somebodys_programme(rules):
    assert {each for person in DETAILED for each in person.get("programme", [])} == set(rules.exercises)


def test_every_exercise_that_can_be_is_withheld_from_somebody(rules):
    withheld = {each for person in DETAILED for each in person.get("withheld", [])}
    assert withheld == set(rules.exercises) - set(NEVER_WITHHELD)


def test_every_rung_that_can_be_is_expected_by_somebody(rules):
    rungs = {
        (name, rung) for name, each in rules.exercises.items() for rung in each.rungs if rung != NOT_GIVEN
    }
    assert expected_forms() == rungs - set(NEVER_EXPECTED_FORMS)
