"""Functions of complete answers as graphs that read each finding once, and how they combine.

A function maps answers to a whole number. Equal functions are the same reference, however they were made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import attrs

from sitriage.conditions import Value

__all__ = ["Ref", "Store", "number_of"]

Ref = int
"""A function in a store: a node from 0 up, or the number n as -1 - n."""

_ZERO: Ref = -1


def number_of(ref: Ref) -> int:
    """Returns the number that a reference below 0 stands for."""
    return -1 - ref


@attrs.define
class Store:
    """A store of functions over the same findings, read in one order; `domains` lists their values."""

    order: tuple[str, ...]
    domains: Mapping[str, tuple[Value, ...]]
    _place: dict[str, int] = attrs.field(init=False)
    _nodes: list[tuple[int, tuple[Ref, ...]]] = attrs.field(factory=list, init=False)
    _known: dict[tuple[int, tuple[Ref, ...]], Ref] = attrs.field(factory=dict, init=False)
    _done: dict[tuple[object, ...], Ref] = attrs.field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        self._place = {name: place for place, name in enumerate(self.order)}

    def constant(self, number: int) -> Ref:
        """Returns the function that is this number, at least 0, for everybody."""
        return -1 - number

    def read(self, finding: str, numbers: Sequence[int]) -> Ref:
        """Returns the function that maps each value of a finding, in the order of its domain, to a number."""
        return self._node(self._place[finding], tuple(-1 - each for each in numbers))

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

    def above(self, first: Ref, second: Ref) -> Ref:
        """Returns 1 for those for whom the first function is more than the second, 0 for others."""
        return self._joined(_greater, first, second)

    def differing(self, first: Ref, second: Ref) -> Ref:
        """Returns 1 for those for whom two functions differ, 0 for others."""
        return self._joined(_other, first, second)

    def chosen(self, test: Ref, when: Ref, otherwise: Ref) -> Ref:
        """Returns `when` where `test` is not 0, else `otherwise`."""
        if test < 0 or when == otherwise:
            return otherwise if test == _ZERO else when
        key = (test, when, otherwise)
        found = self._done.get(key)
        if found is None:
            place, split = self._split(key)
            ends = [self.chosen(*each) for each in zip(*split, strict=True)]
            found = self._done[key] = self._node(place, tuple(ends))
        return found

    def mapped(self, ref: Ref, change: Callable[[int], int]) -> Ref:
        """Returns a function with every number changed."""
        done: dict[Ref, Ref] = {}

        def walk(at: Ref) -> Ref:
            if at < 0:
                return -1 - change(number_of(at))
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

    def _split(self, refs: Sequence[Ref]) -> tuple[int, list[tuple[Ref, ...]]]:
        """The place of the first finding that any function reads, and where each leads for its values."""
        place = min(self._nodes[each][0] for each in refs if each >= 0)
        many = len(self.domains[self.order[place]])
        return place, [
            self._nodes[each][1] if each >= 0 and self._nodes[each][0] == place else (each,) * many
            for each in refs
        ]

    def _joined(self, join: Callable[[int, int], int], first: Ref, second: Ref) -> Ref:
        if first < 0 and second < 0:
            return -1 - join(number_of(first), number_of(second))
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


def _other(first: int, second: int) -> int:
    return int(first != second)


def _greater(first: int, second: int) -> int:
    return int(first > second)
