"""The form in a notebook: its screen, its messages, and what is shown where no script runs.

Needs the extra: `pip install -e .[widget] -r tests/requirements.txt`, then `pytest tests/test_widget.py`.
"""

from __future__ import annotations

import json

import pytest

pytest.importorskip("anywidget", reason="needs the extra `widget`")

from sitriage import Interview, load_rules
from sitriage.connect.dialogue import screen_of
from sitriage.connect.widget import InterviewForm
from sitriage.show.html.card import card
from tests.small_pack import CALM


def press(form, **message) -> None:
    """What the front end sends when a button is pressed."""
    form._handle_custom_msg({"of": form.screen["of"], **message}, [])


def test_a_form_asks_until_there_is_a_verdict(small) -> None:
    form = InterviewForm(rules=small)
    for _ in range(60):
        if "verdict" in form.screen:
            break
        press(form, do="answer", answers={item["id"]: CALM[item["id"]] for item in form.screen["items"]})
    assert form.interview.done
    assert form.screen["verdict"] == card(form.verdict, rules=small)
    assert form.screen["why"] == form.interview.why_stop.sentence
    assert form.verdict == form.interview.verdict


def test_back_and_leaving_open_are_those_of_the_interview(small) -> None:
    form, alone = InterviewForm(rules=small), Interview(rules=small)
    press(form, do="skip")
    assert form.interview == alone.skip()
    assert form.screen["back"]
    press(form, do="back")
    assert form.interview == alone


def test_what_cannot_be_read_is_said_and_changes_nothing(small) -> None:
    form = InterviewForm(rules=small)
    before = form.interview
    press(form, do="answer", answers={"severity": "very"})
    assert form.interview == before
    assert "severity" in form.screen["wrong"]
    assert "very" not in form.screen["wrong"]


def test_the_screen_goes_to_the_front_end_as_json_with_no_answer_in_it(small) -> None:
    form = InterviewForm(Interview({"severity": 7, "age": 93}, rules=small))
    assert form.trait_metadata("screen", "sync")
    sent = json.loads(json.dumps(form.get_state("screen")["screen"]))
    assert sent == screen_of(form.interview)
    assert "93" not in json.dumps(sent)


def test_where_no_script_runs_the_question_is_shown_as_text_and_html(small) -> None:
    form = InterviewForm(rules=small)
    data, _ = form._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    for kind, text in form.interview._repr_mimebundle_().items():
        assert data[kind] == text


def test_an_interview_keeps_its_own_rules(small) -> None:
    with pytest.raises(ValueError, match="other rules"):
        InterviewForm(Interview(rules=small), rules=load_rules())
    assert InterviewForm(Interview(rules=small), rules=small).interview.rules is small


def test_the_form_shows_and_styles_itself(small) -> None:
    form = InterviewForm(rules=small)
    assert "export default { render }" in str(form._esm)
    assert ".sitriage-form" in str(form._css)
    assert "http" not in str(form._esm) + str(form._css)
