"""P20: a reason names enough."""

from __future__ import annotations

from itertools import islice

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sitriage import load_rules, triage
from sitriage.conditions import Answer, boxes, findings_in
from tests.properties import checks
from tests.strategies import (
    Person,
    calm_people,
    complete_people,
    is_free_of_conflict,
    levels_of,
    people,
    people_of_level,
    raw,
)


@st.composite
def explained_people(draw: st.DrawFn) -> tuple[Person, Person]:
    """A person at a level, and another who lends the answers that the reasons do not name."""
    rules = load_rules()
    level = draw(st.sampled_from(list(levels_of(rules).values())))
    person = draw(st.one_of(people_of_level(level), people_of_level(level), people()))
    assume(is_free_of_conflict(person, rules))
    return person, draw(st.one_of(calm_people(), complete_people()))


@st.composite
def implied_people(draw: st.DrawFn) -> tuple[Person, Person]:
    """A person at a level only because one answer implies another that was answered no."""
    rules = load_rules()
    implication = draw(st.sampled_from(rules.implications))
    reading = [each for each in levels_of(rules).values() if implication.finding in findings_in(each.when)]
    assume(reading)
    level = draw(st.sampled_from(reading))
    ways = list(islice(boxes(implication.when, Answer.YES, True, rules.domains.__getitem__), 9))
    implied = {name: raw(values[0]) for name, values in draw(st.sampled_from(ways)).items()}
    person = draw(people_of_level(level)) | implied | {implication.finding: False}
    assume(is_free_of_conflict(person, rules))
    return person, draw(calm_people())


@settings(max_examples=80)
@given(pair=explained_people())
def test_reasons_are_enough(pair: tuple[Person, Person]):
    """P20: anybody who agrees on the findings of a fired level's reason reaches at least its urgency."""
    checks.check_reasons_are_enough(load_rules(), triage, *pair)


@settings(max_examples=60)
@given(pair=implied_people())
def test_reasons_name_what_was_answered(pair: tuple[Person, Person]):
    """P20 where one answer implies another (D-38): the reason names the answer that was given."""
    checks.check_reasons_are_enough(load_rules(), triage, *pair)
