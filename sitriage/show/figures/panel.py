"""One panel of a picture: a scene fitted to its width, with figure, things and marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import attrs

from sitriage.poses import Scene
from sitriage.show.figures.camera import Camera, Flat
from sitriage.show.figures.colours import Colours
from sitriage.show.figures.figure import far_limbs, figure
from sitriage.show.figures.marks import arrow, block, sore_mark
from sitriage.show.figures.motion import ends, way
from sitriage.show.figures.shapes import Shape, drawn
from sitriage.show.figures.skeleton import Ball
from sitriage.show.figures.space import plus
from sitriage.show.figures.things import things
from sitriage.show.markup import Element

__all__ = ["Body", "Panel", "fitted"]

Body = Mapping[str, Ball]

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


@attrs.frozen
class Panel:
    """A scene with the camera that fits it into the panel."""

    scene: Scene
    seen: Camera
    colours: Colours
    width: int = _WIDE
    height: int = _HIGH

    def drawn(self, bodies: Sequence[Body], sore: str, marked: bool) -> list[Element]:
        """Returns the panel with these bodies, one or a row that moves; `sore` is this, other or empty."""
        inside = drawn(_shapes(self.scene, bodies, self.seen, self.colours))
        if marked:
            for points in _ways(self.scene, self.seen):
                inside += arrow(points, self.colours)
            for points in _pushes(self.scene, self.seen):
                inside += block(points, self.colours)
        if sore:
            mate = "other" if sore == "this" else "this"
            here, there = bodies[0][f"{sore}_seat"].at, bodies[0][f"{mate}_seat"].at
            hidden = self.seen.near(there) - self.seen.near(here) > _HIDDEN
            inside += sore_mark(self.seen.point(here), hidden, self.colours)
        return inside


def fitted(scene: Scene, seen: Camera, colours: Colours) -> Panel:
    """Returns the panel into which every pose, thing and arrow of the scene fits."""
    lines = [line for shape in _shapes(scene, ends(scene), seen, colours) for line in shape.outlines]
    points = [point for line in (*lines, *_ways(scene, seen), *_pushes(scene, seen)) for point in line]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    scale = min(_LARGEST, (_WIDE - 2 * _EDGE) / (right - left), (_HIGH - _TOP - _FOOT) / (bottom - top))
    across, down = _WIDE / 2 - scale * (left + right) / 2, _TOP - scale * top
    height = round(scale * (bottom - top) / 3) * 3 + _TOP + _FOOT
    return Panel(scene, attrs.evolve(seen, scale=scale, across=across, down=down), colours, height=height)


def _shapes(scene: Scene, bodies: Sequence[Body], seen: Camera, colours: Colours) -> list[Shape]:
    # the start tells which side is the far one, so that a limb keeps its tone
    pale = far_limbs(ends(scene)[0], seen)
    shapes = [*things(scene.props, bodies, seen, colours), *figure(bodies, seen, colours, pale)]
    return sorted(shapes, key=lambda shape: shape.near)


def _ways(scene: Scene, seen: Camera) -> list[list[Flat]]:
    bodies = way(scene, 12)
    return [[seen.point(plus(each[one.at].at, one.shift)) for each in bodies] for one in scene.arrows]


def _pushes(scene: Scene, seen: Camera) -> list[list[Flat]]:
    shown = ends(scene)[-1]
    return [
        [seen.point(plus(plus(shown[push.at].at, push.shift), push.to, share)) for share in _SPAN[push.into]]
        for push in scene.pushes
    ]
