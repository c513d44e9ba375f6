"""What is too large, too deep or unfit to be read, found before a parser sees it.

Parsers differ between Python versions in how deep they go and need seconds for small hostile texts;
these caps make the refusal quick and the same everywhere. Every scan here is linear.
"""

from __future__ import annotations

import re

__all__ = [
    "ANSWER_BYTES", "FAULTS", "FILE_BYTES", "ID", "PACK_BYTES", "PACK_FILES", "RECORDS",
    "RECORD_BYTES", "STRINGS", "UNFIT", "answers_too_deep", "is_file_name", "text_fault", "value_fault",
]  # fmt: skip

ANSWER_BYTES = 64 * 1024
# the largest shipped file has 31 kB, the shipped pack 470 files and 0.4 MB
FILE_BYTES = 256 * 1024
PACK_BYTES = 4 * 1024 * 1024
PACK_FILES = 1000
LINE_LENGTH = 4000
# of the shipped rules: 2 parts, brackets 7 deep, values 11 deep, 1934 values in a file, 672 characters
KEY_PARTS = 8
BRACKETS = 12
DEPTH = 16
VALUES = 5000
TEXT_LENGTH = 2000
FAULTS = 1000
ANSWER_DEPTH = 8
# a verdict that was stored has 30 kB
RECORD_BYTES = 256 * 1024
RECORDS = 10_000

ID = re.compile(r"[a-z][a-z0-9_]{0,59}")
# leaves of the tree are named by a capital letter, such as P1
_FILE_NAME = re.compile(
    r"(?!(?:con|prn|aux|nul|com\d|lpt\d)\.)([a-z][a-z0-9_]{0,59}|[A-Z][A-Za-z0-9]{0,3})\.toml"
)

# what shows nothing or turns the reading direction: a text must be what its reviewer saw
_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ue000-\uf8ff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff"
    "\U000e0000-\U0010ffff]"
)
UNFIT = re.compile(_UNFIT.pattern[:-1] + "\r]")
"""One character that no text may hold, be it read or shown."""
# a text without its end takes the rest: looked for anew at every quote, it would cost the square
STRINGS = (
    r'"""(?:[^"\\]|\\[\s\S]|"{1,2}(?!"))*+(?:"{3,5})?'
    r"|'''(?:[^']|'{1,2}(?!'))*+(?:'{3,5})?"
    r'|"(?:[^"\\\n]|\\.)*+"?'
    r"|'[^'\n]*+'?"
)
"""The texts of TOML, exactly, as a part of a pattern."""

_TEXTS = re.compile(rf"{STRINGS}|#[^\n]*+")
_LONG_KEY = re.compile(rf"(?:(?<![\w-])[\w-]++[ \t]*+\.[ \t]*+){{{KEY_PARTS}}}")
_TOML = re.compile(rf"{STRINGS}|#[^\n]*+|[\[\]{{}}]")
_JSON = re.compile(r'"(?:[^"\\]|\\[\s\S])*+"?|[\[\]{}]')


def is_file_name(name: str) -> bool:
    """Whether a rule file may have this name on every system; Windows reads `nul.toml` as a device."""
    return _FILE_NAME.fullmatch(name) is not None


def text_fault(text: str) -> tuple[int, str] | None:
    """Returns the line and what is wrong with a TOML text that must not be parsed."""
    if unfit := _UNFIT.search(text):
        return _line(text, unfit.start()), _unfit(unfit[0])
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > LINE_LENGTH:
            return number, f"a line has at most {LINE_LENGTH} characters"
    bare = _TEXTS.sub(_without, text)
    if long := _LONG_KEY.search(bare):
        return _line(bare, long.start()), f"a key has at most {KEY_PARTS} parts"
    if (at := _deeper(_TOML, text, BRACKETS)) is not None:
        return _line(text, at), f"is nested too deeply; brackets go {BRACKETS} deep"
    return None


def answers_too_deep(text: str) -> bool:
    """Whether a JSON text nests deeper than answers ever do."""
    return _deeper(_JSON, text, ANSWER_DEPTH) is not None


def value_fault(raw: object) -> tuple[tuple[str | int, ...], str] | None:
    """Returns the first (path, what) that no rule holds: too deep, too many, or an unfit text."""
    count = 0
    todo: list[tuple[tuple[str | int, ...], object]] = [((), raw)]
    while todo:
        path, value = todo.pop()
        count += 1
        texts: list[object] = [value]
        if isinstance(value, dict):
            texts = list(value)
            todo += [((*path, key), each) for key, each in reversed(value.items())]
        elif isinstance(value, list):
            todo += [((*path, index), each) for index, each in reversed(list(enumerate(value)))]
        if len(path) > DEPTH:
            return path[:1], f"is nested too deeply; values go {DEPTH} deep"
        if count > VALUES:
            return (), f"a rule file has at most {VALUES} values"
        for text in texts:
            if isinstance(text, str) and len(text) > TEXT_LENGTH:
                return path, f"a text has at most {TEXT_LENGTH} characters"
            if isinstance(text, str) and (unfit := UNFIT.search(text)):
                return path, _unfit(unfit[0])
    return None


def _deeper(tokens: re.Pattern[str], text: str, most: int) -> int | None:
    """Where the brackets outside strings and comments go deeper than `most`, if they do."""
    depth = 0
    for token in tokens.finditer(text):
        if token[0] in ("[", "{"):
            depth += 1
            if depth > most:
                return token.start()
        elif token[0] in ("]", "}"):
            depth -= 1
    return None


def _without(found: re.Match[str]) -> str:
    # a key in quotes is still a part; lines stay where they are
    return ("" if found[0][0] == "#" else "q") + "\n" * found[0].count("\n")


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _unfit(character: str) -> str:
    return f"holds the invisible or control character U+{ord(character):04X}; leave it out"
