"""The decision tree and the matrix of limits as text, for whoever reviews the rules."""

from __future__ import annotations

from collections.abc import Iterator

from sitriage.model import Cell, Exercise, Ruleset
from sitriage.words import Urgency

__all__ = ["cell_text", "matrix_text", "tree_text"]


def tree_text(rules: Ruleset) -> str:
    """Returns the three storeys: the screen by urgency, the gates, and the pattern tree."""
    return "\n".join([*_screen(rules), "", *_gates(rules), "", *_pattern(rules)]) + "\n"


def matrix_text(rules: Ruleset) -> str:
    """Returns the limits as a Markdown table: a row per column of limits, the highest rung for each exercise.

    `ok` means no limit; `withheld` that the exercise is left out; `cleared: x` that it is left out
    unless the person was examined and cleared, and then at most the rung x.
    """
    names = list(rules.exercises)
    rows = [["limit", *names], ["---"] * (len(names) + 1)]
    for column in rules.columns:
        rows.append([column, *(cell_text(rules.exercises[name], column) for name in names)])
    return "\n".join("| " + " | ".join(row) + " |" for row in rows) + "\n"


def cell_text(exercise: Exercise, column: str) -> str:
    """Returns what one column does to one exercise, in the words of the matrix."""
    cell = exercise.column.get(column)
    if cell is None:
        return "ok"
    return ", ".join([_rung(cell, exercise), *_caps(cell)])


def _rung(cell: Cell, exercise: Exercise) -> str:
    if cell.cleared:
        return f"cleared: {cell.cleared}"
    if cell.rung == "withheld" and exercise.instead:
        return f"withheld ({exercise.instead} instead)"
    return cell.rung


def _caps(cell: Cell) -> Iterator[str]:
    if cell.max_hold_s:
        yield f"at most {cell.max_hold_s} s"
    if cell.max_effort_percent:
        yield f"at most {cell.max_effort_percent} % effort"


def _screen(rules: Ruleset) -> Iterator[str]:
    yield "Screen: the most urgent level that holds wins"
    for urgency in sorted(Urgency, reverse=True):
        flags = [
            (flag, level)
            for flag in rules.red_flags.values()
            for level in flag.levels
            if level.urgency == urgency
        ]
        if flags:
            yield f"  {urgency} ({len(flags)})"
            for flag, level in flags:
                yield f"    {level.id}: {flag.label}; see {level.see}"
    yield "  incomplete: a missing answer could still matter; routine for now"
    yield "  clear: on to the gates"


def _gates(rules: Ruleset) -> Iterator[str]:
    yield "Gates: whom these rules are not for"
    for flag in rules.gates.values():
        for level in flag.levels:
            yield f"  {level.id}: {flag.label}; see {level.see}"


def _pattern(rules: Ruleset) -> Iterator[str]:
    yield "Pattern: which programme"
    for node in rules.pattern:
        unsure = node.yes if node.unsure == "yes" else node.otherwise
        yield f"  {node.id} {node.label}? yes: {node.yes}, otherwise: {node.otherwise} (unsure: {unsure})"
    for programme in rules.programmes.values():
        items = ", ".join(item.exercise + (f" ({item.rung})" if item.rung else "") for item in programme.item)
        yield f"  {programme.id}: {programme.label}: {items}"
