"""Whole interviews against the verdict of everything: `python -m tests.interview.sound --people 999`.

Each made-up person answers what is asked until the interview stops. It goes on where the last recorded run
with the same rules ended, and records every share as it is done.
"""

from __future__ import annotations

import argparse
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import islice
from multiprocessing import Pool
from pathlib import Path
from random import Random

import attrs

from sitriage import Interview, Urgency, load_rules, triage
from sitriage.conditions import findings_in
from sitriage.verdict import AnswerValue, Verdict
from tests.independent.__main__ import deciding
from tests.independent.differ import SHIPPED
from tests.independent.evaluator import load
from tests.interview.measure import WEEKS, Truth, people, whole
from tests.interview.worst import most_screens
from tests.small_people import verdict_key

Said = tuple[tuple[str, AnswerValue], ...]
"""The answers to one screen."""
RESULTS = Path(__file__).parent / "RESULTS.toml"
SHARE = 50
FIRST_SEED = 5000
# of how many people one screen is looked at more closely
SAMPLED = 10


@attrs.define
class Held:
    """An interview that was held to its end, with every state on the way."""

    truth: Truth
    states: list[Interview]

    @property
    def end(self) -> Interview:
        """The state in which nothing is asked any more."""
        return self.states[-1]

    @property
    def meant(self) -> Truth:
        """What is true of this person, without what their own answers say cannot apply."""
        end = self.end
        applies = {name for name in self.truth if name in end.answers or end._evidence.missing(name)}
        return {name: answer for name, answer in self.truth.items() if name in applies}

    @cached_property
    def full(self) -> Verdict:
        """The verdict of all that is true of this person."""
        return triage(self.meant)


def held(
    truth: Truth,
    begin: Callable[[], Interview] = Interview,
    known: dict[tuple[Said, ...], Interview] | None = None,
) -> Held:
    """Holds an interview with somebody to whom this is true.

    `known` are states of other interviews that began in the same way, by what was said; many people do.
    """
    said: tuple[Said, ...] = ()
    known = {} if known is None else known
    states = [known.setdefault(said, begin())]
    while (question := states[-1].question) is not None and len(states) < 2 * len(load_rules().findings):
        answers = tuple((name, truth.get(name, WEEKS)) for name in question.items)
        said = (*said, answers)
        if said not in known:
            known[said] = states[-1].answer(dict(answers))
        states.append(known[said])
    return Held(truth, states)


def wrong_end(held: Held) -> bool:
    """Whether everything that is true leads to another verdict than the answers at the stop."""
    stop, told, full = held.end.why_stop, held.end.verdict, held.full
    if full.conflicts != told.conflicts:
        return False
    if stop is not None and stop.code == "emergency":
        # it stops since nothing is more urgent; who else is needed besides is not asked
        return full.urgency != Urgency.EMERGENCY
    return verdict_key(full) != verdict_key(told)


def asked_twice(held: Held) -> bool:
    """Whether something is asked again though no answers disagree."""
    said = set[str]()
    for state in held.states:
        if (question := state.question) and question.reason != "again":
            if said.intersection(question.items):
                return True
            said |= set(question.items)
    return False


def danger_late(held: Held) -> bool:
    """Whether a danger is asked about after a question that carries none, or while one carries none."""
    reasons = [question.reason for state in held.states if (question := state.question)]
    if sorted(reasons, key=("danger", "again", "programme").index) != reasons:
        return True
    calm = [each for each in held.states if each.question and each.question.reason == "programme"]
    # once the programme is asked about, nothing that is left leads to anybody but for want of exercises
    return any(each.urgency_range[1] > Urgency.ROUTINE for each in calm)


def too_long(held: Held) -> bool:
    """Whether it takes more screens than was promised at any time, or than can be needed at all."""
    screens = len(held.states) - 1
    promised = all(at + each.progress.at_most >= screens for at, each in enumerate(held.states))
    return not promised or screens > most_screens(load_rules())


def idle(held: Held, at: int) -> bool:
    """Whether a screen asks what is no open question, and cannot show that one does not apply."""
    state = held.states[at % len(held.states)]
    question = state.question
    if question is None or question.reason == "again":
        return False
    open_now = set(state.verdict.open_questions)
    keep = {
        name
        for rule in state.rules.not_applicable
        if open_now.intersection(rule.findings)
        for name in findings_in(rule.when)
    }
    return not set(question.items) <= open_now | keep


