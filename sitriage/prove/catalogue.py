"""Every law, in the order of its number, and the proof of a set of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from time import perf_counter

from sitriage.model import Ruleset
from sitriage.prove.alive import ALIVE
from sitriage.prove.asked import ASKED
from sitriage.prove.doses import DOSES
from sitriage.prove.foregone import FOREGONE
from sitriage.prove.kept import KEPT
from sitriage.prove.ladders import LADDERS
from sitriage.prove.law import Law, Proof
from sitriage.prove.notice import NOTICE
from sitriage.prove.referred import REFERRED
from sitriage.prove.rows import ROWS
from sitriage.prove.sides import SIDES
from sitriage.prove.space import Space, space_of
from sitriage.prove.tree import TREE
from sitriage.prove.urgency import URGENCY

__all__ = ["HEALTH", "LAWS", "SAFETY", "prove"]

SAFETY: tuple[Law, ...] = (*TREE, *URGENCY, *LADDERS, *SIDES, *DOSES, *KEPT, *NOTICE)
"""The laws that every pack must keep to load."""

HEALTH: tuple[Law, ...] = (*ASKED, *FOREGONE, *REFERRED, *ROWS, *ALIVE)
"""The laws that a pack loads without: an idle rule harms nobody, and the rest are about the engine itself."""

LAWS = (*SAFETY, *HEALTH)


def prove(rules: Ruleset, laws: Iterable[Law] = LAWS) -> Iterator[Proof]:
    """Yields the proof of each law for the rules, whether it holds or not.

    >>> from sitriage import load_rules
    >>> all(proof.holds for proof in prove(load_rules(), SAFETY))
    True
    """
    space = space_of(rules)
    for law in laws:
        yield _proof(law, space)


def _proof(law: Law, space: Space) -> Proof:
    start = perf_counter()
    checked = tuple(law.check(space))
    return Proof(
        law=law,
        states=sum(each.states for each in checked),
        factors=len(checked),
        breaches=tuple(breach for each in checked for breach in each.breaches),
        seconds=perf_counter() - start,
    )
