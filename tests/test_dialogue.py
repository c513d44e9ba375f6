"""A form as plain data: what it shows, and what each press does."""

from __future__ import annotations

import importlib
import json
import sys
from importlib.resources import files

import pytest

from sitriage import Interview
from sitriage.connect.dialogue import pressed, screen_of
from sitriage.model import Ruleset
from tests.small_pack import CALM


def answered(interview: Interview) -> dict[str, object]:
    return {
        "of": len(interview.steps) + 1,
        "do": "answer",
        "answers": {name: CALM[name] for name in interview.question.items},
    }


def test_a_screen_shows_what_is_asked(small: Ruleset) -> None:
    interview = Interview(rules=small)
    seen = set()
    while not interview.done:
        screen, question = screen_of(interview), interview.question
        assert json.loads(json.dumps(screen)) == screen
        assert (screen["title"], screen["why"]) == (question.text, question.why)
        assert [item["id"] for item in screen["items"]] == list(question.items)
        for item, part in zip(screen["items"], question.parts, strict=True):
            listed = part.kind == "yes_no" and len(question.parts) > 1
            assert item["text"] == (part.label if listed else part.text)
            assert item["choices"] == [list(each) for each in part.choices]
        assert screen["none"] == (len(question.none) > 1)
        assert screen["back"] == bool(interview.steps)
        assert screen["progress"] == f"Screen {len(interview.steps) + 1}"
        seen.add((screen["none"], screen["back"]))
        interview, wrong = pressed(interview, answered(interview))
        assert wrong == ""
    assert {(True, False), (False, True)} <= seen


def test_at_the_end_it_shows_the_verdict_and_why_it_stops(small: Ruleset) -> None:
    done = Interview({"numb": True, "weak": True}, rules=small)
    screen = screen_of(done)
    assert screen["verdict"] == done._repr_html_()
    assert screen["why"] == done.why_stop.sentence
    assert "items" not in screen


def test_a_press_does_what_the_interview_does(small: Ruleset) -> None:
    first = Interview(rules=small)
    assert pressed(first, {"of": 1, "do": "skip"}) == (first.skip(), "")
    assert pressed(first.skip(), {"of": 2, "do": "back"}) == (first, "")


def test_what_was_chosen_before_a_skip_is_answered() -> None:
    first = Interview()
    after, wrong = pressed(first, {"of": 1, "do": "skip", "answers": {"saddle_numbness": True}})
    assert (dict(after.answers), wrong) == ({"saddle_numbness": True}, "")
    assert after.verdict.urgency == "emergency"


def test_only_the_rest_of_the_screen_is_left_open(small: Ruleset) -> None:
    first = Interview(rules=small)
    name, *rest = first.question.items
    assert rest
    after, _ = pressed(first, {"of": 1, "do": "skip", "answers": {name: False}})
    assert after == first.answer({name: False}).skip(*rest)
    everything = dict.fromkeys(first.question.items, False)
    assert pressed(first, {"of": 1, "do": "skip", "answers": everything})[0] == first.answer(everything)
    assert pressed(first, {"of": 1, "do": "skip", "answers": {}})[0] == first.skip()


def test_after_the_end_a_skip_leaves_nothing_open(small: Ruleset) -> None:
    done = Interview({"numb": True, "weak": True}, rules=small)
    message = {"of": len(done.steps) + 1, "do": "skip", "answers": {"numb": True}}
    assert pressed(done, message)[0] == done.answer({"numb": True})


def test_what_was_chosen_before_a_skip_and_cannot_be_read_is_said(small: Ruleset) -> None:
    first = Interview(rules=small)
    after, wrong = pressed(first, {"of": 1, "do": "skip", "answers": {"severity": "CANARY"}})
    assert after == first
    assert "severity" in wrong


def test_what_cannot_be_read_is_said(small: Ruleset) -> None:
    first = Interview(rules=small)
    after, wrong = pressed(first, {"of": 1, "do": "answer", "answers": {"severity": "CANARY"}})
    assert after == first
    assert "severity" in wrong
    assert "CANARY" not in wrong


@pytest.mark.parametrize(
    "message",
    [
        {"of": 2, "do": "skip"}, {"do": "skip"}, {"of": 1}, {"of": 1, "do": "wipe"}, None, "skip", ["skip"],
        {"of": 1, "do": "answer", "answers": [1]},
    ],
)  # fmt: skip
def test_a_message_for_another_screen_or_of_nothing_changes_nothing(small: Ruleset, message) -> None:
    first = Interview(rules=small)
    assert pressed(first, message) == (first, "")


def test_without_the_extra_it_is_said_what_to_install(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "anywidget", None)
    monkeypatch.delitem(sys.modules, "sitriage.connect.widget", raising=False)
    with pytest.raises(
        ImportError, match=r"needs an extra; install it with `pip install sitriage\[widget\]`"
    ):
        importlib.import_module("sitriage.connect.widget")


def test_the_script_and_the_styles_come_with_the_package() -> None:
    script, styles = (
        (files("sitriage.connect") / name).read_text("utf-8") for name in ("widget.js", "widget.css")
    )
    assert "export default" in script
    # nothing from elsewhere, and the one card that is taken as HTML is that of Python
    assert not any(word in script + styles for word in ("http", "import ", "@import", "url(", "eval"))
    assert script.count("innerHTML") == 1
