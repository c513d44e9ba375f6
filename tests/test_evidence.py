"""Answers read strictly; implications that only raise; contradictions read the cautious way."""

from __future__ import annotations

import math
import pickle
import traceback
from collections.abc import Iterator, Mapping
from types import MappingProxyType

import pytest

from sitriage import AnswerError, triage
from sitriage.conditions import NOT_APPLICABLE, NOT_ASKED, Answer
from sitriage.evidence import read_answers
from sitriage.load import ruleset_from
from sitriage.model import Ruleset
from tests.small_pack import CALM, FILES, edited, pack, small_rules

CANARY = "canary-7731"


def values(small: Ruleset, **answers):
    return read_answers(answers, small).values


def faults(small: Ruleset, answers) -> list[str]:
    with pytest.raises(AnswerError) as caught:
        read_answers(answers, small)
    # what is no fault of one finding stands nowhere in particular
    assert all(fault.where in ("", *small.findings) for fault in caught.value.faults)
    return [str(fault) for fault in caught.value.faults]


def test_each_kind_of_answer_has_its_value(small) -> None:
    read = values(small, numb=True, weak=False, swollen="unsure", age=40, severity="unsure", side="left")
    assert read["numb"] is Answer.YES
    assert read["weak"] is Answer.NO
    assert read["swollen"] is Answer.UNSURE
    assert (read["age"], read["severity"], read["side"]) == (40, "unsure", "left")


def test_what_was_not_asked_stays_not_asked(small) -> None:
    read = read_answers({}, small)
    assert read.values["numb"] is Answer.NOT_ASKED
    assert read.values["age"] == NOT_ASKED
    assert all(read.missing(name) for name in small.findings)


def test_the_number_one_is_an_answer(small) -> None:
    assert not read_answers({"egg_week": 1, "severity": 1}, small).missing("severity")


@pytest.mark.parametrize(
    ("answers", "name", "unknown"),
    [
        ({}, "numb", True),
        ({}, "age", True),
        ({"numb": "unsure"}, "numb", True),
        ({"age": "unsure"}, "age", True),
        ({"numb": False}, "numb", False),
        ({"age": 2}, "age", False),
    ],
)
def test_what_is_missing_or_unsure_is_unknown(small, answers, name, unknown) -> None:
    assert read_answers(answers, small).unknown(name) is unknown


def test_the_least_and_the_greatest_number_are_answers(small) -> None:
    assert [values(small, age=age)["age"] for age in (0, 120)] == [0, 120]


def test_unsure_is_yes_only_where_the_rules_say_so(small) -> None:
    read = values(small, fever="unsure", chills="unsure")
    assert read["fever"] is Answer.YES
    assert read["chills"] is Answer.UNSURE


def test_any_mapping_will_do_and_is_left_as_it_was(small) -> None:
    given = {"numb": True}
    assert read_answers(MappingProxyType(given), small) == read_answers(given, small)
    assert given == {"numb": True}


def test_the_answers_are_kept_in_one_order(small) -> None:
    first, second = {"numb": True, "age": 3}, {"age": 3, "numb": True}
    assert read_answers(first, small).answers == read_answers(second, small).answers


YES_NO = 'true, false or "unsure"'
SIDES = 'one of "left", "right", "both", "midline", "unsure"'


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        *(("numb", bad, YES_NO) for bad in ("no", "true", "yes", "", 0, 1, 1.0, b"no", [], {}, math.nan)),
        ("numb", None, "leave the key out if it was not asked"),
        *(
            ("age", bad, "a whole number from 0 to 120 (years)")
            for bad in (44.0, True, False, "44", -1, 121, 10**30, math.nan, math.inf, [44], {"min": 4})
        ),
        ("age", None, "leave the key out if it was not asked"),
        *(("side", bad, f"side: expected {SIDES}") for bad in ("Left", "", True, 1, ["left"])),
        ("side", None, "leave the key out"),
    ],
)
def test_an_unreadable_answer_is_named_with_what_would_be_readable(small, key, value, words) -> None:
    (fault,) = faults(small, {key: value})
    assert fault.startswith(f"{key}: ")
    assert words in fault


@pytest.mark.parametrize("unsure", [type("Word", (str,), {})("unsure"), "Unsure", "UNSURE", "?"])
def test_only_the_plain_word_unsure_is_unsure(small, unsure) -> None:
    (fault,) = faults(small, {"numb": unsure})
    assert YES_NO in fault


def test_an_unknown_finding_is_named_with_a_suggestion(small) -> None:
    assert faults(small, {"nmub": True}) == ["unknown finding `nmub`; did you mean `numb`?"]
    with pytest.raises(AnswerError) as caught:
        read_answers({"swolen": True}, small)
    assert caught.value.faults[0].suggestions == ("swollen",)


