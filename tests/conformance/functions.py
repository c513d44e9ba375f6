"""The rules as functions of the answers, and those for whom a changed condition makes a difference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

import attrs

from sitriage.conditions import NOT_ASKED, Answer, Value, findings_in
from sitriage.diagrams import Diagrams, Ref
from sitriage.evidence import read_answers
from sitriage.model import Ruleset
from sitriage.programme import branch
from sitriage.prove.order import reading_order
from sitriage.prove.replay import everybody
from sitriage.prove.space import Space, states_of
from sitriage.screen import rank_of
from tests.conformance.mutants import Mutant, Site
from tests.conformance.programmes import Programmes

__all__ = ["Answers", "Hunt", "Person", "missing", "no"]

Person = Mapping[str, Value]
Answers = dict[str, object]


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

    def clashing(self, *people: Person) -> Ref | None:
        """Returns a contradiction that one of these people answers."""
        number = self.base.store.number
        shown = (clash for clash, _ in self.base.clashes for each in people if number(clash, each))
        return next(shown, None)

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


def no(store: Diagrams, ref: Ref) -> Ref:
    """Returns 1 for those for whom a function is 0."""
    return store.mapped(ref, lambda number: int(not number))


def missing(value: Value) -> bool:
    """Whether a finding was not asked."""
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
