"""Builds the kit: `python -m tests.conformance`, from the checkout, whenever the rules change; minutes."""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from time import perf_counter

from sitriage import load_rules
from sitriage.conditions import Condition, findings_in
from tests.conformance.functions import Hunt
from tests.conformance.kit import EQUIVALENT, Writer, verdict_of
from tests.conformance.mutants import Mutant, mutants, written
from tests.conformance.pairs import pair_for
from tests.conformance.witness import Fate, answers_to, fate_of, seen_by

EVERY = 200


def main() -> int:
    start, rules = perf_counter(), load_rules()
    hunt, every = Hunt(rules), list(mutants(written()))
    writer, fates = Writer(rules, answers_to(hunt.healthy)), list[Fate]()
    for number, mutant in enumerate(every, 1):
        fates.append(fate_of(hunt, mutant))
        if fates[-1].person is not None:
            writer.add(answers_to(fates[-1].person), kills=mutant.name)
        if number % EVERY == 0:
            print(f"{number} of {len(every)} mutants, {perf_counter() - start:.0f} s", flush=True)
    unresolved = [each.mutant.name for each in fates if each.person is None and not each.proof]
    unpaired = _add_pairs(hunt, fates, writer)
    hunted = len(writer.requests)
    writer.fill()
    wrong = _disagreeing(hunt, writer)
    EQUIVALENT.write_text(_listed(fates), encoding="utf-8")
    size = writer.write()
    killed = sum(each.person is not None for each in fates)
    print(f"{len(fates)} mutants: {killed} killed, {dict(Counter(e.proof for e in fates if e.proof))}")
    print(f"{len(writer.pairs)} pairs, in {sum(p[-1] for p in writer.pairs)} the verdict changes too")
    print(f"{len(writer.implied)} literals that others imply", *writer.implied, sep="\n  ")
    print(f"{hunted} requests found, {len(writer.requests)} in all; {size} bytes")
    for what, names in (("unresolved", unresolved), ("without a pair", unpaired), ("engine differs", wrong)):
        print(f"{what}: {len(names)}", *names, sep="\n  ")
    print(f"{perf_counter() - start:.0f} s")
    return 1 if unresolved or unpaired or wrong else 0


def _add_pairs(hunt: Hunt, fates: list[Fate], writer: Writer) -> list[str]:
    """Adds a pair of people for every literal of the rules; returns the literals that have none."""
    literals: dict[str, list[Fate]] = defaultdict(list)
    for fate in fates:
        if fate.mutant.literal is not None and not fate.mutant.change.startswith("count"):
            literals[fate.mutant.place].append(fate)
    without = []
    for place, those in literals.items():
        negated = next(each.mutant for each in those if each.mutant.change.endswith("negated"))
        (finding,) = findings_in(_literal(negated))
        ref = hunt.factor(negated.site, negated.rules(hunt.rules))
        pair = pair_for(hunt, negated.site, finding, ref, [each.person for each in those if each.person])
        if pair is not None:
            answers = [answers_to(each) for each in pair]
            first, second = (writer.add(each) for each in answers)
            changes = writer.requests[first][3] != writer.requests[second][3]
            writer.pairs.append([place, finding, first, second, changes])
        elif any(each.proof == "factor" and each.mutant.change.endswith("dropped") for each in those):
            # what the other answers imply: no answer of its own can change what it says
            writer.implied.append(place)
        else:
            without.append(place)
    return without


def _literal(mutant: Mutant) -> Condition:
    assert mutant.literal is not None
    return mutant.literal


def _disagreeing(hunt: Hunt, writer: Writer) -> list[str]:
    """Returns the requests for which the engine gives another verdict than the evaluator."""
    wrong = []
    for key, at in writer.places.items():
        verdict = verdict_of(seen_by(hunt.rules, json.loads(key)))
        if writer.place_of(verdict) != writer.requests[at][3]:
            wrong.append(key)
    return wrong


def _listed(fates: list[Fate]) -> str:
    lines = [
        "# The rule mutants that nobody can notice, by their proof; written by `python -m tests.conformance`."
    ]
    lines += ["# README.md says what each proof means.", "[proof]"]
    for proof in ("factor", "composition", "waiting", "contradiction"):
        names = [each.mutant.name for each in fates if each.proof == proof]
        lines += [f"{proof} = [", *(f'  "{each}",' for each in names), "]"]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
