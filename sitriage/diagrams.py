"""Decision diagrams: conditions as functions in a store, so that laws can be computed.

A function maps complete answers to a whole number (a place on the chain, a rank, a rung). Equal functions
are the same reference, whatever rules they were written as; counts are exact integers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise, starmap

import attrs

from sitriage.conditions import (
    MIRROR,
    NOT_ASKED,
    Above,
    All,
    Answer,
    Answers,
    Any,
    AtLeast,
    Condition,
    Has,
    Not,
    OneOf,
    Value,
    Within,
)
from sitriage.store import Ref, Store, number_of
from sitriage.words import UNSURE

__all__ = ["Diagrams", "Ref"]

MISSING = 1000
"""What it costs to call on somebody who was not asked: people who answered are easier to judge.

An answer away from the first costs 1, an unsure one 2.
"""

Prices = tuple[tuple[int, ...], ...]

_ONLY_YES = (Answer.YES, Answer.YES, Answer.YES, Answer.NO)
_NO_UNSURE = (Answer.NO, Answer.NOT_ASKED, Answer.NO, Answer.YES)


@attrs.define
class Diagrams(Store):
    """A store that knows conditions, and answers what holds of a function and who reaches a number."""

    _prices: Prices = attrs.field(init=False)
    _below: dict[tuple[Ref, Ref], bool] = attrs.field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        self._prices = tuple(tuple(starmap(_price, enumerate(self.domains[name]))) for name in self.order)

    def of(self, condition: Condition) -> Ref:
        """Returns the place of a condition on the chain."""
        match condition:
            case Has(finding) | Within(finding) | OneOf(finding):
                return self.read(finding, [condition.value({finding: v}) for v in self.domains[finding]])
            case Above(finding, other):
                return self._above(condition, finding, other)
            case Not(item, only_yes):
                turned = _ONLY_YES if only_yes else MIRROR
                return self.mapped(self.of(item), lambda answer: turned[answer])
            case Any(items):
                return self.highest(map(self.of, items))
            case All(items):
                return self.lowest(map(self.of, items))
            case AtLeast(count, items, unsure_counts):
                refs = [self.of(item) for item in items]
                if not unsure_counts:
                    refs = [self.mapped(ref, lambda answer: _NO_UNSURE[answer]) for ref in refs]
                return self._nth_highest(count, refs)
        raise TypeError("not a condition")

    def _above(self, condition: Above, finding: str, other: str) -> Ref:
        parts = []
        for value in self.domains[other]:
            chosen = self.read(other, [3 * (each == value) for each in self.domains[other]])
            values = [condition.value({finding: v, other: value}) for v in self.domains[finding]]
            parts.append(self.lowest([chosen, self.read(finding, values)]))
        return self.highest(parts)

    def _nth_highest(self, count: int, refs: Sequence[Ref]) -> Ref:
        # row[n]: the n-th highest so far
        row = [self.constant(Answer.YES)] + [self.constant(0)] * count
        for ref in refs:
            row[1:] = [self.highest([kept, self.lowest([higher, ref])]) for higher, kept in pairwise(row)]
        return row[count]

    def numbers(self, ref: Ref) -> frozenset[int]:
        """Returns every number that somebody reaches."""
        return frozenset(number_of(each) for each in self._reachable(ref) if each < 0)

    def findings(self, ref: Ref) -> frozenset[str]:
        """Returns the findings that the function truly depends on."""
        return frozenset(self.order[self._nodes[each][0]] for each in self._reachable(ref) if each >= 0)

    def size(self, ref: Ref) -> int:
        """Returns the number of nodes."""
        return sum(each >= 0 for each in self._reachable(ref))

    def counts(self, ref: Ref, over: Sequence[str] | None = None) -> dict[int, int]:
        """Returns how many complete answers reach each number: of all findings, or of those named."""
        named = set(self.order if over is None else over)
        # together[n]: how many ways there are to answer the first n questions
        together = [1]
        for finding in self.order:
            together.append(together[-1] * (len(self.domains[finding]) if finding in named else 1))
        done: dict[Ref, dict[int, int]] = {}

        def below(at: Ref, start: int) -> dict[int, int]:
            end = len(self.order) if at < 0 else self._nodes[at][0]
            skipped = together[end] // together[start]
            inner = {number_of(at): 1} if at < 0 else walk(at)
            return {number: many * skipped for number, many in inner.items()}

        def walk(at: Ref) -> dict[int, int]:
            if at not in done:
                place, ends = self._nodes[at]
                total: dict[int, int] = {}
                for each in ends:
                    for number, many in below(each, place + 1).items():
                        total[number] = total.get(number, 0) + many
                done[at] = total
            return done[at]

        return below(ref, 0)

    def people(self) -> int:
        """Returns how many complete answers there are."""
        return sum(self.counts(self.constant(0)).values())

    def number(self, ref: Ref, answers: Answers) -> int:
        """Returns the number that these answers reach; a finding left out has its first value."""
        while ref >= 0:
            place, ends = self._nodes[ref]
            name = self.order[place]
            ref = ends[self.domains[name].index(answers[name]) if name in answers else 0]
        return number_of(ref)

    def never_above(self, first: Ref, second: Ref) -> bool:
        """Whether the first function is at most the second, for everybody."""
        if first == second:
            return True
        if first < 0 and second < 0:
            return number_of(first) <= number_of(second)
        key = (first, second)
        if key not in self._below:
            _, (left, right) = self._split(key)
            fine = True
            for one, other in zip(left, right, strict=True):
                if not self.never_above(one, other):
                    fine = False
                    break
            self._below[key] = fine
        return self._below[key]

    def calmest(self, ref: Ref, wanted: Callable[[int], bool]) -> dict[str, Value] | None:
        """Returns the fewest answers away from the first of their domains that reach a wanted number.

        Whoever gives these answers, and the first value for all other findings, reaches it; None: nobody.
        """
        return self._nearest(ref, wanted, self._prices)

    def nearest(self, ref: Ref, wanted: Callable[[int], bool], person: Answers) -> dict[str, Value] | None:
        """Returns the fewest answers by which somebody with these would reach a wanted number."""
        prices = tuple(
            tuple(
                0 if value == person[name] else max(1, price)
                for value, price in zip(self.domains[name], row, strict=True)
            )
            for name, row in zip(self.order, self._prices, strict=True)
        )
        return self._nearest(ref, wanted, prices)

    def _nearest(self, ref: Ref, wanted: Callable[[int], bool], prices: Prices) -> dict[str, Value] | None:
        best: dict[Ref, int] = {}
        endless = MISSING * (len(self.order) + 1)

        def cost(at: Ref) -> int:
            if at < 0:
                return 0 if wanted(number_of(at)) else endless
            if at not in best:
                place, ends = self._nodes[at]
                best[at] = min(cost(end) + price for end, price in zip(ends, prices[place], strict=True))
            return best[at]

        if cost(ref) >= endless:
            return None
        found: dict[str, Value] = {}
        at = ref
        while at >= 0:
            place, ends = self._nodes[at]
            row = prices[place]
            index = min(range(len(ends)), key=lambda each: cost(ends[each]) + row[each])
            if row[index]:
                found[self.order[place]] = self.domains[self.order[place]][index]
            at = ends[index]
        return found

    def reads(self, ref: Ref) -> Iterator[tuple[Ref, str]]:
        """Yields every node with the finding it reads, the first read first."""
        nodes = (each for each in self._reachable(ref) if each >= 0)
        for at in sorted(nodes, key=lambda each: self._nodes[each][0]):
            yield at, self.order[self._nodes[at][0]]

    def end(self, node: Ref, index: int) -> Ref:
        """Returns where a node leads for the value at a place of its domain."""
        return self._nodes[node][1][index]

    def way_to(self, ref: Ref, node: Ref) -> dict[str, Value]:
        """Returns the fewest answers away from the first of their domains that lead to a node."""
        costs: dict[Ref, tuple[int, dict[str, Value]]] = {ref: (0, {})}
        for at, name in self.reads(ref):
            spent, so_far = costs[at]
            if at == node:
                return so_far
            place, ends = self._nodes[at]
            for index, each in enumerate(ends):
                price = spent + self._prices[place][index]
                if each not in costs or price < costs[each][0]:
                    costs[each] = (price, so_far | ({name: self.domains[name][index]} if index else {}))
        raise KeyError("the node is not part of the function")

    def _reachable(self, ref: Ref) -> set[Ref]:
        seen, todo = {ref}, [ref]
        while todo:
            at = todo.pop()
            if at >= 0:
                new = set(self._nodes[at][1]) - seen
                seen |= new
                todo += new
        return seen


def _price(index: int, value: Value) -> int:
    # by identity: the number 1 equals Answer.NOT_ASKED
    missing = value is Answer.NOT_ASKED or value == NOT_ASKED
    if not index:
        return 0
    doubt = value is Answer.UNSURE or value == UNSURE
    return MISSING if missing else 1 + doubt
