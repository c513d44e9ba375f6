"""A handout before it is HTML or PDF: the few kinds of things that stand on its pages."""

from __future__ import annotations

import attrs

from sitriage.show.document import Move, Section

__all__ = ["ALARM", "MUST", "Blank", "Block", "Drawn", "Handout", "Note", "Pairs", "Row", "Week"]


@attrs.frozen
class Note:
    """A sentence of its own."""

    text: str


@attrs.frozen
class Blank:
    """Lines to fill in by hand, each after what belongs on it."""

    labels: tuple[str, ...]


@attrs.frozen
class Drawn:
    """An exercise with its picture as SVG, what that shows, and how wide it is, in percent of the column.

    `same_as` is the number of an earlier one that is done in the same way, whose steps are not said again.
    """

    move: Move
    same_as: int = 0
    svg: str = ""
    alt: str = ""
    width: int = 0


@attrs.frozen
class Pairs:
    """Blocks two beside each other, where there is room."""

    inside: tuple[Drawn | Section, ...]


@attrs.frozen
class Row:
    """An exercise in the table, and how many boxes each day has: 0 for rest."""

    name: str
    days: tuple[int, ...]


@attrs.frozen
class Week:
    """A table to tick, with the word for a day of rest; `write` names a last row to write numbers into."""

    title: str
    about: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    rest: str
    write: str


MUST = ("safety_net", "now", "stop", "meanwhile")
"""The parts that must not be missed: they stand on page one."""

ALARM = ("safety_net", "now")
"""Those of them that are in a thick frame."""

Block = Blank | Note | Pairs | Section | Week


@attrs.frozen
class Handout:
    """What begins on a page of its own, and flows from there: what must not be missed comes first."""

    title: str
    lead: str
    pages: tuple[tuple[Block, ...], ...]
    foot: str
