"""Where the rules send whom: ways to each leaf and level, and calm people to start from.

Uniform answers are blind: a random person fires a red flag nearly always and reaches the exercises once
in 10^12. So people are aimed: as harmless as the rules allow, then moved by a box of a condition.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import islice
from random import Random
from types import MappingProxyType
from typing import Any

from sitriage.conditions import NOT_APPLICABLE, Answer, Box, Demand, Value, boxes, findings_in, joint_boxes
from sitriage.model import Level, Ruleset

__all__ = [
    "CALM_BASES", "MOST_BOXES", "RAW", "Pick", "answers_from", "around_the_edges", "band_of", "calm_base",
    "column_findings", "levels_of", "paths_to_leaves", "put_right", "raw", "ways_to_reach",
    "ways_to_stand_on",
]  # fmt: skip

RAW = MappingProxyType({Answer.NO: False, Answer.UNSURE: "unsure", Answer.YES: True})
MOST_BOXES = 200
MOST_REPAIRS = 40
CALM_BASES = 24

Pick = Callable[[list[Box]], Box]


def raw(value: Value) -> Any:
    """The answer that a caller sends for a value; not for *not applicable*, which is sent by leaving out."""
    return RAW[value] if isinstance(value, Answer) else value


def answers_from(values: Mapping[str, Value]) -> dict[str, Any]:
    """The answers that a caller sends for values of the engine."""
    return {name: raw(value) for name, value in values.items() if value != NOT_APPLICABLE}


@cache
def levels_of(rules: Ruleset) -> dict[str, Level]:
    """Every level of every red flag and gate, by id."""
    return {level.id: level for flag in rules.gated for level in flag.levels}


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
def ways_to_stand_on(leaf: str, rules: Ruleset) -> list[list[Box]]:
    """For each path to a leaf, boxes of answers that lead along it."""
    paths = [demands for name, demands in paths_to_leaves(rules) if name == leaf]
    found = [list(islice(joint_boxes(demands, rules.domains.__getitem__), 30)) for demands in paths]
    return [boxes_of_path for boxes_of_path in found if boxes_of_path]


@cache
def ways_to_reach(name: str, goal: Answer, rules: Ruleset) -> list[Box]:
    """The least sets of values under which a level holds, surely or by an unsure answer."""
    every = boxes(levels_of(rules)[name].when, goal, True, rules.domains.__getitem__)
    return list(islice(every, MOST_BOXES))


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
    raise ValueError("the rules leave nobody calm: every answer tried reaches a level or a contradiction")


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
