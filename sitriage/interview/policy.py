"""What to ask next: the most dangerous first, and of that what an answer has brought near.

Everything on a screen can still change the verdict when it is asked. What comes first is chosen as if
the rest of the screen were answered calmly: so a screen holds what even a healthy person must answer.
The rules name what an interview begins with; what no answer brings near comes in their order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Set

import attrs

from sitriage.completions import Completions
from sitriage.conditions import Answer, findings_in
from sitriage.evidence import absent
from sitriage.interview.closing import closing, distance
from sitriage.interview.screen import MOST_ITEMS, Screen
from sitriage.model import Level
from sitriage.questions import PlanSearch, moves_screen
from sitriage.screen import rank_of, urgency_of_rank
from sitriage.words import Urgency

__all__ = ["Asked", "next_items"]

FIRST = 1000
"""The weight of what is asked first of all."""


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
        screen.take_some(PlanSearch(completions).some(skipped, screen.goes_with))
    # read group by group
    return Asked(tuple(sorted(screen.items, key=screen.place.__getitem__)), reason) if screen.items else None


@attrs.define
class _Way:
    """A level, how near it is, whether an answer brought it nearer, and the questions that would close it."""

    level: Level
    reads: Set[str]
    near: int
    begun: bool
    names: Set[str] = frozenset()


def _fill(screen: Screen, completions: Completions) -> None:
    """Fills a screen with signs of the most urgent levels; once those are out of reach, of the next."""
    lowest = completions.lowest or 0
    levels = [each for each in completions.levels if rank_of(each, Answer.YES) > lowest]
    weights: Counter[str] = Counter(dict.fromkeys(completions.rules.settings.ask_first, FIRST))
    for each in levels:
        weights.update(dict.fromkeys(findings_in(each.when), 1 + each.urgency.rank))

    def matters(name: str) -> bool:
        # alone it may change nothing only because what it rules out would have to change with it
        return any(moves_screen(each, completions) for each in (*screen.kept_by(name), name))

    def close(way: _Way) -> None:
        found = closing(way.level.when, screen.left, completions.base, weights.__getitem__)
        way.names = found or frozenset()

    for urgency in sorted({each.urgency for each in levels}, reverse=True):
        if urgency is not Urgency.EMERGENCY:
            screen.wait_for_forms()
        ways = [] if screen.full else _ways([each for each in levels if each.urgency is urgency], screen)
        for way in ways:
            close(way)
        while not screen.full and (name := _best(ways, screen)) is not None:
            settled = screen.take(name, matters)
            for way in ways:
                if settled & way.reads:
                    close(way)


def _ways(levels: list[Level], screen: Screen) -> list[_Way]:
    rules, said, askable = (
        screen.completions.rules,
        screen.completions.evidence.values,
        frozenset(screen.left),
    )
    ways = []
    nothing = {name: absent(each) for name, each in rules.findings.items()}
    kept = {name for rule in rules.not_applicable for name in rule.findings}.difference(
        rules.settings.ask_first
    )
    for each in levels:
        near = distance(each.when, askable, said, screen.screens_to)
        at_first = distance(each.when, rules.findings.keys(), nothing, lambda name: 1 + (name in kept))
        ways.append(_Way(each, findings_in(each.when), near, near < at_first))
    return ways


def _best(ways: list[_Way], screen: Screen) -> str | None:
    """What may bring out a level that has begun, the nearest first; else what is asked first of all.

    A list goes before a form, since it holds more signs; unless a number is all that is missing.
    """
    keys, closes = dict[str, tuple[int, ...]](), defaultdict[tuple[str, bool], float](float)
    for way in ways:
        for name in way.names:
            alone = way.begun and way.near == len(way.names) == 1
            turn = (0, way.near) if way.begun else (1, screen.turn(name), way.near)
            key = (int(not alone and not screen.lists(name)), *turn)
            keys[name] = min(key, keys.get(name, key))
            closes[name, way.begun] += 1 / len(way.names)
    return min(
        keys,
        key=lambda name: (*keys[name], -closes[name, keys[name][1] == 0], screen.place[name]),
        default=None,
    )
