"""The tree of a ruleset, read from its rules."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from sitriage.model import Item, Ruleset
from sitriage.prove.wording import Said, Wording
from sitriage.show.flowchart.tree import Tree, TreeEdge, TreeNode, in_words
from sitriage.words import Urgency

__all__ = ["tree_of"]

GATES, TOO_LITTLE = "gates", "too_little_left"
# every one of them, whatever the flags: an unsure answer counts a step lower, a gate like a flag
_URGENCIES = tuple(sorted(set(Urgency) - {Urgency.SELF_CARE}, reverse=True))


def tree_of(rules: Ruleset) -> Tree:
    """Returns the tree of some rules, whole and with no path lit."""
    return Tree(
        name=rules.manifest.name,
        version=rules.version,
        nodes=(*_screen(rules), *_gates(rules), *_pattern(rules)),
        edges=tuple(_edges(rules)),
    )


def _screen(rules: Ruleset) -> Iterator[TreeNode]:
    levels = [(flag, level) for flag in rules.red_flags.values() for level in flag.levels]
    for urgency in _URGENCIES:
        node = f"screen:{urgency}"
        yield TreeNode(id=node, label=in_words(urgency), storey="screen", kind="urgency", urgency=urgency)
        for flag, level in levels:
            if level.urgency == urgency:
                yield TreeNode(
                    id=level.id, label=flag.label, storey="screen", kind="level",
                    within=node, urgency=urgency, see=level.see,
                )  # fmt: skip
    yield TreeNode(
        id="screen:incomplete", label="a missing answer could still matter", storey="screen",
        kind="incomplete", urgency=Urgency.ROUTINE, see=rules.manifest.incomplete_see,
    )  # fmt: skip
    yield TreeNode(id="screen:clear", label="no warning sign was found", storey="screen", kind="clear")


def _gates(rules: Ruleset) -> Iterator[TreeNode]:
    yield TreeNode(id=GATES, label="whom these rules are not for", storey="gates", kind="gates")
    for flag in rules.gates.values():
        for level in flag.levels:
            yield TreeNode(
                id=level.id, label=flag.label, storey="gates", kind="level",
                within=GATES, urgency=level.urgency, see=level.see,
            )  # fmt: skip


def _pattern(rules: Ruleset) -> Iterator[TreeNode]:
    wording = Wording(rules)
    for node in rules.pattern:
        means = tuple(_means(wording.said(node.when), wording))
        yield TreeNode(id=node.id, label=node.label, storey="pattern", kind="question", means=means)
    for each in rules.programmes.values():
        yield TreeNode(
            id=each.id, label=each.label, storey="pattern", kind="programme",
            items=tuple(item.exercise + (f" ({item.rung})" if item.rung else "") for item in each.item),
            moves=tuple(_move(item, rules) for item in each.item),
        )  # fmt: skip
    yield TreeNode(
        id=TOO_LITTLE, label="fewer than two exercises are left", storey="pattern", kind="too_little",
        urgency=Urgency.ROUTINE, see=rules.manifest.too_little_left_see,
    )  # fmt: skip


def _means(said: Said, wording: Wording) -> Iterator[str]:
    """A condition as a head and parts; one that is a definition is opened, others stay names."""
    opened = (name for name, each in wording.rules.definitions.items() if said.text == f"“{each.label}”")
    if (name := next(opened, None)) is not None:
        said = wording.definition(name)
    yield said.text
    yield from (part.line() for part in said.parts)


def _move(item: Item, rules: Ruleset) -> str:
    exercise = rules.exercises[item.exercise]
    if not item.rung:
        return exercise.label
    return exercise.rung[item.rung].label or f"{exercise.label} ({in_words(item.rung)})"


def _edges(rules: Ruleset) -> Iterator[TreeEdge]:
    chain = [f"screen:{urgency}" for urgency in _URGENCIES]
    chain += ["screen:incomplete", "screen:clear", GATES, rules.pattern[0].id]
    for start, end in pairwise(chain):
        yield TreeEdge(start=start, end=end, branch="otherwise")
    for node in rules.pattern:
        yield TreeEdge(start=node.id, end=node.yes, branch="yes", unsure=node.unsure == "yes")
        yield TreeEdge(start=node.id, end=node.otherwise, branch="otherwise", unsure=node.unsure != "yes")
