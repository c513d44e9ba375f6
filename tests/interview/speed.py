"""How long the next question takes: `python -m tests.interview.speed [people]`.

In processor time, since other work on the machine is none of ours; and as a ratio to one `triage` of somebody
who answered everything, since machines differ.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from itertools import islice
from time import process_time

from sitriage import Interview, triage
from tests.interview.measure import WEEKS, Truth, people


def timed(work: Callable[[], object]) -> float:
    """Returns the milliseconds that some work takes."""
    start = process_time()
    work()
    return (process_time() - start) * 1000


def walked(truth: Truth) -> Iterator[tuple[str, float]]:
    """Yields how long each question takes to somebody to whom this is true, and then why it stops."""
    yield "triage", timed(lambda: triage(truth))
    interview = Interview()
    while True:
        # as a host that keeps plain data: nothing is left over from the question before
        fresh = Interview.from_dict(interview.to_dict())
        yield "question", timed(lambda fresh=fresh: fresh.question)  # type: ignore[misc]
        question = fresh.question
        if question is None:
            yield "why_stop", timed(lambda fresh=fresh: fresh.why_stop)  # type: ignore[misc]
            return
        interview = fresh.answer({name: truth.get(name, WEEKS) for name in question.items})


def table(times: dict[str, list[float]]) -> Iterator[str]:
    """Yields median, 95th percentile and most in milliseconds, and the median and the most in yardsticks."""
    yardstick = sorted(times["triage"])[len(times["triage"]) // 2]
    yield f"{'':10}{'times':>7}{'median':>9}{'p95':>9}{'most':>9}   in triages: median, most"
    for what, found in times.items():
        found = sorted(found)
        half, nearly, most = (found[int(share * (len(found) - 1))] for share in (0.5, 0.95, 1))
        ratios = f"{half / yardstick:12.1f}{most / yardstick:8.1f}"
        yield f"{what:10}{len(found):7}{half:9.2f}{nearly:9.2f}{most:9.2f}   {ratios}"


def measured(many: int) -> dict[str, list[float]]:
    """Returns the times of so many interviews."""
    times: dict[str, list[float]] = {"triage": [], "question": [], "why_stop": []}
    for truth in islice(people(seed=17), many):
        for what, took in walked(truth):
            times[what].append(took)
    return times


if __name__ == "__main__":
    _ = Interview().question  # the rules are loaded
    print("\n".join(table(measured(int(sys.argv[1]) if len(sys.argv) > 1 else 300))))
