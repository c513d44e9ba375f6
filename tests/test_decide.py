"""The decision: reached levels first, then what is not known, then too little, then the programme."""

from __future__ import annotations

import pytest

from sitriage import Professional, Programme, Reason, Referral, Urgency, triage
from sitriage.decide import decide
from sitriage.evidence import read_answers
from sitriage.model import Ruleset
from tests.small_pack import CALM, edited, small_rules
from tests.small_people import without


def test_a_calm_duck_gets_a_programme(small: Ruleset) -> None:
    verdict = triage(CALM, rules=small)
    assert isinstance(verdict, Programme)
    assert verdict.urgency is Urgency.SELF_CARE
    assert verdict.path == ("screen:clear", "N1", "N3", "gentle")
    assert [each.exercise for each in verdict.prescriptions] == ["wag", "lean", "flap"]
    assert verdict.open_questions == ()
    assert verdict.urgency_range == (Urgency.SELF_CARE, Urgency.SELF_CARE)


def test_the_highest_level_decides_and_names_who(small: Ruleset) -> None:
    verdict = triage({**CALM, "fever": True, "numb": True, "night_pain": True}, rules=small)
    assert isinstance(verdict, Referral)
    assert (verdict.urgency, verdict.see) == (Urgency.EMERGENCY, Professional.EMERGENCY_DEPARTMENT)
    assert verdict.path[:2] == ("screen:emergency", "hot:emergency")
    assert set(verdict.red_flags) == {"hot", "nerve", "lasting"}


def test_what_an_answer_implies_decides_and_the_answer_explains() -> None:
    implying = small_rules(edited("implications.toml", 'finding = "fragile"', 'finding = "fever"'))
    # a doubt about a fever counts as a fever, so it is no step lower
    for answer in (True, "unsure"):
        verdict = triage({**CALM, "bitten": answer}, rules=implying)
        assert verdict.urgency is Urgency.SAME_DAY
        assert verdict.reasons[0].findings == ("bitten",)


def test_urgency_is_a_maximum_and_never_a_sum(small: Ruleset) -> None:
    """Three levels that are soon are no more than soon."""
    verdict = triage({**CALM, "weak": True, "worse": True, "swollen": True, "night_pain": True}, rules=small)
    assert verdict.urgency is Urgency.SOON
    assert verdict.see is Professional.TREATING_TEAM


def test_without_any_answer_the_verdict_waits(small: Ruleset) -> None:
    verdict = triage({}, rules=small)
    assert isinstance(verdict, Referral)
    assert verdict.provisional
    assert (verdict.urgency, verdict.see) == (Urgency.ROUTINE, Professional.DOCTOR)
    assert verdict.urgency_range == (Urgency.SELF_CARE, Urgency.EMERGENCY)
    assert verdict.path == ("screen:incomplete",)
    assert verdict.red_flags == ()
    sentence = "Not enough is known to call exercises safe."
    assert verdict.reasons == (Reason("screen:incomplete", sentence, verdict.open_questions, ("D-2",)),)


@pytest.mark.parametrize("name", ["fever", "numb", "severity", "age", "side", "egg"])
def test_one_open_question_of_the_screen_makes_the_verdict_wait(small: Ruleset, name: str) -> None:
    verdict = triage(without(name), rules=small)
    assert isinstance(verdict, Referral)
    assert verdict.provisional
    assert name in verdict.open_questions


@pytest.mark.parametrize("name", ["fragile", "can_balance", "cold_skin"])
def test_an_open_limit_gives_the_easier_form_and_stays_a_programme(small: Ruleset, name: str) -> None:
    verdict = triage(without(name), rules=small)
    assert isinstance(verdict, Programme)
    assert verdict.open_questions == (name,)


def test_an_open_question_that_changes_nothing_is_not_asked(small: Ruleset) -> None:
    verdict = triage(without("swollen"), rules=small)
    assert isinstance(verdict, Programme)
    assert verdict.open_questions == ()


def test_a_referral_may_be_sure_of_its_urgency_and_still_wait_for_answers(small: Ruleset) -> None:
    verdict = triage(without("weak", fever=True), rules=small)
    assert verdict.urgency is Urgency.SAME_DAY
    assert verdict.provisional
    assert verdict.urgency_range == (Urgency.SAME_DAY, Urgency.EMERGENCY)


