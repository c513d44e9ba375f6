"""Laws of the programmes: doses within their bounds, phases in order, a session that ends.

Shown for every exercise under every joint outcome of its caps, and for every leaf with the longest of
what each of its items can become; the doses are computed by the engine itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, product

from sitriage.check_exercises import most_of
from sitriage.compose import seconds_of
from sitriage.limits import Limit, capped
from sitriage.model import Exercise, Item, ProgrammeRule
from sitriage.prove.law import Breach, Checked, Law
from sitriage.prove.space import LOOSEST, Space
from sitriage.verdict import Dose
from sitriage.words import Side

__all__ = ["DOSES"]

MOST_MINUTES = 20
"""A session, warm-up apart, never takes longer (D-15)."""


def _bounded(space: Space) -> Iterator[Checked]:
    for name, exercise in space.rules.exercises.items():
        holds = sorted(space.store.numbers(space.caps[name, "max_hold_s"]))
        efforts = sorted(space.store.numbers(space.caps[name, "max_effort_percent"]))
        states, found = 0, dict[str, Breach]()
        for key, hold, effort in product(("start", "target"), holds, efforts):
            limit = Limit(0, exercise.rungs[0], _cap(hold), _cap(effort), ())
            for what in _beyond(exercise, key, limit):
                found.setdefault(what, Breach(f"exercises/{name}.toml", what))
            states += 1
        yield Checked(name, states, tuple(found.values()))


def _cap(tight: int) -> int:
    return LOOSEST - tight if tight else 0


def _beyond(exercise: Exercise, key: str, limit: Limit) -> Iterator[str]:
    dose: Dose = capped(getattr(exercise, key), limit)
    most = most_of(key, exercise)
    if limit.max_hold_s:
        most["hold_s"] = min(most["hold_s"], limit.max_hold_s)
    if limit.max_effort_percent:
        most["effort_percent"] = min(most["effort_percent"], limit.max_effort_percent)
    for field, bound in most.items():
        if getattr(dose, field) > bound:
            yield f"{key}.{field} of `{exercise.id}` can be {getattr(dose, field)}; at most {bound} is safe"
    if min(dose.reps, dose.sets, dose.per_day, dose.days_per_week) < 1:
        yield f"{key} of `{exercise.id}` can be nothing at all"
    if not exercise.stop_if:
        yield f"`{exercise.id}` has no rule when to stop"


def _in_order(space: Space) -> Iterator[Checked]:
    for name, leaf in space.rules.programmes.items():
        file = f"programmes/{name}.toml"
        phases = [item.phase or space.rules.exercises[item.exercise].phase for item in leaf.item]
        found = [
            Breach(file, f"`{name}` has {later} after {earlier}")
            for earlier, later in pairwise(phases)
            if later < earlier
        ]
        yield Checked(name, len(phases), tuple(found))


def _ends(space: Space) -> Iterator[Checked]:
    for name, leaf in space.rules.programmes.items():
        most = 0
        for sore in _SORE:
            each = [_longest(space, leaf, item, sore) for item in leaf.item]
            fill = sorted(
                _longest(space, leaf, Item(exercise=one), sore) for one in space.rules.settings.fill
            )
            # filled up to two exercises, and only where at most one is left
            most = max(most, sum(each), max(each, default=0) + sum(fill[-1:]), sum(fill[-2:]))
        what = f"a session of `{name}` can take {-(-most // 60)} minutes; {MOST_MINUTES} is the most"
        found = (Breach(f"programmes/{name}.toml", what),) if most > MOST_MINUTES * 60 else ()
        yield Checked(name, len(leaf.item) * len(_SORE), found)


def _longest(space: Space, leaf: ProgrammeRule, item: Item, sore: str) -> int:
    """The longest that an item, or what takes its place, can take for somebody who is sore there."""
    exercise = space.rules.exercises[item.exercise]
    word = _word(exercise, item, sore)
    if word in space.rules.exercises:
        return _seconds(space, leaf, Item(exercise=word), sore)
    others = [Item(exercise=exercise.instead)] if exercise.instead else []
    return max(_seconds(space, leaf, each, sore) for each in (item, *others))


def _seconds(space: Space, leaf: ProgrammeRule, item: Item, sore: str) -> int:
    exercise = space.rules.exercises[item.exercise]
    word = _word(exercise, item, sore)
    if word == "left_out":
        return 0
    words = {word} | {rung.side for rung in exercise.rung.values()}
    # lying only on the good side still makes two turns of one side each
    side = Side.EACH if "each" in words or exercise.if_lying_hurts else Side.SYMMETRIC
    doses = [exercise.start] if leaf.lowest_dose else [exercise.start, exercise.target]
    return max(seconds_of(dose, side) for dose in doses)


def _word(exercise: Exercise, item: Item, sore: str) -> str:
    wanted = item.side or exercise.side
    return (
        wanted if sore == "one" or wanted in ("each", "symmetric") else str(getattr(exercise, f"if_{sore}"))
    )


_SORE = ("one", "both", "midline", "unsure")

DOSES = (
    Law(
        "P28",
        "doses are bounded",
        "No dose is ever above the hard caps, nor above a cap of a limit.",
        _bounded,
    ),
    Law("P28", "a session ends", f"No session takes more than {MOST_MINUTES} minutes.", _ends),
    Law("P29", "phases in order", "Nothing of a later phase comes before an earlier one.", _in_order),
)
