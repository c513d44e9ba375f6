"""An interview as plain data and back: what was said, when, and under which rules; nothing else is kept.

The data may have been changed on its way, so all of it is read anew: it is refused, or it is the same as
a fresh interview with these answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import attrs

from sitriage.caps import ID
from sitriage.errors import AnswerError, Fault
from sitriage.evidence import read_answers
from sitriage.model import Ruleset
from sitriage.rule import frozen_map
from sitriage.verdict import AnswerValue
from sitriage.words import UNSURE

__all__ = ["Step", "data_of", "latest", "readable", "steps_from"]

SCHEMA = 1
"""Raised when the same data means something else than before."""
MOST_STEPS = 1000
_TIMES = ("at", "since")


def _frozen(answers: Mapping[str, AnswerValue]) -> Mapping[str, AnswerValue]:
    return frozen_map(answers)


@attrs.frozen
class Step:
    """What was said at one time: answers, or findings left open for good; `at` if the host says when.

    `since` is when it was said, where weeks were counted on to `at`.
    """

    answers: Mapping[str, AnswerValue] = attrs.field(converter=_frozen, repr=False)
    skipped: tuple[str, ...] = ()
    at: datetime | None = None
    since: datetime | None = None

    def __attrs_post_init__(self) -> None:
        if self.at is not None and self.at.tzinfo is None:
            raise AnswerError([Fault("at", "a time needs its time zone")])


def data_of(steps: tuple[Step, ...], rules: Ruleset) -> dict[str, Any]:
    """Returns steps as texts, numbers, lists and mappings."""
    return {"schema": SCHEMA, "hash": rules.hash, "steps": [_plain(step) for step in steps]}


def _plain(step: Step) -> dict[str, Any]:
    times = {name: at.isoformat() for name in _TIMES if (at := getattr(step, name)) is not None}
    skipped = {"skipped": list(step.skipped)} if step.skipped else {}
    return {"answers": dict(step.answers), **skipped, **times}


def steps_from(data: object, rules: Ruleset, other_rules: bool = False) -> tuple[Step, ...]:
    """Returns the steps in data; raises AnswerError for anything that `data_of` does not write.

    `other_rules`: data of other rules is read too, and then the answers are not checked.
    """
    if not isinstance(data, Mapping) or data.keys() != {"schema", "hash", "steps"}:
        raise AnswerError([Fault("", "this is not an interview; give what `to_dict` returned")])
    if type(data["schema"]) is not int or data["schema"] != SCHEMA:
        what = f"only interviews of schema {SCHEMA} can be read; begin a new one"
        raise AnswerError([Fault("schema", what)])
    if data["hash"] != rules.hash and not other_rules:
        what = "this interview was held under other rules; `Interview.moved` keeps what can still be read"
        raise AnswerError([Fault("hash", what)])
    steps = data["steps"]
    if type(steps) is not list or len(steps) > MOST_STEPS:
        raise AnswerError([Fault("steps", f"expected a list of at most {MOST_STEPS} steps")])
    found = [_step(raw) for raw in steps]
    faults = [
        Fault(f"steps.{at}", "expected `answers`, and perhaps `skipped` and times as `to_dict` writes them")
        for at, step in enumerate(found)
        if step is None
    ]
    if faults:
        raise AnswerError(faults)
    kept = tuple(step for step in found if step is not None)
    # what a later answer replaces must be readable too: one may go back to it
    for step in () if other_rules else kept:
        read_answers({**dict.fromkeys(step.skipped, UNSURE), **step.answers}, rules)
    return kept


def _step(raw: object) -> Step | None:
    if type(raw) is not dict or "answers" not in raw or not raw.keys() <= {"answers", "skipped", *_TIMES}:
        return None
    answers, skipped = raw["answers"], raw.get("skipped", [])
    if type(answers) is not dict or type(skipped) is not list or not all(map(_is_id, [*answers, *skipped])):
        return None
    times = {name: _time(raw[name]) for name in _TIMES if name in raw}
    if None in times.values() or ("since" in times and "at" not in times):
        return None
    return Step(answers, tuple(skipped), **times)


def _is_id(raw: object) -> bool:
    return type(raw) is str and ID.fullmatch(raw) is not None


def _time(raw: object) -> datetime | None:
    try:
        at = datetime.fromisoformat(raw) if type(raw) is str else None
    except ValueError:
        return None
    return at if at is not None and at.tzinfo is not None and at.isoformat() == raw else None


def latest(steps: tuple[Step, ...]) -> Iterator[Step]:
    """Yields the steps without answers that a later step replaced: what was taken back never counts again."""
    last = {name: place for place, step in enumerate(steps) for name in step.answers}
    for place, step in enumerate(steps):
        yield attrs.evolve(step, answers={n: a for n, a in step.answers.items() if last[n] == place})


def readable(steps: tuple[Step, ...], rules: Ruleset) -> Iterator[Step]:
    """Yields the steps with the answers that the rules can still read; what was skipped is open again."""
    for step in latest(steps):
        kept = {name: answer for name, answer in step.answers.items() if _reads(rules, name, answer)}
        if kept:
            yield Step(kept, at=step.at, since=step.since)


def _reads(rules: Ruleset, name: str, answer: AnswerValue) -> bool:
    try:
        read_answers({name: answer}, rules)
    except AnswerError:
        return False
    return True
