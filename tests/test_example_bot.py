"""The bot of the examples on a fake session: whole interviews, double taps, old buttons, random taps."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitriage import Interview, load_rules, triage
from sitriage.verdict import AnswerValue, Programme
from tests.test_examples import WELL

EXAMPLE = Path(__file__).parent.parent / "examples" / "telegram_bot.py"
CHAT = 7
START = datetime(2026, 1, 5, 12, tzinfo=UTC)
BY_TEXT = {each.question: name for name, each in load_rules().findings.items()}
NO_BUTTONS: list[list[dict[str, str]]] = []


def _loaded() -> Any:
    spec = spec_from_file_location("telegram_bot", EXAMPLE)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    # a dataclass looks up its module
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


EXAMPLE_BOT = _loaded()


class Session:
    """A chat as Telegram would keep it; refuses what Telegram refuses."""

    def __init__(self) -> None:
        self.bot = EXAMPLE_BOT.Bot(self.send, "gb")
        self.texts: dict[int, str] = {}
        self.buttons: dict[int, list[list[dict[str, str]]]] = {}
        self.notes: list[str] = []
        self.edits = 0
        self.now = START

    def send(self, method: str, given: Mapping[str, Any]) -> Mapping[str, Any]:
        given = json.loads(json.dumps(given))
        match method:
            case "sendMessage":
                assert given["chat_id"] == CHAT
                assert 0 < len(given["text"].strip()) <= len(given["text"]) <= 4096
                message = 100 + len(self.texts)
                self.texts[message] = given["text"]
                self.buttons[message] = given.get("reply_markup", {}).get("inline_keyboard", [])
            case "editMessageReplyMarkup":
                message = given["message_id"]
                assert self.buttons[message] != given["reply_markup"]["inline_keyboard"], "not modified"
                self.buttons[message] = given["reply_markup"]["inline_keyboard"]
                self.edits += 1
            case _:
                assert method == "answerCallbackQuery"
                message = 0
                assert len(given.get("text", "")) <= 200
                self.notes.append(given.get("text", ""))
        for row in self.buttons.get(message, []):
            for each in row:
                assert 0 < len(each["callback_data"].encode()) <= 64
                assert each["text"]
        return {"message_id": message}

    def type(self, text: str) -> None:
        self.bot.handle({"message": {"chat": {"id": CHAT, "type": "private"}, "text": text}}, self.now)

    def tap(self, data: str, message: int | None = None) -> None:
        at = {"chat": {"id": CHAT, "type": "private"}, "message_id": message or self.newest}
        self.bot.handle({"callback_query": {"id": "1", "data": data, "message": at}}, self.now)

    def press(self, label: str, row: int | None = None) -> None:
        """Taps a button by what is written on it; where several are called so, the row tells which."""
        rows = self.buttons[self.newest]
        of = rows if row is None else [rows[row]]
        self.tap(next(each["callback_data"] for line in of for each in line if each["text"] == label))

    @property
    def newest(self) -> int:
        """The message that has buttons."""
        with_buttons = [message for message, buttons in self.buttons.items() if buttons]
        assert len(with_buttons) == 1
        return with_buttons[0]

    @property
    def asked(self) -> list[str]:
        """The findings that the newest message asks, read from its text."""
        lines = [line.partition(". ")[2] if line[0].isdigit() else line for line in self._lines()]
        return [BY_TEXT[line] for line in lines if line in BY_TEXT]

    def _lines(self) -> Iterator[str]:
        return (line for line in self.texts[self.newest].splitlines() if line)

    @property
    def verdict(self) -> str:
        """The messages after the last question, put together."""
        last = max((at for at, text in self.texts.items() if any(q in text for q in BY_TEXT)), default=0)
        return "".join(text for at, text in self.texts.items() if at > last)

    def stored(self) -> Interview:
        return Interview.from_dict(json.loads(json.dumps(self.bot.chats[CHAT].state)))


def played(person: Mapping[str, AnswerValue]) -> tuple[Session, dict[str, AnswerValue]]:
    """A session in which a person answered all that was asked, and the answers."""
    session, said = Session(), dict[str, AnswerValue]()
    session.type("/start")
    findings = load_rules().findings
    while asked := session.asked:
        said |= {name: person[name] for name in asked}
        value = person[asked[0]]
        if len(asked) > 1:
            for row, name in enumerate(asked):
                if person[name] is not False:
                    session.press(str(row + 1) if person[name] is True else "not sure", row)
            fits = any(person[name] is not False for name in asked)
            session.press("Done" if fits else "None of these")
        elif type(value) is int:
            session.type(str(value))
        else:
            label = {True: "yes", False: "no", "unsure": "not sure"}.get(value, value)
            finding = findings[asked[0]]
            session.press(str(finding.choice_labels.get(str(value), label)).capitalize())
    return session, said


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"fever": True},
        {"fever": "unsure"},
        {"saddle_numbness": True},
        {"age": "unsure", "pain_side": "unsure"},
        {"pregnant": True, "pregnancy_week": 30},
    ],
    ids=str,
)
def test_a_whole_interview_ends_with_the_verdict_of_one_call(more: dict[str, AnswerValue]) -> None:
    session, said = played(WELL | more)
    assert session.verdict == triage(said).text("gb")
    assert triage(WELL | more).headline in session.verdict
    assert dict(session.stored().answers) == said


def test_a_button_of_an_earlier_screen_counts_no_more() -> None:
    session = Session()
    session.type("/start")
    first = session.newest
    for _ in range(2):
        session.tap("done", first)
    assert session.notes == ["", EXAMPLE_BOT.STALE]
    assert len(session.stored().steps) == 1
    assert session.buttons[first] == NO_BUTTONS
    session.tap("+3", first)
    session.tap("done", first)
    assert len(session.stored().steps) == 1


def test_two_taps_on_a_mark_are_one() -> None:
    session = Session()
    session.type("/start")
    name = session.asked[2]
    for data, mark in (("+2", True), ("+2", True), ("?2", "unsure"), ("?2", "unsure"), ("-2", None)):
        session.tap(data)
        assert session.bot.chats[CHAT].marks.get(name) == mark
    assert session.edits == 3
    session.press("None of these")
    assert session.stored().answers[name] is False


def test_back_why_and_skip() -> None:
    session = Session()
    session.type("/start")
    asked = session.asked
    session.press("Why?")
    assert session.notes == [Interview().question.why]
    session.press("None of these")
    assert session.asked != asked
    session.press("Back")
    assert session.asked == asked
    assert not session.stored().answers
    session.press("Skip")
    assert not session.stored().answers
    assert not set(session.asked) & set(asked)


def test_what_was_marked_before_a_skip_is_answered() -> None:
    session = Session()
    session.type("/start")
    row = session.asked.index("saddle_numbness")
    session.press(str(row + 1), row)
    session.press("Skip the rest")
    while session.asked:
        session.press("Skip")
    assert dict(session.stored().answers) == {"saddle_numbness": True}
    assert session.verdict == triage({"saddle_numbness": True}).text("gb")
    assert session.stored().verdict.urgency == "emergency"


def test_only_the_rest_of_a_list_is_left_open() -> None:
    session = Session()
    session.type("/start")
    asked = session.asked
    for row, name in enumerate(asked[:2]):
        session.press("not sure", row)
        assert session.bot.chats[CHAT].marks[name] == "unsure"
    session.press("Skip the rest")
    assert dict(session.stored().answers) == dict.fromkeys(asked[:2], "unsure")
    assert session.stored().steps[-1].skipped == tuple(asked[2:])
    assert not set(session.asked) & set(asked)


def test_a_skip_of_a_list_that_is_all_marked_leaves_nothing_unseen_open() -> None:
    session = Session()
    session.type("/start")
    for row, _ in enumerate(session.asked):
        session.press("not sure", row)
    session.press("Skip the rest")
    assert [step.skipped for step in session.stored().steps] == [()]


def test_a_number_is_typed_and_nothing_else_is() -> None:
    session = Session()
    session.type("hello")
    session.type("3")
    assert list(session.texts.values())[-1] == EXAMPLE_BOT.BUTTONS_ONLY
    asked = next(one for one in _screens(session) if load_rules().findings[one].kind == "number")
    before = len(session.stored().steps)
    for text in ("-1", "many", "1_0", "99999999", "²", ""):
        session.type(text)
    assert len(session.stored().steps) == before
    session.press("Not sure")
    assert session.stored().answers[asked] == "unsure"


def _screens(session: Session) -> Iterator[str]:
    while session.asked:
        yield session.asked[0]
        if len(session.asked) > 1:
            session.tap("done")
        else:
            session.tap("=0")


def test_a_time_without_a_zone_is_refused_at_once() -> None:
    session = Session()
    update = {"message": {"chat": {"id": CHAT, "type": "private"}, "text": "/start"}}
    with pytest.raises(ValueError, match="`now` needs a time zone"):
        session.bot.handle(update, START.replace(tzinfo=None))
    assert not session.texts


def test_answers_that_grew_old_are_asked_again() -> None:
    session = Session()
    session.type("/start")
    asked = session.asked
    session.press("None of these")
    session.now += timedelta(days=20)
    session.tap("done")
    assert session.notes[-1] == EXAMPLE_BOT.TOO_OLD
    assert session.asked == asked
    assert not session.stored().answers


def test_a_chat_is_forgotten_after_a_month() -> None:
    session = Session()
    session.type("/start")
    session.now += EXAMPLE_BOT.KEEP + timedelta(seconds=1)
    session.tap("done")
    assert session.notes == [EXAMPLE_BOT.STALE]
    assert session.bot.chats == {}


def test_an_interview_under_other_rules_begins_anew() -> None:
    session = Session()
    session.type("/start")
    asked = session.asked
    session.press("None of these")
    session.bot.chats[CHAT].state["hash"] = "0" * 64
    session.tap("done")
    assert session.asked == asked


def test_a_group_gets_no_answer_and_other_updates_pass() -> None:
    session = Session()
    group = {"chat": {"id": CHAT, "type": "group"}, "text": "/start"}
    for update in ({"message": group}, {}, {"edited_message": group}, {"poll": {}}):
        session.bot.handle(update, START)
    assert session.texts == {}


TAPS = st.one_of(
    st.sampled_from(
        ["done", "done", "done", "back", "why", "skip", "=0", "=1", "=2", "+0", "?3", "-3", "+9", ""]
    ),
    st.text(max_size=8),
)
TYPED = st.one_of(st.integers(0, 50).map(str), st.sampled_from(["/start", "no", "٣", ""]))
STEPS = st.lists(st.tuples(st.sampled_from(["tap", "tap", "tap", "old", "type"]), TAPS, TYPED), max_size=25)


@settings(max_examples=12, deadline=None)
@given(STEPS, st.booleans())
def test_random_taps_never_raise_nor_open_a_programme_too_early(steps: Any, well: bool) -> None:
    session = played(WELL)[0] if well else Session()
    session.type("/start" if not well else "back")
    for how, tap, typed in steps:
        if how == "type":
            session.type(typed)
        else:
            session.tap(tap, 100 if how == "old" else None)
        shown = "\n".join(session.texts.values())
        state = session.stored()
        unseen = [
            name for name, said in state.answers.items() if load_rules().findings[name].question not in shown
        ]
        assert unseen == []
        if not session.asked:
            again = triage(dict(state.answers))
            assert session.verdict.startswith(again.text("gb"))
            assert not (isinstance(again, Programme) and again.open_questions)
