"""P5 with gaps, P8: the range holds every completion; open are exactly the questions that matter."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sitriage import load_rules, triage
from tests.properties import checks
from tests.strategies import (
    Person,
    band_of,
    complete_people,
    is_free_of_conflict,
    missing_in,
    partial_people,
    raw,
)


@settings(max_examples=80)
@given(person=complete_people())
def test_nothing_missing_leaves_nothing_open(person: Person):
    """P8 with nothing missing: the screen and the programme alone give the verdict, and nothing is open."""
    verdict = triage(person)
    assert checks.identity(verdict) == checks.bare_identity(person, load_rules())
    assert verdict.open_questions == ()
    assert verdict.urgency_range == (verdict.urgency, verdict.urgency)
    assert not verdict.provisional


@settings(max_examples=90)
@given(person=partial_people())
def test_open_questions_are_exact(person: Person):
    """P8: open are exactly the findings in which alone two completions with different verdicts differ."""
    checks.check_open_questions_are_exact(load_rules(), triage, person)


@settings(max_examples=60)
@given(person=partial_people())
def test_the_range_is_exact(person: Person):
    """The range is the lowest and the highest urgency that the missing answers still allow."""
    checks.check_range_is_exact(load_rules(), triage, person)


@st.composite
def completed_people(draw: st.DrawFn) -> tuple[Person, Person]:
    """A person with missing answers, and one way to answer them all."""
    rules, person = load_rules(), draw(partial_people())
    given = {name: draw(st.sampled_from(rules.domains[name])) for name in missing_in(person, rules)}
    full = checks.completion(person, given, rules)
    assume(full is not None)
    return person, full


@settings(max_examples=90)
@given(pair=completed_people())
def test_the_range_holds_every_completion(pair: tuple[Person, Person]):
    """P5 with missing answers: the range contains the verdict of every completion."""
    checks.check_range_holds_every_completion(triage, *pair)


@st.composite
def wiser_people(draw: st.DrawFn) -> tuple[Person, Person]:
    """A person with missing answers, and the same after one of them was answered."""
    rules, person = load_rules(), draw(partial_people())
    missing = missing_in(person, rules)
    assume(missing)
    name = draw(st.sampled_from(missing))
    known = [value for value in rules.domains[name] if value != "not_applicable"]
    wiser = person | {name: raw(draw(st.sampled_from(known)))}
    assume(is_free_of_conflict(wiser, rules))
    return person, wiser


@settings(max_examples=90)
@given(pair=wiser_people())
def test_learning_never_widens(pair: tuple[Person, Person]):
    """P5 with missing answers: learning an answer never widens the range."""
    checks.check_learning_never_widens(triage, *pair)


@settings(max_examples=150)
@given(person=complete_people(), data=st.data())
def test_numbers_in_a_band_are_alike(person: Person, data: st.DataObject):
    """The bands that questions and proofs count with are sound: inside one, no number matters."""
    rules = load_rules()
    names = [name for name in sorted(person) if type(person[name]) is int]
    assume(names)
    name = data.draw(st.sampled_from(names))
    other = person | {name: data.draw(st.integers(*band_of(name, person[name], rules)))}
    assume(is_free_of_conflict(other, rules))
    assert checks.bare_identity(other, rules) == checks.bare_identity(person, rules)
