"""z3 over the whole composition: every law holds, and there is somebody for every leaf, level and finding."""

from __future__ import annotations

from time import process_time

import pytest

from tests.second import reach
from tests.second.answers import Pack, shipped_files
from tests.second.laws import LAWS, World, ask, world_of
from tests.second.people import disagreements

# once is enough: it is about the rules and the engine, not about how they are installed
pytestmark = pytest.mark.checkout

ELSEWHERE = {
    # a cause
    "family_history_psoriasis", "feels_locked", "gout", "hip_pain", "knee_pain", "leg_length_difference",
    "limited_mobility", "obesity", "old_trauma", "osteoarthritis", "osteopenia", "repetitive_strain",
    "sit_bone_pain", "tailbone_pain", "worse_sitting",
    # heat
    "diabetes", "reduced_skin_feeling",
    # the side to lie on
    "lateral_hip_pain", "worse_lying_on_side",
}  # fmt: skip
"""Findings that change no urgency, leaf or rung: what each is asked for is not in the encoding."""


@pytest.fixture(scope="module")
def spent() -> list[float]:
    """Seconds of one core that the tests below have spent."""
    return []


@pytest.fixture(scope="module")
def world(spent) -> World:
    start = process_time()
    world = world_of(Pack(shipped_files()))
    spent.append(process_time() - start)
    return world


@pytest.fixture(autouse=True)
def _timed(spent, world):
    start = process_time()
    yield
    spent.append(process_time() - start)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.name)
def test_nobody_breaks_the_law(law, world):
    assert ask(law, world).breaches == ()


def test_there_is_somebody_for_each_leaf_and_the_engine_agrees(world, rules):
    people = reach.leaves(*reach.one_person(world.pack))
    assert set(people) == set(rules.programmes)
    assert {leaf: who and disagreements(rules, who) for leaf, who in people.items()} == {
        key: [] for key in people
    }


def test_each_level_decides_for_somebody_and_the_engine_agrees(world, rules):
    people = reach.deciding(*reach.one_person(world.pack))
    assert set(people) == {level.id for flag in rules.gated for level in flag.levels}
    assert {name: who and disagreements(rules, who) for name, who in people.items()} == {
        key: [] for key in people
    }


def test_each_finding_matters_to_somebody_or_is_asked_for_something_else(world):
    assert {name for name, matters in reach.mattering(world).items() if not matters} == ELSEWHERE


def test_the_whole_composition_takes_less_than_two_minutes_of_one_core(spent):
    # where the tests above were not run, there is nothing to measure
    assert sum(spent) < 120
