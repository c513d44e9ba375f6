"""The order in which diagrams read the findings: those that rules read together stand together."""

from __future__ import annotations

from collections.abc import Collection, Sequence

__all__ = ["reading_order"]

ROUNDS = 60


def reading_order(names: Sequence[str], together: Collection[frozenset[str]]) -> tuple[str, ...]:
    """Returns the names so ordered that each set of `together` lies close to each other.

    Names are pulled to the middle of the sets they are in, over and over (the FORCE heuristic of
    Aloul, Markov and Sakallah); the best round counts. Only speed depends on it, never a result.
    """
    sets = sorted(sorted(each) for each in together if len(each) > 1)
    member = {name: [i for i, each in enumerate(sets) if name in each] for name in names}
    best = order = list(names)
    shortest = _length(order, sets)
    for _ in range(ROUNDS):
        place = {name: index for index, name in enumerate(order)}
        middle = [sum(place[name] for name in each) / len(each) for each in sets]

        def pull(name: str, place: dict[str, int] = place, middle: list[float] = middle) -> tuple[float, str]:
            inside = member[name]
            return (sum(middle[i] for i in inside) / len(inside) if inside else place[name], name)

        order = sorted(order, key=pull)
        length = _length(order, sets)
        if length < shortest:
            best, shortest = order, length
    return tuple(best)


def _length(order: Sequence[str], sets: Sequence[Sequence[str]]) -> int:
    place = {name: index for index, name in enumerate(order)}
    spans = [[place[name] for name in each] for each in sets]
    return sum(max(each) - min(each) for each in spans)
