"""Questions as flat forms: only what clients of the protocol can show, and the answers back."""

from __future__ import annotations

from sitriage.connect import call_tool
from sitriage.connect.forms import answers_of, form_of
from tests.small_pack import CALM


def asked(small, **known):
    arguments = {"answers": known} if known else {}
    return call_tool("sitriage_next_question", arguments, rules=small)["question"]


def test_yes_and_no_are_words_of_a_form(small) -> None:
    fever = form_of(asked(small))["properties"]["fever"]
    assert fever == {
        "title": small.findings["fever"].question,
        "description": "Look twice.",
        "type": "string",
        "enum": ["yes", "no", "unsure"],
    }


def test_numbers_and_choices_keep_their_limits() -> None:
    about = {"text": "How old?", "help": ""}
    number = about | {"id": "age", "answers": [], "min": 1, "max": 9, "unit": "years"}
    choice = about | {"id": "side", "answers": [{"answer": "left", "label": "the left"}]}
    form = form_of({"items": [number, choice]})
    said = {"title": "How old?", "description": "How old?"}
    assert form["properties"] == {
        "age": said | {"type": "integer", "minimum": 1, "maximum": 9},
        "side": said | {"type": "string", "enum": ["left"]},
    }
    assert form["required"] == []


def test_what_was_filled_in_comes_back_as_answers() -> None:
    said = {"fever": "yes", "numb": "no", "weak": "unsure", "side": "left", "age": 4, "x": "no", "fit": True}
    assert answers_of(said, frozenset({"fever", "numb", "weak", "fit"})) == {
        "fever": True, "numb": False, "weak": "unsure", "side": "left", "age": 4, "x": "no", "fit": True,
    }  # fmt: skip


def test_a_whole_interview_can_be_answered_in_forms(small) -> None:
    data = call_tool("sitriage_next_question", {}, rules=small)
    yes_no = frozenset(each.id for each in small.findings.values() if each.kind == "yes_no")
    while data["kind"] == "question":
        fields = form_of(data["question"])["properties"]
        said = {
            name: {True: "yes", False: "no"}[CALM[name]] if name in yes_no else CALM[name] for name in fields
        }
        answers = answers_of(said, yes_no)
        data = call_tool("sitriage_next_question", {"state": data["state"], "answers": answers}, rules=small)
    assert data["kind"] == "programme"
