"""The screen: which levels of which red flags and gates a person's answers reach.

Here stands the maximum and nothing else; this file must never know an order of rules, a score,
or a programme.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

import attrs

from sitriage.conditions import Answer, Answers
from sitriage.model import Level, RedFlag, Ruleset
from sitriage.ranges import least_cause
from sitriage.verdict import Reason
from sitriage.words import Professional, Urgency

__all__ = ["Fired", "fired", "outcome", "rank_of", "urgency_of_rank"]

# an unsure answer counts one step lower, except where being wrong costs most (D-1)
_LOWERED = MappingProxyType(
    {
        Urgency.EMERGENCY: Urgency.EMERGENCY,
        Urgency.SAME_DAY: Urgency.SOON,
        Urgency.SOON: Urgency.ROUTINE,
        Urgency.ROUTINE: Urgency.ROUTINE,
    }
)
_STEP = len(Professional)
_URGENCIES = tuple(Urgency)


@attrs.frozen
class Fired:
    """A level that a person's answers reach, surely or with an unsure answer."""

    flag: RedFlag
    level: Level
    urgency: Urgency
    see: Professional
    findings: frozenset[str]

    @property
    def rank(self) -> int:
        """How far up it leads: urgency, then who."""
        return _rank(self.urgency, self.see)

    def reason(self) -> Reason:
        """Returns why this level speaks, with its rows and sources."""
        rows = (*self.level.rows, *(row for row in self.flag.rows if row not in self.level.rows))
        return Reason(self.level.id, self.flag.because, tuple(sorted(self.findings)), rows, self.flag.sources)


def fired(rules: Ruleset, answers: Answers, stated: Answers | None = None) -> tuple[Fired, ...]:
    """Returns every level reached, the most urgent first; `stated` are the answers to explain it by."""
    return tuple(
        sorted(
            _fired(rules, answers, stated or answers),
            key=lambda each: (-each.rank, each.level.id),
        )
    )


def _fired(rules: Ruleset, answers: Answers, stated: Answers) -> Iterator[Fired]:
    for flag in rules.gated:
        for level in flag.levels:
            value = level.when.value(answers)
            if value >= Answer.UNSURE:
                cause = least_cause(level.when, stated, rules.domains)
                yield Fired(flag, level, *outcome(level, value), cause)


def rank_of(level: Level, value: Answer) -> int:
    """Returns how far up a level with this value leads: 0 for nowhere, then urgency, then who."""
    return 0 if value < Answer.UNSURE else _rank(*outcome(level, value))


def urgency_of_rank(rank: int) -> Urgency:
    """Returns the urgency inside a rank."""
    return _URGENCIES[rank // _STEP]


def _rank(urgency: Urgency, see: Professional) -> int:
    return urgency.rank * _STEP + see.rank


def outcome(level: Level, value: Answer) -> tuple[Urgency, Professional]:
    """Returns how soon and to whom a level leads that holds surely, or with an unsure answer."""
    if value is Answer.YES:
        return level.urgency, level.see
    lowered = _LOWERED[level.urgency]
    later = lowered != level.urgency and level.see is Professional.URGENT_CARE
    return lowered, Professional.DOCTOR if later else level.see
