"""Fixtures: the shipped rules, and the rules of the small pack."""

from __future__ import annotations

import pytest

from sitriage import load_rules
from sitriage.model import Ruleset
from tests import small_pack


@pytest.fixture(scope="session")
def rules() -> Ruleset:
    """The shipped rules."""
    return load_rules()


@pytest.fixture(scope="session")
def small() -> Ruleset:
    """The rules for sore tails, see small_pack.py."""
    return small_pack.small_rules()
