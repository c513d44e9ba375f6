"""Everybody who agrees with some answers about a sore tail, by brute force, with their verdicts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product

from sitriage import Programme, Verdict, triage
from sitriage.conditions import NOT_APPLICABLE, Answer, Value
from sitriage.verdict import AnswerValue
from tests.small_pack import CALM, small_rules

Person = Mapping[str, Value]
Given = Mapping[str, AnswerValue]

_SAID = {Answer.NO: False, Answer.UNSURE: "unsure", Answer.YES: True}


def without(*names: str, **answers: AnswerValue) -> dict[str, AnswerValue]:
    """Returns calm answers, changed, with some left out."""
    return {name: value for name, value in {**CALM, **answers}.items() if name not in names}


def verdict_key(verdict: Verdict) -> tuple[object, ...]:
    """Returns what makes two verdicts the same (house of meaning, 7)."""
    if not isinstance(verdict, Programme):
        return (verdict.urgency, verdict.see)
    return tuple((each.exercise, each.rung, each.side, each.dose) for each in verdict.prescriptions)


def everybody(given: Given) -> dict[tuple[tuple[str, Value], ...], Verdict]:
    """Returns the verdict of each complete, conflict-free set of answers that agrees with `given`."""
    rules, found = small_rules(), {}
    start = triage(given, rules=rules)
    known = {conflict.id for conflict in start.conflicts}
    names = [name for name in rules.findings if name not in given]
    for values in product(*(rules.domains[name] for name in names)):
        person = dict(zip(names, values, strict=True))
        said = {name: spoken(value) for name, value in person.items() if value != NOT_APPLICABLE}
        verdict = _verdict(tuple(sorted({**given, **said}.items())))
        open_still = NOT_APPLICABLE in values and set(verdict.open_questions) & person.keys()
        if {conflict.id for conflict in verdict.conflicts} <= known and not open_still:
            found[tuple(person.items())] = verdict
    return found


def spoken(value: Value) -> AnswerValue:
    """Returns how somebody says a value."""
    return _SAID[value] if isinstance(value, Answer) else value


@cache
def _verdict(answers: tuple[tuple[str, AnswerValue], ...]) -> Verdict:
    return triage(dict(answers), rules=small_rules())


def differing(people: Mapping[tuple[tuple[str, Value], ...], Verdict]) -> Iterator[str]:
    """Yields each finding in which alone two people differ who get different verdicts."""
    by_rest: dict[tuple[str, frozenset[tuple[str, Value]]], set[tuple[object, ...]]] = {}
    for person, verdict in people.items():
        for item in person:
            rest = (item[0], frozenset(person) - {item})
            by_rest.setdefault(rest, set()).add(verdict_key(verdict))
    yield from {name for (name, _), keys in by_rest.items() if len(keys) > 1}
