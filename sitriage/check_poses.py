"""Checks of the exercise pictures: each is of a form that exists, of joints and points of the body."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sitriage.errors import did_you_mean
from sitriage.limits import WITHHELD
from sitriage.model import Ruleset
from sitriage.poses import FURTHEST, JOINTS, POINTS, Scene
from sitriage.problem import Problem

__all__ = ["check_poses"]


def check_poses(rules: Ruleset) -> Iterator[Problem]:
    """Yields what is wrong with the pictures; a pack without any has nothing wrong."""
    for poses in rules.poses.values():
        file = f"poses/{poses.id}.toml"
        exercise = rules.exercises.get(poses.id)
        if exercise is None:
            what = f"unknown exercise `{poses.id}`{_hint(poses.id, rules.exercises)}"
            yield Problem(file, (), what)
            continue
        forms = [rung for rung in exercise.rungs if rung != WITHHELD]
        scenes = [(key, *each) for key in ("rung", "alike") for each in getattr(poses, key).items()]
        for key, rung, _ in scenes:
            if rung not in forms:
                yield Problem(file, (key, rung), f"`{poses.id}` has no rung `{rung}`{_hint(rung, forms)}")
        for rung in forms:
            if rung not in poses.rung:
                yield Problem(file, (), f"has no picture of rung `{rung}`")
        for key, rung, scene in scenes:
            yield from _scene(file, (key, rung), scene)


def _scene(file: str, where: tuple[str, str], scene: Scene) -> Iterator[Problem]:
    for key, pose in (("start", scene.start), ("middle", scene.middle), ("end", scene.end)):
        for joint, angle in pose.items():
            path = (*where, key, joint)
            if joint not in JOINTS:
                yield Problem(file, path, f"unknown joint `{joint}`{_hint(joint, JOINTS)}")
            elif not JOINTS[joint][0] <= angle <= JOINTS[joint][1]:
                least, most = JOINTS[joint]
                yield Problem(file, path, f"{joint}: is not between {least} and {most}")
    marked = [("arrows", [each.at for each in scene.arrows]), ("pushes", [each.at for each in scene.pushes])]
    for key, points in marked:
        for index, point in enumerate(points):
            if point not in POINTS:
                what = f"unknown point `{point}`{_hint(point, POINTS)}"
                yield Problem(file, (*where, key, index), what, point)
    for key in ("arrows", "middle"):
        if getattr(scene, key) and not scene.end:
            yield Problem(file, (*where, key), f"`{key}` needs an `end` to lead to")
    yield from _sizes(file, where, scene)
    # there is a floor in every picture
    things = {"floor", *(prop.kind for prop in scene.props)}
    for contact in scene.contacts:
        point, _, other = contact.partition(":")
        for name, known in ((point, _points()), (other, {*_points(), *things})):
            if name not in known:
                what = f"`{contact}` names no point of the body or thing in the picture{_hint(name, known)}"
                yield Problem(file, (*where, "contacts"), what, contact)


def _sizes(file: str, where: tuple[str, str], scene: Scene) -> Iterator[Problem]:
    """What is too far away or too large to be drawn."""
    if not max(abs(scene.view.turn), abs(scene.view.tilt)) <= 360:
        yield Problem(file, (*where, "view"), "view: is not between -360 and 360")
    for index, prop in enumerate(scene.props):
        if min(prop.size) < 0 or max(map(abs, (*prop.at, *prop.size))) > FURTHEST:
            what = f"a thing is 0 to {FURTHEST} long and within {FURTHEST} of the middle"
            yield Problem(file, (*where, "props", index), what)
    ways = [length for each in scene.arrows for length in each.shift]
    pushes = [length for each in scene.pushes for length in (*each.shift, *each.to)]
    for key, lengths in (("arrows", ways), ("pushes", pushes)):
        if any(abs(length) > FURTHEST for length in lengths):
            yield Problem(file, (*where, key), f"{key}: an arrow goes at most {FURTHEST} far")


def _points() -> frozenset[str]:
    both = (f"both_{point.removeprefix('this_')}" for point in POINTS if point.startswith("this_"))
    return frozenset((*POINTS, *both))


def _hint(word: str, known: Iterable[str]) -> str:
    return did_you_mean(word, known)[0]
