"""Checks of ladders, cells, doses and programmes: what an exercise may ask of a person at most."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from sitriage.errors import did_you_mean
from sitriage.limits import CELL_CAPS, WITHHELD
from sitriage.model import Exercise, Ruleset
from sitriage.problem import Problem
from sitriage.verdict import Dose
from sitriage.words import Phase

__all__ = ["CAPS", "check_dose", "check_exercises", "most_of"]

CAPS = MappingProxyType({"hold_s": 60, "reps": 15, "sets": 3, "per_day": 2, "rest_s": 60, "days_per_week": 7})
"""The hard caps of D-15 for every dose; an isometric hold is at most 10 s, effort 30 then 50 %."""

ISOMETRIC_HOLD_S = 10
TARGET_SETS = 4
EFFORT_PERCENT = MappingProxyType({"start": 30, "target": 50})
MOST_EXERCISES = 5


def check_exercises(rules: Ruleset) -> Iterator[Problem]:
    """Yields every problem of the exercises, columns and programmes."""
    for exercise in rules.exercises.values():
        yield from _ladder(exercise, rules)
        yield from _side(exercise, rules)
        yield from _dose(exercise, "start", exercise.start)
        yield from _dose(exercise, "target", exercise.target)
    yield from _programmes(rules)
    yield from _adjuncts(rules)
    yield from _columns(rules)


def _ladder(exercise: Exercise, rules: Ruleset) -> Iterator[Problem]:
    file = f"exercises/{exercise.id}.toml"
    if not exercise.rungs or exercise.rungs[-1] != WITHHELD or len(exercise.rungs) < 2:
        yield Problem(file, ("rungs",), f"the rungs end with `{WITHHELD}`, hardest first")
    if odd := (set(exercise.rungs) - {WITHHELD}) ^ set(exercise.rung):
        hint, _ = did_you_mean(min(odd), odd - {min(odd)})
        what = f"each rung but `withheld` has a [rung.name] table, and no other: see `{min(odd)}`{hint}"
        yield Problem(file, ("rungs",), what)
    for name, rung in exercise.rung.items():
        if not rung.steps or not all(rung.steps):
            yield Problem(file, ("rung", name, "steps"), "needs at least one step")
    if len(set(exercise.rungs)) < len(exercise.rungs):
        yield Problem(file, ("rungs",), "`rungs` names a rung twice")
    known_stops = {stop.id for stop in rules.stop_rules}
    for stop in exercise.stop_if:
        if stop not in known_stops:
            hint, _ = did_you_mean(stop, known_stops)
            yield Problem(file, ("stop_if",), f"unknown stop rule `{stop}`{hint}")
    for column, cell in exercise.column.items():
        if column not in rules.columns:
            hint, _ = did_you_mean(column, rules.columns)
            yield Problem(file, ("column", column), f"unknown column `{column}`{hint}")
        for cap in CELL_CAPS:
            if getattr(cell, cap) < 0:
                yield Problem(file, ("column", column), f"{cap} is below 0")
        if cell.cleared and cell.rung != WITHHELD:
            yield Problem(file, ("column", column), "a cell has either `rung` or `cleared`")
        for wanted in {cell.rung, cell.cleared or cell.rung} - set(exercise.rungs):
            hint, _ = did_you_mean(wanted, exercise.rungs)
            yield Problem(file, ("column", column), f"`{exercise.id}` has no rung `{wanted}`{hint}")


def _side(exercise: Exercise, rules: Ruleset) -> Iterator[Problem]:
    file = f"exercises/{exercise.id}.toml"
    words = {"each", "symmetric", "left_out", *rules.exercises}
    for key in ("if_both", "if_midline", "if_unsure"):
        if getattr(exercise, key) not in words:
            hint, _ = did_you_mean(getattr(exercise, key), words)
            yield Problem(file, (key,), f"expected each, symmetric, left_out or an exercise id{hint}")
    if exercise.instead and exercise.instead not in rules.exercises:
        hint, _ = did_you_mean(exercise.instead, rules.exercises)
        yield Problem(file, ("instead",), f"unknown exercise `{exercise.instead}`{hint}")


def _dose(exercise: Exercise, key: str, dose: Dose) -> Iterator[Problem]:
    yield from check_dose(f"exercises/{exercise.id}.toml", (key,), dose, exercise)


def most_of(key: str, exercise: Exercise | None = None) -> dict[str, int]:
    """Returns the hard caps of a `start` or `target` dose: of every exercise, or the tighter ones of one."""
    most = {**CAPS, "effort_percent": EFFORT_PERCENT[key]}
    if key == "target":
        most["sets"] = TARGET_SETS
    if exercise is not None and exercise.isometric:
        most["hold_s"] = ISOMETRIC_HOLD_S
    if exercise is not None and exercise.phase is Phase.STABILISE:
        most["per_day"] = 1
    return most


def check_dose(
    file: str, path: tuple[str | int, ...], dose: Dose, exercise: Exercise | None = None
) -> Iterator[Problem]:
    """Yields what is wrong with a dose, of any exercise or of one; its path ends in `start` or `target`."""
    key = str(path[-1])
    for name, cap in most_of(key, exercise).items():
        if getattr(dose, name) > cap:
            yield Problem(file, (*path, name), f"{key}.{name} is above the cap of {cap} (D-15)")
    least = min(dose.reps, dose.sets, dose.per_day, dose.days_per_week)
    if least < 1 or min(dose.hold_s, dose.rest_s, dose.effort_percent) < 0:
        yield Problem(file, path, f"{key} needs at least one repetition, set, time a day and day a week")


def _programmes(rules: Ruleset) -> Iterator[Problem]:
    used = set(rules.settings.fill)
    for programme in rules.programmes.values():
        file = f"programmes/{programme.id}.toml"
        phases = []
        for index, item in enumerate(programme.item):
            used.add(item.exercise)
            exercise = rules.exercises.get(item.exercise)
            if exercise is None:
                hint, _ = did_you_mean(item.exercise, rules.exercises)
                yield Problem(file, ("item", index, "exercise"), f"unknown exercise `{item.exercise}`{hint}")
                continue
            phases.append(item.phase or exercise.phase)
            if item.rung and item.rung not in exercise.rungs:
                hint, _ = did_you_mean(item.rung, exercise.rungs)
                yield Problem(
                    file, ("item", index, "rung"), f"`{exercise.id}` has no rung `{item.rung}`{hint}"
                )
        if phases != sorted(phases):
            yield Problem(file, ("item",), f"phases go {', '.join(Phase)}")
        if not 2 <= len({item.exercise for item in programme.item}) <= MOST_EXERCISES:
            yield Problem(file, ("item",), f"a programme has 2 to {MOST_EXERCISES} different exercises")
    for name in rules.settings.fill:
        if name not in rules.exercises:
            hint, _ = did_you_mean(name, rules.exercises)
            yield Problem("settings.toml", ("fill",), f"unknown exercise `{name}`{hint}", name)
    for exercise in rules.exercises.values():
        used |= {exercise.instead, exercise.if_both, exercise.if_midline, exercise.if_unsure}
    for name in sorted(set(rules.exercises) - used):
        yield Problem(f"exercises/{name}.toml", (), f"no programme gives `{name}`")


def _adjuncts(rules: Ruleset) -> Iterator[Problem]:
    settings, used = rules.settings, set[str]()
    lists = [
        ("settings.toml", key, getattr(settings, key)) for key in ("warm_up", "few_left", "beside_referral")
    ]
    lists += [(f"programmes/{each.id}.toml", "warm_up", each.warm_up) for each in rules.programmes.values()]
    for file, key, names in lists:
        used |= set(names)
        for name in names:
            if name not in rules.adjuncts:
                hint, _ = did_you_mean(name, rules.adjuncts)
                yield Problem(file, (key,), f"unknown adjunct `{name}`{hint}", name)
    for name in sorted(set(rules.adjuncts) - used):
        yield Problem(f"adjuncts/{name}.toml", (), f"no programme or setting uses `{name}`")
    for index, advice in enumerate(rules.advice):
        for name in advice.programmes:
            if name not in rules.programmes:
                hint, _ = did_you_mean(name, rules.programmes)
                what = f"unknown programme `{name}`{hint}"
                yield Problem("advice.toml", ("advice", index, "programmes"), what, name)
    for adjunct in rules.adjuncts.values():
        if not adjunct.steps or not all(adjunct.steps) or not adjunct.says:
            yield Problem(f"adjuncts/{adjunct.id}.toml", ("steps",), "needs `says` and at least one step")
        if adjunct.exercise and adjunct.exercise not in rules.exercises:
            hint, _ = did_you_mean(adjunct.exercise, rules.exercises)
            what = f"unknown exercise `{adjunct.exercise}`{hint}"
            yield Problem(f"adjuncts/{adjunct.id}.toml", ("exercise",), what)


def _columns(rules: Ruleset) -> Iterator[Problem]:
    cells = {column for exercise in rules.exercises.values() for column in exercise.column}
    for name in sorted(set(rules.columns) - cells):
        yield Problem(f"columns/{name}.toml", (), f"no exercise has a cell for column `{name}`")
