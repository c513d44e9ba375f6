"""Worked cases: the smallest people for whom a rule decides, and the verdict that the engine gives them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import attrs

from sitriage.limits import WITHHELD
from sitriage.model import Exercise, Level, Ruleset
from sitriage.prove.people import People, Person
from sitriage.prove.regions import in_words
from sitriage.prove.replay import decided, given
from sitriage.prove.space import space_of
from sitriage.verdict import Referral

__all__ = ["Cases"]

NOBODY = "Nobody for whom this alone decides: wherever it holds, another rule leads at least as far."
NOBODY_SO = "Nobody is given this form for a reason of its own."


@attrs.frozen(slots=False)
class Cases:
    """Finds the cases of a ruleset; a person is calm but for what is said of them."""

    rules: Ruleset

    @cached_property
    def _people(self) -> People:
        return People(space_of(self.rules))

    def of_level(self, level: Level) -> tuple[str, ...]:
        """Returns somebody for whom a level decides, surely and with an unsure answer, with the verdicts."""
        return tuple(self._verdicts(level)) or (NOBODY,)

    def of_form(self, exercise: Exercise, rung: str) -> str:
        """Returns who may be given a form of an exercise and none harder."""
        space, store = self._people.space, self._people.space.store
        ref = space.at(space.rungs[exercise.id], exercise.rungs.index(rung))
        person = self._people.whom(ref) or space.somebody(ref)
        if person is None:
            return NOBODY_SO
        said = "left out" if rung == WITHHELD else "at most this form"
        read = {name: value for name, value in person.items() if name in store.findings(ref)}
        return f"Somebody with {self._words(read)}: {said}."

    def _verdicts(self, level: Level) -> Iterator[str]:
        for person in self._people.alone(level):
            verdict = decided(self.rules, given(person))
            see = _plain(verdict.see) if isinstance(verdict, Referral) else "exercises"
            yield f"Somebody with {self._words(person)}: {_plain(verdict.urgency)}, {see}."

    def _words(self, person: Person) -> str:
        base = self._people.base
        said = {name: (value,) for name, value in person.items() if value != base[name]}
        return in_words(self.rules, self._people.space.store, said)


def _plain(word: str) -> str:
    return word.replace("_", " ")
