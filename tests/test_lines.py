"""The line of a key in a TOML text."""

from __future__ import annotations

import tomllib

import pytest

from sitriage.lines import line_of

TEXT = '''# a comment
label = "a"
"odd key" = 1
[table]
inner.deep = 2   # with a dot
list = [
  "x", # not "y"
  ["nested", "pair"],
  { a = 1 },
]
long = """
label = "not a key"
[neither]
"""
after = 3

[[level]]
when.any = ["fever", "chills"]

[[level]]
see = 'doctor'
[level.sub]
mark = true
'''


def _line(words: str) -> int:
    """The line on which words stand, found by looking."""
    (found,) = [number for number, line in enumerate(TEXT.splitlines(), 1) if words in line]
    return found


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (("label",), 'label = "a"'),
        (("odd key",), "odd key"),
        (("table",), "[table]"),
        (("table", "inner", "deep"), "inner.deep"),
        (("table", "list"), "list = ["),
        (("table", "list", 0), '"x"'),
        (("table", "list", 1), "nested"),
        (("table", "list", 2), "{ a = 1 }"),
        (("table", "long"), "long ="),
        (("table", "after"), "after"),
        (("level", 0, "when", "any"), "when.any"),
        (("level", 0, "when", "any", 1), "when.any"),
        (("level", 1, "see"), "see"),
        (("level", 1, "sub"), "[level.sub]"),
        (("level", 1, "sub", "mark"), "mark"),
    ],
)
def test_each_key_is_found_on_its_line(path, words) -> None:
    assert line_of(TEXT, path) == _line(words)


def test_a_key_that_is_missing_has_the_line_of_the_nearest_key_above() -> None:
    assert line_of(TEXT, ("table", "nowhere", "x")) == _line("[table]")
    assert line_of(TEXT, ("nowhere",)) == 1


def test_a_mention_is_looked_for_from_the_key_on() -> None:
    assert line_of(TEXT, ("table", "list"), "pair") == _line("nested")
    assert line_of(TEXT, ("table", "list"), "after") == _line("after")
    assert line_of(TEXT, ("table", "list"), "not there") == _line("list = [")


def test_an_empty_text_has_one_line() -> None:
    assert line_of("", ("a",)) == 1


@pytest.mark.parametrize(
    ("text", "path", "line"),
    [
        ("a = 1\r\nb = 2\r\n", ("b",), 2),
        ("a = '''\n[x]\n'''\nb = 2", ("b",), 4),
        ('a = "]["\nb = 2', ("b",), 2),
        ("a = [ # ]\n]\nb = 2", ("b",), 3),
        ("a = {}\nb = 2", ("b",), 2),
        ("  [ x . 'y' ]\n b . c = 1", ("x", "y", "b", "c"), 2),
        ('["a\\"]b"]\nx = 1\n[c]\ny = 2', ("c", "y"), 4),
        ('"a\\"=b" = 1\ny = 2', ("y",), 2),
        ("[[a]]\n[[a.b]]\nx=1\n[[a.b]]\nx=2\n[[a]]\n[[a.b]]\nx=3", ("a", 0, "b", 1, "x"), 5),
    ],
)
def test_odd_but_valid_texts_are_read_right(text, path, line) -> None:
    tomllib.loads(text)
    assert line_of(text, path) == line


@pytest.mark.parametrize("text", ['["a]b"]\nx = 1\n', '"a\\"b" = 1\nx = 2\n', 'x = """a\\"""b"""\ny = 1\n'])
def test_no_valid_text_makes_the_search_fail(text) -> None:
    tomllib.loads(text)
    assert 1 <= line_of(text, ("y",)) <= 3
