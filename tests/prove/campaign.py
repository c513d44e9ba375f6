"""Plants faults and asks the laws and the diff for each; `python -m tests.prove.campaign` plants them all."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from random import Random
from time import perf_counter
from typing import Any

import attrs

from sitriage import load_rules
from sitriage.completions import Completions
from sitriage.model import Ruleset
from sitriage.prove.catalogue import SAFETY
from sitriage.prove.changed import changed_regions
from sitriage.prove.differences import Change, changes_between
from sitriage.prove.regions import Person
from sitriage.prove.replay import answers_of, decided, everybody
from sitriage.prove.space import Space, space_of, spaces_of
from sitriage.verdict import AnswerValue, Prescription, Programme
from tests.prove.seeded import KINDS, Fault, faults

__all__ = ["PER_KIND", "Campaign", "Seen", "harms", "planted", "run"]

SEED = 5

PER_KIND = 34

FATES = ("by a law", "missed", "spared", "alike")
"""Found by a law; harms somebody and no law finds it; changes verdicts for nobody's worse; changes none."""


@attrs.frozen
class Seen:
    """A fault, the laws that find it, somebody whom they name, and somebody whom the diff shows.

    `untold`: the diff tells of nobody, though whom the laws name gets another verdict.
    """

    fault: Fault
    laws: tuple[str, ...]
    person: Person | None
    shown: Mapping[str, AnswerValue] | None
    fate: str
    untold: bool


@attrs.frozen
class Campaign:
    """What became of every fault that was planted."""

    seen: tuple[Seen, ...]

    def where(self, fate: str) -> list[str]:
        """Where the faults of a fate were planted, with their kinds."""
        return [f"{s.fault.kind}: {s.fault.where}" for s in self.seen if s.fate == fate]

    @property
    def missed_share(self) -> float:
        """Of the faults that are not harmless, the share that no law finds."""
        found, missed = len(self.where("by a law")), len(self.where("missed"))
        return missed / max(1, found + missed)

    def finds(self, alone: bool = False) -> Counter[str]:
        """How many faults each law finds; alone: that no other law finds."""
        return Counter(law for s in self.seen for law in s.laws if not alone or len(s.laws) == 1)


def planted(rules: Ruleset, kind: str, most: int) -> list[Fault]:
    """Returns so many faults of a kind, always the same (0: all there are)."""
    every = list(faults(rules, kind))
    return Random(f"{SEED} {kind}").sample(every, most) if 0 < most < len(every) else every


def run(rules: Ruleset, per_kind: int, kinds: Iterable[str] = KINDS) -> Campaign:
    """Returns what became of so many faults of each kind."""
    seen, reads = [], reads_of(rules)
    for kind in kinds:
        some = planted(rules, kind, per_kind)
        # one store a kind: what the whole rules come to is known, and what is past is let go
        base, *spaces = spaces_of(rules, *(each.rules for each in some))
        seen += [_seen(fault, base, space, reads) for fault, space in zip(some, spaces, strict=True)]
    return Campaign(tuple(seen))


@cache
def reads_of(rules: Ruleset) -> Mapping[str, frozenset[str]]:
    """The parts of the rules that each law reads: where none of them changed, it finds what it found."""
    read = set[str]()

    class Noted(Ruleset):
        def __getattribute__(self, name: str) -> Any:
            read.add(name)
            return super().__getattribute__(name)

    found, store = {}, space_of(rules).store
    noted = Noted(**attrs.asdict(rules, recurse=False))
    for law in SAFETY:
        read.clear()
        for _ in law.check(Space(noted, store)):
            pass
        found[law.name] = frozenset(read)
    return found


