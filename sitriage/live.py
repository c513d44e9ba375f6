"""What the programme stage could still turn on while answers are missing.

Bounds only: a condition is listed where it might matter, and left out only where it cannot.
"""

from __future__ import annotations

from collections.abc import Iterator

from sitriage.conditions import Answer, Condition, Domain, OneOf, findings_in
from sitriage.limits import WITHHELD, allowed_rung
from sitriage.model import Exercise, Item, Node, ProgrammeRule, Ruleset
from sitriage.programme import Plan, branch
from sitriage.ranges import span

__all__ = ["live_conditions", "may_fall_short", "readers_of"]


def live_conditions(rules: Ruleset, domain: Domain) -> list[Condition]:
    """Returns the undecided conditions that a plan could still turn on, tree first."""
    found: list[Condition] = [node.when for node, ends in _nodes(rules, domain) if len(ends) > 1]
    programmes = _programmes(rules, domain)
    items = [item for programme in programmes for item in programme.item]
    found += [item.needs for item in items if item.needs is not None and _open(item.needs, domain)]
    if _short(programmes, rules, domain):
        items += [Item(exercise=name) for name in rules.settings.fill]
    starts = _starts(items, rules)
    for name, start in starts.items():
        found += _ladder(rules.exercises[name], start, rules, domain)
    sided = any(item.side in ("sore", "other") for item in items)
    found += _sides([rules.exercises[name] for name in starts], sided, rules, domain)
    return found


def may_fall_short(rules: Ruleset, domain: Domain) -> bool:
    """Whether somebody could be left with fewer than two exercises even after filling up."""
    fill = [rules.exercises[name] for name in rules.settings.fill]
    sure = [each for each in fill if _sideless(each) and _worst(each, rules, domain) != WITHHELD]
    return len(sure) < 2 and _short(_programmes(rules, domain), rules, domain)


def readers_of(made: Plan, rules: Ruleset) -> set[str]:
    """Returns every finding that one change could alter this plan by."""
    nodes = {node.id: node for node in rules.pattern}
    conditions = [nodes[name].when for name in made.path if name in nodes]
    items = list(rules.programmes[made.leaf].item)
    conditions += [item.needs for item in items if item.needs is not None]
    if len({pick.exercise for pick in made.picks}) < 4:
        # few are left, so one less may bring others in
        items += [Item(exercise=name) for name in rules.settings.fill]
    for name in _starts(items, rules):
        exercise = rules.exercises[name]
        conditions += [rules.columns[column].when for column in exercise.column]
        conditions += [rung.needs for rung in exercise.rung.values() if rung.needs is not None]
    settings = rules.settings
    conditions += [settings.both, settings.lying_hurts, settings.cleared]
    return {finding for condition in conditions for finding in findings_in(condition)} | {settings.side}


def _programmes(rules: Ruleset, domain: Domain) -> list[ProgrammeRule]:
    ends = {end for _, reached in _nodes(rules, domain) for end in reached}
    return [rule for name, rule in rules.programmes.items() if name in ends]


def _nodes(rules: Ruleset, domain: Domain) -> Iterator[tuple[Node, set[str]]]:
    """The undecided nodes that may be reached and the leaves, each with where it may lead.

    A node whose branches are decided further down to the same place is no question at all.
    """
    ends = {node.id: _ends(node, domain) for node in rules.pattern}

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


def _ends(node: Node, domain: Domain) -> set[str]:
    low, high = span(node.when, domain)
    values = [each for each in (Answer.NO, Answer.UNSURE, Answer.YES) if low <= each <= high]
    return {branch(node, value) for value in values}


def _open(condition: Condition, domain: Domain, goal: Answer = Answer.YES) -> bool:
    low, high = span(condition, domain)
    return (low >= goal) != (high >= goal)


