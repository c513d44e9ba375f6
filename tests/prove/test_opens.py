"""Which changes of rules must be signed, and which planted faults count as faults."""

from __future__ import annotations

import attrs
import pytest

from sitriage.model import Cell, Ruleset
from sitriage.prove.differences import Change, differences
from sitriage.verdict import Programme
from sitriage.words import Professional, Urgency
from tests.prove.campaign import harms


def with_level(rules: Ruleset, flag: str, **changes: object) -> Ruleset:
    first, *others = rules.red_flags[flag].level
    changed = attrs.evolve(rules.red_flags[flag], level=(attrs.evolve(first, **changes), *others))
    return attrs.evolve(rules, red_flags={**rules.red_flags, flag: changed})


def with_cell(rules: Ruleset, exercise: str, column: str, rung: str) -> Ruleset:
    cells = {**rules.exercises[exercise].column, column: Cell(rung=rung)}
    changed = attrs.evolve(rules.exercises[exercise], column=cells)
    return attrs.evolve(rules, exercises={**rules.exercises, exercise: changed})


def programmes(changes: tuple[Change, ...]) -> list[Change]:
    return [each for each in changes if isinstance(each.after, Programme)]


def test_a_lesser_professional_at_the_same_urgency_opens(small):
    changes = differences(small, with_level(small, "growing", see=Professional.PHYSIOTHERAPIST))
    assert changes
    assert all(each.fell == 0 and each.lesser and each.opens for each in changes)
    assert all(harms(each, small) for each in changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"see": Professional.TREATING_TEAM},
        {"urgency": Urgency.SAME_DAY},
        # more urgent, and less of a professional: it is the urgency that counts
        {"urgency": Urgency.SAME_DAY, "see": Professional.PHYSIOTHERAPIST},
    ],
)
def test_a_greater_professional_or_more_urgency_opens_nothing(small, changes):
    found = differences(small, with_level(small, "growing", **changes))
    assert found
    assert not any(each.lesser or each.opens or harms(each, small) for each in found)


def test_an_easier_form_harms_nobody_and_a_harder_one_does(small):
    easier = with_cell(small, "wag", "cold", "small")
    stricter, looser = programmes(differences(small, easier)), programmes(differences(easier, small))
    assert stricter
    assert looser
    # the diff tells of every form that was not given before; as a fault counts only a harder one
    assert any(each.gained for each in stricter)
    assert not any(harms(each, small) for each in stricter)
    assert all(harms(each, small) for each in looser)
