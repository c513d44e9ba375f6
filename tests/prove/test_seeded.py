"""A thousand faults of thirty kinds: the laws find them, the diff shows for whom, and no law is idle.

`python -m tests.prove.seeded` plants every fault there is and asks the diff about each.
"""

from __future__ import annotations

import pytest

from tests.prove.campaign import Campaign
from tests.prove.seeded import KINDS

PER_KIND = 40


@pytest.fixture(scope="module")
def campaign(rules) -> Campaign:
    return Campaign.run(rules, per_kind=PER_KIND, diff_every=10)


def test_there_are_enough_faults_of_enough_kinds(campaign):
    assert len(KINDS) >= 20
    assert campaign.planted >= 600


def test_laws_find_nearly_every_fault_that_changes_a_verdict(campaign):
    assert campaign.missed_share <= 0.01, campaign.missed
