"""P10, P11 and wording: neither the order of answers or rules nor any text decides."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from random import Random
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sitriage
from sitriage import Ruleset, load_rules, triage
from sitriage.load import read_folder, ruleset_from
from tests.properties import checks
from tests.strategies import Person, partial_people, people

CHECKOUT = Path(sitriage.__file__).parent.parent / "rules"


@cache
def files() -> Mapping[str, bytes]:
    packaged = Path(sitriage.__file__).parent / "rules"
    return read_folder(packaged if packaged.is_dir() else CHECKOUT)


@cache
def from_shuffled_files(seed: int) -> Ruleset:
    names = list(files())
    Random(seed).shuffle(names)
    return ruleset_from({name: files()[name] for name in names})


@cache
def with_shuffled_parts(seed: int) -> Ruleset:
    """The rules with every table in another order; lists in which order is meaning stay."""
    rules, chance = load_rules(), Random(seed)

    def shuffled(table: Mapping[str, Any]) -> dict[str, Any]:
        items = list(table.items())
        chance.shuffle(items)
        return dict(items)

    tables = ("findings", "red_flags", "gates", "columns", "exercises", "programmes", "causes", "definitions")
    parts: dict[str, Any] = {name: shuffled(getattr(rules, name)) for name in tables}
    parts["red_flags"] = {
        name: attrs.evolve(flag, level=flag.level[::-1]) for name, flag in parts["red_flags"].items()
    }
    parts["exercises"] = {
        name: attrs.evolve(each, column=shuffled(each.column)) for name, each in parts["exercises"].items()
    }
    return attrs.evolve(rules, **parts)


@cache
def with_other_words(kind: str) -> Ruleset:
    words = {"backwards": lambda text: text[::-1], "one word": lambda text: "urgent"}
    return checks.reworded(load_rules(), words[kind])


@settings(max_examples=80)
@given(person=st.one_of(people(), partial_people()), chance=st.randoms(use_true_random=False))
def test_order_of_answers_is_nothing(person: Person, chance: Random):
    """P10: the verdict is a function of the answers, never of the order in which they came."""
    order = list(person)
    chance.shuffle(order)
    checks.check_order_of_answers_is_nothing(triage, person, order)


@pytest.mark.parametrize("seed", range(3))
def test_order_of_files_gives_the_same_hash(rules: Ruleset, seed: int):
    """P11: the rules are the same, whatever the order of their files."""
    assert list(files()) != sorted(files(), reverse=True)
    assert from_shuffled_files(seed).hash == rules.hash
    assert list(from_shuffled_files(seed).findings) == list(rules.findings)


@settings(max_examples=40)
@given(person=st.one_of(people(), partial_people()), seed=st.integers(0, 2))
def test_order_of_files_is_nothing(person: Person, seed: int):
    """P11: rule files in another order give the same verdict, word for word."""
    assert triage(person, rules=from_shuffled_files(seed)) == triage(person)


@settings(max_examples=80)
@given(person=st.one_of(people(), partial_people()), seed=st.integers(0, 2))
def test_order_of_rules_is_nothing(person: Person, seed: int):
    """P11: the urgency is a maximum; no table of rules has an order that decides."""
    other = partial(triage, rules=with_shuffled_parts(seed))
    checks.check_same_verdict(triage, other, person)


@settings(max_examples=80)
@given(person=st.one_of(people(), partial_people()), kind=st.sampled_from(["backwards", "one word"]))
def test_wording_never_decides(person: Person, kind: str):
    """P25: with every text replaced the verdict is the same."""
    other = partial(triage, rules=with_other_words(kind))
    checks.check_same_verdict(triage, other, person)


def test_every_text_was_replaced(rules: Ruleset):
    """The replacement reaches the texts of findings, flags, exercises, programmes and the frame."""
    other = with_other_words("one word")
    assert {each.question for each in other.findings.values()} == {"urgent"}
    assert {flag.because for flag in other.gated} == {"urgent"}
    rungs = [rung for each in other.exercises.values() for rung in each.rung.values()]
    assert {step for rung in rungs for step in rung.steps} == {"urgent"}
    assert {line for each in other.programmes.values() for line in each.advice} == {"urgent"}
    assert set(other.texts.urgency.values()) == {"urgent"}
    assert [each.when for flag in other.gated for each in flag.levels] == [
        each.when for flag in rules.gated for each in flag.levels
    ]
