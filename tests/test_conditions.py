"""Conditions over the chain no < not asked < unsure < yes, and the boxes that invert them."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitriage.conditions import (
    NOT_APPLICABLE,
    NOT_ASKED,
    Above,
    All,
    Answer,
    Any,
    AtLeast,
    Has,
    Not,
    Within,
    boxes,
    cause_of,
    findings_in,
    joint_boxes,
)
from tests.small_conditions import AGE, DOMAINS, NO, OPEN, SIDE, UNSURE, YES, A, B, C, conditions, everybody


def test_the_chain_goes_no_not_asked_unsure_yes() -> None:
    assert NO < OPEN < UNSURE < YES
    assert [each.name for each in Answer] == ["NO", "NOT_ASKED", "UNSURE", "YES"]


@pytest.mark.parametrize(("first", "second"), list(product(Answer, Answer)))
def test_any_is_the_highest_and_all_the_lowest(first: Answer, second: Answer) -> None:
    answers = {"a": first, "b": second}
    assert Any((A, B)).value(answers) is max(first, second)
    assert All((A, B)).value(answers) is min(first, second)


@pytest.mark.parametrize(
    ("count", "value"),
    [(1, YES), (2, UNSURE), (3, OPEN), (4, NO)],
)
def test_at_least_n_is_the_nth_highest(count: int, value: Answer) -> None:
    items = (Has("d"), A, B, C)
    assert AtLeast(count, items).value({"a": NO, "b": YES, "c": OPEN, "d": UNSURE}) is value


def test_a_counted_criterion_does_not_count_unsure_and_keeps_not_asked_open() -> None:
    two = AtLeast(2, (A, B), unsure_counts=False)
    assert two.value({"a": YES, "b": UNSURE}) is NO
    assert two.value({"a": YES, "b": OPEN}) is OPEN
    assert two.value({"a": YES, "b": YES}) is YES


@pytest.mark.parametrize(
    ("number", "value"),
    [(9, NO), (10, YES), (20, YES), (21, NO), ("unsure", UNSURE), (NOT_ASKED, OPEN), (NOT_APPLICABLE, NO)],
)
def test_a_range_includes_both_ends(number: int | str, value: Answer) -> None:
    assert AGE.value({"age": number}) is value


def test_a_range_may_be_open_on_one_side() -> None:
    assert Within("age", min=3).value({"age": 1000}) is YES
    assert Within("age", max=3).value({"age": 0}) is YES
    assert Within("age", max=3).value({"age": 4}) is NO


@pytest.mark.parametrize(
    ("word", "value"),
    [("left", YES), ("right", YES), ("both", NO), ("unsure", UNSURE), (NOT_ASKED, OPEN)],
)
def test_a_choice_holds_for_its_words(word: str, value: Answer) -> None:
    assert SIDE.value({"side": word}) is value


def test_above_holds_only_for_two_known_numbers() -> None:
    above = Above("onset", "age")
    assert above.value({"onset": 41, "age": 40}) is YES
    assert above.value({"onset": 40, "age": 40}) is NO
    assert above.value({"onset": "unsure", "age": 40}) is NO
    assert above.value({"onset": 41, "age": NOT_ASKED}) is NO


@pytest.mark.parametrize(("answer", "value"), [(NO, YES), (OPEN, OPEN), (UNSURE, UNSURE), (YES, NO)])
def test_not_turns_no_and_yes_and_keeps_doubt(answer: Answer, value: Answer) -> None:
    assert Not(A).value({"a": answer}) is value


@pytest.mark.parametrize(("answer", "value"), [(NO, YES), (OPEN, YES), (UNSURE, YES), (YES, NO)])
def test_only_yes_reassures(answer: Answer, value: Answer) -> None:
    assert Not(A, only_yes=True).value({"a": answer}) is value


def test_the_findings_of_a_condition_are_all_that_it_reads() -> None:
    every = All((Any((A, Not(B))), AtLeast(1, (AGE, SIDE)), Above("onset", "age")))
    assert findings_in(every) == {"a", "b", "age", "side", "onset"}


def test_what_is_no_condition_has_no_findings() -> None:
    with pytest.raises(TypeError, match=r"^not a condition$"):
        findings_in("fever")  # type: ignore[arg-type]


def test_the_cause_of_an_any_is_one_item_and_of_an_all_every_item() -> None:
    answers = {"a": YES, "b": NO, "c": UNSURE}
    assert cause_of(Any((B, A, C)), answers) == {"a"}
    assert cause_of(All((A, C)), answers) == {"a", "c"}
    assert cause_of(AtLeast(2, (B, C, A)), answers) == {"a", "c"}


def test_the_cause_of_an_all_leaves_out_what_its_items_do_not_need() -> None:
    assert cause_of(All((Any((A, B)), C)), {"a": YES, "b": NO, "c": YES}) == {"a", "c"}


@given(conditions, st.data())
def test_agreeing_on_the_cause_keeps_a_condition_where_it_is(condition, data) -> None:
    people = everybody(findings_in(condition))
    start = data.draw(st.sampled_from(people))
    cause = cause_of(condition, start)
    alike = [each for each in people if all(each[name] == start[name] for name in cause)]
    assert min(condition.value(each) for each in alike) >= condition.value(start)


@given(conditions, st.sampled_from([UNSURE, YES]), st.booleans())
def test_boxes_hold_exactly_the_people_for_whom_the_condition_holds(condition, goal, holds) -> None:
    found = list(boxes(condition, goal, holds, DOMAINS.__getitem__))
    for person in everybody(findings_in(condition)):
        inside = any(all(person[name] in allowed for name, allowed in box.items()) for box in found)
        assert inside == ((condition.value(person) >= goal) == holds)


@given(conditions, conditions, st.booleans())
def test_joint_boxes_meet_every_demand_together(first, second, holds) -> None:
    found = list(joint_boxes([(first, YES, True), (second, UNSURE, holds)], DOMAINS.__getitem__))
    for person in everybody(findings_in(first) | findings_in(second)):
        inside = any(all(person[name] in allowed for name, allowed in box.items()) for box in found)
        assert inside == (first.value(person) is YES and (second.value(person) >= UNSURE) == holds)


def test_no_demand_restricts_nothing() -> None:
    assert list(joint_boxes([], DOMAINS.__getitem__)) == [{}]


def test_a_box_names_only_what_it_restricts() -> None:
    assert list(boxes(A, YES, True, lambda _: (YES,))) == [{}]
    assert list(boxes(A, YES, True, lambda _: (NO,))) == []
    assert list(boxes(A, UNSURE, True, DOMAINS.__getitem__)) == [{"a": (UNSURE, YES)}]


def test_conditions_are_values_that_cannot_be_changed() -> None:
    assert Any((A, B)) == Any((Has("a"), Has("b")))
    with pytest.raises(AttributeError):
        A.finding = "b"  # type: ignore[misc]


def test_what_is_no_condition_has_no_boxes() -> None:
    """No box would say that nobody can be like that."""
    with pytest.raises(TypeError, match=r"^not a condition$"):
        list(boxes("fever", YES, True, DOMAINS.__getitem__))  # type: ignore[arg-type]
