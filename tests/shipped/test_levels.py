"""Every level of every red flag and gate: it fires where its condition holds, and only there.

Generated from the conditions. A true set is a smallest set of answers that makes the condition hold; it
is laid over a calm person, moved out one answer at a time, made unsure, and left unasked.
"""

from __future__ import annotations

from functools import partial

import pytest

from sitriage import Programme, Referral, Urgency, triage
from sitriage.evidence import read_answers
from sitriage.screen import fired
from tests.shipped.calm import (
    CALM,
    RULES,
    all_levels,
    boxes_of,
    calmest,
    consistent,
    given,
    holds,
    names_fired,
    outside,
    sets_of,
    settled,
    turns,
    urgency_of,
)

# D-1, and nothing else: what an unsure answer is worth
LOWERED = {"emergency": "emergency", "same_day": "soon", "soon": "routine", "routine": "routine"}

# D-1: in these counted criteria an unsure answer is not counted
SIGNS = {
    "wakes_second_half_of_night", "buttock_pain", "better_with_movement", "better_with_nsaids",
    "family_history_spondyloarthritis", "inflammatory_arthritis", "heel_pain", "psoriasis", "age_at_onset",
}  # fmt: skip
COUNTED = {
    "inflammatory_four_signs:routine": SIGNS,
    "inflammatory_three_signs:routine": SIGNS,
    "inflammatory_back_pain:routine": {
        "age_at_onset", "insidious_onset", "better_with_movement", "not_better_with_rest",
        "better_on_getting_up", "morning_stiffness_over_30_min", "wakes_second_half_of_night",
        "alternating_buttock_pain",
    },
    "slow_infection:soon": {
        "night_sweats", "unexplained_weight_loss", "feels_unwell", "tb_or_brucella_exposure",
    },
    "two_fracture_signs:same_day": {"age", "major_trauma", "minor_trauma", "long_term_steroids"},
}  # fmt: skip

# D-1: before anything else, unsure is read as yes
READ_AS_YES = {
    "fever", "chills", "pregnant", "could_be_pregnant", "blood_thinner", "cancer_history", "spine_metastases",
}  # fmt: skip

LEVELS = [pytest.param(level, id=level.id) for _, level in all_levels()]


def test_the_calm_person_gets_a_programme_on_which_nothing_fires():
    verdict = triage(CALM)
    assert isinstance(verdict, Programme)
    assert not fired(RULES, read_answers(CALM, RULES).values)
    assert verdict.open_questions == ()
    assert verdict.conflicts == ()


def test_the_findings_read_as_yes_when_unsure_are_those_of_the_decision():
    assert {each.id for each in RULES.findings.values() if each.unsure_is_yes} == READ_AS_YES


@pytest.mark.parametrize("level", LEVELS)
def test_a_level_fires_on_each_of_its_true_sets(level):
    sets = sets_of(level.when)
    assert sets, "no answers make this level fire"
    decided = 0
    for _, answers in sets:
        verdict = triage(settled(answers))
        assert isinstance(verdict, Referral), answers
        assert level.id in verdict.path, answers
        reached = [urgency_of(step) for step in verdict.path[1:]]
        # nothing here is unsure or missing, so the verdict is the highest level and no more
        assert verdict.urgency == max(reached) >= level.urgency, answers
        assert verdict.conflicts == (), answers
        assert verdict.urgency_range == (verdict.urgency, verdict.urgency), answers
        decided += verdict.urgency == level.urgency
        if reached.count(verdict.urgency) == 1 and verdict.urgency == level.urgency:
            assert verdict.see == level.see, answers
    # a level that is always under a higher one could be left out
    assert decided or any(_calmest(answers) == level.urgency for _, answers in sets), (
        "always under a higher one"
    )


def _calmest(answers):
    """The lowest urgency of anybody who gives these answers."""
    return triage(calmest(answers)).urgency


@pytest.mark.parametrize("level", LEVELS)
def test_a_level_is_silent_once_one_answer_is_moved_out(level):
    for box, answers in sets_of(level.when):
        person = settled(answers)
        for name, allowed in box.items():
            for value in outside(name, allowed):
                evidence = read_answers(given(person | {name: value}), RULES)
                # some neighbours of a set lie in another set of the same level
                expected = holds(level.when, evidence)
                names = {each.level.id for each in fired(RULES, evidence.values)}
                assert (level.id in names) == expected, (answers, name, value)


@pytest.mark.parametrize("level", LEVELS)
def test_every_finding_that_a_level_reads_can_turn_it_on_and_off(level):
    names = {name for box in boxes_of(level.when) for name in box}
    stuck = {name for name in names if not any(map(partial(_differ, level.id), turns(level.when, name)))}
    assert stuck == set()


def _differ(level_id, pair):
    on, off = pair
    return level_id in names_fired(on) and level_id not in names_fired(off)


@pytest.mark.parametrize("level", LEVELS)
def test_unsure_answers_lead_at_least_to_the_lowered_urgency(level):
    for _, answers in sets_of(level.when)[::2]:
        person = settled(answers)
        if "pregnancy_week" in answers:
            # a week that is unsure says nothing of a pregnancy that was not said
            person["pregnant"] = True
        counted = COUNTED.get(level.id, set())
        plain = [name for name in answers if name not in counted]
        for chosen in [plain, *([name] for name in plain)]:
            verdict = triage(person | dict.fromkeys(chosen, "unsure"))
            if not chosen:
                continue
            assert isinstance(verdict, Referral), (answers, chosen)
            assert level.id in verdict.path, (answers, chosen)
            sure = all(name in READ_AS_YES or RULES.findings[name].polarity == "reassures" for name in chosen)
            wanted = level.urgency if sure else Urgency(LOWERED[level.urgency])
            assert verdict.urgency >= wanted, (answers, chosen)


@pytest.mark.parametrize("level", [each for each in LEVELS if each.id in COUNTED])
def test_unsure_signs_are_not_counted(level):
    for _, answers in sets_of(level.when):
        person = settled(answers)
        signs = [name for name in answers if name in COUNTED[level.id]]
        verdict = triage(person | dict.fromkeys(signs, "unsure"))
        assert signs
        assert level.id not in verdict.path, answers


@pytest.mark.parametrize("level", LEVELS)
def test_a_true_set_that_was_not_asked_leaves_no_programme(level):
    asked = 0
    for _, answers in sets_of(level.when)[::2]:
        person = consistent(settled(answers))
        left = {name: value for name, value in person.items() if name not in answers}
        verdict = triage(left)
        assert level.id not in verdict.path, answers
        screen = {name for name in answers if RULES.findings[name].need == "screen"}
        if not screen:
            continue
        asked += 1
        assert isinstance(verdict, Referral), answers
        assert screen & set(verdict.open_questions) or verdict.urgency >= level.urgency, answers
        assert verdict.provisional or verdict.urgency >= level.urgency, answers
        # the person who was left out is one of those who may stand behind the missing answers
        assert verdict.urgency_range[1] >= level.urgency, answers
        assert verdict.urgency_range[0] <= verdict.urgency, answers
    assert asked


def test_no_level_lacks_a_true_set():
    assert [level.id for _, level in all_levels() if not boxes_of(level.when)] == []
