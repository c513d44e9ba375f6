"""Where a key stands in a TOML text: `tomllib` keeps no positions, and a fault needs its line.

Only valid TOML 1.0 reaches this file (the parser has refused the rest), so it may read naively.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

from sitriage.caps import STRINGS

__all__ = ["Lines", "line_of"]

Path = tuple[str | int, ...]

_HEADER = re.compile(r"""\s*(\[\[?)((?:"[^"]*"|'[^']*'|[^\]"'])+)\]\]?""")
_KEY = re.compile(
    r"""\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*="""
)
_TOKEN = re.compile(rf"{STRINGS}|#[^\n]*+|[\[\]{{}},\n]")
_ARRAY = re.compile(r"[ \t]*\[")


def line_of(text: str, path: Path, mention: str = "") -> int:
    """Returns the line, from 1, of the key at `path`, or of the nearest key above it.

    With `mention`, the first line from there on that holds the quoted word, if there is one.

    >>> line_of('a = 1\\n[b]\\nc = [\\n  "x",\\n  "y",\\n]\\n', ("b", "c", 1))
    5
    """
    return Lines(text).of(path, mention)


class Lines:
    """The lines of one text, found once however many faults ask for theirs."""

    __slots__ = ("_known", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[Path, tuple[int, int]] | None = None

    def of(self, path: Path, mention: str = "") -> int:
        """Returns the line of a path, as `line_of` does."""
        if self._known is None:
            self._known = {}
            for key, line, at in _keys(self._text):
                for end in range(1, len(key) + 1):
                    self._known.setdefault(key[:end], (line, at))
        while path not in self._known and path:
            path = path[:-1]
        line, at = self._known.get(path, (1, 0))
        if mention:
            word = re.escape(mention)
            found = re.compile(rf'"{word}"|^[ \t]*\[?\[?{word}\b', re.MULTILINE).search(self._text, at)
            if found is not None:
                return line + self._text.count("\n", at, found.start())
        return line


def _keys(text: str) -> Iterator[tuple[Path, int, int]]:
    """Every key with its line and where in the text that line starts."""
    table: Path = ()
    seen: dict[Path, int] = {}
    at, line = 0, 1
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        row = text[at:end]
        if header := _HEADER.match(row):
            table = _parts(header[2]) or (row,)
            if header[1] == "[[":
                seen[table] = seen.get(table, -1) + 1
            table = _indexed(table, seen)
            yield table, line, at
        elif key := _KEY.match(row):
            path = (*table, *_parts(key[1]))
            yield path, line, at
            for index, element, start in _elements(text, at + key.end(), line):
                yield (*path, index), element, start
            stop = _value_end(text, at + key.end())
            line += text.count("\n", at, stop)
            at = stop
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
        at, line = end + 1, line + 1


def _indexed(path: Path, seen: dict[Path, int]) -> Path:
    out: Path = ()
    for depth in range(len(path)):
        out = (*out, path[depth])
        if path[: depth + 1] in seen:
            out = (*out, seen[path[: depth + 1]])
    return out


def _parts(dotted: str) -> Path:
    try:
        parsed: object = tomllib.loads(f"{dotted} = 0")
    except tomllib.TOMLDecodeError:
        # a quoted key with a bracket in it: only its line gets less exact
        return ()
    parts: Path = ()
    while isinstance(parsed, dict):
        (name, parsed), *_ = parsed.items()
        parts = (*parts, name)
    return parts


def _tokens(text: str, at: int) -> Iterator[tuple[str, int, int]]:
    depth = 0
    for token in _TOKEN.finditer(text, at):
        word = token[0]
        if word in "[{":
            depth += 1
        elif word in "]}":
            depth -= 1
        yield word, depth, token.start()
        if word == "\n" and depth == 0:
            return


def _value_end(text: str, at: int) -> int:
    start = at
    for word, depth, start in _tokens(text, at):
        if word == "\n" and depth == 0:
            return start
    return max(start, len(text) - 1)


def _elements(text: str, at: int, line: int) -> Iterator[tuple[int, int, int]]:
    """The line of each element of the array that starts at `at`, if one does, and where that line starts."""
    if not _ARRAY.match(text, at):
        return
    index, pending, counted = 0, True, at
    for word, depth, start in _tokens(text, at):
        if word == "\n" or word.startswith("#"):
            continue
        if depth == 1 and word == ",":
            index, pending = index + 1, True
        elif pending and depth >= 1 and not (word == "[" and depth == 1):
            line, counted = line + text.count("\n", counted, start), start
            yield index, line, text.rfind("\n", 0, start) + 1
            pending = False
