"""A handout as plain data, for whoever typesets it."""

from __future__ import annotations

from typing import Any

import attrs

from sitriage.show.document import Section
from sitriage.show.handout.blocks import ALARM, MUST, Block, Drawn, Handout, Pairs
from sitriage.show.handout.words import said_of, start_of, steps_of, title_of

__all__ = ["data_of"]


def data_of(handout: Handout) -> dict[str, Any]:
    """Returns the handout as texts, numbers, lists and dicts; each block has its `kind`."""
    pages = [[_block(block) for block in page] for page in handout.pages]
    return {"title": handout.title, "lead": handout.lead, "pages": pages, "foot": handout.foot}


def _block(block: Block | Drawn) -> dict[str, Any]:
    if isinstance(block, Pairs):
        fields: dict[str, Any] = {"inside": list(map(_block, block.inside))}
    else:
        fields = _move(block) if isinstance(block, Drawn) else attrs.asdict(block)
    if isinstance(block, Section):
        fields |= {"must": block.name in MUST, "alarm": block.name in ALARM}
    return {"kind": type(block).__name__.lower(), **fields}


def _move(drawn: Drawn) -> dict[str, Any]:
    return {
        "title": title_of(drawn.move),
        "start": start_of(drawn.move),
        "said": said_of(drawn),
        "steps": steps_of(drawn),
        "svg": drawn.svg,
        "alt": drawn.alt,
        "width": drawn.width,
    }
