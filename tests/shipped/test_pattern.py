"""The pattern tree against the table of the decision, written out here a second time.

Limits count unless they are a clear no; enablers, `able` and the SI pattern count only as a clear yes.
"""

from __future__ import annotations

import random

import pytest

from sitriage import Programme, triage
from sitriage.conditions import Answer
from sitriage.evidence import read_answers
from sitriage.programme import walk
from tests.shipped.calm import CALM, RULES
from tests.shipped.leaves import LEAVES, STRONG, people_at

UNKNOWN = ("unsure", "not_asked")


class Person:
    """Answers as the table reads them."""

    def __init__(self, values):
        self.values = values

    def limit(self, *names):
        return any(self.values[name] is not Answer.NO for name in names)

    def sure(self, *names):
        return any(self.values[name] is Answer.YES for name in names)

    def no(self, name):
        return self.values[name] is Answer.NO

    def number(self, name):
        value = self.values[name]
        return value if isinstance(value, int) else None

    def unknown(self, name):
        return self.values[name] in UNKNOWN

    def at_least(self, name, least):
        return self.number(name) is not None and self.number(name) >= least

    def at_most(self, name, most):
        return self.number(name) is not None and self.number(name) <= most


def able(p):
    return (
        p.sure("can_plank")
        and p.sure("has_swiss_ball")
        and p.at_most("pain_severity", 4)
        and p.at_least("duration_days", 42)
        and p.no("getting_worse")
        and p.at_most("age", 64)
    )


def si(p):
    moves = (
        "worse_rising_from_sitting",
        "worse_turning_in_bed",
        "worse_stairs",
        "worse_standing_on_one_leg",
    )
    return p.sure("si_region_pain") and p.sure(*moves) and p.no("midline_pain_above_belt")


def leaf_of(p):
    """T01 to T13: the limits, and the knee brace."""
    if p.limit("pregnant"):
        if p.unknown("pregnancy_week") or p.at_least("pregnancy_week", 28):
            return "P3"
        return "P2" if p.at_least("pregnancy_week", 16) else "P1"
    if p.limit("could_be_pregnant"):
        return "P1"
    weeks = "weeks_since_birth"
    if p.unknown(weeks) or p.at_most(weeks, 5):
        return "B1"
    if p.limit("recent_abdominal_surgery") or (p.limit("caesarean") and p.at_most(weeks, 12)):
        return "B2"
    if p.at_most(weeks, 12):
        return "B3"
    for leaf, names in (
        ("F", ("cannot_get_on_floor", "falls_or_dizziness")),
        ("H", ("hip_replacement", "hip_precautions")),
        ("O", ("osteoporosis", "spine_fragility_fracture", "long_term_steroids")),
        ("L", ("hypermobility",)),
    ):
        if p.limit(*names):
            return leaf
    if p.unknown("pain_severity") or p.at_least("pain_severity", 6):
        return "G"
    # shooting pain runs below the knee by its own words
    below_knee = p.limit("leg_pain_below_knee", "shooting_leg_pain")
    if below_knee or p.limit("leg_numbness", "numbness_below_knee", "worse_bending_forward"):
        return "R"
    if p.sure("knee_brace_helped"):
        return "S4c"
    return _strong(p) or _stiff(p)


def _strong(p):
    """T14 to T18: who is ready for the hard programmes."""
    side = p.values["pain_side"]
    if side == "both" or p.limit("alternating_buttock_pain"):
        return "S4b" if able(p) else None
    if side in ("left", "right") and si(p) and p.at_least("duration_days", 14) and p.no("getting_worse"):
        if able(p):
            return "S4a"
        return "S1" if p.sure("bridge_easy", "can_plank") else None
    return None


def _stiff(p):
    """T19 to T21."""
    if p.sure("stiffness", "morning_stiffness_over_30_min"):
        mild = p.at_most("pain_severity", 3) and p.no("sharp_pain") and p.no("worse_coughing")
        return "S2" if mild else "S0"
    return "S3" if p.sure("sedentary", "previous_similar_episode", "feels_unstable") else "S0"


