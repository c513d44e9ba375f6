"""Shapes on the page, still or moving, as elements of SVG."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from sitriage.show.figures.camera import Flat, path
from sitriage.show.markup import Element, element

__all__ = ["SECONDS", "Shape", "drawn"]

SECONDS = 4


@attrs.frozen
class Shape:
    """An outline in each of its poses, its fill, how near it is, and its line if it has one."""

    outlines: tuple[tuple[Flat, ...], ...]
    fill: str
    near: float
    line: str = ""
    width: float = 0.0
    closed: bool = True


def drawn(shapes: Sequence[Shape]) -> list[Element]:
    """Returns the shapes as paths; what has several poses moves there and back without end."""
    return [_path(shape) for shape in shapes]


def _path(shape: Shape) -> Element:
    looks: dict[str, str] = {"fill": shape.fill}
    if shape.line:
        looks |= {
            "stroke": shape.line,
            "stroke_width": f"{shape.width:g}",
            "stroke_linecap": "round",
            "stroke_linejoin": "round",
        }
    first = shape.outlines[0]
    if all(each == first for each in shape.outlines):
        return element("path", d=path(first, shape.closed), **looks)
    told = [path(each, shape.closed, whole=True) for each in shape.outlines]
    # there, a rest, and back
    values = ";".join((*told, told[-1], *reversed(told)))
    moving = element("animate", attributeName="d", values=values, dur=f"{SECONDS}s", repeatCount="indefinite")
    return element("path", moving, d=told[0], **looks)
