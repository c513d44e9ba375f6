"""The picture of one form of an exercise: start and end beside each other, or moving."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import attrs

from sitriage.model import Ruleset
from sitriage.poses import Scene
from sitriage.show.figures.camera import Camera, Flat, camera
from sitriage.show.figures.colours import DARK, LIGHT, Colours
from sitriage.show.figures.figure import far_limbs, figure
from sitriage.show.figures.marks import arrow, block, number, sore_mark, words
from sitriage.show.figures.say import alt_text, description_text
from sitriage.show.figures.shapes import Shape, drawn
from sitriage.show.figures.skeleton import Ball, body
from sitriage.show.figures.space import plus
from sitriage.show.figures.things import things
from sitriage.show.markup import Element, element, render
from sitriage.words import Side

__all__ = ["Picture", "picture"]

# units of the drawing; three are one pixel, so that whole numbers are fine enough
_UNIT: Final = 3
_WIDE: Final = 1020
_HIGH: Final = 780
_EDGE: Final = 42
_TOP: Final = 60
_FOOT: Final = 90
_LARGEST: Final = 0.88
_STEPS: Final = 8
# an arrow out of a point of the body, and one into it
_SPAN: Final = ((0.25, 1.25), (-1.25, -0.25))


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

    `sore` marks the sore side, `dark` is for dark paper, and an `animated` picture moves by itself.
    """
    poses = rules.poses.get(exercise)
    scene = poses.rung.get(rung) if poses is not None else None
    if scene is None:
        return None
    colours = DARK if dark else LIGHT
    frames = _frames(scene, animated)
    panels = [frames] if animated else [[frame] for frame in frames]
    fitted, tall = _fitted(scene, colours)
    width, height = _WIDE * len(panels), tall
    alt = alt_text(rules.exercises[exercise], rung, side, sore)
    description = description_text(rules.exercises[exercise], rung, scene, side, sore)
    inside: list[Element] = []
    for index, bodies in enumerate(panels):
        shown = attrs.evolve(fitted, across=fitted.across + index * _WIDE)
        inside += _panel(scene, bodies, shown, colours, last=index == len(panels) - 1)
        if sore in (Side.LEFT, Side.RIGHT):
            inside += _sore(bodies[0], shown, colours, "this" if sore == _drawn(side) else "other")
    flip = {"transform": f"matrix(-1 0 0 1 {width} 0)"} if side is Side.LEFT else {}
    marks = [mark for index in range(len(panels)) if len(panels) > 1
             for mark in number(str(index + 1), 60 + index * _WIDE, colours)]  # fmt: skip
    if sore in (Side.LEFT, Side.RIGHT):
        marks += sore_mark((50, height - 50), False, colours)
        marks.append(words(f"sore side: {sore.value}", 92, height - 35, colours))
    whole = element(
        "svg",
        element("title", alt),
        element("desc", description),
        element("rect", width=width, height=height, fill=colours.paper),
        element("g", *inside, **flip),
        *marks,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} {height}",
        width=width // _UNIT,
        height=height // _UNIT,
        role="img",
    )
    return Picture(render(whole), alt, description, width // _UNIT, height // _UNIT)


def _drawn(side: Side) -> Side:
    """The side that `this` is in the picture; where no side is named, the right one."""
    return Side.LEFT if side is Side.LEFT else Side.RIGHT


def poses_of(scene: Scene) -> list[dict[str, int]]:
    """Returns the start, and the end where there is one; the end tells only what changes."""
    start = {**spread(scene.start)}
    return [start, start | spread(scene.end)] if scene.end else [start]


def spread(pose: Mapping[str, int]) -> dict[str, int]:
    """Returns a pose in which `both_knee` is told for each side."""
    told: dict[str, int] = {}
    for joint, angle in pose.items():
        whose, _, what = joint.partition("_")
        names = (f"this_{what}", f"other_{what}") if whose == "both" else (joint,)
        told |= dict.fromkeys(names, angle)
    return told


def between(start: Mapping[str, float], end: Mapping[str, float], steps: int) -> list[dict[str, Ball]]:
    """Returns the body on its way from one pose to another, with both ends."""
    keys = start.keys() | end.keys()
    return [
        body({key: start.get(key, 0) + (end.get(key, 0) - start.get(key, 0)) * step / steps for key in keys})
        for step in range(steps + 1)
    ]


def _frames(scene: Scene, animated: bool) -> list[dict[str, Ball]]:
    poses = poses_of(scene)
    if animated and len(poses) > 1:
        return between(*poses, _STEPS)
    return [body(pose) for pose in poses]


def _fitted(scene: Scene, colours: Colours) -> tuple[Camera, int]:
    """The camera so that every pose and thing fits into one panel, and how tall the panel is."""
    seen = camera(scene.view)
    bodies = [body(pose) for pose in poses_of(scene)]
    points = [point for shape in _shapes(scene, bodies, seen, colours) for each in shape.outlines for point in each]
    points += [point for way in (*_ways(scene, seen), *_pushes(scene, seen)) for point in way]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    scale = min(_LARGEST, (_WIDE - 2 * _EDGE) / (right - left), (_HIGH - _TOP - _FOOT) / (bottom - top))
    tall = round(scale * (bottom - top)) + _TOP + _FOOT
    fitted = attrs.evolve(
        seen,
        scale=scale,
        across=_WIDE / 2 - scale * (left + right) / 2,
        down=_TOP - scale * top,
    )
    return fitted, tall - tall % _UNIT


def _shapes(
    scene: Scene, bodies: Sequence[Mapping[str, Ball]], seen: Camera, colours: Colours
) -> list[Shape]:
    # the start tells which side is the far one, so that a limb keeps its tone
    pale = far_limbs(body(poses_of(scene)[0]), seen)
    shapes = [*things(scene.props, bodies, seen, colours), *figure(bodies, seen, colours, pale)]
    return sorted(shapes, key=lambda shape: shape.near)


def _panel(
    scene: Scene, bodies: Sequence[Mapping[str, Ball]], seen: Camera, colours: Colours, last: bool
) -> list[Element]:
    inside = drawn(_shapes(scene, bodies, seen, colours))
    if last:
        for points in _ways(scene, seen):
            inside += arrow(points, colours)
        for points in _pushes(scene, seen):
            inside += block(points, colours)
    return inside


def _ways(scene: Scene, seen: Camera) -> list[list[Flat]]:
    poses = poses_of(scene)
    bodies = between(poses[0], poses[-1], 12)
    return [[seen.point(plus(each[one.at].at, one.shift)) for each in bodies] for one in scene.arrows]


def _pushes(scene: Scene, seen: Camera) -> list[list[Flat]]:
    shown = body(poses_of(scene)[-1])
    return [
        [seen.point(plus(plus(shown[push.at].at, push.shift), push.to, share)) for share in _SPAN[push.into]]
        for push in scene.pushes
    ]


def _sore(shown: Mapping[str, Ball], seen: Camera, colours: Colours, whose: str) -> list[Element]:
    mate = "other" if whose == "this" else "this"
    here, there = shown[f"{whose}_seat"].at, shown[f"{mate}_seat"].at
    return sore_mark(seen.point(here), seen.near(there) - seen.near(here) > 30, colours)
