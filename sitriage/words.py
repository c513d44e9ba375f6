"""The closed lists of words: how soon, who, which side, which phase. Order is meaning."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import Final

__all__ = ["OPPOSITE", "UNSURE", "Phase", "Professional", "Sealed", "Side", "Urgency"]

UNSURE: Final = "unsure"
"""The answer of a person who was asked and does not know, or prefers not to say."""


class Sealed:
    """An enum whose members cannot be changed once they are made: every verdict shares them."""

    def __setattr__(self, name: str, value: object) -> None:
        # the last thing that the making of a member sets
        if "_sort_order_" in vars(self):
            raise AttributeError(f"{type(self).__name__} cannot be changed")
        super().__setattr__(name, value)

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} cannot be changed")


class _Ordered(Sealed, StrEnum):
    """A string enum that compares by the order of its members, not by spelling."""

    @property
    def rank(self) -> int:
        """The place in the order, from 0."""
        return type(self)._member_names_.index(self._name_)

    def __lt__(self, other: str) -> bool:
        return self.rank < type(self)(other).rank

    def __le__(self, other: str) -> bool:
        return self.rank <= type(self)(other).rank

    def __gt__(self, other: str) -> bool:
        return self.rank > type(self)(other).rank

    def __ge__(self, other: str) -> bool:
        return self.rank >= type(self)(other).rank


class Urgency(_Ordered):
    """How soon somebody must look at this, from `self_care` up to `emergency`.

    >>> Urgency.EMERGENCY > Urgency.SOON > "routine"
    True
    """

    SELF_CARE = "self_care"
    ROUTINE = "routine"
    SOON = "soon"
    SAME_DAY = "same_day"
    EMERGENCY = "emergency"


class Professional(_Ordered):
    """Who to see. Where one urgency names several, the last of this list is the one to see."""

    PHYSIOTHERAPIST = "physiotherapist"
    DOCTOR = "doctor"
    MIDWIFE = "midwife"
    TREATING_TEAM = "treating_team"
    URGENT_CARE = "urgent_care"
    EYE_CASUALTY = "eye_casualty"
    CRISIS_LINE = "crisis_line"
    MATERNITY_UNIT = "maternity_unit"
    EMERGENCY_DEPARTMENT = "emergency_department"


class Side(Sealed, StrEnum):
    """Which leg does the named movement of an exercise."""

    LEFT = "left"
    RIGHT = "right"
    EACH = "each"
    SYMMETRIC = "symmetric"


OPPOSITE = MappingProxyType({Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT})
"""The other leg, for a side that is one."""


class Phase(_Ordered):
    """The order within a programme: nothing of a later phase comes before an earlier one."""

    WARM_UP = "warm_up"
    MOBILISE = "mobilise"
    STRETCH = "stretch"
    STABILISE = "stabilise"
    FINISH = "finish"
