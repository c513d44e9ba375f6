"""From the scene to the page: looking at balls, and the outline round several of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import cos, pi, sin

import attrs

from sitriage.poses import View
from sitriage.show.figures.skeleton import Ball
from sitriage.show.figures.space import Matrix, Vector, about, along, times

__all__ = ["Camera", "Disc", "Flat", "camera", "outline", "path"]

Flat = tuple[float, float]
# enough that nobody sees corners
_POINTS = 24
_AROUND = tuple((cos(2 * pi * step / _POINTS), sin(2 * pi * step / _POINTS)) for step in range(_POINTS))


@attrs.frozen
class Disc:
    """A ball as it is seen: across, down, how wide, and how near."""

    x: float
    y: float
    radius: float
    near: float


@attrs.frozen
class Camera:
    """A direction to look in, and how the scene fits on the page; without perspective, so lengths compare."""

    turn: Matrix
    scale: float = 1.0
    across: float = 0.0
    down: float = 0.0

    def point(self, at: Vector) -> Flat:
        """Returns where a point of the scene is on the page."""
        x, y, _ = along(self.turn, at)
        return self.across + self.scale * x, self.down - self.scale * y

    def near(self, at: Vector) -> float:
        """Returns how near a point is; greater is nearer."""
        return along(self.turn, at)[2]

    def disc(self, ball: Ball) -> Disc:
        """Returns how a ball is seen."""
        return Disc(*self.point(ball.at), self.scale * ball.radius, self.near(ball.at))


def camera(view: View) -> Camera:
    """Returns the camera of a view, not yet fitted to a page."""
    return Camera(times(about("x", view.tilt), about("y", view.turn)))


def outline(discs: Sequence[Disc], wider: float = 0.0) -> tuple[Flat, ...]:
    """Returns the outline of a band stretched round the discs, always in as many points."""
    if len(discs) == 1:
        (disc,) = discs
        reach = disc.radius + wider
        return tuple((disc.x + c * reach, disc.y + s * reach) for c, s in _AROUND)
    plain = [(disc.x, disc.y, disc.radius) for disc in discs]
    found = []
    for c, s in _AROUND:
        _, x, y, radius = max((x * c + y * s + radius, x, y, radius) for x, y, radius in plain)
        found.append((x + c * (radius + wider), y + s * (radius + wider)))
    return tuple(found)


def path(points: Iterable[Flat], closed: bool = True, whole: bool = False) -> str:
    """Returns the points as the `d` of a path; doubles are left out unless it must stay `whole`."""
    steps: list[tuple[int, int]] = []
    for x, y in points:
        step = round(x), round(y)
        if whole or not steps or step != steps[-1]:
            steps.append(step)
    (x, y), *rest = steps
    told = [f"M{x} {y}l" if rest else f"M{x} {y}"]
    for a, b in rest:
        told.append(f"{a - x}{' ' if b >= y else ''}{b - y}")
        x, y = a, b
    return told[0] + " ".join(told[1:]) + ("z" if closed else "")
