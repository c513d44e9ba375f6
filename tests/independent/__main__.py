"""The deep run: `python -m tests.independent --people 10000000 --processes 2 --record`, from the checkout."""

from __future__ import annotations

import argparse
from functools import partial
from multiprocessing import Pool
from pathlib import Path

from sitriage import load_rules
from tests.independent.differ import SHIPPED, Tally, least, run
from tests.independent.evaluator import Pack, load

RESULTS = Path(__file__).parent.parent / "deep" / "RESULTS.toml"
SHARE = 20_000


def share(seed: int, people: int) -> Tally:
    return run(people, seed, load(SHIPPED, as_built=True))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.independent", description=__doc__)
    parser.add_argument("--people", type=int, default=SHARE, help=f"rounded up to shares of {SHARE}")
    parser.add_argument("--seed", type=int, default=0, help="of the first share; every share has its own")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--record", action="store_true", help=f"write {RESULTS.name}")
    given = parser.parse_args()
    shares, tally = -(-given.people // SHARE), Tally()
    with Pool(given.processes) as pool:
        seeds = range(given.seed, given.seed + shares)
        for done, part in enumerate(pool.imap_unordered(partial(share, people=SHARE), seeds), 1):
            tally.add(part)
            print(f"{done * SHARE} people, {tally.differences} differences", flush=True)
    for door, answers, wanted, seen in tally.examples:
        print(f"\n{door}: {answers}\n  evaluator: {wanted}\n  engine:    {seen}")
    found = results(tally, load(SHIPPED, as_built=True), given.seed, shares)
    print(f"\n{found}")
    if given.record:
        RESULTS.write_text(found, encoding="utf-8")
    return 1 if tally.differences else 0


def results(tally: Tally, pack: Pack, seed: int, shares: int) -> str:
    rules, (level, leaf) = load_rules(), least(tally, pack)
    lines = [
        "# The last deep run of tests/independent, written by `python -m tests.independent --record`.",
        f'version = "{rules.manifest.version}"',
        f'hash = "{rules.hash}"',
        f"seeds = [{seed}, {seed + shares - 1}]",
        f"differences = {tally.differences}",
        f"untried = {tally.untried}",
        "",
        "[doors]",
        *(f"{door} = {people}" for door, people in sorted(tally.doors.items())),
        "",
        "[least]",
        f'level = {{ name = "{level[1]}", people = {level[0]} }}',
        f'leaf = {{ name = "{leaf[1]}", people = {leaf[0]} }}',
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
