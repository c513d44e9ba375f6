"""An interview as data: round trip, tampering, other rules, and answers that grow old."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import attrs
import pytest

from sitriage import AnswerError
from sitriage.interview import state
from sitriage.interview.session import Interview
from sitriage.interview.state import MOST_STEPS
from sitriage.model import Ruleset
from tests.small_pack import edited, small_rules

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def held(small: Ruleset) -> Interview:
    first = Interview({"severity": 2}, rules=small).answer({"egg": True, "kind": "hen"}, at=NOW)
    return first.answer({"egg_week": 2}, at=NOW).skip()


def test_the_round_trip_keeps_everything(small: Ruleset, held: Interview) -> None:
    data = json.loads(json.dumps(held.to_dict()))
    assert Interview.from_dict(data, rules=small) == held
    assert Interview.from_dict(data, rules=small).to_dict() == data
    assert Interview.from_dict(Interview(rules=small).to_dict(), rules=small) == Interview(rules=small)


def test_nothing_but_answers_times_and_the_hash_is_kept(small: Ruleset, held: Interview) -> None:
    data = held.to_dict()
    assert data.keys() == {"schema", "hash", "steps"}
    assert data["hash"] == small.hash
    assert {key for step in data["steps"] for key in step} == {"answers", "skipped", "at"}


def _fresh(interview: Interview) -> Interview:
    """The same answers, given one step after the other, and the same left open."""
    again = Interview(rules=interview.rules)
    for step in interview.steps:
        again = again.answer(step.answers, at=step.at) if step.answers else again
        again = again.skip(*step.skipped) if step.skipped else again
    return again


def _tampered(written: bytes) -> Iterator[bytes]:
    for place in range(len(written)):
        yield written[:place]
        yield written[place:]
        yield written[:place] + written[place + 1 :]
        for bit in range(8):
            yield written[:place] + bytes([written[place] ^ (1 << bit)]) + written[place + 1 :]


def _spliced(first: bytes, second: bytes) -> Iterator[bytes]:
    for place in range(0, len(first), 3):
        for other in range(0, len(second), 7):
            yield first[:place] + second[other:]


def _read(every: Iterable[bytes], rules: Ruleset) -> Iterator[Interview]:
    """What is taken for an interview though it was tampered with."""
    for raw in every:
        with suppress(AnswerError, ValueError):
            yield Interview.from_dict(json.loads(raw), rules=rules)


def _assert_fresh(interview: Interview) -> None:
    fresh = _fresh(interview)
    assert interview.answers == fresh.answers
    assert interview.question == fresh.question
    assert interview.verdict == fresh.verdict


def test_every_flipped_cut_or_spliced_byte_is_refused_or_is_a_fresh_interview(held: Interview) -> None:
    other = Interview({"numb": True, "severity": 9}, rules=held.rules).answer({"kind": "drake"}, at=NOW)
    written, more = json.dumps(held.to_dict()).encode(), json.dumps(other.to_dict()).encode()
    every = (*_tampered(written), *_spliced(written, more), *_spliced(more, written))
    read = list(_read(every, held.rules))
    for interview in read:
        _assert_fresh(interview)
    # digits of numbers and times still make sense
    assert 10 < len(read) < 1000


def test_a_tampered_state_of_the_shipped_rules_is_refused_or_is_a_fresh_interview(rules: Ruleset) -> None:
    # nothing is searched in an emergency, so that many can be read
    first = Interview({"age": 40, "chest_pain": True, "pain_severity": 7}, rules=rules)
    held = first.answer({"duration_days": 12, "sex": "female"}, at=NOW).skip("fever")
    other = Interview({"self_harm_thoughts": True, "age": 71}, rules=rules)
    written, more = json.dumps(held.to_dict()).encode(), json.dumps(other.to_dict()).encode()
    read = list(_read((*_tampered(written), *_spliced(written, more)), rules))
    changed = {json.dumps(each.to_dict()): each for each in read}
    assert 10 < len(changed) < 1000
    for interview in [*changed.values()][::10]:
        _assert_fresh(interview)


def test_a_state_that_is_read_carelessly_is_found(held: Interview, monkeypatch: pytest.MonkeyPatch) -> None:
    # as if what a later answer replaces were not looked at
    monkeypatch.setattr(state, "read_answers", lambda *_: None)
    data = held.to_dict()
    data["steps"][0]["answers"]["severity"] = "high"
    data["steps"].append({"answers": {"severity": 1}})
    (careless,) = _read([json.dumps(data).encode()], held.rules)
    with pytest.raises(AnswerError):
        _assert_fresh(careless)


BAD: list[tuple[str, Any]] = [
    ("", []),
    ("", {"schema": 1, "hash": ""}),
    ("", {"schema": 1, "hash": "", "steps": [], "more": 1}),
    ("schema", {"schema": 2}),
    ("schema", {"schema": True}),
    ("schema", {"schema": 1.0}),
    ("hash", {"hash": "0"}),
    ("hash", {"hash": None}),
    ("steps", {"steps": {}}),
    ("steps", {"steps": [{"answers": {}}] * (MOST_STEPS + 1)}),
    *(
        ("steps.0", {"steps": [step]})
        for step in (
            [],
            {},
            {"skipped": []},
            {"answers": []},
            {"answers": {}, "more": 1},
            {"answers": {}, "skipped": "egg"},
            {"answers": {}, "skipped": [1]},
            {"answers": {}, "skipped": ["no id!"]},
            {"answers": {1: True}},
            {"answers": {"No Id": True}},
            {"answers": {}, "at": None},
            {"answers": {}, "at": 1},
            {"answers": {}, "at": "today"},
            {"answers": {}, "at": "2026-11-21T12:00:00"},
            {"answers": {}, "at": "2026-11-21 12:00:00+00:00"},
        )
    ),
    ("pain", {"steps": [{"answers": {}, "skipped": ["pain"]}]}),
    ("kind", {"steps": [{"answers": {"kind": "swan"}}, {"answers": {"kind": "hen"}}]}),
    ("pain", {"steps": [{"answers": {"pain": True}}]}),
    ("egg", {"steps": [{"answers": {"egg": 1}}]}),
]


@pytest.mark.parametrize(("where", "change"), BAD)
def test_anything_else_is_refused(small: Ruleset, where: str, change: Any) -> None:
    data: Any = {**Interview(rules=small).to_dict(), **change} if len(change) == 1 else change
    with pytest.raises(AnswerError) as refused:
        Interview.from_dict(data, rules=small)
    assert [fault.where for fault in refused.value.faults] == [where] or where == "pain"


# ---------------------------------------------------------------- other rules


def test_what_other_rules_can_read_is_kept(small: Ruleset) -> None:
    older = small_rules(edited("findings/severity.toml", "max = 10", "max = 100"))
    data = Interview({"severity": 50, "numb": True}, rules=older).answer({"egg": False}, at=NOW).to_dict()
    with pytest.raises(AnswerError, match="held under other rules"):
        Interview.from_dict(data, rules=small)
    kept, lost = Interview.moved(data, rules=small)
    assert kept.answers == Interview({"numb": True, "egg": False}, rules=small).answers
    assert kept.verdict == Interview({"numb": True, "egg": False}, rules=small).verdict
    assert lost == ("severity",)


def test_an_answer_keeps_its_age_under_other_rules(small: Ruleset) -> None:
    data = Interview(rules=small).answer({"numb": False}, at=NOW).to_dict()
    moved, _ = Interview.moved({**data, "hash": "0"}, rules=small)
    assert moved.answers == {"numb": False}
    assert moved.as_of(NOW + timedelta(days=30)).answers == {}


def test_what_was_taken_back_does_not_come_back_when_the_later_answer_goes(small: Ruleset) -> None:
    """A no, then a yes that expires or cannot be read: it is asked again, and the no is not believed."""
    twice = Interview({"numb": False}, rules=small).answer({"numb": True}, at=NOW)
    assert "numb" not in twice.as_of(NOW + timedelta(days=30)).answers
    data = twice.to_dict()
    data["steps"][1]["answers"] = {"numb": "severely"}
    moved, lost = Interview.moved({**data, "hash": "0"}, rules=small)
    assert moved.answers == {}
    assert lost == ("numb",)


def test_what_was_skipped_under_other_rules_is_asked_again(small: Ruleset) -> None:
    data = Interview(rules=small).skip().to_dict()
    kept, lost = Interview.moved({**data, "hash": "0"}, rules=small)
    assert kept == Interview(rules=small)
    assert set(lost) == set(kept.question.items if kept.question else ())


# ---------------------------------------------------------------- time


@pytest.fixture
def ageing() -> Ruleset:
    small = small_rules()
    groups = tuple(
        attrs.evolve(each, keeps_days=days) for each, days in zip(small.groups, (1, 14, 7), strict=True)
    )
    findings = small.findings | {"egg_week": attrs.evolve(small.findings["egg_week"], counts_weeks=True)}
    return attrs.evolve(small, groups=groups, findings=findings)


SAID = {"numb": False, "egg": True, "egg_week": 2, "fragile": False}


@pytest.mark.parametrize(
    ("days", "kept"),
    [
        (0, SAID),
        (1, SAID),
        (2, {"egg": True, "egg_week": 2, "fragile": False}),
        (7, {"egg": True, "egg_week": 3, "fragile": False}),
        (8, {"egg": True, "egg_week": 3}),
        (14, {"egg": True, "egg_week": 4}),
        (15, {}),
    ],
)
def test_answers_expire_by_their_group_and_weeks_count_on(ageing: Ruleset, days: int, kept: Any) -> None:
    interview = Interview(rules=ageing).answer(SAID, at=NOW)
    assert interview.as_of(NOW + timedelta(days=days)).answers == kept


def test_no_week_counts_twice(ageing: Ruleset) -> None:
    interview = Interview(rules=ageing).answer(SAID, at=NOW)
    halfway = interview.as_of(NOW + timedelta(days=8))
    later = Interview.from_dict(halfway.to_dict(), rules=ageing).as_of(NOW + timedelta(days=14))
    assert later.answers == interview.as_of(NOW + timedelta(days=14)).answers


def test_weeks_that_are_counted_on_again_and_again_keep_no_longer(ageing: Ruleset) -> None:
    interview = Interview(SAID, rules=ageing, at=NOW)
    for days in (3, 7, 8, 13, 14):
        interview = Interview.from_dict(interview.to_dict(), rules=ageing).as_of(NOW + timedelta(days=days))
    assert interview.answers == {"egg": True, "egg_week": 4}
    assert interview.as_of(NOW + timedelta(days=15)).answers == {}


def test_a_step_says_since_when_only_beside_its_time(ageing: Ruleset) -> None:
    data = Interview(SAID, rules=ageing, at=NOW).as_of(NOW + timedelta(days=8)).to_dict()
    (counted,) = [each for each in data["steps"] if "since" in each]
    assert counted["since"] == NOW.isoformat()
    del counted["at"]
    with pytest.raises(AnswerError, match="perhaps `skipped` and times"):
        Interview.from_dict(data, rules=ageing)


def test_weeks_stop_at_the_most_a_number_may_be_and_doubt_stays(ageing: Ruleset) -> None:
    later = NOW + timedelta(days=14)
    assert Interview(rules=ageing).answer({"egg_week": 5}, at=NOW).as_of(later).answers == {"egg_week": 5}
    doubt = {"egg_week": "unsure"}
    assert Interview(rules=ageing).answer(doubt, at=NOW).as_of(later).answers == doubt


def test_what_has_no_time_is_kept_and_what_lies_far_ahead_is_not(ageing: Ruleset) -> None:
    assert Interview(SAID, rules=ageing).as_of(NOW + timedelta(days=400)).answers == SAID
    ahead = Interview(rules=ageing).answer(SAID, at=NOW).as_of(NOW - timedelta(days=400))
    assert ahead.answers == {}
    skewed = Interview(rules=ageing).answer(SAID, at=NOW).as_of(NOW - timedelta(hours=1))
    assert skewed.answers == SAID


def test_what_expired_is_asked_again(ageing: Ruleset) -> None:
    interview = Interview(rules=ageing).answer({"severity": 9}, at=NOW)
    assert interview.urgency_range[0] == "same_day"
    assert interview.as_of(NOW + timedelta(days=2)).urgency_range[0] == "self_care"


def test_a_time_needs_its_zone(small: Ruleset) -> None:
    with pytest.raises(AnswerError, match="time zone"):
        Interview(rules=small).answer({"numb": True}, at=datetime(2026, 11, 21))
    with pytest.raises(AnswerError, match="time zone"):
        Interview(rules=small).as_of(datetime(2026, 11, 21))
