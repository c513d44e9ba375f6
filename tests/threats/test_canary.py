"""T11: a planted answer appears in no error, note, cause, traceback, pickle, log, warning or output.

Only the frames of the caller and of the library still hold it while an error travels: a tool that
records local variables records answers. SECURITY.md says so.
"""

from __future__ import annotations

import contextlib
import io
import json
import logging
import pickle
import traceback
import warnings
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from sitriage import Programme, Referral, RulesError, none_of, triage
from sitriage.__main__ import main
from sitriage.cli.files import answers_from_file, answers_from_json
from sitriage.load import ruleset_from
from sitriage.verdict import Record
from tests.small_pack import CALM, pack

CANARY = "CANARY-4711"
NUMBER = 471147114711


class Failing(Mapping[str, Any]):
    """A mapping of a host whose own error holds the answers."""

    def __init__(self, where: str) -> None:
        self.where = where

    def __getitem__(self, key: str) -> Any:
        if self.where == "item":
            raise ValueError(CANARY)
        return True

    def __iter__(self) -> Iterator[str]:
        if self.where == "iter":
            raise KeyError(CANARY)
        return iter(["numb"])

    def __len__(self) -> int:
        raise TypeError(CANARY)


def leaks(call: Callable[[], object], caplog: pytest.LogCaptureFixture) -> list[str]:
    """Where the canary shows after a call that fails; `nowhere` stands for a call that does not fail."""
    caplog.clear()
    out, err = io.StringIO(), io.StringIO()
    caught: BaseException | None = None
    with warnings.catch_warnings(record=True) as warned, contextlib.redirect_stdout(out):
        warnings.simplefilter("always")
        with contextlib.redirect_stderr(err), caplog.at_level(logging.DEBUG):
            try:
                call()
            except Exception as error:
                caught = error
    if caught is None:
        return ["nowhere"]
    seen = {
        "output": out.getvalue() + err.getvalue(),
        "log": caplog.text,
        "warning": " ".join(str(each.message) for each in warned),
    }
    chain, todo = [], [caught]
    while todo:
        each = todo.pop()
        if each not in chain:
            chain.append(each)
            todo += [other for other in (each.__cause__, each.__context__) if other is not None]
    for each in chain:
        # the lines of source come from this file and may hold the word; the messages may not
        shown = traceback.TracebackException.from_exception(each, lookup_lines=False)
        seen |= {
            f"str of {type(each).__name__}": str(each),
            "repr": repr(each),
            "args": repr(each.args),
            "state": repr(getattr(each, "__dict__", {})),
            "notes": repr(getattr(each, "__notes__", [])),
            "traceback": "".join(shown.format_exception_only()),
            "document": repr([getattr(each, name, "") for name in ("doc", "object", "name")]),
        }
        with contextlib.suppress(TypeError, pickle.PicklingError, AttributeError):
            seen["pickle"] = pickle.dumps(each).decode("latin-1")
    return [where for where, text in seen.items() if CANARY in text or str(NUMBER) in text]


PLANTED: list[Any] = [
    CANARY, NUMBER, f"fever {CANARY}", [CANARY], {CANARY: CANARY}, (CANARY,), {CANARY}, CANARY.encode(),
    float(NUMBER), Failing("iter"),
]  # fmt: skip


