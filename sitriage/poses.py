"""attrs classes of the exercise pictures: one pose file for each exercise, one scene for each rung.

A scene is data that no decision reads. Lengths are thousandths of the height of the body, angles whole
degrees. x leads along the ground, y up, z towards the viewer; the person of the record is the one whose
moving leg is nearer: `this` is the side named by the prescription, `other` the opposite one.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

import attrs

from sitriage.rule import frozen_map

__all__ = ["FURTHEST", "JOINTS", "POINTS", "Arrow", "Poses", "Prop", "PropKind", "Push", "Scene", "View"]

PropKind = Literal[
    "mat", "bed", "floor", "wall", "frame", "chair", "table", "ball", "pillow", "band", "towel"
]
_PAIRED = MappingProxyType(
    {
        # forward and up, out to the side, outwards about its own length
        "hip": (-35, 140),
        "hip_out": (-45, 85),
        "hip_turn": (-60, 80),
        # nothing here bends backwards
        "knee": (0, 150),
        "ankle": (-30, 85),
        "shoulder": (-60, 185),
        "shoulder_out": (-60, 150),
        "shoulder_turn": (-95, 95),
        "elbow": (0, 150),
        "wrist": (-60, 95),
    }
)
JOINTS = MappingProxyType(
    {
        # where the middle of the hips is, and how the whole body lies
        "x": (-2000, 2000),
        "y": (0, 1000),
        "z": (-1000, 1000),
        "lean": (-180, 180),
        "roll": (-180, 180),
        "slope": (-60, 60),
        "turn": (-180, 180),
        # the trunk above the hips
        "bend": (-30, 60),
        "sideways": (-30, 30),
        "twist": (-50, 50),
        "nod": (-40, 60),
        "look": (-75, 75),
    }
    | {f"{whose}_{joint}": limits for whose in ("this", "other", "both") for joint, limits in _PAIRED.items()}
)
"""Every key of a pose with the least and the greatest it may be; `both_knee` stands for one on each side."""

POINTS = (
    *("head", "nose", "chest", "waist", "pelvis"),
    *(
        f"{whose}_{point}"
        for whose in ("this", "other")
        for point in (
            *("shoulder", "elbow", "wrist", "hand", "hip", "thigh", "knee", "calf"),
            *("ankle", "heel", "toes"),
        )
    ),
)
"""What may touch, move and be pushed."""

FURTHEST = 3000
"""Nothing is further away or larger than this; a body has 1000."""


@attrs.frozen(kw_only=True)
class View:
    """From where the scene is seen: turned about the upright, then tilted to look down on it."""

    turn: int = 0
    tilt: int = 0


@attrs.frozen(kw_only=True)
class Prop:
    """A thing in the scene: the middle of its foot and its length, height and depth."""

    kind: PropKind
    at: tuple[int, int, int] = (0, 0, 0)
    size: tuple[int, int, int] = (0, 0, 0)


@attrs.frozen(kw_only=True)
class Arrow:
    """An arrow along the way of a point from start to end, drawn this far beside it to hide nothing."""

    at: str
    shift: tuple[int, int, int] = (0, 0, 0)


@attrs.frozen(kw_only=True)
class Push:
    """An arrow for a push that moves nothing: from a point of the body along x, y and z, or into it."""

    at: str
    to: tuple[int, int, int]
    into: bool = False
    shift: tuple[int, int, int] = (0, 0, 0)


@attrs.frozen(kw_only=True)
class Scene:
    """One form of an exercise: what is there, what touches what, and the pose at start and end.

    A `middle` is for a way that would else lead through the floor.
    """

    view: View = View()
    props: tuple[Prop, ...] = ()
    contacts: tuple[str, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    pushes: tuple[Push, ...] = ()
    start: Mapping[str, int] = attrs.field(converter=frozen_map)
    middle: Mapping[str, int] = attrs.field(factory=dict, converter=frozen_map)
    end: Mapping[str, int] = attrs.field(factory=dict, converter=frozen_map)


@attrs.frozen(kw_only=True)
class Poses:
    """The pictures of one exercise: a scene for each rung, and one where both sides do it alike.

    `alike` holds the rungs that look otherwise when no side is `this`.
    """

    id: str
    rung: Mapping[str, Scene] = attrs.field(converter=frozen_map)
    alike: Mapping[str, Scene] = attrs.field(factory=dict, converter=frozen_map)
