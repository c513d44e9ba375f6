"""The rules as functions over every state of every finding: what the laws are computed on.

A state of a finding is one band of its answers, *unsure*, or *not asked*; the first is the least dangerous.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any

import attrs

from sitriage.conditions import NOT_ASKED, Answer, Box, Condition, Value, findings_in
from sitriage.diagrams import Diagrams, Ref
from sitriage.evidence import unanswered
from sitriage.limits import CELL_CAPS, WITHHELD, allowed_rung
from sitriage.model import Cell, Exercise, Finding, Level, Ruleset
from sitriage.programme import branch
from sitriage.prove.order import reading_order
from sitriage.screen import rank_of

__all__ = ["LOOSEST", "Block", "Pair", "Space", "space_of", "spaces_of", "states_of"]

LOOSEST = 1000
"""A cap of n counts as LOOSEST - n, so that tighter is higher and no cap is 0."""

Pair = tuple[int, int]

Block = tuple[Ref, frozenset[str]]
"""1 for those who are to be left out, and the findings it reads."""


@attrs.frozen(slots=False)
class Space:
    """The functions of a ruleset, each made when a law first asks for it."""

    rules: Ruleset
    store: Diagrams

    @cached_property
    def levels(self) -> tuple[tuple[str, Level], ...]:
        """Every level with the name of its file."""
        flags = [("red_flags", self.rules.red_flags), ("gates", self.rules.gates)]
        return tuple(
            (f"{folder}/{flag.id}.toml", level)
            for folder, table in flags
            for flag in table.values()
            for level in flag.levels
        )

    @cached_property
    def ranks(self) -> Mapping[str, Ref]:
        """How far up each level leads, by its id."""
        return {level.id: self.rank(level) for _, level in self.levels}

    @cached_property
    def reads(self) -> Mapping[str, frozenset[str]]:
        """The findings that each level turns on, by its id."""
        return {name: self.store.findings(ref) for name, ref in self.ranks.items()}

    @cached_property
    def readers(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the levels that turn on each finding."""
        found: dict[str, tuple[str, ...]] = {}
        for name, read in self.reads.items():
            found |= {finding: (*found.get(finding, ()), name) for finding in read}
        return found

    def rank(self, level: Level) -> Ref:
        """Returns how far up a level leads."""
        ranks = [rank_of(level, answer) for answer in Answer]
        return self.store.mapped(self.store.of(level.when), ranks.__getitem__)

    @cached_property
    def columns(self) -> Mapping[str, Ref]:
        """Whom each column limits: 1, or 0 for a clear no."""
        return {name: self.applies(each.when) for name, each in self.rules.columns.items()}

    def applies(self, condition: Condition) -> Ref:
        """Returns 1 where a condition is anything but a clear no."""
        return self.store.mapped(self.store.of(condition), lambda place: int(place > 0))

    def surely(self, condition: Condition) -> Ref:
        """Returns 1 where a condition is a yes."""
        return self.store.mapped(self.store.of(condition), lambda place: int(place == Answer.YES))

    def answered(self, findings: Iterable[str]) -> Ref:
        """Returns 1 for those who answered all the findings."""
        domains = self.store.domains
        return self.inside(
            {name: tuple(each for each in domains[name] if not unanswered(each)) for name in findings}
        )

    def inside(self, box: Box) -> Ref:
        """Returns 1 for those who give one of the answers of a box to each of its findings."""
        domains = self.store.domains
        tests = [
            self.store.read(name, [int(value in allowed) for value in domains[name]])
            for name, allowed in box.items()
        ]
        return self.store.lowest([self.store.constant(1), *tests])

    def at(self, ref: Ref, *numbers: int) -> Ref:
        """Returns 1 where a function is one of some numbers."""
        return self.store.mapped(ref, lambda number: int(number in numbers))

    def fixed(self, ref: Ref, finding: str, value: Value) -> Ref:
        """Returns the function of people who all give one answer."""
        return self.store.turned(ref, finding, dict.fromkeys(self.store.domains[finding], value))

    @cached_property
    def rungs(self) -> Mapping[str, Ref]:
        """The place on its ladder that each exercise is lowered to: by its columns, then by ability."""
        return {name: self.rung(each) for name, each in self.rules.exercises.items()}

    def rung(self, exercise: Exercise) -> Ref:
        """Returns the place of the hardest form of an exercise that somebody may be given."""
        store = self.store
        place = store.highest(
            [self._lowered(exercise, column, cell) for column, cell in exercise.column.items()]
        )
        for at, name in enumerate(exercise.rungs):
            needs = exercise.rung[name].needs if name != WITHHELD else None
            if needs is not None:
                here = store.mapped(place, lambda number, at=at: int(number == at))  # type: ignore[misc]
                unable = store.mapped(self.surely(needs), lambda number: 1 - number)
                place = store.chosen(store.lowest([here, unable]), store.constant(at + 1), place)
        return place

    def _lowered(self, exercise: Exercise, column: str, cell: Cell) -> Ref:
        store, index = self.store, exercise.rungs.index
        place = store.constant(index(allowed_rung(cell, False)))
        if cell.cleared:
            cleared = store.constant(index(allowed_rung(cell, True)))
            place = store.chosen(self.cleared, cleared, place)
        return store.chosen(self.columns[column], place, store.constant(0))

    @cached_property
    def cleared(self) -> Ref:
        """1 for those who surely were assessed and cleared."""
        return self.surely(self.rules.settings.cleared)

    @cached_property
    def caps(self) -> Mapping[tuple[str, str], Ref]:
        """How tight the hold and the effort of each exercise are capped, see `LOOSEST`."""
        return {
            (name, cap): self.store.highest(
                [self._capped(column, cell, cap) for column, cell in cells.items()]
            )
            for name, cells in ((name, each.column) for name, each in self.rules.exercises.items())
            for cap in CELL_CAPS
        }

    def limited(self, exercise: str) -> tuple[Ref, ...]:
        """Returns the place that an exercise is lowered to, and how tight each of its caps is."""
        return (self.rungs[exercise], *self.caps_of(exercise))

    def with_cells(self, exercise: Exercise, cells: Mapping[str, Cell]) -> Space:
        """Returns a space with this exercise alone, under other columns."""
        changed: Any = attrs.evolve(exercise, column=cells)  # type: ignore[arg-type]
        return Space(attrs.evolve(self.rules, exercises={exercise.id: changed}), self.store)

    def caps_of(self, exercise: str) -> tuple[Ref, ...]:
        """Returns how tight each cap of an exercise is."""
        return tuple(self.caps[exercise, cap] for cap in CELL_CAPS)

    def _capped(self, column: str, cell: Cell, cap: str) -> Ref:
        tight = LOOSEST - getattr(cell, cap) if getattr(cell, cap) else 0
        return self.store.scaled(self.columns[column], tight)

    @cached_property
    def leaves(self) -> Mapping[str, Ref]:
        """For each leaf of the pattern tree, and each dead end, 1 for those who come to it."""
        store, nodes = self.store, {node.id: node for node in self.rules.pattern}
        here: dict[str, Ref] = {self.rules.pattern[0].id: store.constant(1)}
        for name, node in nodes.items():
            if name not in here:
                continue
            coming = here.pop(name)
            for end in dict.fromkeys((node.yes, node.otherwise)):
                # the branch is asked of the engine itself, for each of the four answers
                turns = [branch(node, answer) == end for answer in Answer]
                way = store.mapped(store.of(node.when), lambda place, turns=turns: int(turns[place]))  # type: ignore[misc]
                arriving = store.lowest([coming, way])
                here[end] = store.highest([here[end], arriving]) if end in here else arriving
        return here

    def state(self, finding: str, value: Value) -> Value:
        """Returns the state that an answer is in: for a number that of its band."""
        known = [each for each in self.store.domains[finding] if isinstance(each, int)]
        if isinstance(value, (str, Answer)):
            return value
        # a band stands by its first number, or by its last: see bands.py
        if self.rules.findings[finding].min in known:
            return max(each for each in known if each <= value)
        return min(each for each in known if each >= value)

    def pairs(self, finding: str) -> tuple[Pair, ...]:
        """Returns the places of neighbouring states, the more dangerous or doubtful second."""
        return _pairs(self.rules.findings[finding], self.store.domains[finding])

    def states(self, ref: Ref) -> int:
        """Returns how many states the findings that a function reads have together."""
        many = 1
        for name in self.store.findings(ref):
            many *= len(self.store.domains[name])
        return many

    @cached_property
    def calm(self) -> dict[str, Value]:
        """The first state of every finding."""
        return {name: states[0] for name, states in self.store.domains.items()}

    def somebody(self, ref: Ref) -> dict[str, Value] | None:
        """Returns every answer of the calmest person for whom a function is not 0; None: there is nobody."""
        found = self.store.calmest(ref, bool)
        return None if found is None else self.calm | found

    def without_conflict(self, ref: Ref) -> dict[str, Value] | None:
        """Returns the calmest person for whom a function is not 0 and whose answers agree; None: nobody.

        Contradictions are left out one at a time, as somebody shows them: few matter to a function.
        """
        store = self.store
        while (person := store.calmest(ref, bool)) is not None:
            whole, said = self.calm | person, store.findings(ref) | person.keys()
            shown = (each for each, read in self.clashes if read & said and store.number(each, whole))
            if (clash := next(shown, None)) is None:
                return person
            ref = self.without(ref, clash)
        return None

    def without(self, ref: Ref, block: Ref) -> Ref:
        """Returns a function that is 0 for those for whom another is 1."""
        return self.store.lowest([ref, self.store.mapped(block, lambda among: LOOSEST * (1 - among))])

    @cached_property
    def clashes(self) -> tuple[Block, ...]:
        """For each contradiction 1 for those who answer so, and the findings it is about."""
        together = [
            self.store.lowest([self._reaches(condition, goal) for condition, goal in combination])
            for combination in self.rules.forbidden
        ]
        return tuple((each, self.store.findings(each)) for each in together)

    def _reaches(self, condition: Condition, goal: Answer) -> Ref:
        return self.store.mapped(self.store.of(condition), lambda place: int(place >= goal))

    def fall(self, ref: Ref) -> tuple[dict[str, Value], dict[str, Value], str] | None:
        """Returns two people and the finding by which a function falls though danger or doubt grows."""
        for node, finding in self.store.reads(ref):
            for low, high in self.pairs(finding):
                below, beyond = self.store.end(node, low), self.store.end(node, high)
                if not self.store.never_above(below, beyond):
                    rest = self.store.calmest(self.store.above(below, beyond), bool) or {}
                    common = self.store.way_to(ref, node) | rest
                    values = self.store.domains[finding]
                    return common | {finding: values[low]}, common | {finding: values[high]}, finding
        return None


