"""Faults of every kind, planted one at a time into a ruleset: what a slip of the pen or of judgement does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import attrs

from sitriage.conditions import All, AtLeast, Condition, Has, Not, OneOf, Within
from sitriage.conditions import Any as AnyOf
from sitriage.expand import banded
from sitriage.model import Cell, Exercise, Finding, Item, Level, Node, ProgrammeRule, RedFlag, Ruleset
from sitriage.verdict import Dose
from sitriage.words import Phase, Professional, Urgency

__all__ = ["IN_LEVELS", "IN_PROGRAMMES", "KINDS", "Fault", "faults"]


@attrs.frozen
class Fault:
    """A ruleset with one fault, its kind, and where it was planted."""

    kind: str
    where: str
    rules: Ruleset = attrs.field(repr=False)


Planted = Iterator[tuple[str, Ruleset]]


def faults(rules: Ruleset, kind: str) -> Iterator[Fault]:
    """Yields every fault of a kind that the rules leave room for."""
    for where, faulty in KINDS[kind](rules):
        # a threshold that was shifted tells other numbers apart
        yield Fault(kind, where, banded(faulty) if kind.startswith("threshold") else faulty)


def _parts(condition: Condition, change: Callable[[Condition], Iterator[Condition]]) -> Iterator[Condition]:
    """The condition with one part of it changed, for every part and every change."""
    yield from change(condition)
    match condition:
        case Not(item, only_yes):
            yield from (Not(each, only_yes) for each in _parts(item, change))
        case AnyOf(items) | All(items) | AtLeast(items=items):
            for index, item in enumerate(items):
                for each in _parts(item, change):
                    yield attrs.evolve(condition, items=(*items[:index], each, *items[index + 1 :]))


# --- changes of one part of a condition; each makes fewer people meet it ---


def _drop(part: Condition) -> Iterator[Condition]:
    if isinstance(part, AnyOf) and len(part.items) > 1:
        for index in range(len(part.items)):
            yield AnyOf(part.items[:index] + part.items[index + 1 :])


def _join(part: Condition) -> Iterator[Condition]:
    if isinstance(part, AnyOf) and len(part.items) > 1:
        yield All(part.items)


def _count(part: Condition) -> Iterator[Condition]:
    if isinstance(part, AtLeast) and part.count < len(part.items):
        yield attrs.evolve(part, count=part.count + 1)


def _shift(part: Condition) -> Iterator[Condition]:
    if isinstance(part, Within):
        if part.min is not None:
            yield attrs.evolve(part, min=part.min + 1)
        if part.max is not None:
            yield attrs.evolve(part, max=part.max - 1)


def _word(part: Condition) -> Iterator[Condition]:
    if isinstance(part, OneOf) and len(part.words) > 1:
        for word in part.words:
            yield attrs.evolve(part, words=tuple(each for each in part.words if each != word))


def _negate(part: Condition) -> Iterator[Condition]:
    if isinstance(part, Has):
        yield Not(part)


def _ask_more(rules: Ruleset, part: Condition) -> Iterator[Condition]:
    if isinstance(part, Has) and rules.findings[part.finding].polarity == "raises":
        yield All((part, Has("getting_worse" if part.finding != "getting_worse" else "fever")))


def _only_yes(part: Condition) -> Iterator[Condition]:
    if isinstance(part, Has):
        yield AtLeast(1, (part,), unsure_counts=False)


# --- where a fault is planted ---


def _levels(rules: Ruleset, change: Callable[[Level], Iterator[Level | None]]) -> Planted:
    for name in ("red_flags", "gates"):
        table = getattr(rules, name)
        for flag in table.values():
            for index, level in enumerate(flag.levels):
                for each in change(level):
                    kept = (*flag.level[:index], *([] if each is None else [each]), *flag.level[index + 1 :])
                    changed: RedFlag = attrs.evolve(flag, level=kept)
                    yield level.id, attrs.evolve(rules, **{name: {**table, flag.id: changed}})


def _level_conditions(change: Callable[[Condition], Iterator[Condition]], rules: Ruleset) -> Planted:
    return _levels(
        rules, lambda level: (attrs.evolve(level, when=each) for each in _parts(level.when, change))
    )


def _optional(rules: Ruleset, level: Level) -> Iterator[Level]:
    """Made to turn on a question that may stay unasked."""
    for name, finding in rules.findings.items() if level.urgency > Urgency.ROUTINE else ():
        if (finding.kind, finding.need) == ("yes_no", "choice") and finding.polarity != "reassures":
            yield attrs.evolve(level, when=AnyOf((level.when, Has(name))))


def _flags(change: Callable[[RedFlag], Iterator[tuple[str, RedFlag]]], rules: Ruleset) -> Planted:
    for name in ("red_flags", "gates"):
        table = getattr(rules, name)
        for flag in table.values():
            for what, each in change(flag):
                yield f"{flag.id}: {what}", attrs.evolve(rules, **{name: {**table, flag.id: each}})


def _silent(flag: RedFlag) -> Iterator[tuple[str, RedFlag]]:
    yield "because", attrs.evolve(flag, because="")
    yield "sources", attrs.evolve(flag, sources=())
    yield "rows", attrs.evolve(flag, rows=(), facts=())


def _lower(level: Level) -> Iterator[Level]:
    if level.urgency > Urgency.ROUTINE:
        yield attrs.evolve(level, urgency=list(Urgency)[level.urgency.rank - 1])


def _lesser(level: Level) -> Iterator[Level]:
    if level.see.rank:
        yield attrs.evolve(level, see=list(Professional)[level.see.rank - 1])


def _reassured(rules: Ruleset, level: Level) -> Iterator[Level]:
    for name, finding in rules.findings.items():
        if finding.polarity == "reassures":
            yield attrs.evolve(level, when=All((level.when, Not(Has(name), only_yes=True))))


def _whole(change: Callable[[Condition], Iterator[Condition]], rules: Ruleset) -> Planted:
    return _levels(rules, lambda level: (attrs.evolve(level, when=each) for each in change(level.when)))


def _unsure_as_no(condition: Condition) -> Iterator[Condition]:
    yield AtLeast(1, (condition,), unsure_counts=False)


def _columns(change: Callable[[Condition], Iterator[Condition]], rules: Ruleset) -> Planted:
    for column in rules.columns.values():
        for when in _parts(column.when, change):
            changed = attrs.evolve(column, when=when)
            yield column.id, attrs.evolve(rules, columns={**rules.columns, column.id: changed})


def _or_also(more: Callable[[Finding], Iterator[Condition]], rules: Ruleset) -> Planted:
    """Columns that hold for more people, but for the wrong ones of them."""
    for column in rules.columns.values():
        for finding in rules.findings.values():
            for each in more(finding) if finding.kind == "yes_no" else ():
                changed = attrs.evolve(column, when=AnyOf((column.when, each)))
                where = f"{column.id}: {finding.id}"
                yield where, attrs.evolve(rules, columns={**rules.columns, column.id: changed})


def _denied(finding: Finding) -> Iterator[Condition]:
    if finding.polarity == "raises":
        yield Not(Has(finding.id))


def _certain(finding: Finding) -> Iterator[Condition]:
    if finding.polarity == "none":
        yield AtLeast(1, (Has(finding.id),), unsure_counts=False)


def _tree(change: Callable[[Node], Iterator[Node]], rules: Ruleset) -> Planted:
    for index, node in enumerate(rules.pattern):
        for each in change(node):
            changed = (*rules.pattern[:index], each, *rules.pattern[index + 1 :])
            yield node.id, attrs.evolve(rules, pattern=changed)


def _nowhere(node: Node) -> Iterator[Node]:
    yield attrs.evolve(node, yes="nowhere")
    yield attrs.evolve(node, otherwise="nowhere")


def _words(rules: Ruleset) -> Planted:
    yield from _columns(_word, rules)
    yield from _tree(lambda node: (attrs.evolve(node, when=each) for each in _parts(node.when, _word)), rules)


def _blind_columns(rules: Ruleset) -> Planted:
    for column in rules.columns.values():
        changed = attrs.evolve(column, when=AtLeast(1, (column.when,), unsure_counts=False))
        yield column.id, attrs.evolve(rules, columns={**rules.columns, column.id: changed})


def _exercises(change: Callable[[Exercise], Iterator[tuple[str, Exercise]]], rules: Ruleset) -> Planted:
    for exercise in rules.exercises.values():
        for what, each in change(exercise):
            yield (
                f"{exercise.id}: {what}",
                attrs.evolve(rules, exercises={**rules.exercises, exercise.id: each}),
            )


def _cells(
    exercise: Exercise, change: Callable[[Cell], Iterator[Cell | None]]
) -> Iterator[tuple[str, Exercise]]:
    for column, cell in exercise.column.items():
        for each in change(cell):
            kept = {name: old for name, old in exercise.column.items() if name != column}
            yield column, attrs.evolve(exercise, column=kept if each is None else {**kept, column: each})


def _opened(exercise: Exercise) -> Iterator[tuple[str, Exercise]]:
    return _cells(exercise, lambda cell: iter([None]))


def _harder(exercise: Exercise) -> Iterator[tuple[str, Exercise]]:
    def harder(cell: Cell) -> Iterator[Cell]:
        place = exercise.rungs.index(cell.rung)
        if place and not cell.cleared:
            yield attrs.evolve(cell, rung=exercise.rungs[place - 1])

    return _cells(exercise, harder)


def _for_everybody(exercise: Exercise) -> Iterator[tuple[str, Exercise]]:
    def uncleared(cell: Cell) -> Iterator[Cell]:
        if cell.cleared:
            yield attrs.evolve(cell, rung=cell.cleared, cleared="")

    return _cells(exercise, uncleared)


def _looser(exercise: Exercise) -> Iterator[tuple[str, Exercise]]:
    def looser(cell: Cell) -> Iterator[Cell]:
        for cap in ("max_hold_s", "max_effort_percent"):
            if getattr(cell, cap):
                yield attrs.evolve(cell, **{cap: getattr(cell, cap) + 5})
                yield attrs.evolve(cell, **{cap: 0})

    return _cells(exercise, looser)


def _other_side(exercise: Exercise) -> Iterator[tuple[str, Exercise]]:
    swap: dict[str, Any] = {"sore": "other", "other": "sore"}
    if exercise.side in swap:
        yield "side", attrs.evolve(exercise, side=swap[exercise.side])
    else:
        yield "side", attrs.evolve(exercise, side="sore")


def _both(exercise: Exercise) -> Iterator[tuple[str, Exercise]]:
    for key in ("if_both", "if_midline", "if_unsure"):
        if getattr(exercise, key) not in ("each", "symmetric"):
            yield key, attrs.evolve(exercise, **{key: "each"})


def _endless(exercise: Exercise) -> Iterator[tuple[str, Exercise]]:
    yield "stop_if", attrs.evolve(exercise, stop_if=())


def _more(exercise: Exercise) -> Iterator[tuple[str, Exercise]]:
    for key in ("start", "target"):
        dose: Dose = getattr(exercise, key)
        for field, step in (("hold_s", 30), ("reps", 8), ("sets", 2), ("per_day", 1), ("effort_percent", 25)):
            if getattr(dose, field):
                more = attrs.evolve(dose, **{field: getattr(dose, field) + step})
                yield f"{key}.{field}", attrs.evolve(exercise, **{key: more})


def _programmes(
    change: Callable[[ProgrammeRule, Ruleset], Iterator[ProgrammeRule]], rules: Ruleset
) -> Planted:
    for leaf in rules.programmes.values():
        for each in change(leaf, rules):
            yield leaf.id, attrs.evolve(rules, programmes={**rules.programmes, leaf.id: each})


def _disordered(leaf: ProgrammeRule, rules: Ruleset) -> Iterator[ProgrammeRule]:
    for index in range(len(leaf.item) - 1):
        first, second = leaf.item[index : index + 2]
        yield attrs.evolve(leaf, item=(*leaf.item[:index], second, first, *leaf.item[index + 2 :]))


def _mislabelled(leaf: ProgrammeRule, rules: Ruleset) -> Iterator[ProgrammeRule]:
    for index, item in enumerate(leaf.item):
        last = attrs.evolve(item, phase=Phase.FINISH if index + 1 < len(leaf.item) else Phase.WARM_UP)
        yield attrs.evolve(leaf, item=(*leaf.item[:index], last, *leaf.item[index + 1 :]))


def _another(leaf: ProgrammeRule, rules: Ruleset) -> Iterator[ProgrammeRule]:
    for name in rules.exercises:
        if name not in {item.exercise for item in leaf.item}:
            yield attrs.evolve(leaf, item=(*leaf.item, Item(exercise=name)))


def _hardest(leaf: ProgrammeRule, rules: Ruleset) -> Iterator[ProgrammeRule]:
    for index, item in enumerate(leaf.item):
        if item.rung and rules.exercises[item.exercise].rungs.index(item.rung):
            easier = attrs.evolve(item, rung="")
            yield attrs.evolve(leaf, item=(*leaf.item[:index], easier, *leaf.item[index + 1 :]))


def _full_dose(leaf: ProgrammeRule, rules: Ruleset) -> Iterator[ProgrammeRule]:
    if leaf.lowest_dose:
        yield attrs.evolve(leaf, lowest_dose=False)


def _both_sides(rules: Ruleset) -> Planted:
    for each in (OneOf(rules.settings.side, ("midline",)), All((rules.settings.both, Has("fever")))):
        yield "both", attrs.evolve(rules, settings=attrs.evolve(rules.settings, both=each))


IN_LEVELS: dict[str, Callable[[Ruleset], Planted]] = {
    "level dropped": lambda rules: _levels(rules, lambda level: iter([None])),
    "urgency lowered": lambda rules: _levels(rules, _lower),
    "lesser professional": lambda rules: _levels(rules, _lesser),
    "sign dropped from a level": partial(_level_conditions, _drop),
    "any became all in a level": partial(_level_conditions, _join),
    "count raised in a level": partial(_level_conditions, _count),
    "threshold shifted in a level": partial(_level_conditions, _shift),
    "sign negated in a level": partial(_level_conditions, _negate),
    "one sign more asked for": lambda rules: _level_conditions(partial(_ask_more, rules), rules),
    "unsure as no in a level": partial(_whole, _unsure_as_no),
    "unsure as no for one sign": partial(_level_conditions, _only_yes),
    "reassurance without a floor": lambda rules: _levels(rules, partial(_reassured, rules)),
    "optional question in a level": lambda rules: _levels(rules, partial(_optional, rules)),
    "reason or source gone": partial(_flags, _silent),
    "way to nowhere": partial(_tree, _nowhere),
}

IN_PROGRAMMES: dict[str, Callable[[Ruleset], Planted]] = {
    "choice dropped from a column or the tree": _words,
    "column cell opened": partial(_exercises, _opened),
    "harder form in a cell": partial(_exercises, _harder),
    "cleared form for everybody": partial(_exercises, _for_everybody),
    "cap raised or gone": partial(_exercises, _looser),
    "sign dropped from a column": partial(_columns, _drop),
    "any became all in a column": partial(_columns, _join),
    "threshold shifted in a column": partial(_columns, _shift),
    "sign negated in a column": partial(_columns, _negate),
    "unsure as no in a column": _blind_columns,
    "danger denied in a column": partial(_or_also, _denied),
    "doubt as no in a column": partial(_or_also, _certain),
    "side swapped": partial(_exercises, _other_side),
    "one-sided for both sides sore": partial(_exercises, _both),
    "both sides not noticed": _both_sides,
    "dose raised": partial(_exercises, _more),
    "rule to stop gone": partial(_exercises, _endless),
    "order broken": partial(_programmes, _disordered),
    "phase mislabelled": partial(_programmes, _mislabelled),
    "exercise added": partial(_programmes, _another),
    "harder form in a programme": partial(_programmes, _hardest),
    "full dose in a gentle programme": partial(_programmes, _full_dose),
}

KINDS = {**IN_LEVELS, **IN_PROGRAMMES}
