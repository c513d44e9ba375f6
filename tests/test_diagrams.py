"""Diagrams against brute force: every function, count and witness of small random conditions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitriage.conditions import All, Any, AtLeast, findings_in
from sitriage.diagrams import Diagrams
from tests.small_conditions import AGE, DOMAINS, OPEN, A, B, C, conditions, everybody

NAMES = tuple(sorted(DOMAINS))
orders = st.permutations(NAMES).map(tuple)
# not asked too: laws hold for people who answered in part
WHOLE = {name: (*states, OPEN if name in "abc" else "not_asked") for name, states in DOMAINS.items()}


@given(conditions, orders)
def test_a_diagram_is_its_condition_for_everybody(condition, order):
    store = Diagrams(order, DOMAINS)
    ref = store.of(condition)
    for answers in everybody(findings_in(condition)):
        calm = {name: states[0] for name, states in DOMAINS.items()}
        assert store.number(ref, calm | answers) == condition.value(answers)


@given(conditions)
def test_a_diagram_knows_who_was_not_asked(condition):
    store = Diagrams(NAMES, WHOLE)
    ref = store.of(condition)
    open_all = {name: states[-1] for name, states in WHOLE.items()}
    assert store.number(ref, open_all) == condition.value(open_all)


@given(conditions, orders)
def test_counts_add_up_to_everybody(condition, order):
    store = Diagrams(order, DOMAINS)
    names = findings_in(condition)
    found: dict[int, int] = {}
    for answers in everybody(names):
        value = int(condition.value(answers))
        found[value] = found.get(value, 0) + 1
    assert store.counts(store.of(condition), sorted(names)) == found
    assert sum(store.counts(store.of(condition)).values()) == store.people()


@given(conditions, conditions, orders)
def test_order_and_difference_are_pointwise(first, second, order):
    store = Diagrams(order, DOMAINS)
    one, other = store.of(first), store.of(second)
    people = everybody(findings_in(first) | findings_in(second))
    assert store.never_above(one, other) == all(first.value(p) <= second.value(p) for p in people)
    above = store.above(one, other)
    for person in people:
        assert store.number(above, {n: s[0] for n, s in DOMAINS.items()} | person) == (
            first.value(person) > second.value(person)
        )


@given(conditions, orders)
def test_the_calmest_person_is_the_nearest_to_the_first_values(condition, order):
    store = Diagrams(order, DOMAINS)
    calm = {name: states[0] for name, states in DOMAINS.items()}
    reaching = [
        sum(person[name] != calm[name] for name in person)
        for person in everybody(findings_in(condition))
        if condition.value(person) == 3
    ]
    found = store.calmest(store.of(condition), lambda number: number == 3)
    if not reaching:
        assert found is None
    else:
        assert condition.value(calm | found) == 3
        assert len(found) == min(reaching)


@given(conditions, orders)
def test_the_way_to_a_node_comes_to_that_node(condition, order):
    store = Diagrams(order, DOMAINS)
    ref = store.of(condition)
    for node, finding in store.reads(ref):
        way = store.way_to(ref, node)
        for index, value in enumerate(DOMAINS[finding]):
            rest = store.calmest(store.end(node, index), lambda _: True)
            person = {name: states[0] for name, states in DOMAINS.items()} | way | rest | {finding: value}
            assert store.number(ref, person) == store.number(store.end(node, index), person)


def test_conditions_that_mean_the_same_are_the_same_function():
    store = Diagrams(NAMES, DOMAINS)
    either = Any((All((A, B)), All((A, C)), All((B, C))))
    assert store.of(AtLeast(2, (C, A, B))) == store.of(either)
    assert store.of(All((A, Any((A, B))))) == store.of(A)
    assert store.findings(store.of(All((A, Any((A, B)))))) == {"a"}
    assert store.numbers(store.of(AGE)) == {0, 2, 3}
    assert store.size(store.of(A)) == 1


def test_a_swap_of_two_answers_turns_whoever_gives_them():
    store = Diagrams(("a", "side"), DOMAINS)
    left = store.lowest([store.of(A), store.read("side", [3, 0, 1, 0])])
    turned = store.turned(left, "side", {"left": "right", "right": "left"})
    assert turned == store.lowest([store.of(A), store.read("side", [0, 3, 1, 0])])
    assert store.turned(turned, "side", {"left": "right", "right": "left"}) == left


def test_a_node_of_another_function_is_not_on_the_way():
    store = Diagrams(NAMES, DOMAINS)
    with pytest.raises(KeyError, match="not part"):
        store.way_to(store.of(A), store.of(B))
    with pytest.raises(TypeError, match="not a condition"):
        store.of("a")  # type: ignore[arg-type]


def test_a_finding_of_many_values_has_a_price_for_each():
    store = Diagrams(("a", "age"), {"a": DOMAINS["a"], "age": tuple(range(1200))})
    old = store.read("age", [int(age == 1100) for age in range(1200)])
    assert store.calmest(old, bool) == {"age": 1100}
    assert store.nearest(old, bool, {"a": DOMAINS["a"][0], "age": 5}) == {"age": 1100}
