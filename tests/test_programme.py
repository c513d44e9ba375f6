"""The programme stage: which leaf, which rung, which side, which dose, and what is left out."""

from __future__ import annotations

from itertools import product

import pytest

from sitriage.conditions import Answer
from sitriage.evidence import read_answers
from sitriage.limits import Why, allowed_rung
from sitriage.model import Cell, Ruleset
from sitriage.programme import Plan, branch, plan, walk
from tests.small_pack import CALM, edited, small_rules


def made(small: Ruleset, **answers) -> Plan:
    return plan(small, read_answers({**CALM, **answers}, small).values)


def shown(small: Ruleset, **answers) -> list[tuple[str, str, str]]:
    return [(pick.exercise, pick.rung, str(pick.side)) for pick in made(small, **answers).picks]


STRONG = {"easing": True, "severity": 3}


@pytest.mark.parametrize(
    ("answers", "path"),
    [
        ({}, ("N1", "N3", "gentle")),
        (STRONG, ("N1", "N3", "strong")),
        ({"easing": "unsure"}, ("N1", "N3", "gentle")),
        ({**STRONG, "severity": 4}, ("N1", "N3", "gentle")),
        ({**STRONG, "severity": "unsure"}, ("N1", "N3", "gentle")),
        ({"egg": True, "egg_week": 3}, ("N1", "N2", "resting")),
        ({"egg": True, "egg_week": 2}, ("N1", "N2", "gentle")),
        ({"egg": True, "egg_week": "unsure"}, ("N1", "N2", "resting")),
        ({"egg": True}, ("N1", "N2", "resting")),
        ({"egg": "unsure", "egg_week": 1}, ("N1", "N2", "gentle")),
    ],
)
def test_the_tree_is_walked_by_its_conditions_and_its_unsure_branches(small, answers, path) -> None:
    assert walk(small, read_answers({**CALM, **answers}, small).values) == path


def test_unsure_and_not_asked_take_the_branch_that_the_node_names(small: Ruleset) -> None:
    first, _, third = small.pattern
    for value in (Answer.UNSURE, Answer.NOT_ASKED):
        assert branch(first, value) == "N2"
        assert branch(third, value) == "gentle"
    assert branch(third, Answer.YES) == "strong"
    assert branch(first, Answer.NO) == "N3"


def test_a_calm_duck_gets_the_full_forms_on_the_right_sides(small: Ruleset) -> None:
    assert shown(small) == [("wag", "full", "symmetric"), ("lean", "full", "left"), ("flap", "full", "right")]


@pytest.mark.parametrize(("side", "sore", "other"), [("left", "left", "right"), ("right", "right", "left")])
def test_sides_follow_the_sore_side(small, side, sore, other) -> None:
    sides = {name: word for name, _, word in shown(small, side=side)}
    assert (sides["lean"], sides["flap"]) == (sore, other)


@pytest.mark.parametrize(
    ("side", "expected"),
    [
        ("both", [("wag", "symmetric"), ("lean", "each"), ("flap", "symmetric")]),
        # lean gives way to wag, which is there already
        ("midline", [("wag", "symmetric"), ("flap", "symmetric")]),
        # lean is left out, and its stand-in nod comes instead; it warms up, so it comes first
        ("unsure", [("nod", "symmetric"), ("wag", "symmetric"), ("flap", "symmetric")]),
    ],
)
def test_without_one_sore_side_nothing_one_sided_is_given(small, side, expected) -> None:
    assert [(name, word) for name, _, word in shown(small, side=side)] == expected


def test_an_easier_form_may_move_the_other_leg_where_one_side_is_sore() -> None:
    """As lean, which is for the sore side, and flap, which is for the other one."""
    turned = small_rules(
        edited("exercises/lean.toml", "[rung.seated]", '[rung.seated]\nside = "other"')
        | edited("exercises/flap.toml", "[rung.small]", '[rung.small]\nside = "sore"')
    )
    assert shown(turned)[1:] == [("lean", "full", "left"), ("flap", "full", "right")]
    easier = {"fragile": True, "checked": True}
    assert ("lean", "seated", "right") in shown(turned, **easier)
    assert ("lean", "seated", "each") in shown(turned, **easier, side="both")
    assert ("flap", "small", "left") in shown(turned, can_balance=False)