def paths(small) -> Iterator[tuple[str, Callable[[], object]]]:
    for finding in ("numb", "age", "side"):
        for planted in PLANTED:
            yield "answer", lambda f=finding, p=planted: triage({**CALM, f: p}, rules=small)
    for planted in PLANTED:
        if planted.__hash__ is not None:
            yield "key", lambda p=planted: triage({p: True}, rules=small)
            yield "group", lambda p=planted: none_of(p, rules=small)
        yield "mapping", lambda p=planted: triage(p, rules=small)
    for where in ("item", "iter"):
        yield "failing mapping", lambda w=where: triage(Failing(w), rules=small)
    yield "many", lambda: triage({f"a{i}": CANARY for i in range(3000)}, rules=small)
    for text in (
        f'{{"numb": "{CANARY}"', f'{{"{CANARY}": 1, "{CANARY}": 2}}', f'["{CANARY}"]', f'"{CANARY}"',
        f"{CANARY}", f'{{"numb": {NUMBER}x}}', '{"numb": ' + "[" * 50 + f'"{CANARY}"' + "]" * 50 + "}",
        f'{{"a": NaN, "b": "{CANARY}"}}',
    ):  # fmt: skip
        yield "json", lambda t=text: answers_from_json(t.encode())
    yield "json bytes", lambda: answers_from_json(CANARY.encode() + b"\xff")
    yield "json size", lambda: answers_from_json(CANARY.encode() * 10_000)
    yield "file", lambda: answers_from_file(f"/nowhere/{CANARY}")
    data = triage({**CALM, "severity": 9}, rules=small).to_dict()
    for key in data:
        for planted in (CANARY, [CANARY], {CANARY: CANARY}, NUMBER, {"answers": [["numb", CANARY]]}):
            if type(planted) is not type(data[key]):
                yield f"from_dict {key}", lambda k=key, p=planted: Referral.from_dict({**data, k: p})
    yield "from_dict key", lambda: Referral.from_dict({**data, CANARY: CANARY})
    yield "from_dict kind", lambda: Programme.from_dict({"kind": CANARY})
    yield "region", lambda: triage({}, rules=small).text(CANARY)


def test_no_error_holds_a_planted_value(small, caplog) -> None:
    ways = list(paths(small))
    assert len(ways) > 100
    found = [(name, where) for name, call in ways if (where := leaks(call, caplog))]
    # a list of texts may hold any text, and then the verdict simply holds it
    assert all(name.startswith("from_dict") and where == ["nowhere"] for name, where in found)
    assert len(found) < len(ways) / 10


@pytest.mark.parametrize("command", ["triage", "why"])
@pytest.mark.parametrize("text", [f'{{"numb": "{CANARY}"}}', f'{{"{CANARY}": 1}}', f"{CANARY}", f'"{CANARY}'])
def test_the_command_line_prints_no_planted_value(
    command: str, text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.json"
    path.write_text(text)
    assert main([command, str(path)]) == 2
    shown = capsys.readouterr()
    assert CANARY not in shown.out + shown.err


def test_naive_errors_fail_the_same_check(small, caplog) -> None:
    """Negative control: five ordinary ways to report an error, each of which leaks."""

    def repeats() -> None:
        raise ValueError(f"cannot read {CANARY!r}")

    def chains() -> None:
        try:
            repeats()
        except ValueError as error:
            raise RulesError([]) from error

    def forgets_the_context() -> None:
        try:
            json.loads(f'["{CANARY}"')
        except ValueError:
            raise RulesError([]) from None

    def notes() -> None:
        error = RulesError([])
        error.add_note(CANARY)
        raise error

    def logs() -> None:
        logging.getLogger("naive").error("bad answer %s", CANARY)
        raise RulesError([])

    naive = (repeats, chains, forgets_the_context, notes, logs)
    assert [each.__name__ for each in naive if not leaks(each, caplog)] == []


def test_the_answers_stay_out_of_every_repr(small) -> None:
    verdict = triage({**CALM, "age": 97, "onset_age": 96}, rules=small)
    assert dict(verdict.record.answers)["age"] == 97
    assert "97" not in repr(verdict).replace(verdict.record.hash, "")
    assert "97" not in repr(Record("1", "hash", (("age", 97),)))


def test_a_fault_of_rules_is_told_on_one_line_without_the_rest_of_the_file() -> None:
    text = f'label = "{CANARY}"\nunknown_key = "{CANARY}"\nreview = 3\n'
    with pytest.raises(RulesError) as caught:
        ruleset_from(pack({"findings/fever.toml": text}))
    assert CANARY not in str(caught.value)
    assert caught.value.__context__ is None


def test_a_mapping_of_a_host_is_read_once_and_left_alone(small) -> None:
    given = MappingProxyType({"numb": True})
    assert triage(given, rules=small) == triage({"numb": True}, rules=small)
