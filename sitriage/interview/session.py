"""An interview: the answers so far, the next question, and why it may stop. Immutable, and without I/O."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple, Self

import attrs

from sitriage.completions import Completions, completions_of
from sitriage.decide import decide, urgency_range
from sitriage.errors import AnswerError, Fault
from sitriage.evidence import Evidence, read_answers
from sitriage.interview.expiry import aged
from sitriage.interview.policy import Asked, next_items
from sitriage.interview.question import Question, question_of
from sitriage.interview.state import Step, data_of, readable, steps_from
from sitriage.interview.stop import WhyStop, most_left, why_stop
from sitriage.model import Ruleset
from sitriage.notebook import Shown
from sitriage.questions import highest_rank
from sitriage.triage import load_rules
from sitriage.verdict import AnswerValue, Verdict
from sitriage.words import UNSURE, Urgency

__all__ = ["Interview", "Progress"]


class Progress(NamedTuple):
    """Screens answered or skipped, and how many more there are at least and at most."""

    answered: int
    at_least: int
    at_most: int


@attrs.frozen(init=False)
class Interview(Shown):
    """Question by question to a verdict, with the fewest questions and the most dangerous first.

    `answers` may be volunteered at the start, `at` their time. Every method returns a new interview.

    >>> interview = Interview({"age": 40})
    >>> len(interview.question.items), interview.question.reason
    (10, 'danger')
    >>> interview.answer({"chest_pain": True}).why_stop.code
    'emergency'
    """

    rules: Ruleset = attrs.field(repr=False)
    steps: tuple[Step, ...] = ()

    def __init__(
        self,
        answers: Mapping[str, AnswerValue] | tuple[()] = (),
        *,
        rules: Ruleset | None = None,
        at: datetime | None = None,
    ) -> None:
        """Raises AnswerError if an answer cannot be read, or if the time has no zone."""
        pack, steps = load_rules() if rules is None else rules, (Step(answers, at=at),) if answers else ()
        self.__attrs_init__(pack, steps)  # pyright: ignore[reportAttributeAccessIssue]
        _ = self._evidence  # what cannot be read is refused now

    def answer(self, answers: Mapping[str, AnswerValue], *, at: datetime | None = None) -> Self:
        """Returns the interview with more answers, asked for or not; a later answer replaces an earlier one.

        `at` says when, with a time zone. Raises AnswerError, with every fault at once, if an answer
        cannot be read; then nothing is lost or changed.
        """
        if not isinstance(answers, Mapping) or not answers:
            raise AnswerError([Fault("", "give a mapping of finding ids to answers, or call `skip`")])
        read_answers(answers, self.rules)
        return self._of((*self.steps, Step(answers, at=at)))

    def skip(self, *items: str) -> Self:
        """Returns the interview with these findings, or the whole question, left open: not asked again.

        Raises AnswerError for an unknown finding.
        """
        read_answers(dict.fromkeys(items, UNSURE), self.rules)
        left = items or (self._asked.items if self._asked else ())
        return self._of((*self.steps, Step({}, left))) if left else self

    def back(self) -> Self:
        """Returns the interview as it was before the last step; at the start, itself."""
        return self._of(self.steps[:-1])

    def to_dict(self) -> dict[str, Any]:
        """Returns plain data: the answers, when they were given, and the hash of the rules."""
        return data_of(self.steps, self.rules)

    @classmethod
    def from_dict(cls, data: object, *, rules: Ruleset | None = None) -> Self:
        """Returns the interview that `to_dict` wrote.

        Raises AnswerError if the data is anything else, or was written under other rules.
        """
        fresh = cls(rules=rules)
        return fresh._of(steps_from(data, fresh.rules))

    @classmethod
    def moved(cls, data: object, *, rules: Ruleset | None = None) -> tuple[Self, tuple[str, ...]]:
        """Returns an interview that was held under other rules, and what to ask again.

        Answers that these rules can read are kept, with their times; ids never change their meaning.
        """
        fresh = cls(rules=rules)
        steps = steps_from(data, fresh.rules, other_rules=True)
        moved = fresh._of(tuple(readable(steps, fresh.rules)))
        lost = {name for step in steps for name in (*step.answers, *step.skipped)} - moved.answers.keys()
        return moved, tuple(sorted(lost))

    def as_of(self, now: datetime) -> Self:
        """Returns the interview as it counts later: what has expired is asked again (evidence 6D).

        Raises AnswerError if `now` has no time zone.
        """
        if now.tzinfo is None:
            raise AnswerError([Fault("now", "a time needs its time zone")])
        return self._of(tuple(aged(self.steps, now, self.rules)))

    def _of(self, steps: tuple[Step, ...]) -> Self:
        other = object.__new__(type(self))
        other.__attrs_init__(self.rules, steps)  # pyright: ignore[reportAttributeAccessIssue]
        # what cannot be read is refused now
        _ = other._evidence
        return other

    @property
    def answers(self) -> Mapping[str, AnswerValue]:
        """All answers so far: `triage` of them gives the same verdict."""
        return {name: answer for step in self.steps for name, answer in step.answers.items()}

    @cached_property
    def _evidence(self) -> Evidence:
        return read_answers(self.answers, self.rules)

    @cached_property
    def _completions(self) -> Completions:
        return completions_of(self.rules, self._evidence)

    @property
    def _skipped(self) -> frozenset[str]:
        return frozenset(name for step in self.steps for name in step.skipped)

    @property
    def _again(self) -> frozenset[str]:
        """Findings whose answers contradict each other, as far as they were not asked again."""
        said = Counter(name for step in self.steps for name in (*step.answers, *step.skipped))
        doubted = {name for conflict in self._evidence.conflicts for name in conflict.findings}
        return frozenset(name for name in doubted if said[name] == 1)

    @cached_property
    def _asked(self) -> Asked | None:
        return next_items(self._completions, self._skipped, self._again)

    @property
    def question(self) -> Question | None:
        """What to ask next; None once nothing that may still be asked can change the verdict."""
        return question_of(self._asked, self.rules) if self._asked else None

    @property
    def done(self) -> bool:
        """Whether there is nothing left to ask."""
        return self._asked is None

    @cached_property
    def verdict(self) -> Verdict:
        """The verdict of the answers so far, at any time; provisional while answers are missing."""
        return decide(self.rules, self._evidence)

    @cached_property
    def urgency_range(self) -> tuple[Urgency, Urgency]:
        """The lowest and the highest urgency that the missing answers still allow."""
        known = self._completions
        low, high = urgency_range(known, known.lowest or 0, highest_rank(known))
        # the bounds see two exercises at risk where no answer takes them away together
        return low, low if self.why_stop and self.why_stop.code == "settled" else high

    @cached_property
    def why_stop(self) -> WhyStop | None:
        """Why nothing more is asked, with its proof; None while there is a question."""
        if self._asked:
            return None
        return why_stop(
            self._completions, next_items(self._completions, frozenset(), frozenset()) is not None
        )

    @property
    def progress(self) -> Progress:
        """How many screens were answered or skipped, and bounds for how many are left."""
        left = most_left(self._completions, self._skipped, self._again) if self._asked else 0
        return Progress(len(self.steps), int(left > 0), left)
