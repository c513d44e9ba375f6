"""P12, P19, P23: a verdict repeats, revises and travels without loss."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

import sitriage
from sitriage import load_rules, triage
from sitriage.conditions import findings_in
from tests.properties import checks
from tests.strategies import (
    Person,
    answers_to,
    cleared_people,
    column_findings,
    levels_of,
    missing_in,
    partial_people,
    people,
    without,
)

ROOT = Path(sitriage.__file__).parent.parent

DIGEST = """
import hashlib, json, sys
from sitriage import triage
digest = hashlib.sha256()
for person in json.load(sys.stdin):
    digest.update(json.dumps(triage(person).to_dict()).encode())
print(digest.hexdigest())
"""


@settings(max_examples=80)
@given(person=st.one_of(people(), partial_people()))
def test_replay(person: Person):
    """P12: the answers that a verdict records give the same verdict; the caller's stay as they were."""
    checks.check_replay(triage, person)


@settings(max_examples=80)
@given(person=st.one_of(people(), partial_people()))
def test_round_trip(person: Person):
    """P23: from_dict undoes to_dict, also through JSON, and the JSON is the same every time."""
    checks.check_round_trip(triage, person)


def test_one_digest_under_every_hash_seed():
    """P23, P24: in processes with different hash seeds the same people get the same bytes."""
    crowd: list[Person] = []

    @settings(max_examples=40, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(person=st.one_of(people(), partial_people()))
    def keep(person: Person) -> None:
        crowd.append(person)

    keep()
    digests = set()
    for seed in ("0", "1", "4711"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            [sys.executable, "-c", DIGEST],
            input=json.dumps(crowd),
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        digests.add(done.stdout)
    assert len(digests) == 1


class Revision(RuleBasedStateMachine):
    """P19: after any setting, changing, removing and undoing of answers the verdict is a fresh one."""

    ask = staticmethod(triage)

    def __init__(self) -> None:
        super().__init__()
        self.rules = load_rules()
        self.often = column_findings(self.rules) + [
            name for level in levels_of(self.rules).values() for name in sorted(findings_in(level.when))
        ]
        self.answers = Person()
        self.history: list[tuple[Person, sitriage.Verdict]] = []

    @initialize(person=cleared_people(changes=0))
    def begin(self, person: Person) -> None:
        self.answers = person

    @rule(data=st.data())
    def set_or_change(self, data: st.DataObject) -> None:
        self._remember()
        name = data.draw(st.sampled_from(self.often))
        self.answers[name] = data.draw(answers_to(name, self.rules))

    @precondition(lambda self: len(missing_in(self.answers, self.rules)) < 3)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from([each for each in self.often if each in self.answers]))
        if len(missing_in(without(self.answers, name), self.rules)) <= 4:
            self._remember()
            del self.answers[name]

    @precondition(lambda self: self.history)
    @rule()
    def undo(self) -> None:
        before, verdict = self.history.pop()
        self.answers.clear()
        self.answers.update(before)
        assert self.ask(self.answers) == verdict

    @invariant()
    def the_verdict_is_a_fresh_one(self) -> None:
        fresh = triage(dict(sorted(self.answers.items())))
        revised = self.ask(self.answers)
        assert revised == fresh
        assert dict(revised.record.answers) == self.answers

    def _remember(self) -> None:
        self.history.append((Person(self.answers), self.ask(self.answers)))


TestRevision = Revision.TestCase
TestRevision.settings = settings(max_examples=12, stateful_step_count=8)
