"""What a pose must keep, in thousandths of the height: bones, the floor, contacts, balance; and its marks."""

from __future__ import annotations

import re
from cmath import phase
from collections.abc import Iterator, Mapping
from itertools import accumulate, pairwise
from math import inf
from xml.etree import ElementTree

from sitriage.poses import POINTS, Scene
from sitriage.show.figures.colours import LIGHT
from sitriage.show.figures.motion import ends, way
from sitriage.show.figures.skeleton import BONES, LIMBS, Ball
from sitriage.show.figures.space import apart, plus
from sitriage.show.figures.things import boxes, round_things

Body = Mapping[str, Ball]

SUNK, NEAR, PRESSED, SQUASHED = 20, 25, 30, 75
# how much further one side may go than the other where both do the same
ALIKE = 30
# the width of the line of a band, which is no arrow
BAND = "18"
_LIMB = {"thigh": ("hip", "knee"), "calf": ("knee", "ankle")}
# a body in parts that weigh something, each with its share
WEIGHTS = {"head": 8, "this_ribs": 16, "other_ribs": 16, "pelvis": 24} | {
    f"{whose}_{point}": share
    for whose in ("this", "other")
    for point, share in (("elbow", 4), ("wrist", 2), ("thigh", 10), ("calf", 6))
}


def bone_faults(body: Body) -> Iterator[str]:
    """Yields the bones that are not as long as they must be."""
    for bone, length in BONES.items():
        one, other = bone.split("-")
        for whose in ("this_", "other_") if f"this_{other}" in body and one not in body else ("",):
            if abs(apart(body[whose + one].at, body[whose + other].at) - length) > 0.5:
                yield f"{whose}{bone}"


def sunk(body: Body) -> Iterator[str]:
    """Yields the parts that are below the ground."""
    for name in sorted({ball for limb in LIMBS for ball in limb.balls}):
        if body[name].at[1] - body[name].radius < -SUNK:
            yield f"{name} at {body[name].at[1] - body[name].radius:.0f}"


def gap(body: Body, point: str, target: str, scene: Scene) -> float:
    """Returns the room between a point and what it touches; below 0 they overlap."""
    whose, _, what = point.partition("_")
    balls = [body[point]] + ([body[f"{whose}_palm"]] if what == "hand" else [])
    if target in ("floor", "bed"):
        return min(ball.at[1] - ball.radius for ball in balls)
    if target in POINTS:
        mates = _along(body, target)
        return min(apart(ball.at, mate.at) - ball.radius - mate.radius for ball in balls for mate in mates)
    rooms = []
    for prop in scene.props:
        if prop.kind == target:
            rooms += [_to_box(ball, box.low, box.high) for ball in balls for box in boxes(prop)]
            if soft := round_things(prop):
                low = tuple(min(each.at[axis] for each in soft) for axis in range(3))
                high = tuple(max(each.at[axis] for each in soft) for axis in range(3))
                rooms += [_to_box(ball, low, high) - soft[0].radius for ball in balls]
    return min(rooms)


def _along(body: Body, point: str) -> list[Ball]:
    whose, _, what = point.partition("_")
    if what not in _LIMB:
        return [body[point]]
    one, other = (body[f"{whose}_{end}"] for end in _LIMB[what])
    step = plus(other.at, one.at, -1)
    return [
        Ball(plus(one.at, step, share / 10), one.radius + share / 10 * (other.radius - one.radius))
        for share in range(11)
    ]


def _to_box(ball: Ball, low: tuple[float, ...], high: tuple[float, ...]) -> float:
    nearest = tuple(min(max(at, least), most) for at, least, most in zip(ball.at, low, high, strict=True))
    return apart(ball.at, nearest) - ball.radius


def each_contact(scene: Scene) -> Iterator[tuple[str, str]]:
    for contact in scene.contacts:
        point, _, target = contact.partition(":")
        whose, _, what = point.partition("_")
        for name in (f"this_{what}", f"other_{what}") if whose == "both" else (point,):
            yield name, target


