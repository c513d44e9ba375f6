"""Whole interviews under the shipped rules: a few people here; `tests/interview/RESULTS.toml` holds many."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Set
from itertools import islice

import attrs
import pytest

from sitriage import Interview, load_rules
from sitriage.completions import Completions
from sitriage.interview import session
from sitriage.interview.policy import Asked, next_items
from tests.independent.__main__ import deciding
from tests.independent.differ import SHIPPED
from tests.independent.evaluator import load
from tests.interview.measure import Truth, people, whole
from tests.interview.sound import (
    CHECKS,
    RESULTS,
    Held,
    asked_twice,
    danger_late,
    held,
    idle,
    order_matters,
    too_long,
    wrong_end,
)
from tests.interview.worst import longest_found, most_screens

# once is enough: it is about the rules and the engine, not about how they are installed
pytestmark = pytest.mark.checkout

Policy = Callable[[Completions, Set[str], Set[str]], Asked | None]
PEOPLE = 12
IN_PAIN = whole({"pain_severity": 9, "si_region_pain": True})


@pytest.fixture(scope="module")
def everybody() -> list[Held]:
    return [held(truth) for truth in islice(people(seed=11), PEOPLE)]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_no_interview_is_wrong(everybody: list[Held], check: Callable[[Held], bool]) -> None:
    assert [each.truth for each in everybody if check(each)] == []


def test_what_is_asked_may_matter(everybody: list[Held]) -> None:
    assert not any(idle(each, at) for at, each in enumerate(everybody[::3]))


def test_there_is_a_longest_interview() -> None:
    rules = load_rules()
    assert len(rules.findings) < most_screens(rules) < 2 * len(rules.findings)
    assert 12 <= longest_found(rules, many=3, seed=7) <= 30


# ---------------------------------------------------------------- planted faults


def _stops_early(known: Completions, skipped: Set[str], again: Set[str]) -> Asked | None:
    return None if len(known.evidence.answers) > 15 else next_items(known, skipped, again)


def _repeats(known: Completions, skipped: Set[str], again: Set[str]) -> Asked | None:
    asked, said = next_items(known, skipped, again), [name for name, _ in known.evidence.answers]
    return attrs.evolve(asked, items=(*said[:1], *asked.items)) if asked else None


def _programme_first(known: Completions, skipped: Set[str], again: Set[str]) -> Asked | None:
    asked = next_items(known, skipped, again)
    return attrs.evolve(asked, reason="programme") if asked else None


def _everything(known: Completions, skipped: Set[str], again: Set[str]) -> Asked | None:
    left = [name for name in known.missing if name not in skipped]
    return Asked(tuple(left[-10:]), "danger") if left else None


PLANTED = [
    (_stops_early, wrong_end),
    (_repeats, asked_twice),
    (_programme_first, danger_late),
    (_everything, lambda each: any(idle(each, at) for at in range(len(each.states) - 1))),
]


def partly(truth: Truth, left: int) -> Callable[[], Interview]:
    """Begins with somebody who volunteers all but what the first screens ask."""
    asked = [name for state in held(truth).states[:left] if state.question for name in state.question.items]
    return lambda: Interview({name: answer for name, answer in truth.items() if name not in asked})


@pytest.mark.parametrize(("fault", "check"), PLANTED, ids=["stops", "repeats", "programme", "everything"])
def test_a_planted_fault_is_found(
    monkeypatch: pytest.MonkeyPatch, fault: Policy, check: Callable[[Held], bool]
) -> None:
    begin = Interview if fault is _stops_early else partly(IN_PAIN, 2)
    assert not check(held(IN_PAIN, begin))
    monkeypatch.setattr(session, "next_items", fault)
    assert check(held(IN_PAIN, begin))


def test_an_interview_that_is_settled_ends_with_what_is_settled() -> None:
    """That all get one programme was shown to the interview, and not to the verdict, which waited."""
    fused = {"known_axial_spondyloarthritis": True, "assessed_and_cleared": True, "knee_brace_helped": True}
    one = held(whole(fused | {"pain_severity": 5}))
    assert one.end.why_stop is not None
    assert (one.end.why_stop.code, one.end.verdict.urgency) == ("settled", "self_care")
    assert not wrong_end(one)


def test_a_promise_that_is_too_short_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    begin = partly(IN_PAIN, 2)
    assert not too_long(held(IN_PAIN, begin))
    monkeypatch.setattr(session, "most_left", lambda *_: 0)
    assert too_long(held(IN_PAIN, begin))


def test_an_interview_that_forgets_what_was_said_first_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    each = held(IN_PAIN, partly(IN_PAIN, 2))
    assert not order_matters(each)

    def forgetful(self: Interview) -> Truth:
        return {name: answer for step in self.steps[1:] for name, answer in step.answers.items()}

    monkeypatch.setattr(Interview, "answers", property(forgetful))
    assert order_matters(attrs.evolve(each, states=[each.end]))


# ---------------------------------------------------------------- the record

FOUND = tomllib.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}


def test_the_record_is_of_these_rules() -> None:
    again = "the rules changed: run `python -m tests.interview.sound --people 10000 --record`"
    assert FOUND["deciding"] == deciding(load(SHIPPED, as_built=True)), again
    assert FOUND["people"] == sum(FOUND["screens"].values()) == sum(FOUND["urgencies"].values()) >= 500
    assert FOUND["apart"] < FOUND["people"] / 10
    assert FOUND["most_screens"] == most_screens(load_rules()) >= max(map(int, FOUND["screens"]))


def test_the_record_found_no_fault() -> None:
    assert FOUND["faults"] == 0
