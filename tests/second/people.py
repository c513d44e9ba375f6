"""People whom z3 finds: what they answer, what the encoding says of them, and what the real engine says."""

from __future__ import annotations

from random import Random
from typing import Any

import attrs
import z3

from sitriage import Ruleset, triage
from sitriage.verdict import Programme, Verdict
from tests.second.answers import NO, UNSURE, YES, Pack
from tests.second.encoding import PROFESSIONALS, URGENCIES, Person

WORDS = {NO: False, UNSURE: "unsure", YES: True}


@attrs.frozen
class Foretold:
    """What the encoding says of one person."""

    answers: dict[str, Any]
    urgency: str
    see: str
    leaf: str
    fired: frozenset[str]
    rungs: dict[str, str]
    """The rung of each exercise of the leaf, in the order of its items."""
    highest: dict[str, str]
    """The highest rung of every exercise that the person may use."""
    exercises: bool
    """Whether the screen is clear and enough is left."""
    lying_hurts: bool
    conflict: bool
    asked: bool
    """Whether every finding that could hold the verdict back was answered or cannot apply."""


def solver_for(solver: z3.Solver, *people: Person) -> z3.Solver:
    """Returns the solver, which now knows what any answers of these people keep to."""
    solver.set("random_seed", 1)
    solver.add(*(person.possible for person in people))
    return solver


def drawing_solver(*people: Person) -> z3.Solver:
    """Returns a solver that finds people with many wishes: the one for finite domains may take minutes."""
    return solver_for(z3.SimpleSolver(), *people)


def proving_solver(*people: Person) -> z3.Solver:
    """Returns a solver that proves quickly: the one for finite domains, which turns all into bits."""
    return solver_for(z3.SolverFor("QF_FD"), *people)


def answers_of(model: z3.ModelRef, person: Person) -> dict[str, Any]:
    """Returns what somebody answers, as `triage` takes it."""
    said: dict[str, Any] = {}
    for name, finding in person.pack.findings.items():
        state = _number(model, person.state[name])
        if finding["kind"] == "choice":
            if state < len(finding["choices"]):
                said[name] = finding["choices"][state]
        elif finding["kind"] == "number" and state == NO:
            said[name] = _number(model, person.value[name])
        elif state in WORDS:
            said[name] = WORDS[state]
    return said


def foretold(model: z3.ModelRef, person: Person) -> Foretold:
    """Returns what the encoding says of the person of a model."""

    def is_so(term: z3.BoolRef) -> bool:
        return z3.is_true(model.eval(term, model_completion=True))

    pairs = [
        (urgency, PROFESSIONALS.index(see)) for (urgency, see), holds in person.fired.items() if is_so(holds)
    ]
    urgency, see = max(pairs, default=(0, 0))
    who = PROFESSIONALS[see] if pairs else ""
    pack = person.pack
    names = [name for name in pack.exercises if not is_so(person.withheld(name))]
    if not pairs and len(names) < 2:
        urgency, who = 1, pack.manifest["too_little_left_see"]
    leaf = next(name for name in pack.leaves if is_so(person.reaches[name]))
    return Foretold(
        answers=answers_of(model, person),
        urgency=URGENCIES[urgency],
        see=who,
        leaf=leaf,
        fired=frozenset(name for name, answer in person.levels.items() if is_so(answer.maybe)),
        rungs={
            item["exercise"]: _rung(pack, person, item, is_so)
            for item in pack.programmes[leaf]["item"]
            if "needs" not in item or is_so(person.evidence.chain(item["needs"]).sure)
        },
        highest={name: _rung(pack, person, {"exercise": name}, is_so) for name in pack.exercises},
        exercises=is_so(person.exercises),
        lying_hurts=is_so(person.evidence.chain(pack.settings["lying_hurts"]).open),
        conflict=is_so(person.conflict),
        asked=is_so(person.asked),
    )


def _rung(pack: Pack, person: Person, item: dict[str, Any], is_so: Any) -> str:
    rungs = pack.exercises[item["exercise"]]["rungs"]
    start = rungs.index(item["rung"]) if "rung" in item else 0
    return rungs[sum(map(is_so, person.below(item["exercise"], start)))]


