"""Where a key stands in a TOML text: `tomllib` keeps no positions, and a fault needs its line.

Only valid TOML 1.0 reaches this file (the parser has refused the rest), so it may read naively.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

__all__ = ["line_of"]

Path = tuple[str | int, ...]

_HEADER = re.compile(r"""\s*(\[\[?)((?:"[^"]*"|'[^']*'|[^\]"'])+)\]\]?""")
_KEY = re.compile(
    r"""\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*="""
)
_TOKEN = re.compile(
    r'"""[\s\S]*?"""|\'\'\'[\s\S]*?\'\'\'|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|#[^\n]*|[\[\]{},\n]'
)


def line_of(text: str, path: Path, mention: str = "") -> int:
    """Returns the line, from 1, of the key at `path`, or of the nearest key above it.

    With `mention`, the first line from there on that holds the quoted word, if there is one.

    >>> line_of('a = 1\\n[b]\\nc = [\\n  "x",\\n  "y",\\n]\\n', ("b", "c", 1))
    5
    """
    known: dict[Path, int] = {}
    for key, line in _keys(text):
        for end in range(1, len(key) + 1):
            known.setdefault(key[:end], line)
    while path not in known and path:
        path = path[:-1]
    line = known.get(path, 1)
    if mention:
        for number, each in enumerate(text.splitlines()[line - 1 :], line):
            if f'"{mention}"' in each or re.match(rf"\s*\[?\[?{re.escape(mention)}\b", each):
                return number
    return line


def _keys(text: str) -> Iterator[tuple[Path, int]]:
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
            yield table, line
        elif key := _KEY.match(row):
            path = (*table, *_parts(key[1]))
            yield path, line
            for index, element in _elements(text, at + key.end(), line):
                yield (*path, index), element
                end = max(end, at)
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


def _elements(text: str, at: int, line: int) -> Iterator[tuple[int, int]]:
    """The line of each element of the array that starts at `at`, if one does."""
    if not text[at:].lstrip(" \t").startswith("["):
        return
    index, pending = 0, True
    for word, depth, start in _tokens(text, at):
        if word == "\n" or word.startswith("#"):
            continue
        if depth == 1 and word == ",":
            index, pending = index + 1, True
        elif pending and depth >= 1 and not (word == "[" and depth == 1):
            yield index, line + text.count("\n", at, start)
            pending = False
