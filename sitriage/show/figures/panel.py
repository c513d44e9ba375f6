"""One panel of a picture: a scene fitted to its width, with figure, things and marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import attrs

from sitriage.poses import Scene
from sitriage.show.figures.camera import Camera
from sitriage.show.figures.colours import Colours
from sitriage.show.figures.figure import far_limbs, figure
from sitriage.show.figures.marks import arrow, block, sore_mark
from sitriage.show.figures.motion import way
from sitriage.show.figures.shapes import Shape, drawn
from sitriage.show.figures.skeleton import Ball
from sitriage.show.figures.space import Vector, plus
from sitriage.show.figures.things import boxes, corners, round_things, things
from sitriage.show.markup import Element

__all__ = ["Body", "Panel", "fitted"]

Body = Mapping[str, Ball]
Lines = Sequence[Sequence[Vector]]

_WIDE: Final = 1020
_HIGH: Final = 780
_EDGE: Final = 42
_TOP: Final = 42
_FOOT: Final = 102
# so that people are of one size in most pictures
_LARGEST: Final = 0.88
# an arrow out of a point of the body, and one into it
_SPAN: Final = ((0.25, 1.25), (-1.25, -0.25))
_HIDDEN: Final = 30
# of the line of an arrow
_STEPS: Final = 8


@attrs.frozen
class Panel:
    """A scene with the camera that fits it into the panel, and the lines of its arrows."""

    scene: Scene
    seen: Camera
    colours: Colours
    pale: frozenset[str]
    ways: Lines
    pushes: Lines
    width: int
    height: int

    def drawn(self, bodies: Sequence[Body], sore: str, marked: bool) -> list[Element]:
        """Returns the panel with these bodies, one or a row that moves; `sore` is this, other or empty."""
        shapes: list[Shape] = [
            *things(self.scene.props, bodies, self.seen, self.colours),
            *figure(bodies, self.seen, self.colours, self.pale),
        ]
        inside = drawn(sorted(shapes, key=lambda shape: shape.near))
        if marked:
            for kind, lines in ((arrow, self.ways), (block, self.pushes)):
                for line in lines:
                    inside += kind([self.seen.point(at) for at in line], self.colours)
        if sore:
            mate = "other" if sore == "this" else "this"
            here, there = bodies[0][f"{sore}_seat"].at, bodies[0][f"{mate}_seat"].at
            hidden = self.seen.near(there) - self.seen.near(here) > _HIDDEN
            inside += sore_mark(self.seen.point(here), hidden, self.colours)
        return inside


def fitted(scene: Scene, bodies: Sequence[Body], seen: Camera, colours: Colours) -> Panel:
    """Returns the panel into which the bodies at start and end, every thing and every arrow fit."""
    ways, pushes = _ways(scene), _pushes(scene, bodies[-1])
    balls = [ball for each in bodies for ball in each.values()]
    balls += [Ball(at, 0) for line in (*ways, *pushes) for at in line]
    for prop in scene.props:
        balls += [Ball(at, 0) for box in boxes(prop) for at in corners(box)]
        balls += round_things(prop)
    discs = [seen.disc(ball) for ball in balls]
    left, right = min(each.x - each.radius for each in discs), max(each.x + each.radius for each in discs)
    top, bottom = min(each.y - each.radius for each in discs), max(each.y + each.radius for each in discs)
    scale = min(_LARGEST, (_WIDE - 2 * _EDGE) / (right - left), (_HIGH - _TOP - _FOOT) / (bottom - top))
    across, down = _WIDE / 2 - scale * (left + right) / 2, _TOP - scale * top
    return Panel(
        scene,
        attrs.evolve(seen, scale=scale, across=across, down=down),
        colours,
        # the start tells which side is the far one, so that a limb keeps its tone
        far_limbs(bodies[0], seen),
        ways,
        pushes,
        _WIDE,
        # a whole number of pixels
        round(scale * (bottom - top) / 3) * 3 + _TOP + _FOOT,
    )


def _ways(scene: Scene) -> Lines:
    bodies = way(scene, _STEPS) if scene.arrows else []
    return [[plus(each[one.at].at, one.shift) for each in bodies] for one in scene.arrows]


def _pushes(scene: Scene, shown: Body) -> Lines:
    return [
        [plus(plus(shown[push.at].at, push.shift), push.to, share) for share in _SPAN[push.into]]
        for push in scene.pushes
    ]
