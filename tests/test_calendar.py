"""The exercise times as a calendar: rest kept, nothing about health, the same file for the same start.

Needs the extra: `pip install -e .[calendar] -r tests/requirements.txt`, then `pytest tests/test_calendar.py`.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import attrs
import pytest

pytest.importorskip("icalendar", reason="needs the extra `calendar`")

import icalendar

from sitriage import Programme, triage
from sitriage.__main__ import main
from sitriage.model import Ruleset
from sitriage.show.handout.times import LOOK_AGAIN, TITLE, calendar_of
from tests.small_pack import CALM
from tests.test_handout import SAMPLE

START = datetime(2026, 12, 1, 8, 0)


def events(programme: Programme, start: datetime = START) -> list:
    return icalendar.Calendar.from_ical(calendar_of(programme, start)).walk("VEVENT")


def with_days(programme: Programme, *doses: tuple[int, int]) -> Programme:
    """The programme with these days a week and times a day."""
    given = [
        attrs.evolve(each, dose=attrs.evolve(each.dose, days_per_week=days, per_day=times))
        for each, (days, times) in zip(programme.prescriptions, doses, strict=True)
    ]
    return attrs.evolve(programme, prescriptions=tuple(given))


def test_there_is_a_session_each_day_until_the_day_to_look_again() -> None:
    verdict = triage(SAMPLE)
    *sessions, last = events(verdict)
    assert [each["DTSTART"].dt for each in sessions] == [START + timedelta(days=day) for day in range(7)]
    assert last["DTSTART"].dt == START + timedelta(days=7)
    assert (last["SUMMARY"], {str(each["SUMMARY"]) for each in sessions}) == (LOOK_AGAIN, {TITLE})
    assert all(each["DURATION"].dt == timedelta(minutes=verdict.minutes) for each in sessions)
    # the shipped rules look again after a week
    assert "After 1 week: answer all the questions again." in verdict.review


def test_a_session_names_the_numbers_that_are_done_on_that_day() -> None:
    verdict = triage(SAMPLE)
    said = [str(each["DESCRIPTION"]) for each in events(verdict)[:-1]]
    assert [each.dose.days_per_week for each in verdict.prescriptions] == [7, 7, 6]
    assert said == ["From your handout: 1, 2, 3. It says when to stop."] * 6 + [
        "From your handout: 1, 2. It says when to stop."
    ]


def test_days_of_rest_have_no_session(small: Ruleset) -> None:
    verdict = triage(CALM, rules=small)
    rare = with_days(verdict, *((3, 1),) * len(verdict.prescriptions))
    *sessions, _ = events(rare)
    assert [(each["DTSTART"].dt - START).days for each in sessions] == [0, 2, 4]


def test_several_times_a_day_lie_apart_and_within_the_day(small: Ruleset) -> None:
    verdict = triage(CALM, rules=small)
    often = with_days(verdict, (7, 3), *((7, 1),) * (len(verdict.prescriptions) - 1))
    first = [each["DTSTART"].dt for each in events(often)[:3]]
    assert first == [START, START + timedelta(hours=6), START + timedelta(hours=12)]
    noon = START.replace(hour=15)
    assert [each["DTSTART"].dt.hour for each in events(often, noon)[:3]] == [15, 18, 21]
    with pytest.raises(ValueError, match="too late in the day to begin, for 3 times a day"):
        events(often, START.replace(hour=16))


def test_no_event_says_what_hurts_or_what_is_done(small: Ruleset) -> None:
    for verdict in (triage(SAMPLE), triage(CALM, rules=small)):
        text = calendar_of(verdict, START).decode().lower()
        for each in verdict.prescriptions:
            assert each.label.lower() not in text
            assert each.exercise not in text
        assert not any(word in text for word in ("back", "pain", "joint", "tail", "triage\r\nsummary"))
        assert text.count("class:private") == text.count("begin:vevent")


def test_the_same_start_is_the_same_file_and_other_answers_leave_no_trace() -> None:
    verdict = triage(SAMPLE)
    assert calendar_of(verdict, START) == calendar_of(verdict, START)
    other = attrs.evolve(verdict, record=attrs.evolve(verdict.record, answers=()))
    assert calendar_of(other, START) == calendar_of(verdict, START)
    names = [str(each["UID"]) for each in events(verdict) + events(verdict, START + timedelta(minutes=1))]
    assert len(set(names)) == len(names)


def test_another_programme_with_the_same_start_has_other_events(small: Ruleset) -> None:
    verdict = triage(CALM, rules=small)
    dose = attrs.evolve(verdict.prescriptions[0].dose, sets=9)
    more = attrs.evolve(verdict.prescriptions[0], dose=dose)
    other = attrs.evolve(verdict, prescriptions=(more, *verdict.prescriptions[1:]))
    names = {str(each["UID"]) for each in events(verdict)}
    assert names.isdisjoint(str(each["UID"]) for each in events(other))
    assert all(len(name) == 36 for name in names)


def test_times_are_local_so_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="a local time without a zone"):
        calendar_of(triage(SAMPLE), START.replace(tzinfo=UTC))
    assert all(each["DTSTART"].dt.tzinfo is None for each in events(triage(SAMPLE)))


def test_the_command_writes_it(tmp_path: Path) -> None:
    (tmp_path / "answers.json").write_text(json.dumps(SAMPLE))
    out = tmp_path / "out.ics"
    words = [
        "handout",
        str(tmp_path / "answers.json"),
        "--ics",
        str(out),
        "--start",
        "2026-12-01",
        "--at",
        "08:00",
    ]
    assert main(words) == 0
    assert out.read_bytes() == calendar_of(triage(SAMPLE), START)
