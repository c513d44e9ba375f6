"""Conditions over answers: any, all, not, at least n, ranges, choices, on the chain no..yes.

This file knows answers and nothing of pain, rules or urgency. `value` evaluates a condition;
`boxes` inverts it: the smallest restrictions of the answers that make it hold, or fail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import IntEnum
from functools import cached_property
from itertools import combinations
from types import MappingProxyType
from typing import Protocol

import attrs

from sitriage.words import Sealed

__all__ = [
    "MIRROR",
    "NOT_APPLICABLE",
    "NOT_ASKED",
    "Above",
    "All",
    "Answer",
    "Answers",
    "Any",
    "AtLeast",
    "Box",
    "Combination",
    "Condition",
    "Demand",
    "Domain",
    "Has",
    "Not",
    "OneOf",
    "Value",
    "Within",
    "boxes",
    "cause_of",
    "findings_in",
    "joint_boxes",
]


class Answer(Sealed, IntEnum):
    """The chain of a yes/no finding: no < not asked < unsure < yes (house of meaning, D-1)."""

    NO = 0
    NOT_ASKED = 1
    UNSURE = 2
    YES = 3


NOT_ASKED = "not_asked"
NOT_APPLICABLE = "not_applicable"

Value = Answer | int | str
"""What evidence holds: an `Answer` for yes/no; a number or word, or a state below, for the rest."""

Answers = Mapping[str, Value]
"""Findings with what evidence holds of them."""

Box = Mapping[str, tuple[Value, ...]]
"""Findings with the values they may still take; a finding that is absent is not restricted."""

Domain = Callable[[str], tuple[Value, ...]]

_STATE = MappingProxyType({"unsure": Answer.UNSURE, NOT_ASKED: Answer.NOT_ASKED, NOT_APPLICABLE: Answer.NO})
MIRROR = (Answer.YES, Answer.NOT_ASKED, Answer.UNSURE, Answer.NO)
"""What `not` makes of each answer, by its place on the chain."""


class Condition(Protocol):
    """Anything with a value on the chain."""

    def value(self, answers: Answers) -> Answer:
        """The condition's place on the chain, given a value for every finding."""
        ...


@attrs.frozen
class Has:
    """A yes/no finding."""

    finding: str

    @cached_property
    def findings(self) -> frozenset[str]:
        """The ids of the findings it reads."""
        return frozenset({self.finding})

    def value(self, answers: Answers) -> Answer:
        return answers[self.finding]  # type: ignore[return-value]


@attrs.frozen
class Within:
    """A number from `min` to `max`, both included."""

    finding: str
    min: int | None = None
    max: int | None = None

    @cached_property
    def findings(self) -> frozenset[str]:
        """The ids of the findings it reads."""
        return frozenset({self.finding})

    def value(self, answers: Answers) -> Answer:
        number = answers[self.finding]
        if isinstance(number, str):
            return _STATE[number]
        inside = (self.min is None or number >= self.min) and (self.max is None or number <= self.max)
        return Answer.YES if inside else Answer.NO


@attrs.frozen
class OneOf:
    """A choice that is one of the words."""

    finding: str
    words: tuple[str, ...]

    @cached_property
    def findings(self) -> frozenset[str]:
        """The ids of the findings it reads."""
        return frozenset({self.finding})

    def value(self, answers: Answers) -> Answer:
        word = answers[self.finding]
        if word in self.words:
            return Answer.YES
        return _STATE.get(word, Answer.NO)  # type: ignore[arg-type]


@attrs.frozen
class Above:
    """One number greater than another, both known; used for contradictions only."""

    finding: str
    other: str

    @cached_property
    def findings(self) -> frozenset[str]:
        """The ids of the findings it reads."""
        return frozenset({self.finding, self.other})

    def value(self, answers: Answers) -> Answer:
        number, other = answers[self.finding], answers[self.other]
        known = not isinstance(number, str) and not isinstance(other, str)
        return Answer.YES if known and number > other else Answer.NO  # type: ignore[operator]


@attrs.frozen
class Not:
    """The opposite. With `only_yes`, anything short of yes leaves it yes: only yes reassures."""

    item: Condition
    only_yes: bool = False

    @cached_property
    def findings(self) -> frozenset[str]:
        """The ids of the findings it reads."""
        return findings_in(self.item)

    def value(self, answers: Answers) -> Answer:
        inner = self.item.value(answers)
        if self.only_yes:
            return Answer.NO if inner is Answer.YES else Answer.YES
        return MIRROR[inner]


@attrs.frozen
class Any:
    """The highest of the items."""

    items: tuple[Condition, ...]

    @cached_property
    def findings(self) -> frozenset[str]:
        """The ids of the findings it reads."""
        return frozenset().union(*map(findings_in, self.items))

    def value(self, answers: Answers) -> Answer:
        return max([item.value(answers) for item in self.items])


