"""Hypothesis strategies over whole people: calm ones, and those moved to a leaf or to a level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from sitriage.conditions import Answer, Box, Value, joint_boxes
from sitriage.model import Level, Ruleset
from sitriage.testing.aim import (
    CALM_BASES,
    answers_from,
    around_the_edges,
    band_of,
    calm_base,
    column_findings,
    put_right,
    ways_to_reach,
    ways_to_stand_on,
)
from sitriage.triage import load_rules
from sitriage.words import UNSURE

__all__ = [
    "Person", "a_value_in", "answers_to", "calm_people", "calm_values", "changed", "cleared_people",
    "people_around", "people_of_level", "told", "truths",
]  # fmt: skip


class Person(dict[str, Any]):
    """The answers of a person; printed without the many noes, so that a failing example can be read."""

    def __or__(self, other: Mapping[str, Any]) -> Person:  # type: ignore[override]
        return Person({**self, **other})

    def __repr__(self) -> str:
        noes = sum(answer is False for answer in self.values())
        return f"<{told(self)} and {noes} noes>"


def told(person: Mapping[str, Any]) -> dict[str, Any]:
    """What a person said besides no."""
    return {name: answer for name, answer in person.items() if answer is not False}


def answers_to(name: str, rules: Ruleset) -> st.SearchStrategy[Any]:
    """Any answer to one finding; numbers lie at the edges of their bands."""
    finding = rules.findings[name]
    if finding.kind == "yes_no":
        return st.sampled_from([False, True, UNSURE])
    if finding.kind == "choice":
        return st.sampled_from([*(each for each in finding.choices if each != UNSURE), UNSURE])
    return st.sampled_from([*around_the_edges(name, rules), UNSURE])


@st.composite
def a_value_in(draw: st.DrawFn, name: str, allowed: Sequence[Value], rules: Ruleset) -> Value:
    """One of the values; a number stands for its band."""
    value = draw(st.sampled_from(list(allowed)))
    return draw(st.sampled_from(band_of(name, value, rules))) if type(value) is int else value


@st.composite
def calm_values(draw: st.DrawFn, box: Box, rules: Ruleset) -> dict[str, Value]:
    """A value for every finding, inside the box, free of conflict and below every level."""
    base = calm_base(draw(st.integers(0, CALM_BASES - 1)), rules)
    fixed = {name: draw(a_value_in(name, allowed, rules)) for name, allowed in box.items()}
    values = put_right({**base, **fixed}, fixed, rules, True, lambda ways: draw(st.sampled_from(ways)))
    assume(values is not None)
    return values or {}


@st.composite
def calm_people(draw: st.DrawFn, rules: Ruleset | None = None) -> Person:
    """People whom the screen clears, with every finding answered and nothing to tell."""
    rules = rules or load_rules()
    return Person(answers_from(draw(calm_values({}, rules))))


@st.composite
def changed(draw: st.DrawFn, person: Person, rules: Ruleset, most: int = 4) -> Person:
    """The person with a few answers given anew, among them those that limit exercises."""
    often = column_findings(rules) + list(rules.domains)
    names = draw(st.lists(st.sampled_from(often), max_size=most, unique=True))
    return person | {name: draw(answers_to(name, rules)) for name in names}


@st.composite
def cleared_people(
    draw: st.DrawFn, rules: Ruleset | None = None, leaf: str | None = None, changes: int = 3
) -> Person:
    """People moved to a leaf of the pattern tree; a few changes may take some of them off it again."""
    rules = rules or load_rules()
    end = leaf or draw(st.sampled_from(sorted(rules.programmes)))
    box = draw(st.sampled_from(draw(st.sampled_from(ways_to_stand_on(end, rules)))))
    # with what the harder forms of the leaf ask for, or without
    needs = [
        (rung.needs, Answer.YES, True)
        for item in rules.programmes[end].item
        for rung in rules.exercises[item.exercise].rung.values()
        if rung.needs is not None
    ]
    if bool(needs) and draw(st.booleans()):
        need = draw(st.sampled_from(needs))
        more = list(islice(joint_boxes([need], lambda f: box.get(f) or rules.domains[f]), 1))
        box = {**box, **more[0]} if more else box
    person = Person(answers_from(draw(calm_values(box, rules))))
    return draw(changed(person, rules, changes)) if changes else person


@st.composite
def truths(
    draw: st.DrawFn, level: Level, rules: Ruleset | None = None, sure: bool | None = None
) -> dict[str, Value]:
    """A minimal set of values under which a level holds, whatever else is answered."""
    rules = rules or load_rules()
    certain = draw(st.booleans()) if sure is None else sure
    goal = Answer.YES if certain else Answer.UNSURE
    box = draw(st.sampled_from(ways_to_reach(level.id, goal, rules)))
    return {name: draw(a_value_in(name, allowed, rules)) for name, allowed in box.items()}


@st.composite
def people_around(draw: st.DrawFn, fixed: Mapping[str, Value], rules: Ruleset | None = None) -> Person:
    """People who are calm but for the fixed values and what those entail."""
    rules = rules or load_rules()
    start = draw(calm_values({}, rules))
    values = put_right({**start, **fixed}, fixed, rules, False, lambda ways: draw(st.sampled_from(ways)))
    assume(values is not None)
    return Person(answers_from(values or {}))


@st.composite
def people_of_level(
    draw: st.DrawFn, level: Level, rules: Ruleset | None = None, sure: bool | None = None
) -> Person:
    """Otherwise calm people with just enough to reach a level: surely, or by an unsure answer."""
    return draw(people_around(draw(truths(level, rules, sure)), rules))
