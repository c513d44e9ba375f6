"""The words of a picture, made from the same record as the drawing, so that neither leaves the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from sitriage.model import Exercise
from sitriage.poses import POINTS, Scene
from sitriage.show.figures.motion import ends
from sitriage.show.figures.skeleton import Ball
from sitriage.show.figures.space import Vector, plus
from sitriage.words import Side

__all__ = ["MATE", "alt_text", "description_text"]

MATE = MappingProxyType({Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT})
"""The opposite of a side that is one."""

_POINTS = MappingProxyType({"pelvis": "hips", "waist": "lower back", "nose": "face", "calf": "shin"})
_THINGS = MappingProxyType({"frame": "door frame"})
# how far the head must be above the hips for somebody to be upright; thousandths of the height
_UPRIGHT = 300


def alt_text(exercise: Exercise, rung: str, side: Side, sore: Side | None) -> str:
    """Returns one sentence for the place of the picture: what it shows, for which side."""
    named = exercise.rung[rung].label or exercise.label
    whose = f", {side.value} side" if side in MATE else ""
    marked = f", the sore side is the {sore.value}" if sore is not None and sore in MATE else ""
    return f"Drawing: {named}{whose}{marked}"


def description_text(exercise: Exercise, rung: str, scene: Scene, side: Side, sore: Side | None) -> str:
    """Returns what is there, what touches what, what moves and where, in plain sentences."""
    return " ".join(
        (
            f"{alt_text(exercise, rung, side, sore)}.",
            *_things(scene),
            *_contacts(scene, side),
            *_moves(scene, side),
            *_legend(scene),
        )
    )


def _things(scene: Scene) -> Iterator[str]:
    counted = Counter(_THINGS.get(prop.kind, prop.kind) for prop in scene.props if prop.kind != "floor")
    if counted:
        named = [
            f"{kind}s" if count > 1 and kind == "pillow" else f"a {kind}" for kind, count in counted.items()
        ]
        yield f"You see {_listed(named)}."


def _contacts(scene: Scene, side: Side) -> Iterator[str]:
    touched: dict[str, list[str]] = {}
    for contact in scene.contacts:
        point, _, other = contact.partition(":")
        target = f"the {_THINGS.get(other, other)}" if other not in POINTS else _named(other, side)
        touched.setdefault(target, []).append(_named(point, side))
    when = " at the end" if scene.end else ""
    for target, points in touched.items():
        yield f"Touching {target}{when}: {_listed(points)}."


def _moves(scene: Scene, side: Side) -> Iterator[str]:
    bodies = ends(scene)
    for mark in scene.arrows:
        named, step = _named(mark.at, side), plus(bodies[-1][mark.at].at, bodies[0][mark.at].at, -1)
        verb = "move" if named.endswith(("toes", "hips")) else "moves"
        yield f"{named[:1].upper()}{named[1:]} {verb} {_where(mark.at, step, bodies[-1], side)}."
    for push in scene.pushes:
        yield f"Press {_named(push.at, side)} {_where(push.at, push.to, bodies[-1], side)}."
    if side is Side.EACH:
        yield "Then it is done with the other side."


def _legend(scene: Scene) -> Iterator[str]:
    told = [("A line arrow", "something moves", scene.arrows), ("A hollow arrow", "you push", scene.pushes)]
    for kind, meaning, marks in told:
        if marks:
            yield f"{kind} shows where {meaning}."


def _where(point: str, step: Vector, shown: Mapping[str, Ball], side: Side) -> str:
    """A direction in the words of somebody who looks at a body, lying or upright."""
    across, up, out = step
    if point == "nose":
        return f"to the {side.value} side" if side in MATE else "to one side"
    if abs(up) >= max(abs(across), abs(out)):
        return "up" if up > 0 else "down"
    if abs(out) > abs(across):
        return "outwards" if (out > 0) != point.startswith("other") else "inwards"
    head, hips = shown["head"].at, shown["pelvis"].at
    if head[1] - hips[1] > _UPRIGHT:
        ahead = plus(shown["nose"].at, head, -1)
        return "forwards" if across * ahead[0] > 0 else "back"
    return "towards the head" if across * (head[0] - hips[0]) > 0 else "away from the head"


def _named(point: str, side: Side) -> str:
    """A point of the body, with the side it is on for this person."""
    whose, _, what = point.partition("_")
    if not what:
        return f"the {_POINTS.get(point, point)}"
    word = _POINTS.get(what, what)
    if whose == "both":
        return f"both {word}" if word.endswith("s") else f"both {word}s"
    if side not in MATE:
        return f"{'one' if whose == 'this' else 'the other'} {word}"
    return f"the {(side if whose == 'this' else MATE[side]).value} {word}"


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
