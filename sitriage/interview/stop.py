"""Why an interview may stop, with what proves it; and how much there still is to ask."""

from __future__ import annotations

from collections.abc import Set

import attrs

from sitriage.completions import Completions
from sitriage.conditions import Answer, Value, findings_in
from sitriage.interview.closing import closing
from sitriage.live import live_conditions
from sitriage.ranges import Bounds, span
from sitriage.screen import rank_of, urgency_of_rank
from sitriage.words import UNSURE, Urgency

__all__ = ["Closed", "WhyStop", "most_left", "why_stop"]


@attrs.frozen
class Closed:
    """A level that no further answer reaches, and the findings whose answers alone keep it out of reach.

    Without findings: any way to reach it would contradict the answers, or another level leads as far.
    """

    level: str
    findings: tuple[str, ...]


@attrs.frozen
class WhyStop:
    """Why nothing more is asked, as a code and a sentence.

    `emergency`: nothing is more urgent; `settled`: no answer can change the verdict; `left_open`: what
    was skipped could still matter, so the verdict stays provisional or careful. `closed` is the proof:
    every level above the verdict.
    """

    code: str
    sentence: str
    closed: tuple[Closed, ...] = attrs.field(repr=False)


def why_stop(completions: Completions, skipped_matters: bool) -> WhyStop:
    """Returns why an interview with nothing left to ask stops here."""
    texts, lowest = completions.rules.texts, completions.lowest or 0
    if urgency_of_rank(lowest) is Urgency.EMERGENCY:
        return WhyStop("emergency", texts.stop_emergency, ())
    if skipped_matters:
        return WhyStop("left_open", texts.stop_left_open, ())
    levels = [level for flag in completions.rules.gated for level in flag.levels]
    above = [level for level in levels if rank_of(level, Answer.YES) > lowest]
    evidence = completions.evidence
    # what was not said could still be anything, and so holds nothing back
    known = {
        name: _unsure(value) if evidence.missing(name) else value for name, value in evidence.values.items()
    }
    closed = [(level.id, closing(level.when, known.keys(), known, lambda _: 0.0)) for level in above]
    proof = tuple(Closed(level, tuple(sorted(findings or ()))) for level, findings in closed)
    return WhyStop("settled", texts.stop_settled, proof)


def _unsure(missing: Value) -> Value:
    return Answer.UNSURE if missing is Answer.NOT_ASKED else UNSURE


def most_left(completions: Completions, skipped: Set[str], again: Set[str]) -> int:
    """Returns how many more screens there are at most: each asks for something that may matter, once.

    What may yet contradict another answer counts once more, since it would be asked again.
    """
    lowest = completions.lowest or 0
    conditions = [level.when for level in completions.levels if rank_of(level, Answer.YES) > lowest]
    if not lowest:
        conditions += live_conditions(completions.rules, Bounds(completions.domain))
    read = {name for condition in conditions for name in findings_in(condition)}
    kept = {name for rule in completions.rules.not_applicable for name in findings_in(rule.when)}
    clashing = {
        name
        for each in completions.forbidden
        if all(span(condition, completions.domain)[1] >= goal for condition, goal in each)
        for condition, _ in each
        for name in findings_in(condition)
    }
    return len((read | kept) & set(completions.missing) - skipped) + len(again | clashing)
