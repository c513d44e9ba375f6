"""How the time of the proofs grows with the number of levels; and it is in line with the time of loading."""

from __future__ import annotations

from time import perf_counter

import pytest

from sitriage import Ruleset
from sitriage.load import ruleset_from
from sitriage.prove.catalogue import SAFETY, prove
from tests.small_pack import FILES, pack

# a pack has at most 1,000 files: two for each level
SIZES = (10, 100, 480)


def files_with(levels: int) -> dict[str, bytes]:
    """The small pack with so many red flags more, each on signs of its own and on some that are shared."""
    added: dict[str, str] = {}
    groups = FILES["groups.toml"]
    for number in range(levels):
        sign = f"sign_{number}"
        if number % 10 == 0:
            head = f'id = "more_{number // 10}"\ntitle = "More"\nask = "Is any there?"\nwhy = "To be safe."'
            groups += f"\n[[group]]\n{head}\n"
        added[f"findings/{sign}.toml"] = FILES["findings/swollen.toml"].replace(
            'group = "danger"', f'group = "more_{number // 10}"'
        )
        when = f'when.any = [{{ all = ["{sign}", "night_pain"] }}, {{ all = ["{sign}", "worse"] }}]'
        flag = FILES["red_flags/strong_pain.toml"]
        added[f"red_flags/flag_{number}.toml"] = flag.replace(
            'when = { finding = "severity", min = 8 }', when
        )
    return pack(added | {"groups.toml": groups})


def seconds(files: dict[str, bytes]) -> tuple[float, float, Ruleset]:
    start = perf_counter()
    rules = ruleset_from(files)
    loaded = perf_counter()
    assert all(proof.holds for proof in prove(rules, SAFETY))
    return loaded - start, perf_counter() - loaded, rules


@pytest.mark.slow
@pytest.mark.checkout
def test_proofs_grow_in_line_with_the_pack():
    """Fifty times the levels take at most two hundred times as long: no flattening, no explosion."""
    times = {}
    for levels in SIZES:
        _, times[levels], rules = min(
            (seconds(files_with(levels)) for _ in range(2)), key=lambda each: each[1]
        )
        assert sum(len(flag.levels) for flag in rules.gated) >= levels
    assert times[100] < 40 * times[10]
    assert times[480] < 200 * times[10]
