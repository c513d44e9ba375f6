"""What a verdict stands on: each of its parts that has reasons, with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sitriage.show.dose import SIDES, dose_text
from sitriage.verdict import Prescription, Programme, Reason, Verdict

__all__ = ["Entry", "grounds"]

Entry = tuple[str, str, Iterable[Reason]]
"""The label of what has the reasons, or none; its form, side and dose if it has any; the reasons."""


def grounds(verdict: Verdict) -> Iterator[tuple[str, list[Entry]]]:
    """Returns the parts of a verdict that have reasons: a title, then each thing with its own."""
    yield "Reasons:", [("", "", verdict.reasons)]
    if isinstance(verdict, Programme):
        gentle: list[Entry] = [(each.label, "", each.reasons) for each in (*verdict.warm_up, *verdict.also)]
        given: list[Entry] = [(each.label, _form(each), each.reasons) for each in verdict.prescriptions]
        left: list[Entry] = [(each.label, "", each.reasons) for each in verdict.withheld]
        parts = (("Exercises:", given), ("Left out:", left), ("Beside them:", gentle))
        yield from ((title, entries) for title, entries in parts if entries)
    fits: list[Entry] = [
        ("", "", [Reason(each.cause, each.sentence, each.supporting, each.rows, each.sources)])
        for each in verdict.causes
    ]
    if fits:
        yield "Patterns that fit:", fits


def _form(each: Prescription) -> str:
    return f"{each.rung}, {SIDES[each.side]}, {dose_text(each.dose, each.side)}"