NUMBERS = {
    "pain_severity": (0, 3, 4, 5, 6, 7, "unsure"),
    "duration_days": (0, 13, 14, 41, 42, 60, "unsure"),
    "age": (18, 40, 64, 65, "unsure"),
}
BABY = (
    {"weeks_since_birth": weeks, "birth_in_last_year": True, "caesarean": caesarean}
    for weeks in (0, 5, 6, 12, 13, 40, "unsure")
    for caesarean in (True, False)
)
FIRST = [
    {},
    *BABY,
    *({"pregnant": True, "pregnancy_week": week} for week in (1, 15, 16, 27, 28, 45, "unsure")),
    {"pregnant": True},
    {"recent_abdominal_surgery": True},
]
LIMITS = (
    "cannot_get_on_floor", "falls_or_dizziness", "hip_replacement", "hip_precautions", "osteoporosis",
    "spine_fragility_fracture", "long_term_steroids", "hypermobility", "leg_numbness", "numbness_below_knee",
    "leg_pain_below_knee", "worse_bending_forward", "recent_abdominal_surgery", "shooting_leg_pain",
)  # fmt: skip
ENABLERS = (
    "knee_brace_helped", "can_plank", "has_swiss_ball", "bridge_easy", "getting_worse", "si_region_pain",
    "worse_rising_from_sitting", "worse_turning_in_bed", "worse_stairs", "worse_standing_on_one_leg",
    "midline_pain_above_belt", "alternating_buttock_pain", "stiffness", "morning_stiffness_over_30_min",
    "sharp_pain", "worse_coughing", "sedentary", "previous_similar_episode", "feels_unstable",
)  # fmt: skip


def crowd(size):
    """People drawn by lot, always the same ones: near every edge of the table."""
    lot = random.Random(20240917)
    for _ in range(size):
        person = CALM | {name: lot.choice(values) for name, values in NUMBERS.items()}
        person["pain_side"] = lot.choice(["left", "right", "both", "midline"])
        if lot.random() < 0.3:
            person |= lot.choice(FIRST)
        if lot.random() < 0.4:
            person[lot.choice(LIMITS)] = lot.choice([True, "unsure"])
        if lot.random() < 0.5:
            person |= STRONG | {"duration_days": 60, "pain_severity": 3, "worse_stairs": True}
        for name in lot.sample(ENABLERS, lot.randint(1, 4)):
            person[name] = lot.choice([True, False, "unsure"])
        for name in lot.sample(sorted(person), 2):
            # what a possible pregnancy leads to stands in test_programmes.py
            if name not in ("pain_side", "pregnant", "could_be_pregnant"):
                person.pop(name)
        yield person


def test_the_tree_leads_where_the_table_says():
    reached = dict.fromkeys(LEAVES, 0)
    for person in crowd(12000):
        values = read_answers(person, RULES).values
        leaf = walk(RULES, values)[-1]
        assert leaf == leaf_of(Person(values)), person
        reached[leaf] += 1
    assert min(reached.values()) >= 20, reached


def test_an_unsure_side_is_not_enough_for_the_hard_programme():
    """T14: both goes to T15, left or right to T16, anything else to T19."""
    verdict = triage(CALM | STRONG | {"pain_side": "unsure", "duration_days": 60})
    assert isinstance(verdict, Programme)
    assert verdict.path[-1] == "S0"


TILT, ROLL, SQUEEZE, BAND, DOG = (
    "pelvic_tilt",
    "lumbar_roll",
    "seated_squeeze",
    "hip_abduction_band",
    "bird_dog",
)
BRACE, BALL, CLAM = "dontigny_knee_brace", "swiss_ball_superman", "side_plank_clam"

