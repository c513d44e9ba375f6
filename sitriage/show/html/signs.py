"""How soon, at a glance: a word, a shape and a colour for each urgency; never the colour alone."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import attrs

from sitriage.show.markup import Element, Node, data_uri, element, render
from sitriage.words import Urgency

__all__ = ["SIGNS", "STOP", "Sign", "sign_picture"]


@attrs.frozen
class Sign:
    """The word of an urgency, its colours (both in contrast to white and to each other) and its shape."""

    word: str
    strong: str
    pale: str
    shape: tuple[Element, ...]


def _line(x1: int, y1: int, x2: int, y2: int, colour: str = "#ffffff", width: int = 5) -> Element:
    return element(
        "line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=colour, stroke_width=width, stroke_linecap="round"
    )


def _mark(top: int, end: int) -> tuple[Element, ...]:
    """An exclamation mark."""
    return (
        _line(32, top, 32, end - 12),
        _line(32, end, 32, end, width=7),
    )


def _octagon(colour: str) -> Element:
    return element("polygon", points="20,3 44,3 61,20 61,44 44,61 20,61 3,44 3,20", fill=colour)


SIGNS: Mapping[Urgency, Sign] = MappingProxyType(
    {
        Urgency.EMERGENCY: Sign("Emergency", "#b3001b", "#fdeaec", (_octagon("#b3001b"), *_mark(17, 47))),
        Urgency.SAME_DAY: Sign(
            "Today",
            "#a33b00",
            "#fdefe4",
            (element("polygon", points="32,4 62,58 2,58", fill="#a33b00"), *_mark(24, 51)),
        ),
        Urgency.SOON: Sign(
            "Within days",
            "#7a5600",
            "#fbf3d9",
            (element("polygon", points="32,2 62,32 32,62 2,32", fill="#7a5600"), *_mark(18, 46)),
        ),
        Urgency.ROUTINE: Sign(
            "Book a visit",
            "#1f4fa3",
            "#e8effb",
            (
                element("rect", x=5, y=9, width=54, height=50, rx=6, fill="#1f4fa3"),
                _line(20, 4, 20, 15, "#1f4fa3", 6),
                _line(44, 4, 44, 15, "#1f4fa3", 6),
                _line(13, 25, 51, 25),
                _line(24, 41, 40, 41),
            ),
        ),
        Urgency.SELF_CARE: Sign(
            "Self-care",
            "#1b6b3a",
            "#e6f4ea",
            (
                element("circle", cx=32, cy=32, r=29, fill="#1b6b3a"),
                _line(19, 33, 28, 43),
                _line(28, 43, 46, 22),
            ),
        ),
    }
)
"""One sign for each urgency."""

STOP = (
    _octagon("#b3001b"),
    _line(22, 22, 42, 42),
    _line(42, 22, 22, 42),
)
"""The shape that stands beside the rules for stopping."""


def sign_picture(shape: tuple[Element, ...], size: int) -> Node:
    """Returns a shape as a picture of so many pixels; the word beside it is its text, so `alt` is empty."""
    svg = element("svg", *shape, xmlns="http://www.w3.org/2000/svg", viewBox="0 0 64 64")
    style = "display:inline-block; margin:0; border:0; vertical-align:middle; background-color:transparent"
    return element("img", alt="", src=data_uri(render(svg)), width=size, height=size, style=style)
