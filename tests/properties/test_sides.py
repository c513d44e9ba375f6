"""P13, P14, P15: left and right are mirror images, and nobody without one sore side gets a side."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sitriage import load_rules, triage
from tests.properties import checks
from tests.strategies import Person, partial_people, people, programme_people


@st.composite
def sided_people(draw: st.DrawFn) -> Person:
    """People with one sore side."""
    person = draw(st.one_of(programme_people(), programme_people(), people(), partial_people()))
    return person | {load_rules().settings.side: draw(st.sampled_from(["left", "right"]))}


@st.composite
def sideless_people(draw: st.DrawFn) -> Person:
    """People whose pain is on both sides, in the middle, not known, or swaps sides."""
    person = draw(programme_people())
    kind = draw(st.sampled_from(["both", "midline", "unsure", "swaps"]))
    if kind != "swaps":
        return person | {load_rules().settings.side: kind}
    swaps = draw(st.sampled_from([True, "unsure"]))
    return person | {"alternating_buttock_pain": swaps, "pain_side": draw(st.sampled_from(["left", "right"]))}


@settings(max_examples=90)
@given(person=sided_people())
def test_mirror(person: Person):
    """P13: swapping left and right swaps the sides of prescriptions and nothing else."""
    checks.check_mirror(load_rules(), triage, person)


@settings(max_examples=150)
@given(person=sideless_people())
def test_no_single_side(person: Person):
    """P14: for both, midline, unsure and swapping, nothing is one-sided and no step names a side."""
    checks.check_no_single_side(load_rules(), triage, person)


@settings(max_examples=100)
@given(person=sided_people())
def test_side_follows_the_card(person: Person):
    """P15: a sided exercise takes the sore leg or the other one as its card says."""
    checks.check_side_follows_the_card(load_rules(), triage, person)
