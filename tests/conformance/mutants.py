"""Every small way to break a rule: each level removed, each literal dropped, negated or shifted by one.

Rules are mutated as they are written, with definitions put in their place: a literal that three rules
share through a definition is mutated in each of them. What answers imply is added afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import attrs

from sitriage.conditions import All, AtLeast, Condition, Has, Not, OneOf, Within
from sitriage.conditions import Any as AnyOf
from sitriage.expand import _Expander
from sitriage.load import read_folder, ruleset_from
from sitriage.model import Ruleset
from tests.independent.differ import SHIPPED

__all__ = ["Mutant", "Site", "mutants", "sites", "written"]


@attrs.frozen
class Site:
    """A condition that decides: its name, how it is written, and how another one takes its place."""

    name: str
    kind: str
    rule: tuple[str, ...]
    when: Condition = attrs.field(repr=False)
    path: tuple[str | int, ...] = attrs.field(repr=False)

    def put(self, rules: Ruleset, when: Condition) -> Ruleset:
        """Returns the rules with another condition here."""
        return _evolved(rules, self.path, when)

    def now(self, rules: Ruleset) -> Condition:
        """Returns the condition that some rules have here."""
        found: Any = rules
        for step in self.path:
            byname = isinstance(step, str) and attrs.has(type(found))
            found = getattr(found, step) if byname else found[step]
        return found


@attrs.frozen
class Mutant:
    """One changed condition: where, which literal (none where a whole level is gone) and how."""

    site: Site
    path: tuple[int, ...]
    literal: Condition | None
    change: str
    when: Condition = attrs.field(repr=False)

    @property
    def name(self) -> str:
        """The rule, the place in its condition and the kind of change; the same in every run."""
        return f"{self.place} {self.change}"

    @property
    def place(self) -> str:
        """The rule and the place in its condition, as the numbers of the parts on the way."""
        return f"{self.site.name} {'.'.join(map(str, self.path)) or '-'}"

    def rules(self, rules: Ruleset) -> Ruleset:
        """Returns the rules with this one changed."""
        return self.site.put(rules, self.when)


def written() -> Ruleset:
    """Returns the shipped rules as they stand in their files, nothing expanded."""
    with patch("sitriage.load.expanded", lambda draft: draft):
        return ruleset_from(read_folder(SHIPPED))


def mutants(draft: Ruleset) -> Iterator[Mutant]:
    """Yields every mutant, in the order of the rules."""
    raised = _Expander(draft, draft.implications)
    for site in sites(draft):
        # of a level of one literal, dropping that literal is dropping the level
        if site.kind == "level":
            yield Mutant(site, (), None, "removed", _never(site.when))
        for path, literal, change, when in _changes(site.when, ()):
            if when is not None:
                yield Mutant(site, path, literal, change, raised.expand(when))
            elif site.kind != "level":
                yield Mutant(site, path, literal, change, _never(site.when))


def sites(draft: Ruleset) -> Iterator[Site]:
    """Yields every condition that decides, with definitions put in their place."""
    plain = _Expander(draft, ()).expand
    for table in ("red_flags", "gates"):
        for flag in getattr(draft, table).values():
            for index, level in enumerate(flag.levels):
                path = (table, flag.id, "level", index, "when")
                yield Site(f"{table}/{level.id}", "level", (level.id,), plain(level.when), path)
    for column in draft.columns.values():
        path = ("columns", column.id, "when")
        yield Site(f"columns/{column.id}", "column", (column.id,), plain(column.when), path)
    for index, node in enumerate(draft.pattern):
        path = ("pattern", index, "when")
        yield Site(f"tree/{node.id}", "node", (node.id,), plain(node.when), path)
    for exercise in draft.exercises.values():
        for rung, form in exercise.rung.items():
            if form.needs is not None:
                path = ("exercises", exercise.id, "rung", rung, "needs")
                name = f"exercises/{exercise.id}:{rung}"
                yield Site(name, "rung", (exercise.id, rung), plain(form.needs), path)
    for leaf in draft.programmes.values():
        for index, item in enumerate(leaf.item):
            if item.needs is not None:
                path = ("programmes", leaf.id, "item", index, "needs")
                name = f"programmes/{leaf.id}:{item.exercise}"
                yield Site(name, "item", (leaf.id, item.exercise), plain(item.needs), path)
    for key in ("both", "lying_hurts", "cleared"):
        yield Site(
            f"settings/{key}", "setting", (key,), plain(getattr(draft.settings, key)), ("settings", key)
        )


def _evolved(value: Any, path: tuple[str | int, ...], new: Any) -> Any:
    if not path:
        return new
    first, *rest = path
    if isinstance(first, int):
        return tuple(_evolved(each, tuple(rest), new) if i == first else each for i, each in enumerate(value))
    if attrs.has(type(value)):
        return attrs.evolve(value, **{first: _evolved(getattr(value, first), tuple(rest), new)})
    return {**value, first: _evolved(value[first], tuple(rest), new)}


def _never(when: Condition) -> Condition:
    """A condition that is a clear no for everybody."""
    sure = Not(when, only_yes=True)
    return All((sure, Not(sure)))


Changed = tuple[tuple[int, ...], Condition, str, Condition | None]
"""Where, which literal, what was done to it, and what is left: None if nothing is."""


def _changes(when: Condition, path: tuple[int, ...]) -> Iterator[Changed]:
    if isinstance(when, (AnyOf, All, AtLeast)):
        if isinstance(when, AtLeast):
            for count in (when.count - 1, when.count + 1):
                if 0 < count <= len(when.items):
                    yield path, when, f"count {count}", attrs.evolve(when, count=count)
        for index, item in enumerate(when.items):
            for at, literal, change, new in _changes(item, (*path, index)):
                kept = [*when.items[:index], *([] if new is None else [new]), *when.items[index + 1 :]]
                yield at, literal, change, _group(when, tuple(kept))
    elif isinstance(when, Not) and isinstance(when.item, (AnyOf, All, AtLeast, Not)):
        for at, literal, change, new in _changes(when.item, (*path, 0)):
            yield at, literal, change, None if new is None else Not(new)
    else:
        yield path, when, f"{_said(when)} dropped", None
        yield path, when, f"{_said(when)} negated", when.item if isinstance(when, Not) else Not(when)
        for change, new in _shifts(when.item if isinstance(when, Not) else when):
            yield path, when, change, Not(new) if isinstance(when, Not) else new


def _group(when: AnyOf | All | AtLeast, items: tuple[Condition, ...]) -> Condition | None:
    if not items:
        return None
    if isinstance(when, AtLeast):
        return attrs.evolve(when, items=items, count=min(when.count, len(items)))
    return attrs.evolve(when, items=items)


def _shifts(atom: Condition) -> Iterator[tuple[str, Condition]]:
    if isinstance(atom, Within):
        for edge in ("min", "max"):
            for step in (-1, 1):
                if (old := getattr(atom, edge)) is not None:
                    yield f"{atom.finding} {edge} {old + step}", attrs.evolve(atom, **{edge: old + step})
    if isinstance(atom, OneOf) and len(atom.words) > 1:
        for word in atom.words:
            kept = tuple(each for each in atom.words if each != word)
            yield f"{atom.finding} without {word}", attrs.evolve(atom, words=kept)


def _said(literal: Condition) -> str:
    match literal:
        case Not(item):
            return f"not {_said(item)}"
        case Has(finding):
            return finding
        case Within(finding, low, high):
            return f"{finding}[{'' if low is None else low}..{'' if high is None else high}]"
        case OneOf(finding, words):
            return f"{finding}={'|'.join(words)}"
    raise TypeError("not a literal")
