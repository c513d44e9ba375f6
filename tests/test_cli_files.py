"""Answers from JSON, read strictly: what is ambiguous is refused, and no value is ever repeated."""

from __future__ import annotations

import io
import json
import traceback
from pathlib import Path
from types import SimpleNamespace

import pytest

from sitriage import AnswerError
from sitriage.cli.files import answers_from_file, answers_from_json

CANARY = "canary-7731"


def said(data: bytes) -> str:
    with pytest.raises(AnswerError) as caught:
        answers_from_json(data)
    error = caught.value
    shown = "".join(traceback.format_exception(error))
    assert CANARY not in repr(error.args) + shown
    assert error.__cause__ is None
    # the error of json keeps the whole document, for whoever logs the chain
    assert CANARY not in repr(getattr(error.__context__, "doc", ""))
    assert CANARY.encode() not in getattr(error.__context__, "object", b"")
    return str(error)


def test_an_object_becomes_the_answers() -> None:
    assert answers_from_json(b'{"fever": true, "age": 44, "pain_side": "left"}') == {
        "fever": True,
        "age": 44,
        "pain_side": "left",
    }
    assert answers_from_json(b" {}\n") == {}


def test_a_fraction_stays_a_fraction_and_is_judged_later() -> None:
    assert type(answers_from_json(b'{"age": 44.0}')["age"]) is float


def test_a_key_that_stands_twice_is_named() -> None:
    assert said(b'{"fever": false, "age": 3, "fever": true}') == "answered twice: `fever`; keep one answer"
    assert "`age`, `fever`" in said(b'{"fever": 1, "age": 3, "fever": 1, "age": 4, "age": 5}')


def test_a_key_that_stands_twice_and_is_no_id_is_not_repeated() -> None:
    assert said(f'{{"{CANARY}": 1, "{CANARY}": 2}}'.encode()) == "answered twice: a key; keep one answer"


def test_a_nested_key_that_stands_twice_is_refused_too() -> None:
    assert "answered twice" in said(b'{"a": {"b": 1, "b": 2}}')


@pytest.mark.parametrize("value", [b"NaN", b"Infinity", b"-Infinity"])
def test_a_number_that_is_none_is_refused(value: bytes) -> None:
    assert said(b'{"age": ' + value + b"}") == "a number is not finite; give a whole number"


@pytest.mark.parametrize("data", [b"[]", b'["fever"]', b'"fever"', b"3", b"null", b"true"])
def test_anything_but_an_object_is_refused(data: bytes) -> None:
    assert said(data) == "the answers must be one JSON object of finding ids and answers"


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", 1),
        (b'{"fever": true', 1),
        (b'{"fever": true}\n{}', 2),
        (b"{'fever': true}", 1),
        (b'{"fever": yes}', 1),
        (b'{"fever": true,}', 1),
        (b'{\n\n"' + CANARY.encode() + b"\n}", 3),
        (b'\xef\xbb\xbf{"fever": true}', 1),
    ],
)
def test_what_is_no_json_is_refused_with_its_line(data: bytes, line: int) -> None:
    assert said(data) == f"the answers are not JSON (line {line})"


def test_a_number_of_many_thousand_digits_is_refused() -> None:
    assert said(b'{"age": ' + b"9" * 5000 + b"}") == "the answers are not JSON"


def test_bytes_that_are_no_text_are_refused() -> None:
    assert said(b'{"fever": "' + CANARY.encode() + b'\xff"}') == "the answers are not UTF-8 text"


def test_what_is_nested_without_end_is_refused() -> None:
    assert said(b"[" * 60_000) == "the answers are nested too deeply; give one flat object"


def test_what_is_far_too_large_is_refused() -> None:
    limit = 64 * 1024
    assert answers_from_json(b"{}" + b" " * (limit - 2)) == {}
    assert said(b"{}" + b" " * (limit - 1)) == "the answers may have at most 65536 bytes"


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"fever": True}))
    assert answers_from_file(str(path)) == {"fever": True}


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b'{"fever": true}')))
    assert answers_from_file("-") == {"fever": True}


def test_standard_input_without_end_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    endless = SimpleNamespace(read=lambda size: b" " * size)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=endless))
    with pytest.raises(AnswerError, match="at most 65536 bytes"):
        answers_from_file("-")


def test_a_file_that_cannot_be_read_is_a_fault_without_its_name(tmp_path: Path) -> None:
    for path in (tmp_path / CANARY, tmp_path):
        with pytest.raises(AnswerError, match="cannot read the file") as caught:
            answers_from_file(str(path))
        assert CANARY not in str(caught.value)
