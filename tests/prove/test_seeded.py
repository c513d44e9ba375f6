"""Faults of thirty kinds: the laws find what changes a verdict for the worse, and no law is idle.

`python -m tests.prove.campaign` plants every fault there is.
"""

from __future__ import annotations

from random import Random

import pytest

from sitriage import load_rules
from tests.prove.campaign import SEED, Campaign, run
from tests.prove.seeded import KINDS

PER_KIND = 50


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return run(load_rules(), PER_KIND, Random(SEED))


@pytest.mark.slow
@pytest.mark.checkout
def test_laws_find_nearly_every_fault_that_gives_somebody_less(campaign):
    assert len(KINDS) >= 20
    assert len(campaign.seen) >= 1000
    assert campaign.missed_share <= 0.01, campaign.missed
