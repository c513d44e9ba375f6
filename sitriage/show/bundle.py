"""Whatever shows itself in a notebook: as a document, and that as text, as Markdown and as a card."""

from __future__ import annotations

from sitriage.interview.question import Question
from sitriage.interview.session import Interview
from sitriage.model import Finding, Ruleset
from sitriage.notebook import Shown
from sitriage.show.asked import interview_document, question_document
from sitriage.show.document import Document, document_of, move_of
from sitriage.show.html.card import card, document_card
from sitriage.show.markdown import document_markdown
from sitriage.show.pack import finding_document, ruleset_document
from sitriage.show.text import document_text
from sitriage.verdict import Prescription, Programme, Referral

__all__ = ["bundle", "html_of"]


def bundle(shown: Shown) -> dict[str, str]:
    """Returns a value by MIME type, `text/plain` with all of it.

    Raises TypeError for what cannot be shown.
    """
    document = _document(shown)
    return {
        "text/plain": document_text(document).rstrip("\n"),
        "text/html": html_of(shown),
        "text/markdown": document_markdown(document),
    }


def html_of(shown: Shown) -> str:
    """Returns a value as an HTML fragment. Raises TypeError for what cannot be shown."""
    if isinstance(shown, Interview) and shown.done:
        return card(shown.verdict, rules=shown.rules)
    if isinstance(shown, Programme | Referral):
        return card(shown)
    return document_card(_document(shown))


def _document(shown: Shown) -> Document:
    match shown:
        case Programme() | Referral():
            return document_of(shown)
        case Prescription():
            return _alone(shown)
        case Question():
            return question_document(shown)
        case Interview():
            return interview_document(shown)
        case Ruleset():
            return ruleset_document(shown)
        case Finding():
            return finding_document(shown)
    raise TypeError(f"`{type(shown).__name__}` cannot be shown")


def _alone(each: Prescription) -> Document:
    lead = "One exercise of a programme, which says when to stop and what to leave out."
    return Document("An exercise", lead, (move_of(each),), "")
