"""The interview as a host uses it: answers in any order, doubt, skips, changes, and why it stops."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

import pytest

from sitriage import AnswerError, Interview, load_rules, triage
from sitriage.conditions import NOT_APPLICABLE
from sitriage.interview.policy import next_items
from sitriage.interview.screen import MOST_ITEMS
from sitriage.model import Ruleset
from sitriage.verdict import AnswerValue
from tests.small_pack import CALM, edited, small_rules
from tests.small_people import spoken, verdict_key, without

Truth = Mapping[str, AnswerValue]


def held(interview: Interview, truth: Truth) -> Interview:
    """The interview to its end, with somebody to whom this is true."""
    screens = 0
    while (question := interview.question) is not None:
        answered, _, at_most = interview.progress
        assert 0 < len(question.items) <= MOST_ITEMS
        assert at_most > 0
        interview = interview.answer({name: truth[name] for name in question.items})
        screens += 1
        assert interview.progress.answered == answered + 1
        assert screens <= 2 * len(interview.rules.findings)
    return interview


def somebody(random: Random, small: Ruleset) -> dict[str, AnswerValue]:
    every = {
        name: [each for each in domain if each != NOT_APPLICABLE] for name, domain in small.domains.items()
    }
    changed = random.sample(sorted(every), random.choice((1, 2, 4, 23)))
    return {"egg_week": 2, **CALM, **{name: spoken(random.choice(every[name])) for name in changed}}


# ---------------------------------------------------------------- from the first question to the end


@pytest.mark.parametrize("seed", range(40))
def test_the_end_is_the_verdict_of_the_full_answers(small: Ruleset, seed: int) -> None:
    truth = somebody(Random(seed), small)
    interview = held(Interview(rules=small), truth)
    assert interview.verdict == triage(interview.answers, rules=small)
    meant = {name: truth[name] for name in truth if _applies(name, interview)}
    full = triage(meant, rules=small)
    if full.conflicts == interview.verdict.conflicts:
        assert verdict_key(full) == verdict_key(interview.verdict)


def _applies(name: str, interview: Interview) -> bool:
    return name in interview.answers or interview._evidence.missing(name)


@pytest.mark.parametrize("seed", range(20))
def test_the_order_of_the_answers_changes_nothing(small: Ruleset, seed: int) -> None:
    random = Random(seed)
    said = dict(random.sample(sorted(somebody(random, small).items()), 9))
    together = Interview(said, rules=small)
    one_by_one = Interview(rules=small)
    for name in random.sample(sorted(said), len(said)):
        one_by_one = one_by_one.answer({name: said[name]})
    assert one_by_one.verdict == together.verdict
    assert one_by_one.question == together.question
    assert one_by_one.urgency_range == together.urgency_range
    assert one_by_one.why_stop == together.why_stop
    assert one_by_one.progress[1:] == together.progress[1:]


def test_going_back_undoes_a_step_and_changes_nothing_that_is_kept(small: Ruleset) -> None:
    start = Interview({"kind": "hen"}, rules=small)
    after = start.answer({"numb": True})
    assert after.back() == start
    assert after.skip().back() == after
    assert start.back().back() == Interview(rules=small)
    assert after.answers == {"kind": "hen", "numb": True}


def test_a_changed_answer_is_the_same_as_if_it_was_given_first(small: Ruleset) -> None:
    fresh = Interview({"numb": True, "weak": False}, rules=small)
    changed = Interview({"numb": False, "weak": True}, rules=small).answer({"numb": True, "weak": False})
    assert changed.verdict == fresh.verdict
    assert changed.question == fresh.question
    assert changed.urgency_range == fresh.urgency_range


def test_what_was_volunteered_is_not_asked(small: Ruleset) -> None:
    interview = Interview({"severity": 2, "side": "left", "fever": False}, rules=small)
    asked = set[str]()
    while interview.question:
        asked |= set(interview.question.items)
        interview = interview.answer({name: CALM[name] for name in interview.question.items})
    assert asked.isdisjoint({"severity", "side", "fever"})
    assert interview.why_stop is not None
    assert interview.why_stop.code == "settled"


def test_answers_that_were_not_asked_for_are_taken(small: Ruleset) -> None:
    interview = Interview(rules=small)
    assert interview.question is not None
    assert "splinted" not in interview.question.items
    assert interview.answer({"splinted": True}).answers == {"splinted": True}


# ---------------------------------------------------------------- skips and doubt


def test_a_skipped_screen_is_never_asked_again_and_leaves_it_open(small: Ruleset) -> None:
    interview, asked = Interview(rules=small), list[str]()
    while interview.question:
        asked += interview.question.items
        interview = interview.skip()
    assert len(asked) == len(set(asked))
    assert interview.why_stop is not None
    assert interview.why_stop.code == "left_open"
    assert interview.why_stop.closed == ()
    assert interview.verdict.provisional
    assert interview.skip() == interview
    assert interview.progress[1:] == (0, 0)


def test_single_findings_may_be_left_open(small: Ruleset) -> None:
    interview = Interview(rules=small).skip("severity")
    while interview.question:
        assert "severity" not in interview.question.items
        interview = interview.skip()
    with pytest.raises(AnswerError):
        interview.skip("pain")


def test_what_was_skipped_may_still_be_answered(small: Ruleset) -> None:
    interview = Interview(rules=small).skip().answer({"severity": 9})
    assert interview.verdict.urgency == "same_day"


def test_unsure_is_an_answer_and_not_asked_again(small: Ruleset) -> None:
    interview = Interview(rules=small)
    while interview.question:
        items = interview.question.items
        interview = interview.answer(dict.fromkeys(items, "unsure"))
        assert interview.question is None or not set(items) & set(interview.question.items)


def test_contradicting_answers_are_asked_once_more(small: Ruleset) -> None:
    interview = Interview(without("egg_week", easing=True, worse=True), rules=small)
    while interview.question and interview.question.reason != "again":
        interview = interview.answer({name: CALM[name] for name in interview.question.items})
    assert interview.question is not None
    assert set(interview.question.items) == {"easing", "worse"}
    assert "do not fit together" in interview.question.why
    right = interview.answer({"easing": True, "worse": False})
    assert right.done
    assert right.verdict.conflicts == ()
    for stubborn in (interview.answer({"easing": True, "worse": True}), interview.skip()):
        assert stubborn.done
        assert stubborn.verdict.provisional


# ---------------------------------------------------------------- why it stops


def test_an_emergency_stops_at_once(small: Ruleset) -> None:
    interview = Interview({"numb": True, "weak": True}, rules=small)
    assert interview.done
    assert interview.question is None
    assert interview.why_stop is not None
    assert interview.why_stop.code == "emergency"
    assert interview.why_stop.sentence == small.texts.stop_emergency
    assert interview.urgency_range == ("emergency", "emergency")


def test_the_proof_names_every_level_above_the_verdict(small: Ruleset) -> None:
    stop = Interview(CALM, rules=small).why_stop
    assert stop is not None
    assert stop.sentence == small.texts.stop_settled
    proof = {each.level: each.findings for each in stop.closed}
    levels = [level.id for flag in small.gated for level in flag.levels]
    assert list(proof) == levels
    assert ("chills", "fever") in proof.values()
    soon = Interview({**CALM, "weak": True}, rules=small)
    assert soon.why_stop is not None
    assert len(soon.why_stop.closed) < len(levels)


def test_there_is_no_reason_to_stop_while_there_is_a_question(small: Ruleset) -> None:
    assert Interview(rules=small).why_stop is None
    assert not Interview(rules=small).done


# ---------------------------------------------------------------- what cannot be read


@pytest.mark.parametrize("bad", [{}, [], None, "numb", {"pain": True}, {"numb": 1}, {"severity": 99}])
def test_what_cannot_be_read_is_refused_and_nothing_is_lost(small: Ruleset, bad: object) -> None:
    interview = Interview({"numb": True}, rules=small)
    with pytest.raises(AnswerError):
        interview.answer(bad)  # type: ignore[arg-type]
    assert interview == Interview({"numb": True}, rules=small)


def test_answers_at_the_start_are_read_strictly(small: Ruleset) -> None:
    with pytest.raises(AnswerError):
        Interview({"pain": True}, rules=small)


# ---------------------------------------------------------------- questions


def test_a_list_is_asked_group_by_group_and_none_is_a_no_to_all(small: Ruleset) -> None:
    question = Interview(without("numb", "weak", "bitten"), rules=small).question
    assert question is not None
    assert question.kind == "list"
    assert question.id == f"danger:{question.items[0]}"
    assert dict(question.none) == dict.fromkeys(question.items, False)
    assert question.text == "Is any of this there?"
    assert question.why == "It may be dangerous."
    assert [part.section for part in question.parts] == ["Is any of this there?"] * len(question.parts)
    first = question.parts[0]
    assert first.choices == ((True, "yes"), (False, "no"), ("unsure", "not sure"))
    assert first.text == small.findings[first.id].question


def test_a_list_of_several_groups_has_a_sentence_of_its_own(small: Ruleset) -> None:
    question = Interview(rules=small).question
    assert question is not None
    assert len({part.section for part in question.parts}) > 1
    assert question.text == small.texts.ask_list
    assert question.why == small.texts.why_danger


def test_a_single_number_is_asked_by_its_own_question(small: Ruleset) -> None:
    question = Interview(without("severity"), rules=small).question
    assert question is not None
    assert (question.kind, question.items) == ("number", ("severity",))
    (part,) = question.parts
    assert (part.min, part.max, part.unit) == (0, 10, "points")
    assert part.choices == (("unsure", "not sure"),)
    assert question.text == part.text
    assert dict(question.none) == {}


def test_choices_have_their_labels() -> None:
    labels = edited(
        "findings/side.toml", 'rows = ["R1"]', 'choice_labels = { left = "left wing" }\nrows = ["R1"]'
    )
    question = Interview(without("side"), rules=small_rules(labels)).question
    assert question is not None
    assert question.parts[0].choices[0] == ("left", "left wing")
    assert question.parts[0].choices[1] == ("right", "right")


def test_numbers_and_lists_never_share_a_screen(small: Ruleset) -> None:
    interview = Interview(rules=small)
    while interview.question:
        kinds = {part.kind == "yes_no" for part in interview.question.parts}
        assert len(kinds) == 1
        interview = interview.skip()


# ---------------------------------------------------------------- the shipped rules


@pytest.fixture(scope="module")
def calm() -> Interview:
    """A settled interview: one answer alone is left open, so that it is quick."""
    rules = load_rules()
    yes_no = {name: False for name, each in rules.findings.items() if each.kind == "yes_no"}
    said = {**yes_no, "age": 40, "age_at_onset": 40, "sex": "male", "pain_side": "left", "pain_severity": 3}
    said |= {"si_region_pain": True, "duration_days": 10, "weeks_of_exercise": 0}
    asked = {name for name, each in rules.findings.items() if each.group in ("pregnancy", "pregnancy_danger")}
    said = {name: answer for name, answer in said.items() if name not in asked}
    return held(Interview(said, rules=rules), said)


def test_the_first_screens_hold_what_is_most_dangerous(rules: Ruleset) -> None:
    question = Interview({"age": 40, "sex": "male"}, rules=rules).question
    assert question is not None
    assert question.reason == "danger"
    assert len(question.items) == MOST_ITEMS


def test_who_is_settled_has_a_proof_for_each_level(calm: Interview) -> None:
    stop = calm.why_stop
    assert stop is not None
    assert stop.code == "settled"
    levels = [level.id for flag in calm.rules.gated for level in flag.levels]
    assert [each.level for each in stop.closed] == levels
    assert calm.urgency_range == ("self_care", "self_care")


def test_no_completion_of_a_settled_interview_differs(calm: Interview) -> None:
    known, random = calm._completions, Random(7)
    open_names = [name for name in known.missing if len(known.domain(name)) > 1]
    for _ in range(15):
        some = random.sample(open_names, min(3, len(open_names)))
        answers = known.settle({name: (random.choice(known.domain(name)),) for name in some})
        if answers is not None:
            said = {name: spoken(value) for name, value in answers.items() if value != NOT_APPLICABLE}
            told = {name: said[name] for name in {*calm.answers, *open_names} & said.keys()}
            assert verdict_key(triage(told, rules=calm.rules)) == verdict_key(calm.verdict)


def test_nothing_may_be_asked_in_an_emergency(rules: Ruleset) -> None:
    interview = Interview({"chest_pain": True}, rules=rules)
    assert next_items(interview._completions, frozenset(), frozenset()) is None
    assert interview.verdict.urgency == "emergency"
