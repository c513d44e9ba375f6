"""The deep run was made with the rules as they are, and found nothing."""

from __future__ import annotations

import tomllib

import pytest

from tests.independent.__main__ import RESULTS, deciding
from tests.independent.differ import SHIPPED
from tests.independent.evaluator import load

pytestmark = pytest.mark.checkout
FOUND = tomllib.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}


def test_the_deep_run_is_of_these_rules() -> None:
    again = "the rules changed: run `python -m tests.independent --people 10000000 --processes 2 --record`"
    assert FOUND["deciding"] == deciding(load(SHIPPED, as_built=True)), again


def test_the_deep_run_found_no_difference() -> None:
    assert FOUND["differences"] == 0
    assert FOUND["doors"].keys() == {"decision", "call", "replay", "command"}
    assert FOUND["people"] == FOUND["doors"]["decision"] >= 300_000
    assert min((FOUND["levels"] | FOUND["leaves"]).values()) >= 1000
