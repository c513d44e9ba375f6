"""Reasons are enough and none too many: what a level or a node of the tree cites, against its diagram.

P20: whoever agrees with somebody on the findings cited reaches at least as much. P21: without any one of
them that is no longer so. Conditions of up to `MOST` states are asked in each of them, larger ones at random.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from random import Random
from typing import Any

import pytest

from sitriage.conditions import Answer, Condition, cause_of, findings_in
from sitriage.prove.space import Space, space_of
from sitriage.ranges import least_cause
from tests.second.traces import many

# once is enough: it is about the rules and the engine, not about how they are installed
pytestmark = pytest.mark.checkout

MOST, SAMPLES = 3_000, 1_000


@pytest.fixture(scope="module")
def space(rules) -> Space:
    return space_of(rules)


def people(space: Space, condition: Condition) -> Iterator[dict[str, Any]]:
    names = sorted(findings_in(condition))
    states = [space.store.domains[name] for name in names]
    if many(condition, space.store.domains) <= MOST:
        yield from (dict(zip(names, values, strict=True)) for values in product(*states))
        return
    random = Random(str(names))
    for _ in range(SAMPLES):
        calm = random.random()
        values = [each[0] if random.random() < calm else random.choice(each) for each in states]
        yield dict(zip(names, values, strict=True))


def faults(space: Space, condition: Condition, causes: Any) -> tuple[int, list[tuple[Any, ...]]]:
    """How many people were asked, and those whose cause is too little or holds a finding too many."""
    ref = space.store.of(condition)

    @cache
    def least(known: frozenset[tuple[str, Any]]) -> int:
        fixed = ref
        for name, value in known:
            fixed = space.fixed(fixed, name, value)
        return min(space.store.numbers(fixed))

    asked, found = 0, []
    for person in people(space, condition):
        goal = condition.value(person)
        if goal < Answer.UNSURE:
            continue
        asked += 1
        cause = causes(condition, person)
        known = frozenset((name, person[name]) for name in cause)
        spared = [each for each in known if least(known - {each}) >= goal]
        if least(known) < goal or spared:
            found.append((person, cause, spared))
    return asked, found


def conditions(space: Space) -> dict[str, Condition]:
    levels = {level.id: level.when for _, level in space.levels}
    return levels | {node.id: node.when for node in space.rules.pattern}


def test_each_reason_is_enough_and_none_of_it_can_be_spared(space):
    def causes(condition: Condition, person: Mapping[str, Any]) -> frozenset[str]:
        return least_cause(condition, person, space.rules.domains)

    asked = 0
    for name, condition in conditions(space).items():
        many_asked, found = faults(space, condition, causes)
        assert not found, (name, found[0])
        asked += many_asked
    assert asked > 15_000


def test_a_reason_that_holds_too_much_or_too_little_is_found(space):
    spared = conditions(space)["stress_fracture:soon"]
    assert faults(space, spared, cause_of)[1]
    assert faults(space, spared, lambda condition, person: frozenset())[1]
