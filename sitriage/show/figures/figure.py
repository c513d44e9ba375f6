"""A body drawn: limbs as rounded shapes, the further ones first and paler, each with a rim of paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import attrs

from sitriage.show.figures.camera import Camera, outline
from sitriage.show.figures.colours import Colours
from sitriage.show.figures.shapes import Shape
from sitriage.show.figures.skeleton import LIMBS, Ball
from sitriage.show.figures.space import plus

__all__ = ["figure"]

Body = Mapping[str, Ball]

_BALLS = {limb.name: limb.balls for limb in LIMBS}
_GROUPS = (
    ("trunk", ("hips", "chest", "neck")),
    ("head", ("hair", "nose", "face")),
    *(
        (f"{whose}_{name}", tuple(f"{whose}_{part}" for part in parts))
        for whose in ("this", "other")
        for name, parts in (
            ("arm", ("upper_arm", "sleeve", "forearm", "hand")),
            ("leg", ("thigh", "shank", "foot")),
        )
    ),
)
_RIM = 7.0
# how much deeper the hips or the shoulders of one side must be for that side to be the far one
_FAR = 30


def figure(bodies: Sequence[Body], camera: Camera, colours: Colours) -> list[Shape]:
    """Returns the shapes of a body in one pose or in several, one after the other, for a moving picture."""
    shapes: list[Shape] = []
    for name, limbs in _GROUPS:
        pale = _is_far(name, bodies[0], camera)
        near = sum(_near(limb, each, camera) for limb in limbs for each in bodies) / len(limbs) / len(bodies)
        shapes += _group(name, limbs, bodies, camera, colours, pale, near)
    return shapes


def _group(
    name: str,
    limbs: Sequence[str],
    bodies: Sequence[Body],
    camera: Camera,
    colours: Colours,
    pale: bool,
    near: float,
) -> Iterator[Shape]:
    if name != "trunk":
        for limb in limbs:
            yield Shape(_hulls(limb, bodies, camera, _RIM), colours.paper, near)
    inner = sorted(limbs, key=lambda limb: sum(_near(limb, each, camera) for each in bodies))
    if name == "trunk":
        inner = list(limbs)
    for step, limb in enumerate(inner):
        fill = _fill(limb, colours)
        if step and name != "trunk" and limb.partition("_")[2] in ("thigh", "shank", "forearm"):
            yield Shape(_hulls(limb, bodies, camera, _RIM, trimmed=True), colours.paper, near)
        yield Shape(_hulls(limb, bodies, camera), colours.far(fill) if pale else fill, near)


def _hulls(
    limb: str, bodies: Sequence[Body], camera: Camera, wider: float = 0.0, trimmed: bool = False
) -> tuple[tuple[tuple[float, float], ...], ...]:
    return tuple(
        outline([camera.disc(ball) for ball in _balls(limb, each, trimmed)], wider) for each in bodies
    )


def _balls(limb: str, body: Body, trimmed: bool = False) -> list[Ball]:
    if limb.endswith("sleeve"):
        whose = limb.partition("_")[0]
        top, elbow = body[f"{whose}_shoulder"], body[f"{whose}_elbow"]
        return [attrs.evolve(top, radius=top.radius + 2), attrs.evolve(_between(top, elbow, 0.5), radius=38)]
    balls = [body[name] for name in _BALLS[limb]]
    if trimmed:
        return [_between(balls[0], balls[-1], 0.4), _between(balls[0], balls[-1], 0.7)]
    return balls


def _between(one: Ball, other: Ball, share: float) -> Ball:
    step = plus(other.at, one.at, -1)
    return Ball(plus(one.at, step, share), one.radius + share * (other.radius - one.radius))


def _near(limb: str, body: Body, camera: Camera) -> float:
    # a sleeve lies on its arm
    balls = _balls(limb.replace("sleeve", "upper_arm"), body)
    return sum(camera.near(ball.at) for ball in balls) / len(balls) + limb.endswith("sleeve") - 20 * (limb == "hair")


def _is_far(name: str, body: Body, camera: Camera) -> bool:
    whose, _, what = name.partition("_")
    if what not in ("arm", "leg"):
        return False
    joint = "shoulder" if what == "arm" else "hip"
    mate = "other" if whose == "this" else "this"
    return camera.near(body[f"{mate}_{joint}"].at) - camera.near(body[f"{whose}_{joint}"].at) > _FAR


def _fill(limb: str, colours: Colours) -> str:
    kind = limb.rpartition("_")[2]
    if kind in ("hips", "thigh", "shank"):
        return colours.trousers
    if kind == "hair":
        return colours.hair
    return colours.shirt if kind in ("chest", "sleeve") else colours.skin
