"""Read-traces: what real code answers on every path through the findings that it reads.

The code runs on a mapping that notes each first reading and answers with a state of that finding. Run again
and again with the next choice, it is taken through all that it can tell apart, and through nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from math import prod
from typing import Any, TypeVar

import attrs

from sitriage.conditions import Answer, Condition, findings_in
from sitriage.diagrams import Diagrams, Ref

Result = TypeVar("Result")
States = Mapping[str, tuple[Any, ...]]


class Trace(Mapping[str, Any]):
    """Answers that are chosen when they are first read."""

    def __init__(self, states: States, choices: list[int]):
        self.states, self.choices, self.read = states, choices, dict[str, Any]()

    def __getitem__(self, name: str) -> Any:
        if name not in self.read:
            place = len(self.read)
            if place == len(self.choices):
                self.choices.append(0)
            self.read[name] = self.states[name][self.choices[place]]
        return self.read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.states)

    def __len__(self) -> int:
        return len(self.states)


def paths(
    run: Callable[[Mapping[str, Any]], Result], states: States
) -> Iterator[tuple[dict[str, Any], Result]]:
    """Yields what was read and what came out, for every path."""
    choices: list[int] = []
    while True:
        trace = Trace(states, choices)
        result = run(trace)
        yield trace.read, result
        names = list(trace.read)
        while choices and choices[-1] == len(states[names[len(choices) - 1]]) - 1:
            choices.pop()
        if not choices:
            return
        choices[-1] += 1


def many(condition: Condition, states: States) -> int:
    """Returns how many paths there are through a condition, which reads all of its findings."""
    return prod(len(states[name]) for name in findings_in(condition))


def boxes(store: Diagrams, ref: Ref) -> Iterator[tuple[dict[str, Any], int]]:
    """Yields each way through a diagram, with the number it leads to; what it does not name is free."""
    todo: list[tuple[Ref, dict[str, Any]]] = [(ref, {})]
    names = dict(store.reads(ref))
    while todo:
        at, so_far = todo.pop()
        if at not in names:
            yield so_far, store.number(at, {})
            continue
        for index, value in enumerate(store.domains[names[at]]):
            todo.append((store.end(at, index), so_far | {names[at]: value}))


@attrs.frozen
class Given:
    """A condition that stands for another one: its answer is read as if it were a finding."""

    name: str

    def value(self, answers: Mapping[str, Any]) -> Answer:
        return answers[self.name]
