"""Which unanswered findings could still change the verdict: exactly those, no more and no fewer.

A finding is open when two completions that differ in it alone get different verdicts (kind,
urgency, who to see; for a programme the ordered exercise, rung, side and dose).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice

import attrs

from sitriage.completions import Answers, Completions
from sitriage.conditions import Answer, Box, Demand, Value, boxes, findings_in, joint_boxes
from sitriage.live import live_conditions, readers_of
from sitriage.model import Level, Ruleset
from sitriage.programme import Plan, plan
from sitriage.screen import rank_of

__all__ = ["Outlook", "outlook"]

Key = tuple[object, ...]

# ways to one leaf that are tried before the exhaustive search
MOST_WAYS = 24


@attrs.frozen
class Outlook:
    """The open findings, and the lowest and highest rank that completions still allow."""

    open: tuple[str, ...]
    lowest: int
    highest: int


def outlook(completions: Completions) -> Outlook:
    """Returns what the missing answers can still do."""
    lowest = completions.lowest or 0
    found = {name for name in completions.missing if _moves_screen(name, completions)}
    if not lowest:
        found |= _PlanSearch(completions).open(frozenset(found))
    return Outlook(_in_order(found, completions), lowest, max(lowest, _highest(completions)))


def _in_order(names: set[str], completions: Completions) -> tuple[str, ...]:
    return tuple(name for name in completions.missing if name in names)


def _by_rank(levels: tuple[Level, ...]) -> list[tuple[int, Level, Answer]]:
    every = [(rank_of(level, goal), level, goal) for level in levels for goal in (Answer.YES, Answer.UNSURE)]
    return sorted(every, key=lambda each: -each[0])


def _highest(completions: Completions) -> int:
    for rank, level, goal in _by_rank(completions.levels):
        if any(
            completions.settle(box) is not None for box in boxes(level.when, goal, True, completions.domain)
        ):
            return rank
    return 0


def _moves_screen(finding: str, completions: Completions) -> bool:
    """Whether one value of the finding lifts a completion above where another value leaves it."""
    for rank, level, goal in _by_rank(completions.reading(finding)):
        if rank <= (completions.lowest or 0):
            return False
        for box in boxes(level.when, goal, True, completions.domain):
            if finding in box and _pivots(finding, box, rank, completions):
                return True
    return False


def _pivots(finding: str, box: Box, rank: int, completions: Completions) -> bool:
    others = tuple(value for value in completions.domain(finding) if value not in box[finding])
    calm = {**box, finding: others}
    return any(completions.settle(calm, rank, {finding: (value,)}) is not None for value in box[finding])


@attrs.frozen
class _PlanSearch:
    """Which findings change the programme of somebody whom the screen clears."""

    completions: Completions

    def open(self, settled: frozenset[str]) -> set[str]:
        """Returns the findings that change a plan; the `settled` ones need no second proof."""
        candidates = (self._live({}) & set(self.completions.missing)) - settled
        found: set[str] = set()
        for box in self._corners():
            if not candidates - found:
                break
            found |= self._around(box, candidates - found)
        return found | {n for n in candidates - found if self._beside_a_limit(n) or self._differs(n, {})}

    def _beside_a_limit(self, name: str) -> bool:
        """Whether a limit that also reads other findings turns on this one, in some leaf."""
        rules, domain = self.completions.rules, self.completions.domain
        limits = [c.when for c in rules.columns.values() if name in findings_in(c.when)]
        for limit in limits:
            for way in islice(boxes(limit, Answer.UNSURE, True, domain), MOST_WAYS):
                rest = {finding: allowed for finding, allowed in way.items() if finding != name}
                for _, demands in _ways(rules, rules.pattern[0].id):
                    for box in islice(joint_boxes(demands, self.completions.within(rest)), 1):
                        if self._around({**rest, **box}, {name}):
                            return True
        return False

    def _live(self, box: Box) -> set[str]:
        conditions = live_conditions(self.completions.rules, self.completions.within(box))
        return {finding for condition in conditions for finding in findings_in(condition)}

    def _corners(self) -> Iterator[Box]:
        """Boxes that are likely to show a difference: each way to each leaf, with each ability."""
        rules, domain = self.completions.rules, self.completions.domain
        yield {}
        for leaf, demands in _ways(rules, rules.pattern[0].id):
            needs = [
                rung.needs
                for item in rules.programmes[leaf].item
                for rung in rules.exercises[item.exercise].rung.values()
                if rung.needs is not None
            ]
            for box in islice(joint_boxes(demands, domain), MOST_WAYS):
                yield box
                for need in needs:
                    for way in boxes(need, Answer.YES, True, self.completions.within(box)):
                        yield {**box, **way}

    def _around(self, box: Box, candidates: set[str]) -> set[str]:
        """Candidates of which one change alters the plan of a cleared completion in the box."""
        answers = self.completions.settle(box, 1)
        if answers is None:
            return set()
        made = plan(self.completions.rules, answers)
        near = readers_of(made, self.completions.rules) & candidates
        return {name for name in near if self._changes(name, answers, _key(made))}

    def _changes(self, name: str, answers: Answers, start: Key) -> bool:
        # no candidate moves the screen, so a change leaves everybody cleared
        for value in self.completions.domain(name):
            changed = {**answers, name: value}
            if _key(plan(self.completions.rules, changed)) != start and self.completions.fine(changed):
                return True
        return False

    def _differs(self, name: str, box: Box) -> bool:
        """Exhaustive: splits on findings that still matter until only `name` is left."""
        if self.completions.settle(box, 1) is None:
            return False
        within = self.completions.within(box)
        live = sorted(finding for finding in self._live(box) if len(within(finding)) > 1)
        if name not in live:
            return False
        rest = next((each for each in live if each != name), None)
        if rest is not None:
            return any(self._differs(name, {**box, rest: (value,)}) for value in within(rest))
        return any(self._compare(name, box, first, second) for first, second in combinations(within(name), 2))

    def _compare(self, name: str, box: Box, first: Value, second: Value) -> bool:
        answers = self.completions.settle({**box, name: (first,)}, 1, {name: (second,)})
        if answers is None:
            return False
        rules = self.completions.rules
        return _key(plan(rules, answers)) != _key(plan(rules, {**answers, name: second}))


def _ways(rules: Ruleset, at: str) -> Iterator[tuple[str, list[Demand]]]:
    """Every leaf below a node, with what must hold on the way there."""
    node = next((each for each in rules.pattern if each.id == at), None)
    if node is None:
        yield at, []
        return
    goal = Answer.UNSURE if node.unsure == "yes" else Answer.YES
    for end, holds in ((node.yes, True), (node.otherwise, False)):
        for leaf, demands in _ways(rules, end):
            yield leaf, [(node.when, goal, holds), *demands]


def _key(made: Plan) -> Key:
    if made.too_little:
        return ("too little",)
    return tuple((pick.exercise, pick.rung, pick.side, pick.dose) for pick in made.picks)
