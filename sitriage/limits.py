"""How far up its ladder an exercise may go for somebody: columns, abilities and caps. It only shrinks."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import attrs

from sitriage.conditions import All, Answer, Answers, Condition, findings_in
from sitriage.model import Cell, Exercise, Ruleset
from sitriage.verdict import Dose

__all__ = [
    "CELL_CAPS",
    "WITHHELD",
    "Applying",
    "Limit",
    "Why",
    "allowed_rung",
    "applies",
    "capped",
    "column_limit",
    "columns_of",
    "limits",
    "limits_among",
    "lowered",
    "unmet",
]

WITHHELD = "withheld"

Applying = Callable[[str], bool]
"""Whether a column limits somebody."""

CELL_CAPS = ("max_hold_s", "max_effort_percent")
"""What a cell may cap in the dose; 0 is no cap."""


@attrs.frozen
class Why:
    """What keeps somebody from an exercise or its hardest form."""

    columns: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    no_side: bool = False
    lying_hurts: bool = False


@attrs.frozen
class Limit:
    """The highest rung a person may use, caps on the dose, and what set them."""

    place: int
    rung: str
    max_hold_s: int
    max_effort_percent: int
    columns: tuple[str, ...]
    needs: tuple[str, ...] = ()

    @property
    def why(self) -> Why:
        """The columns and the missing abilities that set the limit."""
        return Why(self.columns, self.needs)


def applies(condition: Condition, answers: Answers) -> bool:
    """Whether a limit counts: anything but a clear no (D-2)."""
    return condition.value(answers) is not Answer.NO


def columns_of(rules: Ruleset, answers: Answers) -> Applying:
    """Returns whether a column limits somebody, by its id; each is worked out once."""
    return cache(lambda column: applies(rules.columns[column].when, answers))


def limits(exercise: Exercise, rules: Ruleset, answers: Answers) -> Limit:
    """Returns the highest rung that all columns together and the person's ability allow."""
    return limits_among(exercise, rules, answers, columns_of(rules, answers))


def limits_among(exercise: Exercise, rules: Ruleset, answers: Answers, applying: Applying) -> Limit:
    """Returns the limits of one exercise of several, for all of which the columns are worked out once."""
    by_columns = column_limit(exercise, rules, answers, applying)
    place, needs = by_columns.place, dict[str, None]()
    while lacking := _lacking(exercise, exercise.rungs[place], answers):
        needs |= dict.fromkeys(lacking)
        place += 1
    return attrs.evolve(by_columns, place=place, rung=exercise.rungs[place], needs=tuple(needs))


def column_limit(exercise: Exercise, rules: Ruleset, answers: Answers, applying: Applying) -> Limit:
    """Returns the highest rung and the caps that the columns allow, and the columns that set them."""
    limit = Limit(0, exercise.rungs[0], 0, 0, ())
    cleared = rules.settings.cleared.value(answers) is Answer.YES
    for column, cell in exercise.column.items():
        if applying(column):
            limit = lowered(limit, exercise, column, cell, cleared)
    return limit


def lowered(limit: Limit, exercise: Exercise, column: str, cell: Cell, cleared: bool) -> Limit:
    """Returns the limit after one more column: never a harder rung, never a looser cap."""
    at = exercise.rungs.index(allowed_rung(cell, cleared))
    place = max(limit.place, at)
    capped = cell.max_hold_s or cell.max_effort_percent
    kept = limit.columns if at <= limit.place else ()
    columns = (*kept, column) if (at and at == place) or capped else kept
    return Limit(
        place,
        exercise.rungs[place],
        _cap(limit.max_hold_s, cell.max_hold_s),
        _cap(limit.max_effort_percent, cell.max_effort_percent),
        columns,
    )


def allowed_rung(cell: Cell, cleared: bool) -> str:
    """Returns the rung a cell allows to somebody who was cleared, or was not."""
    return (cell.cleared if cleared else WITHHELD) if cell.cleared else cell.rung


def _cap(first: int, second: int) -> int:
    return min(first, second) if first and second else first or second


def _lacking(exercise: Exercise, rung: str, answers: Answers) -> tuple[str, ...]:
    needs = exercise.rung[rung].needs if rung != WITHHELD else None
    return () if needs is None else unmet(needs, answers)


def unmet(needs: Condition, answers: Answers) -> tuple[str, ...]:
    """Returns the findings whose answers keep an ability from being a yes; none where it is one."""
    if needs.value(answers) is Answer.YES:
        return ()
    parts = needs.items if isinstance(needs, All) else (needs,)
    short = [part for part in parts if part.value(answers) is not Answer.YES]
    return tuple(dict.fromkeys(name for part in short for name in sorted(findings_in(part))))


def capped(dose: Dose, limit: Limit) -> Dose:
    """Returns the dose within the caps of a limit; a cap is no dose, so nothing is held that was not."""
    hold = _cap(dose.hold_s, limit.max_hold_s) if dose.hold_s else 0
    effort = _cap(dose.effort_percent, limit.max_effort_percent) if dose.effort_percent else 0
    return attrs.evolve(dose, hold_s=hold, effort_percent=effort)