@pytest.mark.parametrize(
    "key", [1, None, True, ("numb",), b"numb", "", "no spaces", "naïve", "a\nb", "a" * 61, 1.5]
)
def test_a_key_that_is_no_finding_id_is_not_repeated(small, key) -> None:
    assert faults(small, {key: True}) == ["a key of the answers is not a finding id"]


class Word(str):
    """A text that may do anything when it is compared."""


def test_a_key_that_only_looks_like_a_finding_id_is_none(small) -> None:
    assert faults(small, {Word("numb"): True}) == ["a key of the answers is not a finding id"]


@pytest.mark.parametrize("answers", [None, [], "numb", 3, [("numb", True)], {"numb"}])
def test_answers_that_are_no_mapping_are_refused(small, answers) -> None:
    assert faults(small, answers) == ["the answers must be a mapping of finding ids to answers"]


class Failing(Mapping[str, bool]):
    def __getitem__(self, key: str) -> bool:
        raise OSError("the disk is gone")

    def __iter__(self) -> Iterator[str]:
        return iter(["numb"])

    def __len__(self) -> int:
        return 1


class Endless(Failing):
    """Counts how often it was asked for another answer."""

    asked = 0

    def __getitem__(self, key: str) -> bool:
        return True

    def __iter__(self) -> Iterator[str]:
        while self.asked < 5000:
            self.asked += 1
            yield f"finding_{self.asked}"


def test_a_mapping_that_fails_is_refused_without_its_error(small) -> None:
    assert faults(small, Failing()) == ["the mapping of answers cannot be read; give a dict"]


def test_no_more_than_a_thousand_answers_are_read(small) -> None:
    every = Endless()
    assert faults(small, every) == ["at most 1000 answers are read; give each finding once"]
    # one more than allowed is enough to refuse them
    assert every.asked == 1001
    assert len(faults(small, {f"finding_{each}": True for each in range(1000)})) == 1000


def test_twenty_unknown_findings_get_a_suggestion_each_and_more_get_none(small) -> None:
    unknown = [f"swollen{letter}" for letter in "abcdefghijklmnopqrstu"]
    # known findings do not count, nor does what is no finding id
    few = faults(small, {**CALM, 1: True, **dict.fromkeys(unknown[:20], True)})
    assert few[1:] == [f"unknown finding `{each}`; did you mean `swollen`?" for each in unknown[:20]]
    assert faults(small, dict.fromkeys(unknown, True)) == [f"unknown finding `{each}`" for each in unknown]


def test_all_faults_are_told_at_once_and_sorted(small) -> None:
    found = faults(small, {"weak": "no", "numb": 1, "nmub": True, 3: True, "age": True})
    assert len(found) == 5
    assert found == faults(small, {"age": True, 3: True, "nmub": True, "numb": 1, "weak": "no"})


def test_one_bad_answer_is_enough_for_no_verdict(small) -> None:
    with pytest.raises(AnswerError):
        triage({**CALM, "numb": "no"}, rules=small)


@pytest.mark.parametrize("value", [CANARY, [CANARY], {CANARY: 1}, (CANARY,), CANARY.encode()])
@pytest.mark.parametrize("key", ["numb", "age", "side"])
def test_a_bad_answer_is_never_repeated_anywhere(small, key, value) -> None:
    with pytest.raises(AnswerError) as caught:
        triage({key: value}, rules=small)
    error = caught.value
    said = [
        str(error),
        repr(error),
        repr(error.args),
        repr(error.faults),
        repr(error.__cause__),
        repr(error.__context__),
        "".join(traceback.format_exception(error)).replace(repr(value), ""),
        repr(pickle.loads(pickle.dumps(error)).args),
    ]
    assert CANARY not in " ".join(said)
    assert CANARY.encode() not in pickle.dumps(error)


def test_an_implication_raises_what_was_denied_or_not_asked(small) -> None:
    assert values(small, bitten=True)["fragile"] is Answer.YES
    assert values(small, bitten=True, fragile=False)["fragile"] is Answer.YES
    assert values(small, bitten="unsure", fragile=False)["fragile"] is Answer.UNSURE


def test_an_implication_never_lowers(small) -> None:
    assert values(small, bitten=False, fragile=True)["fragile"] is Answer.YES
    assert values(small, bitten="unsure", fragile=True)["fragile"] is Answer.YES
    assert values(small, bitten=False)["fragile"] is Answer.NOT_ASKED


def test_an_implied_unsure_is_yes_where_unsure_is_yes() -> None:
    rules = small_rules(edited("implications.toml", 'finding = "fragile"', 'finding = "fever"'))
    assert values(rules, bitten="unsure")["fever"] is Answer.YES
    assert values(rules, bitten="unsure", fever=False)["fever"] is Answer.YES