@attrs.frozen
class All:
    """The lowest of the items."""

    items: tuple[Condition, ...]

    @cached_property
    def findings(self) -> frozenset[str]:
        """The ids of the findings it reads."""
        return frozenset().union(*map(findings_in, self.items))

    def value(self, answers: Answers) -> Answer:
        return min([item.value(answers) for item in self.items])


@attrs.frozen
class AtLeast:
    """The n-th highest of the items. Counted criteria do not count an unsure answer (D-1)."""

    count: int
    items: tuple[Condition, ...]
    unsure_counts: bool = True

    @cached_property
    def findings(self) -> frozenset[str]:
        """The ids of the findings it reads."""
        return frozenset().union(*map(findings_in, self.items))

    def value(self, answers: Answers) -> Answer:
        values = [item.value(answers) for item in self.items]
        if not self.unsure_counts:
            values = [Answer.NO if each is Answer.UNSURE else each for each in values]
        return sorted(values, reverse=True)[self.count - 1]


Combination = tuple[tuple[Condition, Answer], ...]
"""Conditions that together reach these answers."""

Demand = tuple[Condition, Answer, bool]
"""A condition that must reach an answer (True), or must not (False)."""


def findings_in(condition: Condition) -> frozenset[str]:
    """The ids of the findings a condition reads."""
    # worked out once for each condition: a search asks again and again
    if isinstance(condition, Has | Within | OneOf | Above | Not | Any | All | AtLeast):
        return condition.findings
    raise TypeError("not a condition")


def cause_of(condition: Condition, answers: Answers) -> frozenset[str]:
    """Findings that alone keep the condition at least where it is: agree on them and it stays."""
    goal = condition.value(answers)
    match condition:
        case Any(items):
            return cause_of(max(items, key=lambda item: item.value(answers)), answers)
        case All(items):
            return frozenset().union(*(cause_of(item, answers) for item in items))
        case AtLeast(count=count, items=items):
            holding = [item for item in items if item.value(answers) >= goal]
            return frozenset().union(*(cause_of(item, answers) for item in holding[:count]))
        case _:
            return findings_in(condition)


def boxes(condition: Condition, goal: Answer, holds: bool, domain: Domain) -> Iterator[Box]:
    """Yields the least restrictions of `domain` under which the condition reaches `goal`, or fails to.

    Every complete set of answers from `domain` with (value >= goal) == holds lies in one of the
    boxes, and every set of answers inside a box has it. `goal` is unsure or yes; the domain holds
    only answers that were given (never *not asked*).
    """
    match condition:
        case Has(finding) | Within(finding) | OneOf(finding):
            allowed = domain(finding)
            kept = tuple(v for v in allowed if (condition.value({finding: v}) >= goal) == holds)
            if kept:
                yield {} if len(kept) == len(allowed) else {finding: kept}
        case Above():
            yield from _pairs(condition, holds, domain)
        case Not(item, only_yes):
            turned = Answer.YES if only_yes or goal is Answer.UNSURE else Answer.UNSURE
            yield from boxes(item, turned, not holds, domain)
        case Any(items):
            yield from _some(items, 1, goal, holds, domain)
        case All(items):
            yield from _some(items, len(items), goal, holds, domain)
        case AtLeast(count, items, unsure_counts):
            yield from _some(items, count, goal if unsure_counts else Answer.YES, holds, domain)
        case _:
            raise TypeError("not a condition")


def _some(
    items: tuple[Condition, ...], count: int, goal: Answer, holds: bool, domain: Domain
) -> Iterator[Box]:
    """At least `count` items reach the goal; or (not `holds`) so many fail that fewer do."""
    needed = count if holds else len(items) - count + 1
    free, open_items = 0, []
    for item in items:
        first = next(boxes(item, goal, holds, domain), None)
        if first == {}:
            free += 1
        elif first is not None:
            open_items.append(item)
    for chosen in combinations(open_items, max(0, needed - free)):
        yield from joint_boxes([(item, goal, holds) for item in chosen], domain)


def joint_boxes(demands: Sequence[Demand], domain: Domain) -> Iterator[Box]:
    """Yields boxes under which every demand (condition, goal, holds) is met together."""
    if not demands:
        yield {}
        return
    (condition, goal, holds), *others = demands
    for box in boxes(condition, goal, holds, domain):
        for rest in joint_boxes(others, lambda f, box=box: box.get(f) or domain(f)):  # type: ignore[misc]
            yield {**box, **rest}


def _pairs(condition: Above, holds: bool, domain: Domain) -> Iterator[Box]:
    for other in domain(condition.other):
        kept = tuple(
            v
            for v in domain(condition.finding)
            if (condition.value({condition.finding: v, condition.other: other}) is Answer.YES) == holds
        )
        if kept:
            yield {condition.other: (other,), condition.finding: kept}
