"""Strict structuring: exact types, known keys, known words, and conditions in the author's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import attrs
import pytest

from sitriage.conditions import Above, All, Any, AtLeast, Condition, Has, Not, OneOf, Within
from sitriage.structure import condition_from, faults_of, strict_converter
from sitriage.words import Urgency


@attrs.frozen
class Inner:
    count: int


@attrs.frozen
class Outer:
    name: str
    fine: bool = False
    urgency: Urgency = Urgency.SOON
    words: tuple[str, ...] = ()
    pair: tuple[Urgency, Urgency] = (Urgency.SOON, Urgency.SOON)
    table: Mapping[str, int] = attrs.field(factory=dict)
    inner: tuple[Inner, ...] = ()
    when: Condition | None = None
    kind: Literal["a", "b"] = "a"


def faults(raw: object) -> list[tuple[tuple[str | int, ...], str]]:
    with pytest.raises(Exception) as caught:  # noqa: PT011
        strict_converter().structure(raw, Outer)
    return faults_of(caught.value)


def test_plain_data_becomes_the_classes_and_back() -> None:
    raw = {
        "name": "x",
        "fine": True,
        "urgency": "routine",
        "words": ["a", "b"],
        "pair": ["soon", "emergency"],
        "table": {"k": 3},
        "inner": [{"count": 1}, {"count": 2}],
        "when": "fever",
        "kind": "b",
    }
    made = strict_converter().structure(raw, Outer)
    assert made.urgency is Urgency.ROUTINE
    assert made.pair == (Urgency.SOON, Urgency.EMERGENCY)
    assert made.words == ("a", "b")
    assert made.table == {"k": 3}
    assert made.inner == (Inner(1), Inner(2))
    assert made.when == Has("fever")


@pytest.mark.parametrize(
    ("key", "value", "path", "words"),
    [
        ("name", 3, ("name",), "expected a text"),
        ("name", None, ("name",), "expected a text"),
        ("fine", "yes", ("fine",), "expected true or false"),
        ("fine", 1, ("fine",), "expected true or false"),
        ("urgency", "rutine", ("urgency",), "did you mean `routine`?"),
        ("urgency", 1, ("urgency",), "expected one of self_care, routine"),
        ("words", "abc", ("words",), "expected a list"),
        ("words", ["a", 1], ("words", 1), "expected a text"),
        ("pair", ["soon"], ("pair",), "expected a list of 2"),
        ("table", ["k"], ("table",), "expected a table"),
        ("table", {"k": 6.9}, ("table", "k"), "expected a whole number"),
        ("inner", [{"count": 1}, {"count": True}], ("inner", 1, "count"), "expected a whole number"),
        ("inner", [{}], ("inner", 0, "count"), "missing"),
        (
            "inner",
            [{"count": 1, "counts": 2}],
            ("inner", 0, "counts"),
            "unknown key `counts`; did you mean `count`?",
        ),
        ("when", 3, ("when",), "a condition is a finding id or a table"),
        ("naem", "x", ("naem",), "unknown key `naem`; did you mean `name`?"),
    ],
)
def test_each_mistake_has_its_path_and_its_words(key, value, path, words) -> None:
    found = faults({"name": "x", key: value})
    assert [each for each, _ in found] == [path]
    assert words in found[0][1]


def test_an_unknown_word_of_a_literal_is_refused() -> None:
    ((path, what),) = faults({"name": "x", "kind": "c"})
    assert path == ("kind",)
    assert what


def test_all_mistakes_are_told_at_once() -> None:
    found = dict(faults({"fine": "no", "words": [1], "urgency": "never"}))
    assert found.keys() == {("name",), ("fine",), ("words", 0), ("urgency",)}
    assert found["name",] == "missing"


@pytest.mark.parametrize(
    ("raw", "condition"),
    [
        ("fever", Has("fever")),
        ({"any": ["a", "b"]}, Any((Has("a"), Has("b")))),
        ({"all": ["a", {"not": "b"}]}, All((Has("a"), Not(Has("b"))))),
        ({"at_least": 2, "of": ["a", "b", "c"]}, AtLeast(2, (Has("a"), Has("b"), Has("c")))),
        ({"at_least": 1, "of": ["a"], "unsure_counts": False}, AtLeast(1, (Has("a"),), False)),
        ({"finding": "age", "min": 65}, Within("age", 65, None)),
        ({"finding": "age", "max": 0}, Within("age", None, 0)),
        ({"finding": "age", "min": 5, "max": 5}, Within("age", 5, 5)),
        ({"finding": "side", "is": ["left", "right"]}, OneOf("side", ("left", "right"))),
        ({"finding": "age_at_onset", "above": "age"}, Above("age_at_onset", "age")),
    ],
)
def test_each_form_of_a_condition_is_read(raw, condition) -> None:
    assert condition_from(raw) == condition


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (7, "a finding id or a table"),
        (["a"], "a finding id or a table"),
        ({}, "one of `any`, `all`"),
        ({"some": ["a"]}, "one of `any`, `all`"),
        ({"any": []}, "`any` needs a list with at least one condition"),
        ({"all": "a"}, "`all` needs a list"),
        ({"any": ["a"], "all": ["b"]}, "a condition with `any` has no `all`"),
        ({"not": []}, "a finding id or a table"),
        ({"at_least": 0, "of": ["a"]}, "`at_least` is between 1"),
        ({"at_least": 2, "of": ["a"]}, "`at_least` is between 1"),
        ({"at_least": "1", "of": ["a"]}, "`at_least` needs a whole number"),
        ({"at_least": 1}, "`of` needs a list"),
        ({"at_least": 1, "off": ["a"]}, "did you mean `of`?"),
        ({"at_least": 1, "of": ["a"], "unsure_counts": "no"}, "true or false"),
        ({"finding": "age"}, "needs `min`, `max` or `is`"),
        ({"finding": 3, "min": 1}, "`finding` needs a finding id"),
        ({"finding": "age", "min": 6.5}, "`min` needs a whole number"),
        ({"finding": "age", "max": True}, "`max` needs a whole number"),
        ({"finding": "age", "min": 9, "max": 8}, "`min` is greater than `max`"),
        ({"finding": "side", "is": "left"}, "`is` needs a list of words"),
        ({"finding": "side", "is": []}, "`is` needs a list of words"),
        ({"finding": "side", "is": [1]}, "`is` needs a list of words"),
        ({"finding": "age", "above": 3}, "expected a text"),
        ({"finding": "age", "mini": 3}, "did you mean `min`?"),
    ],
)
def test_what_is_no_condition_is_refused_in_the_authors_words(raw, words) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        condition_from(raw)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    "raw",
    [
        {"finding": "age", "is": ["left"], "min": 3},
        {"finding": "age", "above": "onset", "max": 3},
        {"finding": "age", "above": "onset", "is": ["left"]},
    ],
)
def test_a_condition_of_two_forms_at_once_is_refused_rather_than_half_read(raw) -> None:
    with pytest.raises(ValueError, match=r"."):
        condition_from(raw)


def test_what_is_no_known_mistake_is_said_to_be_unreadable() -> None:
    assert faults_of(TypeError("inside")) == [((), "cannot be read")]
