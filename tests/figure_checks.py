"""What a pose must keep, in thousandths of the height: bones, the floor, contacts, balance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sitriage.poses import POINTS, Scene
from sitriage.show.figures.motion import ends, way
from sitriage.show.figures.skeleton import BONES, LIMBS, Ball
from sitriage.show.figures.space import apart, plus
from sitriage.show.figures.things import boxes, round_things

Body = Mapping[str, Ball]

SUNK, NEAR, PRESSED, SQUASHED = 20, 25, 30, 75
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
