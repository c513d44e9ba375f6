"""Programmes as functions: for every exercise that a leaf may give, who gets it, and in which form.

Exact but for two things that only make it tell people apart too often: an exercise that a leaf names twice,
and a side that changes a word of the side table which reads the same. So where two packs come out equal
here, nobody gets another programme; where they do not, a person is put to both engines.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import attrs

from sitriage.diagrams import Ref
from sitriage.model import Exercise, Item
from sitriage.prove.space import LOOSEST, Space

__all__ = ["Programmes"]

LEFT, RIGHT, BOTH, MIDLINE, UNSURE = range(5)
PLACES = {"left": LEFT, "right": RIGHT, "both": BOTH, "midline": MIDLINE}
NEUTRAL = ("each", "symmetric")
OTHERWISE = {BOTH: "if_both", MIDLINE: "if_midline", UNSURE: "if_unsure"}


@attrs.frozen(slots=False)
class Programmes:
    """The programmes of one space."""

    space: Space

    @cached_property
    def side(self) -> Ref:
        """Which side is sore: one, surely, or what stands in its place."""
        store, settings = self.space.store, self.space.rules.settings
        said = store.read(settings.side, [PLACES.get(str(v), UNSURE) for v in store.domains[settings.side]])
        one = store.mapped(said, lambda place: int(place in (LEFT, RIGHT)))
        doubted = store.lowest([one, self.space.applies(settings.both)])
        return store.chosen(doubted, store.constant(BOTH), said)

    @cached_property
    def lying_hurts(self) -> Ref:
        return self.space.applies(self.space.rules.settings.lying_hurts)

    @cached_property
    def start_only(self) -> Ref:
        limiting = [each for each in self.space.rules.columns.values() if each.start_dose_only]
        return self.space.store.highest([self.space.columns[each.id] for each in limiting])

    def leaf(self, name: str) -> list[tuple[Ref, ...]]:
        """What comes of each exercise of a leaf, in order, then of those that fill it up."""
        store, rules = self.space.store, self.space.rules
        found: list[tuple[Ref, ...]] = []
        given: dict[str, Ref] = {}

        def add(item: Item, reached: Ref) -> None:
            for exercise, outcome in self._chain(item, reached):
                found.append(outcome)
                given[exercise] = store.highest([given.get(exercise, store.constant(0)), outcome[0]])

        for item in rules.programmes[name].item:
            add(item, store.constant(1) if item.needs is None else self.space.surely(item.needs))
        for more in rules.settings.fill:
            few = store.mapped(store._nth_highest(2, list(given.values())), lambda two: int(not two))
            add(Item(exercise=more), few)
        return found

    def _chain(self, item: Item, reached: Ref) -> Iterator[tuple[str, tuple[Ref, ...]]]:
        store, exercises = self.space.store, self.space.rules.exercises
        exercise = exercises[item.exercise]
        words = _words(exercise, item)
        for word in dict.fromkeys(words):
            if word in exercises:
                swapped = Item(exercise=word, phase=item.phase)
                yield word, self._form(exercises[word], swapped, self._here(reached, words, word))
        stays = self._here(reached, words, *(word for word in words if word not in exercises))
        outcome = self._form(exercise, item, stays)
        yield exercise.id, outcome
        if exercise.instead:
            instead = exercises[exercise.instead]
            yield instead.id, self._form(instead, Item(exercise=instead.id), store.above(stays, outcome[0]))

    def _here(self, reached: Ref, words: list[str], *wanted: str) -> Ref:
        where = self.space.store.mapped(self.side, lambda place: int(words[place] in wanted))
        return self.space.store.lowest([reached, where])

    def _form(self, exercise: Exercise, item: Item, reached: Ref) -> tuple[Ref, ...]:
        """Who is given the exercise; then, of these, form, hold, effort, side, lying, and start dose only."""
        store, last = self.space.store, len(exercise.rungs) - 1
        words = _words(exercise, item)
        hardest = store.constant(exercise.rungs.index(item.rung) if item.rung else 0)
        place = store.highest([self.space.rungs[exercise.id], hardest])
        sided = self._here(reached, words, *NEUTRAL, "sore", "other")
        given = store.lowest([sided, store.mapped(place, lambda at: int(at < last))])
        doses = [
            store.mapped(self.space.caps[exercise.id, f"max_{key}"], _felt(exercise, key))
            for key in ("hold_s", "effort_percent")
        ]
        parts = [place, *doses]
        if not {*words} <= {*NEUTRAL} or exercise.if_lying_hurts:
            parts.append(self.side)
        if exercise.if_lying_hurts:
            parts.append(self.lying_hurts)
        if exercise.target != exercise.start:
            parts.append(self.start_only)
        whole = store.scaled(given, LOOSEST)
        return (given, *(store.lowest([whole, part]) for part in parts))


def _felt(exercise: Exercise, key: str) -> Any:
    """What a cap leaves of both doses, as a number: a cap above them is not felt."""
    start, target = getattr(exercise.start, key), getattr(exercise.target, key)

    def felt(tight: int) -> int:
        cap = LOOSEST - tight if tight else LOOSEST
        # no dose is as high as this
        return max(0, start - cap) + max(0, target - cap)

    return felt


def _words(exercise: Exercise, item: Item) -> list[str]:
    """The word of the side table for each sore side."""
    wanted = item.side or exercise.side
    if wanted in NEUTRAL:
        return [wanted] * 5
    return [wanted, wanted, *(getattr(exercise, OTHERWISE[at]) for at in (BOTH, MIDLINE, UNSURE))]
