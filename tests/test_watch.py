"""What to come back with: each line says what the verdict would be, and no emergency is left out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitriage import Programme, Referral, Ruleset, Urgency, Verdict, load_rules, triage, would_change
from sitriage.evidence import read_answers
from sitriage.prove.notice import emergency_by
from sitriage.prove.space import space_of
from sitriage.testing import answers as anybody
from sitriage.testing import people_with
from sitriage.watch import Watched, watched
from tests.shipped.calm import CALM as USUAL
from tests.small_pack import CALM, edited, small_rules
from tests.small_people import without

RULES = load_rules()
UNWATCHED = {name for each in RULES.unwatched for name in each.findings}


def signs(verdict: Verdict, rules: Ruleset) -> tuple[Watched, ...]:
    values = read_answers(dict(verdict.record.answers), rules).values
    return watched(rules, values, verdict.urgency)


def check_claims(verdict: Verdict, rules: Ruleset) -> None:
    """Each sign that is told leads exactly there, by each of its findings."""
    told = signs(verdict, rules)
    for sign in told:
        for name, (urgency, see) in sign.outcomes.items():
            then = triage({**dict(verdict.record.answers), name: True}, rules=rules)
            assert isinstance(then, Referral)
            assert (then.urgency, then.see) == (urgency, see), name
            assert not {each.id for each in then.conflicts} - {each.id for each in verdict.conflicts}
    ways = [line for line in verdict.safety_net if "\n- " in line]
    assert len(ways) == len({sign.worst for sign in told})
    assert sum(line.count("\n- ") for line in ways) == len(told)


def single_emergencies(verdict: Verdict, rules: Ruleset) -> set[str]:
    return {
        name
        for each in would_change(verdict, rules=rules)
        if each.urgency is Urgency.EMERGENCY
        for (name, answer), *others in [each.changes]
        if answer is True and not others and rules.findings[name].polarity == "raises"
    }


@pytest.mark.parametrize("leaf", sorted(RULES.programmes))
@settings(max_examples=4, deadline=None)
@given(data=st.data())
def test_what_a_programme_says_to_come_back_with_is_so(leaf, data) -> None:
    verdict = triage(data.draw(people_with(leaf=leaf)))
    assert isinstance(verdict, Programme)
    check_claims(verdict, RULES)


@settings(max_examples=15, deadline=None)
@given(person=anybody(RULES))
def test_what_anybody_is_told_to_come_back_with_is_so(person) -> None:
    check_claims(triage(person), RULES)


@pytest.mark.slow
@pytest.mark.checkout
@settings(max_examples=25, deadline=None)
@given(person=people_with("programme"))
def test_whatever_one_answer_makes_an_emergency_is_told(person) -> None:
    verdict = triage(person)
    told = signs(verdict, RULES)
    urgent = {name for sign in told for name, way in sign.outcomes.items() if way[0] == Urgency.EMERGENCY}
    assert single_emergencies(verdict, RULES) - UNWATCHED <= urgent


def test_the_usual_programme_tells_the_signs_by_how_soon() -> None:
    verdict = triage(USUAL)
    _, _, emergency, crisis, today, *_ = verdict.safety_net
    assert emergency.startswith("Stop, and get help at once")
    assert "between your legs" in emergency
    assert "hurting yourself" in crisis
    assert "a fever" in today
    assert "a fever" not in emergency
    assert not any("your baby" in line for line in verdict.safety_net)


def lines(verdict: Verdict) -> tuple[str, ...]:
    return verdict.safety_net[1:]


def test_a_new_sign_stands_under_what_it_would_lead_to(small: Ruleset) -> None:
    assert lines(triage(CALM, rules=small)) == (
        "Today, if this is new. Quack today.\n- the tail gets hot",
        "Within days, if this is new. Call your team.\n- the tail goes numb or weak",
        "Within days, if this is new. Book a visit with a doctor.\n- it hurts more each day",
    )


def test_what_is_there_already_makes_other_signs_more_urgent(small: Ruleset) -> None:
    assert lines(triage(without(weak=True), rules=small)) == (
        "Now, if this is new. Quack loudly.\n- the tail gets hot\n- the tail goes numb or weak",
    )
    hot = triage(without(fever=True), rules=small)
    assert lines(hot) == ("Now, if this is new. Quack loudly.\n- the tail goes numb or weak",)
    # chills beside the fever change nothing
    assert [each.rule.id for each in signs(hot, small)] == ["nerve"]


def test_nothing_is_told_to_who_is_an_emergency_already(small: Ruleset) -> None:
    verdict = triage(without(numb=True, weak=True), rules=small)
    assert lines(verdict) == ()


def test_what_cannot_be_true_together_is_not_told(small: Ruleset) -> None:
    easing = triage(without(easing=True), rules=small)
    assert not any("each day" in each for each in lines(easing))


def test_an_urgency_without_a_line_of_its_own_is_not_told() -> None:
    rules = small_rules(edited("texts.toml", 'soon = "Within days, if this is new."', ""))
    assert lines(triage(CALM, rules=rules)) == ("Today, if this is new. Quack today.\n- the tail gets hot",)


def test_an_unsure_answer_beside_a_sign_counts_as_it_does_in_a_verdict(small: Ruleset) -> None:
    doubt = without(weak="unsure")
    for sign in signs(triage(doubt, rules=small), small):
        for name, (urgency, see) in sign.outcomes.items():
            then = triage({**doubt, name: True}, rules=small)
            assert isinstance(then, Referral)
            assert (then.urgency, then.see) == (urgency, see)


def test_of_one_sentence_for_two_findings_the_more_urgent_speaks() -> None:
    chilly = edited("watch.toml", 'findings = ["numb", "weak"]', 'findings = ["numb", "chills"]')
    rules = small_rules({"watch.toml": chilly["watch.toml"].replace('["fever", "chills"]', '["fever"]')})
    today, _ = lines(triage(CALM, rules=rules))
    assert today == "Today, if this is new. Quack today.\n- the tail gets hot\n- the tail goes numb or weak"


def test_a_pack_without_signs_says_its_own_lines_only() -> None:
    rules = small_rules({"watch.toml": None})
    assert triage(CALM, rules=rules).safety_net == ("If it gets worse: Quack loudly.",)


def test_somebody_shows_each_emergency_that_one_answer_makes() -> None:
    space = space_of(RULES)
    person = emergency_by(space, "saddle_numbness")
    assert person is not None
    assert emergency_by(space, "leg_swelling") is None
    known = {name for each in RULES.watch for name in each.findings} | UNWATCHED
    raising = [name for name, each in RULES.findings.items() if each.polarity == "raises"]
    alone = {name for name in raising if emergency_by(space, name) is not None}
    assert len(alone) > 50
    assert alone <= known
    # nothing is named as left out that could be left out of that list too
    assert alone >= UNWATCHED
