"""Which unanswered findings could still change the verdict.

A finding is open when two completions that differ in it alone get different verdicts (kind,
urgency, who to see; for a programme the ordered exercise, rung, side and dose).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set
from functools import cached_property
from itertools import chain, combinations, islice

import attrs

from sitriage.completions import Completions
from sitriage.conditions import Answer, Answers, Box, Demand, Value, boxes, findings_in, joint_boxes
from sitriage.live import Turn, bounds_of, live_conditions, turns_of
from sitriage.model import Level, Ruleset
from sitriage.programme import Plan, plan
from sitriage.ranges import Bounds, forced
from sitriage.screen import rank_of

__all__ = ["Outlook", "PlanSearch", "highest_rank", "moves_screen", "outlook"]

Key = tuple[object, ...]

# ways to one leaf that are tried before the exhaustive search
MOST_WAYS = 24
# people without news before what is left is looked for on purpose
MOST_DRY = 20
# people for whom a finding turns something and changes nothing, before it waits for a longer search
MOST_VAIN = 3
# of the exhaustive search for one finding; the shipped rules need far fewer
MOST_STEPS = 250


@attrs.frozen
class Outlook:
    """The open findings, and the lowest and highest rank that completions still allow."""

    open: tuple[str, ...]
    lowest: int
    highest: int


def outlook(completions: Completions) -> Outlook:
    """Returns what the missing answers can still do."""
    lowest = completions.lowest or 0
    found = {name for name in completions.missing if moves_screen(name, completions)}
    if not lowest:
        found |= PlanSearch(completions).open(frozenset(found))
    return Outlook(_in_order(found, completions), lowest, highest_rank(completions))


def _in_order(names: set[str], completions: Completions) -> tuple[str, ...]:
    return tuple(name for name in completions.missing if name in names)


def _by_rank(levels: tuple[Level, ...]) -> list[tuple[int, Level, Answer]]:
    every = [(rank_of(level, goal), level, goal) for level in levels for goal in (Answer.YES, Answer.UNSURE)]
    return sorted(every, key=lambda each: -each[0])


def highest_rank(completions: Completions) -> int:
    """Returns how far up some way to answer the rest leads."""
    for rank, level, goal in _by_rank(completions.levels):
        if any(
            completions.settle(box) is not None for box in boxes(level.when, goal, True, completions.domain)
        ):
            return rank
    return completions.lowest or 0


def moves_screen(finding: str, completions: Completions) -> bool:
    """Returns whether one value of the finding lifts a completion above where another value leaves it."""
    lowest = completions.lowest or 0
    ways = [way for way in _by_rank(completions.reading(finding)) if way[0] > lowest]
    # what takes few findings is soon shown
    for rank, level, goal in sorted(ways, key=lambda way: len(findings_in(way[1].when))):
        for box in boxes(level.when, goal, True, completions.domain):
            if finding in box and _pivots(finding, box, rank, completions):
                return True
    return False


def _pivots(finding: str, box: Box, rank: int, completions: Completions) -> bool:
    others = tuple(value for value in completions.domain(finding) if value not in box[finding])
    calm = {**box, finding: others}
    return any(completions.settle(calm, rank, {finding: (value,)}) is not None for value in box[finding])


@attrs.frozen
class PlanSearch:
    """Which findings change the programme of somebody whom the screen clears."""

    completions: Completions

    @cached_property
    def _bounds(self) -> Bounds:
        return bounds_of(self.completions.rules, self.completions.domain)

    def some(self, skipped: Set[str], fits: Callable[[str], bool] = lambda _: True) -> Iterator[str]:
        """Yields findings that change a plan and fit when they are found, those of the tree first.

        What is soon shown goes before what takes a long search; none are left out only if nothing is yielded.
        """
        live = [name for name in self._live({}) if self.completions.evidence.missing(name)]
        left, found = dict.fromkeys((name for name in live if name not in skipped), 0), False
        for answers in islice(self._people(), MOST_DRY):
            fresh = [name for name, vain in left.items() if vain < MOST_VAIN and fits(name)]
            for name, changes in self._around(answers, fresh):
                if not changes:
                    left[name] += 1
                    continue
                found = True
                del left[name]
                yield name
        if found or self._settled({}, iter(range(MOST_STEPS))):
            return
        for shows in (self._shown, lambda name: not self._idle(name)):
            for name in filter(shows, filter(fits, left)):
                found = True
                yield name
            if found:
                return

    def open(self, settled: frozenset[str]) -> set[str]:
        """Returns the findings that change a plan; the `settled` ones need no second proof."""
        candidates = (self._live({}).keys() & set(self.completions.missing)) - settled
        people = self._people()
        left = self._unseen(candidates, people, MOST_DRY)
        if left and left == candidates and self._settled({}, iter(range(MOST_STEPS))):
            return set()
        left -= {name for name in left if self._shown(name)}
        left = self._unseen(left, people, 0)
        return (candidates - left) | {name for name in left if not self._idle(name)}

    def _unseen(self, names: Iterable[str], people: Iterator[Answers], most_dry: int) -> set[str]:
        """Returns the names that nobody shows to matter; after so many dry ones (0: none) it gives up."""
        left, dry = set(names), 0
        while left and (not most_dry or dry < most_dry) and (answers := next(people, None)) is not None:
            seen = {name for name, changes in self._around(answers, left) if changes}
            dry = 0 if seen else dry + 1
            left -= seen
        return left

    def _settled(self, box: Box, steps: Iterator[int]) -> bool:
        """Whether all whom the screen clears get the same plan, as far as the steps go."""
        plans = self._plans(box, steps)
        first = next(plans, None)
        return first != () and all(each == first for each in plans)

    def _plans(self, box: Box, steps: Iterator[int]) -> Iterator[Key]:
        """Yields the plan of each part of the box that nothing divides further."""
        if next(steps, None) is None:
            # no plan is like it: what is not shown stays open
            yield ()
            return
        answers = self.completions.settle(box, 1)
        if answers is not None:
            yield _key(plan(self.completions.rules, answers))
            within = self.completions.within(box)
            for name in islice((each for each in self._live(box) if len(within(each)) > 1), 1):
                for part in self._halves(name, within(name)):
                    yield from self._plans({**box, name: part}, steps)

    def _halves(self, name: str, values: tuple[Value, ...]) -> tuple[tuple[Value, ...], ...]:
        """Parts that rules mostly tell apart: for a limit a clear no, for anything else a clear yes."""
        limits = any(name in findings_in(each.when) for each in self.completions.rules.columns.values())
        at = 1 if limits else len(values) - 1
        return values[:at], values[at:]

    def _shown(self, name: str) -> bool:
        """Whether a limit or a branch of the tree turns on the finding, on the way to some leaf."""
        rules = self.completions.rules
        reading = [c.when for c in rules.columns.values() if name in findings_in(c.when)]
        limits: list[Demand] = [(when, Answer.UNSURE, True) for when in reading]
        for _, demands in _ways(rules, rules.pattern[0].id):
            branches = [each for each in demands if name in findings_in(each[0])]
            if any(self._turned(name, limit, demands) for limit in limits) or any(
                self._turned(name, branch, [each for each in demands if each is not branch])
                for branch in branches
            ):
                return True
        return False

    def _turned(self, name: str, demand: Demand, others: list[Demand]) -> bool:
        """Whether the finding changes a plan where the demand hangs on it and the others are met."""
        for way in islice(boxes(*demand, self.completions.domain), MOST_WAYS):
            rest = {finding: allowed for finding, allowed in way.items() if finding != name}
            for box in islice(joint_boxes(others, self.completions.within(rest)), 1):
                answers = self.completions.settle({**rest, **box}, 1)
                if answers is not None and any(changes for _, changes in self._around(answers, [name])):
                    return True
        return False

    def _idle(self, name: str) -> bool:
        """Whether the finding changes nothing, leaf by leaf, as far as the steps go."""
        steps = iter(range(MOST_STEPS))
        for _, demands in _ways(self.completions.rules, self.completions.rules.pattern[0].id):
            common = forced(demands, self.completions.domain)
            if common is not None:
                box = {finding: allowed for finding, allowed in common.items() if finding != name}
                if name in self._live(box) and self._differs(name, box, steps):
                    return False
        return True

    def _live(self, box: Box) -> dict[str, None]:
        """The findings that a plan may still turn on, those of the tree first."""
        bounds = self._bounds.within(self.completions.within(box))
        conditions = live_conditions(self.completions.rules, bounds)
        return dict.fromkeys(finding for each in conditions for finding in sorted(findings_in(each)))

    def _corners(self) -> Iterator[Box]:
        """Boxes that are likely to show a difference: each way to each leaf, with each ability."""
        rules, domain = self.completions.rules, self.completions.domain
        yield {}
        for leaf, demands in _ways(rules, rules.pattern[0].id):
            exercises = [rules.exercises[item.exercise] for item in rules.programmes[leaf].item]
            needs = [
                rung.needs for each in exercises for rung in each.rung.values() if rung.needs is not None
            ]
            needs += [rules.settings.lying_hurts for each in exercises if each.if_lying_hurts]
            for box in islice(joint_boxes(demands, domain), MOST_WAYS):
                yield box
                for need in needs:
                    for way in boxes(need, Answer.YES, True, self.completions.within(box)):
                        yield {**box, **way}

    def _people(self) -> Iterator[Answers]:
        """Yields somebody whom the screen clears in each corner, the same one once."""
        seen = set[tuple[Value, ...]]()
        for box in self._corners():
            answers = self.completions.settle(box, 1)
            if answers is not None and (said := tuple(answers.values())) not in seen:
                seen.add(said)
                yield answers

    def _around(self, answers: Answers, candidates: Iterable[str]) -> Iterator[tuple[str, bool]]:
        """Candidates that turn something for somebody the screen clears, and whether the plan changes."""
        made = plan(self.completions.rules, answers)
        turns = turns_of(made, self.completions.rules)
        for name in [*candidates]:
            near = [(when, goal) for when, goal in turns if name in findings_in(when)]
            plans = (_key(plan(self.completions.rules, each)) for each in self._turning(name, answers, near))
            if (first := next(plans, None)) is not None:
                yield name, any(each != _key(made) for each in chain([first], plans))

    def _turning(self, name: str, answers: Answers, turns: list[Turn]) -> Iterator[Answers]:
        """Yields the same person with each other answer to one question by which something turns."""
        # no candidate moves the screen, so a change leaves everybody cleared
        seen, sided = [_sides(turns, answers)], name == self.completions.rules.settings.side
        for value in self.completions.domain(name):
            changed = {**answers, name: value}
            turned = _sides(turns, changed)
            # where the same turns the plan is the same; the side itself is no condition
            if (sided or turned not in seen) and self.completions.fine(changed):
                seen.append(turned)
                yield changed

    def _differs(self, name: str, box: Box, steps: Iterator[int]) -> bool:
        """Exhaustive: splits on findings that still matter until only `name` is left.

        The tree is split first, since each leaf leaves few findings that matter. What is not shown to be
        idle within the steps counts as open: one question more, never one too few.
        """
        if next(steps, None) is None:
            return True
        if self.completions.settle(box, 1) is None:
            return False
        within = self.completions.within(box)
        live = [finding for finding in self._live(box) if len(within(finding)) > 1]
        if name not in live:
            return False
        rest = next((each for each in live if each != name), None)
        if rest is not None:
            return any(self._differs(name, {**box, rest: (value,)}, steps) for value in within(rest))
        # nothing else is left to turn on, so each value has one plan in this box
        plans = {value: self._planned({**box, name: (value,)}) for value in within(name)}
        return any(
            plans[first] != plans[second]
            and self.completions.settle({**box, name: (first,)}, 1, {name: (second,)}) is not None
            for first, second in combinations(plans, 2)
        )

    def _planned(self, box: Box) -> Key:
        answers = self.completions.settle(box, 1)
        return () if answers is None else _key(plan(self.completions.rules, answers))


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


def _sides(turns: list[Turn], answers: Answers) -> list[bool]:
    return [condition.value(answers) >= goal for condition, goal in turns]


def _key(made: Plan) -> Key:
    if made.too_little:
        return ("too little",)
    return tuple((pick.exercise, pick.rung, pick.side, pick.dose) for pick in made.picks)
