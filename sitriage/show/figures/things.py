"""The things in a scene: mat, bed, wall, door frame, chair, table, ball, pillow, band and towel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import attrs

from sitriage.poses import Prop
from sitriage.show.figures.camera import Camera, Disc, Flat, outline
from sitriage.show.figures.colours import Colours, mixed
from sitriage.show.figures.shapes import Shape
from sitriage.show.figures.skeleton import Ball
from sitriage.show.figures.space import Vector, along, plus

__all__ = ["BEHIND", "Box", "boxes", "round_things", "things"]

Body = Mapping[str, Ball]

BEHIND = -10_000.0
"""How near the things are that stand behind the body."""


@attrs.frozen
class Box:
    """A block from its least to its greatest corner."""

    low: Vector
    high: Vector


def boxes(prop: Prop) -> tuple[Box, ...]:
    """Returns the blocks that a thing is made of; none for what is round or soft."""
    (x, y, z), (length, height, depth) = prop.at, prop.size
    block = Box((x - length / 2, y, z - depth / 2), (x + length / 2, y + height, z + depth / 2))
    if prop.kind in ("mat", "bed"):
        # they carry the body, so their top is the ground
        return (Box((block.low[0], y - height, block.low[2]), (block.high[0], y, block.high[2])),)
    if prop.kind in ("wall", "frame", "floor"):
        return (block,)
    if prop.kind in ("chair", "table"):
        return tuple(_on_legs(block, prop.kind == "chair"))
    return ()


def _on_legs(block: Box, with_back: bool) -> Iterator[Box]:
    (left, low, back), (right, top, front) = block.low, block.high
    if with_back:
        yield Box((left, low, back), (left + 24, top + 330, front))
    for x, z in product((left, right - 24), (back, front - 24)):
        yield Box((x, low, z), (x + 24, top, z + 24))
    yield Box((left, top - 34, back), (right, top, front))


def round_things(prop: Prop) -> tuple[Ball, ...]:
    """Returns the balls that a ball or a pillow wraps."""
    if prop.kind == "ball":
        return (Ball(plus(prop.at, (0, prop.size[0], 0)), prop.size[0]),)
    if prop.kind == "pillow":
        length, height, depth = prop.size
        radius = min(prop.size) / 2
        reach = [max(side / 2 - radius, 0) for side in (length, height, depth)]
        middle = plus(prop.at, (0, height / 2, 0))
        corners = product(*((-each, each) for each in reach))
        return tuple(Ball(plus(middle, corner), radius) for corner in corners)  # type: ignore[arg-type]
    return ()


def things(
    props: Sequence[Prop], bodies: Sequence[Body], camera: Camera, colours: Colours
) -> Iterator[Shape]:
    """Yields the shapes of all things."""
    for index, prop in enumerate(props):
        for box in sorted(boxes(prop), key=lambda each: camera.near(each.high)):
            # between the legs of who lies in a doorway
            near = _furthest(box, camera) if prop.kind == "frame" else BEHIND + index
            yield from _faces(box, near, camera, colours)
        if balls := round_things(prop):
            discs = [camera.disc(ball) for ball in balls]
            near = sum(disc.near for disc in discs) / len(discs) - (2 if prop.kind == "ball" else 0)
            yield Shape((outline(discs),), colours.thing, near, colours.edge, 5)
        if prop.kind in ("band", "towel"):
            yield _cloth(prop, bodies, camera, colours)


def _furthest(box: Box, camera: Camera) -> float:
    corners = product(*zip(box.low, box.high, strict=True))
    return min(camera.near(corner) for corner in corners)  # type: ignore[arg-type]


def _faces(box: Box, near: float, camera: Camera, colours: Colours) -> Iterator[Shape]:
    ends = (box.low, box.high)
    for axis, end in product(range(3), range(2)):
        normal = tuple(float(each == axis) * (2 * end - 1) for each in range(3))
        facing = along(camera.turn, normal)[2]  # type: ignore[arg-type]
        if facing <= 0.02:
            continue
        around = ((0, 0), (0, 1), (1, 1), (1, 0))
        corners = []
        for one, other in around:
            picks = [one, other]
            picks.insert(axis, end)
            corners.append((ends[picks[0]][0], ends[picks[1]][1], ends[picks[2]][2]))
        face = tuple(camera.point(corner) for corner in corners)
        # from above things are lighter
        fill = colours.thing if axis == 1 else mixed(colours.thing, colours.edge, 0.25)
        yield Shape((face,), fill, near, colours.edge, 4)


def _cloth(prop: Prop, bodies: Sequence[Body], camera: Camera, colours: Colours) -> Shape:
    if prop.kind == "band":
        hulls = tuple(outline(_loop(body, camera)) for body in bodies)
        return Shape(hulls, "none", -BEHIND, colours.move, 18)
    whose = "this" if prop.at[0] >= 0 else "other"
    lines = tuple(_towel(body, whose, camera) for body in bodies)
    return Shape(lines, "none", -BEHIND, colours.line, 14, closed=False)


def _loop(body: Body, camera: Camera) -> list[Disc]:
    found = []
    for whose in ("this", "other"):
        knee, thigh = body[f"{whose}_knee"], body[f"{whose}_thigh"]
        step = plus(thigh.at, knee.at, -1)
        found.append(camera.disc(Ball(plus(knee.at, step, 0.45), 44)))
    return found


def _towel(body: Body, whose: str, camera: Camera) -> tuple[Flat, ...]:
    """From one hand behind the thigh to the other."""
    knee, thigh = body[f"{whose}_knee"], body[f"{whose}_thigh"]
    middle = plus(plus(knee.at, plus(thigh.at, knee.at, -1), 0.5), (0, 0, 0))
    return tuple(camera.point(each) for each in (body["this_hand"].at, middle, body["other_hand"].at))
