"""Marks on a picture: arrows for what moves or pushes, the number of a pose, and the sore side."""

from __future__ import annotations

from collections.abc import Sequence
from math import atan2, cos, hypot, pi, sin

from sitriage.show.figures.camera import Flat, path
from sitriage.show.figures.colours import Colours
from sitriage.show.markup import Element, element

__all__ = ["arrow", "block", "legend", "number", "sore_mark", "words"]

_HEAD, _LEAST = 48.0, 105.0


def arrow(points: Sequence[Flat], colours: Colours) -> list[Element]:
    """Returns an arrow along the points, with a rim of paper; one too short to see is drawn longer."""
    line = _long_enough(list(points))
    tip, before = line[-1], _before(line)
    angle = atan2(tip[1] - before[1], tip[0] - before[0])
    head = tuple(
        (tip[0] - _HEAD * cos(angle + turn), tip[1] - _HEAD * sin(angle + turn)) for turn in (pi / 6, -pi / 6)
    )
    base = (tip[0] - 0.7 * _HEAD * cos(angle), tip[1] - 0.7 * _HEAD * sin(angle))
    shaft = path((*(each for each in line if hypot(each[0] - tip[0], each[1] - tip[1]) > _HEAD), base), False)
    point = path((head[0], tip, head[1]))
    round_ends = {"stroke_linecap": "round", "stroke_linejoin": "round"}
    return [
        element("path", d=shaft, fill="none", stroke=colours.paper, stroke_width=30, **round_ends),
        element("path", d=point, fill=colours.paper, stroke=colours.paper, stroke_width=16, **round_ends),
        element("path", d=shaft, fill="none", stroke=colours.move, stroke_width=15, **round_ends),
        element("path", d=point, fill=colours.move),
    ]


def block(ends: Sequence[Flat], colours: Colours) -> list[Element]:
    """Returns a broad, hollow arrow from one end to the other: a push, which moves nothing."""
    (x, y), (a, b) = _long_enough(list(ends))
    length = hypot(a - x, b - y)
    c, s = (a - x) / length, (b - y) / length
    corners = (
        (0.0, -15.0), (length - 42, -15.0), (length - 42, -38.0), (length, 0.0),
        (length - 42, 38.0), (length - 42, 15.0), (0.0, 15.0),
    )  # fmt: skip
    shape = path((x + along * c - across * s, y + along * s + across * c) for along, across in corners)
    return [
        element(
            "path", d=shape, fill=colours.paper, stroke=colours.move, stroke_width=9, stroke_linejoin="round"
        )
    ]


def _long_enough(line: list[Flat]) -> list[Flat]:
    (x, y), (a, b) = line[0], line[-1]
    length = hypot(a - x, b - y)
    if length >= _LEAST:
        return line
    if length < 1:
        # it leads towards the reader
        return [(x, y), (x + _LEAST, y)]
    grow = _LEAST / length
    return [(x, y), (x + (a - x) * grow, y + (b - y) * grow)]


def _before(line: Sequence[Flat]) -> Flat:
    """A point far enough from the tip to tell the direction."""
    tip = line[-1]
    return next(
        (each for each in reversed(line) if hypot(each[0] - tip[0], each[1] - tip[1]) > _HEAD), line[0]
    )


def number(text: str, x: float, y: float, colours: Colours) -> list[Element]:
    """Returns the number of a pose in a ring."""
    ring = element(
        "circle", cx=round(x), cy=round(y), r=34, fill="none", stroke=colours.line, stroke_width=6
    )  # fmt: skip
    return [ring, words(text, x, y + 15, colours, anchor="middle")]


def words(text: str, x: float, y: float, colours: Colours, anchor: str = "start") -> Element:
    """Returns a short text on the picture."""
    return element(
        "text", text, x=round(x), y=round(y), fill=colours.line, font_size=44, font_family="sans-serif",
        text_anchor=anchor,
    )  # fmt: skip


def legend(moves: bool, pushes: bool, right: float, y: float, colours: Colours) -> list[Element]:
    """Returns what the arrows mean, up to the right edge: a line is a move, a hollow one a push."""
    told = []
    for kind, word, shown in ((block, "push", pushes), (arrow, "move", moves)):
        if shown:
            small = f"matrix(0.7 0 0 0.7 {right - 198:.0f} {y - 15:.0f})"
            told.append(element("g", *kind(((0, 0), (_LEAST, 0)), colours), transform=small))
            told.append(words(word, right, y, colours, anchor="end"))
            right -= 226
    return told


def sore_mark(at: Flat, hidden: bool, colours: Colours) -> list[Element]:
    """Returns a ring with a dot; where the body hides the place, the ring is of dashes."""
    x, y = (f"{each:.0f}" for each in at)
    dashes = {"stroke_dasharray": "15 12"} if hidden else {}
    return [
        element("circle", cx=x, cy=y, r=36, fill=colours.paper),
        element("circle", cx=x, cy=y, r=25, fill="none", stroke=colours.sore, stroke_width=9, **dashes),
        element("circle", cx=x, cy=y, r=10, fill=colours.sore),
    ]
