"""Laws of the sides: left is right in a mirror, and one side alone only where one side is sore.

The side table of the engine is asked itself: for every exercise, form and item, every answer to the side,
with and without pain on both sides.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from sitriage.conditions import Condition, Value, findings_in
from sitriage.model import Exercise, Item
from sitriage.placed import conditions_of
from sitriage.prove.law import Breach, Checked, Law
from sitriage.prove.space import Space
from sitriage.sides import side_of
from sitriage.words import OPPOSITE, Side

__all__ = ["SIDES"]

_MIRROR: Mapping[Value, Value] = MappingProxyType({"left": "right", "right": "left"})

Row = tuple[Exercise, Item, str, str, bool, Side | None]
"""An exercise, an item, a form, the answer to the side, whether both may be sore, and the side that works."""


def _mirror(space: Space) -> Iterator[Checked]:
    sided = [each.id for each in space.rules.findings.values() if {"left", "right"} <= set(each.choices)]
    for placed in conditions_of(space.rules):
        if placed.file.startswith("definitions/"):
            # it stands, replaced, in whatever reads it
            continue
        yield Checked(
            f"{placed.file}: {placed.path}", *_in_a_mirror(space, sided, placed.file, placed.condition)
        )
    table = {
        (each.id, str(item.side), rung, side, both): works
        for each, item, rung, side, both, works in _table(space)
    }
    for (name, word, rung, side, both), works in table.items():
        twin = table.get((name, word, rung, str(_MIRROR.get(side, side)), both))
        swapped = OPPOSITE.get(works, works) if works is not None else None
        what = f"`{name}` does not work the mirrored side for somebody who is sore on the other side"
        found = () if twin == swapped else (Breach(f"exercises/{name}.toml", what),)
        yield Checked(f"{name}: {side}", 1, found)


def _in_a_mirror(
    space: Space, sided: list[str], file: str, condition: Condition
) -> tuple[int, tuple[Breach, ...]]:
    read = findings_in(condition)
    states = math.prod(len(space.store.domains[name]) for name in read)
    for name in read & set(sided):
        ref = space.store.of(condition)
        turned = space.store.turned(ref, name, _MIRROR)
        if turned != ref:
            person = space.store.calmest(space.store.differing(ref, turned), bool) or {}
            side = person.get(name, space.store.domains[name][0])
            twin = person | {name: _MIRROR.get(side, side)}
            return states, (Breach(file, f"left and right differ (`{name}`)", (person, twin)),)
    return states, ()


def _one_side_alone(space: Space) -> Iterator[Checked]:
    for exercise, _, rung, side, both, works in _table(space):
        alone = works in (Side.LEFT, Side.RIGHT)
        what = f"`{exercise.id}` ({rung}) works one side alone for somebody whose sore side is `{side}`"
        wrong = alone and (both or side not in ("left", "right"))
        found = (Breach(f"exercises/{exercise.id}.toml", what),) if wrong else ()
        yield Checked(f"{exercise.id}: {rung}, {side}", 1, found)


def _both_is_both(space: Space) -> Iterator[Checked]:
    """Whoever answers that both sides are sore counts as sore on both."""
    settings, store = space.rules.settings, space.store
    values = store.domains[settings.side]
    said = store.read(settings.side, [int(each == "both") for each in values])
    missed = store.above(said, space.applies(settings.both))
    person = store.calmest(missed, bool)
    what = "`both`: somebody answers that both sides are sore and is treated as sore on one"
    found = () if person is None else (Breach("settings.toml", what, (person,)),)
    yield Checked(settings.side, space.states(missed) * len(values), found)


def _both_sides(space: Space) -> Iterator[Checked]:
    yield from _both_is_both(space)
    yield from _one_side_alone(space)


def _side_is_the_tables(space: Space) -> Iterator[Checked]:
    """With one sore side, a form works the side that its file names."""
    for exercise, item, rung, side, both, works in _table(space):
        if both or side not in ("left", "right"):
            continue
        word = item.side or exercise.side
        if word in ("sore", "other"):
            word = exercise.rung[rung].side or word
        wanted = {"sore": side, "other": _MIRROR[side]}.get(word, word)
        what = f"`{exercise.id}` ({rung}) works `{works}` and not `{wanted}` where `{side}` is sore"
        found = () if works == wanted else (Breach(f"exercises/{exercise.id}.toml", what),)
        yield Checked(f"{exercise.id}: {rung}, {side}", 1, found)


def _table(space: Space) -> Iterator[Row]:
    rules = space.rules
    people = list(_sore(space))
    items = {(item.exercise, item.side): item for leaf in rules.programmes.values() for item in leaf.item}
    items |= {(name, ""): Item(exercise=name) for name in rules.exercises}
    for (name, _), item in items.items():
        exercise = rules.exercises[name]
        for rung in exercise.rung:
            for side, both, answers in people:
                yield exercise, item, rung, side, both, side_of(exercise, item, rung, rules, answers)


def _sore(space: Space) -> Iterator[tuple[str, bool, Mapping[str, Value]]]:
    """Somebody for every answer to the side, with and without pain that may be on both."""
    name, store = space.rules.settings.side, space.store
    both = space.applies(space.rules.settings.both)
    one = store.mapped(both, lambda number: 1 - number)
    for value in store.domains[name]:
        here = store.read(name, [int(each == value) for each in store.domains[name]])
        for wanted, ref in ((True, both), (False, one)):
            answers = space.somebody(store.lowest([here, ref]))
            if answers is not None:
                yield str(value), wanted, answers


SIDES = (
    Law("P13", "mirror", "Who is sore on the other side gets the same verdict, mirrored.", _mirror),
    Law("P14", "both sides sore", "One side works alone only where one side alone is sore.", _both_sides),
    Law("P15", "the right side", "With one sore side, the side that works is the one the rules name.",
        _side_is_the_tables),
)  # fmt: skip
