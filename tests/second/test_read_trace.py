"""Read-traces of the real code against the diagrams: every condition, the pattern tree, and each ladder.

What is exact and what is not is stated in figures, so that nobody takes a sample for a proof: conditions of
up to `MOST` paths and the tree on every path, larger ones at the ends of every box of their diagram or, where
there are too many boxes too, at random; ladders at every pair of answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from random import Random
from typing import Any

import attrs
import pytest

from sitriage import limits as ladders
from sitriage.conditions import Answer, AtLeast, Condition, Has, OneOf, findings_in
from sitriage.conditions import Any as Any_
from sitriage.limits import limits
from sitriage.placed import conditions_of
from sitriage.programme import branch, walk
from sitriage.prove.space import Space, space_of
from tests.second.traces import Given, boxes, many, paths

# once is enough: it is about the rules and the engine, not about how they are installed
pytestmark = pytest.mark.checkout

MOST = 70_000
"""More paths or boxes than this are not walked one by one."""
SAMPLES = 3_000
ABLE = {
    "can_plank": Answer.YES, "bridge_easy": Answer.YES, "has_swiss_ball": Answer.YES, "age": 40,
    "walks_20_minutes": Answer.YES, "has_resistance_band": Answer.YES, "pain_side": "left",
    "weeks_of_exercise": 4, "duration_days": 42, "postnatal_check_done": Answer.YES,
}  # fmt: skip
"""Somebody who may have the hardest form of everything, where nothing else is the matter."""


@pytest.fixture(scope="module")
def space(rules) -> Space:
    return space_of(rules)


@pytest.fixture(scope="module")
def conditions(rules) -> dict[Condition, str]:
    """Every condition once; a definition is traced in what reads it, and no engine reads a promise."""
    found: dict[Condition, str] = {}
    for placed in conditions_of(rules):
        if not placed.file.startswith(("definitions/", "promises/")):
            found.setdefault(placed.condition, placed.file)
    return found


def test_each_condition_answers_as_its_diagram_on_every_path(space, conditions):
    store, states, traced = space.store, 0, 0
    for condition, file in conditions.items():
        if many(condition, store.domains) > MOST:
            continue
        ref = store.of(condition)
        for answers, value in paths(condition.value, store.domains):
            states += 1
            assert store.number(ref, answers) == value, (file, answers)
        traced += 1
    assert traced > 0.85 * len(conditions)
    assert states > 300_000


def test_each_large_condition_answers_as_its_diagram_in_every_box_or_at_random(space, conditions):
    store, by_boxes, by_chance, states = space.store, 0, [], 0
    for condition, file in conditions.items():
        if many(condition, store.domains) <= MOST:
            continue
        ref, random = store.of(condition), Random(file)
        names = sorted(findings_in(condition))
        ends = [{name: store.domains[name][at] for name in names} for at in (0, -1)]
        cut = _first(boxes(store, ref))
        if cut is None:
            by_chance.append(file)
            people = (_anybody(names, store.domains, random) for _ in range(SAMPLES))
        else:
            by_boxes += 1
            people = (end | box for box in cut for end in (*ends, _anybody(names, store.domains, random)))
        for answers in people:
            states += 1
            assert store.number(ref, answers) == condition.value(answers), (file, answers)
    # by chance: the widest counts, and what reads every nerve finding or cauda equina sign
    assert by_boxes > 10
    assert len(by_chance) < 20, by_chance
    assert states > 400_000


def _first(found: Any) -> list[dict[str, Any]] | None:
    """The boxes, or nothing where they are too many."""
    kept = [box for box, _ in zip((box for box, _ in found), range(MOST + 1), strict=False)]
    return kept if len(kept) <= MOST else None


def _anybody(names: list[str], states: Any, random: Random) -> dict[str, Any]:
    # mostly calm, since a wide *any* is a yes for nearly everybody else
    calm = random.random()
    return {
        name: states[name][0] if random.random() < calm else random.choice(states[name]) for name in names
    }


def test_the_tree_leads_where_its_diagram_leads_on_every_path(rules, space):
    """On every path of answers that the nodes can give, all people who give them reach that leaf."""
    store, ends = space.store, space.leaves
    whens = {node.id: store.of(node.when) for node in rules.pattern}
    asked = attrs.evolve(
        rules, pattern=tuple(attrs.evolve(each, when=Given(each.id)) for each in rules.pattern)
    )
    people = traced = 0
    for answers, path in paths(lambda answers: walk(asked, answers), dict.fromkeys(whens, tuple(Answer))):
        these = [
            store.mapped(whens[name], lambda at, value=value: int(at == value))
            for name, value in answers.items()
        ]
        here = store.lowest(these)
        # those who answer the nodes so, and do not come to that leaf: nobody
        assert store.numbers(store.above(here, ends[path[-1]])) == {0}, path
        people += store.counts(here).get(1, 0)
        traced += 1
    assert people == store.people()
    assert traced > 1_000


def test_the_branch_for_unsure_is_the_one_that_the_node_names(rules):
    for node in rules.pattern:
        turns = [branch(node, answer) for answer in Answer]
        doubt = node.yes if node.unsure == "yes" else node.otherwise
        assert turns == [node.otherwise, doubt, doubt, node.yes]


def test_each_ladder_ends_where_its_diagram_ends_for_every_pair_of_answers(rules, space):
    states = 0
    for name in rules.exercises:
        for answers, place in _ladder(space, name):
            states += 1
            assert space.store.number(space.rungs[name], answers) == place, (name, answers)
    assert states > 50_000


def _ladder(space: Space, name: str) -> Iterator[tuple[dict[str, Any], int]]:
    """What the real code says of somebody whom nothing limits, any two answers changed; and of others."""
    store, exercise = space.store, space.rules.exercises[name]
    calm = {finding: values[0] for finding, values in store.domains.items()}
    able = calm | {finding: _in_band(store.domains[finding], value) for finding, value in ABLE.items()}
    assert limits(exercise, space.rules, able).place == 0
    reads = sorted(store.findings(space.rungs[name]))
    for one, other in combinations(reads, 2):
        for first, second in product(store.domains[one], store.domains[other]):
            answers = able | {one: first, other: second}
            yield answers, limits(exercise, space.rules, answers).place
    random = Random(name)
    for _ in range(SAMPLES // 10):
        answers = calm | _anybody(reads, store.domains, random)
        yield answers, limits(exercise, space.rules, answers).place


def test_code_with_a_mistake_differs_from_its_diagram(rules, space, monkeypatch):
    counted = AtLeast(1, (Has("hypermobility"), Has("chills")), unsure_counts=False)
    one = OneOf("pain_side", ("left",))
    refs = {each: space.store.of(each) for each in (counted, one, Any_((counted, one)))}
    ladder = space.rungs["bridge"]
    monkeypatch.setattr(
        AtLeast, "value", lambda self, answers: max(each.value(answers) for each in self.items)
    )
    monkeypatch.setattr(ladders, "applies", lambda condition, answers: condition.value(answers) is Answer.YES)
    for condition in (counted, Any_((counted, one))):
        trace = paths(condition.value, space.store.domains)
        assert any(space.store.number(refs[condition], answers) != value for answers, value in trace)
    assert any(space.store.number(ladder, answers) != place for answers, place in _ladder(space, "bridge"))


def _in_band(values: tuple[Any, ...], value: Any) -> Any:
    """The value, or for a number the one that stands for its band."""
    if isinstance(value, str | Answer):
        return value
    return max(each for each in values if not isinstance(each, str) and each <= value)
