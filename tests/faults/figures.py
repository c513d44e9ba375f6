"""How many times the long tests run, and what they measured.

Ordinary runs are short. `SITRIAGE_HOSTILE=1000000` makes them long, scaled alike; nothing else differs.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

Result = TypeVar("Result")

ORDINARY = 20_000
HOSTILE = int(os.environ.get("SITRIAGE_HOSTILE", ORDINARY))
DEEP = HOSTILE >= 50 * ORDINARY


def held() -> int:
    """The bytes this process holds in memory once its waste is collected."""
    gc.collect()
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def apart(work: Callable[..., Result], *given: object) -> Result:
    """What the work returns in a process of its own: memory that other tests gave back hides a growth."""
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        return process.submit(work, *given).result()


def told(what: str) -> None:
    """Prints a figure; pytest shows it with -s."""
    print(f"\n[figure] {what}", flush=True)
