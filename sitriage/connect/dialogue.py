"""An interview for a form on a screen: what to show as plain data, and what a press of a button does.

Nothing is kept here; whoever shows the form keeps the interview.
"""

from __future__ import annotations

from typing import Any

import attrs

from sitriage.errors import AnswerError
from sitriage.interview.question import Item
from sitriage.interview.session import Interview
from sitriage.show.asked import range_text
from sitriage.show.bundle import html_of
from sitriage.verdict import AnswerValue

__all__ = ["pressed", "screen_of"]


def screen_of(interview: Interview) -> dict[str, Any]:
    """Returns the next screen of a form, or the verdict as a card; for JSON, without any answer."""
    question, number = interview.question, len(interview.steps) + 1
    if question is None:
        why = interview.why_stop
        return {"of": number, "verdict": html_of(interview), "why": why.sentence if why else ""}
    asks_yes_no = question.parts[0].kind == "yes_no"
    return {
        "of": number,
        "title": question.text,
        "why": question.why,
        "items": [_item(part, question.kind == "list") for part in question.parts],
        "none": asks_yes_no and len(question.parts) > 1,
        "progress": f"Screen {number}",
        "back": number > 1,
    }


def pressed(interview: Interview, message: object) -> tuple[Interview, str]:
    """Returns the interview after a message of a form, and what is wrong with it, if anything is.

    A message is `{"of": screen, "do": "answer", "answers": {...}}`, or with `skip` or `back`. What was chosen
    before a skip counts, and only the rest of the screen is left open. A message for another screen, as of a
    second click, changes nothing; one that cannot be read is refused in words.
    """
    if not isinstance(message, dict) or message.get("of") != len(interview.steps) + 1:
        return interview, ""
    try:
        match message:
            case {"do": "answer", "answers": dict() as answers}:
                return interview.answer(answers), ""
            case {"do": "skip", "answers": dict() as answers} if answers:
                return _rest_open(interview, answers), ""
            case {"do": "skip"}:
                return interview.skip(), ""
            case {"do": "back"}:
                return interview.back(), ""
    except AnswerError as error:
        return interview, str(error)
    return interview, ""


def _rest_open(interview: Interview, answers: dict[str, AnswerValue]) -> Interview:
    answered, question = interview.answer(answers), interview.question
    rest = [name for name in question.items if name not in answers] if question else []
    # without a name `skip` would leave the next question open, which nobody has seen
    return answered.skip(*rest) if rest and not answered.done else answered


def _item(part: Item, one_of_many: bool) -> dict[str, Any]:
    shown = attrs.asdict(part) | {"choices": [list(each) for each in part.choices]}
    shown["range"] = range_text(part) if part.kind == "number" else ""
    shown["text"] = part.label if one_of_many and part.kind == "yes_no" else part.text
    return shown
