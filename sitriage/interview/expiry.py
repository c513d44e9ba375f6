"""Answers grow old: which of them to ask again, and which have moved on by themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

import attrs

from sitriage.interview.state import Step, latest
from sitriage.model import Ruleset
from sitriage.verdict import AnswerValue

__all__ = ["aged"]

WEEK = timedelta(weeks=1)


def aged(steps: tuple[Step, ...], now: datetime, rules: Ruleset) -> Iterator[Step]:
    """Yields the steps as they count at another time: without what has expired, and weeks counted on.

    A group says how long its answers keep (clinical_evidence 6D). What has no time is kept as it is; a time
    that lies ahead is as wrong as it is far away, so it does not keep an answer fresh for ever.
    """
    keeps = {group.id: timedelta(days=group.keeps_days) for group in rules.groups}
    for step in latest(steps):
        if step.at is None:
            yield step
            continue
        said = step.since or step.at
        age = now - said
        kept = {
            name: answer
            for name, answer in step.answers.items()
            if abs(age) <= keeps[rules.findings[name].group]
        }
        skipped = step.skipped if abs(age) <= min(keeps.values()) else ()
        weeks = max(0, (now - step.at) // WEEK)
        counted = dict(_counted_on(kept, weeks, rules))
        yield attrs.evolve(step, answers={n: a for n, a in kept.items() if n not in counted}, skipped=skipped)
        if counted:
            # no week counts twice, and what is counted on does not keep longer
            yield Step(counted, at=step.at + weeks * WEEK, since=said)


def _counted_on(
    answers: Mapping[str, AnswerValue], weeks: int, rules: Ruleset
) -> Iterator[tuple[str, AnswerValue]]:
    for name, answer in answers.items() if weeks else ():
        finding = rules.findings[name]
        if finding.counts_weeks and type(answer) is int:
            yield name, min(finding.max, answer + weeks)
