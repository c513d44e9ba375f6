"""F7: hostile answers lead to AnswerError and to nothing else. F6: memory does not grow with calls."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from sitriage import AnswerError, load_rules, triage
from sitriage.cli.files import answers_from_json
from sitriage.model import Ruleset
from tests.faults.figures import HOSTILE, apart, held, told
from tests.small_pack import CALM, small_rules

MIB = 1 << 20


class Odd:
    """An object that fails at everything."""

    def _fail(self, *_: object) -> Any:
        raise ZeroDivisionError

    __eq__ = __lt__ = __le__ = __gt__ = __ge__ = __bool__ = __str__ = __repr__ = __len__ = __iter__ = _fail
    __hash__ = object.__hash__


class Text(str):
    """A text that equals every other."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = str.__hash__


class Sly(dict[Any, Any]):
    """A dict that fails while it is read."""

    def __iter__(self) -> Iterator[Any]:
        raise RuntimeError("no")


# what nobody can have meant, for any finding
VALUES: list[Any] = [
    None, math.nan, math.inf, -1, 10**9, 10**4000, 0.5, b"yes", "", "yes", "Unsure", "no\x00", "\ud800",
    "x" * 5000, [], {}, (), set(), [[[]]], {"a": {"b": 1}}, Odd(), Text("unsure"), object, len,
    range(3), 1j, "\u202eunsure", "unsure\u200b", Ellipsis, NotImplemented, memoryview(b"1"), iter(()),
]  # fmt: skip
KEYS: list[Any] = [
    None, 1, 1.5, b"fever", "", " ", "FEVER", "fever ", "fever\u200b", "fevers", "x" * 10_000,
    ("fever",), frozenset(), Odd(), Text("zz"), math.nan, True, "__class__", "\ud800", "{name}",
]  # fmt: skip


def hostile(count: int, names: list[str], seed: int) -> Iterator[Any]:
    """Answers of which at least one cannot be read."""
    chance = Random(seed)
    for number in range(count):
        kind = number % 10
        name, key, bad = chance.choice(names), chance.choice(KEYS), chance.choice(VALUES)
        if kind < 5:
            yield {name: bad}
        elif kind < 8:
            yield {name: True, key: chance.choice([True, bad])}
        elif kind == 8:
            yield {**{each: chance.choice([True, 3, "left", bad]) for each in names[:40]}, name: bad}
        else:
            yield chance.choice([None, [], "x", 3, Sly(a=1), [("fever", True)], dict.fromkeys(names, bad)])


def others(call: Callable[[Any], object], given: Iterator[Any]) -> tuple[int, dict[str, int]]:
    """How many were refused as they should be, and what else happened how often."""
    refused, found = 0, {}
    for answers in given:
        try:
            call(answers)
            what = "no error"
        except AnswerError:
            refused += 1
            continue
        except BaseException as error:
            what = type(error).__name__
        found[what] = found.get(what, 0) + 1
    return refused, found


def hostile_calls(count: int) -> tuple[int, dict[str, int], int]:
    """How many were refused, what else happened, and the bytes that the process grew by."""
    rules = load_rules()

    def call(answers: Any) -> object:
        return triage(answers, rules=rules)

    names = sorted(rules.findings)
    others(call, hostile(2000, names, 1))
    before = held()
    refused, found = others(call, hostile(count, names, 2))
    return refused, found, held() - before


def kept_blocks(count: int) -> int:
    """The bytes that a process grew by which keeps so many blocks of 256 KiB."""
    kept: list[bytes] = []
    before = held()
    for _ in range(count):
        kept.append(b"x" * (1 << 18))
    return held() - before


def verdicts(count: int) -> int:
    """The bytes that the process grew by while so many verdicts were given."""
    small = small_rules()
    people = [CALM, {**CALM, "numb": True}, {**CALM, "severity": 9}, {**CALM, "easing": True}]

    def run(times: int) -> None:
        for number in range(times):
            triage(people[number % 4], rules=small)

    run(1000)
    before = held()
    run(count)
    return held() - before


def test_hostile_answers_lead_to_one_error_only() -> None:
    start = time.perf_counter()
    refused, found, grown = apart(hostile_calls, HOSTILE)
    taken = time.perf_counter() - start
    told(
        f"F7: {refused} of {HOSTILE} refused in {taken:.1f} s, others {found}, memory {grown / MIB:+.2f} MiB"
    )
    assert found == {}
    assert refused == HOSTILE
    assert grown <= 8 * MIB


def test_hostile_json_leads_to_one_error_only() -> None:
    chance = Random(3)
    whole = b'{"fever": true, "age": 44, "pain_side": "left", "low_back_pain": "unsure"}'

    def broken() -> Iterator[bytes]:
        for _ in range(HOSTILE // 10):
            data = bytearray(whole)
            for _ in range(chance.randrange(1, 6)):
                data[chance.randrange(len(data))] = chance.choice(b'{}[]",:0 9eE+-.\\ntf\x00\xff\x80')
            yield bytes(data[: chance.randrange(len(data) + 1)])

    refused, found = others(answers_from_json, broken())
    told(f"F7: {refused} broken JSON texts refused, {found} read")
    assert set(found) <= {"no error"}
    assert refused > HOSTILE // 20


def test_naive_readers_fail_the_same_checks(rules: Ruleset) -> None:
    """Negative control: one that trusts its types, and one that keeps what it was given."""
    names = sorted(rules.findings)

    def trusting(answers: Any) -> object:
        for key, value in answers.items():
            finding = rules.findings[key]
            if finding.kind == "number" and not finding.min <= value <= finding.max:
                raise AnswerError([])
            if finding.kind == "choice" and value not in finding.choices:
                raise AnswerError([])
        return None

    _, found = others(trusting, hostile(2000, names, 2))
    assert {"AttributeError", "KeyError", "TypeError", "no error"} <= set(found)

    assert apart(kept_blocks, 200) > 8 * MIB


def test_memory_does_not_grow_with_calls() -> None:
    grown = apart(verdicts, HOSTILE // 5)
    told(f"F6: {HOSTILE // 5} verdicts, memory {grown / MIB:+.2f} MiB")
    assert grown <= MIB
