"""People at every leaf of the pattern tree, with every side, ability and limit laid over them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, partial
from itertools import islice
from typing import Any

from sitriage.conditions import NOT_APPLICABLE, Answer, Demand, Value, joint_boxes
from sitriage.evidence import read_answers
from sitriage.programme import walk
from tests.shipped.calm import CALM, FINDINGS, RULES, Answers, as_answer, band, given, settled

MOST_BOXES = 60
LEAVES = tuple(RULES.programmes)
SIDES = ("left", "right", "both", "midline", "unsure")
WEAK: Answers = {}
STRONG: Answers = {
    "has_resistance_band": True,
    "has_swiss_ball": True,
    "can_plank": True,
    "bridge_easy": True,
    "walks_20_minutes": True,
    "weeks_of_exercise": 8,
    "postnatal_check_done": True,
}


@cache
def ways(leaf: str) -> list[list[Demand]]:
    """What must hold on each way from the top of the tree to a leaf."""
    return [demands for end, demands in _below(RULES.pattern[0].id) if end == leaf]


def _below(at: str) -> Iterator[tuple[str, list[Demand]]]:
    node = next((each for each in RULES.pattern if each.id == at), None)
    if node is None:
        yield at, []
        return
    goal = Answer.UNSURE if node.unsure == "yes" else Answer.YES
    for end, holds in ((node.yes, True), (node.otherwise, False)):
        for leaf, demands in _below(end):
            yield leaf, [(node.when, goal, holds), *demands]


def people_at(
    leaf: str, fixed: Mapping[str, Any], also: tuple[Demand, ...] = (), most: int = 1
) -> list[Answers]:
    """People with the fixed answers who meet the further demands on the leaf, the calmest first."""
    held = read_answers(fixed, RULES).values
    domain = partial(_values, {name: (held[name],) for name in fixed})
    every = (joint_boxes([*also, *demands], domain) for demands in ways(leaf))
    boxes = [box for way in every for box in islice(way, MOST_BOXES)]
    chosen = [
        given({name: _answer(name, allowed) for name, allowed in box.items() if name not in fixed})
        for box in boxes
    ]
    found: list[Answers] = []
    for answers in sorted(chosen, key=_unrest):
        if len(found) == most:
            break
        person = settled(answers | dict(fixed))
        # what was settled may have led elsewhere
        if person not in found and walk(RULES, read_answers(person, RULES).values)[-1] == leaf:
            found.append(person)
    return found


def _unrest(answers: Answers) -> tuple[int, list[str]]:
    """How far from calm; a hip under rules or pain that swaps sides only as a last resort."""
    changed = sorted(name for name, value in answers.items() if value != CALM.get(name))
    return len(changed) + 3 * len({"hip_precautions", "alternating_buttock_pain"} & set(changed)), changed


def _answer(name: str, allowed: tuple[Value, ...]) -> Any:
    """The answer of the calm person where it is allowed, or else the one nearest to it."""
    numbers = [value for value in allowed if not isinstance(value, (Answer, str))]
    if numbers and FINDINGS[name]["kind"] == "number":
        wanted = int(CALM.get(name, 0))
        near = [min(max(wanted, low), high) for low, high in (band(name)[value] for value in numbers)]
        return min(near, key=lambda number: abs(number - wanted))
    answers = [as_answer(value) for value in allowed]
    return CALM[name] if name in CALM and CALM[name] in answers else answers[0]


@cache
def _sure(name: str) -> tuple[Value, ...]:
    values = RULES.domains[name]
    return tuple(v for v in values if v is not Answer.UNSURE and v != "unsure") or (NOT_APPLICABLE,)


def _values(fixed: Mapping[str, tuple[Value, ...]], name: str) -> tuple[Value, ...]:
    return fixed.get(name) or _sure(name)