def disagreements(rules: Ruleset, told: Foretold) -> list[str]:
    """Returns where the real engine says something else of the person."""
    verdict = triage(told.answers, rules=rules)
    found = []
    if bool(verdict.conflicts) != told.conflict:
        found.append(f"conflicts {[each.id for each in verdict.conflicts]}, foretold {told.conflict}")
    if told.conflict:
        return found
    if not told.asked and told.urgency == "self_care" and verdict.provisional:
        # an answer is missing that no level waits for; whether it can matter the encoding does not say
        return found if verdict.urgency == "routine" else [*found, f"{verdict.urgency}, foretold a wait"]
    if verdict.urgency != told.urgency:
        found.append(f"urgency {verdict.urgency}, foretold {told.urgency}")
    elif getattr(verdict, "see", "") != told.see:
        found.append(f"see {verdict.see}, foretold {told.see}")
    fired = {step for step in verdict.path if step in {name for name, _ in _levels(rules)}}
    if fired != told.fired:
        found.append(f"levels {sorted(fired ^ told.fired)}")
    if isinstance(verdict, Programme) != told.exercises:
        found.append(f"{type(verdict).__name__}, exercises foretold: {told.exercises}")
    if isinstance(verdict, Programme):
        found += _programme_differs(rules, verdict, told)
    return found


def _levels(rules: Ruleset) -> list[tuple[str, Any]]:
    return [(level.id, level) for flag in rules.gated for level in flag.levels]


def _programme_differs(rules: Ruleset, verdict: Verdict, told: Foretold) -> list[str]:
    if verdict.path[-1] != told.leaf and told.leaf not in verdict.path:
        return [f"path {verdict.path}, foretold {told.leaf}"]
    found = []
    given: dict[str, set[str]] = {}
    for each in verdict.prescriptions:
        given.setdefault(each.exercise, set()).add(each.rung)
    for name, rung in told.rungs.items():
        if told.lying_hurts and rules.exercises[name].if_lying_hurts:
            # the side rules ease it once more, and they are not encoded
            continue
        if given.get(name, {"withheld"}) != {rung}:
            found.append(f"{told.leaf}: {name} {given.get(name, 'withheld')}, foretold {rung}")
    for name, forms in given.items():
        # also what takes the place of another exercise, or fills up
        rungs = rules.exercises[name].rungs
        if any(rungs.index(form) < rungs.index(told.highest[name]) for form in forms):
            found.append(f"{name} {forms}, at most {told.highest[name]} foretold")
    return found


def random_hints(person: Person, random: Random) -> list[z3.BoolRef]:
    """Returns a few wishes about a person, so that z3 finds others than its favourites."""
    pack = person.pack
    levels, names = [each for each, _ in pack.levels], list(pack.findings)
    wishes = []
    for name in random.sample(names, 16):
        finding = pack.findings[name]
        if name in person.value and random.random() < 0.8:
            wishes.append(person.state[name] == NO)
            wishes.append(person.value[name] == random.randint(finding["min"], min(finding["max"], 130)))
        else:
            last = {"yes_no": YES, "number": UNSURE}.get(finding["kind"], len(finding.get("choices", ())))
            wishes.append(person.state[name] == random.randint(0, last))
    if random.random() < 0.6:
        wishes.insert(0, person.exercises)
        wishes.insert(1, person.reaches[random.choice(pack.leaves)])
    else:
        answer = person.levels[random.choice(levels)]
        wishes.insert(0, random.choice([answer.sure, z3.And(answer.maybe, z3.Not(answer.sure))]))
        wishes.insert(1, z3.Not(person.at_least[random.choice([2, 3, 4])]))
    if random.random() < 0.7:
        wishes.insert(0, person.asked)
    return wishes


def somebody(solver: z3.Solver, wishes: list[z3.BoolRef]) -> z3.ModelRef | None:
    """Returns somebody who fulfils the wishes, the first ones rather than the last ones."""
    while wishes:
        if solver.check(*wishes) == z3.sat:
            return solver.model()
        core = {each.get_id() for each in solver.unsat_core()}
        last = max((place for place, each in enumerate(wishes) if each.get_id() in core), default=None)
        if last is None:
            return None
        wishes = [each for place, each in enumerate(wishes) if place != last]
    return solver.model() if solver.check() == z3.sat else None


def _number(model: z3.ModelRef, term: z3.BitVecRef) -> int:
    return model.eval(term, model_completion=True).as_long()
