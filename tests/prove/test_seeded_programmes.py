"""Faults in columns, exercises and programmes; a file of its own, so that two processes share the work."""

from __future__ import annotations

import pytest

from sitriage import load_rules
from tests.prove.campaign import PER_KIND, Campaign, run
from tests.prove.seeded import IN_PROGRAMMES

# laws that look at the rules alone, and name nobody; not all that they forbid is ever given to somebody
WITHOUT_PEOPLE = {
    "doses are bounded", "a session ends", "phases in order", "promised sides", "promised doses",
    "promised programmes", "kept apart",
}  # fmt: skip

# rules that are stricter than their rows, so that no promise holds them to all they do
KNOWN = {
    # "after ~6 wk" was read as the small form in the promise, as a form without lying in the rule
    "bridge: caesarean_or_abdominal_operation_12_weeks",
    # "not on operated side early" names no form: promised is the next one down, the rule has the chair
    "side_plank_clam: hip_replacement_later",
    # 4B lets E06, full E10 and E13 wait for the check; the rule lets the ball wait as well
    "swiss_ball_superman: postnatal_check_missing",
    # more people are limited, and what is left is filled up with other moves, which each is allowed
    "caesarean_or_abdominal_operation_12_weeks",
}


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return run(load_rules(), PER_KIND, IN_PROGRAMMES)


@pytest.mark.slow
@pytest.mark.checkout
def test_laws_find_every_fault_that_gives_somebody_more_but_those_known(campaign):
    assert {name.split(": ", 1)[1] for name in campaign.where("missed")} <= KNOWN
    assert campaign.missed_share <= 0.01


@pytest.mark.slow
@pytest.mark.checkout
def test_the_diff_tells_of_every_fault_that_gives_somebody_another_verdict(campaign):
    assert [each.fault for each in campaign.seen if each.untold] == []


@pytest.mark.slow
@pytest.mark.checkout
def test_every_fault_that_a_law_finds_has_a_witness(campaign):
    for each in campaign.seen:
        assert each.fate != "by a law" or each.person or each.shown or set(each.laws) <= WITHOUT_PEOPLE
