"""Whether long use grows the memory: `python -m tests.interview.soak [STEPS SMALL SHIPPED]`.

STEPS answers under the shipped rules without asking for a question, SMALL whole interviews about a sore
tail (the rules of the tests, whose questions cost little) and SHIPPED whole ones under the shipped rules.
The figures of the project are taken with `1000000 10000 300`.
"""

from __future__ import annotations

import gc
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from random import Random
from time import perf_counter
from typing import NamedTuple

from sitriage import Interview, load_rules
from sitriage.model import Ruleset
from sitriage.verdict import AnswerValue
from tests.faults.figures import held
from tests.small_pack import small_rules

Work = Callable[[int], object]
SMALL_FORM = (900, 24, 2)
MOST_GROWTH = 2**20
# how often somebody has none of what is on a screen; else one thing on it is answered at random
WELL = 0.9


class Growth(NamedTuple):
    """How far the memory of the process and the objects of Python grew after the warm-up, in bytes."""

    what: str
    times: int
    held: int
    traced: int
    seconds: float

    def __str__(self) -> str:
        kib = f"process {self.held / 1024:+.0f} KiB, objects {self.traced / 1024:+.1f} KiB"
        return f"{self.times} {self.what}: {kib}, {self.seconds:.0f} s"


def growth(what: str, work: Work, times: int) -> Growth:
    """Returns the growth over so many times, after a warm-up; a part of them is traced before."""
    few = max(1, min(times // 3, 2_000))
    work(few)
    traced = _traced(work, few)
    # tracing has left its own traces
    work(few)
    before, start = held(), perf_counter()
    work(times)
    seconds = perf_counter() - start
    return Growth(what, times, held() - before, traced, seconds)


def _traced(work: Work, times: int) -> int:
    """The bytes of objects that are there after the work and were not before it."""
    tracemalloc.start()
    try:
        # what is made once is no growth
        work(times)
        gc.collect()
        before = tracemalloc.get_traced_memory()[0]
        work(times)
        gc.collect()
        return tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()


def answer_steps(rules: Ruleset, seed: int = 1) -> Work:
    """Returns work whose unit is one answer; an interview has twenty."""
    chance, names = Random(seed), [name for name, each in rules.findings.items() if each.kind == "yes_no"]

    def work(times: int) -> None:
        interview = Interview(rules=rules)
        for number in range(times):
            if number % 20 == 0:
                interview = Interview(rules=rules)
            interview = interview.answer({chance.choice(names): chance.choice((True, False, "unsure"))})

    return work


def whole_interviews(rules: Ruleset, seed: int = 1) -> Work:
    """Returns work whose unit is an interview from the first question to the text of the verdict."""
    chance = Random(seed)

    def work(times: int) -> None:
        for _ in range(times):
            interview = Interview(rules=rules)
            while (question := interview.question) is not None:
                said: dict[str, AnswerValue] = dict(question.none)
                for part in question.parts:
                    if not said or chance.random() > WELL ** (1 / len(question.parts)):
                        number = chance.randint(part.min, part.max)
                        any_of = [answer for answer, _ in part.choices]
                        said[part.id] = number if part.kind == "number" else chance.choice(any_of)
                interview = interview.answer(said)
                assert interview.progress.answered > 0
            stored = Interview.from_dict(interview.to_dict(), rules=rules)
            assert stored.verdict.text()

    return work


def soak(steps: int, small: int, shipped: int) -> Iterator[Growth]:
    """Yields what each kind of use grows."""
    yield growth("answers under the shipped rules", answer_steps(load_rules()), steps)
    yield growth("whole interviews, small rules", whole_interviews(small_rules()), small)
    yield growth("whole interviews, shipped rules", whole_interviews(load_rules()), shipped)


if __name__ == "__main__":
    grew = False
    for each in soak(*(map(int, sys.argv[1:]) if len(sys.argv) > 1 else SMALL_FORM)):
        print(each, flush=True)
        grew = grew or max(each.held, each.traced) >= MOST_GROWTH
    sys.exit(grew)
