"""A question and an interview as documents, for whoever asks in a notebook."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from sitriage.interview.question import Item, Question
from sitriage.interview.session import Interview
from sitriage.model import Finding
from sitriage.show.document import Document, Line, Section, document_of

__all__ = ["interview_document", "question_document", "range_text"]

ANSWER = (
    "To answer: interview.answer({...}), with the words in brackets as keys, and True for yes, False for no,"
    ' "unsure" for not sure. To leave it open: interview.skip().'
)


def question_document(question: Question) -> Document:
    """Returns what is asked, each thing with its id and how it is answered, and why."""
    return Document(question.text, question.why, tuple(_sections(question)), ANSWER)


def interview_document(interview: Interview) -> Document:
    """Returns the question that comes next, how far it is, and the verdict so far; at the end the verdict."""
    question = interview.question
    if question is None:
        return document_of(interview.verdict)
    lines = (f"Screen {interview.progress.answered + 1}", f"So far: {interview.verdict.headline}")
    asked = question_document(question)
    so_far = Section("progress", "How far", tuple(map(Line, lines)))
    return Document(asked.headline, asked.lead, (*asked.parts, so_far), asked.note)


def range_text(asked: Item | Finding) -> str:
    """Returns which numbers answer a question, in words."""
    # a unit may tell the range itself
    unit = "" if f"{asked.min}-{asked.max}" in asked.unit else f" {asked.unit}"
    return f"a whole number from {asked.min} to {asked.max}{unit}"


def _sections(question: Question) -> Iterator[Section]:
    for title, items in groupby(question.parts, lambda item: item.section):
        yield Section("asked", title, tuple(_line(item, question.kind == "list") for item in items))


def _line(item: Item, one_of_many: bool) -> Line:
    said = item.label if one_of_many and item.kind == "yes_no" else item.text
    return Line(f"{said} [{item.id}]", tuple(filter(None, (item.help, _how(item)))))


def _how(item: Item) -> str:
    if item.kind == "number":
        return range_text(item)
    named = [str(value) if value == label else f"{value}: {label}" for value, label in item.choices]
    return "; ".join(named) if item.kind == "choice" else ""
