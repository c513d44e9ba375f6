"""Laws of the screen: danger or doubt never lowers an urgency, and no level is silent.

Each level is shown alone over every state of what it reads; the screen is their maximum, and a maximum
of functions that never fall never falls.
"""

from __future__ import annotations

from collections.abc import Iterator

from sitriage.conditions import Answer
from sitriage.diagrams import Ref
from sitriage.evidence import absent
from sitriage.prove.law import Breach, Checked, Law, never_falls
from sitriage.prove.space import Space
from sitriage.screen import rank_of, urgency_of_rank
from sitriage.words import Urgency

__all__ = ["URGENCY"]


def _never_falls(space: Space) -> Iterator[Checked]:
    for file, level in space.levels:
        yield never_falls(space, space.ranks[level.id], level.id, file, f"`{level.id}` falls")
    ranks = [[rank_of(level, answer) for answer in Answer] for _, level in space.levels]
    broken = [level.id for (_, level), each in zip(space.levels, ranks, strict=True) if each != sorted(each)]
    yield Checked(
        "from answer to urgency",
        sum(map(len, ranks)),
        tuple(Breach("", f"`{name}` is less urgent for a surer answer") for name in broken),
    )


def _nothing_is_hidden(space: Space) -> Iterator[Checked]:
    """An unasked `choice` finding holds no programme back, so it may hide a routine visit at most (D-2)."""
    for file, level in space.levels:
        grave = space.store.mapped(space.ranks[level.id], _more_than_routine)
        found = next(_hidden(space, grave, file, level.id), None)
        yield Checked(level.id, space.states(grave), () if found is None else (found,))


def _hidden(space: Space, grave: Ref, file: str, level: str) -> Iterator[Breach]:
    store = space.store
    for node, name in store.reads(grave):
        finding, values = space.rules.findings[name], store.domains[name]
        if finding.need == "screen":
            continue
        missing = values.index(absent(finding))
        answered = store.highest([store.end(node, index) for index in range(len(values))])
        more = store.above(answered, store.end(node, missing))
        if (rest := store.calmest(more, bool)) is not None:
            what = f"`{level}` asks for more than a routine visit and reads `{name}`, which may stay unasked"
            common = store.way_to(grave, node) | rest
            yield Breach(file, what, (common | {name: values[missing]}, common | {name: Answer.YES}))


def _more_than_routine(rank: int) -> int:
    return rank if urgency_of_rank(rank) > Urgency.ROUTINE else 0


def _nothing_is_silent(space: Space) -> Iterator[Checked]:
    flags = {level.id: flag for flag in space.rules.gated for level in flag.levels}
    for file, level in space.levels:
        flag = flags[level.id]
        silent = not (flag.because and (flag.rows or flag.facts) and flag.sources)
        what = f"`{level.id}` gives no reason with a row and a source"
        yield Checked(level.id, 1, (Breach(file, what),) if silent else ())


URGENCY = (
    Law("P3", "no silent default", "Every referral names a rule, with its evidence and sources.",
        _nothing_is_silent),
    Law("P5", "danger never calms", "More danger or more doubt never lowers the urgency.", _never_falls),
    Law("P6", "unknown is never no", "No exercises while an unasked answer could lead to more than routine.",
        _nothing_is_hidden),
)  # fmt: skip
