"""How many screens it takes, on a few people; `python -m tests.interview.measure` measures many."""

from __future__ import annotations

from sitriage import triage
from sitriage.interview.policy import next_items
from tests.interview.measure import POLICIES, Truth, project, quantile, table, walk, whole
from tests.test_cases import BASES, EVERYBODY


def screens(truths: list[Truth], urgency: str) -> list[int]:
    """How many screens each interview took that ends with this urgency."""
    return [each.screens for truth in truths if (each := walk(truth, next_items)).urgency == urgency]


def test_a_typical_person_needs_few_screens() -> None:
    calm = [whole(BASES[each["base"]] | each["answers"]) for each in EVERYBODY if each["file"] == "typical"]
    found = screens(calm[::2], "self_care")
    assert len(found) >= 10
    assert quantile(found, 0.5) <= 14
    assert quantile(found, 0.95) <= 20


def test_half_of_the_emergencies_are_known_within_two_screens_and_nearly_all_within_four() -> None:
    found = screens([truth for truth in project() if triage(truth).urgency == "emergency"], "emergency")
    assert len(found) >= 90
    assert quantile(found, 0.5) <= 2
    assert quantile(found, 0.95) <= 4


def test_the_table_compares_the_policies() -> None:
    pain = whole({"chest_pain": True})
    lines = list(table("somebody", [pain], POLICIES))
    assert len(lines) == 1 + len(POLICIES)
    assert all("emergency" in line for line in lines[1:])
    took = {line[:24].strip(): int(line.split()[-1]) for line in lines[1:]}
    assert took["sitriage: danger first"] == 2
