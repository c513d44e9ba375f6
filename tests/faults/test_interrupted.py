"""F9: an exception at any line of the core leaves nothing half done; the next verdict is right."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import sitriage
from sitriage import SitriageError, triage
from sitriage.load import ruleset_from
from tests.faults.figures import DEEP, told
from tests.small_pack import CALM, pack

PACKAGE = str(Path(sitriage.__file__).parent)
ERRORS = (MemoryError, RecursionError, KeyboardInterrupt)
# the ordinary run strikes at every line of the core once, and then at every n-th step
EVERY = 1 if DEEP else 97

PEOPLE: list[dict[str, Any]] = [
    CALM,
    {**CALM, "numb": True},
    {**CALM, "easing": True, "worse": True},
    {name: value for name, value in CALM.items() if name not in ("fever", "side", "age")},
]


def steps(call: Callable[[], object]) -> list[tuple[str, int]]:
    """The lines of the core that a call runs, in order."""
    found: list[tuple[str, int]] = []

    def trace(frame: FrameType, event: str, _: object) -> object:
        if not frame.f_code.co_filename.startswith(PACKAGE):
            return None
        if event == "line":
            found.append((frame.f_code.co_filename, frame.f_lineno))
        return trace

    traced(call, trace)
    return found


def traced(call: Callable[[], object], trace: Callable[..., object]) -> object:
    usual = sys.gettrace()
    sys.settrace(trace)
    try:
        return call()
    finally:
        sys.settrace(usual)


def struck(call: Callable[[], object], at: int, error: type[BaseException]) -> BaseException | None:
    """What a call ends with if an exception strikes at a step."""
    left = at

    def trace(frame: FrameType, event: str, _: object) -> object:
        nonlocal left
        if not frame.f_code.co_filename.startswith(PACKAGE):
            return None
        if event == "line":
            left -= 1
            if left == 0:
                raise error
        return trace

    try:
        traced(call, trace)
    except BaseException as caught:
        return caught
    return None


def places(ran: list[tuple[str, int]], every: int) -> Iterator[int]:
    """Each line once, where it is first run, and every n-th step."""
    seen = set()
    for number, line in enumerate(ran, 1):
        if line not in seen or number % every == 0:
            seen.add(line)
            yield number


def damage(call: Callable[[], object], every: int, error: type[BaseException]) -> tuple[int, list[str]]:
    """Strikes at many steps of a call; returns how many, and where the call was not right afterwards."""
    right = call()
    ran = steps(call)
    found, count = [], 0
    for at in places(ran, every):
        ended = struck(call, at, error)
        count += 1
        # the exception comes out as it is, or as a typed refusal; a verdict only if it is the right one
        if ended is not None and not isinstance(ended, (error, SitriageError)):
            found.append(f"{ran[at - 1]} ended with {type(ended).__name__}")
        if call() != right:
            found.append(f"{ran[at - 1]} left something behind")
    return count, found


@pytest.mark.parametrize("error", ERRORS)
def test_a_verdict_after_an_interruption_is_right(error: type[BaseException], small) -> None:
    total = 0
    # the other errors take the same way out; one person shows it
    for person in PEOPLE if DEEP or error is MemoryError else PEOPLE[:1]:
        count, found = damage(lambda person=person: triage(person, rules=small), EVERY, error)
        assert found == []
        total += count
    told(f"F9: {error.__name__} at {total} steps of small verdicts")
    assert total > 200


@pytest.mark.parametrize("error", ERRORS)
def test_the_texts_and_data_after_an_interruption_are_right(error: type[BaseException], small) -> None:
    verdict = triage(CALM, rules=small)
    for call in (verdict.text, verdict.to_dict, lambda: type(verdict).from_dict(verdict.to_dict())):
        # reading a verdict back may refuse it with the error it always gives
        wrong = [each for each in damage(call, EVERY, error)[1] if "ended with ValueError" not in each]
        assert wrong == []


def test_the_rules_after_an_interruption_are_right(small) -> None:
    files = pack()
    verdict = triage(CALM, rules=small)

    def load() -> object:
        rules = ruleset_from(files)
        return rules.hash, triage(CALM, rules=rules)

    assert load() == (small.hash, verdict)
    ran = steps(lambda: ruleset_from(files))
    spots = list(places(ran, len(ran)))[:: 1 if DEEP else 12]
    for number, at in enumerate(spots):
        error = ERRORS[number % 3]
        ended = struck(lambda: ruleset_from(files), at, error)
        assert isinstance(ended, (error, SitriageError)), ran[at - 1]
        assert load() == (small.hash, verdict), ran[at - 1]
    told(f"F9: loading interrupted at {len(spots)} lines")
    assert len(spots) > 25


def test_the_shipped_rules_after_an_interruption_are_right(rules) -> None:
    person = {"fever": True, "saddle_numbness": True, "age": 40}
    call = lambda: triage(person, rules=rules).to_dict()  # noqa: E731
    right = call()
    ran = steps(call)
    spots = list(range(1, len(ran), max(1, len(ran) // (200 if DEEP else 12))))
    for number, at in enumerate(spots):
        assert isinstance(struck(call, at, ERRORS[number % 3]), ERRORS)
        assert call() == right
    told(f"F9: a shipped verdict of {len(ran)} steps interrupted at {len(spots)}")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process that splits")
def test_the_first_call_of_all_may_be_interrupted() -> None:
    """In children of a process that has loaded nothing yet: the imports and the shipped rules are struck."""
    import subprocess

    code = f"""
import os, sys
import sitriage
from tests.faults.first_call import strike
for number in range({100 if DEEP else 6}):
    child = os.fork()
    if not child:
        os._exit(strike(number * {911 if DEEP else 15013} + 1))
    if os.waitpid(child, 0)[1]:
        sys.exit(f"strike {{number}} left something behind")
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=900, cwd=Path(__file__).parents[2])


class Naive:
    """An engine with state that it sets while it works."""

    busy = False

    def call(self) -> str:
        if self.busy:
            return "wrong"
        self.busy = True
        found = "right"
        self.busy = False
        return found


def test_a_naive_engine_fails_the_same_check(monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control."""
    monkeypatch.setattr(sys.modules[__name__], "PACKAGE", str(Path(__file__)))
    _, found = damage(Naive().call, 1, MemoryError)
    assert any("left something behind" in each for each in found)
