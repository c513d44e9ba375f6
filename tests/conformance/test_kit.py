"""The kit is of these rules, two implementations agree with it, and it kills every mutant that it names."""

from __future__ import annotations

from functools import cache
from itertools import islice
from random import Random

import pytest

from sitriage import Ruleset, load_rules, triage
from tests.conformance.functions import Hunt
from tests.conformance.kit import EQUIVALENT, LEAST, Kit, equivalents, read_kit, verdict_of
from tests.conformance.kit import FILE as KIT
from tests.conformance.mutants import Mutant, mutants, written
from tests.conformance.witness import differ, fate_of, seen_by
from tests.independent.differ import SHIPPED, expected
from tests.independent.differ import written as said
from tests.independent.evaluator import evaluate, load
from tests.independent.people import Maker

pytestmark = pytest.mark.checkout
AGAIN = "the rules changed: run `python -m tests.conformance`"


@cache
def kit() -> Kit:
    return read_kit()


@cache
def rules() -> Ruleset:
    return load_rules()


@cache
def hunt() -> Hunt:
    return Hunt(rules())


@cache
def every() -> dict[str, Mutant]:
    return {each.name: each for each in mutants(written())}


def test_the_kit_is_of_these_rules_and_large_enough() -> None:
    assert kit().data["hash"] == rules().hash, AGAIN
    assert len(kit().data["requests"]) >= LEAST
    assert KIT.stat().st_size < 2_000_000


def test_the_independent_evaluator_gives_every_verdict() -> None:
    pack = load(SHIPPED, as_built=True)
    for answers, verdict, _ in kit().requests:
        outcome = evaluate(pack, answers)
        assert outcome.provisional is not None
        assert verdict_of(expected(outcome)) == verdict, answers


def test_the_library_gives_the_verdicts_of_a_sample() -> None:
    for at in Random(1).sample(range(len(kit().data["requests"])), 400):
        answers, verdict, _ = kit().request(at)
        assert verdict_of(said(triage(answers, rules=rules()).to_dict())) == verdict, answers


def test_every_mutant_is_killed_or_proved_equivalent() -> None:
    killed, listed = kit().data["mutants"], equivalents()
    assert len({*killed}) == len(killed)
    assert not {*killed} & listed.keys()
    assert {*killed} | listed.keys() == every().keys(), f"{EQUIVALENT.name}: {AGAIN}"


def test_a_sample_of_mutants_is_killed() -> None:
    killers = {place: answers for answers, _, kills in kit().requests for place in kills}
    assert len(killers) == len(kit().data["mutants"])
    for place in Random(2).sample(sorted(killers), 60):
        mutant = every()[kit().data["mutants"][place]]
        before, after = (seen_by(each, killers[place]) for each in (rules(), mutant.rules(rules())))
        assert differ(before, after), mutant.name


def test_a_sample_of_the_equivalent_ones_is_proved_again() -> None:
    listed = equivalents()
    for name in Random(3).sample(sorted(listed), 30):
        assert fate_of(hunt(), every()[name]).proof == listed[name], name


def test_nobody_outside_the_changed_regions_gets_another_verdict() -> None:
    """The proofs rest on it: what the diagrams call the same is the same for everybody else."""
    chosen = [each for each in every().values() if each.site.kind != "level"]
    people, store = Maker(load(SHIPPED), 4).complete(), hunt().base.store
    for mutant in Random(4).sample(chosen, 60):
        changed = mutant.rules(rules())
        factors = (hunt().factor(mutant.site, each) for each in (rules(), changed))
        regions = list(hunt().regions(mutant, changed, store.differing(*factors)))
        for answers in islice(people, 12):
            before, after = (seen_by(each, answers) for each in (rules(), changed))
            if differ(before, after):
                states = hunt().states(answers)
                assert any(store.number(region, states) for region in regions), (mutant.name, answers)


def test_every_literal_decides_for_a_pair_of_people() -> None:
    """MC/DC: they differ in one answer, and so in what the condition decides; but for what others imply."""
    negated, implied = (
        {m.place: m for m in every().values() if m.change.endswith(" negated")},
        kit().data["implied"],
    )
    assert negated.keys() == {pair[0] for pair in kit().data["pairs"]} | {*implied}
    listed = {name: proof for name, proof in equivalents().items() if name.endswith(" dropped")}
    for place in implied:
        assert "factor" in {proof for name, proof in listed.items() if name.startswith(f"{place} ")}, place
    for place, finding, *pair, changes in kit().data["pairs"]:
        (first, verdict, _), (second, other, _) = (kit().request(at) for at in pair)
        assert {key for key in {*first, *second} if first.get(key) != second.get(key)} == {finding}
        mutant, states = negated[place], [hunt().states(each) for each in (first, second)]
        factor = hunt().factor(mutant.site, rules())
        without = hunt().factor(mutant.site, mutant.rules(rules()))
        numbers = [hunt().base.store.number(factor, each) for each in states]
        assert numbers[0] != numbers[1], place
        assert numbers[0] != hunt().base.store.number(without, states[0]), place
        assert (verdict != other) == changes
