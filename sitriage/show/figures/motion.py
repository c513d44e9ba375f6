"""The poses of a scene as bodies: at the start, at the end, and on the way."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from sitriage.poses import Scene
from sitriage.show.figures.skeleton import Ball, body

__all__ = ["between", "ends", "way"]


def ends(scene: Scene) -> list[dict[str, Ball]]:
    """Returns the body at the start, and at the end if anything moves."""
    poses = _poses(scene)
    return [body(pose) for pose in (poses[0], *poses[1:][-1:])]


def way(scene: Scene, steps: int) -> list[dict[str, Ball]]:
    """Returns the body from start to end in so many steps, an even number; one body where nothing moves."""
    poses = _poses(scene)
    legs = len(poses) - 1
    if not legs:
        return ends(scene)
    on_the_way = [each for one, other in pairwise(poses) for each in between(one, other, steps // legs)[:-1]]
    return [*on_the_way, body(poses[-1])]


def between(start: Mapping[str, float], end: Mapping[str, float], steps: int) -> list[dict[str, Ball]]:
    """Returns the body on its way from one pose to another, with both ends; joints turn, bones keep."""
    return [
        body(
            {joint: start.get(joint, 0) + (end[joint] - start.get(joint, 0)) * step / steps for joint in end}
        )
        for step in range(steps + 1)
    ]


def _poses(scene: Scene) -> list[dict[str, int]]:
    start = _each_side(scene.start)
    # the others tell only what changes
    return [start, *(start | _each_side(each) for each in (scene.middle, scene.end) if each)]


def _each_side(pose: Mapping[str, int]) -> dict[str, int]:
    """A pose in which `both_knee` is told for each side."""
    told: dict[str, int] = {}
    for joint, angle in pose.items():
        whose, _, what = joint.partition("_")
        names = (f"this_{what}", f"other_{what}") if whose == "both" else (joint,)
        told |= dict.fromkeys(names, angle)
    return told