def _seen(fault: Fault, base: Space, space: Space, reads: Mapping[str, frozenset[str]]) -> Seen:
    fields = [each.name for each in attrs.fields(Ruleset)]
    changed = {each for each in fields if getattr(fault.rules, each) != getattr(base.rules, each)}
    laws: list[str] = []
    people: list[Person] = []
    for law in SAFETY:
        if changed & reads[law.name] and (breaches := [b for c in law.check(space) for b in c.breaches]):
            laws.append(law.name)
            people += [person for each in breaches for person in each.people[-1:]]
    fate = "by a law" if laws else _fate(base, space)
    calm, person = everybody(fault.rules), next(iter(people), None)
    shown = _shown(base, space, calm)
    untold = False
    if shown is None and person is not None and differs(answers_of(calm, person), base.rules, fault.rules):
        untold = next(changes_between(base, space), None) is None
    return Seen(fault, tuple(laws), person, shown, fate, untold)


def _fate(base: Space, space: Space) -> str:
    """What a fault is that no law finds: every change that the diff tells of is asked."""
    fate = "alike"
    for change in changes_between(base, space):
        if harms(change, space.rules):
            return "missed"
        fate = "spared"
    return fate


def _shown(base: Space, space: Space, calm: Completions) -> Mapping[str, AnswerValue] | None:
    """The answers of the first whom the diff finds, and who get another verdict indeed."""
    asked: list[Person] = []
    for _, region, _ in changed_regions(base, space):
        person = space.without_conflict(region)
        if person is not None and person not in asked:
            asked.append(person)
            if differs(answers := answers_of(calm, person), base.rules, space.rules):
                return answers
    return None


def differs(answers: Mapping[str, AnswerValue], before: Ruleset, after: Ruleset) -> bool:
    """Whether two packs give somebody another urgency, another professional or other exercises."""
    return _outcome(before, answers) != _outcome(after, answers)


def _outcome(rules: Ruleset, answers: Mapping[str, AnswerValue]) -> object:
    try:
        verdict = decided(rules, answers)
    except KeyError:
        return "no verdict: a way leads nowhere"
    if isinstance(verdict, Programme):
        return [(p.exercise, p.rung, p.side, p.dose, p.target) for p in verdict.prescriptions]
    return verdict.urgency, verdict.see


def harms(change: Change, rules: Ruleset) -> bool:
    """Returns whether it opens more than easier forms and smaller doses of what was given before."""
    before, after = change.before, change.after
    if not (isinstance(before, Programme) and isinstance(after, Programme)):
        return change.opens
    return any(
        not any(_spares(old, new, rules) for old in before.prescriptions) for new in after.prescriptions
    )


def _spares(old: Prescription, new: Prescription, rules: Ruleset) -> bool:
    """Whether a prescription is the same as another or an easier form of it, and at most its dose."""
    if (old.exercise, old.side, old.phase) != (new.exercise, new.side, new.phase):
        return False
    rungs = rules.exercises[new.exercise].rungs
    return rungs.index(old.rung) <= rungs.index(new.rung) and all(
        getattr(one, field) <= getattr(other, field)
        for one, other in ((new.dose, old.dose), (new.target, old.target))
        for field in ("hold_s", "reps", "sets", "per_day", "effort_percent", "days_per_week")
    )


def main() -> int:
    """Plants every fault and prints what became of it; 1 if laws miss more than one in a hundred."""
    per_kind = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    rules, every = load_rules(), list[Seen]()
    for kind in KINDS:
        start = perf_counter()
        of_kind = run(rules, per_kind, [kind]).seen
        every += of_kind
        fates = Counter(each.fate for each in of_kind)
        told = "  ".join(f"{fate} {fates[fate]:4}" for fate in FATES)
        print(f"{kind:34} planted {len(of_kind):4}  {told}  {perf_counter() - start:4.0f} s", flush=True)
    campaign = Campaign(tuple(every))
    finds, alone = campaign.finds(), campaign.finds(alone=True)
    for law in SAFETY:
        print(f"{law.id:4} {law.name:34} finds {finds[law.name]:4}, alone {alone[law.name]:4}")
    for each in campaign.where("missed"):
        print(f"missed: {each}")
    print(f"{len(every)} faults, missed {campaign.missed_share:.2%}")
    return int(campaign.missed_share > 0.01)


if __name__ == "__main__":
    sys.exit(main())
