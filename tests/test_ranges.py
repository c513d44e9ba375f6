"""The bounds of a condition while answers are missing."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitriage.conditions import Above, All, Answer, Any, AtLeast, Has, Not, OneOf, Within, findings_in
from sitriage.ranges import forced, least_cause, span
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


goals = st.sampled_from([UNSURE, YES])
demands = st.lists(st.tuples(conditions, goals, st.booleans()), min_size=1, max_size=3)


@given(demands)
def test_who_meets_the_demands_lies_inside_what_is_forced(wanted) -> None:
    """A bound that left somebody out would call an open question idle."""
    names = frozenset().union(*(findings_in(condition) for condition, _, _ in wanted))
    box = forced(wanted, DOMAINS.__getitem__)
    for person in everybody(names):
        if all((condition.value(person) >= goal) == holds for condition, goal, holds in wanted):
            assert box is not None
            assert all(person[name] in allowed for name, allowed in box.items() if name in person)


def test_what_is_forced_is_narrowed_in_rounds_and_nobody_is_none() -> None:
    one_of_two = Any((Has("a"), Has("b")))
    assert forced([(Has("a"), YES, False), (one_of_two, YES, True)], FREE.__getitem__) == {
        "a": (NO, UNSURE),
        "b": (YES,),
    }
    assert forced([(Has("sure"), YES, False)], FREE.__getitem__) is None
    assert forced([(Has("a"), YES, True), (Not(Has("a")), YES, True)], FREE.__getitem__) is None
    assert forced([(one_of_two, YES, True)], FREE.__getitem__) == {}


def test_what_follows_from_what_follows_is_looked_for_four_rounds_only() -> None:
    """A long chain, told from its far end, stays a bound: open at its end, and wrong about nobody."""
    names = "abcdef"
    chain = [(Any((Not(Has(first)), Has(then))), YES, True) for first, then in pairwise(names)]
    wanted = [*reversed(chain), (Has("a"), YES, True)]

    def domain(_: str) -> tuple[Answer, ...]:
        return NO, UNSURE, YES

    assert forced(wanted, domain) == dict.fromkeys("abcd", (YES,))
    # told from its near end, one round is enough
    assert forced(wanted[::-1], domain) == dict.fromkeys(names, (YES,))


SPARED = {
    "a": (NO, UNSURE, YES),
    "b": (NO, UNSURE, YES),
    "n": (0, 5, "unsure"),
}


@pytest.mark.parametrize(
    ("condition", "answers", "cause"),
    [
        # the first item that holds would do, but the second is needed anyway
        (All((Any((Has("a"), Has("b"))), Has("b"))), {"a": YES, "b": YES}, {"b"}),
        (All((Has("a"), Has("b"))), {"a": YES, "b": UNSURE}, {"a", "b"}),
        (Any((Has("a"), Within("n", min=5))), {"a": NO, "n": 5}, {"n"}),
        # every number is within, but who was not asked gives none
        (Within("n", min=0), {"n": "unsure"}, {"n"}),
        # nothing is needed for a no, so it names what was read
        (All((Has("a"), Has("b"))), {"a": NO, "b": NO}, {"a", "b"}),
    ],
)
def test_the_least_cause_holds_nothing_that_can_be_spared(condition, answers, cause) -> None:
    assert least_cause(condition, answers, SPARED) == cause
