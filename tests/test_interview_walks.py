"""Every interview that may follow from a part of the answers, against brute force over all completions.

P16: where it stops, no completion has another verdict. P17: whatever it asks can change the verdict.
P18: every question asks something new, so it ends. Each check finds a fault that is planted for it.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from itertools import islice

import attrs
import pytest

from sitriage import Referral, Verdict
from sitriage.completions import Completions
from sitriage.conditions import NOT_APPLICABLE, Answer, Value, findings_in
from sitriage.interview import session
from sitriage.interview.policy import Asked, next_items
from sitriage.interview.session import Interview
from sitriage.interview.stop import Closed, WhyStop, most_left, why_stop
from sitriage.ranges import span
from tests.small_interviews import State, following, reachable, state_of
from tests.small_pack import small_rules
from tests.small_people import Given, differing, everybody, verdict_key, without
from tests.test_questions import SAMPLES

# once is enough: it is about the rules and the engine, not about how they are installed
pytestmark = pytest.mark.checkout

Law = Callable[[Interview], object]
Policy = Callable[[Completions, Set[str], Set[str]], Asked | None]
# states of each start that a planted fault is looked for in
MOST = 60
STARTS = [
    *SAMPLES,
    without("worse", "checked", "night_pain", "easing", "side"),
    without("numb", "weak", "fever", "severity", "splinted"),
    without("egg", "egg_week", "kind", "has_perch", "easing"),
]
starts = pytest.mark.parametrize("given", STARTS, ids=range(len(STARTS)))


# ---------------------------------------------------------------- the checks


def completed(interview: Interview) -> dict[tuple[tuple[str, Value], ...], Verdict]:
    """Whoever agrees with the answers, where what does not apply stays so."""
    settled = {name for name in interview.rules.findings if not interview._evidence.missing(name)}
    return {
        person: verdict
        for person, verdict in everybody(interview.answers).items()
        if all(value in (Answer.NO, NOT_APPLICABLE) for name, value in person if name in settled)
    }


def stopped_early(interview: Interview) -> bool:
    """Whether it stops although a completion has another verdict."""
    stop = interview.why_stop
    if stop is None or stop.code == "left_open":
        return False
    people = completed(interview)
    return any(verdict_key(each) != verdict_key(interview.verdict) for each in people.values())


def idle_items(interview: Interview) -> set[str]:
    """What is asked although it changes no verdict, and cannot show that another question does not apply."""
    question = interview.question
    if question is None or question.reason == "again":
        return set()
    matter = set(differing(completed(interview)))
    keep = {
        name
        for rule in interview.rules.not_applicable
        if matter.intersection(rule.findings)
        for name in findings_in(rule.when)
    }
    return set(question.items) - matter - keep


def nothing_new(interview: Interview) -> bool:
    """Whether it asks only what was said or left open before, though no answers disagree."""
    question = interview.question
    if question is None:
        return False
    before = {name for step in interview.steps for name in (*step.answers, *step.skipped)}
    if question.reason == "again":
        said = [name for step in interview.steps for name in (*step.answers, *step.skipped)]
        return any(said.count(name) != 1 for name in question.items)
    return bool(before.intersection(question.items))


def screens_left(interview: Interview, known: dict[State, tuple[int, int]]) -> tuple[int, int]:
    """The fewest and the most screens that may truly follow."""
    state = state_of(interview)
    if state not in known:
        ahead = [screens_left(each, known) for each in following(interview)] if not interview.done else []
        known[state] = (
            (1 + min(low for low, _ in ahead), 1 + max(high for _, high in ahead)) if ahead else (0, 0)
        )
    return known[state]


def dishonest_bounds(interview: Interview) -> bool:
    """Whether fewer or more screens may follow than it says."""
    low, high = screens_left(interview, {})
    _, at_least, at_most = interview.progress
    return not at_least <= low <= high <= at_most


def widened(interview: Interview) -> bool:
    """Whether an answer widens the urgencies that are left, or the end lies outside them."""
    low, high = interview.urgency_range
    if interview.verdict.conflicts:
        # who contradicts himself is beyond all completions
        return False
    stop, urgency = interview.why_stop, interview.verdict.urgency
    if stop and stop.code == "settled":
        return not low == urgency == high
    ahead = [each for each in following(interview) if not each.verdict.conflicts] if not stop else []
    return any(not low <= below <= above <= high for below, above in (each.urgency_range for each in ahead))


def programme_before_danger(interview: Interview) -> bool:
    """Whether the programme is asked about while an answer could still lead to a referral."""
    question = interview.question
    if question is None or question.reason != "programme":
        return False
    reasons = {each.reasons[0].rule for each in completed(interview).values() if isinstance(each, Referral)}
    return bool(reasons - {"too_little_left"})


def unproved(interview: Interview) -> bool:
    """Whether a level is said to be closed by findings whose answers alone leave it open."""
    stop, rules = interview.why_stop, interview.rules
    values = interview._evidence.values
    levels = {level.id: level for flag in rules.gated for level in flag.levels}
    return any(
        each.findings
        and span(
            levels[each.level].when,
            lambda name, kept=each.findings: (values[name],) if name in kept else rules.domains[name],
        )[1]
        >= Answer.UNSURE
        for each in (stop.closed if stop else ())
    )


# ---------------------------------------------------------------- the laws


LAWS = [
    stopped_early, idle_items, nothing_new, widened, programme_before_danger, unproved,
]  # fmt: skip


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
@starts
def test_law(given: Given, law: Law) -> None:
    assert [each.answers for each in reachable(given) if law(each)] == []


@starts
def test_the_bounds_of_what_is_left_are_honest(given: Given) -> None:
    assert not dishonest_bounds(Interview(given, rules=small_rules()))
    assert [each.answers for each in reachable(given, skips=True) if nothing_new(each)] == []


# ---------------------------------------------------------------- planted faults


def _silent_programme(known: Completions, skipped: Set[str], again: Set[str]) -> Asked | None:
    asked = next_items(known, skipped, again)
    return None if asked and asked.reason == "programme" else asked


def _first_alarm(known: Completions, skipped: Set[str], again: Set[str]) -> Asked | None:
    return None if known.lowest else next_items(known, skipped, again)


def _everything(known: Completions, skipped: Set[str], again: Set[str]) -> Asked | None:
    left = tuple(name for name in known.missing if name not in skipped)
    return Asked(left[:10], "danger") if left else None


def _again_and_again(known: Completions, skipped: Set[str], again: Set[str]) -> Asked | None:
    asked = next_items(known, skipped, again)
    said = [name for name, value in known.evidence.answers if value is True]
    return attrs.evolve(asked, items=(*asked.items, *said)) if asked else None


def _programme_first(known: Completions, skipped: Set[str], again: Set[str]) -> Asked | None:
    asked = next_items(known, skipped, again)
    return attrs.evolve(asked, reason="programme") if asked else None


PLANTED: list[tuple[Policy, Law]] = [
    (_silent_programme, stopped_early),
    (_first_alarm, stopped_early),
    (_everything, idle_items),
    (_again_and_again, nothing_new),
    (_programme_first, programme_before_danger),
]


@pytest.mark.parametrize(("fault", "law"), PLANTED, ids=lambda each: each.__name__)
def test_a_planted_fault_is_found(monkeypatch: pytest.MonkeyPatch, fault: Policy, law: Law) -> None:
    monkeypatch.setattr(session, "next_items", fault)
    assert any(law(each) for given in STARTS for each in islice(reachable(given), MOST))


@pytest.mark.parametrize("by", [-1, -9])
def test_bounds_that_promise_too_little_are_found(monkeypatch: pytest.MonkeyPatch, by: int) -> None:
    monkeypatch.setattr(session, "most_left", lambda *known: max(1, most_left(*known) + by))
    assert any(dishonest_bounds(Interview(given, rules=small_rules())) for given in STARTS)


def test_an_urgency_range_that_forgets_the_worst_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "highest_rank", lambda known: known.lowest or 0)
    assert any(widened(each) for given in STARTS for each in reachable(given))


def test_a_proof_that_names_too_few_findings_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def forgetful(known: Completions, skipped_matters: bool) -> WhyStop:
        stop = why_stop(known, skipped_matters)
        return attrs.evolve(stop, closed=tuple(_shorter(each) for each in stop.closed))

    monkeypatch.setattr(session, "why_stop", forgetful)
    assert any(unproved(each) for given in STARTS for each in islice(reachable(given), MOST))


def _shorter(closed: Closed) -> Closed:
    return attrs.evolve(closed, findings=closed.findings[1:] if len(closed.findings) > 1 else closed.findings)
