"""Causes that fit: wording only, the best fit first, and never a word of the decision."""

from __future__ import annotations

import attrs

from sitriage import triage
from sitriage.causes import fitting_causes
from sitriage.evidence import read_answers
from sitriage.model import Ruleset
from tests.small_pack import CALM, FILES, edited, small_rules
from tests.small_people import verdict_key, without


def fits(small: Ruleset, given) -> list[str]:
    return [fit.cause for fit in fitting_causes(small, read_answers(given, small))]


def test_nothing_fits_a_calm_duck(small: Ruleset) -> None:
    assert fits(small, CALM) == []


def test_a_cause_needs_more_for_it_than_against_it(small: Ruleset) -> None:
    assert fits(small, {**CALM, "swollen": True}) == ["sprain"]
    assert fits(small, {**CALM, "swollen": True, "fever": True}) == []
    assert fits(small, {**CALM, "swollen": True, "bitten": True, "fever": True}) == ["chill", "sprain"]


def test_a_cause_is_named_only_where_it_can_be(small: Ruleset) -> None:
    assert "egg_ache" not in fits(small, {**CALM, "swollen": True})
    assert "egg_ache" not in fits(small, {**CALM, "swollen": True, "egg": "unsure"})
    assert "egg_ache" in fits(small, {**CALM, "swollen": True, "egg": True})


def test_the_best_fit_comes_first_and_equal_ones_by_name(small: Ruleset) -> None:
    assert fits(small, {**CALM, "bitten": True}) == ["chill", "sprain"]
    assert fits(small, {**CALM, "bitten": True, "swollen": True}) == ["sprain", "chill"]


def test_a_strong_sign_counts_twice(small: Ruleset) -> None:
    assert fits(small, {**CALM, "swollen": True, "egg": True}) == ["egg_ache", "sprain"]
    both = {**CALM, "bitten": True, "cold_skin": True, "numb": True}
    assert fits(small, both) == ["chill", "sprain"]
    # two for the chill and one strong sign against it: as much against as for
    assert fits(small, {**both, "weak": True}) == ["sprain"]
    assert fits(small, {**both, "weak": True, "chills": True}) == ["chill", "sprain"]


def test_a_number_may_be_a_sign(small: Ruleset) -> None:
    assert fits(small, {**CALM, "age": 69}) == []
    (chill,) = fitting_causes(small, read_answers({**CALM, "age": 70}, small))
    assert (chill.cause, chill.supporting) == ("chill", ("age",))
    asked = without("age", cold_skin=True)
    (chill,) = fitting_causes(small, read_answers(asked, small))
    assert chill.unconfirmed == ("age",)


def test_a_number_that_only_a_cause_reads_makes_no_band(small: Ruleset) -> None:
    bare = small_rules({name: None for name in FILES if name.startswith("causes/")})
    assert small.domains == bare.domains


def test_what_was_denied_speaks_neither_for_a_cause_nor_against_it() -> None:
    file = "causes/sprain.toml"
    sign = '{ all = ["swollen", { not = "numb" }, { any = ["bitten", "weak"] }] }'
    rules = small_rules(edited(file, '["swollen", "bitten"]', f"[{sign}]"))
    given = {**CALM, "swollen": True, "bitten": True}
    (sprain,) = [fit for fit in fitting_causes(rules, read_answers(given, rules)) if fit.cause == "sprain"]
    assert sprain.supporting == ("bitten", "swollen")
    assert "sprain" not in fits(rules, {**given, "numb": True})


def test_a_cause_is_named_by_what_was_said_and_not_by_what_it_implies() -> None:
    # in the pack a bitten tail is a fragile one
    rules = small_rules(edited("causes/chill.toml", '"cold_skin", "bitten", "chills",', '"fragile",'))
    (chill,) = [
        each
        for each in fitting_causes(rules, read_answers({**CALM, "bitten": True}, rules))
        if each.cause == "chill"
    ]
    assert chill.supporting == ("bitten",)


def test_a_fit_says_what_is_for_it_against_it_and_unconfirmed(small: Ruleset) -> None:
    given = without("bitten", swollen=True, chills="unsure", cold_skin=True)
    (sprain,) = [fit for fit in fitting_causes(small, read_answers(given, small)) if fit.cause == "sprain"]
    assert (sprain.supporting, sprain.conflicting, sprain.unconfirmed) == (("swollen",), (), ("bitten",))
    assert (sprain.label, sprain.sentence) == ("A Sprain", "The pattern fits a sprain.")
    assert (sprain.does, sprain.rows, sprain.sources) == ("So you rest the tail.", ("R7",), ("S1",))
    (chill,) = [fit for fit in fitting_causes(small, read_answers(given, small)) if fit.cause == "chill"]
    assert (chill.supporting, chill.unconfirmed) == (("cold_skin",), ("bitten", "chills"))


def test_at_most_five_causes_are_named(small: Ruleset) -> None:
    many = {f"c{n}": attrs.evolve(small.causes["sprain"], id=f"c{n}") for n in range(9)}
    assert fits(attrs.evolve(small, causes=many), {**CALM, "swollen": True}) == ["c0", "c1", "c2", "c3", "c4"]


def test_causes_never_decide(small: Ruleset) -> None:
    bare = attrs.evolve(small, causes={})
    for given in (CALM, without("fever"), without(numb=True), {}):
        verdict, plain = triage(given, rules=small), triage(given, rules=bare)
        assert verdict_key(verdict) == verdict_key(plain)
        assert verdict.open_questions == plain.open_questions
