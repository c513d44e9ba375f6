"""The deep run: `python -m tests.independent --people 10000000 --processes 2 --record`, from the checkout.

It goes on where the last recorded run with the same rules ended, and records every share as it is done.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from collections.abc import Iterator
from functools import partial
from hashlib import sha256
from multiprocessing import Pool
from pathlib import Path
from typing import Any

from sitriage import load_rules
from tests.independent.differ import SHIPPED, Tally, counted, run
from tests.independent.evaluator import Pack, load

RESULTS = Path(__file__).parent.parent / "deep" / "RESULTS.toml"
SHARE = 20_000
FIRST_SEED = 1000
# what is said, or cited, and decides nothing (tests/test_compose.py: wording never decides)
SAID = {
    "label", "question", "help", "because", "tell_them", "meanwhile", "steps", "steps_each", "review", "rows",
    "sources", "facts", "advice", "evidence", "equipment", "position", "group", "unit", "name", "version",
    "choice_labels", "stop_if", "warm_up", "few_left", "beside_referral", "watch", "ask_first",
    "counts_weeks",
}  # fmt: skip


def deciding(pack: Pack) -> str:
    """The hash of all that the evaluator reads but the words."""

    def bare(data: Any) -> Any:
        if isinstance(data, dict):
            return {key: bare(each) for key, each in data.items() if key not in SAID}
        return [*map(bare, data)] if isinstance(data, list) else data

    return sha256(json.dumps(bare(pack.files), sort_keys=True).encode()).hexdigest()


def share(seed: int, people: int) -> Tally:
    return run(people, seed, load(SHIPPED, as_built=True))


def shares(seeds: range, processes: int) -> Iterator[Tally]:
    # in order, so that what is recorded is always one range of seeds
    with Pool(processes) as pool:
        yield from pool.imap(partial(share, people=SHARE), seeds)


def recorded(pack: Pack) -> tuple[int, Tally]:
    """What was run with these rules before: the next seed, and what was counted."""
    found = tomllib.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    if found.get("deciding") != deciding(pack):
        return FIRST_SEED, Tally()
    tally = Tally(untried=found["untried"], differences=found["differences"])
    for counter, key in ((tally.doors, "doors"), (tally.levels, "levels"), (tally.leaves, "leaves")):
        counter.update(found[key])
    return found["seeds"][1] + 1, tally


def results(tally: Tally, pack: Pack, last: int) -> str:
    rules = load_rules()
    levels, leaves = counted(tally, pack)
    lines = [
        "# The deep run of tests/independent, written by `python -m tests.independent --record`.",
        f'version = "{rules.manifest.version}"',
        f'hash = "{rules.hash}"',
        f'deciding = "{deciding(pack)}"',
        f"seeds = [{FIRST_SEED}, {last}]",
        f"people = {tally.doors['decision']}",
        f"differences = {tally.differences}",
        f"untried = {tally.untried}",
    ]
    for name, counts in (("doors", sorted(tally.doors.items())), ("levels", levels), ("leaves", leaves)):
        lines += ["", f"[{name}]", *(f'"{each}" = {people}' for each, people in counts)]
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.independent", description=__doc__)
    parser.add_argument("--people", type=int, default=SHARE, help=f"rounded up to shares of {SHARE}")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--record", action="store_true", help=f"go on from {RESULTS.name} and write it")
    given = parser.parse_args()
    pack = load(SHIPPED, as_built=True)
    seed, tally = recorded(pack) if given.record else (FIRST_SEED, Tally())
    wanted = FIRST_SEED + -(-given.people // SHARE)
    for last, part in enumerate(shares(range(seed, wanted), given.processes), seed):
        tally.add(part)
        print(f"{tally.doors['decision']} people, {tally.differences} differences", flush=True)
        if given.record:
            RESULTS.write_text(results(tally, pack, last), encoding="utf-8")
    for door, answers, expected, seen in tally.examples:
        print(f"\n{door}: {answers}\n  evaluator: {expected}\n  engine:    {seen}")
    return 1 if tally.differences else 0


if __name__ == "__main__":
    raise SystemExit(main())
