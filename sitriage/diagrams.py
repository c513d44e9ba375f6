"""Decision diagrams: conditions as graphs that read each finding once, so that laws can be computed.

A function maps complete answers to a whole number (a place on the chain, a rank, a rung). Equal functions
are the same reference, whatever rules they were written as; counts are exact integers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

import attrs

from sitriage.conditions import (
    MIRROR,
    NOT_ASKED,
    Above,
    All,
    Answer,
    Any,
    AtLeast,
    Condition,
    Has,
    Not,
    OneOf,
    Value,
    Within,
)
from sitriage.words import UNSURE

__all__ = ["Diagrams", "Ref"]

Ref = int
"""A function in a store: a node from 0 up, or the number n as -1 - n."""

Answers = Mapping[str, Value]

Prices = tuple[tuple[int, ...], ...]

_ZERO: Ref = -1

MISSING = 1000
"""What it costs to call on somebody who was not asked: people who answered are easier to judge.

An answer away from the first costs 1, an unsure one 2.
"""


def _number(ref: Ref) -> int:
    return -1 - ref


@attrs.define
class Diagrams:
    """A store of functions over the same findings, read in one order; `domains` lists their values."""

    order: tuple[str, ...]
    domains: Mapping[str, tuple[Value, ...]]
    _place: dict[str, int] = attrs.field(init=False)
    _prices: tuple[tuple[int, ...], ...] = attrs.field(init=False)
    _nodes: list[tuple[int, tuple[Ref, ...]]] = attrs.field(factory=list, init=False)
    _known: dict[tuple[int, tuple[Ref, ...]], Ref] = attrs.field(factory=dict, init=False)
    _done: dict[tuple[object, ...], Ref] = attrs.field(factory=dict, init=False)
    _below: dict[tuple[Ref, Ref], bool] = attrs.field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        self._place = {name: place for place, name in enumerate(self.order)}
        self._prices = tuple(tuple(map(_price, range(999), self.domains[name])) for name in self.order)

    def constant(self, number: int) -> Ref:
        """Returns the function that is this number, at least 0, for everybody."""
        return -1 - number

    def read(self, finding: str, numbers: Sequence[int]) -> Ref:
        """Returns the function that maps each value of a finding, in the order of its domain, to a number."""
        return self._node(self._place[finding], tuple(-1 - each for each in numbers))

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

    def highest(self, refs: Sequence[Ref] | Iterator[Ref]) -> Ref:
        """Returns the greatest of some functions, 0 for none."""
        found = self.constant(0)
        for ref in refs:
            found = self._joined(max, found, ref)
        return found

    def lowest(self, refs: Sequence[Ref] | Iterator[Ref]) -> Ref:
        """Returns the least of one or more functions."""
        found, *others = refs
        for ref in others:
            found = self._joined(min, found, ref)
        return found

    def chosen(self, test: Ref, when: Ref, otherwise: Ref) -> Ref:
        """Returns `when` where `test` is not 0, else `otherwise`."""
        if test < 0 or when == otherwise:
            return otherwise if test == _ZERO else when
        key = (test, when, otherwise)
        found = self._done.get(key)
        if found is None:
            known = [self._nodes[each][0] for each in key if each >= 0]
            place = min(known)
            tests, whens, others = (self._ends(each, place) for each in key)
            ends = [self.chosen(*each) for each in zip(tests, whens, others, strict=True)]
            found = self._done[key] = self._node(place, tuple(ends))
        return found

    def mapped(self, ref: Ref, change: Callable[[int], int]) -> Ref:
        """Returns a function with every number changed."""
        done: dict[Ref, Ref] = {}

        def walk(at: Ref) -> Ref:
            if at < 0:
                return -1 - change(_number(at))
            if at not in done:
                place, ends = self._nodes[at]
                done[at] = self._node(place, tuple([walk(end) for end in ends]))
            return done[at]

        return walk(ref)

    def scaled(self, test: Ref, number: int) -> Ref:
        """Returns a number for those for whom a function is not 0, else 0."""
        return self.mapped(test, lambda holds: number if holds else 0)

    def turned(self, ref: Ref, finding: str, swap: Mapping[Value, Value]) -> Ref:
        """Returns the function of people whose answer to one finding is swapped."""
        place, values = self._place[finding], self.domains[finding]
        places = [values.index(swap.get(value, value)) for value in values]
        done: dict[Ref, Ref] = {}

        def walk(at: Ref) -> Ref:
            if at < 0 or self._nodes[at][0] > place:
                return at
            if at not in done:
                here, ends = self._nodes[at]
                kept = [ends[each] for each in places] if here == place else [walk(end) for end in ends]
                done[at] = self._node(here, tuple(kept))
            return done[at]

        return walk(ref)

    def numbers(self, ref: Ref) -> frozenset[int]:
        """Returns every number that somebody reaches."""
        return frozenset(_number(each) for each in self._reachable(ref) if each < 0)

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
            inner = {_number(at): 1} if at < 0 else walk(at)
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
                return 0 if wanted(_number(at)) else endless
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

    def number(self, ref: Ref, answers: Answers) -> int:
        """Returns the number that these answers reach; a finding left out has its first value."""
        while ref >= 0:
            place, ends = self._nodes[ref]
            values = self.domains[self.order[place]]
            name = self.order[place]
            ref = ends[values.index(answers[name]) if name in answers else 0]
        return _number(ref)

    def never_above(self, first: Ref, second: Ref) -> bool:
        """Whether the first function is at most the second, for everybody."""
        if first == second:
            return True
        if first < 0 and second < 0:
            return _number(first) <= _number(second)
        key = (first, second)
        if key not in self._below:
            place = min(self._nodes[each][0] for each in key if each >= 0)
            left, right = self._ends(first, place), self._ends(second, place)
            fine = True
            for one, other in zip(left, right, strict=True):
                if not self.never_above(one, other):
                    fine = False
                    break
            self._below[key] = fine
        return self._below[key]

    def above(self, first: Ref, second: Ref) -> Ref:
        """Returns 1 for those for whom the first function is more than the second, 0 for others."""
        return self._joined(_greater, first, second)

    def differing(self, first: Ref, second: Ref) -> Ref:
        """Returns 1 for those for whom two functions differ, 0 for others."""
        return self._joined(_other, first, second)

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

    def _node(self, place: int, ends: tuple[Ref, ...]) -> Ref:
        first = ends[0]
        if ends.count(first) == len(ends):
            return first
        key = (place, ends)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = len(self._nodes)
            self._nodes.append(key)
        return found

    def _ends(self, ref: Ref, place: int) -> tuple[Ref, ...]:
        """Where a function leads for each value of the finding at a place, which it may not read."""
        if ref >= 0 and self._nodes[ref][0] == place:
            return self._nodes[ref][1]
        return (ref,) * len(self.domains[self.order[place]])

    def _joined(self, join: Callable[[int, int], int], first: Ref, second: Ref) -> Ref:
        if first < 0 and second < 0:
            return -1 - join(_number(first), _number(second))
        if first == second:
            return first if join in (max, min) else _ZERO
        if join is min and _ZERO in (first, second):
            return _ZERO
        if join is max and _ZERO in (first, second):
            return first if second == _ZERO else second
        if join is _greater:
            if first == _ZERO:
                return _ZERO
        elif first > second:
            first, second = second, first
        key = (join, first, second)
        found = self._done.get(key)
        if found is None:
            found = self._done[key] = self._node(*self._both(join, first, second))
        return found

    def _both(self, join: Callable[[int, int], int], first: Ref, second: Ref) -> tuple[int, tuple[Ref, ...]]:
        """Joins where each leads, for every value of the finding that is read first."""
        far = len(self.order)
        here, left = self._nodes[first] if first >= 0 else (far, ())
        there, right = self._nodes[second] if second >= 0 else (far, ())
        joined = self._joined
        # written out three times: all of the time of a proof is spent here
        if here == there:
            return here, tuple([joined(join, one, other) for one, other in zip(left, right, strict=True)])
        if here < there:
            return here, tuple([joined(join, one, second) for one in left])
        return there, tuple([joined(join, first, other) for other in right])

    def _nth_highest(self, count: int, refs: Sequence[Ref]) -> Ref:
        # row[n]: the n-th highest so far
        row = [self.constant(Answer.YES)] + [self.constant(0)] * count
        for ref in refs:
            row[1:] = [self.highest([kept, self.lowest([higher, ref])]) for higher, kept in pairwise(row)]
        return row[count]

    def _above(self, condition: Above, finding: str, other: str) -> Ref:
        parts = []
        for value in self.domains[other]:
            chosen = self.read(other, [3 * (each == value) for each in self.domains[other]])
            values = [condition.value({finding: v, other: value}) for v in self.domains[finding]]
            parts.append(self.lowest([chosen, self.read(finding, values)]))
        return self.highest(parts)

    def _reachable(self, ref: Ref) -> set[Ref]:
        seen, todo = {ref}, [ref]
        while todo:
            at = todo.pop()
            if at >= 0:
                new = set(self._nodes[at][1]) - seen
                seen |= new
                todo += new
        return seen


_ONLY_YES = (Answer.YES, Answer.YES, Answer.YES, Answer.NO)
_NO_UNSURE = (Answer.NO, Answer.NOT_ASKED, Answer.NO, Answer.YES)


def _price(index: int, value: Value) -> int:
    # by identity: the number 1 equals Answer.NOT_ASKED
    missing = value is Answer.NOT_ASKED or value == NOT_ASKED
    if not index:
        return 0
    doubt = value is Answer.UNSURE or value == UNSURE
    return MISSING if missing else 1 + doubt


def _other(first: int, second: int) -> int:
    return int(first != second)


def _greater(first: int, second: int) -> int:
    return int(first > second)
