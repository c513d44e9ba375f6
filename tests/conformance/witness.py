"""For each mutant somebody who gets another verdict from it, or a proof that there is nobody."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from sitriage.conditions import NOT_APPLICABLE
from sitriage.decide import decide
from sitriage.diagrams import Ref
from sitriage.evidence import read_answers
from sitriage.model import Ruleset
from sitriage.prove.replay import said
from tests.conformance.functions import Answers, Hunt, Person, missing, no
from tests.conformance.mutants import Mutant, Site
from tests.independent.differ import Seen, decided, written

__all__ = ["Fate", "answers_to", "differ", "fate_of", "seen_by"]

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
        name: said(value) for name, value in person.items() if not missing(value) and value != NOT_APPLICABLE
    }


def differ(first: Seen, second: Seen) -> bool:
    """Whether two verdicts say something else to do."""
    return any(first.get(key) != second.get(key) for key in TELLS)


def fate_of(hunt: Hunt, mutant: Mutant) -> Fate:
    """Returns who kills a mutant, or why nobody can."""
    store, rules = hunt.base.store, mutant.rules(hunt.rules)
    old, new = hunt.factor(mutant.site, hunt.rules), hunt.factor(mutant.site, rules)
    if old == new:
        return Fate(mutant, "factor")
    top = store.highest([old, new]) if mutant.site.kind == "level" else None
    regions = list(hunt.regions(mutant, rules, store.differing(old, new)))
    tried, waiting = False, set[str]()
    # answers that exclude each other come last: they are put right before the rules read them
    for clashing in (False, True):
        for region in regions:
            for person in _people(hunt, mutant.site, region, top, clashing, waiting):
                tried = True
                answers = answers_to(person)
                before, after = (seen_by(each, answers) for each in (hunt.rules, rules))
                if differ(before, after):
                    return Fate(mutant, person=person)
        if tried and not clashing:
            return Fate(mutant)
    return Fate(mutant, "contradiction" if tried else "waiting" if waiting else "composition")


def _people(
    hunt: Hunt,
    site: Site,
    region: Ref,
    top: Ref | None,
    clashing: bool,
    waiting: set[str],
) -> Iterator[Person]:
    """Yields people in a region for whom no other level decides, the healthiest first.

    `waiting` takes the questions that come before a programme is shown to whom the region is about.
    """
    store = hunt.base.store
    for _ in range(MOST_TRIES):
        while (found := store.nearest(region, bool, hunt.healthy)) is not None:
            person = {**hunt.healthy, **found}
            stands = _in_the_way(hunt, site, person, top, clashing, waiting)
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
    hunt: Hunt, site: Site, person: Person, top: Ref | None, clashing: bool, waiting: set[str]
) -> Ref | None:
    """Returns everybody for whom that does not matter which does for this person; None: nothing does."""
    store = hunt.base.store
    if not clashing and (clash := hunt.clashing(person)) is not None:
        return no(store, clash)
    most = 1 if top is None else store.number(top, person)
    for name, rank in hunt.base.ranks.items():
        if (name,) != site.rule and store.number(rank, person) >= most:
            return no(store, rank) if top is None else store.above(top, rank)
    for finding in hunt.rules.findings.values() if top is None else ():
        if finding.need == "screen" and missing(person[finding.id]):
            for way in _referring(hunt, finding.id):
                if store.number(way, person):
                    waiting.add(finding.id)
                    return no(store, way)
    return None


def _referring(hunt: Hunt, name: str) -> Iterator[Ref]:
    """Those who were not asked something of which one answer would refer them, without contradiction."""
    store, values = hunt.base.store, hunt.base.store.domains[name]
    unasked = store.read(name, [int(missing(each)) for each in values])
    for value in values:
        answered = dict.fromkeys(values, value)
        fine = [
            no(store, store.turned(clash, name, answered))
            for clash, read in hunt.base.clashes
            if name in read
        ]
        for level, rank in hunt.base.ranks.items():
            if name in hunt.base.reads[level] and not missing(value):
                yes = store.mapped(store.turned(rank, name, answered), bool)
                yield store.lowest([unasked, yes, *fine])
