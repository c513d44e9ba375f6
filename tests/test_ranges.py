"""The bounds of a condition while answers are missing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitriage.conditions import Above, All, Any, AtLeast, Has, Not, OneOf, Within, findings_in
from sitriage.ranges import span
from tests.small_conditions import DOMAINS, NO, UNSURE, YES, conditions, everybody

FREE = {"a": (NO, UNSURE, YES), "b": (NO, UNSURE, YES), "sure": (YES,), "doubt": (UNSURE,)}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (Has("sure"), (YES, YES)),
        (Has("a"), (NO, YES)),
        (Any((Has("a"), Has("doubt"))), (UNSURE, YES)),
        (All((Has("a"), Has("doubt"))), (NO, UNSURE)),
        (Not(Has("doubt")), (UNSURE, UNSURE)),
        (Not(Has("sure")), (NO, NO)),
        (Not(Has("doubt"), only_yes=True), (YES, YES)),
        (Not(Has("a"), only_yes=True), (NO, YES)),
        (AtLeast(1, (Has("a"), Has("sure"))), (YES, YES)),
        (AtLeast(2, (Has("a"), Has("sure"))), (NO, YES)),
    ],
)
def test_the_span_of_a_condition_is_its_lowest_and_highest_value(condition, expected) -> None:
    assert span(condition, FREE.__getitem__) == expected


def test_numbers_choices_and_comparisons_are_tried_value_by_value() -> None:
    assert span(Within("age", min=6), DOMAINS.__getitem__) == (NO, YES)
    assert span(Within("age", min=0, max=99), lambda _: (5, 20)) == (YES, YES)
    assert span(OneOf("side", ("both",)), lambda _: ("left", "unsure")) == (NO, UNSURE)
    assert span(Above("onset", "age"), {"onset": (5, 15), "age": (15, 20)}.__getitem__) == (NO, NO)


@given(conditions)
def test_no_person_lies_outside_the_span(condition) -> None:
    low, high = span(condition, DOMAINS.__getitem__)
    values = {condition.value(person) for person in everybody(findings_in(condition))}
    assert low <= min(values)
    assert max(values) <= high


@given(conditions, st.data())
def test_the_span_of_known_answers_holds_their_value_and_allows_nothing_without_a_count(condition, data):
    person = data.draw(st.sampled_from(everybody(findings_in(condition))))
    low, high = span(condition, lambda name: (person[name],))
    assert low <= condition.value(person) <= high
