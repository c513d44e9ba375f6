"""What is only said: the rules and texts that word a verdict and never decide it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import attrs

from sitriage.conditions import Condition
from sitriage.rule import Rule, frozen_map

__all__ = ["Activity", "AdjunctRule", "Advice", "Cause", "StopRule", "Texts", "Unwatched", "Watch"]


@attrs.frozen(kw_only=True)
class Cause(Rule):
    """What may explain the findings; wording only, never a diagnosis and never the decision.

    Each sign is a condition; a strong one counts twice. `does` says what the rules do about the cause.
    A cause is named only where `needs` is a yes, if there is one.
    """

    label: str
    because: str
    does: str
    strongly_supporting: tuple[Condition, ...] = ()
    supporting: tuple[Condition, ...] = ()
    conflicting: tuple[Condition, ...] = ()
    strongly_conflicting: tuple[Condition, ...] = ()
    needs: Condition | None = None

    @property
    def signs(self) -> Mapping[str, tuple[int, tuple[Condition, ...]]]:
        """The four lists of signs by their key, each with the weight of a sign in it."""
        return {
            "strongly_supporting": (2, self.strongly_supporting),
            "supporting": (1, self.supporting),
            "conflicting": (-1, self.conflicting),
            "strongly_conflicting": (-2, self.strongly_conflicting),
        }


@attrs.frozen(kw_only=True)
class StopRule(Rule):
    """When to stop an exercise and what to do then; left out where `when` is a clear no."""

    says: str
    when: Condition | None = None


@attrs.frozen(kw_only=True)
class Activity(Rule):
    """Something to ease off for now; left out where `when` is a clear no."""

    label: str
    because: str
    when: Condition | None = None


@attrs.frozen(kw_only=True)
class AdjunctRule(Rule):
    """Something gentle that is no exercise of a ladder; left out where `unless` is not a clear no.

    `exercise` names the one it is an easy form of: it does not stand beside that, nor where that is withheld.
    """

    label: str
    because: str
    says: str
    position: str
    steps: tuple[str, ...]
    unless: Condition | None = None
    exercise: str = ""


@attrs.frozen(kw_only=True)
class Texts:
    """The fixed sentences of a verdict; `{emergency}` and the like stand for a contact line."""

    urgency: Mapping[str, str] = attrs.field(converter=frozen_map)
    who: Mapping[str, str] = attrs.field(converter=frozen_map)
    meanwhile: Mapping[str, tuple[str, ...]] = attrs.field(converter=frozen_map)
    line: Mapping[str, str] = attrs.field(converter=frozen_map)
    safety_net: tuple[str, ...]
    self_care: tuple[str, ...]
    review: tuple[str, ...]
    avoid_frame: str
    no_heat: str
    needs: str
    needs_withheld: str
    no_side: str
    lying_hurts: str
    provisional: str
    conflict: str
    screen_clear: str
    too_little_left: str
    not_reviewed: str
    ask_list: str
    ask_form: str
    why_danger: str
    why_again: str
    why_programme: str
    stop_emergency: str
    stop_settled: str
    stop_left_open: str
    come_back: Mapping[str, str] = attrs.field(factory=dict, converter=frozen_map)


@attrs.frozen(kw_only=True)
class Watch(Rule):
    """What somebody would notice if these findings came up; how soon to act is computed for each person."""

    says: str
    findings: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Unwatched:
    """Findings that nobody is told to watch for, and why."""

    findings: tuple[str, ...]
    because: str


@attrs.frozen(kw_only=True)
class Advice(Rule):
    """A sentence of general advice beside a programme: beside those it names, and where `when` holds."""

    says: str
    topic: Literal["about", "technique", "daily_life", "sitting", "sleeping", "warmth", "pain"]
    when: Condition | None = None
    programmes: tuple[str, ...] = ()
