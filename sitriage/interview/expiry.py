"""Answers grow old: which of them to ask again, and which have moved on by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import attrs

from sitriage.interview.state import Step
from sitriage.model import Ruleset
from sitriage.verdict import AnswerValue

__all__ = ["aged"]


def aged(steps: tuple[Step, ...], now: datetime, rules: Ruleset) -> Iterator[Step]:
    """Yields the steps as they count at another time: without what has expired, and weeks counted on.

    A group says how long its answers keep (clinical_evidence 6D). What has no time is kept as it is.
    """
    keeps = {group.id: timedelta(days=group.keeps_days) for group in rules.groups}
    for step in steps:
        age = timedelta(0) if step.at is None else max(timedelta(0), now - step.at)
        kept = {
            name: _moved_on(name, answer, age, rules)
            for name, answer in step.answers.items()
            if age <= keeps[rules.findings[name].group]
        }
        skipped = step.skipped if age <= min(keeps.values()) else ()
        yield attrs.evolve(step, answers=kept, skipped=skipped)


def _moved_on(name: str, answer: AnswerValue, age: timedelta, rules: Ruleset) -> AnswerValue:
    finding = rules.findings[name]
    if not finding.counts_weeks or type(answer) is not int:
        return answer
    return min(finding.max, answer + age // timedelta(weeks=1))
