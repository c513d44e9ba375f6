"""The second half of the people for evaluator and engine: two files, so that two cores share them."""

from __future__ import annotations

import pytest

from tests.independent.differ import check

# once is enough: it is about the rules and the engine, not about how they are installed
pytestmark = pytest.mark.checkout


def test_evaluator_and_engine_agree_on_the_second_half() -> None:
    check(people=100_000, seed=2, least_hits=100)
