"""Hypothesis strategies over people: plain mappings of finding id to answer, as a caller sends them.

Uniform answers are blind: a random patient fires a red flag nearly always and reaches the exercises
once in 10^12. So everything here is aimed from the rules. A person starts as harmless as the rules
allow, is moved to a leaf or a level by a box of its condition, is put right where the answers cannot
be true together, and only then changed at random.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from math import prod
from random import Random
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from sitriage import Ruleset, load_rules
from sitriage.conditions import NOT_APPLICABLE, findings_in
from sitriage.evidence import read_answers
from sitriage.model import Finding, Level

# the aiming is published for embedders; the tests of the laws stand on the same people
from sitriage.testing.aim import answers_from, band_of, column_findings, levels_of, raw
from sitriage.testing.people import (
    Person,
    answers_to,
    calm_people,
    changed,
    cleared_people,
    people_around,
    people_of_level,
    told,
    truths,
)

__all__ = [
    "Person", "answers_to", "band_of", "calm_people", "cleared_people", "column_findings", "complete_people",
    "is_free_of_conflict", "levels_of", "limited_pairs", "missing_in", "near_misses", "partial_people",
    "people", "people_of_level", "programme_people", "raised_pairs", "raw", "told", "truths",
    "uniform_people", "without",
]  # fmt: skip


def is_free_of_conflict(person: Mapping[str, Any], rules: Ruleset) -> bool:
    return not read_answers(person, rules).conflicts


def missing_in(person: Mapping[str, Any], rules: Ruleset) -> list[str]:
    evidence = read_answers(person, rules)
    return [name for name in rules.findings if evidence.missing(name)]


@cache
def raising_findings(rules: Ruleset) -> list[str]:
    return [name for name, each in rules.findings.items() if each.polarity == "raises"]


def without(person: Mapping[str, Any], *names: str) -> Person:
    """The person as if these had not been asked."""
    return Person({name: answer for name, answer in person.items() if name not in names})


# --- whole people ---


@st.composite
def near_misses(draw: st.DrawFn, level: Level, rules: Ruleset | None = None) -> Person:
    """People who have all of a minimal set of a level but one answer, or one number at the edge."""
    rules = rules or load_rules()
    fixed = draw(truths(level, rules))
    person = draw(people_around(fixed, rules))
    name = draw(st.sampled_from(sorted(fixed)))
    return person | {name: draw(answers_to(name, rules))}


@st.composite
def nasty_people(draw: st.DrawFn, rules: Ruleset | None = None) -> Person:
    """People at the ends: nobody knows anything, everything is true, both sides, the edges of numbers."""
    rules = rules or load_rules()
    yes_no = [name for name, each in rules.findings.items() if each.kind == "yes_no"]
    kind = draw(st.sampled_from(["all unsure", "all yes", "all no", "calm", "half unsure"]))
    person = draw(calm_people(rules))
    if kind == "all unsure":
        person = Person(dict.fromkeys(rules.findings, "unsure"))
    elif kind in ("all yes", "all no"):
        person |= dict.fromkeys(yes_no, kind == "all yes")
    elif kind == "half unsure":
        start = draw(st.integers(0, 3))
        person |= dict.fromkeys(yes_no[start::4], "unsure")
    ends = {
        "pain_side": ["both", "unsure", "midline", "left", "right"],
        "pain_severity": [0, 10, "unsure"],
        "age": [0, 9, 10, 15, 16, 17, 18, 120, "unsure"],
    }
    for name, options in ends.items():
        if draw(st.booleans()):
            person[name] = draw(st.sampled_from(options))
    return person


@st.composite
def people(draw: st.DrawFn, rules: Ruleset | None = None) -> Person:
    """Everybody: about half of them stand on a leaf, the others at a level, beside one, or at the ends."""
    rules = rules or load_rules()
    kind = draw(st.sampled_from(["leaf", "leaf", "leaf", "level", "level", "near", "nasty"]))
    if kind == "leaf":
        return draw(cleared_people(rules))
    if kind == "nasty":
        return draw(nasty_people(rules))
    level = draw(st.sampled_from(list(levels_of(rules).values())))
    person = draw(people_of_level(level, rules) if kind == "level" else near_misses(level, rules))
    return draw(changed(person, rules, 2))


@st.composite
def complete_people(draw: st.DrawFn, rules: Ruleset | None = None) -> Person:
    """People for whom the laws are stated: every finding answered or settled, and no conflict."""
    rules = rules or load_rules()
    person = completed(draw(people(rules)), rules)
    assume(person is not None)
    return person


def completed(person: Mapping[str, Any], rules: Ruleset) -> Person | None:
    """The person with every gap filled by the least dangerous answer, or None where that conflicts."""
    full = Person(person)
    for name in missing_in(full, rules):
        given = next(value for value in rules.domains[name] if value != NOT_APPLICABLE)
        full[name] = raw(given)
    return full if is_free_of_conflict(full, rules) and not missing_in(full, rules) else None


@st.composite
def programme_people(draw: st.DrawFn, rules: Ruleset | None = None) -> Person:
    """Complete people on a leaf, most of whom may exercise; limits are set on some."""
    rules = rules or load_rules()
    person = completed(draw(cleared_people(rules)), rules)
    assume(person is not None)
    return person


@st.composite
def partial_people(
    draw: st.DrawFn, rules: Ruleset | None = None, most: int = 4, completions: int = 240
) -> Person:
    """People without conflict and with a few answers missing, mostly such as matter to the verdict."""
    rules = rules or load_rules()
    kind = draw(st.sampled_from(["leaf", "leaf", "level", "near"]))
    level = draw(st.sampled_from(list(levels_of(rules).values())))
    matters: list[str] = []
    if kind == "leaf":
        person = draw(cleared_people(rules, changes=2))
    else:
        person = draw(people_of_level(level, rules) if kind == "level" else near_misses(level, rules))
        matters = sorted(findings_in(level.when))
    full = completed(person, rules)
    assume(full is not None)
    person = full
    tree = sorted({name for node in rules.pattern for name in findings_in(node.when)})
    told = [name for name, answer in person.items() if answer is not False]
    choices = [name for name in rules.findings if rules.findings[name].need == "choice"]
    pools = [pool for pool in (matters, told, tree, column_findings(rules), choices, list(person)) if pool]
    for _ in range(draw(st.sampled_from([1, 2, 3, 4, 5, 6]))):
        name = draw(st.sampled_from(draw(st.sampled_from(pools))))
        fewer = without(person, name)
        gone = missing_in(fewer, rules)
        # one answer may have settled others, which are then missing too
        if len(gone) <= most and prod(len(rules.domains[each]) for each in gone) <= completions:
            person = fewer
    assume(is_free_of_conflict(person, rules))
    return person


# --- pairs for the laws ---


@st.composite
def raised_pairs(draw: st.DrawFn, rules: Ruleset | None = None) -> tuple[Person, Person]:
    """A complete person, and the same with several raising answers moved up: no, unsure, yes."""
    rules = rules or load_rules()
    lower = draw(complete_people(rules))
    names = [
        name for name in raising_findings(rules) if name in lower and _up(lower[name], rules.findings[name])
    ]
    levels = list(levels_of(rules).values())
    level = draw(st.sampled_from(levels))
    aimed = [name for name in names if name in findings_in(level.when)]
    chosen = draw(st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True))
    chosen += [name for name in aimed if name not in chosen and draw(st.booleans())]
    upper = lower | {name: draw(st.sampled_from(_up(lower[name], rules.findings[name]))) for name in chosen}
    assume(upper != lower)
    assume(is_free_of_conflict(upper, rules))
    return lower, upper


def _up(answer: Any, finding: Finding) -> list[Any]:
    """The answers that say more danger or more doubt than this one; a number that is not known has none."""
    if finding.kind == "number":
        return [] if answer == "unsure" or answer == finding.max else [answer + 1, finding.max]
    return {False: ["unsure", True], "unsure": [True], True: []}[answer]


@st.composite
def limited_pairs(draw: st.DrawFn, rules: Ruleset | None = None) -> tuple[Person, Person]:
    """A person, and the same with answers that limit exercises moved up: no, not asked, unsure, yes."""
    rules = rules or load_rules()
    lower = draw(programme_people(rules))
    names = [name for name in column_findings(rules) if lower.get(name, True) is not True]
    chosen = draw(st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True))
    upper = Person(lower)
    for name in chosen:
        steps = ["not asked"] if lower[name] is False else []
        step = draw(st.sampled_from([*steps, *_up(lower[name], rules.findings[name])]))
        if step == "not asked":
            del upper[name]
        else:
            upper[name] = step
    assume(is_free_of_conflict(upper, rules))
    return lower, upper


@st.composite
def uniform_people(draw: st.DrawFn, rules: Ruleset | None = None) -> Person:
    """The blind generator, kept as a negative control only."""
    rules = rules or load_rules()
    chance = Random(draw(st.integers(0, 1 << 40)))
    picked = {name: chance.choice(domain) for name, domain in rules.domains.items()}
    return Person(answers_from(picked))
