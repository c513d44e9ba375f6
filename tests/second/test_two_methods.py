"""The two methods say the same: of every law, of every planted fault, and of people that z3 draws."""

from __future__ import annotations

from random import Random

import attrs
import pytest
import z3

from sitriage.load import ruleset_from
from sitriage.model import Ruleset
from sitriage.prove.catalogue import SAFETY, prove
from tests.second.answers import Pack, shipped_files
from tests.second.encoding import Person
from tests.second.faults import BREAKS, DANGLING, FAULTS, MISTAKES, Fault
from tests.second.laws import LAWS, ask, world_of
from tests.second.people import disagreements, drawing_solver, foretold, random_hints, somebody

# once is enough: it is about the rules and the engine, not about how they are installed
pytestmark = pytest.mark.checkout

PEOPLE = 100
FILES = shipped_files()
PACK = Pack(FILES)
BY_NAME = {law.name: law for law in LAWS}
SHARED = (
    "a verdict for everybody", "one verdict each", "danger never calms", "unknown is never no",
    "doubt opens nothing", "danger opens nothing", "what is withheld is not given", "mirror",
)  # fmt: skip
"""Laws that both methods know, by their names. Reasons, sides and doses are no part of the encoding."""


@pytest.fixture(scope="module")
def drawn() -> tuple[Person, list[z3.ModelRef]]:
    """People of every kind: most contradict nothing, and many get exercises."""
    person, random = Person(PACK, "x"), Random(20)
    solver = drawing_solver(person)
    models = []
    for count in range(PEOPLE):
        wishes = random_hints(person, random)
        if count % 10:
            wishes.insert(0, z3.Not(person.conflict))
        models.append(somebody(solver, wishes))
    return person, models


def test_the_engine_says_what_the_encoding_foretells_of_people_drawn_at_random(drawn, rules):
    person, models = drawn
    people = [foretold(model, person) for model in models]
    assert [disagreements(rules, told) for told in people] == [[]] * PEOPLE
    # of every kind
    calm = [told for told in people if not told.conflict]
    assert {told.urgency for told in calm} == {"self_care", "routine", "soon", "same_day", "emergency"}
    assert len({told.leaf for told in calm if told.urgency == "self_care"}) >= 12
    assert sum("unsure" in told.answers.values() for told in calm) > PEOPLE / 2
    assert sum(not told.asked for told in calm) > PEOPLE / 10
    assert any(told.conflict for told in people)


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda kind: kind.__name__)
def test_an_encoding_with_a_mistake_disagrees_with_the_engine(mistake, drawn, rules):
    wrong = mistake(PACK, "x")
    assert any(disagreements(rules, foretold(model, wrong)) for model in drawn[1])


@pytest.mark.parametrize("mistake", BREAKS, ids=lambda kind: kind.__name__)
def test_an_encoding_with_a_mistake_breaks_its_law(mistake):
    assert not ask(BY_NAME[BREAKS[mistake]], world_of(PACK, mistake)).holds


def test_unsure_below_no_is_found():
    denied = FAULTS["a danger is denied in a definition"].planted(FILES)
    assert not ask(BY_NAME["unsure is never below no"], world_of(Pack(denied))).holds


def test_every_law_is_broken_by_something():
    broken = {fault.law for fault in (*FAULTS.values(), DANGLING)} | set(BREAKS.values())
    assert broken | {"unsure is never below no"} == set(BY_NAME)


def broken_by_proof(rules: Ruleset) -> set[str]:
    return {proof.law.name for proof in prove(rules, SAFETY) if not proof.holds} & set(SHARED)


def broken_by_z3(pack: Pack) -> set[str]:
    world = world_of(pack)
    return {name for name in SHARED if not ask(BY_NAME[name], world).holds}


def test_both_methods_know_these_laws(rules):
    assert {proof.law.name for proof in prove(rules, SAFETY)} >= set(SHARED) <= set(BY_NAME)


def test_both_methods_find_no_breach_in_the_shipped_rules(rules):
    assert broken_by_proof(rules) == broken_by_z3(PACK) == set()


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_both_methods_find_the_planted_fault_and_no_other(fault: Fault):
    files = fault.planted(FILES)
    assert broken_by_proof(ruleset_from(files)) == broken_by_z3(Pack(files)) == {fault.law}


def test_both_methods_find_a_branch_to_nowhere(rules):
    pattern = tuple(
        attrs.evolve(node, yes="nowhere") if node.yes == "S4c" else node for node in rules.pattern
    )
    changed = attrs.evolve(rules, pattern=pattern)
    assert broken_by_proof(changed) == broken_by_z3(Pack(DANGLING.planted(FILES))) == {DANGLING.law}
