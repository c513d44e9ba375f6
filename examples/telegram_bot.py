"""A bot in the manner of Telegram: each screen is a message with buttons, and the state is kept per chat.

`Bot.handle` takes an update of the Bot API as JSON, and the time with its zone, as `datetime.now(UTC)`. It
calls `send(method, parameters)`: in an app a POST to the Bot API that returns the `result` of the reply,
which for `sendMessage` is the message. So this needs neither a library nor a network. A button carries a
place on its screen in a few bytes (64 are allowed), and counts only on the newest message.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from textwrap import wrap
from typing import Any

from sitriage import AnswerError, Interview
from sitriage.interview.question import Item

Data = dict[str, Any]
Buttons = list[list[Data]]
KEEP = timedelta(days=30)
LONGEST = 4096

STALE = "This button is no longer in use. Please use the newest message, or type /start."
TOO_OLD = "Some answers no longer count, so I ask again."
BUTTONS_ONLY = "Please use the buttons, or type /start to begin anew."
LIST = "Mark what fits, or what you are not sure about. Then press Done: the rest counts as no."
MARKS: Mapping[str, bool | str | None] = {"+": True, "?": "unsure", "-": None}


@dataclass
class Chat:
    """What is kept of a chat: the interview as data, and what its newest message asks."""

    state: Data
    seen: datetime
    message: int
    asked: tuple[str, ...]
    marks: dict[str, bool | str] = field(default_factory=dict)


class Bot:
    """Keeps the chats in memory; an app would keep them as JSON, encrypted.

    `region` says whose phone lines to show.
    """

    def __init__(self, send: Callable[[str, Data], Mapping[str, Any]], region: str = "international") -> None:
        self.send, self.region = send, region
        self.chats: dict[int, Chat] = {}

    def handle(self, update: Mapping[str, Any], now: datetime) -> None:
        """Answers a message or the tap on a button; what is neither is passed over.

        Raises ValueError for a `now` without a time zone.
        """
        if now.utcoffset() is None:
            raise ValueError("`now` needs a time zone, such as `datetime.now(UTC)`")
        self.chats = {chat_id: chat for chat_id, chat in self.chats.items() if now - chat.seen <= KEEP}
        if tap := update.get("callback_query"):
            at = tap["message"]
            note = self._tapped(at["chat"]["id"], at["message_id"], tap.get("data", ""), now)
            shown = {"text": note, "show_alert": True} if note else {}
            self.send("answerCallbackQuery", {"callback_query_id": tap["id"], **shown})
        elif (message := update.get("message")) and message["chat"]["type"] == "private":
            # in a group everybody would read the answers
            self._typed(message["chat"]["id"], message.get("text", ""), now)

    def _typed(self, chat_id: int, text: str, now: datetime) -> None:
        chat = self.chats.get(chat_id)
        if chat is None or text.strip() == "/start":
            self._go(chat_id, Interview(), now)
            return
        interview = _interview(chat, now)
        numbers = [part for part in _asked(interview) if (part.kind, part.id) == ("number", *chat.asked)]
        if not numbers:
            self._say(chat_id, BUTTONS_ONLY)
        elif text.isdecimal() and len(text) <= 6 and numbers[0].min <= int(text) <= numbers[0].max:
            self._go(chat_id, interview.answer({numbers[0].id: int(text)}, at=now), now)
        else:
            self._say(chat_id, _how(numbers))

    def _tapped(self, chat_id: int, message: int, data: str, now: datetime) -> str:
        """Returns what to show over the chat, if anything."""
        chat = self.chats.get(chat_id)
        if chat is None or chat.message != message:
            # of an earlier screen, or the second tap of two
            return STALE
        interview = _interview(chat, now)
        asked = _asked(interview)
        if tuple(part.id for part in asked) != chat.asked:
            self._go(chat_id, interview, now)
            return TOO_OLD
        if move := _moves(interview, chat.marks, now).get(data):
            self._go(chat_id, move(), now)
        elif data == "why" and interview.question:
            return interview.question.why
        elif len(asked) > 1 and data[:1] in MARKS and data[1:] in map(str, range(len(asked))):
            self._mark(chat_id, chat, asked, asked[int(data[1:])].id, MARKS[data[0]])
        return ""

    def _mark(self, chat_id: int, chat: Chat, asked: list[Item], name: str, mark: bool | str | None) -> None:
        """A button says what it sets, and does not turn it round: so two taps are as good as one."""
        if chat.marks.get(name) == mark:
            return
        others = {other: said for other, said in chat.marks.items() if other != name}
        chat.marks = others if mark is None else {**others, name: mark}
        self._show_buttons(chat_id, chat.message, _buttons(asked, chat.marks))

    def _go(self, chat_id: int, interview: Interview, now: datetime) -> None:
        """Takes the buttons off the last screen, then shows the next one, or the verdict."""
        if old := self.chats.get(chat_id):
            self._show_buttons(chat_id, old.message, [])
        asked = _asked(interview)
        text = _screen(interview, asked) if asked else interview.verdict.text(self.region)
        message = self._say(chat_id, text, _buttons(asked, {}))
        self.chats[chat_id] = Chat(interview.to_dict(), now, message, tuple(part.id for part in asked))

    def _show_buttons(self, chat_id: int, message: int, buttons: Buttons) -> None:
        keyboard = {"inline_keyboard": buttons}
        of = {"chat_id": chat_id, "message_id": message}
        self.send("editMessageReplyMarkup", {**of, "reply_markup": keyboard})

    def _say(self, chat_id: int, text: str, buttons: Buttons | None = None) -> int:
        """Sends a text, in parts if it is too long; returns the id of the last, which has the buttons."""
        *parts, last = wrap(text, LONGEST, replace_whitespace=False, drop_whitespace=False)
        for part in parts:
            self.send("sendMessage", {"chat_id": chat_id, "text": part})
        keyboard = {"reply_markup": {"inline_keyboard": buttons}} if buttons else {}
        return int(self.send("sendMessage", {"chat_id": chat_id, "text": last, **keyboard})["message_id"])


def _interview(chat: Chat, now: datetime) -> Interview:
    """The interview as it counts now; a new one if it was held under other rules."""
    try:
        return Interview.from_dict(chat.state).as_of(now)
    except AnswerError:
        return Interview()


def _asked(interview: Interview) -> list[Item]:
    """What one message asks: a whole list, but of a form of numbers and choices the first."""
    parts = list(interview.question.parts) if interview.question else []
    return parts if parts and parts[0].kind == "yes_no" else parts[:1]


def _moves(
    interview: Interview, marks: Mapping[str, bool | str], now: datetime
) -> dict[str, Callable[[], Interview]]:
    """What each button that leads on does, by its callback data."""
    asked, question = _asked(interview), interview.question
    moves: dict[str, Callable[[], Interview]] = {"back": interview.back}
    if question is None:
        return moves
    moves["skip"] = partial(_left_open, interview, marks, now)
    if len(asked) > 1:
        # the message held the whole list: what was not marked is a no
        moves["done"] = partial(interview.answer, {**question.none, **marks}, at=now)
        return moves
    (part,) = asked
    for at, (answer, _) in enumerate(part.choices):
        moves[f"={at}"] = partial(interview.answer, {part.id: answer}, at=now)
    return moves


def _left_open(interview: Interview, marks: Mapping[str, bool | str], now: datetime) -> Interview:
    """What was marked is answered all the same: only the rest of the message is left open."""
    rest = [part.id for part in _asked(interview) if part.id not in marks]
    answered = interview.answer(marks, at=now) if marks else interview
    # without a name `skip` would leave the next question open, which nobody has seen
    return answered.skip(*rest) if rest and not answered.done else answered


def _screen(interview: Interview, asked: list[Item]) -> str:
    if len(asked) == 1:
        return "\n".join(each for each in (asked[0].text, asked[0].help, _how(asked)) if each)
    question = interview.question
    items = [
        # some questions are about the list in their help
        f"{at}. {part.text}" + (f"\n{part.help}" if "\n" in part.help else "")
        for at, part in enumerate(asked, 1)
    ]
    return "\n".join([question.text if question else "", *items, "", LIST])


def _how(asked: list[Item]) -> str:
    (part,) = asked
    return f"Type a whole number from {part.min} to {part.max}." if part.kind == "number" else ""


def _buttons(asked: list[Item], marks: Mapping[str, bool | str]) -> Buttons:
    rows: Buttons = []
    if len(asked) > 1:
        rows = [_item_row(at, marks.get(part.id)) for at, part in enumerate(asked)]
        rows.append([_button("Done" if marks else "None of these", "done")])
    elif asked:
        rows = [[_button(label.capitalize(), f"={at}")] for at, (_, label) in enumerate(asked[0].choices)]
    skip = _button("Skip the rest" if marks else "Skip", "skip")
    return [*rows, [_button("Back", "back")] + ([_button("Why?", "why"), skip] if asked else [])]


def _item_row(at: int, mark: bool | str | None) -> list[Data]:
    yes = (
        _button(f"{at + 1} \N{WHITE HEAVY CHECK MARK}", f"-{at}")
        if mark is True
        else _button(str(at + 1), f"+{at}")
    )
    doubt = (
        _button("not sure \N{WHITE HEAVY CHECK MARK}", f"-{at}")
        if mark == "unsure"
        else _button("not sure", f"?{at}")
    )
    return [yes, doubt]


def _button(text: str, data: str) -> Data:
    return {"text": text, "callback_data": data}
