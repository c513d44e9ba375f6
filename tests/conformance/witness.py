"""For each mutant somebody who gets another verdict from it, or a proof that there is nobody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

import attrs

from sitriage.conditions import NOT_APPLICABLE, NOT_ASKED, Answer, Value, findings_in
from sitriage.decide import decide
from sitriage.diagrams import Diagrams, Ref
from sitriage.evidence import read_answers
from sitriage.model import Ruleset
from sitriage.programme import branch
from sitriage.prove.order import reading_order
from sitriage.prove.replay import everybody, said
from sitriage.prove.space import Space, states_of
from sitriage.screen import rank_of
from tests.conformance.mutants import Mutant, Site
from tests.conformance.programmes import Programmes
from tests.independent.differ import Seen, decided, written

__all__ = ["TELLS", "Fate", "Hunt", "answers_to", "seen_by"]

Person = Mapping[str, Value]
Answers = dict[str, object]

MOST_TRIES = 12
TELLS = ("urgency", "see", "prescriptions")


@attrs.frozen
class Fate:
    """What became of a mutant: the answers that kill it, or how it is proved to be equivalent.

    `factor`: the changed condition decides the same for everybody. `composition`: it does not, but for
    nobody for whom it matters. `waiting`: only for people to whom no programme is shown before they are asked
    something that may refer them. `contradiction`: only for people whose answers exclude each other, and none
    of those tried gets another verdict. Neither answers nor a proof: unresolved.
    """

    mutant: Mutant
    proof: str = ""
    person: Person | None = attrs.field(default=None, repr=False)


def seen_by(rules: Ruleset, answers: Answers) -> Seen:
    """Returns the engine's verdict; those who were asked everything need no outlook on what is open."""
    evidence = read_answers(answers, rules)
    if any(each.need == "screen" and evidence.missing(each.id) for each in rules.findings.values()):
        return written(decide(rules, evidence).to_dict())
    return decided(answers, rules)


def answers_to(person: Person) -> Answers:
    """Returns a person as the answers they give."""
    return {
        name: said(value) for name, value in person.items() if not _missing(value) and value != NOT_APPLICABLE
    }


