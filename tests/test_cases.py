"""The hand-written people of tests/cases: their urgency, their reasons, and what they never get.

The expectations come from the reference tables. They were written without the code.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sitriage import Programme, Referral, Verdict, triage

CASES = Path(__file__).parent / "cases"
BASES: dict[str, dict[str, Any]] = tomllib.loads((CASES / "bases.toml").read_text("utf-8"))
KEYS = {
    "name", "base", "answers", "missing", "urgency", "rows", "shows", "never", "provisional", "range",
}  # fmt: skip


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
