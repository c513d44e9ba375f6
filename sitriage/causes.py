"""Which causes the answers fit: wording for people and professionals, never part of the decision."""

from __future__ import annotations

from sitriage.conditions import Answer
from sitriage.evidence import Evidence
from sitriage.model import Cause, Ruleset
from sitriage.verdict import CauseFit

__all__ = ["fitting_causes"]

MOST = 5


def fitting_causes(rules: Ruleset, evidence: Evidence) -> tuple[CauseFit, ...]:
    """Returns the causes with more answers for than against them, the best fit first."""
    possible = [
        c for c in rules.causes.values() if c.needs is None or c.needs.value(evidence.values) is Answer.YES
    ]
    fits = [_fit(cause, evidence) for cause in possible]
    kept = [fit for fit in fits if len(fit.supporting) > len(fit.conflicting)]
    return tuple(sorted(kept, key=lambda fit: (len(fit.conflicting) - len(fit.supporting), fit.cause))[:MOST])


def _fit(cause: Cause, evidence: Evidence) -> CauseFit:
    values = evidence.values
    return CauseFit(
        cause=cause.id,
        label=cause.label,
        supporting=tuple(name for name in cause.supporting if values[name] is Answer.YES),
        conflicting=tuple(name for name in cause.conflicting if values[name] is Answer.YES),
        unconfirmed=tuple(
            name for name in cause.supporting if values[name] in (Answer.NOT_ASKED, Answer.UNSURE)
        ),
    )
