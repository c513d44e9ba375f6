"""How many screens it takes, on a few people; `python -m tests.interview.measure` measures many."""

from __future__ import annotations

import tomllib

import pytest

from sitriage import triage
from sitriage.interview.policy import next_items
from tests.interview.measure import POLICIES, Truth, quantile, table, walk, whole
from tests.test_cases import BASES, CASES


def cases(urgency: str, stems: str = "*") -> list[Truth]:
    """The people of tests/cases who answered everything and agree with themselves."""
    found = []
    for path in sorted(CASES.glob(f"{stems}.toml")):
        for each in tomllib.loads(path.read_text("utf-8")).get("person", ()):
            truth = whole(BASES[each["base"]] | each["answers"])
            if each["urgency"] == urgency and not each.get("missing") and not triage(truth).conflicts:
                found.append(truth)
    return found


@pytest.fixture(scope="module")
def emergency_screens() -> list[int]:
    walks = [walk(truth, next_items) for truth in cases("emergency")[::6]]
    assert {each.urgency for each in walks} == {"emergency"}
    return [each.screens for each in walks]


def test_a_typical_person_needs_few_screens() -> None:
    walks = [walk(truth, next_items) for truth in cases("self_care", "typical")[::6]]
    screens = [each.screens for each in walks]
    assert {each.urgency for each in walks} == {"self_care"}
    assert quantile(screens, 0.5) <= 14
    assert quantile(screens, 0.95) <= 20


def test_an_emergency_of_the_cases_is_recognised_soon(emergency_screens: list[int]) -> None:
    # the aim is 2 and 4: emergencies of two signs, of which one needs the sex first, take longer
    assert quantile(emergency_screens, 0.5) <= 3
    assert quantile(emergency_screens, 0.95) <= 9


def test_the_table_compares_the_policies() -> None:
    pain = whole({"chest_pain": True})
    lines = list(table([pain], POLICIES))
    assert len(lines) == 1 + len(POLICIES)
    assert all("emergency" in line for line in lines[1:])
    screens = {line[:24].strip(): int(line.split()[-1]) for line in lines[1:]}
    assert screens["sitriage: danger first"] == 1
