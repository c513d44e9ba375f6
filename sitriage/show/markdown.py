"""A document as Markdown, in which no text of a rule is more than text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sitriage.show.document import Document, Move, Section
from sitriage.show.markup import readable

__all__ = ["document_markdown"]

# what could begin emphasis, a link, a tag, an entity, a formula or an address; then what could begin a list
_SIGNS = re.compile(r"[\\`*_{}\[\]<>#|~&!/@$^=]")
_BEGINS = re.compile(r"\A([0-9]*+)(?=[-+.)])")


def document_markdown(document: Document) -> str:
    """Returns a document as Markdown, every text escaped."""
    lines = [f"## {_text(document.headline)}", "", f"**{_text(document.lead)}**"]
    for part in document.parts:
        lines += ["", *_part(part)]
    return "\n".join([*lines, "", _text(document.note)]).rstrip() + "\n"


def _part(part: Section | Move) -> Iterator[str]:
    if isinstance(part, Section):
        yield from (f"### {_text(part.title)}", "")
        for line in part.lines:
            yield f"- {_text(line.text)}"
            yield from _list(line.below, "  - ")
        return
    yield from (f"### {part.number}. {_text(part.label)} ({_text(part.side)})", "")
    yield f"**Start with:** {_text(part.start)}."
    if part.target:
        yield from ("", f"**Work up to:** {_text(part.target)}.")
    yield from ("", *_list(part.steps, "1. "))
    for sentence in part.why:
        yield from ("", f"Why this form: {_text(sentence)}")


def _list(texts: Iterable[str], mark: str) -> Iterator[str]:
    yield from (f"{mark}{_text(text)}" for text in texts)


def _text(text: str) -> str:
    one_line = " ".join(readable(text).split())
    return _BEGINS.sub(r"\1\\", _SIGNS.sub(r"\\\g<0>", one_line))