def test_a_programme_may_set_the_side_the_rung_and_the_phase(small: Ruleset) -> None:
    picks = made(small, **STRONG, has_perch=True).picks
    assert [(pick.exercise, pick.rung, str(pick.side), str(pick.phase)) for pick in picks] == [
        ("wag", "small", "symmetric", "mobilise"),
        ("lean", "full", "right", "stretch"),
        ("roll", "full", "each", "stretch"),
        ("flap", "full", "right", "stabilise"),
        ("wag", "full", "symmetric", "finish"),
    ]


@pytest.mark.parametrize("answer", [False, "unsure"])
def test_an_ability_counts_only_when_yes(small: Ruleset, answer: bool | str) -> None:
    assert ("flap", "small", "right") in shown(small, can_balance=answer)
    # the others are given all the same
    names = [pick.exercise for pick in made(small, **STRONG, has_perch=answer).picks]
    assert names == ["wag", "lean", "flap", "wag"]


def test_an_item_whose_need_is_not_met_is_left_out_and_names_the_need(small: Ruleset) -> None:
    assert ("roll", Why(needs=("has_perch",))) in made(small, **STRONG).withheld


def test_a_form_that_an_ability_lowers_names_the_ability(small: Ruleset) -> None:
    flap = {pick.exercise: pick for pick in made(small, can_balance=False).picks}["flap"]
    assert (flap.rung, flap.why) == ("small", Why(needs=("can_balance",)))
    flap = {pick.exercise: pick for pick in made(small, can_balance=True).picks}["flap"]
    assert (flap.rung, flap.why) == ("full", Why())


def test_no_ability_is_missed_where_the_programme_asks_for_the_easier_form() -> None:
    easy = small_rules(
        edited("programmes/gentle.toml", 'exercise = "flap"', 'exercise = "flap"\nrung = "small"')
    )
    flap = {pick.exercise: pick for pick in made(easy, can_balance=False).picks}["flap"]
    assert (flap.rung, flap.why) == ("small", Why())


def test_what_takes_the_place_of_an_exercise_takes_its_phase() -> None:
    late = small_rules(
        edited("programmes/resting.toml", 'exercise = "lean"', 'exercise = "lean"\nphase = "stabilise"')
    )
    for side, name in (("left", "lean"), ("midline", "wag"), ("unsure", "nod")):
        phases = {pick.exercise: pick.phase for pick in made(late, egg=True, egg_week=4, side=side).picks}
        assert phases == {"flap": "stabilise", name: "stabilise"}


def test_what_is_left_out_for_want_of_a_side_says_so(small: Ruleset) -> None:
    assert dict(made(small, side="unsure").withheld) == {"lean": Why(no_side=True)}
    assert dict(made(small, side="both").withheld) == {}
    swapped = small_rules(edited("exercises/lean.toml", 'if_both = "each"', 'if_both = "roll"'))
    both = plan(swapped, read_answers({**CALM, "side": "both"}, swapped).values)
    assert ("lean", Why(no_side=True)) in both.withheld
    assert "roll" in {pick.exercise for pick in both.picks}


def test_pain_that_swaps_sides_opens_nothing_where_no_side_was_named(small: Ruleset) -> None:
    swapping = small_rules(edited("settings.toml", "both.any = [{", 'both.any = ["splinted", {'))
    for side, given in (("left", True), ("right", True), ("both", True), ("unsure", False)):
        values = read_answers({**CALM, "side": side, "splinted": True}, swapping).values
        assert ("lean" in {pick.exercise for pick in plan(swapping, values).picks}) == given


