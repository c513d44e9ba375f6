"""Every programme that any person can get: all leaves x all joint outcomes of the limits x sides x abilities.

The limits of a person are a set of columns. Their joint outcomes are enumerated by closing the single
columns under "the lower rung and the tighter cap"; a set that no person can have costs nothing here, since
every law below must hold for it too.
"""

from itertools import product

import attrs
import pytest

from sitriage import Phase, Side, load_rules
from sitriage import limits as ladders
from sitriage import programme as stage
from sitriage.check_exercises import CAPS, ISOMETRIC_HOLD_S, MOST_EXERCISES
from sitriage.compose import _minutes
from sitriage.conditions import Answer, findings_in

RULES = load_rules()
SIDES = ("left", "right", "both", "midline", "unsure")
ONE_SIDED = {"lumbar_roll", "si_glute_bridge", "inflare_correction"}
MIRROR = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}


def exercises_of(leaf):
    """Every exercise that the leaf can give: its own, what takes their place, and what fills up."""
    todo = [item.exercise for item in RULES.programmes[leaf].item] + list(RULES.settings.fill)
    found = {}
    while todo:
        name = todo.pop()
        if name in RULES.exercises and name not in found:
            exercise = found[name] = RULES.exercises[name]
            todo += [exercise.instead, exercise.if_both, exercise.if_midline, exercise.if_unsure]
    return found


def vectors(exercises):
    """Every joint outcome of the columns on these exercises: a tuple of limits."""
    outcomes = set()
    for cleared in (False, True):
        seen = {tuple(ladders.Limit(0, each.rungs[0], 0, 0, ()) for each in exercises)}
        for column in RULES.columns:
            seen |= {
                tuple(add(limit, each, column, cleared) for limit, each in zip(v, exercises, strict=True))
                for v in seen
            }
        outcomes |= seen
    return outcomes


def add(limit, exercise, column, cleared):
    cell = exercise.column.get(column)
    if cell is None:
        return limit
    lower = ladders.lowered(limit, exercise, column, cell, cleared)
    return ladders.Limit(lower.place, lower.rung, lower.max_hold_s, lower.max_effort_percent, ())


def people(leaf, exercises):
    """Answers that matter beside the columns: the side, lying on it, and what somebody is able to do."""
    abilities = sorted(
        {
            f
            for each in exercises
            for rung in each.rung.values()
            if rung.needs
            for f in findings_in(rung.needs)
        }
        | {f for item in RULES.programmes[leaf].item if item.needs for f in findings_in(item.needs)}
    )
    base = {name: domain[0] for name, domain in RULES.domains.items()}
    lying = (
        sorted(findings_in(RULES.settings.lying_hurts)) if any(e.if_lying_hurts for e in exercises) else []
    )
    for side in SIDES:
        for values in product((Answer.NO, Answer.YES), repeat=len([*abilities, *lying])):
            answers = base | {RULES.settings.side: side}
            for name, value in zip([*abilities, *lying], values, strict=True):
                number = RULES.findings[name].kind == "number"
                answers[name] = (52 if value is Answer.YES else 0) if number else value
            yield side, answers


@pytest.mark.exhaustive
@pytest.mark.parametrize("leaf", list(RULES.programmes))
def test_every_programme_of_a_leaf_keeps_the_laws(leaf, monkeypatch):
    """Caps, order, sides, mirror, no clash, at least two exercises or a referral: without exception."""
    found = exercises_of(leaf)
    exercises = list(found.values())
    current = {}
    monkeypatch.setattr(stage, "walk", lambda rules, answers: (leaf,))
    monkeypatch.setattr(ladders, "column_limit", lambda exercise, *_: current[exercise.id])
    everybody = list(people(leaf, exercises))
    made = {}
    for vector in vectors(exercises):
        current = dict(zip(found, vector, strict=True))
        left = None
        for side, answers in everybody:
            plan = stage.plan(RULES, answers)
            if side == "left":
                made.setdefault("left", []).append(plan.picks)
            elif side == "right":
                left = made["left"].pop(0)
                assert plan.picks == tuple(mirrored(pick) for pick in left)
            check(plan, side, vector, found)
    assert left is not None


def mirrored(pick):
    return attrs.evolve(pick, side=MIRROR.get(pick.side, pick.side))


def check(plan, side, vector, found):
    limits = dict(zip(found, vector, strict=True))
    picks = plan.picks
    names = [pick.exercise for pick in picks]
    assert plan.too_little or len(set(names)) >= 2
    assert len(set(names)) <= MOST_EXERCISES
    assert [pick.phase for pick in picks] == sorted(pick.phase for pick in picks)
    assert not {"supine_twist", "trunk_rotation"} <= set(names)
    assert _minutes(picks) <= 20
    assert _minutes(tuple(attrs.evolve(pick, dose=pick.target) for pick in picks)) <= 20
    for pick in picks:
        exercise, limit = found[pick.exercise], limits[pick.exercise]
        assert exercise.rungs.index(pick.rung) >= limit.place
        assert pick.rung != ladders.WITHHELD
        for dose in (pick.dose, pick.target):
            assert dose.hold_s <= (ISOMETRIC_HOLD_S if exercise.isometric else CAPS["hold_s"])
            assert dose.hold_s <= (limit.max_hold_s or CAPS["hold_s"])
            assert dose.reps <= CAPS["reps"]
            assert dose.effort_percent <= (limit.max_effort_percent or 50)
            assert dose.per_day <= (1 if exercise.phase is Phase.STABILISE else CAPS["per_day"])
        assert pick.dose.effort_percent <= 30
        if side not in ("left", "right"):
            assert pick.side in (Side.EACH, Side.SYMMETRIC)
            assert pick.exercise not in ONE_SIDED
