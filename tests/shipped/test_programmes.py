"""Programmes at every leaf, for every side, under every limit: what must hold of all of them.

The states are people at a leaf of the pattern tree (leaves.py), strong and weak, with each column on, and
a sample of pairs of columns. Most checks look at the plan; a sample goes through the one door as well.
"""

from __future__ import annotations

import re
from functools import cache, partial
from itertools import combinations, islice

import attrs
import pytest

from sitriage import Programme, Referral, Side, Urgency, triage
from sitriage.conditions import Answer, joint_boxes
from sitriage.evidence import read_answers
from sitriage.limits import WITHHELD, applies, limits
from sitriage.model import Node
from sitriage.programme import plan, walk
from tests.shipped.calm import CALM, RULES, as_answer, given, same, settled
from tests.shipped.leaves import LEAVES, SIDES, STRONG, WEAK, _answer, _values, people_at, ways

COLUMNS = tuple(RULES.columns)
PAIRS = list(combinations(COLUMNS, 2))[::9]

# D-15: holds that work against something, and strength once a day
STRENGTH = {
    "bridge", "si_glute_bridge", "side_plank_clam", "hip_abduction_band", "bird_dog", "plank_leg_lift",
    "swiss_ball_superman",
}  # fmt: skip
BRACES = {"dontigny_knee_brace", "inflare_correction"}

# the side table: which leg does the named movement when one side is sore
SORE = {"lumbar_roll", "si_glute_bridge", "inflare_correction"}
OTHER = {"swiss_ball_superman"}
# the other leg lifts; if none lifts, the sore side presses; at a table or wall both legs do the same
PLANK = {"full": "other", "plain": "sore", "knees": "sore", "table": "symmetric", "wall": "symmetric"}
ALIKE = {"pelvic_tilt", "bridge", "hip_abduction_band"}

# nobody can get these, and why
UNREACHED = {
    ("supine_twist", "seated"): "only in pregnancy or with a new hip, whose programmes have no twist",
    ("trunk_rotation", "seated"): "only in pregnancy or with a new hip, whose programmes have no twist",
}


def _state(answers):
    return dict(read_answers(answers, RULES).values)


CLEARED = {"assessed_and_cleared": True, "duration_days": 60}
BASES = (_state(CALM | STRONG | CLEARED), _state(CALM | WEAK | CLEARED), _state(CALM | WEAK))


@cache
def states(leaf):
    """(answers, plan) of people on a leaf: each side, each column alone, and a sample of pairs."""
    found = []
    for side in SIDES:
        for base in BASES if side in ("left", "both") else BASES[:2]:
            for columns in [(), *((each,) for each in COLUMNS)]:
                found += _on(leaf, base, {"pain_side": side}, columns)
    for index, pair in enumerate(PAIRS):
        found += _on(leaf, BASES[index % 2], {"pain_side": SIDES[index % 3]}, pair)
    for side in SIDES:
        for name in ("worse_lying_on_side", "alternating_buttock_pain"):
            found += _on(leaf, BASES[0], {"pain_side": side, name: Answer.YES}, ())
            found += _on(leaf, BASES[1], {"pain_side": side, name: Answer.UNSURE}, ())
    return found


def _on(leaf, base, fixed, columns):
    also = [(RULES.columns[each].when, Answer.UNSURE, True) for each in columns]
    domain = partial(_values, {name: (value,) for name, value in fixed.items()})
    boxes = (box for demands in ways(leaf) for box in islice(joint_boxes([*also, *demands], domain), 1))
    people = (base | {n: _near(n, allowed, base) for n, allowed in box.items()} | fixed for box in boxes)
    for answers in islice((each for each in people if walk(RULES, each)[-1] == leaf), 2):
        yield answers, plan(RULES, answers)


def _near(name, allowed, base):
    if base[name] in allowed:
        return base[name]
    number = _answer(name, allowed)
    return number if type(number) is int else allowed[0]


def rung_of(pick):
    return RULES.exercises[pick.exercise].rung[pick.rung]