def space_of(rules: Ruleset) -> Space:
    """Returns the space of a ruleset: nothing is computed yet but the order of reading."""
    (space,) = spaces_of(rules)
    return space


def spaces_of(*packs: Ruleset) -> tuple[Space, ...]:
    """Returns packs as spaces in one store: the findings of the last, bands fine enough for all."""
    findings = packs[-1].findings
    domains = {name: states_of(each, _bands(name, packs)) for name, each in findings.items()}
    together = {findings_in(level.when) for rules in packs for flag in rules.gated for level in flag.levels}
    store = Diagrams(reading_order(tuple(findings), together), domains)
    return tuple(Space(rules, store) for rules in packs)


def _bands(name: str, packs: Sequence[Ruleset]) -> tuple[Value, ...]:
    """Each value that a pack tells apart: those that are no numbers keep their places around the numbers."""
    every = dict.fromkeys(value for rules in reversed(packs) for value in rules.domains.get(name, ()))
    numbers = sorted(each for each in every if type(each) is int)
    rest = [each for each in every if type(each) is not int]
    return (*rest[:-1], *numbers, *rest[-1:]) if numbers else tuple(rest)


def states_of(finding: Finding, domain: Sequence[Value]) -> tuple[Value, ...]:
    """Returns the answers of a domain with *not asked* in its place on the chain."""
    if finding.kind != "yes_no":
        return (*domain, NOT_ASKED)
    chain = (Answer.NO, Answer.NOT_ASKED, Answer.UNSURE, Answer.YES)
    kept = [each for each in chain if each in domain or each is Answer.NOT_ASKED]
    return tuple(reversed(kept) if finding.polarity == "reassures" else kept)


def _pairs(finding: Finding, states: Sequence[Value]) -> tuple[Pair, ...]:
    if finding.polarity == "none":
        return ()
    if finding.kind == "yes_no":
        # those who answered first, since their verdicts are easier to judge
        given = [at for at, value in enumerate(states) if value is not Answer.NOT_ASKED]
        return (*pairwise(given), *pairwise(range(len(states))))
    known = [at for at, value in enumerate(states) if not isinstance(value, str)]
    return (*pairwise(known), (known[0], states.index("unsure")))
