"""For each literal two people who differ in one answer, and so in what its condition decides (MC/DC)."""

from __future__ import annotations

from sitriage.diagrams import Ref
from sitriage.evidence import read_answers
from tests.conformance.functions import Hunt, Person, missing, no
from tests.conformance.mutants import Site
from tests.conformance.witness import answers_to, differ, seen_by

__all__ = ["pair_for"]


def pair_for(
    hunt: Hunt, site: Site, name: str, negated: Ref, near: list[Person]
) -> tuple[Person, Person] | None:
    """Returns two people who differ in one finding, and so in what a condition decides.

    The first is one for whom the literal itself matters: negating it decides otherwise. Of those near,
    that were found already, one whose verdict changes too comes first.
    """
    store, ref = hunt.base.store, hunt.factor(site, hunt.rules)
    values = [value for value in store.domains[name] if not missing(value)]
    matters, fallback = store.differing(ref, negated), None
    for person in (each for each in near if store.number(matters, each)):
        for value in values:
            other = {**person, name: value}
            if _decides(hunt, ref, matters, person, other):
                fallback = fallback or (person, other)
                seen = (seen_by(hunt.rules, answers_to(each)) for each in (person, other))
                if differ(*seen):
                    return person, other
    for value in values if fallback is None else ():
        turned = dict.fromkeys(store.domains[name], value)
        region = store.lowest([matters, store.differing(ref, store.turned(ref, name, turned))])
        while (found := store.nearest(region, bool, hunt.healthy)) is not None:
            person = {**hunt.healthy, **found}
            other = {**person, name: value}
            if _decides(hunt, ref, matters, person, other):
                return person, other
            clash = hunt.clashing(person, other)
            if clash is None:
                break
            both = (no(store, clash), no(store, store.turned(clash, name, turned)))
            region = store.lowest([region, *both])
    return fallback


def _decides(hunt: Hunt, ref: Ref, matters: Ref, person: Person, other: Person) -> bool:
    """Whether a condition tells two people apart, as the rules read their answers."""
    number, answers = hunt.base.store.number, [answers_to(each) for each in (person, other)]
    if any(read_answers(each, hunt.rules).conflicts for each in answers):
        return False
    first, second = (hunt.states(each) for each in answers)
    return bool(number(matters, first)) and number(ref, first) != number(ref, second)
