"""Names in rules: plain enough to compare by eye, and no larger than a person can follow once replaced.

A definition stands for its condition, and a finding that is implied for all that implies it. Each may
name others, so a few small files could stand for millions of parts, or for themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from sitriage.caps import ID
from sitriage.conditions import All, Any, AtLeast, Condition, Has, Not
from sitriage.model import Ruleset
from sitriage.problem import Problem

__all__ = ["NAME", "check_name", "check_names", "parts_of", "reads_of", "too_large"]

# the shipped rules reach 42 parts and 4 names deep
MOST_PARTS = 2000
MOST_DEEP = 8
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,59}")


def check_name(file: str, path: tuple[str | int, ...], name: str) -> Iterator[Problem]:
    """Yields a problem unless the id of an entry is plain: a look-alike letter would hide a second one."""
    if not NAME.fullmatch(name):
        yield Problem(file, path, "an id has letters a to z, digits, `_` and `-` only, a letter first")


def check_names(rules: Ruleset) -> Iterator[Problem]:
    """Yields every id that is not plain ASCII, where `check_name` is not asked."""
    for file, table in (("sources.toml", rules.sources), ("facts.toml", rules.facts)):
        for name in table:
            yield from check_name(file, (name,), name)
    for finding in rules.findings.values():
        for choice in finding.choices:
            if not ID.fullmatch(choice):
                what = "a choice is small letters a to z, digits and `_`, and starts with a letter"
                yield Problem(f"findings/{finding.id}.toml", ("choices",), what)


def reads_of(rules: Ruleset) -> Mapping[str, tuple[str, ...]]:
    """Returns the names each definition and each implied finding stands for, as often as written."""
    reads = {name: _names(each.when) for name, each in rules.definitions.items()}
    for each in rules.implications:
        reads[each.finding] = (*reads.get(each.finding, ()), *_names(each.when))
    return reads


def parts_of(rules: Ruleset) -> Mapping[str, tuple[int, int]]:
    """Returns how many parts and how deep each name is once replaced; nothing if names run in a circle."""
    reads = reads_of(rules)
    grown: dict[str, tuple[int, int]] = {}
    try:
        order = list(TopologicalSorter(reads).static_order())
    except CycleError:
        # told by the checks of definitions and of implications
        return grown
    for name in order:
        inner = [grown[each] for each in reads.get(name, ())]
        grown[name] = (1 + sum(size for size, _ in inner), 1 + max((deep for _, deep in inner), default=0))
    return grown


def too_large(condition: Condition, grown: Mapping[str, tuple[int, int]]) -> str | None:
    """What is wrong with the size of a condition, once its names are replaced."""
    inner = [grown.get(name, (1, 1)) for name in _names(condition)]
    if sum(size for size, _ in inner) > MOST_PARTS:
        return f"stands for more than {MOST_PARTS} parts once its names are replaced"
    if max((deep for _, deep in inner), default=0) > MOST_DEEP:
        return f"names stand for names more than {MOST_DEEP} deep"
    return None


def _names(condition: Condition) -> tuple[str, ...]:
    match condition:
        case Has(name):
            return (name,)
        case Not(item):
            return _names(item)
        case Any(items) | All(items) | AtLeast(items=items):
            return tuple(name for item in items for name in _names(item))
    # a number or a choice stands for itself
    return ("",)
