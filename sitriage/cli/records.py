"""Stored verdicts from a file or a folder: read with bounds, every fault of every record at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from sitriage.caps import FAULTS, RECORD_BYTES, RECORDS, answers_too_deep
from sitriage.cli.files import json_value
from sitriage.errors import AnswerError, Fault
from sitriage.prove.records import Stored
from sitriage.verdict import Programme, Referral

__all__ = ["stored_in"]

SUFFIXES = (".json", ".jsonl")


def stored_in(path: Path) -> tuple[Stored, ...]:
    """Returns the verdicts in a JSON file, a file of JSON Lines, or a folder of such files.

    Raises AnswerError with each record that cannot be read, by its file and line.
    """
    records: list[Stored] = []
    faults: list[Fault] = []
    for each in _all(path):
        if isinstance(each, Fault):
            faults.append(each)
        else:
            records.append(each)
        if len(records) > RECORDS or len(faults) >= FAULTS:
            faults.append(Fault(_shown(path.name), f"at most {RECORDS} records and {FAULTS} faults are read"))
            break
    if not records and not faults:
        what = "holds no stored verdict; give a file, or a folder of `.json` and `.jsonl` files"
        faults.append(Fault(_shown(path.name), what))
    if faults:
        raise AnswerError(faults)
    return tuple(records)


def _all(path: Path) -> Iterator[Stored | Fault]:
    for file in _files(path):
        try:
            yield from _in_file(file)
        except (OSError, ValueError):
            yield Fault(_shown(file.name), "cannot be read")


def _files(path: Path) -> list[Path]:
    with suppress(OSError, ValueError):
        if path.is_dir():
            found = islice((each for each in path.iterdir() if each.suffix in SUFFIXES), RECORDS + 1)
            return sorted(found, key=lambda each: each.name)
    return [path]


def _in_file(path: Path) -> Iterator[Stored | Fault]:
    name = _shown(path.name)
    if path.is_symlink() or not path.is_file():
        # a pipe would be waited for without end
        yield Fault(name, "is no file; give the file itself, or a folder of files")
        return
    with path.open("rb") as file:
        if path.suffix != ".jsonl":
            yield _stored(name, file.read(RECORD_BYTES + 1))
            return
        number = 0
        while line := file.readline(RECORD_BYTES + 1):
            number += 1
            if line.strip() or len(line) > RECORD_BYTES:
                yield _stored(f"{name}:{number}", line)
            if len(line) > RECORD_BYTES:
                return


def _stored(where: str, data: bytes) -> Stored | Fault:
    if len(data) > RECORD_BYTES:
        return Fault(where, f"a record has at most {RECORD_BYTES} bytes")
    if answers_too_deep(data.decode("utf-8", "replace")):
        return Fault(where, "the record is nested deeper than a verdict is")
    raw, fault = json_value(data, "the record is")
    if fault is not None:
        return Fault(where, fault.what)
    with suppress(ValueError):
        kind = Programme if isinstance(raw, dict) and raw.get("kind") == "programme" else Referral
        return Stored.of(where, kind.from_dict(raw))
    return Fault(where, "is not a verdict; store what `sitriage triage --json` or `to_dict` gives")


def _shown(name: str) -> str:
    """A name that is safe to print."""
    return name if name.isprintable() else ascii(name)
