"""Laws of the rules themselves: each is somebody's, and without it somebody would get another verdict.

A rule that never speaks harms nobody, so a pack loads without these; but it looks like a protection.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from sitriage.diagrams import Ref
from sitriage.limits import limits
from sitriage.model import Column, Exercise, Level, Node, RedFlag, Ruleset
from sitriage.programme import plan, walk
from sitriage.prove.law import Breach, Checked, Law
from sitriage.prove.people import People, Person
from sitriage.prove.space import Space
from sitriage.screen import fired

__all__ = ["ALIVE"]

_TREE = "tree/pattern.toml"


def _everything_happens(space: Space) -> Iterator[Checked]:
    people, rules, store = People(space), space.rules, space.store
    for file, level in space.levels:
        ref = space.ranks[level.id]
        person = people.whom(ref, 0)
        seen = person is not None and level.id in _fired(people, person)
        yield _checked(level.id, space.states(ref), seen, file, f"nobody reaches `{level.id}`")
    for name in rules.programmes:
        ref = space.leaves.get(name, store.constant(0))
        person = people.whom(ref)
        seen = person is not None and walk(rules, people.read(person).values)[-1] == name
        yield _checked(name, space.states(ref), seen, f"programmes/{name}.toml", f"nobody comes to `{name}`")
    for name, exercise in rules.exercises.items():
        file, ref = f"exercises/{name}.toml", space.rungs[name]
        seen = any(name in _exercises(people, person) for person in _whom(people, people.ways(name)))
        yield _checked(name, space.states(ref), seen, file, f"nobody is given `{name}`")
        for place, rung in enumerate(exercise.rungs[:-1]):
            person = people.whom(space.at(ref, place))
            seen = person is not None and limits(exercise, rules, people.read(person).values).place == place
            what = f"`{rung}` is the hardest form of `{name}` for nobody"
            yield _checked(
                f"{name}: {rung}", space.states(ref), seen or rung in _asked(exercise, rules), file, what
            )


def _asked(exercise: Exercise, rules: Ruleset) -> set[str]:
    """The forms that a programme asks for, and the easiest where lying hurts, whatever the ladder says."""
    items = (item for leaf in rules.programmes.values() for item in leaf.item)
    asked = {item.rung for item in items if item.exercise == exercise.id}
    return asked | {exercise.rungs[-2]} if exercise.if_lying_hurts else asked


def _fired(people: People, person: Person) -> set[str]:
    return {each.level.id for each in fired(people.space.rules, people.read(person).values)}


def _exercises(people: People, person: Person) -> set[str]:
    return {pick.exercise for pick in plan(people.space.rules, people.read(person).values).picks}


def _whom(people: People, refs: Iterable[Ref]) -> Iterator[Person]:
    found = (people.whom(ref) for ref in refs)
    return (person for person in found if person is not None)


def _checked(factor: str, states: int, seen: bool, file: str, what: str) -> Checked:
    return Checked(factor, states, () if seen else (Breach(file, what),))


def _every_rule_decides(space: Space) -> Iterator[Checked]:
    """Each level, limit and turn of the tree is left out, one at a time."""
    people, rules = People(space), space.rules
    for file, level in space.levels:
        left = _without_level(rules, level)
        seen = any(_other(people, person, left) for person in people.alone(level))
        what = f"without `{level.id}` everybody is led as far by another level"
        yield _checked(level.id, space.states(space.ranks[level.id]), seen, file, what)
    for column in rules.columns.values():
        bound = [each for each in rules.exercises.values() if column.id in each.column]
        seen = any(_loosened(people, each, column) for each in bound)
        what = f"without the limit `{column.id}` every ladder and dose stays as it is"
        yield _checked(
            column.id, space.states(space.columns[column.id]), seen, f"columns/{column.id}.toml", what
        )
    for node in rules.pattern:
        left = _without_turn(rules, node)
        seen = any(_other(people, person, left) for person in _whom(people, _turned(people, left)))
        what = f"both ways from `{node.id}` lead everybody to the same programme"
        yield _checked(node.id, space.states(space.store.of(node.when)), seen, _TREE, what)


def _other(people: People, person: Person, left: Ruleset) -> bool:
    now = people.decided(person)
    return now is not None and now != people.decided(person, left)


def _without_level(rules: Ruleset, gone: Level) -> Ruleset:
    def kept(table: Mapping[str, RedFlag]) -> Any:
        rest = {name: tuple(each for each in flag.level if each is not gone) for name, flag in table.items()}
        return {name: attrs.evolve(table[name], level=levels) for name, levels in rest.items()}

    return attrs.evolve(rules, red_flags=kept(rules.red_flags), gates=kept(rules.gates))


def _without_turn(rules: Ruleset, node: Node) -> Ruleset:
    straight = attrs.evolve(node, yes=node.otherwise)
    return attrs.evolve(rules, pattern=tuple(straight if each is node else each for each in rules.pattern))


def _loosened(people: People, exercise: Exercise, gone: Column) -> bool:
    """Whether one limit alone keeps somebody from a harder form, a longer hold or more effort."""
    space, store = people.space, people.space.store
    free = space.with_cells(
        exercise, {name: cell for name, cell in exercise.column.items() if name != gone.id}
    )
    now, then = space.limited(exercise.id), free.limited(exercise.id)
    person = people.whom(store.highest(map(store.differing, now, then)), 0)
    if person is None:
        return False
    answers = people.read(person).values
    held, freed = (limits(each.rules.exercises[exercise.id], each.rules, answers) for each in (space, free))
    return attrs.evolve(held, columns=()) != attrs.evolve(freed, columns=())


def _turned(people: People, left: Ruleset) -> Iterator[Ref]:
    space, store, after = people.space, people.space.store, Space(left, people.space.store)
    for name, ref in space.leaves.items():
        yield store.differing(ref, after.leaves.get(name, store.constant(0)))


ALIVE = (
    Law("P31", "nothing is dead",
        "Somebody reaches each level and programme, is given each exercise, and is held to each form.",
        _everything_happens),
    Law("P32", "every rule decides",
        "Without any one level, limit or turn of the tree somebody is sent, held or led elsewhere.",
        _every_rule_decides),
)  # fmt: skip
