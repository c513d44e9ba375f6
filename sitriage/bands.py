"""The answers that rules can tell apart: every number falls into one of a few bands.

One value stands for each band, so that questions and proofs run over finitely many people.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sitriage.conditions import (
    NOT_APPLICABLE,
    Above,
    All,
    Answer,
    Any,
    AtLeast,
    Condition,
    Not,
    Value,
    Within,
)
from sitriage.model import Finding
from sitriage.words import UNSURE

__all__ = ["domains"]


def domains(
    findings: Iterable[Finding], conditions: Iterable[Condition], optional: frozenset[str]
) -> Mapping[str, tuple[Value, ...]]:
    """Returns for each finding one value per band, the least dangerous first.

    `optional` names the numbers that may be *not applicable*.
    """
    every = [part for condition in conditions for part in _parts(condition)]
    # the larger side of a comparison stands for its band by its highest value, the smaller by its lowest
    upper = {part.other for part in every if isinstance(part, Above)}
    cuts: dict[str, set[int]] = {}
    for part in every:
        if isinstance(part, Within):
            edges = cuts.setdefault(part.finding, set())
            edges.update(
                edge for edge in (part.min, None if part.max is None else part.max + 1) if edge is not None
            )
    return {each.id: _domain(each, cuts.get(each.id, set()), each.id in upper, optional) for each in findings}


def _domain(finding: Finding, cuts: set[int], upper: bool, optional: frozenset[str]) -> tuple[Value, ...]:
    if finding.kind == "choice":
        return (*(each for each in finding.choices if each != UNSURE), UNSURE)
    if finding.kind == "number":
        starts = sorted({finding.min, *(cut for cut in cuts if finding.min < cut <= finding.max)})
        ends = [*(start - 1 for start in starts[1:]), finding.max]
        known = tuple(ends if upper else starts)
        return (*((NOT_APPLICABLE,) if finding.id in optional else ()), *known, UNSURE)
    if finding.polarity == "reassures":
        return (Answer.YES, Answer.UNSURE, Answer.NO)
    return (Answer.NO, Answer.YES) if finding.unsure_is_yes else (Answer.NO, Answer.UNSURE, Answer.YES)


def _parts(condition: Condition) -> Iterator[Condition]:
    yield condition
    match condition:
        case Not(item):
            yield from _parts(item)
        case Any(items) | All(items) | AtLeast(items=items):
            for item in items:
                yield from _parts(item)
