"""The verdict in words: sentences from the rules, contact lines in their places, minutes by hand."""

from __future__ import annotations

import pytest

from sitriage import Programme, Referral, triage
from sitriage.model import Ruleset
from sitriage.verdict import Reason
from tests.small_pack import CALM, FILES, edited, small_rules
from tests.small_people import verdict_key, without


@pytest.fixture
def programme(small: Ruleset) -> Programme:
    return triage(CALM, rules=small)


def test_steps_name_the_leg_and_the_other_one(programme: Programme) -> None:
    lean = programme.prescriptions[1]
    assert lean.steps == ("Lean on the left foot and lift the right one.",)


def test_an_exercise_for_each_side_has_its_own_steps(small: Ruleset) -> None:
    lean = triage({**CALM, "side": "both"}, rules=small).prescriptions[1]
    assert lean.steps == ("Lean on one foot, then on the other.",)


def test_a_prescription_takes_its_words_from_its_rung_and_its_stop_rules(programme: Programme) -> None:
    wag, lean, _ = programme.prescriptions
    assert (wag.label, wag.position, wag.equipment, wag.evidence) == ("Wag", "standing", ("mat",), "low")
    assert wag.stop_if == ("Stop at a sharp pain.", "Stop if you are dizzy.")
    assert lean.evidence == "very_low"


def test_a_prescription_says_why_and_which_limits_made_it_easier(small: Ruleset) -> None:
    wag = triage({**CALM, "fragile": True}, rules=small).prescriptions[1]
    assert [reason.rule for reason in wag.reasons] == ["wag", "fragile"]
    assert wag.reasons[1].sentence == "Your bones are fragile."
    assert (wag.reasons[0].rows, wag.reasons[0].sources) == (("R5",), ("S2",))


def test_what_was_withheld_says_by_which_rule(small: Ruleset) -> None:
    withheld = {each.exercise: each for each in triage({**CALM, "fragile": True}, rules=small).withheld}
    assert set(withheld) == {"lean", "flap"}
    assert [reason.rule for reason in withheld["flap"].reasons] == ["fragile"]
    assert withheld["flap"].label == "Flap"


