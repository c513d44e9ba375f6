"""The law of what to come back with: no single new answer makes an emergency that nobody is told of.

Asked of everybody whom no level concerns: those who may hold a programme in their hands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sitriage.conditions import Answer, Value
from sitriage.prove.law import Breach, Checked, Law
from sitriage.prove.space import Space
from sitriage.screen import rank_of, urgency_of_rank
from sitriage.words import Urgency

__all__ = ["NOTICE", "emergency_by"]


def _all_told(space: Space) -> Iterator[Checked]:
    rules = space.rules
    told = [each.findings for each in rules.watch] + [each.findings for each in rules.unwatched]
    known = {name for findings in told for name in findings}
    for name, finding in rules.findings.items() if rules.watch else ():
        if finding.kind != "yes_no" or finding.polarity != "raises":
            continue
        person = None if name in known else emergency_by(space, name)
        what = (
            f"nobody is told to watch for `{name}`, which alone can be an emergency; add it, or say why not"
        )
        found = () if person is None else (Breach("watch.toml", what, (person,)),)
        yield Checked(name, len(space.store.domains[name]), found)


def emergency_by(space: Space, name: str) -> Mapping[str, Value] | None:
    """Returns somebody for whom a yes is an emergency and a no is nothing at all; None: nobody."""
    store = space.store
    yes = store.read(name, [int(value is Answer.YES) for value in store.domains[name]])
    for level in space.readers.get(name, ()):
        region = store.lowest([yes, store.mapped(space.ranks[level], _is_emergency)])
        while (person := space.without_conflict(region)) is not None:
            reached = _reached(space, {**person, name: Answer.NO})
            if not reached:
                return person
            for each in reached:
                # without this level either, were the answer a no
                before = store.turned(space.ranks[each], name, dict.fromkeys(Answer, Answer.NO))
                region = store.lowest([region, store.mapped(before, lambda rank: int(not rank))])
    return None


def _is_emergency(rank: int) -> int:
    return int(rank > 0 and urgency_of_rank(rank) is Urgency.EMERGENCY)


def _reached(space: Space, person: Mapping[str, Value]) -> list[str]:
    """The levels that concern somebody who is calm but for some answers."""
    values: dict[str, Value] = {name: states[0] for name, states in space.store.domains.items()}
    values |= person
    return [level.id for _, level in space.levels if rank_of(level, level.when.value(values))]


NOTICE = (
    Law("P22", "nothing is left to notice",
        "What alone would be an emergency for somebody with exercises is told to them, or named as left out.",
        _all_told),
)  # fmt: skip
