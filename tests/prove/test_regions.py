"""Regions in words: bands that lie side by side are one, and doubt is said."""

from __future__ import annotations

import pytest

from sitriage.conditions import Answer
from sitriage.prove.regions import in_words
from sitriage.prove.space import space_of


@pytest.mark.parametrize(
    ("box", "words"),
    [
        ({"severity": (4, 8)}, "how bad 4 to 10"),
        ({"severity": (0, 8, "unsure")}, "how bad 0 to 3 or 8 to 10 or unsure"),
        ({"numb": (Answer.YES,)}, "numb tail"),
        ({"numb": (Answer.NO, Answer.YES)}, "numb tail or not"),
        ({"easing": (Answer.NO,)}, "no getting better"),
        ({"numb": (Answer.UNSURE, Answer.NOT_ASKED)}, "numb tail (unsure or not asked)"),
        ({"side": ("left", "right"), "numb": (Answer.YES,)}, "numb tail with sore side: left or right"),
        ({}, "nothing out of the ordinary"),
    ],
)
def test_a_region_is_said_as_a_reader_would(box, words, small):
    assert in_words(small, space_of(small).store, box) == words
