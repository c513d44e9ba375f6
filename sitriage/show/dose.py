"""A dose and a side in words."""

from __future__ import annotations

from types import MappingProxyType

from sitriage.verdict import Dose
from sitriage.words import Side

__all__ = ["SIDES", "dose_text"]

SIDES = MappingProxyType(
    {
        Side.LEFT: "left leg",
        Side.RIGHT: "right leg",
        Side.EACH: "each side in turn",
        Side.SYMMETRIC: "both sides together",
    }
)


def dose_text(dose: Dose, side: Side) -> str:
    """Returns a dose in words.

    >>> dose_text(Dose(reps=8, sets=1, per_day=1, hold_s=2), Side.SYMMETRIC)
    '8 times, hold 2 seconds, once a day'
    """
    parts = [f"{dose.reps} times" + (" on each side" if side is Side.EACH else "")]
    if dose.hold_s:
        parts.append(f"hold {dose.hold_s} second{'s' if dose.hold_s > 1 else ''}")
    if dose.rest_s:
        parts.append(f"rest {dose.rest_s} seconds between")
    if dose.effort_percent:
        parts.append(f"push with no more than {dose.effort_percent} % of your strength")
    if dose.sets > 1:
        parts.append(f"{dose.sets} rounds")
    parts.append(_how_often(dose))
    return ", ".join(parts)


def _how_often(dose: Dose) -> str:
    daily = "once a day" if dose.per_day == 1 else f"{dose.per_day} times a day"
    if dose.days_per_week == 7:
        return daily
    if dose.days_per_week == 6:
        return f"{daily}, with a day off each week"
    if dose.days_per_week in (3, 4) and dose.per_day == 1:
        return "every other day"
    return f"{daily}, on {dose.days_per_week} days a week"
