"""One value for each band of answers that the rules tell apart, the least dangerous first."""

from __future__ import annotations

import pytest

from sitriage.bands import domains
from sitriage.conditions import NOT_APPLICABLE, Above, All, Answer, Any, AtLeast, Not, Within
from sitriage.model import Ruleset


def bands(small: Ruleset, name: str, *conditions, optional: frozenset[str] = frozenset()):
    return domains([small.findings[name]], conditions, optional)[name]


def test_a_raising_finding_goes_from_no_to_yes(small) -> None:
    assert bands(small, "numb") == (Answer.NO, Answer.UNSURE, Answer.YES)


def test_a_reassuring_finding_starts_with_yes(small) -> None:
    assert bands(small, "checked") == (Answer.YES, Answer.UNSURE, Answer.NO)


def test_unsure_is_no_value_of_its_own_where_it_is_read_as_yes(small) -> None:
    assert bands(small, "fever") == (Answer.NO, Answer.YES)


def test_a_choice_ends_with_unsure(small) -> None:
    assert bands(small, "side") == ("left", "right", "both", "midline", "unsure")


def test_a_number_that_no_condition_reads_has_one_band(small) -> None:
    assert bands(small, "severity") == (0, "unsure")


def test_each_edge_of_a_range_starts_a_band(small) -> None:
    assert bands(small, "severity", Within("severity", 3, 7)) == (0, 3, 8, "unsure")


def test_edges_outside_the_range_of_the_finding_start_no_band(small) -> None:
    assert bands(small, "severity", Within("severity", 0, 10), Within("severity", 11)) == (0, "unsure")


@pytest.mark.parametrize("wrap", [Not, lambda c: Any((c,)), lambda c: All((c,)), lambda c: AtLeast(1, (c,))])
def test_edges_are_found_inside_every_form(small, wrap) -> None:
    assert bands(small, "severity", wrap(Within("severity", min=5))) == (0, 5, "unsure")


def test_another_finding_cuts_nothing(small) -> None:
    assert bands(small, "severity", Within("age", min=5)) == (0, "unsure")


def test_a_number_that_may_not_apply_starts_with_that(small) -> None:
    found = bands(small, "egg_week", Within("egg_week", min=3), optional=frozenset({"egg_week"}))
    assert found == (NOT_APPLICABLE, 1, 3, "unsure")


def test_what_another_number_may_not_exceed_is_shown_by_the_ends_of_its_bands(small) -> None:
    """The larger side of a comparison must leave the smaller one room."""
    above = Above("onset_age", "age")
    assert bands(small, "age", above, Within("age", max=15)) == (15, 120, "unsure")
    assert bands(small, "onset_age", above, Within("onset_age", max=44)) == (0, 45, "unsure")


def test_the_bands_of_a_ruleset_tell_apart_every_number_that_its_rules_tell_apart(small) -> None:
    assert small.domains["severity"] == (0, 4, 8, "unsure")
    assert small.domains["age"] == (15, 120, "unsure")
    assert small.domains["egg_week"] == (NOT_APPLICABLE, 1, 3, "unsure")
