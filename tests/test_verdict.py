"""Verdicts as values: frozen, neither true nor false, copied, pickled, and read back from plain data."""

from __future__ import annotations

import copy
import json
import pickle

import attrs
import pytest

from sitriage import Programme, Referral, Urgency, triage
from sitriage.model import Ruleset
from sitriage.verdict import Dose
from tests.small_pack import CALM

PLANTED = "canary-7731"


@pytest.fixture
def programme(small: Ruleset) -> Programme:
    return triage(CALM, rules=small)


@pytest.fixture
def referral(small: Ruleset) -> Referral:
    return triage({"numb": True, "weak": "unsure", "side": "left", "age": 40}, rules=small)


@pytest.fixture(params=["programme", "referral"])
def verdict(request: pytest.FixtureRequest) -> Programme | Referral:
    return request.getfixturevalue(request.param)


def test_the_two_samples_are_the_two_kinds(programme, referral) -> None:
    assert type(programme) is Programme
    assert type(referral) is Referral


def test_a_verdict_is_neither_true_nor_false(verdict) -> None:
    with pytest.raises(TypeError, match="neither true nor false"):
        bool(verdict)


def test_nothing_of_a_verdict_can_be_changed(verdict) -> None:
    for field in attrs.fields(type(verdict)):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(verdict, field.name, None)
    with pytest.raises(AttributeError):
        verdict.unknown = 1


def test_a_verdict_holds_only_values_that_cannot_be_changed(verdict) -> None:
    hash(verdict)
    todo = [verdict]
    while todo:
        value = todo.pop()
        if attrs.has(type(value)):
            todo += [getattr(value, field.name) for field in attrs.fields(type(value))]
        elif isinstance(value, tuple):
            todo += value
        else:
            assert isinstance(value, (str, int, bool)), type(value)


def test_copies_and_pickles_are_equal_and_of_the_same_kind(verdict) -> None:
    for again in (copy.copy(verdict), copy.deepcopy(verdict), pickle.loads(pickle.dumps(verdict))):
        assert again == verdict
        assert type(again) is type(verdict)
        assert again.urgency is verdict.urgency


def test_a_verdict_survives_json(verdict) -> None:
    written = json.dumps(verdict.to_dict())
    assert json.loads(written)["kind"] == type(verdict).__name__.lower()
    again = type(verdict).from_dict(json.loads(written))
    assert again == verdict
    assert type(again) is type(verdict)
    assert json.dumps(again.to_dict()) == written


def test_plain_data_holds_plain_values_only(verdict) -> None:
    todo = [verdict.to_dict()]
    while todo:
        value = todo.pop()
        if isinstance(value, dict):
            todo += [*value.keys(), *value.values()]
        elif isinstance(value, (list, tuple)):
            todo += value
        else:
            assert type(value) in (str, int, bool) or isinstance(value, str), type(value)


def test_answers_in_a_record_keep_their_kind(referral) -> None:
    answers = dict(Referral.from_dict(json.loads(json.dumps(referral.to_dict()))).record.answers)
    assert answers == {"numb": True, "weak": "unsure", "side": "left", "age": 40}
    assert answers["numb"] is True


def test_the_record_repeats_the_verdict(small, verdict) -> None:
    assert triage(dict(verdict.record.answers), rules=small) == verdict
    assert verdict.record.hash == small.hash
    assert verdict.record.version == small.version


def test_one_kind_does_not_read_the_other(programme, referral) -> None:
    with pytest.raises(ValueError, match="kind"):
        Programme.from_dict(referral.to_dict())
    with pytest.raises(ValueError, match="kind"):
        Referral.from_dict(programme.to_dict())


@pytest.mark.parametrize(
    "data", [None, [], "programme", {}, {"kind": None}, {"kind": "verdict"}, {"kind": []}]
)
def test_data_without_a_known_kind_is_refused(data) -> None:
    with pytest.raises(ValueError, match="`kind` must be one of programme, referral"):
        Programme.from_dict(data)


@pytest.mark.parametrize(
    "change",
    [
        {"urgency": PLANTED},
        {"provisional": 1},
        {"provisional": "true"},
        {"minutes": 6.0},
        {"headline": None},
        {"prescriptions": []},
        {"urgency": "soon"},
        {"provisional": True},
        {"extra": PLANTED},
        {"urgency_range": ["self_care"]},
        {"record": {"version": "1", "hash": "2", "answers": [["numb", PLANTED, 3]]}},
        {"record": {"version": "1", "hash": "2", "answers": [["numb", None]]}},
        {"record": {"version": "1", "hash": "2", "answers": [["numb", 1.5]]}},
    ],
)
def test_changed_data_is_refused_without_echoing_it(programme, change) -> None:
    with pytest.raises(ValueError, match="not a verdict that `to_dict` wrote") as caught:
        Programme.from_dict({**programme.to_dict(), **change})
    assert caught.value.__cause__ is None
    assert PLANTED not in str(caught.value)


def test_data_with_a_key_less_is_refused(programme) -> None:
    for key in attrs.fields_dict(Programme):
        short = {name: value for name, value in programme.to_dict().items() if name != key}
        with pytest.raises(ValueError, match="not a verdict"):
            Programme.from_dict(short)


@pytest.mark.parametrize(
    "change", [{"urgency": Urgency.ROUTINE}, {"provisional": True}, {"prescriptions": ()}]
)
def test_a_programme_is_self_care_never_provisional_and_never_empty(programme, change) -> None:
    with pytest.raises(ValueError, match="a programme is"):
        attrs.evolve(programme, **change)


def test_a_programme_stays_safe_where_the_host_switches_validators_off(programme) -> None:
    with attrs.validators.disabled(), pytest.raises(ValueError, match="a programme is"):
        attrs.evolve(programme, provisional=True)


def test_a_referral_is_at_least_routine(referral) -> None:
    with pytest.raises(ValueError, match="at least routine"):
        attrs.evolve(referral, urgency=Urgency.SELF_CARE)


def test_a_verdict_prints_its_whole_text(verdict) -> None:
    assert str(verdict) == verdict.text()
    assert verdict.headline in str(verdict)
    assert verdict.text("gb") != verdict.text()


def test_a_dose_needs_repetitions_sets_and_times_a_day() -> None:
    assert Dose(reps=1, sets=1, per_day=1).hold_s == 0
    with pytest.raises(TypeError):
        Dose(reps=1, sets=1)  # type: ignore[call-arg]
