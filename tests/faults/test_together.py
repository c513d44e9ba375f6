"""F4: threads and tasks get what one caller gets. F10: packs in one process do not touch each other."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from sitriage import load_rules, triage
from sitriage.load import ruleset_from
from sitriage.verdict import Referral, _verdict_from
from tests.faults.figures import DEEP, told
from tests.small_pack import CALM, FILES, edited, pack

THREADS = 8
ROUNDS = 400 if DEEP else 20
PEOPLE: list[dict[str, Any]] = [
    CALM,
    {**CALM, "numb": True},
    {**CALM, "severity": 9, "side": "both"},
    {**CALM, "egg": True, "egg_week": 4},
    {"fever": "unsure"},
    {**CALM, "easing": True, "worse": True},
]


@pytest.fixture(autouse=True)
def _restless() -> Iterator[None]:
    """Threads take turns as often as can be."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


def at_once(work: Callable[[int], object]) -> list[object]:
    """What each of eight threads gets that start together."""
    gate = threading.Barrier(THREADS)

    def run(number: int) -> object:
        gate.wait()
        return work(number)

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(run, range(THREADS)))


def test_threads_get_the_verdicts_of_one_caller(small) -> None:
    serial = [triage(each, rules=small).to_dict() for each in PEOPLE]

    def work(number: int) -> object:
        order = [(number + step) % len(PEOPLE) for step in range(len(PEOPLE) * ROUNDS)]
        return all(triage(PEOPLE[at], rules=small).to_dict() == serial[at] for at in order)

    assert at_once(work) == [True] * THREADS
    told(f"F4: {THREADS * ROUNDS * len(PEOPLE)} verdicts in {THREADS} threads equal the serial ones")


def test_threads_load_what_one_caller_loads(tmp_path: Path, small) -> None:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    wanted = triage(CALM, rules=small)

    def work(number: int) -> object:
        rules = load_rules(tmp_path)
        return rules.hash == small.hash and triage(CALM, rules=rules) == wanted

    assert at_once(work) == [True] * THREADS


def test_the_first_call_of_all_may_come_from_many_threads() -> None:
    """In a fresh process, so that importing, loading and the code of cattrs are raced for."""
    import subprocess

    code = """
import sys, threading
from concurrent.futures import ThreadPoolExecutor
sys.setswitchinterval(1e-6)
import sitriage
gate = threading.Barrier(8)
def run(_):
    gate.wait()
    verdict = sitriage.triage({"fever": True})
    return str(verdict), type(verdict).from_dict(verdict.to_dict()) == verdict
with ThreadPoolExecutor(8) as pool:
    found = set(pool.map(run, range(8)))
assert len(found) == 1 and next(iter(found))[1], found
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120, cwd=Path(__file__).parents[2])


def test_verdicts_are_written_and_read_by_threads_alike(small) -> None:
    verdicts = [triage(each, rules=small) for each in PEOPLE]

    def work(number: int) -> object:
        return all(_verdict_from(object, each.to_dict()) == each for each in verdicts * 3)

    assert at_once(work) == [True] * THREADS


def test_tasks_get_the_verdicts_of_one_caller(small) -> None:
    serial = [triage(each, rules=small) for each in PEOPLE]

    async def one(at: int) -> bool:
        await asyncio.sleep(0)
        here = triage(PEOPLE[at], rules=small) == serial[at]
        there = await asyncio.to_thread(triage, PEOPLE[at], rules=small) == serial[at]
        return here and there

    async def everybody() -> list[bool]:
        return await asyncio.gather(*(one(at % len(PEOPLE)) for at in range(ROUNDS * 10)))

    assert all(asyncio.run(everybody()))


def test_a_naive_engine_with_state_fails_the_same_check(small) -> None:
    """Negative control: an engine that keeps the person in a shared place mixes people up."""
    place: dict[str, Any] = {}

    def naive(answers: dict[str, Any]) -> object:
        place["answers"] = answers
        for _ in range(50):
            found = place["answers"]
        return found

    def work(number: int) -> object:
        return all(naive(PEOPLE[number % 6]) is PEOPLE[number % 6] for _ in range(2000))

    assert not all(at_once(work))


def test_packs_side_by_side_do_not_touch_each_other(rules) -> None:
    plain = ruleset_from(pack())
    calmer = ruleset_from(pack(edited("gates/too_young.toml", "max = 15", "max = 10")))
    answers = {**CALM, "age": 12, "onset_age": 12}
    alone = [
        triage(answers, rules=plain),
        triage(answers, rules=calmer),
        triage({"fever": True}, rules=rules),
    ]
    assert isinstance(alone[0], Referral)
    assert not isinstance(alone[1], Referral)
    for _ in range(ROUNDS * 10):
        assert triage(answers, rules=plain) == alone[0]
        assert triage(answers, rules=calmer) == alone[1]
    assert triage({"fever": True}, rules=rules) == alone[2]
    assert len({plain.hash, calmer.hash, rules.hash}) == 3
    told(f"F10: {ROUNDS * 20} verdicts of two packs in turn")


def test_a_naive_engine_that_remembers_its_first_pack_fails_the_same_check() -> None:
    """Negative control: a cache that forgets which rules it was made for."""
    first: dict[str, Any] = {}

    def naive(answers: dict[str, Any], rules: Any) -> object:
        return triage(answers, rules=first.setdefault("rules", rules))

    plain = ruleset_from(pack())
    calmer = ruleset_from(pack(edited("gates/too_young.toml", "max = 15", "max = 10")))
    answers = {**CALM, "age": 12, "onset_age": 12}
    assert naive(answers, plain) == triage(answers, rules=plain)
    assert naive(answers, calmer) != triage(answers, rules=calmer)
