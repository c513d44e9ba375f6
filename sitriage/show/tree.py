"""The decision tree and the matrix of limits as text, for whoever reviews the rules."""

from __future__ import annotations

from collections.abc import Iterator

from sitriage.model import Cell, Exercise, Ruleset
from sitriage.show.flowchart.built import tree_of
from sitriage.show.flowchart.tree import Tree, TreeNode

__all__ = ["cell_text", "matrix_text", "storeys_text", "tree_text"]


def tree_text(rules: Ruleset) -> str:
    """Returns the three storeys: the screen by urgency, the gates, and the pattern tree."""
    return storeys_text(tree_of(rules))


def storeys_text(tree: Tree) -> str:
    """Returns the storeys of a tree as text, and the path below them if one is lit."""
    write = {"screen": _screen, "gates": _gates, "pattern": _pattern}
    parts = ["\n".join(write[name](tree)) for name in tree.storeys]
    parts += [f"Path: {' > '.join(tree.path)}"] if tree.path else []
    return "\n\n".join(parts) + "\n"


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


def _screen(tree: Tree) -> Iterator[str]:
    yield "Screen: the most urgent level that holds wins"
    for node in tree.nodes:
        levels = [each for each in tree.nodes if each.within == node.id]
        if node.kind == "urgency" and levels:
            yield f"  {node.urgency} ({len(levels)})"
            yield from (f"    {_level(each)}" for each in levels)
    yield "  incomplete: a missing answer could still matter; routine for now"
    yield "  clear: on to the gates"


def _gates(tree: Tree) -> Iterator[str]:
    yield "Gates: whom these rules are not for"
    yield from (f"  {_level(each)}" for each in tree.nodes if each.within and each.storey == "gates")


def _level(node: TreeNode) -> str:
    return f"{node.id}: {node.label}; see {node.see}"


def _pattern(tree: Tree) -> Iterator[str]:
    yield "Pattern: which programme"
    for node in tree.nodes:
        if node.kind == "question":
            ends = {edge.branch: edge.end for edge in tree.edges if edge.start == node.id}
            (unsure,) = [edge.end for edge in tree.edges if edge.start == node.id and edge.unsure]
            yes, otherwise = ends["yes"], ends["otherwise"]
            yield f"  {node.id} {node.label}? yes: {yes}, otherwise: {otherwise} (unsure: {unsure})"
        elif node.kind == "programme":
            yield f"  {node.id}: {node.label}: {', '.join(node.items)}"
