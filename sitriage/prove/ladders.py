"""Laws of the ladders: danger or doubt never opens an exercise, a harder form or a longer hold."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from sitriage.conditions import Answer
from sitriage.diagrams import Ref
from sitriage.limits import Limit, allowed_rung, lowered
from sitriage.model import Exercise
from sitriage.prove.law import Breach, Checked, Law, never_falls
from sitriage.prove.space import Space

__all__ = ["LADDERS"]


def _functions(space: Space) -> Iterator[tuple[str, str, Ref]]:
    """Each function that must never fall, with its exercise and what it would mean if it did."""
    for name, ref in space.rungs.items():
        yield name, "a harder form", ref
    for (name, cap), ref in space.caps.items():
        yield name, f"a looser {cap}", ref


def _danger_never_opens(space: Space) -> Iterator[Checked]:
    for name, what, ref in _functions(space):
        opens = f"`{name}` opens {what}"
        yield never_falls(space, ref, f"{name}: {what}", f"exercises/{name}.toml", opens)


def _doubt_never_opens(space: Space) -> Iterator[Checked]:
    """Whoever does not know, or was not asked, gets no more than each of those who know."""
    store = space.store
    for name, what, ref in _functions(space):
        found: list[Breach] = []
        for node, finding in store.reads(ref):
            if space.rules.findings[finding].kind != "yes_no":
                continue
            values = store.domains[finding]
            known = store.highest([store.end(node, values.index(each)) for each in (Answer.NO, Answer.YES)])
            for doubt in (Answer.UNSURE, Answer.NOT_ASKED):
                if doubt not in values or store.never_above(known, store.end(node, values.index(doubt))):
                    continue
                higher = store.above(known, store.end(node, values.index(doubt)))
                common = store.way_to(ref, node) | (store.calmest(higher, bool) or {})
                pair = tuple(common | {finding: each} for each in (Answer.NO, doubt, Answer.YES))
                said = f"`{name}` opens {what} to somebody who does not know `{finding}`"
                found.append(Breach(f"exercises/{name}.toml", said, pair))
                break
            if found:
                break
        yield Checked(f"{name}: {what}", space.states(ref), tuple(found))


def _limits_hold(space: Space) -> Iterator[Checked]:
    """One more column, after any others, leaves no harder form and no looser cap than its cell allows."""
    for name, exercise in space.rules.exercises.items():
        reached, wrong = _outcomes(exercise)
        found = [Breach(f"exercises/{name}.toml", f"`{column}` is passed over") for column in sorted(wrong)]
        yield Checked(name, len(reached) * len(exercise.column), tuple(found))


def _outcomes(exercise: Exercise) -> tuple[set[Limit], set[str]]:
    """Every limit that any columns together leave, and the columns that one of them passes over."""
    reached: set[Limit] = set()
    wrong: set[str] = set()
    for cleared in (False, True):
        todo = {Limit(0, exercise.rungs[0], 0, 0, ())}
        while todo:
            limit = todo.pop()
            reached.add(limit)
            for column, cell in exercise.column.items():
                after = attrs.evolve(lowered(limit, exercise, column, cell, cleared), columns=())
                least = max(limit.place, exercise.rungs.index(allowed_rung(cell, cleared)))
                hold = _tighter(limit.max_hold_s, cell.max_hold_s)
                effort = _tighter(limit.max_effort_percent, cell.max_effort_percent)
                if (after.place, after.max_hold_s, after.max_effort_percent) != (least, hold, effort):
                    wrong.add(column)
                elif after not in reached:
                    todo.add(after)
    return reached, wrong


def _tighter(first: int, second: int) -> int:
    return min((cap for cap in (first, second) if cap), default=0)


LADDERS = (
    Law("P6", "doubt opens nothing", "Who does not know gets no more than who knows.", _doubt_never_opens),
    Law("P7", "danger opens nothing", "More danger never opens an exercise, a harder form or a longer hold.",
        _danger_never_opens),
    Law("P30", "what is withheld is not given", "No column that limits somebody is ever passed over.",
        _limits_hold),
)  # fmt: skip
