"""The decision. Flags that were reached come first, then what is not known, then the programme.

No exercise stands beside a referral or a provisional verdict; a verdict is never an exception.
"""

from __future__ import annotations

from sitriage.completions import Completions, completions_of
from sitriage.compose import Situation, programme, referral
from sitriage.evidence import Evidence
from sitriage.live import may_fall_short
from sitriage.model import Ruleset
from sitriage.programme import plan
from sitriage.questions import outlook
from sitriage.ranges import Bounds
from sitriage.screen import fired, urgency_of_rank
from sitriage.verdict import Reason, Verdict
from sitriage.words import Urgency

__all__ = ["decide", "urgency_range"]


def decide(rules: Ruleset, evidence: Evidence) -> Verdict:
    """Returns the verdict: a pure function of the rules and the evidence."""
    reached = fired(rules, evidence.values, evidence.stated)
    made = plan(rules, evidence.values)
    completions = completions_of(rules, evidence)
    view = outlook(completions)
    # every way to answer the rest may lead further than what is known so far
    foregone = fired(rules, completions.base)
    reached = (*(each for each in foregone if not reached or each.rank > reached[0].rank), *reached)

    unanswered = any(rules.findings[name].need == "screen" for name in view.open)
    provisional = unanswered or bool(evidence.conflicts)
    asked_again = [name for conflict in evidence.conflicts for name in conflict.findings]

    at = Situation(
        rules=rules,
        evidence=evidence,
        open_questions=tuple(dict.fromkeys([*asked_again, *view.open])),
        urgency_range=urgency_range(completions, view.lowest, view.highest),
        provisional=provisional,
    )
    doubts = [
        Reason(f"conflict:{each.id}", each.sentence, each.findings, ("D-39",)) for each in evidence.conflicts
    ]
    if doubts:
        doubts.append(Reason("screen:conflict", rules.texts.conflict, (), ("D-39",)))
    if unanswered:
        doubts.append(Reason("screen:incomplete", rules.texts.provisional, view.open, ("D-2",)))
    if reached:
        worst = reached[0]
        return referral(at, worst.urgency, worst.see, reached, doubts, f"screen:{worst.urgency}")
    if provisional:
        see = rules.manifest.incomplete_see
        return referral(at, Urgency.ROUTINE, see, (), doubts, "screen:incomplete")
    if made.too_little:
        too_little = Reason("too_little_left", rules.texts.too_little_left, (), ("D-19",))
        see = rules.manifest.too_little_left_see
        return referral(at, Urgency.ROUTINE, see, (), [too_little], "too_little_left")
    return programme(at, made)


def urgency_range(completions: Completions, lowest: int, highest: int) -> tuple[Urgency, Urgency]:
    """Returns the urgencies that missing answers still allow, where the screen allows these ranks."""
    rules, low, high = completions.rules, urgency_of_rank(lowest), urgency_of_rank(highest)
    # answers that do not fit together are a routine visit until they are answered again (D-39)
    if high is Urgency.SELF_CARE and (
        completions.evidence.conflicts or may_fall_short(rules, Bounds(completions.domain))
    ):
        high = Urgency.ROUTINE
    if low is Urgency.SELF_CARE and plan(rules, completions.base).too_little:
        low = Urgency.ROUTINE
    return low, high
