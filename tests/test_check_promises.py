"""Checks of the promises: each name must exist; bad_rules/ holds one mistake of each kind in a file."""

from __future__ import annotations

import attrs
import pytest

from sitriage import RulesError
from sitriage.check_promises import WAYS, check_promises
from sitriage.conditions import Any, Has
from sitriage.load import ruleset_from
from sitriage.model import Ruleset
from sitriage.promises import ApartPromise, LeafPromise, LimitPromise, SidePromise
from tests.small_pack import FILES, edited, pack, small_rules

PROMISES = ("limits", "doses", "sides", "leaves", "apart", "urgency")


def found(rules: Ruleset, **change: object) -> list[tuple[str, str]]:
    changed = attrs.evolve(rules, **{f"promised_{name}": (each,) for name, each in change.items()})
    return [(problem.file, problem.what) for problem in check_promises(changed)]


def limit(**more: object) -> LimitPromise:
    return LimitPromise(rows=("R6",), column="anything at all", when=Has("fragile"), **more)


def side(**more: object) -> SidePromise:
    words = {"exercise": "flap", "phase": "stabilise", "one_sore": "other"}
    return SidePromise(
        rows=("R5",), **words | {"both": "each", "midline": "wag", "unsure": "left_out"} | more
    )


def test_the_small_pack_and_the_shipped_rules_have_no_problem(small: Ruleset, rules: Ruleset) -> None:
    assert list(check_promises(small)) == []
    assert list(check_promises(rules)) == []


def test_the_shipped_rules_hold_every_kind_of_promise(rules: Ruleset) -> None:
    assert all(getattr(rules, f"promised_{name}") for name in PROMISES)
    assert {each.exercise for each in rules.promised_doses} == set(rules.exercises)
    assert {each.programme for each in rules.promised_leaves} == set(rules.programmes)


def test_a_pack_may_promise_nothing() -> None:
    silent = small_rules({name: None for name in FILES if name.startswith("promises/")})
    assert all(getattr(silent, f"promised_{name}") == () for name in PROMISES)
    assert silent.domains == small_rules().domains


@pytest.mark.parametrize(
    "promise",
    [
        limit(),
        limit(allows={"wag": "withheld"}, when_cleared={"wag": "small"}, never={"lean": ("full",)}),
        limit(max_hold_s={"wag": 0}, max_effort_percent={"flap": 0}),
    ],
)
def test_a_limit_may_name_what_there_is(small: Ruleset, promise: LimitPromise) -> None:
    assert found(small, limits=promise) == []


@pytest.mark.parametrize(
    ("promise", "what"),
    [
        (limit(allows={"wagg": "full"}), "unknown exercise `wagg`; did you mean `wag`?"),
        (limit(when_cleared={"wag": "big"}), "`wag` has no rung `big`"),
        (limit(never={"wag": ("full", "smal")}), "`wag` has no rung `smal`; did you mean `small`?"),
        (limit(max_hold_s={"leap": 3}), "unknown exercise `leap`; did you mean `lean` or `flap`?"),
        (limit(max_effort_percent={"flap": -1}), "max_effort_percent is below 0"),
    ],
)
def test_a_limit_names_nothing_else(small: Ruleset, promise: LimitPromise, what: str) -> None:
    assert found(small, limits=promise) == [("promises/limits.toml", what)]


@pytest.mark.parametrize("word", WAYS)
def test_a_form_may_work_every_way(small: Ruleset, word: str) -> None:
    assert found(small, sides=side(rungs={"small": word})) == []


@pytest.mark.parametrize("key", ["both", "midline", "unsure"])
@pytest.mark.parametrize("word", ["sore", "other", "left", ""])
def test_without_one_sore_side_none_works_alone(small: Ruleset, key: str, word: str) -> None:
    ((file, what),) = found(small, sides=side(**{key: word}))
    assert file == "promises/sides.toml"
    assert what.startswith("expected each, symmetric, left_out or an exercise id")


def test_a_form_must_be_one_of_its_exercise(small: Ruleset) -> None:
    ((_, what),) = found(small, sides=side(rungs={"seated": "sore"}))
    assert what == "`flap` has no rung `seated`"


def test_the_forms_of_an_unknown_exercise_are_not_told_twice(small: Ruleset) -> None:
    ((_, what),) = found(small, sides=side(exercise="flapp", rungs={"seated": "sore"}))
    assert what == "unknown exercise `flapp`; did you mean `flap`?"


def test_a_leaf_may_give_an_exercise_twice_and_names_each_fault_once(small: Ruleset) -> None:
    twice = LeafPromise(rows=("R4",), programme="strong", may_give=("wag", "lean", "wag"))
    assert found(small, leaves=twice) == []
    wrong = attrs.evolve(twice, may_give=("wagg", "lean", "wagg"), forms={"lean": "sitting"})
    assert [what for _, what in found(small, leaves=wrong)] == [
        "unknown exercise `wagg`; did you mean `wag`?",
        "`lean` has no rung `sitting`",
    ]


def test_two_exercises_are_apart(small: Ruleset) -> None:
    apart = ApartPromise(rows=("R5",), exercises=("wag", "nod"))
    assert found(small, apart=apart) == []
    assert [what for _, what in found(small, apart=attrs.evolve(apart, exercises=("wag", "wag")))] == [
        "`exercises` names at least 2 of the exercises"
    ]


@pytest.mark.parametrize("name", PROMISES[:-2])
def test_every_kind_of_promise_was_read_somewhere(small: Ruleset, name: str) -> None:
    promise = attrs.evolve(getattr(small, f"promised_{name}")[0], rows=())
    ((_, what),) = found(small, **{name: promise})
    assert what.startswith("needs at least one row")


def test_what_only_a_promise_reads_is_read_by_no_rule() -> None:
    asked = FILES["findings/cold_skin.toml"].replace("cold skin", "wet feet")
    named = FILES["definitions/nerve_sign.toml"]
    alone = edited("promises/limits.toml", '"splinted"', '"wet_feet", "any_nerve"')
    with pytest.raises(RulesError) as caught:
        ruleset_from(pack({"findings/wet_feet.toml": asked, "definitions/any_nerve.toml": named} | alone))
    assert [fault.what for fault in caught.value.faults] == [
        "no rule uses `any_nerve`",
        "no rule reads `wet_feet`",
    ]


def test_a_promise_stands_for_what_its_names_stand_for(small: Ruleset) -> None:
    """Definitions and what implies a finding are inside its condition, as in a flag."""
    fragile = small.promised_limits[0].when
    assert fragile == small.columns["fragile"].when != Any((Has("fragile"),))
    emergency = next(each.when for each in small.red_flags["hot"].levels if each.urgency == "emergency")
    assert small.promised_urgency[1].when == emergency


def test_a_reassuring_answer_counts_only_if_it_is_sure() -> None:
    promise = '\n[[urgency]]\nrows = ["R2"]\nwhen.all = ["worse", { not = "checked" }]\nat_least = "soon"\n'
    rules = small_rules({"promises/urgency.toml": FILES["promises/urgency.toml"] + promise})
    assert rules.promised_urgency[-1].when == rules.red_flags["growing"].levels[0].when


def test_a_promise_tells_numbers_apart() -> None:
    """Else a law could not see the people between two bands."""
    promise = '\n[[urgency]]\nrows = ["R2"]\nwhen = { finding = "age", max = 3 }\nat_least = "routine"\n'
    rules = small_rules({"promises/urgency.toml": FILES["promises/urgency.toml"] + promise})
    assert 3 in rules.domains["age"]
    assert 3 not in small_rules().domains["age"]