@attrs.frozen(slots=False)
class Hunt:
    """The rules as functions over bands fine enough for every threshold that a mutant shifts by one."""

    rules: Ruleset

    @cached_property
    def base(self) -> Space:
        rules = self.rules
        domains = {name: states_of(each, _finer(rules, name)) for name, each in rules.findings.items()}
        together = {findings_in(level.when) for flag in rules.gated for level in flag.levels}
        return Space(rules, Diagrams(reading_order(tuple(rules.findings), together), domains))

    @cached_property
    def healthy(self) -> Person:
        return everybody(self.rules).base

    @cached_property
    def programmes(self) -> dict[str, list[tuple[Ref, ...]]]:
        shown = Programmes(self.base)
        return {name: shown.leaf(name) for name in self.rules.programmes}

    def fate(self, mutant: Mutant) -> Fate:
        """Returns who kills a mutant, or why nobody can."""
        store, rules = self.base.store, mutant.rules(self.rules)
        old, new = self.factor(mutant.site, self.rules), self.factor(mutant.site, rules)
        if old == new:
            return Fate(mutant, "factor")
        top = store.highest([old, new]) if mutant.site.kind == "level" else None
        regions = list(self.regions(mutant, rules, store.differing(old, new)))
        tried, waiting = False, set[str]()
        # answers that exclude each other come last: they are put right before the rules read them
        for clashing in (False, True):
            for region in regions:
                for person in self.people(mutant.site, region, top, clashing, waiting):
                    tried = True
                    answers = answers_to(person)
                    before, after = (seen_by(each, answers) for each in (self.rules, rules))
                    if any(before.get(key) != after.get(key) for key in TELLS):
                        return Fate(mutant, person=person)
            if tried and not clashing:
                return Fate(mutant)
        return Fate(mutant, "contradiction" if tried else "waiting" if waiting else "composition")

    def states(self, answers: Answers) -> dict[str, Value]:
        """Returns the states of somebody who gives these answers, as the rules read them."""
        values = read_answers(answers, self.rules).values
        return {name: self.base.state(name, value) for name, value in values.items()}

    def factor(self, site: Site, rules: Ruleset) -> Ref:
        """Returns what a condition decides: a rank, a yes or no, or the branch that is taken."""
        store, when = self.base.store, site.now(rules)
        match site.kind:
            case "level":
                level = next(each for _, each in self.base.levels if each.id == site.rule[0])
                return store.mapped(store.of(when), lambda place: rank_of(level, Answer(place)))
            case "node":
                node = next(each for each in rules.pattern if each.id == site.rule[0])
                return store.mapped(
                    store.of(when), lambda place: int(branch(node, Answer(place)) == node.yes)
                )
        sure = site.kind in ("rung", "item") or site.rule == ("cleared",)
        return self.base.surely(when) if sure else self.base.applies(when)

    def people(
        self,
        site: Site,
        region: Ref,
        top: Ref | None,
        clashing: bool = False,
        waiting: set[str] | None = None,
    ) -> Iterator[Person]:
        """Yields people in a region for whom no other level decides, the healthiest first.

        `waiting` takes the questions that come before a programme is shown to whom the region is about.
        """
        store = self.base.store
        for _ in range(MOST_TRIES):
            while (found := store.nearest(region, bool, self.healthy)) is not None:
                person = {**self.healthy, **found}
                stands = self._in_the_way(site, person, top, clashing, waiting)
                if stands is None:
                    break
                region = store.lowest([region, stands])
            if found is None:
                return
            yield person
            names = found or store.findings(region)
            like = [store.read(n, [int(v == person[n]) for v in store.domains[n]]) for n in names]
            region = store.above(region, store.lowest(like)) if like else store.constant(0)

    def _in_the_way(
        self, site: Site, person: Person, top: Ref | None, clashing: bool, waiting: set[str]
    ) -> Ref | None:
        """Returns everybody for whom that does not matter which does for this person; None: nothing does."""
        store = self.base.store
        if not clashing and (clash := self._clashing(person)) is not None:
            return _no(store, clash)
        most = 1 if top is None else store.number(top, person)
        for name, rank in self.base.ranks.items():
            if (name,) != site.rule and store.number(rank, person) >= most:
                return _no(store, rank) if top is None else store.above(top, rank)
        for finding in self.rules.findings.values() if top is None else ():
            if finding.need == "screen" and _missing(person[finding.id]):
                for way in self._referring(finding.id):
                    if store.number(way, person):
                        waiting.add(finding.id)
                        return _no(store, way)
        return None

    def _decides(self, ref: Ref, matters: Ref, person: Person, other: Person) -> bool:
        """Whether a condition tells two people apart, as the rules read their answers."""
        number, answers = self.base.store.number, [answers_to(each) for each in (person, other)]
        if any(read_answers(each, self.rules).conflicts for each in answers):
            return False
        first, second = (self.states(each) for each in answers)
        return bool(number(matters, first)) and number(ref, first) != number(ref, second)

    def _clashing(self, *people: Person) -> Ref | None:
        """Returns a contradiction that one of these people answers."""
        number = self.base.store.number
        shown = (clash for clash, _ in self.base._clashes for each in people if number(clash, each))
        return next(shown, None)

    def _referring(self, name: str) -> Iterator[Ref]:
        """Those who were not asked something of which one answer would refer them, without contradiction."""
        store, values = self.base.store, self.base.store.domains[name]
        unasked = store.read(name, [int(_missing(each)) for each in values])
        for value in values:
            answered = dict.fromkeys(values, value)
            fine = [
                _no(store, store.turned(clash, name, answered))
                for clash, read in self.base._clashes
                if name in read
            ]
            for level, rank in self.base.ranks.items():
                if name in self.base.reads[level] and not _missing(value):
                    yes = store.mapped(store.turned(rank, name, answered), bool)
                    yield store.lowest([unasked, yes, *fine])

    def pair(self, site: Site, name: str, negated: Ref, near: list[Person]) -> tuple[Person, Person] | None:
        """Returns two people who differ in one finding, and so in what a condition decides.

        The first is one for whom the literal itself matters: negating it decides otherwise. Of those near,
        that were found already, one whose verdict changes too comes first.
        """
        store, ref = self.base.store, self.factor(site, self.rules)
        values = [value for value in store.domains[name] if not _missing(value)]
        matters, fallback = store.differing(ref, negated), None
        for person in (each for each in near if store.number(matters, each)):
            for value in values:
                other = {**person, name: value}
                if self._decides(ref, matters, person, other):
                    fallback = fallback or (person, other)
                    seen = (seen_by(self.rules, answers_to(each)) for each in (person, other))
                    if len({str([each.get(key) for key in TELLS]) for each in seen}) > 1:
                        return person, other
        for value in values if fallback is None else ():
            turned = dict.fromkeys(store.domains[name], value)
            region = store.lowest([matters, store.differing(ref, store.turned(ref, name, turned))])
            while (found := store.nearest(region, bool, self.healthy)) is not None:
                person = {**self.healthy, **found}
                other = {**person, name: value}
                if self._decides(ref, matters, person, other):
                    return person, other
                clash = self._clashing(person, other)
                if clash is None:
                    break
                both = (_no(store, clash), _no(store, store.turned(clash, name, turned)))
                region = store.lowest([region, *both])
        return fallback

    def regions(self, mutant: Mutant, rules: Ruleset, differing: Ref) -> Iterator[Ref]:
        """Everybody for whom the changed condition makes a difference to the level, the leaf or the plan."""
        if mutant.site.kind == "level":
            yield differing
            return
        store, before, after = self.base.store, self.base, self._after(mutant.site, rules)
        if mutant.site.kind == "node":
            for name, ref in before.leaves.items():
                for other, arriving in after.leaves.items():
                    moved = store.lowest([ref, arriving])
                    if name != other and store.numbers(moved) != {0}:
                        yield moved
            return
        shown = Programmes(after)
        for name, here in before.leaves.items():
            pairs = zip(self.programmes[name], shown.leaf(name), strict=True)
            changed = [
                store.differing(*two) for each in pairs for two in zip(*each, strict=True) if two[0] != two[1]
            ]
            # the few lines of a plan are told apart later: together they say whether anybody is left
            region = store.lowest([here, store.highest(changed)])
            if store.numbers(region) != {0}:
                yield region

    def _after(self, site: Site, rules: Ruleset) -> Space:
        """The space of a mutant: an exercise that its change does not touch is as it was."""
        after = Space(rules, self.base.store)
        touched = {
            each.id
            for each in rules.exercises.values()
            if (site.kind == "column" and site.rule[0] in each.column)
            or (site.kind == "rung" and each.id == site.rule[0])
            or (site.kind == "setting" and site.rule == ("cleared",))
        }
        rungs = {name: after.rung(rules.exercises[name]) for name in touched}
        vars(after)["rungs"] = {**self.base.rungs, **rungs}
        if site.kind != "column":
            vars(after)["caps"] = self.base.caps
        return after


def _no(store: Diagrams, ref: Ref) -> Ref:
    return store.mapped(ref, lambda number: int(not number))


def _missing(value: Value) -> bool:
    # by identity: the number 1 equals Answer.NOT_ASKED
    return value is Answer.NOT_ASKED or value == NOT_ASKED


def _finer(rules: Ruleset, name: str) -> tuple[Value, ...]:
    """The bands of a number with one more of one on each side of every threshold."""
    finding, known = rules.findings[name], rules.domains[name]
    if finding.kind != "number":
        return known
    numbers = {each for each in known if not isinstance(each, str)}
    finer = {each + step for each in numbers for step in (-1, 0, 1)}
    kept = sorted(each for each in finer if finding.min <= each <= finding.max)
    words = [each for each in known if isinstance(each, str)]
    return (
        *(each for each in words if each != "unsure"),
        *kept,
        *(each for each in words if each == "unsure"),
    )
