"""Every interview about a sore tail that can follow from a start: each way to answer each screen."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from sitriage.conditions import NOT_APPLICABLE
from sitriage.interview.session import Interview
from tests.small_pack import small_rules
from tests.small_people import Given, spoken

State = tuple[object, ...]


def state_of(interview: Interview) -> State:
    """Returns what alone the next question may depend on: not the order, nor how many screens there were."""
    left_open = frozenset(name for step in interview.steps for name in step.skipped)
    twice = frozenset(name for name in interview.answers if _times(name, interview) > 1)
    return frozenset(interview.answers.items()), left_open, twice


def _times(name: str, interview: Interview) -> int:
    return sum(name in step.answers or name in step.skipped for step in interview.steps)


def following(interview: Interview) -> Iterator[Interview]:
    """Yields the interview after each way to answer the question in full."""
    assert interview.question is not None
    domains = interview.rules.domains
    ways = [
        [spoken(value) for value in domains[name] if value != NOT_APPLICABLE]
        for name in interview.question.items
    ]
    for answers in product(*ways):
        yield interview.answer(dict(zip(interview.question.items, answers, strict=True)))


def reachable(given: Given, skips: bool = False) -> Iterator[Interview]:
    """Yields an interview in every state that may follow; with `skips` screens may be left open."""
    todo, seen = [Interview(given, rules=small_rules())], set[State]()
    while todo:
        interview = todo.pop()
        state = state_of(interview)
        if state not in seen:
            seen.add(state)
            yield interview
            if not interview.done:
                todo += following(interview)
                todo += [interview.skip()] if skips else []