def test_every_leaf_has_states():
    assert len(LEAVES) == 19
    assert len(RULES.pattern) == 21
    for leaf in LEAVES:
        assert len(states(leaf)) >= 100, leaf


@pytest.mark.parametrize("leaf", LEAVES)
def test_a_plan_has_two_exercises_or_there_is_too_little(leaf):
    for answers, made in states(leaf):
        distinct = {pick.exercise for pick in made.picks}
        assert made.too_little == (len(distinct) < 2)
        assert len(distinct) <= 5
        if made.too_little:
            # D-19: fewer than two of the fifteen are permitted in any rung
            permitted = {
                each.id for each in RULES.exercises.values() if limits(each, RULES, answers).rung != WITHHELD
            }
            assert len(permitted) < 2, permitted


@pytest.mark.parametrize("leaf", LEAVES)
def test_phases_are_in_order_and_nothing_is_given_twice(leaf):
    for answers, made in states(leaf):
        phases = [pick.phase for pick in made.picks]
        assert phases == sorted(phases)
        places = [(pick.exercise, pick.phase) for pick in made.picks]
        twice = {place for place in places if places.count(place) > 1}
        # lying on the sore side hurts: the two halves of one exercise
        if answers["worse_lying_on_side"] is Answer.NO:
            assert twice == set()
        assert {exercise for exercise, _ in twice} <= {"side_plank_clam"}
        sided = [(pick.exercise, pick.phase, pick.side) for pick in made.picks]
        assert len(set(sided)) == len(sided)
        assert not {"supine_twist", "trunk_rotation"} <= {pick.exercise for pick in made.picks}


@pytest.mark.parametrize("leaf", LEAVES)
def test_doses_are_within_the_caps(leaf):
    for _, made in states(leaf):
        for pick in made.picks:
            for dose, effort, sets in (
                (pick.dose, 30, 3),
                (pick.target, 50, 4 if leaf == "S1" else 3),
            ):
                assert 1 <= dose.reps <= 15
                assert 1 <= dose.sets <= sets
                assert 0 <= dose.hold_s <= (10 if pick.exercise in STRENGTH | BRACES else 60)
                assert 0 <= dose.effort_percent <= effort
                assert 1 <= dose.per_day <= (1 if pick.exercise in STRENGTH else 2)
            assert pick.dose.hold_s <= pick.target.hold_s
            assert pick.dose.sets <= pick.target.sets
        assert _seconds(made.picks) <= 20 * 60
        if leaf == "G":
            assert all(pick.dose.sets == pick.dose.per_day == 1 for pick in made.picks)


def _seconds(picks):
    """A slow reader's session: four seconds to move for each repeat, half a minute between sets."""
    total = 0
    for pick in picks:
        dose, sides = pick.dose, 2 if pick.side is Side.EACH else 1
        total += dose.sets * sides * dose.reps * (max(dose.hold_s, 1) + dose.rest_s + 4) + 30 * (
            dose.sets - 1
        )
    return total


@pytest.mark.parametrize("leaf", LEAVES)
def test_one_side_is_worked_alone_only_where_one_side_is_sore(leaf):
    for answers, made in states(leaf):
        side = answers["pain_side"]
        both = side == "both" or answers["alternating_buttock_pain"] is not Answer.NO
        one_sided = side in ("left", "right") and not both
        given_here = {pick.exercise for pick in made.picks}
        for pick in made.picks:
            if pick.side in (Side.LEFT, Side.RIGHT):
                assert one_sided, pick
            if one_sided:
                _check_side(pick, side, leaf, answers)
            if pick.exercise in ALIKE:
                assert pick.side is Side.SYMMETRIC
        if not one_sided:
            assert given_here.isdisjoint(SORE)
            assert ("plank_leg_lift", "full") not in {(pick.exercise, pick.rung) for pick in made.picks}


