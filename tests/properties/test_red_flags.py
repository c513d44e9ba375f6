"""P4: a red flag that holds is never undercut."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sitriage import load_rules, triage
from sitriage.conditions import Value
from sitriage.model import Level
from tests.properties import checks
from tests.strategies import Person, levels_of, people, truths


@st.composite
def holding_levels(draw: st.DrawFn, name: str | None = None) -> tuple[Person, Level, dict[str, Value]]:
    """A level, a minimal set of values under which it holds, and anybody to lay it over."""
    levels = levels_of(load_rules())
    level = levels[name or draw(st.sampled_from(sorted(levels)))]
    return draw(people()), level, draw(truths(level))


@settings(max_examples=250)
@given(case=holding_levels())
def test_a_level_is_never_undercut(case: tuple[Person, Level, dict[str, Value]]):
    """P4: where a level holds, the urgency is at least the level's, whatever else is answered."""
    person, level, truth = case
    checks.check_level_is_never_undercut(load_rules(), triage, person, level, truth)


@settings(max_examples=100)
@given(person=people())
def test_every_level_that_holds_counts(person: Person):
    """P4: the urgency is at least that of every level whose condition holds, and each is in the path."""
    checks.check_every_level_that_holds_counts(load_rules(), triage, person)