def contact_faults(scene: Scene) -> Iterator[str]:
    """Yields the contacts that are not there at the end."""
    shown = ends(scene)[-1]
    for point, target in each_contact(scene):
        room = gap(shown, point, target, scene)
        if not -(SQUASHED if target in ("pillow", "ball") else PRESSED) <= room <= NEAR:
            yield f"{point}:{target} {room:.0f}"


def balance_faults(scene: Scene) -> Iterator[str]:
    """Yields the directions in which the weight lies beyond what carries it."""
    shown = ends(scene)[-1]
    props = {prop.kind for prop in scene.props} - {"floor", "mat", "band", "towel", "wall", "frame"}
    carried = [
        shown[name].at
        for name in shown
        if min(gap(shown, name, target, scene) for target in ("floor", *props)) < NEAR
    ]
    carried += [shown[point].at for point, target in each_contact(scene) if target == "wall"]
    weight = sum(WEIGHTS.values())
    for axis, way_ in ((0, "along"), (2, "across")):
        middle = sum(shown[name].at[axis] * share for name, share in WEIGHTS.items()) / weight
        least, most = min(at[axis] for at in carried), max(at[axis] for at in carried)
        if not least - 20 <= middle <= most + 20:
            yield f"{way_}: {middle:.0f} is not between {least:.0f} and {most:.0f}"


def on_the_way(scene: Scene) -> Iterator[Body]:
    yield from way(scene, 6)


def one_sided(scene: Scene) -> Iterator[str]:
    """Yields what is done by one side alone: a mark without its mate, or a limb that moves more."""
    marks = [mark.at for mark in (*scene.arrows, *scene.pushes)]
    for point in marks:
        whose, _, what = point.partition("_")
        mate = f"{'other' if whose == 'this' else 'this'}_{what}"
        if what and mate not in marks:
            yield point
    bodies = ends(scene)
    for point in POINTS:
        whose, _, what = point.partition("_")
        if whose == "this":
            one, other = (apart(bodies[0][each].at, bodies[-1][each].at) for each in (point, f"other_{what}"))
            if abs(one - other) > ALIKE:
                yield f"{what} {one:.0f} and {other:.0f}"


def covered(svg: str) -> Iterator[str]:
    """Yields the arrows that touch the ring of the sore side, by where they are."""
    colour = LIGHT.move
    figures = next(each for each in ElementTree.fromstring(svg) if each.tag.endswith("}g"))
    for panel in figures:
        rings = [each for each in panel if each.tag.endswith("}circle") and each.get("r") == "36"]
        arrows = [
            each
            for each in panel
            if each.tag.endswith("}path")
            and (
                each.get("fill") == colour
                or (each.get("stroke") == colour and each.get("stroke-width") != BAND)
            )
        ]
        for ring in rings:
            middle = complex(float(ring.get("cx", "")), float(ring.get("cy", "")))
            for each in arrows:
                if _apart_from(each.get("d", ""), middle) < 36 + float(each.get("stroke-width", "0")) / 2:
                    yield each.get("d", "")


def _apart_from(path: str, middle: complex) -> float:
    """The distance of a point from a line on the page, or 0 inside what it goes round."""
    steps = [float(each) for each in re.findall(r"-?\d+", path)]
    points = [*accumulate(complex(x, y) for x, y in zip(steps[::2], steps[1::2], strict=True))]
    if path.endswith("z"):
        points.append(points[0])
    found, turns = inf, 0.0
    for one, other in pairwise(points):
        step = other - one
        share = ((middle - one) * step.conjugate()).real / abs(step) ** 2 if step else 0.0
        found = min(found, abs(one + min(max(share, 0.0), 1.0) * step - middle))
        turns += phase((other - middle) / (one - middle)) if one != middle else 0.0
    return 0.0 if path.endswith("z") and abs(turns) > 1 else found
