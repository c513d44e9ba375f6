"""What a pack promises everybody, written a second time from the sources: the laws hold the rules to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import attrs

from sitriage.conditions import Condition
from sitriage.rule import frozen_map
from sitriage.verdict import Dose
from sitriage.words import Phase, Urgency

__all__ = [
    "ApartPromise",
    "DosePromise",
    "LeafPromise",
    "LimitPromise",
    "Promise",
    "SidePromise",
    "UrgencyPromise",
]


@attrs.frozen(kw_only=True)
class Promise:
    """What every promise carries: the rows of evidence and the decisions it was read from."""

    rows: tuple[str, ...]


@attrs.frozen(kw_only=True)
class UrgencyPromise(Promise):
    """Everybody for whom `when` is a yes gets at least this urgency, and at least this professional.

    Where `when` is only unsure, `unsure` says the least urgency; left out, it is what D-1 makes of it.
    """

    when: Condition
    at_least: Urgency
    see: Literal[
        "", "physiotherapist", "doctor", "midwife", "treating_team", "urgent_care", "eye_casualty",
        "crisis_line", "maternity_unit", "emergency_department",
    ] = ""  # fmt: skip
    unsure: Literal["", "self_care", "routine", "soon", "same_day", "emergency"] = ""


@attrs.frozen(kw_only=True)
class LimitPromise(Promise):
    """For whom `when` is anything but a clear no, no exercise is harder than `allows` says.

    `when_cleared` is the form for those who surely were cleared; `never` names forms that are not given
    wherever they stand in the ladder.
    """

    column: str
    when: Condition
    allows: Mapping[str, str] = attrs.field(factory=dict, converter=frozen_map)
    when_cleared: Mapping[str, str] = attrs.field(factory=dict, converter=frozen_map)
    never: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict, converter=frozen_map)
    max_hold_s: Mapping[str, int] = attrs.field(factory=dict, converter=frozen_map)
    max_effort_percent: Mapping[str, int] = attrs.field(factory=dict, converter=frozen_map)
    never_flat: bool = False
    start_dose_only: bool = False


@attrs.frozen(kw_only=True)
class DosePromise(Promise):
    """The most that an exercise ever begins with, and ever works up to; a rest is the least."""

    exercise: str
    start: Dose
    target: Dose


@attrs.frozen(kw_only=True)
class SidePromise(Promise):
    """Which side works in an exercise, by where it is sore; a form in `rungs` has a side of its own."""

    exercise: str
    phase: Phase
    one_sore: Literal["sore", "other", "each", "symmetric"]
    both: str
    midline: str
    unsure: str
    rungs: Mapping[str, str] = attrs.field(factory=dict, converter=frozen_map)


@attrs.frozen(kw_only=True)
class LeafPromise(Promise):
    """The exercises of a programme, in order; others only take their place or fill up.

    `forms` is the hardest form where that is not the first of the ladder.
    """

    programme: str
    may_give: tuple[str, ...]
    forms: Mapping[str, str] = attrs.field(factory=dict, converter=frozen_map)
    lowest_dose: bool = False


@attrs.frozen(kw_only=True)
class ApartPromise(Promise):
    """Exercises of which nobody ever gets two in one programme."""

    exercises: tuple[str, ...]