def test_strength_has_a_rest_day(small: Ruleset) -> None:
    for pick in made(small, **STRONG, has_perch=True).picks:
        expected = 6 if pick.phase == "stabilise" else 7
        assert pick.dose.days_per_week == pick.target.days_per_week == expected


def test_the_first_way_to_warm_up_that_suits_comes_after_that_of_the_leaf(small: Ruleset) -> None:
    assert made(small).warm_up == ("bask", "paddle")
    assert made(small, splinted=True).warm_up == ("bask", "preen")
    for answer in (True, "unsure"):
        assert made(small, cold_skin=answer).warm_up == ("paddle",)
    assert made(small, **STRONG, has_perch=True).warm_up == ("paddle",)


def test_gentle_moves_stand_beside_hardly_any_exercises(small: Ruleset) -> None:
    few = made(small, egg=True, egg_week=4)
    assert len({pick.exercise for pick in few.picks}) == 2
    assert few.also == ("soft_nod", "preen")
    # not what is given already in another form, nor what is withheld
    assert "nod" in {pick.exercise for pick in made(small, fragile=True).picks}
    assert made(small, fragile=True).also == ("preen",)
    assert made(small, egg=True, egg_week=4, splinted=True).also == ("preen",)
    assert len({pick.exercise for pick in made(small).picks}) == 3
    assert made(small).also == ()


def test_a_gentle_move_that_does_not_suit_does_not_stand_beside_few_exercises() -> None:
    paddling = small_rules(edited("settings.toml", '["soft_nod", "preen"]', '["soft_nod", "paddle"]'))
    assert made(paddling, egg=True, egg_week=4).also == ("soft_nod", "paddle")
    assert made(paddling, egg=True, egg_week=4, splinted=True).also == ()


@pytest.mark.parametrize("answer", [True, "unsure"])
def test_a_limit_lowers_the_rung_or_withholds(small: Ruleset, answer: bool | str) -> None:
    limited = made(small, fragile=answer)
    assert {pick.exercise: pick.rung for pick in limited.picks} == {"wag": "small", "nod": "full"}
    assert dict(limited.withheld) == {"lean": Why(("fragile",)), "flap": Why(("fragile",))}


def test_a_limit_that_was_not_asked_counts_like_an_unsure_one(small: Ruleset) -> None:
    open_answers = {name: value for name, value in CALM.items() if name != "fragile"}
    asked = plan(small, read_answers({**CALM, "fragile": "unsure"}, small).values)
    assert plan(small, read_answers(open_answers, small).values).picks == asked.picks


def test_a_form_for_those_who_were_cleared_needs_a_clear_yes(small: Ruleset) -> None:
    assert ("lean", "seated", "left") in shown(small, fragile=True, checked=True)
    assert "lean" not in {name for name, *_ in shown(small, fragile=True, checked="unsure")}
    assert allowed_rung(Cell(cleared="seated"), True) == "seated"
    assert allowed_rung(Cell(cleared="seated"), False) == "withheld"
    assert allowed_rung(Cell(rung="small"), True) == allowed_rung(Cell(rung="small"), False) == "small"


def test_without_a_limit_the_dose_goes_from_the_start_of_an_exercise_to_its_target(small: Ruleset) -> None:
    for pick in made(small).picks[:2]:
        exercise = small.exercises[pick.exercise]
        assert (pick.dose, pick.target) == (exercise.start, exercise.target)


def test_caps_shorten_the_hold_and_soften_the_effort(small: Ruleset) -> None:
    picks = {pick.exercise: pick for pick in made(small, cold_skin=True).picks}
    assert (picks["lean"].dose.hold_s, picks["lean"].target.hold_s) == (10, 10)
    assert (picks["flap"].rung, picks["flap"].dose.effort_percent) == ("small", 20)
    assert picks["flap"].target.effort_percent == 20
    assert picks["lean"].why == Why(("cold",))


