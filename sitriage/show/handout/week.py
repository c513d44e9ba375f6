"""On which days of a week an exercise is done: the days of rest that its dose asks for."""

from __future__ import annotations

from types import MappingProxyType

from sitriage.verdict import Dose

__all__ = ["DAYS", "times_on"]

DAYS = 7

_DONE_ON = MappingProxyType(
    {
        1: (0,),
        2: (0, 3),
        3: (0, 2, 4),
        4: (0, 2, 4, 6),
        5: (0, 1, 3, 4, 5),
        6: (0, 1, 2, 3, 4, 5),
        7: (0, 1, 2, 3, 4, 5, 6),
    }
)


def times_on(day: int, dose: Dose) -> int:
    """Returns how many times a dose is done on a day, counted from 0; 0 is a day of rest.

    >>> [times_on(day, Dose(reps=8, sets=1, per_day=2, days_per_week=3)) for day in range(7)]
    [2, 0, 2, 0, 2, 0, 0]
    """
    return dose.per_day if day % DAYS in _DONE_ON[dose.days_per_week] else 0
