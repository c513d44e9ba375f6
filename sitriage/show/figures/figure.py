"""A body drawn: limbs as rounded shapes, the further ones first and paler, each with a rim of paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

import attrs

from sitriage.show.figures.camera import Camera, Flat, outline
from sitriage.show.figures.colours import Colours
from sitriage.show.figures.shapes import Shape
from sitriage.show.figures.skeleton import LIMBS, Ball
from sitriage.show.figures.space import plus

__all__ = ["far_limbs", "figure"]

Body = Mapping[str, Ball]

_BALLS = {limb.name: limb.balls for limb in LIMBS}
# where the rim of a limb begins and ends, so that it does not cut a joint
_RIMS = MappingProxyType(
    {
        "upper_arm": (0.0, 0.7), "forearm": (0.3, 0.9), "hand": (0.4, 1.0), "thigh": (0.0, 0.7),
        "shank": (0.3, 0.9), "foot": (0.4, 1.0), "hair": (0.0, 1.0),
    }
)  # fmt: skip
_RIM = 7.0
# how much deeper the hips or the shoulders of one side must be for that side to be the far one
_FAR = 30
# what lies on what where both are as near
_ON = MappingProxyType({"hips": -6.0, "chest": -4.0, "neck": -3.0, "hair": -20.0, "sleeve": 1.0})


def figure(
    bodies: Sequence[Body], camera: Camera, colours: Colours, pale: frozenset[str] = frozenset()
) -> Iterator[Shape]:
    """Yields the shapes of a body in one pose or in several, one after the other, for a moving picture."""
    for name in (*_BALLS, "this_sleeve", "other_sleeve"):
        kind = _kind(name)
        near = sum(_near(name, each, camera) for each in bodies) / len(bodies)
        if kind in _RIMS:
            rims = tuple(_outline(_part(_balls(name, each), *_RIMS[kind]), camera, _RIM) for each in bodies)
            yield Shape(rims, colours.paper, near - 0.5)
        hulls = tuple(_outline(_balls(name, each), camera) for each in bodies)
        fill = _fill(kind, colours)
        yield Shape(hulls, colours.far(fill) if _limb(name) in pale else fill, near)


def far_limbs(body: Body, camera: Camera) -> frozenset[str]:
    """Returns the arm and the leg of the far side, if one side is further than the other."""
    found = set()
    for whose, mate in (("this", "other"), ("other", "this")):
        for limb, joint in (("arm", "shoulder"), ("leg", "hip")):
            deep = camera.near(body[f"{mate}_{joint}"].at) - camera.near(body[f"{whose}_{joint}"].at)
            if deep > _FAR:
                found.add(f"{whose}_{limb}")
    return frozenset(found)


def _kind(name: str) -> str:
    return name.removeprefix("this_").removeprefix("other_")


def _limb(name: str) -> str:
    whose = name.partition("_")[0]
    return f"{whose}_leg" if _kind(name) in ("thigh", "shank", "foot") else f"{whose}_arm"


def _outline(balls: Sequence[Ball], camera: Camera, wider: float = 0.0) -> tuple[Flat, ...]:
    return outline([camera.disc(ball) for ball in balls], wider)


def _balls(name: str, body: Body) -> list[Ball]:
    if name.endswith("sleeve"):
        whose = name.partition("_")[0]
        top, elbow = body[f"{whose}_shoulder"], body[f"{whose}_elbow"]
        wider = attrs.evolve(top, radius=top.radius + 2)
        return [wider, attrs.evolve(_between(top, elbow, 0.5), radius=38)]
    return [body[each] for each in _BALLS[name]]


def _part(balls: Sequence[Ball], start: float, end: float) -> list[Ball]:
    """A limb without the ends at its joints."""
    if (start, end) == (0.0, 1.0):
        return list(balls)
    kept = [] if start else [balls[0]]
    kept += [_between(balls[0], balls[-1], share) for share in (max(start, 0.1), end)]
    # a foot is wider than the line from its ankle to its toes
    return [*kept, *balls[1:]] if end == 1.0 else kept


def _between(one: Ball, other: Ball, share: float) -> Ball:
    step = plus(other.at, one.at, -1)
    return Ball(plus(one.at, step, share), one.radius + share * (other.radius - one.radius))


def _near(name: str, body: Body, camera: Camera) -> float:
    # a sleeve lies on its arm
    balls = _balls(name.replace("sleeve", "upper_arm"), body)
    return sum(camera.near(ball.at) for ball in balls) / len(balls) + _ON.get(_kind(name), 0.0)


def _fill(kind: str, colours: Colours) -> str:
    if kind == "hair":
        return colours.hair
    if kind in ("hips", "thigh", "shank"):
        return colours.trousers
    return colours.shirt if kind in ("chest", "sleeve") else colours.skin
