"""The laws over the whole composition. Each is a query to z3: nobody breaks it, or here is somebody.

A law about two people joins two copies of the whole composition, so that all findings may differ at once;
the first method (`sitriage.prove`) shows each level, the tree and each ladder for itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import perf_counter
from typing import Any

import attrs
import z3

from tests.second.answers import NO, UNSURE, Pack, missing
from tests.second.encoding import URGENCIES, Person
from tests.second.people import answers_of, proving_solver


@attrs.frozen
class World:
    """Two people under one pack, and the solver that speaks of them."""

    pack: Pack
    x: Person
    y: Person
    solver: z3.Solver


@attrs.frozen
class Law:
    id: str
    name: str
    says: str
    related: Callable[[World], list[z3.BoolRef]]
    """What holds between the people that the law speaks of."""
    broken: Callable[[World], Iterator[tuple[str, z3.BoolRef]]]
    """What nobody may be, with the place of the rules that would be at fault."""


@attrs.frozen
class Answer:
    law: Law
    breaches: tuple[tuple[str, dict[str, Any], dict[str, Any]], ...]
    """The place, and the two people that show it; the second is nobody where the law speaks of one."""
    seconds: float

    @property
    def holds(self) -> bool:
        return not self.breaches


def world_of(pack: Pack, kind: type[Person] = Person) -> World:
    x, y = kind(pack, "x"), kind(pack, "y")
    solver = proving_solver(x, y)
    # laws are stated for people without conflicts (D-39)
    solver.add(z3.Not(x.conflict), z3.Not(y.conflict))
    return World(pack, x, y, solver)


def ask(law: Law, world: World) -> Answer:
    """Asks z3 for somebody who breaks the law."""
    start = perf_counter()
    solver = world.solver
    solver.push()
    solver.add(*law.related(world))
    places = list(law.broken(world))
    found = []
    # all places in one query; only a broken law is asked again, for each of its places
    if solver.check(z3.Or(*(term for _, term in places))) != z3.unsat:
        for place, term in places:
            if solver.check(term) != z3.unsat:
                model = solver.model()
                found.append((place, answers_of(model, world.x), answers_of(model, world.y)))
    solver.pop()
    return Answer(law, tuple(found), perf_counter() - start)


# --- who stands beside whom ----------------------------------------------------------------------------


def same(world: World, name: str) -> z3.BoolRef:
    x, y = world.x, world.y
    same = x.state[name] == y.state[name]
    return z3.And(same, x.value[name] == y.value[name]) if name in x.value else same


def _nobody(world: World) -> list[z3.BoolRef]:
    """The law speaks of one person."""
    return [same(world, name) for name in world.pack.findings]


def _caution(world: World) -> list[z3.BoolRef]:
    """The second person is in as much danger and doubt as the first, or in more, in any findings at once."""
    x, y, terms = world.x, world.y, []
    for name, finding in world.pack.findings.items():
        if finding["polarity"] == "none":
            terms.append(same(world, name))
        elif finding["kind"] == "number":
            terms.append(_number_rises(x, y, name, finding))
        elif finding["polarity"] == "raises":
            terms.append(z3.ULE(x.state[name], y.state[name]))
        else:
            terms.append(z3.UGE(x.state[name], y.state[name]))
    return terms


def _number_rises(x: Person, y: Person, name: str, finding: dict[str, Any]) -> z3.BoolRef:
    # the lowest number < not asked < unsure < the highest number, and numbers among themselves
    lowest = z3.And(x.state[name] == NO, x.value[name] == finding["min"])
    highest = z3.And(y.state[name] == NO, y.value[name] == finding["max"])
    numbers = z3.And(x.state[name] == NO, y.state[name] == NO, z3.ULE(x.value[name], y.value[name]))
    doubts = z3.And(x.state[name] != NO, y.state[name] != NO, z3.ULE(x.state[name], y.state[name]))
    return z3.Or(lowest, highest, numbers, doubts)


def _asked(world: World) -> list[z3.BoolRef]:
    return [world.x.asked, world.y.asked]


def _unsure_for_no(world: World) -> list[z3.BoolRef]:
    """Where the first says no the second may be unsure."""
    x, y, terms = world.x, world.y, []
    for name, finding in world.pack.findings.items():
        doubt = z3.And(x.state[name] == NO, y.state[name] == UNSURE)
        alike = same(world, name)
        terms.append(z3.Or(alike, doubt) if finding["kind"] == "yes_no" else alike)
    return terms


def _doubt(world: World) -> list[z3.BoolRef]:
    """Where the first knows, the second may not know or was not asked what may apply."""
    x, y, terms = world.x, world.y, []
    for name in world.pack.findings:
        doubt = z3.Or(y.is_unsure(name), missing(y.evidence.answers[name]))
        known = z3.Not(z3.Or(x.is_unsure(name), x.is_missing(name)))
        terms.append(z3.Or(same(world, name), z3.And(known, doubt)))
    return terms


def _answers_more(world: World, needs: tuple[str, ...]) -> list[z3.BoolRef]:
    """Where the first was not asked, and it may apply, the second may have said anything."""
    return [
        z3.Or(same(world, name), missing(world.x.evidence.answers[name]))
        if finding["need"] in needs
        else same(world, name)
        for name, finding in world.pack.findings.items()
    ]


def _mirrored(world: World) -> list[z3.BoolRef]:
    terms = []
    for name, finding in world.pack.findings.items():
        choices = finding.get("choices", [])
        if not {"left", "right"} <= set(choices):
            terms.append(same(world, name))
            continue
        left, right = choices.index("left"), choices.index("right")
        x, y = world.x.state[name], world.y.state[name]
        terms.append(
            y == z3.If(x == left, z3.BitVecVal(right, 3), z3.If(x == right, z3.BitVecVal(left, 3), x))
        )
    return terms


# --- what nobody may be --------------------------------------------------------------------------------


def _no_leaf(world: World) -> Iterator[tuple[str, z3.BoolRef]]:
    yield "tree", z3.Not(z3.Or(*(world.x.reaches.get(leaf, z3.BoolVal(False)) for leaf in world.pack.leaves)))


def _two_leaves(world: World) -> Iterator[tuple[str, z3.BoolRef]]:
    nodes = {node["id"] for node in world.pack.nodes}
    ends = [term for name, term in world.x.reaches.items() if name not in nodes]
    yield "tree", z3.AtLeast(*ends, 2)


def _undercut(world: World) -> Iterator[tuple[str, z3.BoolRef]]:
    x = world.x
    for name, level in world.pack.levels:
        # on what was said, before anything is read into it
        urgency = URGENCIES.index(level["urgency"])
        yield name, z3.And(x.said.chain(level["when"]).sure, z3.Not(x.at_least[urgency]))


def _calmer(world: World) -> Iterator[tuple[str, z3.BoolRef]]:
    for least in range(1, 5):
        yield f"urgency {least}", z3.And(world.x.at_least[least], z3.Not(world.y.at_least[least]))


def _hidden(world: World) -> Iterator[tuple[str, z3.BoolRef]]:
    yield "screen", z3.And(world.x.clear, world.y.at_least[2])


def _no_longer_clear(world: World) -> Iterator[tuple[str, z3.BoolRef]]:
    yield "screen", z3.And(world.x.clear, world.y.at_least[1])


def _opened(world: World) -> Iterator[tuple[str, z3.BoolRef]]:
    for name in world.pack.exercises:
        pairs = zip(world.x.rungs[name], world.y.rungs[name], strict=True)
        yield name, z3.Or(*(z3.And(low, z3.Not(still)) for low, still in pairs))
    yield "too little left", z3.And(world.y.enough, z3.Not(world.x.enough))


def _passed_over(world: World) -> Iterator[tuple[str, z3.BoolRef]]:
    x = world.x
    for name, exercise in world.pack.exercises.items():
        for column, cell in exercise.get("column", {}).items():
            if cell == "withheld":
                no = z3.Not(x.evidence.chain(world.pack.columns[column]["when"]).open)
                yield f"{name}: {column}", z3.And(z3.Not(no), z3.Not(x.withheld(name)))


def _given_in_danger(world: World) -> Iterator[tuple[str, z3.BoolRef]]:
    x = world.x
    for name, level in world.pack.levels:
        yield name, z3.And(x.exercises, x.evidence.chain(level["when"]).maybe)


def _differs(world: World) -> Iterator[tuple[str, z3.BoolRef]]:
    x, y = world.x, world.y
    for pair, holds in x.fired.items():
        yield f"screen {pair}", holds != y.fired[pair]
    for name, reached in x.reaches.items():
        yield f"tree {name}", reached != y.reaches[name]
    for name, rungs in x.rungs.items():
        yield f"ladder {name}", z3.Or(*(one != two for one, two in zip(rungs, y.rungs[name], strict=True)))


LAWS = (
    Law("P1", "a verdict for everybody", "Everybody comes to a leaf of the pattern tree.", _nobody, _no_leaf),
    Law("P2", "one verdict each", "Nobody comes to two leaves.", _nobody, _two_leaves),
    Law("P4", "nothing undercuts a level", "What holds by the answers is never less urgent in the verdict.",
        _nobody, _undercut),
    Law("P5", "danger never calms", "More danger or doubt, anywhere at once, never lowers the urgency.",
        lambda world: [*_caution(world), *_asked(world)], _calmer),
    Law("P6", "unsure is never below no", "Unsure for no, anywhere at once, never lowers the urgency.",
        lambda world: [*_unsure_for_no(world), *_asked(world)], _calmer),
    Law("P6", "unknown is never no", "An optional answer that is missing hides a routine visit at most.",
        lambda world: _answers_more(world, ("choice",)), _hidden),
    Law("P6", "no open question hides a level", "Whoever is clear stays clear, whatever else is asked.",
        lambda world: _answers_more(world, ("screen",)), _no_longer_clear),
    Law("P6", "doubt opens nothing", "Who does not know, anywhere at once, gets no more than who knows.",
        lambda world: [*_doubt(world), *_asked(world)], _opened),
    Law("P7", "danger opens nothing", "More danger, anywhere at once, opens no exercise and no rung.",
        _caution, _opened),
    Law("P30", "what is withheld is not given", "Who is not a clear no gets nothing that is withheld.",
        _nobody, _passed_over),
    Law("P9", "exercises only when clear", "Who gets exercises has no level that holds or may hold.",
        _nobody, _given_in_danger),
    Law("P13", "mirror", "Left for right changes no urgency, no leaf and no rung.", _mirrored, _differs),
)  # fmt: skip
