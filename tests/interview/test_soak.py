"""Long use does not grow the memory; `python -m tests.interview.soak` measures it with large numbers."""

from __future__ import annotations

import pytest

from sitriage import Interview
from sitriage.model import Ruleset
from tests.interview.soak import MOST_GROWTH, SMALL_FORM, Growth, growth, soak


@pytest.mark.slow
def test_answers_and_whole_interviews_leave_nothing_behind() -> None:
    figures = list(soak(*SMALL_FORM))
    assert [each.times for each in figures] == list(SMALL_FORM)
    for each in figures:
        assert max(each.held, each.traced) < MOST_GROWTH, str(each)


@pytest.mark.slow
def test_what_keeps_every_interview_is_found(small: Ruleset) -> None:
    kept: list[Interview] = []

    def keeps(times: int) -> None:
        kept.extend(Interview({"numb": True}, rules=small) for _ in range(times))

    grew: Growth = growth("kept", keeps, 4_500)
    assert grew.traced > MOST_GROWTH
    assert grew.held > MOST_GROWTH
