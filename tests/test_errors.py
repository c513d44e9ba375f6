"""Faults, the two errors that carry them, and the hints for misspelt words."""

from __future__ import annotations

import copy
import pickle

import pytest

from sitriage import AnswerError, RulesError, SitriageError
from sitriage.errors import Fault, did_you_mean

FAULTS = (Fault("fever", "expected true or false"), Fault("", "unknown finding `x`", ("y",)))


@pytest.mark.parametrize("kind", [AnswerError, RulesError])
def test_an_error_prints_one_line_for_each_fault(kind) -> None:
    error = kind(FAULTS)
    assert str(error) == "fever: expected true or false\nunknown finding `x`"
    assert error.faults == FAULTS
    assert isinstance(error, SitriageError)


def test_answers_and_rules_are_different_mistakes() -> None:
    assert not issubclass(AnswerError, RulesError)
    assert not issubclass(RulesError, AnswerError)


def test_an_error_takes_its_faults_from_any_iterable() -> None:
    assert AnswerError(iter(FAULTS)).faults == FAULTS


@pytest.mark.parametrize("kind", [AnswerError, RulesError])
def test_an_error_survives_pickling_and_copying_with_its_faults(kind) -> None:
    for again in (pickle.loads(pickle.dumps(kind(FAULTS))), copy.deepcopy(kind(FAULTS))):
        assert type(again) is kind
        assert again.faults == FAULTS
        assert str(again) == str(kind(FAULTS))


def test_faults_sort_by_place_and_cannot_be_changed() -> None:
    assert sorted([Fault("b", "x"), Fault("a", "y")]) == [Fault("a", "y"), Fault("b", "x")]
    with pytest.raises(AttributeError):
        FAULTS[0].what = "else"  # type: ignore[misc]


def test_a_near_word_is_suggested() -> None:
    assert did_you_mean("fevr", ["fever", "chills"]) == ("; did you mean `fever`?", ("fever",))


def test_two_near_words_are_both_suggested() -> None:
    hint, near = did_you_mean("leg_pain", ["left_leg_pain", "leg_pains", "fever"])
    assert set(near) == {"left_leg_pain", "leg_pains"}
    assert " or " in hint


def test_without_a_near_word_there_is_no_hint() -> None:
    assert did_you_mean("banana", ["fever", "chills"]) == ("", ())


def test_a_very_long_word_is_cut_before_it_is_compared() -> None:
    assert did_you_mean("fever" + "x" * 10**6, ["fever"]) == ("", ())
