"""A verdict as plain text: complete, with its safety lines, for a terminal or a log-free host."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from textwrap import fill
from types import MappingProxyType

from sitriage.show.document import Document, Move, Section, document_of
from sitriage.show.grounds import grounds
from sitriage.show.markup import readable
from sitriage.verdict import Reason, Verdict

__all__ = ["document_text", "verdict_text", "why_text"]

WIDTH = 88


def verdict_text(verdict: Verdict, region: str = "international") -> str:
    """Returns the whole verdict as text, with the contact lines of a region.

    Raises ValueError for a region that the rules do not have.
    """
    return document_text(document_of(verdict, region))


def document_text(document: Document) -> str:
    """Returns a document as plain text."""
    lines = [document.headline, "", *_paragraph(document.lead)]
    for part in document.parts:
        lines += ["", *_part(part)]
    return readable("\n".join([*lines, "", *_paragraph(document.note)]) + "\n")


def why_text(verdict: Verdict, names: Mapping[str, str] = MappingProxyType({})) -> str:
    """Returns the path, every reason with its answers, rows and sources, and what is still open.

    `names` says in words what the codes of the path mean.
    """
    lines = [f"Verdict: {verdict.urgency}", f"Path: {' > '.join(verdict.path)}"]
    lines += _items((f"{code}: {names[code]}" for code in verdict.path if code in names), "  ")
    said = dict(verdict.record.answers)
    for title, entries in grounds(verdict):
        lines += ["", title]
        for head, reasons in entries:
            lines += _items([head] if head else [])
            lines += (line for reason in reasons for line in _reason(reason, said, "  " if head else ""))
    low, high = verdict.urgency_range
    if low != high:
        lines += ["", f"With more answers it could still be anything from {low} to {high}."]
    if verdict.open_questions:
        lines += ["", f"Open questions ({len(verdict.open_questions)}):"]
        lines += _paragraph(", ".join(verdict.open_questions), "  ")
    return "\n".join([*lines, "", verdict.note]) + "\n"


def _reason(reason: Reason, said: Mapping[str, object], indent: str) -> Iterator[str]:
    yield from _items([f"{reason.rule}: {reason.sentence}"], indent)
    answers = [f"{name} = {_said(said[name])}" for name in reason.findings if name in said]
    others = [name for name in reason.findings if name not in said]
    parts = (("answers", answers), ("not asked", others), ("rows", reason.rows), ("sources", reason.sources))
    for title, words in parts:
        if words:
            yield from _paragraph(f"{title}: {', '.join(words)}", f"{indent}    ")


def _said(answer: object) -> str:
    return {True: "yes", False: "no"}[answer] if isinstance(answer, bool) else str(answer)


def _part(part: Section | Move) -> Iterator[str]:
    if isinstance(part, Section):
        yield part.title
        for line in part.lines:
            yield from _items([line.text])
            yield from _items(line.below, "  ")
        return
    yield f"{part.number}. {part.label} ({part.side})"
    yield from _paragraph(f"Start with: {part.start}.", "   ")
    if part.target:
        yield from _paragraph(f"Work up to: {part.target}.", "   ")
    yield from _items(part.steps, "   ")
    for sentence in part.why:
        yield from _paragraph(f"Why this form: {sentence}", "   ")


def _items(rows: Iterable[str], indent: str = "") -> Iterator[str]:
    for row in rows:
        yield fill(row, WIDTH, initial_indent=f"{indent}- ", subsequent_indent=f"{indent}  ")


def _paragraph(text: str, indent: str = "") -> Iterator[str]:
    yield fill(text, WIDTH, initial_indent=indent, subsequent_indent=indent)
