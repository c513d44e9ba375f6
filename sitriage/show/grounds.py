"""What a verdict stands on: each of its parts that has reasons, with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sitriage.show.dose import SIDES, dose_text
from sitriage.verdict import Prescription, Programme, Reason, Verdict

__all__ = ["Entry", "grounds"]

Entry = tuple[str, Iterable[Reason]]
"""What has the reasons, or nothing for the verdict itself; and the reasons."""


def grounds(verdict: Verdict) -> Iterator[tuple[str, list[Entry]]]:
    """Returns the parts of a verdict that have reasons: a title, then each thing with its own."""
    yield "Reasons:", [("", verdict.reasons)]
    if isinstance(verdict, Programme):
        gentle: list[Entry] = [(each.label, each.reasons) for each in (*verdict.warm_up, *verdict.also)]
        given: list[Entry] = [(_prescribed(each), each.reasons) for each in verdict.prescriptions]
        left: list[Entry] = [(each.label, each.reasons) for each in verdict.withheld]
        parts = (("Exercises:", given), ("Left out:", left), ("Beside them:", gentle))
        yield from ((title, entries) for title, entries in parts if entries)
    fits: list[Entry] = [
        ("", [Reason(each.cause, each.sentence, each.supporting, each.rows, each.sources)])
        for each in verdict.causes
    ]
    if fits:
        yield "Patterns that fit:", fits


def _prescribed(each: Prescription) -> str:
    return f"{each.label}: {each.rung}, {SIDES[each.side]}, {dose_text(each.dose, each.side)}"
