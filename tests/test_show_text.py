"""A verdict as plain text: whole, with its safety lines, and the contact lines of a region."""

from __future__ import annotations

import attrs
import pytest

from sitriage import Dose, Side, Urgency, load_rules, triage
from sitriage.model import Ruleset
from sitriage.show.dose import dose_text
from sitriage.show.text import verdict_text, why_text
from tests.small_pack import CALM
from tests.small_people import without


def flat(text: str) -> str:
    """The text in one line, so that a sentence may be looked for."""
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("dose", "side", "text"),
    [
        (Dose(reps=5, sets=1, per_day=1), Side.EACH, "5 times on each side, once a day"),
        (Dose(reps=5, sets=3, per_day=2), Side.RIGHT, "5 times, 3 rounds, 2 times a day"),
        (Dose(reps=5, sets=1, per_day=1, days_per_week=4), Side.RIGHT, "5 times, every other day"),
        (
            Dose(reps=5, sets=1, per_day=2, days_per_week=3),
            Side.RIGHT,
            "5 times, 2 times a day, on 3 days a week",
        ),
        (
            Dose(reps=5, sets=1, per_day=1, days_per_week=2),
            Side.RIGHT,
            "5 times, once a day, on 2 days a week",
        ),
        (Dose(reps=2, sets=1, per_day=1, hold_s=1), Side.RIGHT, "2 times, hold 1 second, once a day"),
        (
            Dose(reps=4, sets=1, per_day=1, hold_s=5, rest_s=6, effort_percent=30),
            Side.SYMMETRIC,
            "4 times, hold 5 seconds, rest 6 seconds between, push with no more than 30 % of your strength, "
            "once a day",
        ),
    ],
)
def test_a_dose_is_said_in_words(dose: Dose, side: Side, text: str) -> None:
    assert dose_text(dose, side) == text


def test_the_text_of_a_programme_holds_all_of_it(small: Ruleset) -> None:
    verdict = triage({**CALM, "fragile": True, "cold_skin": True, "swollen": True}, rules=small)
    text = flat(verdict_text(verdict))
    for each in verdict.prescriptions:
        assert each.label in text
        assert dose_text(each.dose, each.side) in text
        assert dose_text(each.target, each.side) in text
        assert all(step in text for step in each.steps)
    for line in (
        *verdict.stop_rules,
        *verdict.avoid,
        *verdict.self_care,
        *verdict.review,
        *verdict.safety_net,
        verdict.headline,
        verdict.note,
    ):
        assert flat(line) in text
    for each in verdict.withheld:
        assert f"{each.label}. {each.reasons[0].sentence}" in text
    assert text.count("Why this form: Your bones are fragile.") == 1
    assert f"About {verdict.minutes} minutes after you have warmed up." in text


def test_a_dose_to_work_up_to_is_said_only_where_it_is_another(small: Ruleset) -> None:
    verdict = triage({**CALM, "egg": True, "egg_week": 4}, rules=small)
    same = attrs.evolve(verdict.prescriptions[0], target=verdict.prescriptions[0].dose)
    more = attrs.evolve(same, target=attrs.evolve(same.dose, reps=same.dose.reps + 1))
    for each, times in ((same, 0), (more, 1)):
        text = verdict_text(attrs.evolve(verdict, prescriptions=(each,)))
        assert text.count("Work up to: ") == times


def test_the_text_of_a_referral_holds_all_of_it(small: Ruleset) -> None:
    verdict = triage({"fever": True, "swollen": True}, rules=small)
    text = flat(verdict_text(verdict))
    for line in (
        verdict.headline,
        f"Who: {verdict.who}. {verdict.how}",
        *verdict.tell_them,
        *verdict.meanwhile,
        *verdict.safety_net,
        *(reason.sentence for reason in verdict.reasons),
        verdict.note,
    ):
        assert flat(line) in text
    for question in verdict.still_to_ask:
        assert question in text


def test_of_many_open_questions_the_first_are_shown_and_the_rest_counted(small: Ruleset) -> None:
    verdict = triage({}, rules=small)
    assert len(verdict.still_to_ask) == 5
    assert verdict.still_to_ask[0] == small.findings[verdict.open_questions[0]].question
    assert f"- and {len(verdict.open_questions) - 5} more\n" in verdict_text(verdict)


def test_causes_are_shown_as_a_fit_and_never_as_a_diagnosis(small: Ruleset) -> None:
    text = verdict_text(triage({**CALM, "swollen": True}, rules=small))
    assert (
        "\nPatterns that fit (this is not a diagnosis)\n"
        "- A Sprain. The pattern fits a sprain. So you rest the tail.\n\n" in text
    )
    assert "attern" not in verdict_text(triage(CALM, rules=small))


def test_the_three_best_causes_are_shown(small: Ruleset) -> None:
    many = {f"c{n}": attrs.evolve(small.causes["sprain"], id=f"c{n}", does=f"Does {n}.") for n in range(9)}
    verdict = triage({**CALM, "swollen": True}, rules=attrs.evolve(small, causes=many))
    assert len(verdict.causes) == 5
    text = verdict_text(verdict)
    assert [n for n in range(9) if f"Does {n}." in text] == [0, 1, 2]


def test_a_sentence_is_said_once_even_where_two_levels_say_it(small: Ruleset) -> None:
    text = verdict_text(triage({**CALM, "fever": True, "numb": True}, rules=small))
    assert text.count("Because of this: hot duck.") == 1


def test_a_reason_that_two_exercises_share_is_said_at_the_first(small: Ruleset) -> None:
    verdict = triage({**CALM, "fragile": True, "checked": True}, rules=small)
    fragile = "Your bones are fragile."
    sharing = [each for each in verdict.prescriptions if fragile in {why.sentence for why in each.reasons}]
    assert len(sharing) == 2
    assert verdict_text(verdict).count(f"Why this form: {fragile}") == 1


