"""The body as balls on bones: joint angles in, places out, and no bone ever changes its length."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import attrs

from sitriage.show.figures.space import Matrix, Vector, about, along, plus, times

__all__ = ["BONES", "LIMBS", "Ball", "Limb", "body"]


@attrs.frozen
class Ball:
    """A round bit of the body."""

    at: Vector
    radius: float


@attrs.frozen
class Limb:
    """A part that is drawn as one: the balls that it wraps."""

    name: str
    balls: tuple[str, ...]


# thousandths of the height of the body
HIP, SHOULDER = 54, 98
BONES = MappingProxyType(
    {
        "pelvis-waist": 110,
        "waist-chest": 185,
        "chest-head": 107,
        "hip-knee": 245,
        "knee-ankle": 246,
        "ankle-toes": 108,
        "shoulder-elbow": 170,
        "elbow-wrist": 142,
        "wrist-hand": 62,
    }
)
"""The bones by the two points that they join, and how long each is."""

_RADII = MappingProxyType(
    {
        "pelvis": 62, "chest": 40, "seat": 62, "waist": 60, "ribs": 62, "top": 48,
        "neck": 30, "head": 55, "chin": 30, "brow": 46, "hair": 63, "nose": 10, "bridge": 9,
        "hip": 60, "thigh": 52, "knee": 38, "calf": 37, "ankle": 23, "heel": 22, "ball": 15, "toes": 12,
        "shoulder": 42, "elbow": 27, "wrist": 19, "hand": 17, "palm": 20,
    }
)  # fmt: skip

_ARM = (
    ("upper_arm", ("shoulder", "elbow")),
    ("forearm", ("elbow", "wrist")),
    ("hand", ("wrist", "palm", "hand")),
)
_LEG = (
    ("thigh", ("hip", "thigh", "knee")),
    ("shank", ("knee", "calf", "ankle")),
    ("foot", ("ankle", "heel", "ball", "toes")),
)
LIMBS = (
    Limb("hips", ("this_seat", "other_seat", "this_waist", "other_waist")),
    Limb("chest", ("this_waist", "other_waist", "this_ribs", "other_ribs", "this_top", "other_top")),
    Limb("neck", ("chest", "neck")),
    Limb("hair", ("hair",)),
    Limb("face", ("head", "chin", "brow")),
    Limb("nose", ("nose", "bridge")),
    *(
        Limb(f"{whose}_{name}", tuple(f"{whose}_{ball}" for ball in balls))
        for whose in ("this", "other")
        for name, balls in (*_ARM, *_LEG)
    ),
)
"""Everything that is drawn."""


def body(pose: Mapping[str, float]) -> dict[str, Ball]:
    """Returns where each ball of the body is for these joint angles; what is left out is 0."""
    at: dict[str, Vector] = {}
    hips = times(
        about("y", _of(pose, "turn")),
        about("z", _of(pose, "slope")),
        about("x", _of(pose, "roll")),
        about("z", _of(pose, "lean")),
    )
    at["pelvis"] = (_of(pose, "x"), _of(pose, "y"), _of(pose, "z"))
    at["waist"] = _put(at["pelvis"], hips, (0, BONES["pelvis-waist"], 0))
    chest = times(
        hips,
        about("x", _of(pose, "sideways")),
        about("z", -_of(pose, "bend")),
        about("y", -_of(pose, "twist")),
    )
    at["chest"] = _put(at["waist"], chest, (0, BONES["waist-chest"], 0))
    _head(at, pose, chest)
    for whose, sign in (("this", 1), ("other", -1)):
        at[f"{whose}_seat"] = _put(at["pelvis"], hips, (-6, 8, sign * 40))
        at[f"{whose}_waist"] = _put(at["waist"], hips, (4, 0, sign * 30))
        at[f"{whose}_ribs"] = _put(at["waist"], chest, (4, 105, sign * 44))
        at[f"{whose}_top"] = _put(at["chest"], chest, (0, -10, sign * 62))
        _leg(at, pose, hips, whose, sign)
        _arm(at, pose, chest, whose, sign)
    return {name: Ball(place, _RADII[name.rpartition("_")[2]]) for name, place in at.items()}


def _of(pose: Mapping[str, float], joint: str) -> float:
    return pose.get(joint, 0)


def _put(start: Vector, turn: Matrix, step: Vector) -> Vector:
    return plus(start, along(turn, step))


def _head(at: dict[str, Vector], pose: Mapping[str, float], chest: Matrix) -> None:
    turn = times(chest, about("z", -_of(pose, "nod")), about("y", -_of(pose, "look")))
    at["neck"] = _put(at["chest"], turn, (2, 52, 0))
    top = BONES["chest-head"]
    at["head"] = _put(at["chest"], turn, (0, top, 0))
    for name, forward, up in (
        ("brow", 12, 14),
        ("chin", 32, -34),
        ("nose", 68, -8),
        ("bridge", 56, 10),
        ("hair", -12, 14),
    ):
        at[name] = _put(at["head"], turn, (forward, up, 0))


def _leg(at: dict[str, Vector], pose: Mapping[str, float], hips: Matrix, whose: str, sign: int) -> None:
    thigh = times(
        hips,
        about("z", _of(pose, f"{whose}_hip")),
        about("x", -sign * _of(pose, f"{whose}_hip_out")),
        about("y", -sign * _of(pose, f"{whose}_hip_turn")),
    )
    hip = at[f"{whose}_hip"] = _put(at["pelvis"], hips, (0, 0, sign * HIP))
    at[f"{whose}_thigh"] = _put(hip, thigh, (2, -BONES["hip-knee"] / 2, 0))
    knee = at[f"{whose}_knee"] = _put(hip, thigh, (0, -BONES["hip-knee"], 0))
    shank = times(thigh, about("z", -_of(pose, f"{whose}_knee")))
    at[f"{whose}_calf"] = _put(knee, shank, (-8, -80, 0))
    ankle = at[f"{whose}_ankle"] = _put(knee, shank, (0, -BONES["knee-ankle"], 0))
    foot = times(shank, about("z", -_of(pose, f"{whose}_ankle")))
    at[f"{whose}_heel"] = _put(ankle, foot, (-16, -17, 0))
    at[f"{whose}_ball"] = _put(ankle, foot, (72, -24, 0))
    at[f"{whose}_toes"] = _put(ankle, foot, (104.6, -27, 0))


def _arm(at: dict[str, Vector], pose: Mapping[str, float], chest: Matrix, whose: str, sign: int) -> None:
    upper = times(
        chest,
        about("z", _of(pose, f"{whose}_shoulder")),
        about("x", -sign * _of(pose, f"{whose}_shoulder_out")),
        about("y", -sign * _of(pose, f"{whose}_shoulder_turn")),
    )
    shoulder = at[f"{whose}_shoulder"] = _put(at["chest"], chest, (0, -18, sign * SHOULDER))
    elbow = at[f"{whose}_elbow"] = _put(shoulder, upper, (0, -BONES["shoulder-elbow"], 0))
    fore = times(upper, about("z", _of(pose, f"{whose}_elbow")))
    wrist = at[f"{whose}_wrist"] = _put(elbow, fore, (0, -BONES["elbow-wrist"], 0))
    hand = times(fore, about("z", _of(pose, f"{whose}_wrist")))
    at[f"{whose}_palm"] = _put(wrist, hand, (0, -28, 0))
    at[f"{whose}_hand"] = _put(wrist, hand, (0, -BONES["wrist-hand"], 0))
