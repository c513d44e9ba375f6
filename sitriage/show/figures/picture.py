"""The picture of one form of an exercise: start and end beside each other, or moving."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import attrs

from sitriage.model import Ruleset
from sitriage.poses import Poses, Scene
from sitriage.show.figures.camera import camera
from sitriage.show.figures.colours import DARK, LIGHT, Colours
from sitriage.show.figures.marks import legend, number, sore_mark, words
from sitriage.show.figures.motion import ends, way
from sitriage.show.figures.panel import Body, Panel, fitted
from sitriage.show.figures.say import MATE, alt_text, description_text
from sitriage.show.markup import Element, element, render
from sitriage.words import Side

__all__ = ["Picture", "picture"]

# units of the drawing; three are one pixel, so that whole numbers are fine enough
_UNIT: Final = 3
_STEPS: Final = 4


@attrs.frozen
class Picture:
    """A drawing with its words: the SVG, a short and a long text for who cannot see it, and its size."""

    svg: str
    alt: str
    description: str
    width: int
    height: int


def picture(
    rules: Ruleset,
    exercise: str,
    rung: str,
    side: Side,
    *,
    sore: Side | None = None,
    dark: bool = False,
    animated: bool = False,
) -> Picture | None:
    """Returns the picture of a form of an exercise for a side, or None where the rules hold no poses for it.

    `sore` marks the sore side, and what is for both sides is drawn from it. `dark` is for dark paper, and an
    `animated` picture moves by itself. Sizes are pixels.
    """
    scene = _scene(rules.poses.get(exercise), rung, side)
    if scene is None:
        return None
    shown = rules.exercises[exercise]
    alt, description = alt_text(shown, rung, side, sore), description_text(shown, rung, scene, side, sore)
    colours = DARK if dark else LIGHT
    still = ends(scene)
    panel = fitted(scene, still, camera(scene.view), colours)
    frames = [way(scene, _STEPS)] if animated else [[each] for each in still]
    width, height = panel.width * len(frames), panel.height
    whole = element(
        "svg",
        element("title", alt),
        element("desc", description),
        element("rect", width=width, height=height, fill=colours.paper),
        _figures(panel, frames, _drawn_side(side, sore), sore),
        *_words(panel, len(frames), sore, colours),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} {height}",
        width=width // _UNIT,
        height=height // _UNIT,
        role="img",
    )
    return Picture(render(whole), alt, description, width // _UNIT, height // _UNIT)


def _scene(poses: Poses | None, rung: str, side: Side) -> Scene | None:
    if poses is None:
        return None
    alike = poses.alike.get(rung) if side is Side.SYMMETRIC else None
    return alike or poses.rung.get(rung)


def _drawn_side(side: Side, sore: Side | None) -> Side:
    """The side that is drawn near: what is done with both sides is seen from the sore one."""
    if side in MATE:
        return side
    return sore if sore is not None and sore in MATE else Side.RIGHT


def _figures(panel: Panel, frames: Sequence[Sequence[Body]], side: Side, sore: Side | None) -> Element:
    """All panels; drawn for the right side, and for the left one as in a mirror, panel by panel."""
    whose = ""
    if sore in MATE:
        whose = "this" if sore == side else "other"
    panels = []
    for index, bodies in enumerate(frames):
        mirror = side is Side.LEFT
        moved = f"matrix({-1 if mirror else 1} 0 0 1 {(index + mirror) * panel.width} 0)"
        inside = panel.drawn(bodies, whose, marked=index == len(frames) - 1)
        panels.append(element("g", *inside, transform=moved))
    return element("g", *panels)


def _words(panel: Panel, count: int, sore: Side | None, colours: Colours) -> list[Element]:
    """What is written: the numbers of the poses, and what the ring and the arrows mean."""
    marks = [
        mark
        for index in range(count)
        if count > 1
        for mark in number(str(index + 1), (index + 0.5) * panel.width, panel.height - 46, colours)
    ]
    if sore is not None and sore in MATE:
        marks += sore_mark((50, panel.height - 50), False, colours)
        marks.append(words(f"sore side: {sore.value}", 92, panel.height - 35, colours))
    moves, pushes = bool(panel.ways), bool(panel.pushes)
    return marks + legend(moves, pushes, count * panel.width - 30, panel.height - 35, colours)