def test_a_cap_above_the_dose_changes_nothing() -> None:
    rules = small_rules(edited("exercises/lean.toml", "max_hold_s = 10", "max_hold_s = 25"))
    lean = {pick.exercise: pick for pick in made(rules, cold_skin=True).picks}["lean"]
    assert (lean.dose.hold_s, lean.target.hold_s) == (20, 25)


def test_the_lowest_dose_is_one_round_once_a_day(small: Ruleset) -> None:
    both = [made(small, egg=True, egg_week=4, side=side).picks for side in ("left", "midline")]
    for pick in (*both[0], *both[1]):
        assert (pick.dose.sets, pick.dose.per_day) == (1, 1)
        # and stays so: nobody works up from there
        assert pick.target == pick.dose


def test_a_limit_may_keep_the_dose_at_its_start() -> None:
    staying = small_rules(edited("columns/splint.toml", "rows = ", "start_dose_only = true\nrows = "))
    for answer, stays in ((True, True), ("unsure", True), (False, False)):
        values = read_answers({**CALM, "splinted": answer}, staying).values
        doses = [pick.target == pick.dose for pick in plan(staying, values).picks]
        assert all(doses) == stays


def test_lying_that_hurts_splits_an_exercise_into_the_good_side_and_an_easy_other_one(small) -> None:
    answers = {**STRONG, "has_perch": True, "lying_hurts": True}
    easy = Why(lying_hurts=True)
    for side, expected in (
        ("right", [("full", "right", Why()), ("small", "left", easy)]),
        ("both", [("small", "each", easy)]),
    ):
        picks = made(small, **answers, side=side).picks
        rolls = [(pick.rung, pick.side, pick.why) for pick in picks if pick.exercise == "roll"]
        assert rolls == expected


def test_too_few_exercises_are_filled_up_in_the_order_of_the_pack(small: Ruleset) -> None:
    filled = made(small, egg=True, egg_week=4, fragile=True)
    assert [pick.exercise for pick in filled.picks] == ["nod", "wag"]
    assert not filled.too_little
    assert [name for name, _ in filled.withheld] == ["lean", "flap"]


def test_a_fill_up_stops_at_two(small: Ruleset) -> None:
    one_left = made(small, egg=True, egg_week=4, fragile=True, checked=True)
    assert [pick.exercise for pick in one_left.picks] == ["nod", "lean"]
    # two are left, so nothing is looked for that could be withheld
    two_left = made(small, egg=True, egg_week=4, splinted=True)
    assert [pick.exercise for pick in two_left.picks] == ["lean", "flap"]
    assert two_left.withheld == ()


def test_what_could_not_fill_up_is_withheld_after_the_exercises_of_the_leaf(small: Ruleset) -> None:
    left = made(small, egg=True, egg_week=4, splinted=True, fragile=True)
    assert [name for name, _ in left.withheld] == ["lean", "nod", "flap", "wag"]


def test_fewer_than_two_exercises_are_too_little(small: Ruleset) -> None:
    left = made(small, splinted=True, fragile=True)
    assert left.too_little
    assert left.picks == ()
    assert dict(left.withheld).keys() == {"wag", "lean", "flap", "nod"}
    assert not made(small, splinted=True).too_little


def test_whatever_is_answered_phases_go_forward_and_nothing_is_given_withheld(small: Ruleset) -> None:
    names = (
        "fragile",
        "cold_skin",
        "splinted",
        "lying_hurts",
        "can_balance",
        "checked",
        "easing",
        "has_perch",
    )
    for side, *each in product(["left", "both", "midline", "unsure"], *[(False, True)] * len(names)):
        done = made(small, side=side, **dict(zip(names, each, strict=True)))
        phases = [pick.phase.rank for pick in done.picks]
        assert phases == sorted(phases)
        assert all(pick.rung in small.exercises[pick.exercise].rung for pick in done.picks)
        kept = {pick.exercise for pick in done.picks}
        assert kept.isdisjoint(name for name, _ in done.withheld)
        if side != "left":
            assert {str(pick.side) for pick in done.picks} <= {"each", "symmetric"}
