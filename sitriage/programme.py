"""The programme stage: pattern, ladder, side and dose. It only ever shrinks what is permitted.

Reached only by people whom the screen has cleared; this file knows nothing of urgency.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import attrs

from sitriage.conditions import Answer, Condition, Value
from sitriage.model import Cell, Exercise, Item, Node, ProgrammeRule, Ruleset
from sitriage.verdict import Dose
from sitriage.words import Phase, Side

__all__ = ["WITHHELD", "Limit", "Pick", "Plan", "allowed_rung", "applies", "branch", "limits", "plan", "walk"]

WITHHELD = "withheld"

_OPPOSITE = MappingProxyType({Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT})
_NEUTRAL = MappingProxyType({"each": Side.EACH, "symmetric": Side.SYMMETRIC})

Answers = Mapping[str, Value]


@attrs.frozen
class Limit:
    """The highest rung a person may use, caps on the dose, and what set them."""

    place: int
    rung: str
    max_hold_s: int
    max_effort_percent: int
    columns: tuple[str, ...]


@attrs.frozen
class Pick:
    """One exercise of a plan, before it is put into words."""

    exercise: str
    rung: str
    side: Side
    dose: Dose
    target: Dose
    phase: Phase
    columns: tuple[str, ...]


@attrs.frozen
class Plan:
    """The leaf with its path, the picks in order, and what was left out by which columns."""

    leaf: str
    path: tuple[str, ...]
    picks: tuple[Pick, ...]
    withheld: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def too_little(self) -> bool:
        """Whether fewer than two different exercises are left (D-19)."""
        return len({pick.exercise for pick in self.picks}) < 2


def plan(rules: Ruleset, answers: Answers) -> Plan:
    """Returns the plan of the leaf that the pattern tree leads to, filled up where too little is left."""
    path = walk(rules, answers)
    leaf = rules.programmes[path[-1]]
    picks, left_out = _picks(leaf.item, leaf, rules, answers)
    if len({pick.exercise for pick in picks}) < 2:
        extra, more = _picks([Item(exercise=each) for each in rules.settings.fill], leaf, rules, answers)
        for pick in extra:
            if len({each.exercise for each in picks}) < 2 and pick.exercise not in {
                p.exercise for p in picks
            }:
                picks.append(pick)
        left_out |= {name: why for name, why in more.items() if name not in left_out}
    kept = {pick.exercise for pick in picks}
    ordered = tuple(sorted(picks, key=lambda pick: pick.phase.rank))
    withheld = tuple((name, why) for name, why in left_out.items() if name not in kept)
    return Plan(leaf.id, path, ordered, withheld)


def walk(rules: Ruleset, answers: Answers) -> tuple[str, ...]:
    """Returns the ids of the pattern nodes passed, the leaf last."""
    nodes = {node.id: node for node in rules.pattern}
    at, path = rules.pattern[0].id, []
    while at in nodes:
        path.append(at)
        at = branch(nodes[at], nodes[at].when.value(answers))
    return (*path, at)


def branch(node: Node, value: Answer) -> str:
    """Returns where a node leads for a value: unsure and not asked take the branch it names."""
    if value in (Answer.UNSURE, Answer.NOT_ASKED):
        return node.yes if node.unsure == "yes" else node.otherwise
    return node.yes if value is Answer.YES else node.otherwise


def applies(condition: Condition, answers: Answers) -> bool:
    """Whether a limit counts: anything but a clear no (D-2)."""
    return condition.value(answers) is not Answer.NO


def limits(exercise: Exercise, rules: Ruleset, answers: Answers) -> Limit:
    """Returns the highest rung that all columns together and the person's ability allow."""
    by_columns = column_limit(exercise, rules, answers)
    place = by_columns.place
    while not _able(exercise, exercise.rungs[place], answers):
        place += 1
    return attrs.evolve(by_columns, place=place, rung=exercise.rungs[place])


def column_limit(exercise: Exercise, rules: Ruleset, answers: Answers) -> Limit:
    """Returns the highest rung and the caps that the columns allow, and the columns that set them."""
    limit = Limit(0, exercise.rungs[0], 0, 0, ())
    cleared = rules.settings.cleared.value(answers) is Answer.YES
    for column, cell in exercise.column.items():
        if applies(rules.columns[column].when, answers):
            limit = lowered(limit, exercise, column, cell, cleared)
    return limit


def lowered(limit: Limit, exercise: Exercise, column: str, cell: Cell, cleared: bool) -> Limit:
    """Returns the limit after one more column: never a harder rung, never a looser cap."""
    at = exercise.rungs.index(allowed_rung(cell, cleared))
    place = max(limit.place, at)
    capped = cell.max_hold_s or cell.max_effort_percent
    kept = limit.columns if at <= limit.place else ()
    columns = (*kept, column) if (at and at == place) or capped else kept
    return Limit(
        place,
        exercise.rungs[place],
        _cap(limit.max_hold_s, cell.max_hold_s),
        _cap(limit.max_effort_percent, cell.max_effort_percent),
        columns,
    )


