"""What to ask next: the most dangerous first, and of that what settles most.

Everything on a screen can still change the verdict when it is asked. What comes first is chosen as if
the rest of the screen were answered calmly: so a screen holds what even a healthy person must answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Set

import attrs

from sitriage.completions import Completions
from sitriage.conditions import Answer, findings_in
from sitriage.interview.closing import closing, distance
from sitriage.interview.screen import MOST_ITEMS, Screen
from sitriage.model import Level
from sitriage.questions import PlanSearch, moves_screen
from sitriage.screen import rank_of, urgency_of_rank
from sitriage.words import Urgency

__all__ = ["Asked", "next_items"]

Near = tuple[int, int]


@attrs.frozen
class Asked:
    """What to ask together, and why: `danger`, `again` (answers disagree) or `programme`."""

    items: tuple[str, ...]
    reason: str


def next_items(completions: Completions, skipped: Set[str], again: Set[str]) -> Asked | None:
    """Returns what to ask next; None where no answer that may still be asked for can change the verdict.

    `skipped` is not asked any more; `again` is asked once more when nothing dangerous is left to ask.
    In an emergency nothing more is asked, since nothing is more urgent.
    """
    rules, lowest = completions.rules, completions.lowest or 0
    if urgency_of_rank(lowest) is Urgency.EMERGENCY:
        return None
    screen = Screen(completions, set(completions.missing) - skipped)
    _fill(screen, completions)
    reason = "danger" if screen.items else "programme"
    if again and not screen.items:
        return Asked(tuple(name for name in rules.findings if name in again)[:MOST_ITEMS], "again")
    # the last list of dangers is filled up with what the programme needs
    if not (screen.full or screen.asks_numbers or lowest or completions.evidence.conflicts):
        for name in PlanSearch(completions).some(MOST_ITEMS, skipped):
            screen.take(name)
    # read group by group
    return Asked(tuple(sorted(screen.items, key=screen.place.__getitem__)), reason) if screen.items else None


def _fill(screen: Screen, completions: Completions) -> None:
    """Fills a screen with what is nearest to the worst, then with what closes most."""
    lowest, askable, calm = completions.lowest or 0, frozenset(screen.left), completions.base
    levels = [each for each in completions.levels if rank_of(each, Answer.YES) > lowest]
    reads = {each.id: findings_in(each.when) for each in levels}
    weights: Counter[str] = Counter()
    for each in levels:
        weights.update(dict.fromkeys(reads[each.id], 1 + each.urgency.rank))
    known = completions.evidence.values
    near = {
        each.id: (each.urgency.rank, -distance(each.when, askable, known, screen.screens_to))
        for each in levels
    }
    ways = {each.id: closing(each.when, screen.left, calm, weights.__getitem__) for each in levels}
    while not screen.full and (name := _best(levels, near, ways, screen)) is not None:
        settled = screen.take(name, lambda name: moves_screen(name, completions))
        for each in levels:
            if settled & reads[each.id]:
                ways[each.id] = closing(each.when, screen.left, calm, weights.__getitem__)


def _best(
    levels: list[Level], near: Mapping[str, Near], ways: Mapping[str, Set[str] | None], screen: Screen
) -> str | None:
    """Whose level is the worst and needs the fewest signs; of those, what closes most."""
    nearest: dict[str, Near] = {}
    closes: dict[str, float] = {}
    for level in levels:
        way = ways[level.id] or ()
        for name in way:
            nearest[name] = max(near[level.id], nearest.get(name, near[level.id]))
            # one sign is enough there, so all of its signs are asked: in their own order
            share = 1 / len(way) if near[level.id][1] < -1 else 0.0
            closes[name] = closes.get(name, 0.0) + share
    return min(
        nearest,
        # a list first: it holds more signs than a form
        key=lambda name: (
            *(-each for each in nearest[name]),
            not screen.lists(name),
            -closes[name],
            screen.place[name],
        ),
        default=None,
    )
