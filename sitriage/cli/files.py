"""Files: answers read strictly, since what is ambiguous is refused and nothing guessed; files written."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from sitriage.caps import ANSWER_BYTES, ID, answers_too_deep
from sitriage.errors import AnswerError, Fault

__all__ = ["answers_from_file", "answers_from_json", "json_value", "writing", "written"]


def answers_from_file(name: str) -> dict[str, Any]:
    """Returns the answers in a JSON file, or on standard input for `-`; raises AnswerError."""
    try:
        data = sys.stdin.buffer.read(ANSWER_BYTES + 1) if name == "-" else _read(Path(name))
    except (OSError, ValueError) as error:
        fault = Fault(
            "", f"cannot read the file: {getattr(error, 'strerror', None) or 'its name is no path'}"
        )
    else:
        return answers_from_json(data)
    # raised here, so that no error with the name of the file hangs on it
    raise AnswerError([fault])


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(ANSWER_BYTES + 1)


def written(file: Path, data: bytes) -> Path:
    """Returns the path of a file after writing it; raises ValueError if that is not possible."""
    with writing(file):
        file.write_bytes(data)
    return file


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Raises ValueError for what keeps a file or folder from being written.

    The folder that it is to lie in is never made: what is meant for a mistyped one would be lost.
    """
    try:
        yield
    except FileNotFoundError:
        raise ValueError(
            f"cannot write `{path}`: there is no folder `{path.parent}`; make it first"
        ) from None
    except OSError as error:
        raise ValueError(f"cannot write `{path}`: {error.strerror}") from None


def answers_from_json(data: bytes) -> dict[str, Any]:
    """Returns the JSON object as a dict.

    Raises AnswerError for anything but one object of at most 64 KiB without repeated keys.

    >>> answers_from_json(b'{"fever": true}')
    {'fever': True}
    """
    if len(data) > ANSWER_BYTES:
        raise AnswerError([Fault("", f"the answers may have at most {ANSWER_BYTES} bytes")])
    if answers_too_deep(data.decode("utf-8", "replace")):
        raise AnswerError([Fault("", "the answers are nested too deeply; give one flat object")])
    read, fault = json_value(data, "the answers are")
    if fault is None and not isinstance(read, dict):
        fault = Fault("", "the answers must be one JSON object of finding ids and answers")
    if fault is not None:
        # raised here, so that no error of json, which holds the document, hangs on it
        raise AnswerError([fault]) from None
    return read  # type: ignore[no-any-return]


def json_value(data: bytes, these: str) -> tuple[Any, Fault | None]:
    """Returns what JSON of a fit depth holds, or what is wrong with it: `these` are, or this is, not JSON."""
    try:
        return json.loads(data.decode("utf-8"), object_pairs_hook=_once, parse_constant=_refuse), None
    except AnswerError as error:
        return None, error.faults[0]
    except UnicodeDecodeError:
        return None, Fault("", f"{these} not UTF-8 text")
    except ValueError as error:
        line = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        return None, Fault("", f"{these} not JSON{line}")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) != len(pairs):
        seen: set[str] = set()
        twice = sorted({key for key, _ in pairs if key in seen or seen.add(key)})  # type: ignore[func-returns-value]
        named = [f"`{key}`" for key in twice if ID.fullmatch(key)]
        raise AnswerError([Fault("", f"answered twice: {', '.join(named) or 'a key'}; keep one answer")])
    return read


def _refuse(_: str) -> NoReturn:
    raise AnswerError([Fault("", "a number is not finite; give a whole number")])