def _check_side(pick, sore, leaf, answers):
    other = "left" if sore == "right" else "right"
    if pick.exercise == "plank_leg_lift":
        word = PLANK[pick.rung]
        assert pick.side == {"other": other, "sore": sore}.get(word, word), pick
    elif pick.exercise in SORE or (pick.exercise == "figure_four" and leaf == "S1"):
        assert pick.side == sore
    elif pick.exercise in OTHER:
        assert pick.side == other
    elif pick.exercise == "side_plank_clam" and answers["worse_lying_on_side"] is not Answer.NO:
        # the sore leg works while lying on the good side; the other half is done sitting
        assert pick.side == sore or (pick.side == other and pick.rung == "seated_band")
    elif pick.exercise not in ALIKE:
        assert pick.side is Side.EACH


@pytest.mark.parametrize("leaf", LEAVES)
@pytest.mark.parametrize("base", [0, 1], ids=["strong", "weak"])
def test_the_side_rules_hold_wherever_an_exercise_might_be_given(leaf, base):
    """Also where the tree leads nobody: each programme for each side."""
    for side in ("both", "midline"):
        made = plan(forced(leaf), BASES[base] | {"pain_side": side})
        assert {pick.side for pick in made.picks} <= {Side.EACH, Side.SYMMETRIC}
        assert {pick.exercise for pick in made.picks}.isdisjoint(SORE)
    swapping = BASES[base] | {"alternating_buttock_pain": Answer.YES}
    assert {pick.exercise for pick in plan(forced(leaf), swapping).picks}.isdisjoint(SORE)
    for side in ("left", "right"):
        answers = BASES[base] | {"pain_side": side}
        for pick in plan(forced(leaf), answers).picks:
            _check_side(pick, side, leaf, answers)


@pytest.mark.parametrize("leaf", ["S4b", "S4c"])
def test_without_a_known_side_the_bird_dog_stands_for_the_ball(leaf):
    """The side table: midline and unsure get bird_dog, only both sides get the ball with each leg alike."""
    for answers, made in states(leaf):
        if answers["pain_side"] in ("midline", "unsure") and answers["alternating_buttock_pain"] is Answer.NO:
            assert "swiss_ball_superman" not in {pick.exercise for pick in made.picks}


def test_at_midline_the_bird_dog_stands_for_the_ball():
    seen = 0
    for answers, made in states("S4c"):
        if answers["pain_side"] == "midline" and answers["alternating_buttock_pain"] is Answer.NO:
            seen += "bird_dog" in {pick.exercise for pick in made.picks}
            assert "swiss_ball_superman" not in {pick.exercise for pick in made.picks}
    assert seen


def sided_forms():
    """Every form that is given with a left or a right leg."""
    picks = [pick for leaf in LEAVES for _, made in states(leaf) for pick in made.picks]
    return {(pick.exercise, pick.rung) for pick in picks if pick.side in (Side.LEFT, Side.RIGHT)}


def test_a_form_for_one_leg_names_that_leg():
    silent = {
        (exercise, rung)
        for exercise, rung in sided_forms()
        if not any("{this}" in step for step in RULES.exercises[exercise].rung[rung].steps)
    }
    assert silent == set()


def forced(leaf):
    """The rules with a tree that leads everybody to one leaf."""
    root = RULES.pattern[0]
    node = Node(id="T", label="any", when=root.when, yes=leaf, otherwise=leaf, unsure="yes")
    return attrs.evolve(RULES, pattern=(node,))


@pytest.mark.parametrize("leaf", LEAVES)
@pytest.mark.parametrize("week", [28, 34, 45, "unsure", None])
def test_nobody_lies_flat_on_the_back_late_in_pregnancy(leaf, week):
    rules = forced(leaf)
    late = {"pregnant": Answer.YES, "pregnancy_week": "not_asked" if week is None else week}
    seen = 0
    # every state for one week, a third of them for each of the others
    for answers, _ in islice(states(leaf), 0, None, 1 if week == 28 else 3):
        made = plan(rules, answers | late)
        seen += len(made.picks)
        assert not any(rung_of(pick).flat_on_back for pick in made.picks)
        assert "knee_to_chest" not in {pick.exercise for pick in made.picks}
    assert seen


