"""T6 and T7: numbers and keys are read strictly; what is ambiguous is one AnswerError, never a guess.

T17: a verdict cannot be used as a truth, and its text always says when to get help.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from sitriage import AnswerError, Programme, Referral, Urgency, triage
from sitriage.cli.files import answers_from_json
from tests.small_pack import CALM


class Whole(int):
    """An int that lies about its size."""

    def __le__(self, other: object) -> bool:
        return True

    __ge__ = __lt__ = __gt__ = __le__


NUMBERS = [
    math.nan, math.inf, -math.inf, -1, 121, 10**400, -(10**4000), True, False, 44.0, 44.5,
    "44", "４２", "1_0", "٤٤", b"44", Decimal(44), Fraction(44), 44 + 0j, Whole(900), [44], (44,),
    {"age": 44}, None, object(), int, len,
]  # fmt: skip
JSON_NUMBERS = [
    "NaN", "Infinity", "-Infinity", "1e400", "-1e400", "44.0", "4.4e1", "1e2", "0x2c", "044", "+44", "44.",
    ".5",     "9" * 4000, "9" * 5000, "-0.0", "true", '"44"', "[44]", "null", "44 44", "４２",
]  # fmt: skip
KEYS = [
    {"fevr": True}, {"Fever": True}, {"fever ": True}, {"fever": None}, {"fever": "Unsure"}, {"fever": "yes"},
    {"side": "Left"}, {"fever": 1}, {"fever": 0}, {None: True}, {1: True}, {("fever",): True}, {"": True},
]  # fmt: skip

Read = Callable[[Mapping[Any, Any]], object]


def strictly(read: Read, answers: Mapping[Any, Any]) -> bool:
    """Whether the reader refuses the answers with the one typed error."""
    try:
        read(answers)
    except AnswerError as error:
        return str(error) == str(error).lstrip() and bool(error.faults)
    except Exception:
        return False
    return False


@pytest.mark.parametrize("number", NUMBERS, ids=lambda each: type(each).__name__)
def test_what_is_no_whole_number_in_range_is_refused(number: object, small) -> None:
    assert strictly(lambda answers: triage(answers, rules=small), {"age": number})


@pytest.mark.parametrize("answers", KEYS, ids=str)
def test_a_key_or_word_that_is_not_exact_is_refused(answers, small) -> None:
    assert strictly(lambda given: triage(given, rules=small), answers)


@pytest.mark.parametrize("number", JSON_NUMBERS, ids=lambda each: each[:8])
def test_the_same_in_json(number: str, small) -> None:
    def read(data: Mapping[Any, Any]) -> object:
        return triage(answers_from_json(data["text"]), rules=small)

    assert strictly(read, {"text": f'{{"age": {number}}}'.encode()})


def test_a_repeated_key_is_refused_wherever_it_stands(small) -> None:
    for text in (
        '{"fever": true, "fever": false}',
        '{"a": [{"b": 1, "b": 2}]}',
        '{"fev\\u0065r": 1, "fever": 2}',
    ):
        assert strictly(lambda data: answers_from_json(data["text"]), {"text": text.encode()})


@pytest.mark.slow
def test_naive_readers_fail_the_same_checks(small) -> None:
    """Negative control: what a quick reader would do, each caught many times by the lists above."""

    def guessing(answers: Mapping[Any, Any]) -> object:
        age = int(answers["age"])
        if not 0 <= age <= 120:
            raise AnswerError([])
        return age

    def dropping(answers: Mapping[Any, Any]) -> object:
        known = {key: value for key, value in answers.items() if key in small.findings}
        return triage({key: bool(value) for key, value in known.items() if key != "side"}, rules=small)

    assert sum(not strictly(guessing, {"age": each}) for each in NUMBERS) >= 10
    assert sum(not strictly(dropping, each) for each in KEYS) >= 10
    assert json.loads('{"fever": true, "fever": false}') == {"fever": False}
    assert math.isinf(json.loads("1e400"))


def test_a_misspelt_red_flag_is_never_dropped(small) -> None:
    fine = triage(CALM, rules=small)
    assert isinstance(fine, Programme)
    assert strictly(lambda given: triage(given, rules=small), {**CALM, "nmub": True})


def test_a_verdict_is_no_truth_and_its_text_says_when_to_get_help(small) -> None:
    for verdict in (triage(CALM, rules=small), triage({"numb": True}, rules=small)):
        with pytest.raises(TypeError, match=r"look at `verdict\.urgency`"):
            bool(verdict)
        text = verdict.text()
        said = [part for line in verdict.safety_net for part in line.splitlines()]
        assert all(part.split("{")[0] in text for part in said)
        assert not isinstance(verdict, Programme) or all(rule in text for rule in verdict.stop_rules)


def test_a_verdict_cannot_be_softened(small) -> None:
    verdict = triage({"numb": True, "weak": True}, rules=small)
    data = verdict.to_dict()
    for change in (
        {"urgency": "self_care"}, {"urgency": "Emergency"}, {"kind": "programme"}, {"extra": 1},
        {"provisional": "no"},         {"reasons": None}, {"safety_net": "x"}, {"urgency_range": ["soon"]},
    ):  # fmt: skip
        with pytest.raises(ValueError):  # noqa: PT011
            Referral.from_dict({**data, **change})
    for key in data:
        with pytest.raises(ValueError):  # noqa: PT011
            Referral.from_dict({name: value for name, value in data.items() if name != key})
    assert Referral.from_dict(data) == verdict
    assert verdict.urgency is Urgency.EMERGENCY
