"""What the programme stage could still turn on while answers are missing.

Bounds only: a condition is listed where it might matter, and left out only where it cannot.
"""

from __future__ import annotations

from collections.abc import Iterator

from sitriage.conditions import Answer, Condition, Domain, OneOf
from sitriage.limits import WITHHELD, allowed_rung
from sitriage.model import Cell, Exercise, Item, Node, ProgrammeRule, Ruleset
from sitriage.programme import Plan, branch
from sitriage.ranges import Bounds
from sitriage.verdict import Dose

__all__ = ["Turn", "bounds_of", "live_conditions", "may_fall_short", "turns_of"]

Turn = tuple[Condition, Answer]


def bounds_of(rules: Ruleset, domain: Domain) -> Bounds:
    """Returns the bounds of all that a plan reads; what is decided here is decided in every part."""
    settings, bounds = rules.settings, Bounds(domain)
    bounds.learn([settings.both, settings.lying_hurts, settings.cleared])
    bounds.learn(node.when for node in rules.pattern)
    bounds.learn(column.when for column in rules.columns.values())
    items = [item.needs for programme in rules.programmes.values() for item in programme.item]
    rungs = [rung.needs for exercise in rules.exercises.values() for rung in exercise.rung.values()]
    bounds.learn(needs for needs in (*items, *rungs) if needs is not None)
    return bounds


def live_conditions(rules: Ruleset, bounds: Bounds) -> list[Condition]:
    """Returns the undecided conditions that a plan could still turn on, tree first."""
    found: list[Condition] = [node.when for node, ends in _nodes(rules, bounds) if len(ends) > 1]
    programmes = _programmes(rules, bounds)
    items = [item for programme in programmes for item in programme.item]
    found += [item.needs for item in items if item.needs is not None and _open(item.needs, bounds)]
    if _short(programmes, rules, bounds):
        items += [Item(exercise=name) for name in rules.settings.fill]
    starts = _starts(items, rules)
    for name, start in starts.items():
        found += _ladder(rules.exercises[name], start, rules, bounds)
    sided = any(item.side in ("sore", "other") for item in items)
    found += _sides([rules.exercises[name] for name in starts], sided, rules, bounds)
    return found


def may_fall_short(rules: Ruleset, bounds: Bounds) -> bool:
    """Whether somebody could be left with fewer than two exercises even after filling up."""
    fill = [rules.exercises[name] for name in rules.settings.fill]
    sure = [each for each in fill if _sideless(each) and _worst(each, rules, bounds) != WITHHELD]
    return len(sure) < 2 and _short(_programmes(rules, bounds), rules, bounds)


def turns_of(made: Plan, rules: Ruleset) -> list[Turn]:
    """Returns every condition that one change could alter this plan by, with the answer at which it turns.

    Beside them, only which side is sore can alter it.
    """
    nodes = {node.id: node for node in rules.pattern}
    turns = [
        (node.when, Answer.UNSURE if node.unsure == "yes" else Answer.YES)
        for node in (nodes[name] for name in made.path if name in nodes)
    ]
    turns += [(item.needs, Answer.YES) for item in rules.programmes[made.leaf].item if item.needs is not None]
    # whatever else could be given is not looked at before one of these turns
    looked_at = dict.fromkeys([*(pick.exercise for pick in made.picks), *(name for name, _ in made.withheld)])
    exercises = [rules.exercises[name] for name in looked_at]
    columns = dict.fromkeys(
        column for each in exercises for column, cell in each.column.items() if _lowers(cell, each)
    )
    turns += [(rules.columns[column].when, Answer.UNSURE) for column in columns]
    rungs = [rung for exercise in exercises for rung in exercise.rung.values()]
    turns += [(rung.needs, Answer.YES) for rung in rungs if rung.needs is not None]
    settings = rules.settings
    turns += [(settings.both, Answer.UNSURE), (settings.lying_hurts, Answer.UNSURE)]
    return [*turns, (settings.cleared, Answer.YES)]


def _lowers(cell: Cell, exercise: Exercise) -> bool:
    """Whether a cell takes anything from an exercise."""
    full = cell.rung == exercise.rungs[0] and not cell.cleared
    return not full or bool(cell.max_hold_s or cell.max_effort_percent)


def _programmes(rules: Ruleset, bounds: Bounds) -> list[ProgrammeRule]:
    ends = {end for _, reached in _nodes(rules, bounds) for end in reached}
    return [rule for name, rule in rules.programmes.items() if name in ends]


def _nodes(rules: Ruleset, bounds: Bounds) -> Iterator[tuple[Node, set[str]]]:
    """The undecided nodes that may be reached and the leaves, each with where it may lead.

    A node whose branches are decided further down to the same place is no question at all.
    """
    ends = {node.id: _ends(node, bounds) for node in rules.pattern}

    def onward(at: str) -> str:
        while at in ends and len(ends[at]) == 1:
            (at,) = ends[at]
        return at

    for name in reversed(ends):
        # a tree only goes on, so what lies below is settled first
        ends[name] = {onward(end) for end in ends[name]}
    reached = {onward(rules.pattern[0].id)}
    leaves = reached - ends.keys()
    for node in rules.pattern:
        if node.id in reached and len(ends[node.id]) > 1:
            reached |= ends[node.id]
            leaves |= ends[node.id] - ends.keys()
            yield node, ends[node.id]
    if not reached & ends.keys():
        yield rules.pattern[0], leaves


def _ends(node: Node, bounds: Bounds) -> set[str]:
    low, high = bounds.span(node.when)
    values = [each for each in (Answer.NO, Answer.UNSURE, Answer.YES) if low <= each <= high]
    return {branch(node, value) for value in values}


