"""The evaluator against the engine, person by person, through every door of the library.

`decided` is no public door: it is the reading, the screen and the plan inside `triage`, without words and
open questions. So it serves people who answered all that the screen asks, and many more of them.
"""

from __future__ import annotations

import contextlib
import io
import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import attrs

import sitriage
from sitriage import Programme, Referral, Ruleset, load_rules, triage
from sitriage.__main__ import main
from sitriage.evidence import read_answers
from sitriage.programme import plan
from sitriage.screen import fired
from tests.independent.evaluator import SEES, URGENCIES, Outcome, Pack, evaluate, how_far, load
from tests.independent.people import Answers, Maker

Seen = dict[str, Any]
PLACES = (Path(sitriage.__file__).parent / "rules", Path(__file__).parent.parent.parent / "rules")
# in the wheel they lie inside the package
SHIPPED = next(place for place in PLACES if place.is_dir())
PRESCRIBED = ("exercise", "rung", "side", "phase", "dose", "target")
MOST_EXAMPLES = 5
# one in so many also goes through every public door, and as many again were not asked everything
EVERY, EVERY_COMMAND = 250, 1000


def expected(outcome: Outcome) -> Seen:
    pairs = sorted(f"{flag}:{level}" for flag, level in outcome.fired + outcome.gates)
    seen = {
        "urgency": outcome.urgency,
        "see": outcome.see,
        "provisional": outcome.provisional,
        "fired": pairs,
    }
    seen["conflicts"] = sorted(outcome.conflicts)
    if outcome.kind == "programme":
        seen |= {"path": list(outcome.path), "withheld": list(outcome.withheld)}
        seen["prescriptions"] = [{key: each[key] for key in PRESCRIBED} for each in outcome.prescriptions]
    return seen


def decided(answers: Answers, rules: Ruleset) -> Seen:
    evidence = read_answers(answers, rules)
    reached = fired(rules, evidence.values, evidence.stated)
    seen: Seen = {"fired": sorted(each.level.id for each in reached), "provisional": bool(evidence.conflicts)}
    seen["conflicts"] = sorted({each.id for each in evidence.conflicts})
    if reached:
        return seen | {"urgency": str(reached[0].urgency), "see": str(reached[0].see)}
    made = plan(rules, evidence.values)
    if evidence.conflicts or made.too_little:
        manifest = rules.manifest
        see = manifest.incomplete_see if evidence.conflicts else manifest.too_little_left_see
        return seen | {"urgency": "routine", "see": str(see)}
    picks = [attrs.asdict(pick) for pick in made.picks]
    seen |= {"urgency": "self_care", "see": None, "path": list(made.path)}
    seen["withheld"] = [name for name, _ in made.withheld]
    return seen | {"prescriptions": [{key: each[key] for key in PRESCRIBED} for each in picks]}


def written(verdict: Mapping[str, Any]) -> Seen:
    """What a verdict says, read from its plain data."""
    path = [each for each in verdict["path"] if not each.startswith("screen:")]
    seen = {
        "urgency": str(verdict["urgency"]),
        "see": verdict.get("see"),
        "provisional": verdict["provisional"],
    }
    seen["fired"] = sorted(each for each in path if ":" in each)
    seen["conflicts"] = sorted({each["id"] for each in verdict["conflicts"]})
    if verdict["kind"] == "programme":
        seen |= {"path": path, "withheld": [each["exercise"] for each in verdict["withheld"]]}
        kept = [{key: each[key] for key in PRESCRIBED} for each in verdict["prescriptions"]]
        seen["prescriptions"] = kept
    return seen


def leads(seen: Seen) -> tuple[int, int]:
    return URGENCIES.index(seen.get("urgency", "self_care")), SEES.index(seen.get("see"))


def called(answers: Answers, rules: Ruleset) -> Seen:
    return written(triage(answers, rules=rules).to_dict())


def replayed(answers: Answers, rules: Ruleset) -> Seen:
    """From plain data and back, then again from what the record kept."""
    data = json.loads(json.dumps(triage(answers, rules=rules).to_dict()))
    verdict = {"programme": Programme, "referral": Referral}[data["kind"]].from_dict(data)
    again = triage(dict(verdict.record.answers), rules=rules)
    return written(data) if again == verdict else {"again": again.to_dict()}


