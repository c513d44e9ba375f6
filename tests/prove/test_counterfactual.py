"""What would change a verdict: it does, and nobody needs fewer changes (P22)."""

from __future__ import annotations

from itertools import combinations, product

import pytest

from sitriage import triage, would_change
from tests.small_pack import CALM

PEOPLE = [
    {},
    {"numb": True},
    {"numb": True, "weak": True},
    {"fever": True, "weak": True},
    {"severity": 9},
    {"night_pain": True, "easing": False},
    {"worse": True, "checked": False},
    {"age": 3},
]


def others(rules, name, value):
    """What else may be answered, a number for each band."""
    finding = rules.findings[name]
    if finding.kind == "yes_no":
        return [each for each in (True, False) if each != value]
    known = [each for each in rules.domains[name] if type(each) in (int, str) and each != "not_applicable"]
    return [each for each in known if each != value]


def by_hand(rules, person, size):
    """Each urgency that so many changed answers lead to without a new contradiction."""
    found = set()
    for names in combinations(sorted(CALM), size):
        for values in product(*(others(rules, name, person[name]) for name in names)):
            after = triage({**person, **dict(zip(names, values, strict=True))}, rules=rules)
            if not after.conflicts:
                found.add(after.urgency)
    return found


@pytest.mark.parametrize("changes", PEOPLE, ids=str)
def test_each_change_leads_where_it_says(changes, small):
    verdict = triage({**CALM, **changes}, rules=small)
    found = would_change(verdict, rules=small)
    assert found
    for each in found:
        after = triage({**CALM, **changes, **dict(each.changes)}, rules=small)
        assert (after.urgency, getattr(after, "see", None)) == (each.urgency, each.see)
        assert after.urgency != verdict.urgency


@pytest.mark.parametrize("changes", PEOPLE, ids=str)
def test_every_urgency_that_one_answer_leads_to_is_told(changes, small):
    person = {**CALM, **changes}
    verdict = triage(person, rules=small)
    told = {each.urgency for each in would_change(verdict, rules=small) if len(each.changes) == 1}
    higher = {each for each in by_hand(small, person, 1) if each > verdict.urgency}
    assert higher <= told


def test_nobody_needs_fewer_changes(small):
    person = {**CALM, "numb": True, "weak": True, "fever": True}
    found = would_change(triage(person, rules=small), rules=small)
    lower = [each for each in found if each.urgency == "self_care"]
    assert lower
    least = len(lower[0].changes)
    for size in range(1, least):
        assert "self_care" not in by_hand(small, person, size)


def test_a_verdict_of_other_rules_is_refused(small):
    with pytest.raises(ValueError, match="not the rules of the verdict"):
        would_change(triage(CALM, rules=small))


def test_nobody_is_calmed_by_an_answer_where_no_answer_alarms(small):
    # routine only since nothing is known: another answer can make it worse, none better
    found = would_change(triage({}, rules=small), rules=small)
    assert found
    assert all(each.urgency > "routine" for each in found)


def test_unknown_answers_may_be_what_changes_it(small):
    verdict = triage({"numb": True}, rules=small)
    for each in would_change(verdict, rules=small):
        assert all(value is not None for _, value in each.changes)