def test_no_line_is_longer_than_the_page_and_none_ends_in_a_space(small: Ruleset) -> None:
    for given in (CALM, {}, {**CALM, "fragile": True}, {"numb": True, "weak": True}):
        lines = verdict_text(triage(given, rules=small)).split("\n")
        assert max(map(len, lines)) <= 88
        assert not any(line != line.rstrip() for line in lines)
        assert lines[-1] == ""
        assert lines[-2]


def test_the_lines_of_a_region_take_the_place_of_the_international_ones(small: Ruleset) -> None:
    verdict = triage({**CALM, "fever": True}, rules=small)
    text = verdict_text(verdict, "gb")
    assert "Who: urgent care. Call 111." in text
    assert "If it goes numb: Call 999." in text
    assert "If it gets worse: Call 999." in text
    assert "Quack" not in text
    assert verdict_text(verdict) == verdict_text(verdict, "international")


def test_a_region_changes_no_other_word(small: Ruleset) -> None:
    verdict = triage({**CALM, "fever": True}, rules=small)
    british, other = verdict_text(verdict, "gb"), verdict_text(verdict)
    assert british.replace("Call 111.", "Quack today.").replace("Call 999.", "Quack loudly.") == other


def test_an_unknown_region_is_refused_with_those_there_are(small: Ruleset) -> None:
    with pytest.raises(ValueError, match="there are international, gb"):
        verdict_text(triage(CALM, rules=small), "moon")


@pytest.mark.parametrize(
    ("region", "emergency", "urgent"),
    [("gb", "999", "111"), ("us", "911", "urgent care"), ("eu", "112", "116 117")],
)
def test_the_shipped_rules_know_the_lines_of_three_regions(region, emergency, urgent) -> None:
    assert emergency in triage({"saddle_numbness": True}).text(region)
    assert urgent in flat(triage({"fever": True}).text(region))
    assert len(load_rules().contacts) == 4


def test_why_shows_path_reasons_rows_sources_and_what_is_open(small: Ruleset) -> None:
    verdict = triage({"fever": True}, rules=small)
    text = why_text(verdict)
    assert text.startswith("Verdict: same_day\nPath: screen:same_day > hot:same_day\n")
    hot = "- hot:same_day: Because of this: hot duck.\n    answers: fever = yes\n    rows: R2a, R2\n"
    assert f"{hot}    sources: S1\n" in text
    assert "it could still be anything from same_day to emergency." in text
    assert f"Open questions ({len(verdict.open_questions)}):" in text
    assert all(name in text for name in verdict.open_questions)
    assert text.endswith("\nNo vet has signed this.\n")


def test_why_says_nothing_of_open_questions_where_none_is_left(small: Ruleset) -> None:
    text = why_text(triage(CALM, rules=small))
    assert "Open questions" not in text
    assert "could still be" not in text
    assert "Path: screen:clear > N1 > N3 > gentle" in text


def test_why_explains_each_exercise_what_was_left_out_and_what_fits(small: Ruleset) -> None:
    verdict = triage({**CALM, "fragile": True, "swollen": True, "can_balance": False}, rules=small)
    text = flat(why_text(verdict))
    for each in verdict.prescriptions:
        assert f"- {each.label}: {each.rung}, " in text
        assert dose_text(each.dose, each.side) in text
    things = (*verdict.prescriptions, *verdict.withheld, *verdict.warm_up, *verdict.also)
    for reason in (*verdict.reasons, *(reason for each in things for reason in each.reasons)):
        assert f"- {reason.rule}: {reason.sentence}" in text
        assert all(row in text for row in (*reason.rows, *reason.sources))
    assert " - Flap - fragile: Your bones are fragile. rows: R6 sources: S1" in text.partition("Left out:")[2]
    assert "Patterns that fit: " in text
    assert "- sprain: The pattern fits a sprain. answers: swollen = yes rows: R7 sources: S1" in text


def test_why_shows_the_answers_given_and_what_was_not_asked(small: Ruleset) -> None:
    text = flat(why_text(triage({**CALM, "severity": 9, "fever": "unsure"}, rules=small)))
    assert "answers: severity = 9" in text
    assert "answers: fever = unsure" in text
    assert "not asked: " in flat(why_text(triage({"fever": True}, rules=small)))


def test_why_says_the_codes_of_the_path_in_words_where_it_knows_them(small: Ruleset) -> None:
    text = why_text(triage(CALM, rules=small), {"N1": "an egg? no"})
    assert "\n  - N1: an egg? no\n\nReasons:" in text


def test_texts_of_equal_verdicts_are_equal(small: Ruleset) -> None:
    verdict = triage({"fever": True}, rules=small)
    assert verdict_text(attrs.evolve(verdict)) == verdict_text(verdict)


def test_what_more_answers_could_make_of_it_is_said_at_the_worst(small: Ruleset) -> None:
    worst = {
        Urgency.SOON: "something to be seen within days",
        Urgency.SAME_DAY: "something to be seen today",
        Urgency.EMERGENCY: "an emergency",
    }
    fever = {"fever": False, "chills": False}
    seen = set()
    for answers in ({}, {**without("severity"), **fever}, {**without("worse", "checked")}, CALM):
        verdict = triage(answers, rules=small)
        high = verdict.urgency_range[1]
        said = " ".join(str(verdict).split())
        if verdict.provisional and high > verdict.urgency:
            seen.add(high)
            assert f"This is not final: your other answers could still make it {worst[high]}." in said
        else:
            assert "not final" not in said
    assert seen == set(worst)