def commanded(answers: Answers, _: Ruleset) -> Seen:
    with TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()) as out:
        file = Path(folder) / "person.json"
        file.write_text(json.dumps(answers), encoding="utf-8")
        code = main(["triage", str(file), "--json"])
    return written(json.loads(out.getvalue())) if code == 0 else {"code": code}


DOORS: dict[str, Callable[[Answers, Ruleset], Seen]] = {
    "decision": decided,
    "call": called,
    "replay": replayed,
    "command": commanded,
}


@dataclass
class Tally:
    """Who went where, and on whom the two disagree."""

    doors: Counter[str] = field(default_factory=Counter)
    levels: Counter[str] = field(default_factory=Counter)
    leaves: Counter[str] = field(default_factory=Counter)
    # not asked so much that the evaluator could not try every answer: their urgency is not compared
    untried: int = 0
    differences: int = 0
    examples: list[tuple[str, Answers, Seen, Seen]] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        for mine, more in (
            (self.doors, other.doors),
            (self.levels, other.levels),
            (self.leaves, other.leaves),
        ):
            mine.update(more)
        self.untried += other.untried
        self.differences += other.differences
        self.examples = (self.examples + other.examples)[:MOST_EXAMPLES]


def compare(pack: Pack, rules: Ruleset, answers: Answers, doors: tuple[str, ...], tally: Tally) -> None:
    """Sends one person through the doors and notes what differs."""
    outcome = evaluate(pack, answers)
    tally.levels.update(f"{flag}:{level}" for flag, level in outcome.fired + outcome.gates)
    if outcome.kind == "programme":
        tally.leaves[outcome.path[-1]] += 1
    wanted = expected(outcome)
    known = ("conflicts", "again", "code")
    # a last word that no level known so far has: the levels differ with what the rest is answered
    if outcome.fired + outcome.gates + outcome.path or outcome.provisional is not False:
        known += ("fired",)
    if outcome.provisional is not None:
        known += ("urgency", "see", "provisional", "path", "withheld", "prescriptions")
    tally.untried += outcome.provisional is None
    reached = how_far(outcome) if outcome.fired + outcome.gates else (0, 0)
    for door in doors:
        seen = DOORS[door](answers, rules)
        tally.doors[door] += 1
        if outcome.provisional is not False and reached < (further := leads(seen)):
            # every answer may lead further than what was said: more levels are named, and none is lost
            seen["fired"] = [each for each in seen["fired"] if each in wanted["fired"]]
            if further <= outcome.least:
                seen |= {"urgency": outcome.urgency, "see": outcome.see}
        differing = [key for key in known if wanted.get(key) != seen.get(key)]
        if differing:
            tally.differences += 1
            pair = ({key: each.get(key) for key in differing} for each in (wanted, seen))
            tally.examples = [*tally.examples, (door, answers, *pair)][:MOST_EXAMPLES]


def run(people: int, seed: int, pack: Pack, rules: Ruleset | None = None, public: bool = True) -> Tally:
    """Compares people who were asked everything; `public`: some of them, and others, at every door."""
    rules, tally, maker = rules or load_rules(), Tally(), Maker(pack, seed)
    unasked = maker.partial()
    for number, answers in enumerate(islice(maker.complete(), people)):
        compare(pack, rules, answers, ("decision",), tally)
        if public and number % EVERY == 0:
            command = ("command",) if number % EVERY_COMMAND == 0 else ()
            for each in (answers, next(unasked)):
                compare(pack, rules, each, ("call", "replay", *command), tally)
    return tally


def counted(tally: Tally, pack: Pack) -> tuple[list[tuple[str, int]], ...]:
    """How many people hit each level and each leaf, the fewest first."""
    levels = {f"{flag}:{URGENCIES[urgency]}" for _, _, flag, urgency, _ in pack.levels}
    pairs = ((tally.levels, levels), (tally.leaves, pack.files["programmes"]))
    return tuple(
        sorted(((name, hits[name]) for name in names), key=lambda each: (each[1], each[0]))
        for hits, names in pairs
    )


def check(people: int, seed: int, least_hits: int) -> None:
    """What the tests of continuous integration ask of their share of people."""
    pack = load(SHIPPED, as_built=True)
    tally = run(people, seed, pack)
    assert not tally.differences, tally.examples
    assert set(tally.doors) == set(DOORS)
    for hits in counted(tally, pack):
        assert hits[0][1] >= least_hits, hits[0]
    assert tally.untried < tally.doors["call"] / 20
