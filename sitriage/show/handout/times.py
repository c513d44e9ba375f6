"""The exercise times of a programme as a calendar file, by the extra `calendar`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import NAMESPACE_OID, uuid5

from icalendar import Calendar, Event

from sitriage.show.handout.week import DAYS, times_on
from sitriage.verdict import Programme

__all__ = ["calendar_of"]

LATEST: Final = timedelta(hours=21)
APART: Final = timedelta(hours=3)
SPREAD: Final = timedelta(hours=12)
TITLE: Final = "Exercises"
LOOK_AGAIN: Final = "Exercises: look again"


def calendar_of(programme: Programme, start: datetime) -> bytes:
    """Returns the times of the first week, from `start` to the day to look again, as iCalendar.

    Days of rest are kept, and several times a day lie at least three hours apart. No event says what the
    exercises are or what they are for: it names the numbers on the handout. The times are local, without a
    zone. As the library knows no clock, each event is stamped (DTSTAMP) with its own begin. Raises ValueError
    for a start that is too late in the day, or that has a zone.
    """
    if start.tzinfo is not None:
        raise ValueError("the start must be a local time without a zone")
    calendar = Calendar()
    calendar.add("prodid", "-//sitriage//handout//EN")
    calendar.add("version", "2.0")
    for day in range(DAYS):
        for begin, numbers in zip(_times(programme, start, day), _sessions(programme, day), strict=True):
            about = f"From your handout: {', '.join(map(str, numbers))}. It says when to stop."
            calendar.add_component(_event(TITLE, about, begin, programme))
    about = "Read “When to look again” on your handout, and answer the questions again."
    calendar.add_component(_event(LOOK_AGAIN, about, start + timedelta(days=DAYS), programme))
    return bytes(calendar.to_ical())


def _sessions(programme: Programme, day: int) -> list[list[int]]:
    """For each time that something is done on a day, the numbers of the exercises."""
    times = [times_on(day, each.dose) for each in programme.prescriptions]
    return [[at for at, many in enumerate(times, 1) if many > session] for session in range(max(times))]


def _times(programme: Programme, start: datetime, day: int) -> list[datetime]:
    """When each session of a day begins, the day being counted from the start."""
    sessions, midnight = len(_sessions(programme, day)), start.replace(hour=0, minute=0, second=0)
    if sessions < 2:
        return [start + timedelta(days=day)] * sessions
    apart = min(SPREAD, midnight + LATEST - start) / (sessions - 1)
    if apart < APART:
        raise ValueError(f"this is too late in the day to begin, for {sessions} times a day")
    return [start + timedelta(days=day) + apart * each for each in range(sessions)]


def _event(title: str, about: str, begin: datetime, programme: Programme) -> Event:
    event = Event()
    # nothing of a person's answers goes into it; a calendar of two people keeps the events of both
    what = [
        (each.exercise, each.rung, each.side.value, each.dose, each.target)
        for each in programme.prescriptions
    ]
    event.add("uid", f"{uuid5(NAMESPACE_OID, f'{title} {begin.isoformat()} {what}')}")
    event.add("dtstamp", begin.replace(tzinfo=UTC))
    event.add("dtstart", begin)
    event.add("duration", timedelta(minutes=programme.minutes))
    event.add("summary", title)
    event.add("description", about)
    event.add("class", "PRIVATE")
    return event