def order_matters(held: Held) -> bool:
    """Whether the same answers in another order, a few at a time, lead to another verdict."""
    said, again = [*held.end.answers.items()], Interview()
    Random(len(said)).shuffle(said)
    for at in range(0, len(said), 7):
        again = again.answer(dict(said[at : at + 7]))
    return again.verdict != held.end.verdict


CHECKS = (wrong_end, asked_twice, danger_late, too_long, order_matters)


@attrs.define
class Tally:
    """What was counted."""

    people: int = 0
    apart: int = 0
    looked_at: int = 0
    faults: Counter[str] = attrs.field(factory=Counter)
    urgencies: Counter[str] = attrs.field(factory=Counter)
    screens: Counter[int] = attrs.field(factory=Counter)
    examples: list[tuple[str, Truth]] = attrs.field(factory=list)

    def count(self, each: Held) -> None:
        """Checks one interview."""
        self.people += 1
        self.apart += each.full.conflicts != each.end.verdict.conflicts
        self.urgencies[each.end.verdict.urgency] += 1
        self.screens[len(each.states) - 1] += 1
        found = [check.__name__ for check in CHECKS if check(each)]
        if self.people % SAMPLED == 0:
            self.looked_at += 1
            found += ["idle"] if idle(each, self.people // SAMPLED) else []
        self.faults.update(found)
        self.examples += [(name, each.truth) for name in found]

    def add(self, other: Tally) -> None:
        """Counts what another counted."""
        for field in attrs.fields(Tally):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))


def share(seed: int, many: int = SHARE) -> Tally:
    """Returns the count of the people of one seed."""
    tally, known = Tally(), dict[tuple[Said, ...], Interview]()
    for truth in islice(people(seed), many):
        tally.count(held(truth, known=known))
    return tally


def recorded() -> tuple[int, Tally]:
    """What was run with these rules before: the next seed, and what was counted."""
    found = tomllib.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    if found.get("deciding") != deciding(load(SHIPPED, as_built=True)):
        return FIRST_SEED, Tally()
    tally = Tally(found["people"], found["apart"], found["looked_at"], Counter(), Counter(found["urgencies"]))
    tally.faults["before"] = found["faults"]
    tally.screens.update({int(screens): many for screens, many in found["screens"].items()})
    return found["seeds"][1] + 1, tally


def results(tally: Tally, last: int) -> Iterator[str]:
    """Yields the lines of the record."""
    yield "# Whole interviews, written by `python -m tests.interview.sound --record`."
    yield f'deciding = "{deciding(load(SHIPPED, as_built=True))}"'
    yield f"seeds = [{FIRST_SEED}, {last}]"
    yield f"people = {tally.people}"
    yield "# contradict themselves in what is not asked, so that no verdict is the same"
    yield f"apart = {tally.apart}"
    yield "# one screen each, whether all that it asks may matter"
    yield f"looked_at = {tally.looked_at}"
    yield f"faults = {tally.faults.total()}"
    yield f"most_screens = {most_screens(load_rules())}"
    yield "\n[urgencies]"
    yield from (f"{each} = {tally.urgencies[each]}" for each in Urgency)
    yield "\n[screens]"
    yield from (f'"{screens}" = {many}' for screens, many in sorted(tally.screens.items()))


def main() -> int:
    """Returns 1 if a fault was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.interview.sound", description=__doc__)
    parser.add_argument("--people", type=int, default=SHARE, help=f"rounded up to shares of {SHARE}")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--record", action="store_true", help=f"go on from {RESULTS.name} and write it")
    given = parser.parse_args()
    seed, tally = recorded() if given.record else (FIRST_SEED, Tally())
    with Pool(given.processes) as pool:
        # in order, so that what is recorded is always one range of seeds
        seeds = range(seed, FIRST_SEED + -(-given.people // SHARE))
        for last, part in enumerate(pool.imap(share, seeds), seed):
            tally.add(part)
            print(f"{tally.people} people, {dict(tally.faults)}", flush=True)
            if given.record:
                RESULTS.write_text("\n".join(results(tally, last)) + "\n", encoding="utf-8")
    for name, truth in tally.examples[:5]:
        print(
            name, {finding: answer for finding, answer in truth.items() if whole({}).get(finding) != answer}
        )
    return 1 if tally.faults.total() else 0


if __name__ == "__main__":
    raise SystemExit(main())
