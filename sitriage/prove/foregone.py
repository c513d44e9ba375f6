"""The law of what is foregone: what every answer to a question leads to is told before the question is asked.

It is shown over every state of a level, and of two levels together, who misses only the answer to one
question. The engine itself is asked about somebody for each: the levels cannot show this, since each of
them alone waits for the answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from sitriage.completions import Completions
from sitriage.diagrams import Ref
from sitriage.evidence import absent, unanswered
from sitriage.prove.law import Breach, Checked, Law
from sitriage.prove.replay import answers_of, decided, everybody
from sitriage.prove.space import LOOSEST, Space
from sitriage.screen import urgency_of_rank

__all__ = ["FOREGONE"]


def _told_unasked(space: Space) -> Iterator[Checked]:
    store, calm = space.store, everybody(space.rules)
    for finding, names in space.readers.items():
        refs = {name: space.ranks[name] for name in names}
        # by how far every answer leads, the people whom one level leads further than it does unasked
        alone = {name: _foregone(space, ref, finding) for name, ref in refs.items()}
        factors = [(name, refs[name], ref) for name, ref in alone.items()]
        for one, other in combinations(names, 2):
            both = store.highest([refs[one], refs[other]])
            ref = _foregone(space, both, finding)
            for each in (one, other):
                ref = space.without(ref, store.mapped(alone[each], lambda rank: int(rank > 0)))
            factors.append((f"{one} and {other}", both, ref))
        for factor, function, ref in factors:
            yield Checked(
                f"{finding}: {factor}", space.states(function), _untold(space, calm, ref, finding, factor)
            )


def _foregone(space: Space, ref: Ref, finding: str) -> Ref:
    """The rank that every answer to the finding leads to, where it leads to less unasked; else 0."""
    store = space.store
    clashes = [clash for clash, read in space.clashes if finding in read]
    unasked = space.fixed(ref, finding, absent(space.rules.findings[finding]))
    ways = []
    for value in store.domains[finding]:
        if unanswered(value):
            continue
        way = space.fixed(ref, finding, value)
        # whoever cannot give this answer is not held back by it
        for clash in clashes:
            way = store.chosen(space.fixed(clash, finding, value), store.constant(LOOSEST), way)
        ways.append(way)
    lowest = store.mapped(store.lowest(ways), lambda rank: rank % LOOSEST)
    further = store.chosen(store.above(lowest, unasked), lowest, store.constant(0))
    for rule in space.rules.not_applicable:
        if finding in rule.findings:
            further = space.without(further, space.surely(rule.when))
    # of the rest everything is answered, since another question could still lead elsewhere
    return store.lowest([further, store.scaled(space.answered(store.findings(further)), LOOSEST)])


def _untold(space: Space, calm: Completions, ref: Ref, finding: str, factor: str) -> tuple[Breach, ...]:
    person = space.without_conflict(ref)
    if person is None:
        return ()
    said = {name: space.calm[name] for name in space.store.findings(ref)} | person
    # whatever no level in question reads is as calm as can be, so that none but these speak
    answers = answers_of(calm, said)
    unasked = {name: answer for name, answer in answers.items() if name != finding}
    foregone = urgency_of_rank(space.store.number(ref, person))
    if decided(space.rules, unasked).urgency >= foregone:
        return ()
    missing = absent(space.rules.findings[finding])
    what = f"every answer to `{finding}` leads to {foregone} by `{factor}`, which is not told unasked"
    return (Breach(f"findings/{finding}.toml", what, (said | {finding: missing},)),)


FOREGONE = (
    Law("P6", "what every answer leads to",
        "Where every answer to a question leads to a referral, it is told before the question is asked.",
        _told_unasked),
)  # fmt: skip
