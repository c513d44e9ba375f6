"""`python -m tests.deep` runs every campaign with large numbers, one after the other: a night's work.

The same code as in the tests: the faults of tests/faults, every fault of rules that can be planted, and ten
million people through the engine and the independent evaluator, whose counts it writes to RESULTS.toml.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from time import perf_counter

MILLION = 1_000_000


def main() -> int:
    """Runs the campaigns and returns 1 if any of them failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.deep", description=__doc__)
    parser.add_argument("--people", type=int, default=10 * MILLION, help="through engine and evaluator")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    people = ["--people", str(options.people), "--processes", str(options.processes), "--record"]
    campaigns = {
        "faults": ["tests.faults.deep"],
        "rules with a fault": ["tests.prove.campaign", "0"],
        "small changes of the code": ["tests.mutation"],
        "people": ["tests.independent", *people],
    }
    failed = []
    for name, command in campaigns.items():
        start = perf_counter()
        print(f"== {name}", flush=True)
        if subprocess.run([sys.executable, "-m", *command], check=False).returncode:
            failed.append(name)
        print(f"== {name}: {perf_counter() - start:.0f} s", flush=True)
    print(f"failed: {', '.join(failed)}" if failed else "all campaigns passed")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