def test_a_form_done_lying_on_the_back_says_so():
    for exercise in RULES.exercises.values():
        for name, rung in exercise.rung.items():
            told = any("ie on your back" in step for step in (*rung.steps, *rung.steps_each))
            assert rung.flat_on_back == told, (exercise.id, name)
            assert rung.flat_on_back or rung.position != "back", (exercise.id, name)
            kneels = any("hands and knees" in step or "kneel" in step.lower() for step in rung.steps)
            assert rung.kneeling or not kneels, (exercise.id, name)


@pytest.mark.parametrize("leaf", LEAVES)
@pytest.mark.parametrize("name", ["knee_replacement", "knee_problem"])
def test_nobody_kneels_whose_knee_does_not_allow_it(leaf, name):
    for answers, _ in islice(states(leaf), 0, None, 2):
        made = plan(RULES, answers | {name: Answer.YES})
        assert not any(rung_of(pick).kneeling for pick in made.picks), made.picks


@pytest.mark.parametrize("leaf", LEAVES)
def test_hip_rules_leave_nothing(leaf):
    for answers, _ in islice(states(leaf), 0, None, 3):
        assert plan(RULES, answers | {"hip_precautions": Answer.YES}).picks == ()
    for person in people_at(leaf, {"pain_side": "left"}, most=1):
        verdict = triage(person | {"hip_precautions": True})
        assert isinstance(verdict, Referral)
        assert "hip_precautions:routine" in verdict.path


@pytest.mark.parametrize("leaf", LEAVES)
def test_the_hard_forms_need_a_yes(leaf):
    """D-16. An ability counts only when it is a yes."""
    for answers, made in states(leaf):
        forms = {(pick.exercise, pick.rung) for pick in made.picks}
        if answers["bridge_easy"] is not Answer.YES:
            assert "si_glute_bridge" not in {exercise for exercise, _ in forms}
            assert ("side_plank_clam", "full") not in forms
        if answers["can_plank"] is not Answer.YES:
            assert forms.isdisjoint({("plank_leg_lift", "full"), ("plank_leg_lift", "plain")})
        if answers["has_resistance_band"] is not Answer.YES:
            assert forms.isdisjoint({("hip_abduction_band", "full"), ("hip_abduction_band", "light")})
        if ("swiss_ball_superman", "full") in forms:
            assert answers["can_plank"] is answers["has_swiss_ball"] is Answer.YES
            assert answers["duration_days"] >= 42
            assert answers["pain_severity"] <= 4
            assert answers["age"] < 65
        # "unsure" is no better than no
        doubt = {name: Answer.UNSURE for name in STRONG if answers[name] is Answer.YES}
        without = dict.fromkeys(doubt, Answer.NO)
        assert plan(RULES, answers | doubt).picks == plan(RULES, answers | without).picks


@pytest.mark.parametrize("leaf", LEAVES)
def test_a_column_more_never_brings_a_harder_form(leaf):
    """Permission only shrinks: no single exercise climbs its ladder when a limit is added."""
    for answers, _ in islice(states(leaf), 0, None, 9):
        for name in ("sharp_pain", "worse_twisting", "osteoporosis", "wrist_problem", "untreated_hernia"):
            more = answers | {name: Answer.YES}
            for exercise in RULES.exercises.values():
                assert limits(exercise, RULES, more).place >= limits(exercise, RULES, answers).place


@pytest.mark.parametrize("leaf", LEAVES)
def test_programmes_through_the_one_door(leaf):
    programmes = 0
    for side in SIDES:
        for column in [None, *COLUMNS[SIDES.index(side) :: 5]]:
            also = ((RULES.columns[column].when, Answer.UNSURE, True),) if column else ()
            fixed = {**(STRONG if column else WEAK), "pain_side": side, "assessed_and_cleared": True}
            for person in people_at(leaf, fixed, also):
                verdict = triage(person)
                if isinstance(verdict, Programme):
                    programmes += 1
                    _check_programme(verdict, person)
                else:
                    # nobody is sent away without a rule that says so
                    assert len(verdict.path) > 1 or verdict.path == ("too_little_left",)
                    assert verdict.urgency >= Urgency.ROUTINE
    assert programmes


