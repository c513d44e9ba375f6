"""Hypothesis strategies over people: plain mappings of finding id to answer, as a caller sends them.

Uniform answers are blind: a random patient fires a red flag nearly always and reaches the exercises
once in 10^12. So everything here is aimed from the rules. A person starts as harmless as the rules
allow, is moved to a leaf or a level by a box of its condition, is put right where the answers cannot
be true together, and only then changed at random.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from math import prod
from random import Random
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from sitriage import Ruleset, load_rules
from sitriage.conditions import NOT_APPLICABLE, Answer, Box, Demand, Value, boxes, findings_in, joint_boxes
from sitriage.evidence import read_answers
from sitriage.model import Finding, Level


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


RAW = {Answer.NO: False, Answer.UNSURE: "unsure", Answer.YES: True}
MOST_BOXES = 200
MOST_REPAIRS = 40
CALM_BASES = 24


# --- from values of the engine to answers of a caller, and what the rules can tell apart ---


def raw(value: Value) -> Any:
    """The answer that a caller sends for a value; not for *not applicable*, which is sent by leaving out."""
    return RAW[value] if isinstance(value, Answer) else value


def answers_from(values: Mapping[str, Value]) -> Person:
    return Person({name: raw(value) for name, value in values.items() if value != NOT_APPLICABLE})


@cache
def levels_of(rules: Ruleset) -> dict[str, Level]:
    return {level.id: level for flag in rules.gated for level in flag.levels}


def is_free_of_conflict(person: Mapping[str, Any], rules: Ruleset) -> bool:
    return not read_answers(person, rules).conflicts


def missing_in(person: Mapping[str, Any], rules: Ruleset) -> list[str]:
    evidence = read_answers(person, rules)
    return [name for name in rules.findings if evidence.missing(name)]


@cache
def band_of(name: str, number: int, rules: Ruleset) -> tuple[int, int]:
    """The lowest and highest number that the rules cannot tell from this one."""
    finding = rules.findings[name]
    known = [each for each in rules.domains[name] if type(each) is int]
    # a band is named by its first number, or by its last where it stands on the large side of a comparison
    by_first = known[0] == finding.min
    starts = known if by_first else [finding.min, *(each + 1 for each in known[:-1])]
    ends = [*(start - 1 for start in starts[1:]), finding.max]
    return next((a, z) for a, z in zip(starts, ends, strict=True) if a <= number <= z)


@cache
def around_the_edges(name: str, rules: Ruleset) -> list[int]:
    """Both ends of every band, and with them the neighbours across each edge."""
    known = [each for each in rules.domains[name] if type(each) is int]
    return sorted({edge for each in known for edge in band_of(name, each, rules)})


@cache
def paths_to_leaves(rules: Ruleset) -> list[tuple[str, list[Demand]]]:
    """Every way through the pattern tree: the leaf and what must hold on the way there."""
    nodes = {node.id: node for node in rules.pattern}

    def below(at: str, demands: list[Demand]) -> Iterator[tuple[str, list[Demand]]]:
        if at not in nodes:
            yield at, demands
            return
        node = nodes[at]
        goal = Answer.UNSURE if node.unsure == "yes" else Answer.YES
        yield from below(node.yes, [*demands, (node.when, goal, True)])
        yield from below(node.otherwise, [*demands, (node.when, goal, False)])

    return list(below(rules.pattern[0].id, []))


@cache
def column_findings(rules: Ruleset) -> list[str]:
    """The yes/no findings that a contraindication or limit reads."""
    read = {name for column in rules.columns.values() for name in findings_in(column.when)}
    return sorted(name for name in read if rules.findings[name].kind == "yes_no")


@cache
def raising_findings(rules: Ruleset) -> list[str]:
    return [name for name, each in rules.findings.items() if each.polarity == "raises"]


def without(person: Mapping[str, Any], *names: str) -> Person:
    """The person as if these had not been asked."""
    return Person({name: answer for name, answer in person.items() if name not in names})


@cache
def ways_to_stand_on(leaf: str, rules: Ruleset) -> list[list[Box]]:
    """For each path to a leaf, boxes of answers that lead along it."""
    paths = [demands for name, demands in paths_to_leaves(rules) if name == leaf]
    found = [list(islice(joint_boxes(demands, rules.domains.__getitem__), 30)) for demands in paths]
    return [boxes_of_path for boxes_of_path in found if boxes_of_path]


# --- single answers ---


def answers_to(name: str, rules: Ruleset) -> st.SearchStrategy[Any]:
    """Any answer to one finding; numbers lie at the edges of their bands."""
    finding = rules.findings[name]
    if finding.kind == "yes_no":
        return st.sampled_from([False, True, "unsure"])
    if finding.kind == "choice":
        return st.sampled_from([*(each for each in finding.choices if each != "unsure"), "unsure"])
    return st.sampled_from([*around_the_edges(name, rules), "unsure"])


@st.composite
def a_value_in(draw: st.DrawFn, name: str, allowed: Sequence[Value], rules: Ruleset) -> Value:
    value = draw(st.sampled_from(list(allowed)))
    return draw(st.sampled_from(band_of(name, value, rules))) if type(value) is int else value


# --- whole people ---


Pick = Callable[[list[Box]], Box]


@st.composite
def calm_values(draw: st.DrawFn, box: Box, rules: Ruleset) -> dict[str, Value]:
    """A value for every finding, inside the box, free of conflict and below every level."""
    base = calm_base(draw(st.integers(0, CALM_BASES - 1)), rules)
    fixed = {name: draw(a_value_in(name, allowed, rules)) for name, allowed in box.items()}
    values = put_right({**base, **fixed}, fixed, rules, True, lambda ways: draw(st.sampled_from(ways)))
    assume(values is not None)
    return values


@cache
def calm_base(number: int, rules: Ruleset) -> Mapping[str, Value]:
    """One of a few people to whom nothing is wrong; they differ in age, sex and where it hurts."""
    chance = Random(number)
    for _ in range(100):
        values: dict[str, Value] = {name: domain[0] for name, domain in rules.domains.items()}
        for name, finding in rules.findings.items():
            if finding.kind == "choice":
                values[name] = chance.choice(rules.domains[name][:-1])
            if finding.kind == "number" and finding.polarity == "none":
                values[name] = chance.choice(rules.domains[name][:-1])
            if finding.polarity == "reassures" and number % 2:
                # nothing reassures: the usual person, whom nobody has looked at yet
                values[name] = Answer.NO
        calm = put_right(values, {}, rules, True, chance.choice)
        if calm is not None:
            return calm
    raise AssertionError("the rules leave nobody calm")


def put_right(
    values: Mapping[str, Value], fixed: Mapping[str, Value], rules: Ruleset, calm: bool, pick: Pick
) -> dict[str, Value] | None:
    """The values without conflict, and (if `calm`) without a level; what is fixed stays."""
    values = dict(values)
    levels = levels_of(rules).values() if calm else ()

    def domain(name: str) -> tuple[Value, ...]:
        return (fixed[name],) if name in fixed else rules.domains[name]

    for _ in range(MOST_REPAIRS):
        wrong = next((each for each in rules.forbidden if all(c.value(values) >= g for c, g in each)), None)
        if wrong is None:
            fired = next((each for each in levels if each.when.value(values) >= Answer.UNSURE), None)
            if fired is None:
                return values
            wrong = ((fired.when, Answer.UNSURE),)
        ways = [way for c, g in wrong for way in islice(boxes(c, g, False, domain), 6)]
        if not ways:
            break
        way = pick(ways)
        values |= {name: allowed[0] for name, allowed in way.items() if values[name] not in allowed}
    return None


@cache
def ways_to_reach(name: str, goal: Answer, rules: Ruleset) -> list[Box]:
    """The least sets of values under which a level holds, surely or by an unsure answer."""
    every = boxes(levels_of(rules)[name].when, goal, True, rules.domains.__getitem__)
    return list(islice(every, MOST_BOXES))


@st.composite
def calm_people(draw: st.DrawFn, rules: Ruleset | None = None) -> Person:
    """People whom the screen clears, with every finding answered and nothing to tell."""
    rules = rules or load_rules()
    return answers_from(draw(calm_values({}, rules)))


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
    if needs and draw(st.booleans()):
        need = draw(st.sampled_from(needs))
        more = list(islice(joint_boxes([need], lambda f: box.get(f) or rules.domains[f]), 1))
        box = {**box, **more[0]} if more else box
    person = answers_from(draw(calm_values(box, rules)))
    return draw(changed(person, rules, changes)) if changes else person


@st.composite
def people_of_level(
    draw: st.DrawFn, level: Level, rules: Ruleset | None = None, sure: bool | None = None
) -> Person:
    """Otherwise calm people with just enough to reach a level: surely, or by an unsure answer."""
    return draw(people_around(draw(truths(level, rules, sure)), rules))


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
    return answers_from(values)


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
    return answers_from(picked)
