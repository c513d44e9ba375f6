"""What closes a condition, and how far it is to reach it: of what to ask, or of what was said."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set

from sitriage.conditions import All, Answer, Any, AtLeast, Condition, Value, findings_in

__all__ = ["closing", "distance"]

Weigh = Callable[[str], float]
FAR = 1000


def closing(
    condition: Condition, askable: Set[str], calm: Mapping[str, Value], weigh: Weigh
) -> frozenset[str] | None:
    """Returns the questions whose calm answers keep the condition below unsure; None if none can.

    What is not `askable` counts as answered calmly. Of several ways the one with the fewest questions
    counts, then the one whose questions weigh most.
    """
    match condition:
        case Any(items):
            needed = len(items)
        case All(items):
            needed = 1
        case AtLeast(count, items):
            needed = len(items) - count + 1
        case _:
            calmed = condition.value(calm) < Answer.UNSURE
            return findings_in(condition) & askable if calmed else None
    ways = [way for item in items if (way := closing(item, askable, calm, weigh)) is not None]
    if len(ways) < needed:
        return None
    ways.sort(key=lambda way: (len(way), -sum(map(weigh, way))))
    return frozenset().union(*ways[:needed])


def distance(
    condition: Condition, askable: Set[str], known: Mapping[str, Value], cost: Callable[[str], int]
) -> int:
    """Returns what is at least missing until the condition could be reached: the cost of its answers."""

    def of(item: Condition) -> int:
        return distance(item, askable, known, cost)

    match condition:
        case Any(items):
            return min(map(of, items))
        case All(items):
            return sum(map(of, items))
        case AtLeast(count, items):
            return sum(sorted(map(of, items))[:count])
        case _:
            if condition.value(known) >= Answer.UNSURE:
                return 0
            return max(map(cost, findings_in(condition) & askable), default=FAR)