def test_a_contradiction_is_at_least_routine_and_asked_again(small: Ruleset) -> None:
    verdict = triage({**CALM, "onset_age": 41}, rules=small)
    assert isinstance(verdict, Referral)
    assert (verdict.urgency, verdict.provisional) == (Urgency.ROUTINE, True)
    assert verdict.urgency_range == (Urgency.SELF_CARE, Urgency.ROUTINE)
    assert verdict.open_questions == ("age", "onset_age")
    assert verdict.conflicts[0].id == "began_after_now"
    assert verdict.reasons == (
        Reason("conflict:began_after_now", "The pain began after today.", ("age", "onset_age"), ("D-39",)),
        Reason("screen:conflict", "Some answers do not fit.", (), ("D-39",)),
    )


def test_a_contradiction_beside_a_red_flag_keeps_the_urgency(small: Ruleset) -> None:
    verdict = triage({**CALM, "onset_age": 41, "fever": True}, rules=small)
    assert verdict.urgency is Urgency.SAME_DAY
    assert verdict.provisional
    assert "conflict:began_after_now" in [reason.rule for reason in verdict.reasons]


def test_too_little_left_is_a_referral_of_its_own(small: Ruleset) -> None:
    verdict = triage({**CALM, "splinted": True, "fragile": True}, rules=small)
    assert isinstance(verdict, Referral)
    assert (verdict.urgency, verdict.see) == (Urgency.ROUTINE, Professional.PHYSIOTHERAPIST)
    assert verdict.path == ("too_little_left",)
    assert not verdict.provisional
    assert verdict.urgency_range == (Urgency.ROUTINE, Urgency.ROUTINE)
    assert verdict.reasons == (Reason("too_little_left", "Too little is left.", (), ("D-19",)),)


def test_who_may_be_left_with_too_little_may_still_be_routine(small: Ruleset) -> None:
    verdict = triage(without("splinted", "fragile"), rules=small)
    assert verdict.urgency_range == (Urgency.SELF_CARE, Urgency.ROUTINE)


def test_no_exercise_stands_beside_a_referral(small: Ruleset) -> None:
    for given in ({}, without("fever"), without(numb=True), without(onset_age=41)):
        assert not hasattr(triage(given, rules=small), "prescriptions")


def test_the_decision_is_the_same_twice_and_in_any_order(small: Ruleset) -> None:
    given = without("fever", "egg", worse=True)
    turned = dict(reversed(given.items()))
    assert triage(given, rules=small) == triage(turned, rules=small)
    assert decide(small, read_answers(given, small)) == triage(given, rules=small)


@pytest.mark.parametrize("missing", ["numb", "worse", "severity", "fever", "night_pain"])
def test_learning_an_answer_never_widens_the_range(small: Ruleset, missing: str) -> None:
    less, more = without(missing, "weak", "easing"), without("weak", "easing")
    low, high = triage(less, rules=small).urgency_range
    later_low, later_high = triage(more, rules=small).urgency_range
    assert low <= later_low
    assert later_high <= high


def test_what_every_missing_answer_leads_to_counts_though_it_is_no_open_question() -> None:
    """Of a duck of 40 no pain began after 40, so whatever is answered the level is reached."""
    began = edited(
        "red_flags/lasting.toml",
        'when.all = ["night_pain", { not = "easing" }]',
        'when.any = [{ all = ["night_pain", { not = "easing" }] }, { finding = "onset_age", max = 50 }]',
    )
    rules, unasked = small_rules(began), without("onset_age")
    verdict = triage(unasked, rules=rules)
    assert isinstance(verdict, Referral)
    assert (verdict.urgency, verdict.see) == (Urgency.ROUTINE, Professional.PHYSIOTHERAPIST)
    assert not verdict.provisional
    assert verdict.open_questions == ()
    assert verdict.urgency_range == (Urgency.ROUTINE, Urgency.ROUTINE)
    assert verdict.reasons[0].rule == "lasting:routine"
    for began_at in (0, 40, "unsure"):
        asked = triage({**unasked, "onset_age": began_at}, rules=rules)
        assert (asked.urgency, asked.see) == (verdict.urgency, verdict.see)


def test_what_every_missing_answer_leads_to_counts_beside_what_leads_less_far() -> None:
    began = edited(
        "red_flags/growing.toml",
        'when.all = ["worse", { not = "checked" }]',
        'when.any = [{ all = ["worse", { not = "checked" }] }, { finding = "onset_age", max = 50 }]',
    )
    answers = without("onset_age") | {"night_pain": True}
    verdict = triage(answers, rules=small_rules(began))
    # what was said is kept beside it
    assert [each.rule for each in verdict.reasons] == ["growing:soon", "lasting:routine"]
    # unsure is one step lower, so that is the least it comes to
    assert (verdict.urgency, verdict.see) == (Urgency.ROUTINE, Professional.DOCTOR)
    assert verdict.open_questions == ("onset_age",)