def implying(*entries: str) -> Ruleset:
    """The small rules with these implications in the place of theirs."""
    _, *others = FILES["implications.toml"].partition("[[not_applicable]]")
    added = "".join(f"[[implies]]\n{each}\n\n" for each in entries)
    return ruleset_from(pack({"implications.toml": added + "".join(others)}))


def test_a_definition_may_imply_a_finding() -> None:
    rules = implying('finding = "fragile"\nwhen.any = ["nerve_sign"]')
    assert read_answers({"numb": True}, rules).values["fragile"] is Answer.YES


@pytest.mark.parametrize("turn", [1, -1])
def test_a_chain_of_implications_is_followed_in_any_order_of_the_file(turn: int) -> None:
    chain = ('finding = "fragile"\nwhen.any = ["cold_skin"]', 'finding = "cold_skin"\nwhen.any = ["bitten"]')
    values = read_answers({"bitten": True}, implying(*chain[::turn])).values
    assert (values["cold_skin"], values["fragile"]) == (Answer.YES, Answer.YES)


def test_what_is_denied_or_not_asked_implies_nothing() -> None:
    for finding in ("fragile", "fever"):
        rules = small_rules(edited("implications.toml", 'finding = "fragile"', f'finding = "{finding}"'))
        for answers in ({}, {"bitten": False}):
            assert values(rules, **answers)[finding] is Answer.NOT_ASKED
            assert values(rules, **answers, **{finding: False})[finding] is Answer.NO


def test_what_cannot_apply_counts_as_no_where_it_was_not_asked(small) -> None:
    read = read_answers({"egg": False}, small)
    assert read.values["egg_week"] == NOT_APPLICABLE
    assert not read.missing("egg_week")


def test_one_thing_that_cannot_apply_settles_the_next(small) -> None:
    read = values(small, kind="drake")
    assert read["egg"] is Answer.NO
    assert read["egg_week"] == NOT_APPLICABLE


CHAIN = """[[not_applicable]]
when.any = [{ not = "swollen" }]
findings = ["night_pain"]

[[not_applicable]]
when.any = [{ not = "egg" }]
findings = ["swollen"]

[[not_applicable]]
when.any = [{ finding = "kind", is = ["drake"] }]
findings = ["egg"]
"""


def test_a_chain_of_what_cannot_apply_is_followed_to_its_end() -> None:
    read = values(small_rules({"implications.toml": CHAIN}), kind="drake")
    assert [read[name] for name in ("egg", "swollen", "night_pain")] == [Answer.NO] * 3


@pytest.mark.parametrize("kind", ["hen", "unsure"])
def test_what_may_apply_stays_open(small, kind) -> None:
    read = read_answers({"kind": kind}, small)
    assert read.missing("egg")
    assert read.missing("egg_week")


def test_a_yes_to_what_cannot_apply_still_counts_and_is_asked_again(small) -> None:
    read = read_answers({"kind": "drake", "egg": True}, small)
    assert read.values["egg"] is Answer.YES
    (conflict,) = read.conflicts
    assert conflict.id == "not_applicable:egg"
    assert conflict.findings == ("egg", "kind")
    assert conflict.sentence == "egg: this does not fit with other answers"


def test_a_contradiction_drops_what_would_reassure(small) -> None:
    read = read_answers({"easing": True, "worse": True}, small)
    assert read.values["easing"] is Answer.NO
    assert read.values["worse"] is Answer.YES
    (conflict,) = read.conflicts
    assert (conflict.id, conflict.findings) == ("easing_and_worse", ("easing", "worse"))
    assert conflict.sentence == "It is easing and getting worse."


def test_numbers_that_contradict_each_other_are_a_conflict(small) -> None:
    assert [each.id for each in read_answers({"age": 3, "onset_age": 4}, small).conflicts] == [
        "began_after_now"
    ]
    assert read_answers({"age": 4, "onset_age": 4}, small).conflicts == ()


def test_doubt_is_no_contradiction(small) -> None:
    read = read_answers({"easing": True, "worse": "unsure"}, small)
    assert read.conflicts == ()
    assert read.values["easing"] is Answer.YES


def test_the_answers_are_kept_as_they_were_given(small) -> None:
    given = {"kind": "drake", "egg": True, "easing": True, "worse": True, "bitten": True}
    assert dict(read_answers(given, small).answers) == given


def test_the_values_do_not_appear_in_the_repr(small) -> None:
    assert "40" not in repr(read_answers({"age": 40}, small))


def test_a_machine_without_memory_is_no_mistake_of_the_answers(small) -> None:
    class Exhausted(dict):
        def __getitem__(self, key):
            raise MemoryError

    with pytest.raises(MemoryError):
        read_answers(Exhausted(numb=True), small)
