"""A card as a box: how large it is, and where each of its lines stands."""

from __future__ import annotations

from math import ceil

import attrs

from sitriage.show.flowchart.chart import LIT, Card
from sitriage.show.flowchart.lettering import LINE, wrapped

__all__ = ["Box", "Words", "box_of"]

HEAD, BODY, HANGING = 13, 12, 14
PAD, NARROW = 12, 216
COLUMNS, ENTRY, BETWEEN = 3, 236, 18


@attrs.frozen
class Words:
    """One line of text in a box: where it begins, seen from the corner of the box, and how it is set."""

    text: str
    x: float
    y: float
    size: int
    bold: bool = False


@attrs.frozen
class Box:
    """A card with its size and its lines."""

    card: Card
    width: float
    height: float
    words: tuple[Words, ...]


def box_of(card: Card) -> Box:
    """Returns the box of a card: narrow, or as wide as its lists need in columns."""
    wide = COLUMNS * ENTRY + (COLUMNS - 1) * BETWEEN
    inner = wide if card.lists else NARROW
    words: list[Words] = []
    y = _put(words, f"{LIT} {card.heading}" if card.lit else card.heading, 0, PAD, inner, HEAD, bold=True)
    for line in card.lines:
        y = _put(words, line, 0, y + 2, inner, BODY)
    for item in card.items:
        y = _item(words, item, 0, y + 2, inner)
    for title, entries in card.lists:
        y = _put(words, title, 0, y + 8, inner, BODY, bold=True)
        y = _columns(words, entries, y + 2)
    return Box(card, inner + 2 * PAD, ceil(y) + PAD, tuple(words))


def _put(
    words: list[Words], text: str, x: float, y: float, width: float, size: int, *, bold: bool = False
) -> float:
    """Sets a text in lines from the height `y` on; returns where it ends."""
    for line in wrapped(text, size, width, bold=bold):
        words.append(Words(line, PAD + x, y + size, size, bold))
        y += size * LINE
    return y


def _item(words: list[Words], item: str, x: float, y: float, width: float) -> float:
    """Sets an item beside its mark; returns where it ends."""
    mark, text = item.split(" ", 1)
    words.append(Words(mark, PAD + x, y + BODY, BODY))
    return _put(words, text, x + HANGING, y, width - HANGING, BODY, bold=mark == LIT)


def _columns(words: list[Words], entries: tuple[str, ...], top: float) -> float:
    """Sets entries in columns, read from the top down and then to the right."""
    each = -(-len(entries) // COLUMNS)
    deepest = top
    for column in range(COLUMNS):
        y = top
        for entry in entries[column * each : (column + 1) * each]:
            y = _item(words, entry, column * (ENTRY + BETWEEN), y + 2, ENTRY)
        deepest = max(deepest, y)
    return deepest
