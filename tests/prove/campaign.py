"""Plants faults and asks the laws and the diff for each; `python -m tests.prove.campaign` plants them all."""

from __future__ import annotations

import sys
from collections import Counter
from random import Random
from time import perf_counter

import attrs

from sitriage import load_rules
from sitriage.model import Ruleset
from sitriage.prove.catalogue import SAFETY
from sitriage.prove.differences import Change, changes_between
from sitriage.prove.law import Law
from sitriage.prove.space import Space, space_of
from sitriage.verdict import Prescription, Programme
from tests.prove.seeded import KINDS, Fault, faults

__all__ = ["Campaign", "harms", "run"]

SEED = 5


@attrs.frozen
class Seen:
    """A fault, the laws that find it, and whether the diff shows somebody it harms (None: not asked)."""

    fault: Fault
    laws: tuple[str, ...]
    differs: bool | None


@attrs.frozen
class Campaign:
    """What became of every fault that was planted."""

    seen: tuple[Seen, ...]

    @property
    def harmless(self) -> list[Seen]:
        """Faults that open nothing to anybody: another rule stands behind, or all are only spared more."""
        return [each for each in self.seen if each.differs is False]

    @property
    def missed(self) -> list[str]:
        """Faults that harm somebody and that no law finds."""
        return [f"{s.fault.kind}: {s.fault.where}" for s in self.seen if s.differs and not s.laws]

    @property
    def missed_share(self) -> float:
        """Of the faults that harm somebody, the share that no law finds."""
        return len(self.missed) / max(1, len(self.seen) - len(self.harmless))

    @property
    def finds(self) -> Counter[str]:
        """How many faults each law finds."""
        return Counter(law for each in self.seen for law in each.laws)


def run(rules: Ruleset, per_kind: int, chosen: Random) -> Campaign:
    """Returns what became of so many faults of each kind (0: all there are)."""
    seen = []
    for kind in KINDS:
        # one store a kind: what the whole rules come to is known, and what is past is let go
        base = space_of(rules)
        planted = list(faults(rules, kind))
        some = planted if not per_kind or len(planted) <= per_kind else chosen.sample(planted, per_kind)
        seen += [_seen(fault, base) for fault in some]
    return Campaign(tuple(seen))


def _seen(fault: Fault, base: Space) -> Seen:
    space = Space(fault.rules, base.store)
    found = tuple(_breaking(space, SAFETY))
    differs = None if found else any(harms(each, fault.rules) for each in changes_between(base, space))
    return Seen(fault, found, differs)


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


def _breaking(space: Space, laws: tuple[Law, ...]) -> list[str]:
    return [law.name for law in laws if any(checked.breaches for checked in law.check(space))]


def main() -> int:
    """Plants every fault and prints what became of it; 1 if laws miss more than one in a hundred."""
    per_kind = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    start = perf_counter()
    campaign = run(load_rules(), per_kind, Random(SEED))
    for kind in KINDS:
        of_kind = [each for each in campaign.seen if each.fault.kind == kind]
        by_law = sum(bool(each.laws) for each in of_kind)
        harmless = sum(each.differs is False for each in of_kind)
        print(f"{kind:34} planted {len(of_kind):4}  by a law {by_law:4}  harmless {harmless:4}")
    for law in SAFETY:
        print(f"{law.id:4} {law.name:34} finds {campaign.finds[law.name]}")
    for each in campaign.missed:
        print("missed:", each)
    print(f"{len(campaign.seen)} faults, missed {campaign.missed_share:.2%}, {perf_counter() - start:.0f} s")
    return int(campaign.missed_share > 0.01)


if __name__ == "__main__":
    sys.exit(main())
