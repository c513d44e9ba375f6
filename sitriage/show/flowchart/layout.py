"""Where each box stands and how each arrow runs: a yes leads to the side, any other answer down.

Rows and columns come from the order of the questions. An arrow that cannot go straight takes a lane
beside a column, so none runs through a box.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import ceil

import attrs

from sitriage.show.flowchart.chart import Link

__all__ = ["Layout", "Place", "Route", "cells_of", "layout_of"]

GAP, OUT, IN = 30, 18, 20
"""Between two rows: the least, and what more is needed where arrows turn out of the one or into the other."""
DOWN, ASIDE, TURN, LANE = 24, 22, 48, 10
MARGIN = 24
Point = tuple[float, float]


@attrs.frozen
class Place:
    """A box: its corner at the top left, and its size."""

    x: float
    y: float
    width: float
    height: float


@attrs.frozen
class Route:
    """The corners of an arrow, and where the words on it begin."""

    link: Link
    points: tuple[Point, ...]
    label: Point


@attrs.frozen
class Layout:
    """Places by the id of a card, routes, and the size of it all."""

    places: Mapping[str, Place]
    routes: tuple[Route, ...]
    width: float
    height: float


def cells_of(ids: Sequence[str], links: Sequence[Link]) -> dict[str, tuple[int, int]]:
    """Returns the row and the column of each card: below whatever leads to it, and no two in one cell."""
    waiting = {each: [link for link in links if link.end == each] for each in ids}
    # what nothing leads to stands last, but for the root
    ready = [each for each in reversed(ids) if not waiting[each]]
    cells: dict[str, tuple[int, int]] = {}
    row = -1
    while ready:
        at = ready.pop()
        coming = waiting[at]
        column = min((cells[link.start][1] + link.yes for link in coming), default=0)
        beside = any(link.yes and cells[link.start] == (row, column - 1) for link in coming)
        row += 0 if beside else 1
        cells[at] = (row, column)
        leaving = sorted((link for link in links if link.start == at), key=lambda link: link.yes)
        for link in leaving:
            last = all(each.start in cells for each in waiting[link.end])
            if last and link.end not in cells and link.end not in ready:
                ready.append(link.end)
    return cells


def layout_of(
    sizes: Mapping[str, tuple[float, float]],
    links: Sequence[Link],
    label_widths: Mapping[str, float],
    heads: Mapping[str, float],
) -> Layout:
    """Returns the layout of cards with these sizes; `heads` is the space to leave above the row of a card."""
    cells = cells_of(tuple(sizes), links)
    straight = {link: _straight(link, cells) for link in links}
    lanes = _lanes(links, cells, straight)
    turned = [link for link in links if not straight[link]]
    widths = _most((cells[each][1], width) for each, (width, _) in sizes.items())
    beside = _most((cells[link.start][1] + 1, label_widths[link.label]) for link in links if link.yes)
    lefts, x = [], float(MARGIN)
    for column in range(len(widths) + 1):
        # words on the arrows, then the lanes, then the heads of the arrows
        used = sum(gutter == column for gutter, _ in lanes)
        x += 28 + ceil(beside[column]) if column in beside else 0
        x += ASIDE + LANE * used if used else 0
        lefts.append(x)
        x += widths.get(column, 0)
    heights = _most((cells[each][0], height) for each, (_, height) in sizes.items())
    above = _most((cells[each][0], head) for each, head in heads.items())
    entered = {cells[link.end][0] for link in turned}
    left = {cells[link.start][0] for link in turned if not link.yes}
    tops, y = [], 0.0
    for row in range(len(heights)):
        y += above.get(row, 0) + IN * (row in entered)
        tops.append(y)
        y += heights[row] + GAP + OUT * (row in left)
    places = {each: Place(lefts[column], tops[row], *sizes[each]) for each, (row, column) in cells.items()}
    bottoms = [top + heights[row] for row, top in enumerate(tops)]
    drawn = _Drawn(cells, places, lefts, tops, bottoms, lanes)
    routes = tuple(drawn.route(link, straight[link]) for link in links)
    return Layout(places, routes, x + MARGIN, y)


def _most(needs: Iterable[tuple[int, float]]) -> dict[int, float]:
    """The most that is needed in each row or column."""
    most: dict[int, float] = {}
    for place, need in needs:
        most[place] = max(most.get(place, 0), need)
    return most


def _straight(link: Link, cells: Mapping[str, tuple[int, int]]) -> bool:
    """Whether the arrow can go straight: to the next column of the row, or down with no box between."""
    (row, column), (to_row, to_column) = cells[link.start], cells[link.end]
    if link.yes:
        return (to_row, to_column) == (row, column + 1)
    between = [cell for cell in cells.values() if cell[1] == column and row < cell[0] < to_row]
    return column == to_column and not between


def _lanes(
    links: Sequence[Link], cells: Mapping[str, tuple[int, int]], straight: Mapping[Link, bool]
) -> dict[tuple[int, str], int]:
    """The lane for each gutter and goal: arrows to one goal share it, others never do."""
    lanes: dict[tuple[int, str], int] = {}
    for link in links:
        if not straight[link]:
            gutter = cells[link.start][1] + link.yes
            taken = sum(each == gutter for each, _ in lanes)
            lanes.setdefault((gutter, link.end), taken)
    return lanes


@attrs.frozen
class _Drawn:
    cells: Mapping[str, tuple[int, int]]
    places: Mapping[str, Place]
    lefts: Sequence[float]
    tops: Sequence[float]
    bottoms: Sequence[float]
    lanes: Mapping[tuple[int, str], int]

    def route(self, link: Link, straight: bool) -> Route:
        start, end = self.places[link.start], self.places[link.end]
        if straight and link.yes:
            right, y = start.x + start.width, start.y + ASIDE
            return Route(link, ((right, y), (end.x, y)), (right + 8, y - 5))
        if straight:
            x, bottom = start.x + DOWN, start.y + start.height
            return Route(link, ((x, bottom), (x, end.y)), (x + 7, bottom + 17))
        return self._turned(link, start, end)

    def _below(self, card: str) -> float:
        return self.bottoms[self.cells[card][0]]

    def _turned(self, link: Link, start: Place, end: Place) -> Route:
        """By the lane of its goal: out at the side or below, along the lane, in from above."""
        gutter = self.cells[link.start][1] + link.yes
        lane = self._lane(gutter, link.end)
        goal_x = end.x + TURN + 12
        row, column = self.cells[link.end]
        # goals of one row are come to at heights of their own
        goal_y = self.tops[row] - 12 - 5 * (column % 5)
        if link.yes:
            right, y = start.x + start.width, start.y + ASIDE
            first: tuple[Point, ...] = ((right, y), (lane, y))
            label = (right + 8, y - 5)
        else:
            x, bottom = start.x + TURN, start.y + start.height
            y = self._below(link.start) + 10
            first = ((x, bottom), (x, y), (lane, y))
            label = (x + 7, bottom + 17)
        return Route(link, (*first, (lane, goal_y), (goal_x, goal_y), (goal_x, end.y)), label)

    def _lane(self, gutter: int, end: str) -> float:
        return self.lefts[gutter] - ASIDE - LANE * self.lanes[gutter, end]
