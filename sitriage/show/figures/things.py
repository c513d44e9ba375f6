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
from sitriage.show.figures.space import Vector, along, apart, plus

__all__ = ["BEHIND", "Box", "boxes", "corners", "round_things", "things"]

Body = Mapping[str, Ball]

BEHIND = -10_000.0
"""How near the things are that stand behind the body."""

# a side that is turned away further than this is not drawn
_SEEN = 0.02


@attrs.frozen
class Box:
    """A block from its least to its greatest corner."""

    low: Vector
    high: Vector


def corners(box: Box) -> tuple[Vector, ...]:
    """Returns the eight corners of a block."""
    (x, y, z), (a, b, c) = box.low, box.high
    return tuple(product((x, a), (y, b), (z, c)))


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
        reach = (length / 2 - radius, height / 2 - radius, depth / 2 - radius)
        middle = plus(prop.at, (0, height / 2, 0))
        inner = Box(plus(middle, reach, -1), plus(middle, reach))
        return tuple(Ball(corner, radius) for corner in corners(inner))
    return ()


def things(
    props: Sequence[Prop], bodies: Sequence[Body], camera: Camera, colours: Colours
) -> Iterator[Shape]:
    """Yields the shapes of all things."""
    for index, prop in enumerate(props):
        for box in sorted(boxes(prop), key=lambda each: camera.near(each.high)):
            # between the legs of who lies in a doorway
            near = min(map(camera.near, corners(box))) if prop.kind == "frame" else BEHIND + index
            yield from _faces(box, near, camera, colours)
        if balls := round_things(prop):
            discs = [camera.disc(ball) for ball in balls]
            near = sum(disc.near for disc in discs) / len(discs) - (2 if prop.kind == "ball" else 0)
            yield Shape((outline(discs),), colours.thing, near, colours.edge, 5)
        if prop.kind in ("band", "towel"):
            yield _cloth(prop, bodies, camera, colours)


def _faces(box: Box, near: float, camera: Camera, colours: Colours) -> Iterator[Shape]:
    """The sides of a block that are seen; those seen from above are lighter."""
    (x, y, z), (a, b, c) = box.low, box.high
    sides: tuple[tuple[Vector, tuple[Vector, ...]], ...] = (
        ((-1, 0, 0), ((x, y, z), (x, y, c), (x, b, c), (x, b, z))),
        ((1, 0, 0), ((a, y, z), (a, y, c), (a, b, c), (a, b, z))),
        ((0, 1, 0), ((x, b, z), (x, b, c), (a, b, c), (a, b, z))),
        ((0, 0, -1), ((x, y, z), (a, y, z), (a, b, z), (x, b, z))),
        ((0, 0, 1), ((x, y, c), (a, y, c), (a, b, c), (x, b, c))),
    )
    for facing, around in sides:
        if along(camera.turn, facing)[2] > _SEEN:
            fill = colours.thing if facing[1] else mixed(colours.thing, colours.edge, 0.25)
            yield Shape((tuple(map(camera.point, around)),), fill, near, colours.edge, 4)


def _cloth(prop: Prop, bodies: Sequence[Body], camera: Camera, colours: Colours) -> Shape:
    if prop.kind == "band":
        hulls = tuple(outline(_band(body, camera)) for body in bodies)
        return Shape(hulls, "none", -BEHIND, colours.move, 18)
    lines = tuple(_towel(body, camera) for body in bodies)
    return Shape(lines, "none", -BEHIND, colours.edge, 24, closed=False)


def _band(body: Body, camera: Camera) -> list[Disc]:
    """Round both thighs, above the knees."""
    found = []
    for whose in ("this", "other"):
        knee, thigh = body[f"{whose}_knee"].at, body[f"{whose}_thigh"].at
        found.append(camera.disc(Ball(plus(knee, plus(thigh, knee, -1), 0.45), 44)))
    return found


def _towel(body: Body, camera: Camera) -> tuple[Flat, ...]:
    """From one hand round the back of the thigh to the other."""
    hands, thigh = (body["this_hand"].at, body["other_hand"].at), body["this_thigh"]
    away = plus(thigh.at, plus(hands[0], plus(hands[1], hands[0], -1), 0.5), -1)
    back = plus(thigh.at, away, thigh.radius / apart(away, (0, 0, 0)))
    return tuple(map(camera.point, (hands[0], back, hands[1])))
