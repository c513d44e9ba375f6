"""Which causes the answers fit: wording for people and professionals, never part of the decision."""

from __future__ import annotations

from sitriage.conditions import All, Answer, Answers, Any, AtLeast, Condition, Not, findings_in
from sitriage.evidence import Evidence
from sitriage.model import Ruleset
from sitriage.verdict import CauseFit
from sitriage.wording import Cause

__all__ = ["fitting_causes"]

MOST = 5


def fitting_causes(rules: Ruleset, evidence: Evidence) -> tuple[CauseFit, ...]:
    """Returns the causes with more for them than against them, the best fit first."""
    values = evidence.values
    weights = {
        cause.id: _weight(cause, values)
        for cause in rules.causes.values()
        if cause.needs is None or cause.needs.value(values) is Answer.YES
    }
    best = sorted((-weight, name) for name, weight in weights.items() if weight > 0)
    return tuple(_fit(rules.causes[name], evidence) for _, name in best[:MOST])


def _weight(cause: Cause, values: Answers) -> int:
    return sum(
        weight for weight, signs in cause.signs.values() for sign in signs if sign.value(values) is Answer.YES
    )


def _fit(cause: Cause, evidence: Evidence) -> CauseFit:
    speaking: dict[bool, set[str]] = {True: set(), False: set()}
    unknown: set[str] = set()
    for weight, signs in cause.signs.values():
        for sign in signs:
            value = sign.value(evidence.values)
            if value is Answer.YES:
                # by what was said, not by what it implies
                speaking[weight > 0] |= _speaking(sign, evidence.stated)
            elif weight > 0 and value is not Answer.NO:
                unknown |= {name for name in findings_in(sign) if evidence.unknown(name)}
    return CauseFit(
        cause=cause.id,
        label=cause.label,
        sentence=cause.because,
        does=cause.does,
        supporting=tuple(sorted(speaking[True])),
        conflicting=tuple(sorted(speaking[False])),
        unconfirmed=tuple(sorted(unknown)),
        rows=(*cause.rows, *cause.facts),
        sources=cause.sources,
    )


def _speaking(sign: Condition, values: Answers) -> frozenset[str]:
    """The findings whose own answer makes the sign; what was denied is not among them."""
    match sign:
        case Not():
            return frozenset()
        case Any(items) | All(items) | AtLeast(items=items):
            return frozenset().union(*(_speaking(item, values) for item in items))
        case _:
            return findings_in(sign) if sign.value(values) is Answer.YES else frozenset()
