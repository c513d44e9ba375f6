"""Every founding fact acts: without a rule that carries it, somebody reads or gets something else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from itertools import product
from typing import Any

import attrs
import pytest

from sitriage import Ruleset, triage
from sitriage.conditions import All
from sitriage.placed import rule_files
from sitriage.rule import Rule
from tests.shipped.calm import CALM, PEOPLE, RULES, Answers, all_levels, as_answer, calmest, given, sets_of
from tests.shipped.leaves import LEAVES, STRONG, WEAK, people_at

# facts.toml must say these four and no others are refused
REJECTED = {"S1-03", "S3-11", "S3-21", "S4-25"}

CITING = [(file, rule) for file, rule in rule_files(RULES) if rule.facts]

# acts on a ladder, but no programme gives that form to anybody whose sore side is not known
INERT = {"pain_side_unsure"}

# pain that is not at the joint itself
ELSEWHERE = CALM | {"si_region_pain": False}

# a definition is part of the conditions that name it; each fact below has another rule that is tested
COMPILED = {"definitions"}


def kind_of(file: str) -> str:
    return file.partition("/")[0].removesuffix(".toml")


def test_every_fact_is_carried_by_a_rule_that_is_tested_here() -> None:
    carried = {fact for file, rule in CITING if kind_of(file) not in COMPILED for fact in rule.facts}
    assert set(RULES.facts) - carried <= REJECTED
    assert {fact.id for fact in RULES.facts.values() if fact.use == "reject"} == REJECTED
    assert len(RULES.facts) == 95


def test_a_fact_that_was_resolved_or_refused_says_why() -> None:
    for fact in RULES.facts.values():
        if fact.use == "encode":
            continue
        words = fact.because
        assert len(words.split()) >= 5, fact.id
        if fact.use == "resolve":
            assert "D-" in words or "row" in words or "section" in words, fact.id


@pytest.mark.parametrize(
    ("file", "rule"),
    [
        pytest.param(file, rule, id=f"{file}:{rule.id}")
        for file, rule in CITING
        if kind_of(file) not in COMPILED
    ],
)
def test_without_the_rule_somebody_reads_or_gets_something_else(file: str, rule: Rule) -> None:
    kind = kind_of(file)
    if kind == "findings":
        pairs = ((told(one), told(other)) for one, other in with_and_without(rule.id))
    else:
        less = REMOVERS[kind](rule.id)
        pairs = ((told(person), told(person, less)) for person in crowd(kind, rule.id))
    assert any(one != other for one, other in pairs) == (rule.id not in INERT)


def told(person: Answers, rules: Ruleset = RULES) -> dict[str, Any]:
    """All that somebody reads, without the record of the answers."""
    verdict = triage(person, rules=rules).to_dict()
    del verdict["record"]
    return verdict


def crowd(kind: str, name: str) -> Iterator[Answers]:
    """People who may meet a rule, the likeliest first."""
    if kind in ("red_flags", "gates"):
        less = REMOVERS[kind](name)
        for flag, level in all_levels():
            if flag.id == name:
                yield from (calmest(answers, less) for _, answers in sets_of(level.when))
    elif kind == "columns":
        for leaf in LEAVES:
            also = ((RULES.columns[name].when, 3, True),)
            for side, better in product(("left", "both", "unsure"), (False, True)):
                fixed = {**STRONG, "pain_side": side, "assessed_and_cleared": True, "getting_better": better}
                yield from people_at(leaf, fixed, also)
    elif kind == "causes":
        cause = RULES.causes[name]
        signs = [sign for weight, signs in cause.signs.values() for sign in signs if weight > 0]
        for sign in signs:
            both = All((sign,) if cause.needs is None else (sign, cause.needs))
            for base, (_, answers) in product((CALM, ELSEWHERE), sets_of(both)):
                yield given(base | answers)
    yield from everybody()


def with_and_without(finding: str) -> Iterator[tuple[Answers, Answers]]:
    for person in everybody():
        for value in values_of(finding):
            if person.get(finding) != value:
                yield person, given(person | {finding: value})


def yes_no(finding: str) -> bool:
    return RULES.findings[finding].kind == "yes_no"


def values_of(finding: str) -> list[Any]:
    return [as_answer(value) for value in RULES.domains[finding]]


@cache
def everybody() -> tuple[Answers, ...]:
    """The calm person, one who was not asked all, the founding people, and some at each leaf."""
    no = {name: False for name in RULES.findings if yes_no(name)}
    founding = [given(no | person["answers"]) for person in PEOPLE["founding"]]
    leaves = [
        person
        for leaf in LEAVES
        for ability in (STRONG, WEAK)
        for side in ("left", "both")
        for person in people_at(leaf, {**ability, "pain_side": side, "assessed_and_cleared": True})
    ]
    unasked = {name: value for name, value in CALM.items() if name != "fever"}
    return (given(CALM), given(ELSEWHERE), given(unasked), *founding, *leaves)


def _without(key: str) -> Callable[[str], Ruleset]:
    def remove(name: str) -> Ruleset:
        kept = getattr(RULES, key)
        if isinstance(kept, tuple):
            return attrs.evolve(RULES, **{key: tuple(each for each in kept if each.id != name)})
        return attrs.evolve(RULES, **{key: {each: rule for each, rule in kept.items() if each != name}})

    return remove


def _without_column(name: str) -> Ruleset:
    exercises = {
        each.id: attrs.evolve(each, column={c: cell for c, cell in each.column.items() if c != name})
        for each in RULES.exercises.values()
    }
    return attrs.evolve(RULES, exercises=exercises)


def _without_exercise(name: str) -> Ruleset:
    nothing = attrs.evolve(RULES.exercises[name], rungs=("withheld",), rung={}, column={}, instead="")
    programmes = {
        each.id: attrs.evolve(each, item=tuple(item for item in each.item if item.exercise != name))
        for each in RULES.programmes.values()
    }
    return attrs.evolve(RULES, exercises={**RULES.exercises, name: nothing}, programmes=programmes)


def _without_programme(name: str) -> Ruleset:
    other = RULES.programmes["S0" if name != "S0" else "R"]
    return attrs.evolve(RULES, programmes={**RULES.programmes, name: attrs.evolve(other, id=name)})


def _without_adjunct(name: str) -> Ruleset:
    programmes = {
        each.id: attrs.evolve(each, warm_up=tuple(a for a in each.warm_up if a != name))
        for each in RULES.programmes.values()
    }
    lists = ("warm_up", "few_left", "beside_referral")
    settings = attrs.evolve(
        RULES.settings,
        **{key: tuple(a for a in getattr(RULES.settings, key) if a != name) for key in lists},
    )
    return attrs.evolve(RULES, programmes=programmes, settings=settings)


def _without_stop_rule(name: str) -> Ruleset:
    exercises = {
        each.id: attrs.evolve(each, stop_if=tuple(stop for stop in each.stop_if if stop != name))
        for each in RULES.exercises.values()
    }
    return attrs.evolve(_without("stop_rules")(name), exercises=exercises)


REMOVERS: dict[str, Callable[[str], Ruleset]] = {
    "advice": _without("advice"),
    "activities": _without("activities"),
    "adjuncts": _without_adjunct,
    "causes": _without("causes"),
    "columns": _without_column,
    "exercises": _without_exercise,
    "gates": _without("gates"),
    "programmes": _without_programme,
    "red_flags": _without("red_flags"),
    "stop_rules": _without_stop_rule,
}


def test_a_rule_that_does_nothing_would_be_seen() -> None:
    """The comparison itself: the same rules tell the same, other rules do not."""
    assert told(CALM) == told(CALM, attrs.evolve(RULES))
    assert told(CALM) != told(CALM, _without("advice")("technique"))
    # a limit that binds nobody who is calm
    assert told(CALM) == told(CALM, _without_column("osteoporosis"))
