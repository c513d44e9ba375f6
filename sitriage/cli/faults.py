"""The faults of rules as text, as JSON, and as annotations of a GitHub workflow."""

from __future__ import annotations

import json
import re
from pathlib import Path

from sitriage.errors import Fault, RulesError

__all__ = ["faults_text"]

_PLACE = re.compile(r"(.*\.toml):(\d+)", re.DOTALL)


def faults_text(error: RulesError, form: str, folder: str | None = None) -> str:
    """Returns every fault in a form: `text`, `json` or `github`.

    Text names files as `rules/...`. The others name them as they lie below the folder that was
    checked, so that a program finds them.

    >>> print(faults_text(RulesError([Fault("rules/a.toml:3", "is 100 % odd")]), "github"), end="")
    ::error file=rules/a.toml,line=3::is 100 %25 odd
    """
    if form == "text":
        return f"{error}\n"
    placed = [(*_place(fault, folder), fault.what) for fault in error.faults]
    if form == "json":
        listed = [{"file": file, "line": line, "what": what} for file, line, what in placed]
        return json.dumps(listed, ensure_ascii=False, indent=1) + "\n"
    return "".join(_annotation(*each) for each in placed)


def _place(fault: Fault, folder: str | None) -> tuple[str, int | None]:
    """The file and its line; no line where the fault is of a whole file or folder."""
    found = _PLACE.fullmatch(fault.where)
    file, line = (found[1], int(found[2])) if found else (fault.where, None)
    root = Path(folder or "rules").as_posix()
    return (f"{root}/{file.removeprefix('rules/')}" if file.startswith("rules/") else root), line


def _annotation(file: str, line: int | None, what: str) -> str:
    place = f"file={_escaped(file, ':,')}" + (f",line={line}" if line else "")
    return f"::error {place}::{_escaped(what)}\n"


def _escaped(text: str, also: str = "") -> str:
    # percent first, or the others would be escaped twice
    for letter in ("%", "\r", "\n", *also):
        text = text.replace(letter, f"%{ord(letter):02X}")
    return text
