"""What to come back with: how urgent a new sign would be, computed from the levels for each person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

import attrs

from sitriage.conditions import Answer, Value
from sitriage.model import Level, Ruleset
from sitriage.screen import outcome
from sitriage.wording import Watch
from sitriage.words import Professional, Urgency

__all__ = ["Watched", "watched"]

Answers = Mapping[str, Value]
Outcome = tuple[Urgency, Professional]


@attrs.frozen
class Watched:
    """A sign that would be urgent for somebody, and where each of its findings would lead."""

    rule: Watch
    outcomes: Mapping[str, Outcome]

    @property
    def worst(self) -> Outcome:
        """How soon, and whom to see: of one sentence for several findings, the most urgent speaks."""
        return max(self.outcomes.values())


def watched(rules: Ruleset, values: Answers, now: Urgency) -> tuple[Watched, ...]:
    """Returns each sign that would make it more urgent than now, the most urgent first."""
    told = {each for each in Urgency if each > now and each in rules.texts.come_back}
    signs = (Watched(rule, dict(_outcomes(rules, rule.findings, values, told))) for rule in rules.watch)
    return tuple(sorted((sign for sign in signs if sign.outcomes), key=_worst_first))


def _worst_first(sign: Watched) -> tuple[int, int]:
    urgency, see = sign.worst
    return -urgency.rank, -see.rank


def _outcomes(
    rules: Ruleset, findings: tuple[str, ...], values: Answers, told: Set[Urgency]
) -> Iterator[tuple[str, Outcome]]:
    """Where a yes to each finding leads, of those where it leads further and fits the other answers."""
    for name in findings:
        if values[name] is not Answer.YES:
            changed = {**values, name: Answer.YES}
            reached = _reached(rules.readers.get(name, ()), changed, told)
            if reached is not None and not _clashes(rules, name, changed):
                yield name, reached


def _reached(levels: tuple[Level, ...], values: Answers, told: Set[Urgency]) -> Outcome | None:
    best: Outcome | None = None
    for level in levels:
        if level.urgency not in told or (best is not None and (level.urgency, level.see) <= best):
            # the levels that lead furthest come first
            break
        if (value := level.when.value(values)) >= Answer.UNSURE:
            found = outcome(level, value)
            best = max(best or found, found)
    # an unsure answer beside it may lower a level below what is told
    return best if best is not None and best[0] in told else None


def _clashes(rules: Ruleset, name: str, values: Answers) -> bool:
    """Whether a yes to a finding contradicts the other answers."""
    return any(
        all(condition.value(values) >= goal for condition, goal in combination)
        for combination in rules.barred.get(name, ())
    )
