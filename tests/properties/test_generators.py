"""The generators reach what the laws speak of; a law tested on nobody holds of nobody."""

from __future__ import annotations

from collections import Counter

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from sitriage import Ruleset, Urgency, load_rules
from sitriage.evidence import read_answers
from sitriage.programme import plan
from sitriage.screen import fired
from tests.strategies import (
    Person,
    cleared_people,
    levels_of,
    missing_in,
    near_misses,
    partial_people,
    people,
    people_of_level,
    uniform_people,
)

ENOUGH = 1500


def drawn(strategy: st.SearchStrategy[Person], count: int) -> list[Person]:
    """The first people that a strategy makes, without looking for the simplest."""
    kept: list[Person] = []

    @settings(max_examples=count, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(strategy)
    def keep(person: Person) -> None:
        kept.append(person)

    keep()
    return kept


def reached(crowd: list[Person], rules: Ruleset) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """How often each leaf, level and urgency was reached; a leaf counts for cleared people only."""
    leaves, levels, urgencies = Counter[str](), Counter[str](), Counter[str]()
    for person in crowd:
        values = read_answers(person, rules).values
        found = fired(rules, values)
        levels.update(each.level.id for each in found)
        urgencies[found[0].urgency if found else Urgency.SELF_CARE] += 1
        if not found:
            leaves[plan(rules, values).leaf] += 1
    return leaves, levels, urgencies


def test_people_reach_every_leaf_level_and_urgency(rules: Ruleset):
    """Within a fixed number of people each leaf and urgency is hit, and nearly every level by chance.

    That each single level is hit within three people stands in the test below.
    """
    leaves, levels, urgencies = reached(drawn(people(), ENOUGH), rules)
    assert set(leaves) == set(rules.programmes)
    assert len(set(levels_of(rules)) - set(levels)) <= len(levels_of(rules)) // 20
    assert set(urgencies) == set(Urgency)
    assert urgencies[Urgency.SELF_CARE] > ENOUGH // 4


def test_uniform_answers_reach_no_exercise(rules: Ruleset):
    """Negative control: people with uniform answers never reach a leaf, nor any urgency but the last."""
    leaves, _, urgencies = reached(drawn(uniform_people(), 300), rules)
    assert not leaves
    assert set(urgencies) == {Urgency.EMERGENCY}


def test_cleared_people_reach_the_leaf_they_are_sent_to(rules: Ruleset):
    """Before the changes every person of a leaf is cleared and stands on that leaf."""
    for leaf in rules.programmes:
        for person in drawn(cleared_people(leaf=leaf, changes=0), 4):
            values = read_answers(person, rules).values
            assert not fired(rules, values), leaf
            assert plan(rules, values).leaf == leaf


def test_people_of_a_level_reach_it(rules: Ruleset):
    """Every person made for a level reaches that level, complete and without conflict."""
    for name, level in levels_of(rules).items():
        for person in drawn(people_of_level(level), 3):
            evidence = read_answers(person, rules)
            assert name in {each.level.id for each in fired(rules, evidence.values)}
            assert not evidence.conflicts
            assert not missing_in(person, rules)


def test_near_misses_fall_on_both_sides(rules: Ruleset):
    """Most people beside a level miss it, and some reach it: both sides of the edge are tried."""
    held = []
    for name, level in levels_of(rules).items():
        for person in drawn(near_misses(level), 2):
            values = read_answers(person, rules).values
            held.append(name in {each.level.id for each in fired(rules, values)})
    assert len(held) // 10 < sum(held) < len(held) * 9 // 10


def test_partial_people_have_few_answers_missing(rules: Ruleset):
    """Of the people with missing answers each number from one to four is met, and many matter."""
    crowd = drawn(partial_people(), 150)
    counts = Counter(len(missing_in(person, rules)) for person in crowd)
    assert {1, 2, 3, 4} <= set(counts)
    assert max(counts) <= 4


def test_the_shipped_rules_are_the_rules(rules: Ruleset):
    """The generators aim by the rules that the laws are checked on."""
    assert rules is load_rules()
