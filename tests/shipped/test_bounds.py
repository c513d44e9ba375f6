"""What the bounds of live.py leave out alters nobody's plan: at every leaf, whatever else is open."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from sitriage import live
from sitriage.conditions import Answers, findings_in
from sitriage.live import bounds_of, live_conditions
from sitriage.programme import plan
from sitriage.ranges import Bounds
from tests.shipped.calm import RULES
from tests.shipped.leaves import LEAVES
from tests.shipped.test_programmes import states
from tests.test_live import given_of

# whatever a plan reads
READ = sorted(
    {
        name
        for each in live_conditions(RULES, bounds_of(RULES, RULES.domains.__getitem__))
        for name in findings_in(each)
    }
)


def altered(answers: Answers, seed: int) -> Iterator[str]:
    """Yields the findings that were open, not live, and changed, where the plan is another after that."""
    chance = Random(seed)
    often = chance.choice((0.1, 0.5, 0.9))
    opened = {name for name in READ if chance.random() < often}
    bounds = Bounds(lambda name: RULES.domains[name] if name in opened else (answers[name],))
    live_now = {name for each in live_conditions(RULES, bounds) for name in findings_in(each)}
    idle = sorted(opened - live_now)
    changed = {**answers, **{name: chance.choice(RULES.domains[name]) for name in idle}}
    if given_of(plan(RULES, changed)) != given_of(plan(RULES, answers)):
        yield from idle


def found(leaf: str, every: int) -> set[str]:
    some = states(leaf)[:: max(1, len(states(leaf)) // every)]
    assert len(some) >= every
    return {name for seed, (answers, _) in enumerate(some) for name in altered(answers, seed)}


@pytest.mark.parametrize("leaf", LEAVES)
def test_what_is_not_live_alters_no_plan(leaf: str) -> None:
    assert found(leaf, 60) == set()


@pytest.mark.parametrize(
    ("bound", "wrong"),
    [
        ("_surely_kept", lambda programme, rules, bounds: 2),
        ("_ladder", lambda exercise, start, rules, bounds: iter(())),
        ("_sides", lambda exercises, sided, rules, bounds: iter(())),
    ],
)
def test_a_bound_that_leaves_out_too_much_is_found(
    bound: str, wrong: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, bound, wrong)
    assert any(found(leaf, 60) for leaf in LEAVES)
