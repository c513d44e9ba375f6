"""Completions: ways to answer the rest without contradiction, and the calmest of them."""

from __future__ import annotations

from itertools import product

import pytest

from sitriage import triage
from sitriage.completions import Completions, completions_of
from sitriage.conditions import NOT_APPLICABLE, Answer
from sitriage.evidence import read_answers
from sitriage.model import Ruleset
from sitriage.screen import rank_of
from tests.small_pack import FILES, small_rules
from tests.small_people import without

NO, _, UNSURE, YES = Answer


def of(small: Ruleset, given) -> Completions:
    return completions_of(small, read_answers(given, small))


def rank(small: Ruleset, answers) -> int:
    return max(rank_of(each, each.when.value(answers)) for flag in small.gated for each in flag.levels)


def fine(small: Ruleset, answers) -> bool:
    """Whether answers hold no contradiction, said in plain words rather than by the engine."""
    egg, week, drake = answers["egg"], answers["egg_week"], answers["kind"] == "drake"
    onset, age = answers["onset_age"], answers["age"]
    clash = answers["easing"] is YES and answers["worse"] is YES
    later = isinstance(onset, int) and isinstance(age, int) and onset > age
    unneeded = week == NOT_APPLICABLE and not (drake or egg is NO)
    return not (clash or later or (drake and egg is YES) or unneeded)


SAMPLES = [
    without("easing", "worse"),
    without("kind", "egg"),
    without("age", "onset_age"),
    without("fever", "numb", "weak", "night_pain", "easing", "worse"),
    without("easing", "checked", worse=True),
    without("worse", "night_pain", "swollen", "bitten", easing=True),
]


@pytest.mark.parametrize("given", SAMPLES, ids=lambda given: str(len(given)))
def test_the_base_is_the_calmest_completion(small: Ruleset, given) -> None:
    found = of(small, given)
    assert fine(small, found.base)
    everybody = [
        {**found.base, **dict(zip(found.missing, values, strict=True))}
        for values in product(*(small.domains[name] for name in found.missing))
    ]
    calmest = min(rank(small, each) for each in everybody if fine(small, each))
    assert found.lowest == calmest == rank(small, found.base)


@pytest.mark.parametrize("given", SAMPLES, ids=lambda given: str(len(given)))
def test_a_completion_is_found_in_a_box_exactly_where_there_is_one(small: Ruleset, given) -> None:
    found = of(small, given)
    for name in found.missing:
        for value in found.domain(name):
            settled = found.settle({name: (value,)})
            people = (
                {**found.base, **dict(zip(found.missing, values, strict=True)), name: value}
                for values in product(*(small.domains[each] for each in found.missing))
            )
            assert (settled is not None) == any(fine(small, each) for each in people)
            if settled is not None:
                assert settled[name] == value
                assert fine(small, settled)


def test_a_limit_on_the_rank_is_kept(small: Ruleset) -> None:
    found = of(small, without("fever", "numb", "weak"))
    assert found.settle({"fever": (YES,)}, 1) is None
    assert found.settle({"numb": (UNSURE, YES)}, 1) is None
    calm = found.settle({"numb": (NO,)}, 1)
    assert calm is not None
    assert rank(small, calm) == 0


def test_nobody_is_calmer_than_the_calmest(small: Ruleset) -> None:
    found = of(small, without("weak", fever=True))
    assert found.lowest == rank(small, found.base) > 0
    assert found.settle({}, found.lowest) is None
    assert found.settle({}, found.lowest + 1) is not None


def test_a_change_that_must_be_free_of_conflict_too_is_honoured(small: Ruleset) -> None:
    found = of(small, without("easing", "worse"))
    settled = found.settle({"easing": (YES,)}, also={"worse": (YES,)})
    assert settled is None
    settled = found.settle({"easing": (UNSURE, NO)}, also={"worse": (YES,)})
    assert settled is not None
    assert settled["easing"] is not YES


def test_only_what_was_left_open_is_missing(small: Ruleset) -> None:
    assert of(small, without("fever", "side")).missing == ("fever", "side")
    assert of(small, without()).missing == ()
    assert of(small, without("egg")).missing == ("egg", "egg_week")


def test_a_known_answer_has_one_value_and_a_box_narrows_the_rest(small: Ruleset) -> None:
    found = of(small, without("numb"))
    assert found.domain("weak") == (NO,)
    assert found.domain("numb") == (NO, UNSURE, YES)
    assert found.within({"numb": (YES,)})("numb") == (YES,)
    assert found.within({"numb": (YES,)})("weak") == (NO,)


def test_a_conflict_that_is_there_already_forbids_nothing(small: Ruleset) -> None:
    found = of(small, without("fever", age=3, onset_age=4))
    assert found.settle({"fever": (YES,)}) is not None
    assert len(found.forbidden) < len(small.forbidden)


def test_only_levels_that_may_still_be_reached_are_kept(small: Ruleset) -> None:
    found = of(small, without("severity"))
    assert [each.id for each in found.levels] == ["strong_pain:same_day"]
    assert [each.id for each in found.reading("severity")] == ["strong_pain:same_day"]
    assert found.reading("numb") == ()


def test_contradictions_that_leave_nobody_forbid_nothing() -> None:
    """Else whoever was not asked of fever would be taken for somebody without it, and be sent to exercise."""
    nobody = "".join(
        f'[[contradiction]]\nid = "{name}"\nboth.all = [{when}]\nbecause = "No."\n\n'
        for name, when in (("with", '"fever", "cold_skin"'), ("without", '{ not = "fever" }, "splinted"'))
    )
    rules = small_rules({"contradictions.toml": nobody + FILES["contradictions.toml"]})
    given = without("fever", cold_skin=True, splinted=True)
    found = of(rules, given)
    assert found.forbidden == ()
    assert found.lowest == 0
    assert found.settle({"fever": (YES,)}) is not None
    verdict = triage(given, rules=rules)
    assert verdict.provisional
    assert verdict.open_questions == ("fever",)
    assert verdict.urgency_range[1] == triage({**given, "fever": True}, rules=rules).urgency