# the leaf table: each programme in order, with the form where the table names one
PROGRAMMES = {
    "S0": [(TILT, ""), ("knee_to_chest", ""), ("bridge", "")],
    "G": [(TILT, ""), ("knee_to_chest", ""), ("bridge", "")],
    "S1": [(ROLL, ""), ("figure_four", ""), ("si_glute_bridge", ""), (CLAM, "")],
    "S2": [("knee_to_chest", ""), ("figure_four", ""), ("supine_twist", "")],
    "S3": [("knee_to_chest", ""), ("trunk_rotation", ""), (BAND, ""), (DOG, "")],
    "S4a": [(BRACE, ""), ("inflare_correction", ""), ("plank_leg_lift", "full"), (BALL, ""), (BRACE, "")],
    "S4b": [(BRACE, ""), ("plank_leg_lift", "plain"), (BALL, ""), (BRACE, "")],
    "S4c": [(BRACE, ""), (BALL, ""), (BRACE, "")],
    "R": [(TILT, ""), ("bridge", ""), (DOG, "")],
    "L": [(TILT, ""), ("bridge", ""), (BAND, ""), (CLAM, "clam"), (DOG, "")],
    "O": [(TILT, ""), ("bridge", ""), (BAND, ""), (DOG, "")],
    "H": [(TILT, ""), ("bridge", ""), (BAND, ""), (DOG, "")],
    "F": [(TILT, "seated"), ("figure_four", "seated"), (BAND, "seated"), (DOG, "standing")],
    "P1": [(TILT, ""), ("bridge", ""), (CLAM, "clam"), (DOG, "one_limb")],
    "P2": [(TILT, "all_fours"), (CLAM, "clam"), (BAND, "seated"), (DOG, "one_limb")],
    "P3": [(TILT, "all_fours"), ("bridge", SQUEEZE), (CLAM, "clam_small"), (DOG, "slide")],
    "B1": [(TILT, ""), ("bridge", "small"), ("knee_to_chest", "")],
    "B2": [(TILT, ""), ("knee_to_chest", ""), (CLAM, "clam"), (BAND, "light")],
    "B3": [(TILT, ""), ("bridge", ""), (CLAM, "clam"), (DOG, "")],
}


def _somebody_at(leaf, extra=None):
    side = "both" if leaf == "S4b" else "left"
    fixed = {**STRONG, "pain_side": side, "duration_days": 60, "assessed_and_cleared": True, **(extra or {})}
    if leaf == "G":
        fixed["pain_severity"] = 6
    if leaf == "R":
        fixed["worse_bending_forward"] = True
    (person,) = people_at(leaf, fixed)
    return person


def _moves(person):
    verdict = triage(person)
    assert isinstance(verdict, Programme), verdict.path
    return verdict


@pytest.mark.parametrize("leaf", sorted(PROGRAMMES))
def test_a_leaf_gives_the_programme_of_the_table_in_order(leaf):
    verdict = _moves(_somebody_at(leaf))
    assert verdict.path[-1] == leaf
    moves = [each for each in verdict.prescriptions if each.phase != "warm_up"]
    wanted = [name for name, _ in PROGRAMMES[leaf]]
    assert [each.exercise for each in moves] == wanted


@pytest.mark.parametrize("leaf", sorted(PROGRAMMES))
def test_a_leaf_gives_the_forms_of_the_table(leaf):
    given = {each.exercise: each.rung for each in _moves(_somebody_at(leaf)).prescriptions}
    assert set(given) == {name for name, _ in PROGRAMMES[leaf]}
    for name, rung in PROGRAMMES[leaf]:
        assert given[name] == rung or not rung, name


def test_the_table_names_every_leaf():
    assert set(PROGRAMMES) == set(LEAVES)


def test_the_conditions_inside_the_leaf_table():
    before_check = _moves(_somebody_at("B3", {"postnatal_check_done": False}))
    assert DOG not in {each.exercise for each in before_check.prescriptions}
    girdle = triage({**_somebody_at("P2"), "pubic_pain": True})
    assert (BAND, "pillow_squeeze") in {(each.exercise, each.rung) for each in girdle.prescriptions}
    without_ball = _moves({**_somebody_at("S4c"), "has_swiss_ball": False})
    assert [each.exercise for each in without_ball.prescriptions] == [BRACE, DOG, BRACE]
    assert all(each.dose.sets == 1 for each in _moves(_somebody_at("G")).prescriptions)