def _open(condition: Condition, bounds: Bounds, goal: Answer = Answer.YES) -> bool:
    low, high = bounds.span(condition)
    return (low >= goal) != (high >= goal)


def _starts(items: list[Item], rules: Ruleset) -> dict[str, int]:
    """Every exercise that may be given, with the hardest place it may start from."""
    starts: dict[str, int] = {}
    todo = [*items]
    while todo:
        item = todo.pop()
        exercise = rules.exercises[item.exercise]
        place = exercise.rungs.index(item.rung) if item.rung else 0
        if exercise.id not in starts or place < starts[exercise.id]:
            starts[exercise.id] = place
            todo += [Item(exercise=name) for name in (*_swaps(item, rules), *_stands_in(exercise))]
    return starts


def _swaps(item: Item, rules: Ruleset) -> list[str]:
    """The exercises that take the place of one where no one side is sore."""
    exercise = rules.exercises[item.exercise]
    words = () if _sideless(exercise, item) else (exercise.if_both, exercise.if_midline, exercise.if_unsure)
    return [word for word in words if word in rules.exercises]


def _stands_in(exercise: Exercise) -> tuple[str, ...]:
    """What is given where an exercise cannot be."""
    return (exercise.instead,) if exercise.instead else ()


def _ladder(exercise: Exercise, start: int, rules: Ruleset, bounds: Bounds) -> Iterator[Condition]:
    """What is undecided on a ladder below the place that is sure already."""
    never, ever = (value is Answer.YES for value in bounds.span(rules.settings.cleared))
    spans = {column: bounds.span(rules.columns[column].when) for column in exercise.column}
    place = exercise.rungs.index
    applied = [cell for name, cell in exercise.column.items() if spans[name][0] >= Answer.UNSURE]
    sure = max([start, *(place(allowed_rung(cell, ever)) for cell in applied)])
    while _never(exercise, exercise.rungs[sure], bounds):
        sure += 1
    given = exercise.rungs[sure] != WITHHELD
    for column, cell in exercise.column.items():
        low, high = spans[column]
        matters = place(allowed_rung(cell, never)) > sure or (given and _caps(cell, exercise.start, applied))
        if matters and low < Answer.UNSURE <= high:
            yield rules.columns[column].when
        if matters and cell.cleared and high >= Answer.UNSURE and never != ever:
            yield rules.settings.cleared
    for name in exercise.rungs[sure:]:
        rung = exercise.rung.get(name)
        if rung is not None and rung.needs is not None and _open(rung.needs, bounds):
            yield rung.needs


def _caps(cell: Cell, start: Dose, applied: list[Cell]) -> bool:
    """Whether a cell lowers the dose to start with further than those that surely apply."""
    hold = min([start.hold_s, *(each.max_hold_s for each in applied if each.max_hold_s)])
    effort = min(
        [start.effort_percent, *(each.max_effort_percent for each in applied if each.max_effort_percent)]
    )
    return 0 < cell.max_hold_s < hold or 0 < cell.max_effort_percent < effort


def _never(exercise: Exercise, rung: str, bounds: Bounds) -> bool:
    """Whether nobody here is able to do a form."""
    needs = exercise.rung[rung].needs if rung != WITHHELD else None
    return needs is not None and bounds.span(needs)[1] is not Answer.YES


def _worst(exercise: Exercise, rules: Ruleset, bounds: Bounds) -> str:
    """The lowest rung that any completion leads to."""
    cleared = bounds.span(rules.settings.cleared)[0] is Answer.YES
    place = 0
    for column, cell in exercise.column.items():
        if bounds.span(rules.columns[column].when)[1] >= Answer.UNSURE:
            place = max(place, exercise.rungs.index(allowed_rung(cell, cleared)))
    while exercise.rungs[place] != WITHHELD:
        needs = exercise.rung[exercise.rungs[place]].needs
        if needs is None or bounds.span(needs)[0] is Answer.YES:
            break
        place += 1
    return exercise.rungs[place]


def _short(programmes: list[ProgrammeRule], rules: Ruleset, bounds: Bounds) -> bool:
    """Whether a programme could keep fewer than two exercises, so that others fill it up."""
    return any(_surely_kept(programme, rules, bounds) < 2 for programme in programmes)


def _surely_kept(programme: ProgrammeRule, rules: Ruleset, bounds: Bounds) -> int:
    """How many different exercises are given at least: of each item it, or what takes its place."""

    def sure(name: str) -> bool:
        exercise = rules.exercises[name]
        return _sideless(exercise) and _worst(exercise, rules, bounds) != WITHHELD

    seen, kept = set[str](), 0
    for item in programme.item:
        exercise = rules.exercises[item.exercise]
        swaps, stands_in = _swaps(item, rules), _stands_in(exercise)
        here = _sideless(exercise, item) and sure(exercise.id)
        given = item.needs is None and all(map(sure, swaps)) and (here or any(map(sure, stands_in)))
        forms = {exercise.id, *swaps, *stands_in}
        # two items that may both come to the same exercise are counted once
        if given and not forms & seen:
            kept += 1
            seen |= forms
    return kept


def _sideless(exercise: Exercise, item: Item | None = None) -> bool:
    return ((item and item.side) or exercise.side) in ("each", "symmetric")


def _sides(exercises: list[Exercise], sided: bool, rules: Ruleset, bounds: Bounds) -> Iterator[Condition]:
    settings = rules.settings
    hurting = [each for each in exercises if each.if_lying_hurts]
    if sided or hurting or not all(map(_sideless, exercises)):
        if _open(settings.both, bounds, Answer.UNSURE):
            yield settings.both
        if len(bounds.domain(settings.side)) > 1:
            yield OneOf(settings.side, ("left",))
    if hurting and _open(settings.lying_hurts, bounds, Answer.UNSURE):
        yield settings.lying_hurts
