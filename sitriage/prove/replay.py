"""People that a proof speaks of, as answers to the library, and the verdicts they really get."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sitriage.completions import Completions, completions_of
from sitriage.conditions import NOT_APPLICABLE, Answer, Value
from sitriage.decide import decide
from sitriage.evidence import read_answers, unanswered
from sitriage.model import Ruleset
from sitriage.verdict import AnswerValue, Verdict

__all__ = ["answers_of", "decided", "everybody", "given", "replayed", "said", "unasked"]

_SAID: Mapping[Answer, AnswerValue] = MappingProxyType(
    {Answer.NO: False, Answer.UNSURE: "unsure", Answer.YES: True}
)


def everybody(rules: Ruleset) -> Completions:
    """Returns all the ways in which somebody who was asked nothing yet may answer."""
    return completions_of(rules, read_answers({}, rules))


def answers_of(calm: Completions, person: Mapping[str, Value]) -> dict[str, AnswerValue]:
    """Returns what somebody answers who is as the person says, and otherwise as calm as can be.

    The rest is chosen free of contradictions where it can be.
    """
    box = {name: (value,) for name, value in person.items() if not unasked(value)}
    whole = calm.settle(box) or {**calm.base, **person}
    return given({**whole, **{name: value for name, value in person.items() if unasked(value)}})


def given(person: Mapping[str, Value]) -> dict[str, AnswerValue]:
    """Returns what somebody answers of whom every state is named."""
    return {name: said(value) for name, value in person.items() if not unasked(value)}


def replayed(calm: Completions, person: Mapping[str, Value]) -> Verdict:
    """Returns the verdict that the engine gives the person."""
    return decided(calm.rules, answers_of(calm, person))


def decided(rules: Ruleset, answers: Mapping[str, AnswerValue]) -> Verdict:
    """Returns the verdict for answers, without those that this pack does not ask for."""
    known = {name: value for name, value in answers.items() if name in rules.findings}
    return decide(rules, read_answers(known, rules))


def unasked(value: Value) -> bool:
    """Whether nothing is answered to a finding in this state."""
    return unanswered(value) or value == NOT_APPLICABLE


def said(value: Value) -> AnswerValue:
    """Returns a value as somebody answers it."""
    return _SAID[value] if isinstance(value, Answer) else value
