"""How many times the long tests run, and what they measured.

Ordinary runs are short. `SITRIAGE_HOSTILE=1000000` makes them long, scaled alike; nothing else differs.
"""

from __future__ import annotations

import os

ORDINARY = 20_000
HOSTILE = int(os.environ.get("SITRIAGE_HOSTILE", ORDINARY))
DEEP = HOSTILE >= 50 * ORDINARY


def memory() -> int:
    """The bytes this process holds in memory now."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def told(what: str) -> None:
    """Prints a figure; pytest shows it with -s."""
    print(f"\n[figure] {what}", flush=True)
