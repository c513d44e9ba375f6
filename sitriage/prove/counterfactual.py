"""What would have to be answered otherwise for another urgency: the fewest answers, put to the engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

import attrs

from sitriage.conditions import Answer, Value
from sitriage.decide import decide
from sitriage.diagrams import Ref
from sitriage.evidence import read_answers
from sitriage.model import Ruleset
from sitriage.prove.regions import Person
from sitriage.prove.replay import said
from sitriage.prove.space import Space, space_of
from sitriage.screen import rank_of, urgency_of_rank
from sitriage.verdict import AnswerValue, Referral, Verdict
from sitriage.words import Professional, Urgency

__all__ = ["Counterfactual", "counterfactuals"]


@attrs.frozen(kw_only=True)
class Counterfactual:
    """Answers that lead to another verdict; no fewer changes of answers lead as far."""

    changes: tuple[tuple[str, AnswerValue], ...]
    urgency: Urgency
    see: Professional | None


def counterfactuals(rules: Ruleset, answers: Mapping[str, AnswerValue]) -> tuple[Counterfactual, ...]:
    """Returns the nearest ways to each other urgency, the fewest changes first, then the most urgent."""
    space, evidence = space_of(rules), read_answers(answers, rules)
    now = decide(rules, evidence)
    person = {name: space.state(name, value) for name, value in evidence.values.items()}
    ways = [*_up(space, person, now.urgency), *_down(space, person, now.urgency)]
    found = {each for way in ways if (each := _replayed(rules, answers, way, now)) is not None}
    least: dict[Urgency, int] = {}
    for each in found:
        least[each.urgency] = min(len(each.changes), least.get(each.urgency, len(each.changes)))
    kept = [each for each in found if len(each.changes) == least[each.urgency]]
    return tuple(sorted(kept, key=lambda each: (len(each.changes), -each.urgency.rank, str(each.changes))))


def _up(space: Space, person: Person, urgency: Urgency) -> Iterator[Mapping[str, Value]]:
    """For each level that leads further than now, the fewest answers that reach it."""
    for _, level in space.levels:
        # an unsure answer may lead less far than a yes
        for further in {urgency_of_rank(rank_of(level, each)) for each in (Answer.UNSURE, Answer.YES)}:
            if further > urgency:
                way = space.store.nearest(space.ranks[level.id], partial(_leads_to, further), person)
                if way is not None:
                    yield way


def _leads_to(urgency: Urgency, rank: int) -> bool:
    return rank > 0 and urgency_of_rank(rank) == urgency


def _down(space: Space, person: Person, urgency: Urgency) -> Iterator[Mapping[str, Value]]:
    """For each urgency below, the fewest answers that no level leads further with."""
    for least in list(Urgency)[: urgency.rank]:
        # levels are added as somebody reaches them: few stand in the way of one person
        standing: list[Ref] = []
        way: Mapping[str, Value] | None = {}
        while way is not None and (further := _further(space, {**person, **way}, least)) - set(standing):
            standing += further - set(standing)
            calm = space.store.mapped(space.store.highest(standing), partial(_at_most, least))
            way = space.store.nearest(calm, bool, person)
        if way:
            yield way


def _further(space: Space, person: Person, urgency: Urgency) -> set[Ref]:
    """The levels that lead somebody further than an urgency."""
    return {
        space.ranks[level.id]
        for _, level in space.levels
        if not _at_most(urgency, rank_of(level, level.when.value(person)))
    }


def _at_most(urgency: Urgency, rank: int) -> int:
    return int(urgency_of_rank(rank) <= urgency)


def _replayed(
    rules: Ruleset, answers: Mapping[str, AnswerValue], way: Mapping[str, Value], now: Verdict
) -> Counterfactual | None:
    """What the engine makes of the changes; None if they change nothing or contradict each other."""
    changes = {name: said(value) for name, value in way.items()}
    after = decide(rules, read_answers({**answers, **changes}, rules))
    if after.urgency == now.urgency or len(after.conflicts) > len(now.conflicts):
        return None
    see = after.see if isinstance(after, Referral) else None
    return Counterfactual(changes=tuple(sorted(changes.items())), urgency=after.urgency, see=see)