def test_minutes_are_counted_from_the_doses(programme: Programme) -> None:
    # wag 2 sets of 8 x (2 + 4) s, 30 s between; lean 2 x (20 + 4) s; flap 2 sets of 4 x (5 + 4 + 5) s, 30 s
    seconds = (2 * 8 * 6 + 30) + 2 * 24 + (2 * 4 * 14 + 30)
    assert programme.minutes == -(-seconds // 60)


def test_each_side_in_turn_takes_twice_as_long(small: Ruleset) -> None:
    # as above, but lean on each side
    seconds = (2 * 8 * 6 + 30) + 2 * 2 * 24 + (2 * 4 * 14 + 30)
    assert triage({**CALM, "side": "both"}, rules=small).minutes == -(-seconds // 60)


def test_the_equipment_of_all_forms_is_listed_once(programme: Programme, small: Ruleset) -> None:
    assert programme.equipment == ("mat", "tall_wall")
    assert triage({**CALM, "fragile": True}, rules=small).equipment == ()


def test_a_programme_carries_what_to_avoid_when_to_stop_and_when_to_look_again(programme) -> None:
    assert programme.avoid == ("Ease off these.", "Diving. It bends the tail.")
    assert programme.stop_rules == ("Stop at a sharp pain.", "Stop if you are dizzy.")
    assert programme.review == ("Look again in a week.",)


def test_no_heat_is_advised_where_the_skin_does_not_allow_it(programme: Programme, small: Ruleset) -> None:
    assert programme.self_care == ("Keep paddling.", "Keep dry.", "Swim a little.")
    for answer in (True, "unsure"):
        care = triage({**CALM, "cold_skin": answer}, rules=small).self_care
        assert care == ("Keep paddling.", "Keep dry.", "Swim a little.", "No heat, please.")


def test_a_warm_up_says_what_to_do_and_why(programme: Programme) -> None:
    bask, paddle = programme.warm_up
    assert (bask.adjunct, bask.label, bask.position, bask.steps) == (
        "bask", "Bask", "water", ("Bask slowly.",),
    )  # fmt: skip
    assert paddle.reasons == (Reason("paddle", "It is gentle.", (), ("R1",), ("S1",)),)


def test_gentle_moves_stand_beside_few_exercises(small: Ruleset) -> None:
    (preen,) = triage({**CALM, "fragile": True}, rules=small).also
    assert preen.steps == ("Preen slowly.",)


def test_an_ability_and_a_side_are_reasons_too(small: Ruleset) -> None:
    flap = next(
        each
        for each in triage({**CALM, "can_balance": False}, rules=small).prescriptions
        if each.exercise == "flap"
    )
    assert flap.reasons[1:] == (
        Reason(
            "needs",
            "The harder form is for those who told us about: can balance.",
            ("can_balance",),
            small.exercises["flap"].rows,
            small.exercises["flap"].sources,
        ),
    )


def test_advice_for_some_is_shown_only_to_them(small: Ruleset) -> None:
    assert "Sit soft." in triage({**CALM, "egg": True, "egg_week": 4}, rules=small).self_care
    assert "Sit soft." not in triage(CALM, rules=small).self_care


def test_the_reasons_of_a_programme_are_the_clear_screen_and_its_leaf(programme: Programme) -> None:
    screen, leaf = programme.reasons
    assert screen.rule == "screen:clear"
    # the number of answers that were given
    assert screen.sentence == "No danger was found. (22 answers)"
    assert (leaf.rule, leaf.sentence) == ("gentle", "A gentle start.")
    assert (leaf.rows, leaf.sources) == (("R4", "F1"), ("S2",))
    assert "egg" in leaf.findings


def test_contact_lines_stand_in_their_places(small: Ruleset) -> None:
    verdict = triage({**CALM, "numb": True, "weak": True}, rules=small)
    assert verdict.how == "Quack loudly."
    assert verdict.who == "an emergency department"
    assert verdict.safety_net == ("If it gets worse: Quack loudly.",)
    urgent = triage({**CALM, "fever": True}, rules=small)
    assert urgent.how == "Quack today."
    assert urgent.meanwhile == ("Rest.", "If it goes numb: Quack loudly.")


def test_no_placeholder_is_left_in_any_verdict(small: Ruleset) -> None:
    for given in (CALM, {}, without(numb=True, weak=True), without(fever=True), without(side="both")):
        assert "{" not in str(triage(given, rules=small))


def test_a_referral_tells_each_red_flag_once(small: Ruleset) -> None:
    verdict = triage({**CALM, "fever": True, "numb": True}, rules=small)
    assert verdict.red_flags.count("hot") == 1
    assert verdict.tell_them == ("My tail has this: hot duck.", "My tail has this: nerve.")
    assert [reason.rule for reason in verdict.reasons] == ["hot:emergency", "hot:same_day", "nerve:soon"]


def test_what_a_red_flag_says_for_the_wait_is_said_once() -> None:
    more = edited("red_flags/hot.toml", "tell_them", 'meanwhile = ["Drink. {urgent}", "Rest."]\ntell_them')
    verdict = triage({**CALM, "fever": True}, rules=small_rules(more))
    assert verdict.meanwhile == ("Rest.", "If it goes numb: Quack loudly.", "Drink. Quack today.")


def test_without_a_red_flag_a_walk_is_offered_for_the_wait(small: Ruleset) -> None:
    verdict = triage({}, rules=small)
    assert isinstance(verdict, Referral)
    assert "Paddle a little." in verdict.meanwhile
    assert "Paddle a little." not in triage(without(weak=True), rules=small).meanwhile
    # nor where an answer speaks against it
    assert "Paddle a little." not in triage({"splinted": True}, rules=small).meanwhile


def test_every_verdict_says_who_has_not_signed_the_rules(small: Ruleset, programme: Programme) -> None:
    assert programme.note == triage({}, rules=small).note == "No vet has signed this."
    assert {contact.region for contact in programme.contacts} == {"international", "gb"}


def test_wording_never_decides(small: Ruleset) -> None:
    """Every sentence of texts.toml is another one; the decisions are the same."""
    words = FILES["texts.toml"].replace("a ", "the ").replace("No", "Yes").replace("Do ", "Never ")
    other = small_rules({"texts.toml": words})
    for given in (CALM, {}, without("fever"), without(numb=True), without(splinted=True, fragile=True)):
        verdict, reworded = triage(given, rules=small), triage(given, rules=other)
        assert verdict_key(verdict) == verdict_key(reworded)
        assert verdict.path == reworded.path
