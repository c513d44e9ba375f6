"""P3 and P9: what every verdict says of itself."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sitriage import load_rules, triage
from tests.properties import checks
from tests.strategies import Person, partial_people, people, programme_people


@settings(max_examples=100)
@given(person=st.one_of(people(), partial_people()))
def test_every_verdict_cites_a_rule(person: Person):
    """P3: no silent default. Every verdict cites a rule; a programme the clear screen with its count."""
    checks.check_cites_a_rule(load_rules(), triage, person)


@settings(max_examples=100)
@given(person=st.one_of(people(), partial_people()))
def test_no_exercise_beside_a_referral(person: Person):
    """P9: from routine up there is no exercise, but who, how and why; a programme is never provisional."""
    checks.check_no_exercise_beside_a_referral(triage, person)


@settings(max_examples=100)
@given(person=programme_people())
def test_doses_are_within_bounds(person: Person):
    """P28, P29: no dose above the caps of D-15, each with a stop rule; phases in order; 2 to 5 exercises."""
    checks.check_doses_are_within_bounds(load_rules(), triage, person)
