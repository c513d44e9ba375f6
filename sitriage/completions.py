"""Completions: the ways in which unanswered findings may still be answered without contradiction.

`settle` searches them exactly. It relies on one thing only: the values of every finding come least
dangerous first, so that what a search does not tie down stays harmless.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import compress, count
from types import MappingProxyType
from typing import TypeVar

import attrs

from sitriage.conditions import Answer, Answers, Box, Combination, Domain, Value, boxes
from sitriage.evidence import Evidence
from sitriage.model import Level, Ruleset
from sitriage.ranges import span
from sitriage.screen import rank_of

__all__ = ["Completions", "completions_of"]

_NOTHING: Box = MappingProxyType({})

T = TypeVar("T")


@attrs.frozen
class Completions:
    """Every complete, conflict-free set of answers that agrees with some evidence.

    `levels` are those that a completion may still reach. `base` is a completion of the lowest rank
    once `lowest` is known: whatever reads only unchanged answers is then as calm as the base.
    """

    rules: Ruleset
    evidence: Evidence
    missing: tuple[str, ...]
    forbidden: tuple[Combination, ...]
    levels: tuple[Level, ...]
    base: Answers
    lowest: int | None
    readers: Mapping[str, tuple[int, ...]]
    barred: Mapping[str, tuple[int, ...]]
    domains: Mapping[str, tuple[Value, ...]]

    def reading(self, finding: str) -> tuple[Level, ...]:
        """Returns the open levels that read a finding."""
        return tuple(self.levels[index] for index in self.readers.get(finding, ()))

    def domain(self, finding: str) -> tuple[Value, ...]:
        """Returns the values a finding may still take."""
        return self.domains[finding]

    def within(self, box: Box) -> Domain:
        """Returns the domain narrowed to a box."""
        domains = self.domains
        return lambda finding: box.get(finding) or domains[finding]

    def settle(self, box: Box, below: int = 0, also: Box = _NOTHING) -> Answers | None:
        """Returns a completion in the box whose rank is under `below` (0: any), or None.

        With `also`, the same answers with those findings changed are free of conflict too.
        """
        if below and self.lowest is not None and below <= self.lowest:
            return None
        answers = dict(self.base)
        answers.update((name, allowed[0]) for name, allowed in box.items() if answers[name] not in allowed)
        if self.fine(answers, below, also):
            return answers
        for way in self._repairs(box, answers, below, also):
            if (found := self.settle({**box, **way}, below, also)) is not None:
                return found
        return None

    def fine(self, answers: Answers, below: int = 0, also: Box = _NOTHING) -> bool:
        """Whether complete answers are free of conflict and their rank is under `below`."""
        return next(self._wrong(answers, below, also), None) is None

    def _wrong(self, answers: Answers, below: int, also: Box) -> Iterator[tuple[Combination, Box]]:
        """What is wrong with the answers, as a combination that must not hold."""
        changed = {**answers, **{name: allowed[0] for name, allowed in also.items()}} if also else answers
        touched = (
            None if self.lowest is None else [n for n, value in changed.items() if value != self.base[n]]
        )
        for combination in _touched(self.forbidden, self.barred, touched, also):
            if all(condition.value(answers) >= goal for condition, goal in combination):
                yield combination, _NOTHING
            if also and all(condition.value(changed) >= goal for condition, goal in combination):
                yield combination, also
        for level in _touched(self.levels, self.readers, touched, also) if below else ():
            if rank_of(level, level.when.value(answers)) >= below:
                goal = Answer.UNSURE if rank_of(level, Answer.UNSURE) >= below else Answer.YES
                yield ((level.when, goal),), _NOTHING

    def _repairs(self, box: Box, answers: Answers, below: int, also: Box) -> Iterator[Box]:
        """The ways to put right the first thing that is wrong."""
        combination, fixed = next(self._wrong(answers, below, also))
        within = self.within({**box, **fixed})
        for condition, goal in combination:
            for way in boxes(condition, goal, False, within):
                yield {name: allowed for name, allowed in way.items() if name not in fixed}


def completions_of(rules: Ruleset, evidence: Evidence) -> Completions:
    """Returns the completions of the evidence, with the calmest of them found."""
    missing = tuple(name for name in rules.findings if evidence.missing(name))
    domains: dict[str, tuple[Value, ...]] = {name: (value,) for name, value in evidence.values.items()}
    domains.update({name: rules.domains[name] for name in missing})
    domain = domains.__getitem__
    # a conflict that is there already cannot be avoided, and so forbids nothing
    bars = [any(span(condition, domain)[0] < goal for condition, goal in each) for each in rules.forbidden]
    spans = [span(level.when, domain) for level in rules.levels]
    reached = [high >= Answer.UNSURE for _, high in spans]
    readers, barred = rules.places
    start = Completions(
        rules=rules,
        evidence=evidence,
        missing=missing,
        forbidden=tuple(compress(rules.forbidden, bars)),
        levels=tuple(compress(rules.levels, reached)),
        base={name: values[0] for name, values in domains.items()},
        lowest=None,
        readers=_kept(readers, reached),
        barred=_kept(barred, bars),
        domains=domains,
    )
    return _calmest(
        start,
        max((rank_of(level, low) for level, (low, _) in zip(rules.levels, spans, strict=True)), default=0),
    )


def _kept(index: Mapping[str, tuple[int, ...]], chosen: list[bool]) -> dict[str, tuple[int, ...]]:
    """The index of those that are chosen, by their new places."""
    places = dict(zip(compress(count(), chosen), count(), strict=False))
    return {name: tuple([places[at] for at in found if chosen[at]]) for name, found in index.items()}


def _calmest(start: Completions, sure: int) -> Completions:
    ranks = {rank_of(level, value) for level in start.levels for value in (Answer.UNSURE, Answer.YES)}
    for rank in sorted({sure, *(each for each in ranks if each > sure)}):
        found = start.settle(_NOTHING, rank + 1)
        if found is not None:
            return attrs.evolve(start, base=found, lowest=rank)
    # every way to answer the rest is a conflict: none can be avoided, and so they forbid nothing
    return _calmest(attrs.evolve(start, forbidden=(), barred={}), sure)


def _touched(
    every: tuple[T, ...], index: Mapping[str, tuple[int, ...]], names: list[str] | None, also: Box
) -> Iterable[T]:
    """What reads one of the names; everything where the names are not known."""
    if names is None:
        return every
    return [
        every[place] for place in sorted({place for name in (*names, *also) for place in index.get(name, ())})
    ]
