"""P5, P6, P7: more danger or more doubt never leads to less caution."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sitriage import load_rules, triage
from tests.properties import checks
from tests.strategies import (
    Person,
    column_findings,
    complete_people,
    is_free_of_conflict,
    levels_of,
    limited_pairs,
    missing_in,
    partial_people,
    people,
    people_of_level,
    programme_people,
    raised_pairs,
    without,
)


@settings(max_examples=160)
@given(pair=raised_pairs())
def test_urgency_never_falls(pair: tuple[Person, Person]):
    """P5: raising answers moved no -> unsure -> yes, several at once, never lower the urgency."""
    checks.check_urgency_never_falls(triage, *pair)


@st.composite
def doubts(draw: st.DrawFn) -> tuple[Person, str]:
    """A person and a yes/no finding about which they may be unsure, mostly one that a level reads."""
    rules = load_rules()
    level = draw(st.sampled_from(list(levels_of(rules).values())))
    person = draw(st.one_of(people_of_level(level), complete_people()))
    told = [name for name, answer in person.items() if answer in (True, "unsure")]
    yes_no = [name for name in person if rules.findings[name].kind == "yes_no"]
    name = draw(st.sampled_from(sorted({*told} & {*yes_no}) * 3 + yes_no))
    for answer in (False, "unsure"):
        other = person | {name: answer}
        assume(is_free_of_conflict(other, rules) and not missing_in(other, rules))
    return person, name


@settings(max_examples=140)
@given(case=doubts())
def test_unsure_is_not_no(case: tuple[Person, str]):
    """P6: unsure is never less urgent than no."""
    checks.check_unsure_is_not_no(triage, *case)


@settings(max_examples=60)
@given(person=partial_people())
def test_not_asked_is_not_no(person: Person):
    """P6: where a screen finding was not asked and can matter, there are no exercises."""
    checks.check_not_asked_is_not_no(load_rules(), triage, person)


@settings(max_examples=200)
@given(pair=limited_pairs())
def test_limits_only_shrink(pair: tuple[Person, Person]):
    """P7: no exercise's highest rung rises, and no cap loosens, as a limit goes up from no to yes."""
    checks.check_limits_only_shrink(load_rules(), *pair)


@settings(max_examples=120)
@given(person=programme_people(), data=st.data())
def test_a_doubtful_limit_is_not_harder_than_none(person: Person, data: st.DataObject):
    """P6: a contraindication that is unsure, or was not asked, allows no harder form than a no."""
    rules = load_rules()
    name = data.draw(st.sampled_from(column_findings(rules)))
    no = person | {name: False}
    for doubtful in (person | {name: "unsure"}, without(person, name)):
        if is_free_of_conflict(no, rules) and is_free_of_conflict(doubtful, rules):
            checks.check_limits_only_shrink(rules, no, doubtful)


@settings(max_examples=100)
@given(person=st.one_of(programme_people(), people()))
def test_every_limit_is_kept(person: Person):
    """P7: nobody gets a form harder than any of their limits allows, nor one above their ability."""
    checks.check_every_limit_is_kept(load_rules(), triage, person)
