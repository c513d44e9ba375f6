"""The screen: which levels are reached, how far up they lead, and that only the highest counts."""

from __future__ import annotations

from itertools import product

import pytest

from sitriage.conditions import Answer, Has
from sitriage.evidence import read_answers
from sitriage.model import Level, Ruleset
from sitriage.screen import fired, rank_of, urgency_of_rank
from sitriage.words import Professional, Urgency
from tests.small_pack import CALM


def reached(small: Ruleset, **answers) -> list[tuple[str, str, str]]:
    values = read_answers({**CALM, **answers}, small).values
    return [(each.level.id, str(each.urgency), str(each.see)) for each in fired(small, values)]


def level(urgency: str, see: str = "doctor") -> Level:
    return Level(id=f"x:{urgency}", urgency=Urgency(urgency), see=Professional(see), when=Has("x"))


def test_a_calm_duck_reaches_nothing(small: Ruleset) -> None:
    assert reached(small) == []


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"fever": True}, [("hot:same_day", "same_day", "urgent_care")]),
        ({"weak": True}, [("nerve:soon", "soon", "treating_team")]),
        ({"severity": 8}, [("strong_pain:same_day", "same_day", "urgent_care")]),
        ({"severity": 7}, []),
        ({"age": 15, "onset_age": 15}, [("too_young:routine", "routine", "doctor")]),
        ({"age": 16, "onset_age": 16}, []),
        ({"worse": True}, [("growing:soon", "soon", "doctor")]),
        ({"worse": True, "checked": True}, []),
        ({"night_pain": True, "easing": True}, []),
        ({"swollen": True}, []),
    ],
)
def test_a_level_is_reached_where_its_condition_holds_and_only_there(small, answers, expected) -> None:
    assert reached(small, **answers) == expected


def test_several_levels_come_the_most_urgent_first(small: Ruleset) -> None:
    assert [name for name, *_ in reached(small, fever=True, numb=True, weak=True)] == [
        "hot:emergency",
        "nerve:emergency",
        "hot:same_day",
        "nerve:soon",
    ]


@pytest.mark.parametrize(
    ("urgency", "sure", "doubt"),
    [
        ("emergency", "emergency", "emergency"),
        ("same_day", "same_day", "soon"),
        ("soon", "soon", "routine"),
        ("routine", "routine", "routine"),
    ],
)
def test_doubt_counts_one_step_lower_except_for_an_emergency(urgency, sure, doubt) -> None:
    """D-1: emergency stays emergency, same_day gives soon, soon gives routine, routine stays."""
    assert urgency_of_rank(rank_of(level(urgency), Answer.YES)) == sure
    assert urgency_of_rank(rank_of(level(urgency), Answer.UNSURE)) == doubt


@pytest.mark.parametrize("value", [Answer.NO, Answer.NOT_ASKED])
def test_no_and_not_asked_lead_nowhere(value: Answer) -> None:
    assert rank_of(level("emergency"), value) == 0


def test_whoever_waits_longer_sees_a_doctor_instead_of_urgent_care(small: Ruleset) -> None:
    assert reached(small, chills="unsure") == [("hot:same_day", "soon", "doctor")]
    assert reached(small, weak="unsure") == [("nerve:soon", "routine", "treating_team")]


def test_an_unsure_emergency_keeps_its_place(small: Ruleset) -> None:
    found = reached(small, numb=True, weak="unsure")
    assert found[0] == ("nerve:emergency", "emergency", "emergency_department")


def test_an_unsure_answer_is_not_counted(small: Ruleset) -> None:
    assert "counted:soon" in [name for name, *_ in reached(small, swollen=True, bitten=True)]
    assert "counted:soon" not in [name for name, *_ in reached(small, swollen=True, bitten="unsure")]


def test_only_yes_reassures(small: Ruleset) -> None:
    for doubt in (False, "unsure"):
        assert reached(small, worse=True, checked=doubt) == [("growing:soon", "soon", "doctor")]


def test_a_higher_urgency_ranks_above_every_professional() -> None:
    ranks = [
        rank_of(level(urgency, see), Answer.YES) for urgency, see in product([*Urgency][1:], Professional)
    ]
    assert ranks == sorted(set(ranks))
    assert min(ranks) > 0
    assert urgency_of_rank(0) is Urgency.SELF_CARE


def test_a_level_gives_its_reason_with_its_own_rows_first(small: Ruleset) -> None:
    (each,) = fired(small, read_answers({**CALM, "fever": True}, small).values)
    reason = each.reason()
    assert reason.rule == "hot:same_day"
    assert reason.sentence == "Because of this: hot duck."
    assert (reason.findings, reason.rows, reason.sources) == (("fever",), ("R2a", "R2"), ("S1",))


def test_raising_an_answer_never_lowers_the_highest_rank(small: Ruleset) -> None:
    raising = [
        each.id for each in small.findings.values() if each.polarity == "raises" and each.kind == "yes_no"
    ]
    for first in ("fever", "numb", "night_pain"):
        for name in raising:
            ranks = []
            for answer in (False, "unsure", True):
                values = read_answers({**CALM, first: True, name: answer}, small).values
                levels = [item for flag in small.gated for item in flag.levels]
                ranks.append(max(rank_of(each, each.when.value(values)) for each in levels))
            assert ranks == sorted(ranks)
