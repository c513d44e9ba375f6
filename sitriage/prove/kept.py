"""Laws of the promises: what a pack promises everybody, held against what its rules do.

A promise was written from the sources by somebody who had not read the rules, so a level that was dropped,
weakened or lowered, a cell that was opened or a dose that was raised breaks one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from sitriage.conditions import Answer
from sitriage.diagrams import Ref
from sitriage.limits import CELL_CAPS, WITHHELD
from sitriage.model import Exercise, Level
from sitriage.programme import with_rest_day
from sitriage.promises import LimitPromise, UrgencyPromise
from sitriage.prove.law import Breach, Checked, Law
from sitriage.prove.space import LOOSEST, Space
from sitriage.screen import rank_of
from sitriage.words import Professional, Urgency

__all__ = ["KEPT"]

# who is promised where a promise names nobody (section 0 of the evidence)
_WHO = MappingProxyType(
    {
        Urgency.ROUTINE: Professional.PHYSIOTHERAPIST,
        Urgency.SOON: Professional.DOCTOR,
        Urgency.SAME_DAY: Professional.URGENT_CARE,
        Urgency.EMERGENCY: Professional.EMERGENCY_DEPARTMENT,
    }
)

_LIMITS, _URGENCY = "promises/limits.toml", "promises/urgency.toml"


def _urgency(space: Space) -> Iterator[Checked]:
    for promise in space.rules.promised_urgency:
        wanted = _wanted(promise, space)
        person = space.without_conflict(_missed_by_levels(wanted, space))
        what = f"{', '.join(promise.rows)}: somebody gets less than {promise.at_least}"
        found = () if person is None else (Breach(_URGENCY, what, (person,)),)
        yield Checked(", ".join(promise.rows), space.states(wanted), found)


def _missed_by_levels(wanted: Ref, space: Space) -> Ref:
    """Those whom no level lifts as far as wanted. A level that reads nothing of this cannot keep it."""
    store, findings = space.store, space.store.findings(wanted)
    shared = Counter(name for finding in findings for name in space.readers.get(finding, ()))
    missed = store.above(wanted, store.constant(0))
    # few levels keep a promise: those first that read most of the same and least beside
    for name in sorted(shared, key=lambda each: (-shared[each], len(space.reads[each]), each)):
        if missed == store.constant(0):
            break
        missed = store.lowest([missed, store.above(wanted, space.ranks[name])])
    return missed


def _wanted(promise: UrgencyPromise, space: Space) -> Ref:
    """The least rank that is promised; an unsure answer counts as D-1 says, or as the promise does."""

    def rank(urgency: str, see: str, answer: Answer) -> int:
        if urgency == Urgency.SELF_CARE:
            return 0
        who = Professional(see) if see else _WHO[Urgency(urgency)]
        return rank_of(Level(id="", urgency=Urgency(urgency), see=who, when=promise.when), answer)

    def least(place: int) -> int:
        if place == Answer.UNSURE and promise.unsure:
            return rank(promise.unsure, "", Answer.YES)
        return rank(promise.at_least, promise.see, Answer(place))

    table = [least(place) for place in range(4)]
    return space.store.mapped(space.store.of(promise.when), table.__getitem__)


def _limits(space: Space) -> Iterator[Checked]:
    for promise in space.rules.promised_limits:
        limited = space.applies(promise.when)
        found = tuple(
            Breach(_LIMITS, f"`{promise.column}`: {what}", (person,))
            for what, missed in _missed(promise, limited, space)
            if (person := space.without_conflict(missed)) is not None
        )
        yield Checked(promise.column, space.states(limited), found)


def _missed(promise: LimitPromise, limited: Ref, space: Space) -> Iterator[tuple[str, Ref]]:
    """Each part of a promise, with those for whom it is not kept."""
    store, exercises = space.store, space.rules.exercises
    for name, rung in promise.allows.items():
        exercise = exercises[name]
        place = store.constant(exercise.rungs.index(rung))
        if name in promise.when_cleared:
            cleared = store.constant(exercise.rungs.index(promise.when_cleared[name]))
            place = store.chosen(space.cleared, cleared, place)
        wanted = store.chosen(limited, place, store.constant(0))
        yield f"`{name}` is given in a form harder than `{rung}`", store.above(wanted, space.rungs[name])
    for name, exercise in exercises.items():
        barred = set(promise.never.get(name, ()))
        if promise.never_flat:
            barred |= {each for each, rung in exercise.rung.items() if rung.flat_on_back}
        for rung in sorted(barred):
            yield (
                f"`{name}` is given as `{rung}`",
                _given(exercise, exercise.rungs.index(rung), limited, space),
            )
    for cap in CELL_CAPS:
        for name, most in getattr(promise, cap).items():
            tight = store.scaled(limited, LOOSEST - most)
            yield f"`{name}` has a {cap} above {most}", store.above(tight, space.caps[name, cap])
    if promise.start_dose_only:
        columns = [space.columns[each.id] for each in space.rules.columns.values() if each.start_dose_only]
        yield "somebody works up to more than the start", store.above(limited, store.highest(columns))


def _given(exercise: Exercise, place: int, limited: Ref, space: Space) -> Ref:
    """Those of the limited to whom a form may be given: what they are lowered to, or what a leaf asks for."""
    store, somebody = space.store, [space.store.constant(0)]
    for name, leaf in space.rules.programmes.items():
        here = space.leaves.get(name, store.constant(0))
        asked = [item.rung for item in leaf.item if item.exercise == exercise.id]
        for hardest in {exercise.rungs.index(rung) if rung else 0 for rung in asked}:
            at = store.mapped(
                space.rungs[exercise.id],
                lambda low, hardest=hardest: int(max(low, hardest) == place),  # type: ignore[misc]
            )
            somebody.append(store.lowest([store.lowest([limited, at]), here]))
    return store.highest(somebody)


def _doses(space: Space) -> Iterator[Checked]:
    for promise in space.rules.promised_doses:
        exercise = space.rules.exercises[promise.exercise]
        found = []
        for key in ("start", "target"):
            dose, most = with_rest_day(getattr(exercise, key), exercise), getattr(promise, key)
            for field in ("hold_s", "reps", "sets", "per_day", "effort_percent", "days_per_week"):
                have, bound = getattr(dose, field), getattr(most, field)
                # an effort that the sources do not name is bounded by the hard caps alone
                if have > bound and (bound or field != "effort_percent"):
                    what = f"{key}.{field} is {have}, promised is at most {bound}"
                    found.append(Breach(f"exercises/{exercise.id}.toml", what))
            if dose.rest_s < most.rest_s:
                what = f"{key}.rest_s is {dose.rest_s}, promised is at least {most.rest_s}"
                found.append(Breach(f"exercises/{exercise.id}.toml", what))
        yield Checked(exercise.id, 2, tuple(found))


def _sides(space: Space) -> Iterator[Checked]:
    for promise in space.rules.promised_sides:
        exercise = space.rules.exercises[promise.exercise]
        have = {
            "phase": exercise.phase, "side": exercise.side, "if_both": exercise.if_both,
            "if_midline": exercise.if_midline, "if_unsure": exercise.if_unsure,
        }  # fmt: skip
        wanted = {
            "phase": promise.phase, "side": promise.one_sore, "if_both": promise.both,
            "if_midline": promise.midline, "if_unsure": promise.unsure,
        }  # fmt: skip
        have |= {f"rung.{name}.side": exercise.rung[name].side or exercise.side for name in promise.rungs}
        wanted |= {f"rung.{name}.side": side for name, side in promise.rungs.items()}
        file = f"exercises/{exercise.id}.toml"
        yield Checked(exercise.id, len(wanted), tuple(_different(file, have, wanted)))


def _different(file: str, have: Mapping[str, str], wanted: Mapping[str, str]) -> Iterator[Breach]:
    for key, value in wanted.items():
        # who is left out, or is given nothing at all, is not harmed
        if have[key] not in (value, "left_out", WITHHELD):
            yield Breach(file, f"{key} is `{have[key]}`, promised is `{value}`")


def _leaves(space: Space) -> Iterator[Checked]:
    for promise in space.rules.promised_leaves:
        leaf = space.rules.programmes[promise.programme]
        file, found = f"programmes/{leaf.id}.toml", []
        given = tuple(item.exercise for item in leaf.item)
        if given != promise.may_give:
            what = f"gives {', '.join(given)}; promised is {', '.join(promise.may_give)}"
            found.append(Breach(file, what))
        for item in leaf.item:
            rungs = space.rules.exercises[item.exercise].rungs
            most = promise.forms.get(item.exercise, rungs[0])
            if rungs.index(item.rung or rungs[0]) < rungs.index(most):
                found.append(Breach(file, f"`{item.exercise}` is harder than `{most}`, which is promised"))
        if promise.lowest_dose and not leaf.lowest_dose:
            found.append(Breach(file, "gives more than the lowest dose, which is promised"))
        yield Checked(leaf.id, len(leaf.item), tuple(found))


def _apart(space: Space) -> Iterator[Checked]:
    for promise in space.rules.promised_apart:
        for name, leaf in space.rules.programmes.items():
            # an exercise and what takes its place are never both given
            ways = [_chain(space, item.exercise) & set(promise.exercises) for item in leaf.item]
            both = sum(map(bool, ways)) > 1 and len(set().union(*ways)) > 1
            what = f"`{name}` may give two of {', '.join(promise.exercises)} together"
            yield Checked(name, len(ways), (Breach(f"programmes/{name}.toml", what),) if both else ())


def _chain(space: Space, name: str) -> set[str]:
    each = space.rules.exercises[name]
    return {name, each.instead, each.if_both, each.if_midline, each.if_unsure}


KEPT = (
    Law(
        "P4",
        "promised urgency",
        "Nobody gets less than the urgency that is promised for their signs.",
        _urgency,
    ),
    Law("P6", "promised limits", "Nobody gets a harder form than is promised for their condition.", _limits),
    Law("P15", "promised sides", "The side that works is the one that is promised.", _sides),
    Law("P28", "promised doses", "No dose is above the promised one.", _doses),
    Law(
        "P29",
        "promised programmes",
        "A programme gives the promised exercises in the promised order.",
        _leaves,
    ),
    Law("P30", "kept apart", "Exercises that are promised apart are never in one programme.", _apart),
)
