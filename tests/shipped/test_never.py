"""What nobody of a kind is ever given, shown for every state of the answers and not for samples.

A column that applies fixes the highest rung for good: every other limit, and the programme itself, can only
go down the ladder from there. So it is enough to see (1) that the column applies in every state of the
answers it reads, (2) that no rung from its cell downwards is a forbidden one, for every exercise there is,
and (3) that a plan never climbs above the limit.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import attrs
import pytest

from sitriage import Ruleset, Side
from sitriage.conditions import Answer, Value, findings_in
from sitriage.limits import WITHHELD, Limit, allowed_rung, applies, lowered
from sitriage.model import Cell, Exercise
from tests.shipped.calm import RULES

LATE = [value for value in RULES.domains["pregnancy_week"] if isinstance(value, str) or value >= 28]


def states_of(column: str, **fixed: tuple[Value, ...]) -> Iterator[dict[str, Value]]:
    """Every combination of answers to what a column reads, some of them fixed."""
    names = sorted(findings_in(RULES.columns[column].when) | set(fixed))
    for values in product(*(fixed.get(name, everything(name)) for name in names)):
        yield dict(zip(names, values, strict=True))


def everything(name: str) -> tuple[Value, ...]:
    if RULES.findings[name].kind == "yes_no":
        return tuple(Answer)
    return (*RULES.domains[name], "not_asked")


def rungs_left(exercise: Exercise, column: str, *, cleared: bool) -> tuple[str, ...]:
    """The rungs that anybody under a column may still be given."""
    cell = exercise.column.get(column)
    place = exercise.rungs.index(allowed_rung(cell, cleared)) if cell else 0
    return tuple(rung for rung in exercise.rungs[place:] if rung != WITHHELD)


def lying_flat(rules: Ruleset, column: str) -> list[tuple[str, str]]:
    return [
        (exercise.id, rung)
        for exercise in rules.exercises.values()
        for cleared in (False, True)
        for rung in rungs_left(exercise, column, cleared=cleared)
        if exercise.rung[rung].flat_on_back
    ]


@pytest.mark.parametrize("week", [*LATE, "not_asked"])
@pytest.mark.parametrize("pregnant", [Answer.YES, Answer.UNSURE])
def test_the_limit_of_late_pregnancy_applies_in_every_state(pregnant: Answer, week: Value) -> None:
    if week == "not_applicable":
        return  # only where pregnancy was denied
    seen = 0
    for state in states_of("pregnancy_from_28", pregnant=(pregnant,), pregnancy_week=(week,)):
        assert applies(RULES.columns["pregnancy_from_28"].when, state), state
        seen += 1
    assert seen


def test_nobody_from_week_28_lies_flat() -> None:
    assert lying_flat(RULES, "pregnancy_from_28") == []


def test_the_check_for_lying_flat_finds_an_opened_cell() -> None:
    """The negative control: one cell less, and somebody lies flat."""
    for name, exercise in RULES.exercises.items():
        cells = {column: cell for column, cell in exercise.column.items() if column != "pregnancy_from_28"}
        opened = attrs.evolve(
            RULES, exercises={**RULES.exercises, name: attrs.evolve(exercise, column=cells)}
        )
        lies = any(rung.flat_on_back for rung in exercise.rung.values())
        assert bool(lying_flat(opened, "pregnancy_from_28")) == lies, name


@pytest.mark.parametrize("answer", [Answer.YES, Answer.UNSURE, Answer.NOT_ASKED])
def test_nobody_with_hip_rules_is_given_any_form_of_anything(answer: Answer) -> None:
    """So nobody with hip rules bends or crosses, whatever else was answered, cleared or not."""
    for state in states_of("hip_precautions", hip_precautions=(answer,)):
        assert applies(RULES.columns["hip_precautions"].when, state), state
    for exercise, cleared in product(RULES.exercises.values(), (False, True)):
        assert rungs_left(exercise, "hip_precautions", cleared=cleared) == (), exercise.id


@pytest.mark.parametrize("name", ["inflare_correction", "lumbar_roll", "si_glute_bridge"])
def test_both_sides_sore_have_no_side_to_correct(name: str) -> None:
    """Which word decides the side is read from the exercise alone: for both, nothing one-sided is left."""
    exercise = RULES.exercises[name]
    assert exercise.side == "sore"
    for word in (exercise.if_both, exercise.if_midline, exercise.if_unsure):
        assert word == "left_out" or RULES.exercises[word].side in ("each", "symmetric")
    for programme in RULES.programmes.values():
        for item in programme.item:
            # no programme asks for a side by itself where both are sore, but by the table
            assert item.side in ("", "each", "symmetric") or item.exercise == "figure_four"


def test_swapping_pain_and_both_are_both_in_every_state() -> None:
    both = RULES.settings.both
    for swaps, side in product(Answer, everything("pain_side")):
        state = {"alternating_buttock_pain": swaps, "pain_side": side}
        assert applies(both, state) == (swaps is not Answer.NO or side in ("both", "unsure", "not_asked"))
    assert {Side.EACH, Side.SYMMETRIC} < set(Side)


def test_one_more_limit_never_opens_a_rung() -> None:
    """The step that the rest stands on, for every exercise, place, cell and clearance."""
    for exercise in RULES.exercises.values():
        cells = [*exercise.column.values(), Cell(rung=exercise.rungs[0])]
        for place, cell, cleared in product(range(len(exercise.rungs)), cells, (False, True)):
            before = Limit(place, exercise.rungs[place], 0, 0, ())
            after = lowered(before, exercise, "any", cell, cleared)
            assert after.place >= before.place
            assert after.place >= exercise.rungs.index(allowed_rung(cell, cleared))