def _starts(items: list[Item], rules: Ruleset) -> dict[str, int]:
    """Every exercise that may be given, with the hardest place it may start from."""
    starts: dict[str, int] = {}
    todo = [(item.exercise, item.rung) for item in items]
    while todo:
        name, rung = todo.pop()
        exercise = rules.exercises.get(name)
        if exercise is None:
            continue
        place = exercise.rungs.index(rung) if rung else 0
        if name not in starts or place < starts[name]:
            starts[name] = place
            todo += [(swap, "") for swap in (exercise.instead, *_swaps(exercise))]
    return starts


def _swaps(exercise: Exercise) -> tuple[str, ...]:
    return () if _sideless(exercise) else (exercise.if_both, exercise.if_midline, exercise.if_unsure)


def _ladder(exercise: Exercise, start: int, rules: Ruleset, domain: Domain) -> Iterator[Condition]:
    """What is undecided on a ladder below the place that is sure already."""
    never, ever = (value is Answer.YES for value in span(rules.settings.cleared, domain))
    spans = {column: span(rules.columns[column].when, domain) for column in exercise.column}
    place = exercise.rungs.index
    sure = max(
        [start]
        + [
            place(allowed_rung(cell, ever))
            for name, cell in exercise.column.items()
            if spans[name][0] >= Answer.UNSURE
        ]
    )
    while _never(exercise, exercise.rungs[sure], domain):
        sure += 1
    for column, cell in exercise.column.items():
        low, high = spans[column]
        matters = place(allowed_rung(cell, never)) > sure or cell.max_hold_s or cell.max_effort_percent
        if matters and low < Answer.UNSURE <= high:
            yield rules.columns[column].when
        if matters and cell.cleared and high >= Answer.UNSURE and never != ever:
            yield rules.settings.cleared
    for name in exercise.rungs[sure:]:
        rung = exercise.rung.get(name)
        if rung is not None and rung.needs is not None and _open(rung.needs, domain):
            yield rung.needs


def _never(exercise: Exercise, rung: str, domain: Domain) -> bool:
    """Whether nobody here is able to do a form."""
    needs = exercise.rung[rung].needs if rung != WITHHELD else None
    return needs is not None and span(needs, domain)[1] is not Answer.YES


def _worst(exercise: Exercise, rules: Ruleset, domain: Domain) -> str:
    """The lowest rung that any completion leads to."""
    cleared = span(rules.settings.cleared, domain)[0] is Answer.YES
    place = 0
    for column, cell in exercise.column.items():
        if span(rules.columns[column].when, domain)[1] >= Answer.UNSURE:
            place = max(place, exercise.rungs.index(allowed_rung(cell, cleared)))
    while exercise.rungs[place] != WITHHELD:
        needs = exercise.rung[exercise.rungs[place]].needs
        if needs is None or span(needs, domain)[0] is Answer.YES:
            break
        place += 1
    return exercise.rungs[place]


def _short(programmes: list[ProgrammeRule], rules: Ruleset, domain: Domain) -> bool:
    """Whether a programme could keep fewer than two exercises, so that others fill it up."""
    for programme in programmes:
        exercises = {
            item.exercise: rules.exercises[item.exercise] for item in programme.item if item.needs is None
        }
        sure = [
            each for each in exercises.values() if _sideless(each) and _worst(each, rules, domain) != WITHHELD
        ]
        if len(sure) < 2:
            return True
    return False


def _sideless(exercise: Exercise) -> bool:
    return exercise.side in ("each", "symmetric")


def _sides(exercises: list[Exercise], sided: bool, rules: Ruleset, domain: Domain) -> Iterator[Condition]:
    settings = rules.settings
    hurting = [each for each in exercises if each.if_lying_hurts]
    if sided or hurting or not all(map(_sideless, exercises)):
        if _open(settings.both, domain, Answer.UNSURE):
            yield settings.both
        if len(domain(settings.side)) > 1:
            yield OneOf(settings.side, ("left",))
    if hurting and _open(settings.lying_hurts, domain, Answer.UNSURE):
        yield settings.lying_hurts
