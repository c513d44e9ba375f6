"""The people of people.json: accounts of strangers with what a careful reader would accept.

Everything they did not say is a no. The seven founding people get exactly their programmes.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from sitriage import Prescription, Programme, Referral, Urgency, Verdict, triage
from tests.shipped.calm import NO, PEOPLE

CASES = Path(__file__).parent.parent / "cases"
STRANGERS = PEOPLE["people"]
FOUNDING = PEOPLE["founding"]


def _by_id(people: list[dict[str, Any]]) -> list[Any]:
    return [pytest.param(each, id=each["id"]) for each in people]


def _verdict(person: dict[str, Any]) -> Verdict:
    return triage(NO | person["answers"])


def _given(verdict: Verdict) -> list[str]:
    return [each.exercise for each in verdict.prescriptions] if isinstance(verdict, Programme) else []


@pytest.mark.parametrize("person", _by_id(STRANGERS))
def test_the_urgency_is_one_that_a_careful_reader_accepts(person):
    verdict = _verdict(person)
    assert verdict.urgency in person["accepted"], verdict.path
    assert not verdict.provisional, verdict.open_questions


URGENT = [each for each in STRANGERS if min(map(Urgency, each["accepted"])) >= Urgency.SAME_DAY]


@pytest.mark.parametrize("person", _by_id(URGENT))
def test_nobody_who_must_be_seen_today_is_told_to_wait(person):
    assert _verdict(person).urgency >= min(map(Urgency, person["accepted"]))


@pytest.mark.parametrize("person", _by_id(STRANGERS))
def test_no_forbidden_exercise_and_the_wanted_ones(person):
    verdict = _verdict(person)
    if person["never"] == "any exercise":
        assert isinstance(verdict, Referral)
        return
    given = set(_given(verdict))
    assert given.isdisjoint(person["never"])
    if given:
        for group in person["one_of"]:
            assert given & set(group), group


@pytest.mark.parametrize("person", _by_id([each for each in STRANGERS if each["sides"]]))
def test_each_named_side_is_the_side_of_the_prescription(person):
    given = {each.exercise: each.side for each in _prescribed(person)}
    for exercise, words in person["sides"].items():
        if exercise in given:
            assert given[exercise] == _side_in(words), (exercise, words)


def _side_in(words: str) -> str:
    """The leg that does the named movement: it crosses, pushes through its heel, or is lifted."""
    if words.startswith("both sides"):
        return "each"
    doing = re.search(r"(?:push through|lift the) (left|right)|^(left|right)", words)
    assert doing, words
    return doing[1] or doing[2]


def _prescribed(person: dict[str, Any]) -> tuple[Prescription, ...]:
    verdict = _verdict(person)
    return verdict.prescriptions if isinstance(verdict, Programme) else ()


# the sides that the founding documents name for these seven
FOUNDING_SIDES = {
    "S1": {
        "lumbar_roll": "left",
        "figure_four": "left",
        "si_glute_bridge": "left",
        "side_plank_clam": "each",
    },
    "S2": {"knee_to_chest": "each", "figure_four": "each", "supine_twist": "each"},
    "S4": {
        "dontigny_knee_brace": "each",
        "inflare_correction": "left",
        "plank_leg_lift": "right",
        "swiss_ball_superman": "right",
    },
    "S4-both": {"dontigny_knee_brace": "each", "plank_leg_lift": "symmetric", "swiss_ball_superman": "each"},
}


@pytest.mark.parametrize("person", _by_id([each for each in FOUNDING if each["id"] in FOUNDING_SIDES]))
def test_a_founding_person_moves_the_leg_that_the_documents_name(person):
    wanted = FOUNDING_SIDES[person["id"]]
    assert {each.exercise: str(each.side) for each in _prescribed(person)} == wanted


@pytest.mark.parametrize("person", _by_id(FOUNDING))
def test_a_founding_person_gets_exactly_the_programme(person):
    verdict = _verdict(person)
    assert isinstance(verdict, Programme), verdict.path
    moves = [each.exercise for each in verdict.prescriptions if each.phase != "warm_up"]
    assert moves == person["programme"]


def test_the_founding_people_are_the_seven_of_the_documents():
    assert len(FOUNDING) == 7
    assert len({tuple(each["programme"]) for each in FOUNDING}) == 7
    assert len({each["id"] for each in STRANGERS}) == len(STRANGERS) >= 36
    assert len(URGENT) >= 10


def test_strangers_with_common_pain_may_exercise(capsys):
    verdicts = {each["id"]: _verdict(each) for each in STRANGERS}
    shares = Counter(str(each.urgency) for each in verdicts.values())
    with capsys.disabled():
        print(f"\npeople.json, {len(verdicts)} people: {_in_words(shares)}")
    fit = [each["id"] for each in STRANGERS if "self_care" in each["accepted"]]
    helped = [name for name in fit if isinstance(verdicts[name], Programme)]
    assert fit
    assert len(helped) >= 0.85 * len(fit), sorted(set(fit) - set(helped))


def test_typical_people_may_exercise(capsys):
    base = tomllib.loads((CASES / "bases.toml").read_text("utf-8"))
    people = tomllib.loads((CASES / "typical.toml").read_text("utf-8"))["person"]
    verdicts = [triage(base[each["base"]] | each["answers"]) for each in people]
    shares = Counter(str(each.urgency) for each in verdicts)
    with capsys.disabled():
        print(f"\ntypical.toml, {len(verdicts)} people: {_in_words(shares)}")
    assert len(verdicts) >= 20
    assert shares["self_care"] >= 0.9 * len(verdicts)


def _in_words(shares: Counter[str]) -> str:
    total = shares.total()
    return ", ".join(f"{word} {shares[word]} ({shares[word] / total:.0%})" for word in map(str, Urgency))
