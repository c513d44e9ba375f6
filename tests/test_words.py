"""The closed lists of words and their order."""

from __future__ import annotations

import pickle

import pytest

from sitriage import UNSURE, Phase, Professional, Side, Urgency


def test_urgency_has_five_words_in_order() -> None:
    assert [*Urgency] == ["self_care", "routine", "soon", "same_day", "emergency"]
    assert [each.rank for each in Urgency] == [0, 1, 2, 3, 4]


def test_urgency_compares_by_meaning_not_by_spelling() -> None:
    # by spelling, "emergency" would come first of all
    assert sorted(Urgency) == [*Urgency]
    assert Urgency.EMERGENCY > Urgency.SAME_DAY
    assert max(Urgency) is Urgency.EMERGENCY


@pytest.mark.parametrize("kind", [Urgency, Professional, Phase])
def test_every_comparison_agrees_with_the_rank(kind) -> None:
    for first in kind:
        for second in kind:
            assert (first < second) == (first.rank < second.rank)
            assert (first <= second) == (first.rank <= second.rank)
            assert (first > second) == (first.rank > second.rank)
            assert (first >= second) == (first.rank >= second.rank)


def test_a_plain_word_compares_like_its_member() -> None:
    assert Urgency.SOON > "routine"
    assert Urgency.SOON == "soon"
    with pytest.raises(ValueError, match="tomorrow"):
        assert Urgency.SOON < "tomorrow"


def test_phases_go_from_warm_up_to_finish() -> None:
    assert [*Phase] == ["warm_up", "mobilise", "stretch", "stabilise", "finish"]


def test_the_emergency_department_stands_above_every_other_professional() -> None:
    assert max(Professional) is Professional.EMERGENCY_DEPARTMENT
    assert min(Professional) is Professional.PHYSIOTHERAPIST


def test_sides_have_no_order_of_urgency_but_their_own_words() -> None:
    assert {*Side} == {"left", "right", "each", "symmetric"}
    assert UNSURE == "unsure"


def test_a_word_survives_pickling_as_the_same_member() -> None:
    assert pickle.loads(pickle.dumps(Urgency.SOON)) is Urgency.SOON
    assert f"{Urgency.SOON}" == "soon"