def allowed_rung(cell: Cell, cleared: bool) -> str:
    """Returns the rung a cell allows to somebody who was cleared, or was not."""
    return (cell.cleared if cleared else WITHHELD) if cell.cleared else cell.rung


def _cap(first: int, second: int) -> int:
    return min(first, second) if first and second else first or second


def _able(exercise: Exercise, rung: str, answers: Answers) -> bool:
    if rung == WITHHELD:
        return True
    needs = exercise.rung[rung].needs
    return needs is None or needs.value(answers) is Answer.YES


def _picks(
    items: list[Item] | tuple[Item, ...], leaf: ProgrammeRule, rules: Ruleset, answers: Answers
) -> tuple[list[Pick], dict[str, tuple[str, ...]]]:
    picks: list[Pick] = []
    left_out: dict[str, tuple[str, ...]] = {}
    for item in items:
        if item.needs is not None and item.needs.value(answers) is not Answer.YES:
            left_out.setdefault(item.exercise, ())
            continue
        for chosen in _chain(item, rules, answers):
            exercise = rules.exercises[chosen.exercise]
            limit = limits(exercise, rules, answers)
            place = max(limit.place, exercise.rungs.index(chosen.rung) if chosen.rung else 0)
            side = _side(exercise, chosen, exercise.rungs[place], rules, answers)
            repeated = any(
                pick.exercise == exercise.id and pick.phase == _phase(exercise, chosen) for pick in picks
            )
            if side is not None and exercise.rungs[place] != WITHHELD:
                if not repeated:
                    picks.extend(_form(exercise, chosen, place, side, limit, leaf, rules, answers))
                break
            left_out.setdefault(exercise.id, limit.columns if exercise.rungs[place] == WITHHELD else ())
    return picks, left_out


def _chain(item: Item, rules: Ruleset, answers: Answers) -> Iterator[Item]:
    """The item, then what takes its place where it cannot be given or has no side."""
    exercise = rules.exercises[item.exercise]
    swapped = _side_word(exercise, item, rules, answers)
    if swapped in rules.exercises:
        yield Item(exercise=swapped, phase=item.phase)
        return
    yield item
    if exercise.instead:
        yield Item(exercise=exercise.instead, phase=item.phase)


def _phase(exercise: Exercise, item: Item) -> Phase:
    return item.phase or exercise.phase


def _side_word(exercise: Exercise, item: Item, rules: Ruleset, answers: Answers) -> str:
    wanted = item.side or exercise.side
    if wanted in _NEUTRAL:
        return wanted
    both, side = rules.settings.both, answers[rules.settings.side]
    one = side in ("left", "right")
    if both.value(answers) is Answer.YES or (one and applies(both, answers)):
        return exercise.if_both
    if one:
        return wanted
    return exercise.if_midline if side == "midline" else exercise.if_unsure


def _side(exercise: Exercise, item: Item, rung: str, rules: Ruleset, answers: Answers) -> Side | None:
    word = _side_word(exercise, item, rules, answers)
    if word in ("sore", "other") and rung in exercise.rung:
        # an easier form may move the other leg, or none alone
        word = exercise.rung[rung].side or word
    if word in _NEUTRAL:
        return _NEUTRAL[word]
    if word in ("sore", "other"):
        sore = Side(str(answers[rules.settings.side]))
        return sore if word == "sore" else _OPPOSITE[sore]
    return None


def _form(
    exercise: Exercise, item: Item, place: int, side: Side, limit: Limit, leaf: ProgrammeRule,
    rules: Ruleset, answers: Answers,
) -> Iterator[Pick]:  # fmt: skip
    start = attrs.evolve(exercise.start, sets=1, per_day=1) if leaf.lowest_dose else exercise.start
    dose, target = _capped(start, limit), _capped(exercise.target, limit)
    made = Pick(exercise.id, exercise.rungs[place], side, dose, target, _phase(exercise, item), limit.columns)
    if exercise.if_lying_hurts and applies(rules.settings.lying_hurts, answers):
        yield from _lying(made, exercise, rules, answers)
    else:
        yield made


def _capped(dose: Dose, limit: Limit) -> Dose:
    hold = _cap(dose.hold_s, limit.max_hold_s) if dose.hold_s else 0
    effort = _cap(dose.effort_percent, limit.max_effort_percent) if dose.effort_percent else 0
    return attrs.evolve(dose, hold_s=hold, effort_percent=effort)


def _lying(made: Pick, exercise: Exercise, rules: Ruleset, answers: Answers) -> Iterator[Pick]:
    """Lying only on the good side, the other half in the easiest form; both sore: easiest alone."""
    easiest = exercise.rungs[-2]
    side = answers[rules.settings.side]
    if side in ("left", "right") and not applies(rules.settings.both, answers):
        sore = Side(side)
        yield attrs.evolve(made, side=sore)
        yield attrs.evolve(made, rung=easiest, side=_OPPOSITE[sore])
    else:
        yield attrs.evolve(made, rung=easiest)