def _check_programme(verdict, person):
    assert len({each.exercise for each in verdict.prescriptions}) >= 2
    assert verdict.minutes <= 20
    assert verdict.stop_rules
    assert verdict.safety_net
    for each in verdict.prescriptions:
        sided = each.side in (Side.LEFT, Side.RIGHT)
        assert each.steps
        for step in each.steps:
            assert "{" not in step
            assert "}" not in step
            assert "sore side" not in step
            if not sided:
                assert not re.search(r"\b(your|the) (left|right)\b(?! angle)", step), step
        if sided:
            assert re.search(rf"\b{each.side}\b", " ".join(each.steps)), each
        assert set(each.equipment) <= set(verdict.equipment)
        if "swiss_ball" in each.equipment:
            assert person["has_swiss_ball"] is True
        if "band" in each.equipment:
            assert person["has_resistance_band"] is True
            assert person["latex_allergy"] is False


def test_every_exercise_and_every_form_is_given_to_somebody():
    forms = {(e.id, name) for e in RULES.exercises.values() for name in e.rungs if name != WITHHELD}
    reached = set()
    for leaf in LEAVES:
        for answers, made in states(leaf):
            new = {(pick.exercise, pick.rung) for pick in made.picks} - reached
            if new:
                reached |= _given_by_triage(answers)
    assert forms - reached == set(UNREACHED)
    assert {exercise for exercise, _ in reached} == set(RULES.exercises)


def _given_by_triage(answers):
    """What somebody like this really gets, once the rest of the answers fits."""
    told = given({name: as_answer(value) for name, value in answers.items()})
    verdict = triage(settled({name: value for name, value in told.items() if value != CALM.get(name)}))
    if not isinstance(verdict, Programme):
        return set()
    return {(each.exercise, each.rung) for each in verdict.prescriptions}


def test_every_leaf_is_reached_by_somebody_whom_the_screen_clears():
    reached = set()
    for leaf in LEAVES:
        for person in people_at(leaf, {**STRONG, "pain_side": "left", "assessed_and_cleared": True}, most=3):
            reached |= {triage(person).path[-1]}
    for person in people_at("S4b", {**STRONG, "pain_side": "both", "assessed_and_cleared": True}):
        reached |= {triage(person).path[-1]}
    assert set(LEAVES) <= reached


def test_a_limit_counts_unless_it_is_a_clear_no():
    limit = RULES.columns["osteoporosis"].when
    for value, counts in (
        (Answer.NO, False),
        (Answer.NOT_ASKED, True),
        (Answer.UNSURE, True),
        (Answer.YES, True),
    ):
        assert applies(limit, _state(CALM) | {"osteoporosis": value}) == counts


MAYBE = CALM | {"could_be_pregnant": True}


def test_somebody_possibly_pregnant_gets_the_programme_of_early_pregnancy():
    """Possibly pregnant only: P1 and the column pregnancy_before_16."""
    verdict = triage(MAYBE)
    assert isinstance(verdict, Programme)
    assert verdict.path[-1] == "P1"


def test_a_week_that_was_given_decides_between_the_pregnancy_programmes():
    for week, leaf in (
        (1, "P1"),
        (15, "P1"),
        (16, "P2"),
        (27, "P2"),
        (28, "P3"),
        (45, "P3"),
        ("unsure", "P3"),
    ):
        verdict = triage(CALM | {"pregnant": True, "pregnancy_week": week})
        assert isinstance(verdict, Programme)
        assert verdict.path[-1] == leaf, week


def test_the_same_person_gets_the_same_programme_on_the_other_side():
    """Left and right are mirror images."""
    swap = {"left": "right", "right": "left"}
    for leaf in LEAVES:
        for person in people_at(leaf, {**STRONG, "pain_side": "left", "assessed_and_cleared": True}):
            left, right = triage(person), triage(person | {"pain_side": "right"})
            assert type(left) is type(right)
            if isinstance(left, Programme):
                mirrored = [(e.exercise, e.rung, swap.get(e.side, str(e.side))) for e in left.prescriptions]
                assert mirrored == [(e.exercise, e.rung, str(e.side)) for e in right.prescriptions]
            else:
                assert same(left) == same(right)
