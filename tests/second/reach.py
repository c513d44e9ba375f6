"""Somebody for everything: each leaf and level is reached, each level decides and each finding matters."""

from __future__ import annotations

import z3

from tests.second.answers import Pack
from tests.second.encoding import PROFESSIONALS, Person
from tests.second.laws import World, same
from tests.second.people import Foretold, drawing_solver, foretold

Found = dict[str, Foretold | None]
"""For each rule somebody whom it needs, or nobody."""


def one_person(pack: Pack) -> tuple[Person, z3.Solver]:
    """Returns somebody who contradicts nothing, who was asked what could hold a verdict back."""
    person = Person(pack, "x")
    solver = drawing_solver(person)
    solver.add(z3.Not(person.conflict), person.asked)
    return person, solver


def _who(solver: z3.Solver, person: Person, wish: z3.BoolRef) -> Foretold | None:
    return foretold(solver.model(), person) if solver.check(wish) == z3.sat else None


def leaves(person: Person, solver: z3.Solver) -> Found:
    """Somebody with exercises at each leaf (P31)."""
    return {
        leaf: _who(solver, person, z3.And(person.exercises, person.reaches[leaf]))
        for leaf in person.pack.leaves
    }


def deciding(person: Person, solver: z3.Solver) -> Found:
    """Somebody for each level whose urgency or professional would be another without it (P31, P32)."""
    return {name: _who(solver, person, _decides(person, name)) for name in person.levels}


def _decides(person: Person, name: str) -> z3.BoolRef:
    answer, urgency, see = person.outcomes[name][0]
    own = urgency, PROFESSIONALS.index(see)
    as_high = [
        holds
        for other in person.levels
        if other != name
        for holds, urgency, see in person.outcomes[other]
        if (urgency, PROFESSIONALS.index(see)) >= own
    ]
    return z3.And(answer, z3.Not(z3.Or(*as_high)))


def mattering(world: World) -> dict[str, bool]:
    """Whether two people who differ in one finding alone get another verdict, leaf or rung (P34)."""
    x, y, solver = world.x, world.y, world.solver
    both = z3.And(x.exercises, y.exercises)
    screens = [one != two for one, two in zip(x.at_least, y.at_least, strict=True)]
    ways = [z3.And(x.reaches[leaf], z3.Not(y.reaches[leaf])) for leaf in world.pack.leaves]
    forms = [
        one != two
        for name in world.pack.exercises
        for one, two in zip(x.rungs[name], y.rungs[name], strict=True)
    ]
    solver.push()
    alike = {name: z3.Bool(f"alike.{name}") for name in world.pack.findings}
    solver.add(*(z3.Implies(switch, same(world, name)) for name, switch in alike.items()))
    solver.add(z3.Or(*screens, z3.And(both, z3.Or(*ways, *forms))))
    found = {
        name: solver.check(*(switch for other, switch in alike.items() if other != name)) == z3.sat
        for name in world.pack.findings
    }
    solver.pop()
    return found
