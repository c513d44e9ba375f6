"""People who show what a rule does: as calm as can be, free of contradictions, decided by the engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import permutations

import attrs

from sitriage.conditions import Answer, Value
from sitriage.diagrams import Ref
from sitriage.evidence import Evidence, read_answers
from sitriage.model import Exercise, Item, Level, Ruleset
from sitriage.programme import plan
from sitriage.prove.replay import everybody, given, unasked
from sitriage.prove.space import Block, Space
from sitriage.screen import fired, rank_of
from sitriage.words import Urgency

__all__ = ["Pair", "People", "Person"]

Person = Mapping[str, Value]
"""A state of every finding."""

Pair = tuple[Person, Person]

_ANSWERS = (Answer.YES, Answer.UNSURE)


@attrs.frozen(slots=False)
class People:
    """Finds people in a space for whom a function is not 0 and no rule but those asked for decides."""

    space: Space

    @cached_property
    def base(self) -> Person:
        """Somebody whom nothing ails, free of contradictions: the rest of everybody who is found."""
        return everybody(self.space.rules).base

    def whom(self, ref: Ref, below: int = 1, but: str = "") -> Person | None:
        """Returns the calmest of those whom no level but one leads as far as a rank (0: any), or None."""
        space, store, base = self.space, self.space.store, self.base
        levels = [block for name, block in self._leading[below].items() if name != but]
        while (found := store.calmest(ref, bool)) is not None:
            person = {**base, **{name: space.calm[name] for name in store.findings(ref)}, **found}
            changed = {name for name, value in person.items() if value != base[name]}
            blocks = (each for each, read in (*space.clashes, *levels) if read & changed)
            if (block := next((each for each in blocks if store.number(each, person)), None)) is None:
                return person
            ref = space.without(ref, block)
        return None

    @cached_property
    def _leading(self) -> Mapping[int, Mapping[str, Block]]:
        """For each rank there is, and for every level, those whom it leads at least so far."""
        levels = [level for _, level in self.space.levels]
        found: dict[int, dict[str, Block]] = {0: {}}
        for rank in sorted({1, *(rank_of(level, answer) for level in levels for answer in _ANSWERS)}):
            refs = {name: self.space.store.mapped(ref, rank.__le__) for name, ref in self.space.ranks.items()}
            found[rank] = {name: (ref, self.space.store.findings(ref)) for name, ref in refs.items()}
        return found

    def alone(self, level: Level) -> Iterator[Person]:
        """Yields somebody whom no other level leads as far, surely or with an unsure answer."""
        space = self.space
        for answer in _ANSWERS:
            found = self.whom(space.at(space.store.of(level.when), answer), rank_of(level, answer), level.id)
            if found is not None:
                yield found

    def ways(self, exercise: str) -> Iterator[Ref]:
        """Yields for each way in which an exercise comes into a programme 1 for those who are given it so."""
        withheld = self.withheld(exercise)
        return (self.space.without(way, withheld) for way in self.comes_up(exercise))

    def comes_up(self, exercise: str) -> Iterator[Ref]:
        """Yields the same, with those from whom it is withheld."""
        space, store = self.space, self.space.store
        for name, leaf in space.rules.programmes.items():
            here = space.leaves.get(name, store.constant(0))
            for item in leaf.item:
                own = space.rules.exercises[item.exercise]
                asked = here if item.needs is None else store.lowest([here, space.surely(item.needs)])
                yield store.lowest([asked, self._sore_where(own, item, exercise)])
                if own.instead == exercise:
                    yield store.lowest([asked, self.withheld(own.id)])
            if exercise in space.rules.settings.fill:
                yield store.lowest([here, *(self.withheld(item.exercise) for item in leaf.item)])

    def _sore_where(self, own: Exercise, item: Item, exercise: str) -> Ref:
        """1 for those who are sore where an item means this exercise: itself, or one in its place."""
        store, side = self.space.store, self.space.rules.settings.side

        def means(sore: Value) -> str:
            if sore in ("left", "right") or (item.side or own.side) in ("each", "symmetric") or unasked(sore):
                return own.id
            word = str(getattr(own, f"if_{sore}"))
            return word if word in self.space.rules.exercises or word == "left_out" else own.id

        return store.read(side, [int(means(sore) == exercise) for sore in store.domains[side]])

    def withheld(self, exercise: str) -> Ref:
        """Returns 1 for those from whom an exercise is withheld."""
        last = len(self.space.rules.exercises[exercise].rungs) - 1
        return self.space.at(self.space.rungs[exercise], last)

    def turned(
        self, ref: Ref, finding: str, where: Ref | None = None, below: int = 1, but: str = ""
    ) -> Iterator[Pair]:
        """Yields two people of those somewhere for whom a function differs by one answer alone."""
        store, wheres = self.space.store, [] if where is None else [where]
        values = [each for each in store.domains[finding] if not unasked(each)]
        fixed = {value: self.space.fixed(ref, finding, value) for value in values}
        for low, high in permutations(values, 2):
            here = store.read(finding, [int(value == high) for value in store.domains[finding]])
            differs = store.lowest([here, *wheres, store.above(fixed[high], fixed[low])])
            if (found := self.whom(differs, below, but)) is not None:
                yield {**found, finding: low}, found

    @cached_property
    def parts(self) -> Mapping[str, tuple[tuple[Ref, Ref], ...]]:
        """For each finding what of a programme turns on it, with the people who get to see that."""
        found: dict[str, tuple[tuple[Ref, Ref], ...]] = {}
        for ref, where in dict.fromkeys(self._parts()):
            for finding in self.space.store.findings(ref):
                found[finding] = (*found.get(finding, ()), (ref, where))
        return found

    def _parts(self) -> Iterator[tuple[Ref, Ref]]:
        space, store, settings = self.space, self.space.store, self.space.rules.settings
        side = store.read(settings.side, range(len(store.domains[settings.side]), 0, -1))
        for ref in space.leaves.values():
            yield ref, store.constant(1)
        for name, leaf in space.rules.programmes.items():
            for item in leaf.item:
                if item.needs is not None:
                    yield space.surely(item.needs), space.leaves[name]
        for exercise in space.rules.exercises.values():
            hurts = [space.applies(settings.lying_hurts)] if exercise.if_lying_hurts else []
            for way in self.comes_up(exercise.id):
                for ref in (*space.limited(exercise.id), side, space.applies(settings.both), *hurts):
                    yield ref, way

    def read(self, person: Person, rules: Ruleset | None = None) -> Evidence:
        """Returns what the engine reads from the answers of somebody."""
        return read_answers(given(person), rules or self.space.rules)

    def decided(self, person: Person, rules: Ruleset | None = None) -> tuple[object, ...] | None:
        """Returns what the engine decides for complete answers; None where they contradict each other."""
        rules = rules or self.space.rules
        evidence = self.read(person, rules)
        if evidence.conflicts or any(map(evidence.missing, rules.findings)):
            return None
        if reached := fired(rules, evidence.values):
            return reached[0].urgency, reached[0].see
        made = plan(rules, evidence.values)
        if made.too_little:
            return Urgency.ROUTINE, rules.manifest.too_little_left_see
        return tuple((pick.exercise, pick.rung, pick.side, pick.dose) for pick in made.picks)
