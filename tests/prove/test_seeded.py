"""Faults of over thirty kinds in levels and tree: the laws find what changes a verdict for the worse.

A thousand of them here and in test_seeded_programmes.py; `python -m tests.prove.campaign` plants them all.
"""

from __future__ import annotations

import pytest

from sitriage import load_rules
from tests.prove.campaign import PER_KIND, Campaign, planted, run
from tests.prove.seeded import IN_LEVELS, KINDS

# laws that look at the rules alone, and name nobody
WITHOUT_PEOPLE = {"no silent default"}


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return run(load_rules(), PER_KIND, IN_LEVELS)


def test_a_thousand_faults_of_twenty_kinds_are_planted():
    rules = load_rules()
    assert len(KINDS) >= 20
    assert sum(len(planted(rules, kind, PER_KIND)) for kind in KINDS) >= 1000


@pytest.mark.slow
@pytest.mark.checkout
def test_laws_find_every_fault_that_gives_somebody_less(campaign):
    assert campaign.where("missed") == []
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
