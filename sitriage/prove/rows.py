"""Laws of order: neither that of the answers nor that of the rows in the files decides anything.

Functions that are equal for everybody are one reference in a store, so rules in another order are seen to
be the same. The first row of the tree is its root, and the rungs of a ladder mean their order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any as Row
from typing import TypeVar

import attrs

from sitriage.conditions import NOT_APPLICABLE, NOT_ASKED, All, Answer, Any, AtLeast, Condition, Not
from sitriage.diagrams import Ref
from sitriage.evidence import read_answers
from sitriage.model import Implication, NotApplicable, RedFlag, Ruleset
from sitriage.placed import conditions_of
from sitriage.prove.law import Breach, Checked, Law
from sitriage.prove.replay import given
from sitriage.prove.space import Space
from sitriage.screen import fired

__all__ = ["ROWS"]

T = TypeVar("T")

Order = Callable[[Sequence[Row]], list[Row]]

_FILLING, _CONTRADICTING = "implications.toml", "contradictions.toml"


def _answers_in_any_order(space: Space) -> Iterator[Checked]:
    for one, other in combinations(space.rules.implications, 2):
        yield _either_first(space, one, other)
    for rule in space.rules.not_applicable:
        yield _settled_for_good(space, rule)
    for placed in conditions_of(space.rules):
        if placed.file in (_FILLING, _CONTRADICTING):
            person = space.somebody(space.surely(placed.condition)) or space.calm
            answers = given(person)
            turned = dict(reversed(answers.items()))
            same = read_answers(answers, space.rules) == read_answers(turned, space.rules)
            what = "the same answers in another order are read otherwise"
            yield Checked("read twice", 2, () if same else (Breach(placed.file, what, (person,)),))


def _either_first(space: Space, one: Implication, other: Implication) -> Checked:
    """Two rows that fill in a finding come to the same, whichever is read first."""
    store, states, found = space.store, 0, list[Breach]()
    for name in sorted({one.finding, other.finding}):
        said = store.read(name, [int(value) for value in store.domains[name]])
        first, second = (_filled(space, _filled(space, said, b), a) for a, b in ((one, other), (other, one)))
        states += space.states(first)
        if (person := store.calmest(store.differing(first, second), bool)) is not None:
            what = f"what is filled in for `{name}` depends on the order of the rows"
            found.append(Breach(_FILLING, what, (person,)))
    return Checked(f"{one.finding}, {other.finding}", states, tuple(found))


def _filled(space: Space, ref: Ref, row: Implication) -> Ref:
    """A function of those whose answer to one finding is raised by a row first."""
    store, name = space.store, row.finding
    certain = space.rules.findings[name].unsure_is_yes
    table = [0, 0, Answer.YES if certain else Answer.UNSURE, Answer.YES]
    said = store.read(name, [int(value) for value in store.domains[name]])
    raised = store.highest([said, store.mapped(store.of(row.when), table.__getitem__)])
    filled = ref
    for value in store.domains[name]:
        filled = store.chosen(space.at(raised, value), space.fixed(ref, name, value), filled)  # type: ignore[arg-type]
    return filled


def _settled_for_good(space: Space, row: NotApplicable) -> Checked:
    """What a row settles stays settled when another row fills in a no: so any order ends the same."""
    store, yes = space.store, space.surely(row.when)
    for name in store.findings(yes):
        asked = space.rules.findings[name].kind == "yes_no"
        missing, no = (Answer.NOT_ASKED, Answer.NO) if asked else (NOT_ASKED, NOT_APPLICABLE)
        if no not in store.domains[name]:
            continue
        undone = store.above(space.fixed(yes, name, missing), space.fixed(yes, name, no))
        if (person := store.calmest(undone, bool)) is not None:
            what = f"settles something only until `{name}` is filled in with a no"
            breach = Breach(_FILLING, what, (person | {name: missing}, person | {name: no}))
            return Checked(", ".join(row.findings), space.states(yes), (breach,))
    return Checked(", ".join(row.findings), space.states(yes))


def _rules_in_any_order(space: Space) -> Iterator[Checked]:
    for placed in conditions_of(space.rules):
        if placed.file.startswith("definitions/"):
            # it stands, replaced, in whatever reads it
            continue
        ref = space.store.of(placed.condition)
        same = all(space.store.of(_turned(placed.condition, order)) == ref for order in _ORDERS)
        what = "a condition depends on the order of its items"
        yield Checked(
            f"{placed.file}: {placed.path}", space.states(ref), () if same else (Breach(placed.file, what),)
        )
    for name, exercise in space.rules.exercises.items():
        cells = tuple(exercise.column.items())
        others = (space.with_cells(exercise, dict(order(cells))) for order in _ORDERS)
        same = all(other.limited(name) == space.limited(name) for other in others)
        what = f"how `{name}` is limited depends on the order of its columns"
        states = space.states(space.rungs[name])
        yield Checked(name, states, () if same else (Breach(f"exercises/{name}.toml", what),))
    worst = {name: states[-1] for name, states in space.store.domains.items()}
    for person in (worst, space.calm):
        packs = (space.rules, *(_shuffled(space.rules, order) for order in _ORDERS))
        said = [[(each.level.id, each.urgency, each.see) for each in fired(pack, person)] for pack in packs]
        same = said.count(said[0]) == len(said)
        what = "which level comes first depends on the order of the files"
        yield Checked("screen", 1, () if same else (Breach("", what, (person,)),))


def _turned(condition: Condition, order: Order) -> Condition:
    """The same condition with its items, and theirs, in another order."""
    match condition:
        case Not(item):
            return attrs.evolve(condition, item=_turned(item, order))
        case Any(items) | All(items) | AtLeast(items=items):
            return attrs.evolve(condition, items=tuple(_turned(each, order) for each in order(items)))
    return condition


def _shuffled(rules: Ruleset, order: Order) -> Ruleset:
    def table(flags: Mapping[str, RedFlag]) -> Row:
        turned = [attrs.evolve(each, level=tuple(order(each.level))) for each in flags.values()]
        return {each.id: each for each in order(turned)}

    return attrs.evolve(rules, red_flags=table(rules.red_flags), gates=table(rules.gates))


def _backwards(rows: Sequence[T]) -> list[T]:
    return list(reversed(rows))


def _halves_swapped(rows: Sequence[T]) -> list[T]:
    middle = len(rows) // 2
    return [*rows[middle:], *rows[:middle]]


_ORDERS: tuple[Order, ...] = (_backwards, _halves_swapped)

ROWS = (
    Law("P10", "order of answers", "What is read from answers depends on no order, of answers or of rows.",
        _answers_in_any_order),
    Law("P11", "order of rules", "Levels, columns and items in another order decide the same for everybody.",
        _rules_in_any_order),
)  # fmt: skip
