"""What a change of rules means for people: who gets another verdict, from the worst to the most careful.

Factor by factor: what both packs share cannot differ. Each region of people for whom a changed level,
ladder, branch or programme comes out otherwise is split into the fewest signs that show it, and the people
who have them are put to both engines: what is told is what they really get.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

import attrs

from sitriage.completions import Completions
from sitriage.conditions import Box
from sitriage.diagrams import Ref
from sitriage.errors import Fault, RulesError
from sitriage.model import Ruleset
from sitriage.prove.changed import changed_regions, unfollowed
from sitriage.prove.regions import Person, calmest_people, in_words
from sitriage.prove.replay import answers_of, decided, everybody
from sitriage.prove.space import Space, spaces_of
from sitriage.prove.turn import Turn, decision
from sitriage.verdict import AnswerValue, Verdict

__all__ = ["Change", "changes_between", "differences"]

MOST_PEOPLE = 40
"""A region of one changed rule is split into so many kinds of people; that there are more is told."""


@attrs.frozen(kw_only=True)
class Change(Turn):
    """Some people who get another verdict, with the least ill of them and both verdicts.

    `box` holds what they answer beside the calmest, and `who` says it.
    `unshown`: people for whom a change was not followed. They may get anything, so it must be signed.
    """

    rule: str
    who: str
    box: Box = attrs.field(repr=False)
    signs: Mapping[str, AnswerValue] = attrs.field(repr=False)
    answers: Mapping[str, AnswerValue] = attrs.field(repr=False)
    states: int
    of: int
    unshown: bool = False

    def signed_in(self, old: Ruleset, new: Ruleset) -> bool:
        """Whether the new pack holds a note that answers for this change since the old one."""
        return any(old.hash.startswith(note.since) and note.who == self.who for note in new.signed)

    def covers(self, person: Person) -> bool:
        """Whether somebody, by the states of their answers, is among these people."""
        return all(person[name] in values for name, values in self.box.items())

    @property
    def opens(self) -> bool:
        """Whether it must be signed: somebody gets less care or more exercise, or it is not known."""
        return self.unshown or super().opens


def differences(old: Ruleset, new: Ruleset) -> tuple[Change, ...]:
    """Returns every kind of people who get another verdict, the worst change first.

    Raises RulesError if the packs do not ask the same things: then people cannot be compared.
    """
    _same_vocabulary(old, new)
    found = changes_between(*spaces_of(old, new))
    return tuple(sorted(found, key=lambda each: (-each.fell, not each.opens, each.rule, each.who)))


def _same_vocabulary(old: Ruleset, new: Ruleset) -> None:
    faults = []
    for name, finding in old.findings.items():
        other = new.findings.get(name)
        if other is None:
            what = f"`{name}` is gone; ids are never dropped, so keep it or rename it in both packs"
            faults.append(Fault(f"rules/findings/{name}.toml", what))
        elif (finding.kind, finding.choices, finding.min, finding.max) != (
            other.kind, other.choices, other.min, other.max,
        ):  # fmt: skip
            what = f"`{name}` is answered otherwise in the two packs (kind, choices or range)"
            faults.append(Fault(f"rules/findings/{name}.toml", what))
    if faults:
        raise RulesError(faults)


def changes_between(before: Space, after: Space) -> Iterator[Change]:
    """Yields the changes between two packs in one store, rule by rule, as they are found."""
    both = _Both(before, after, everybody(after.rules))
    seen: set[object] = set()
    for rule, region, split in changed_regions(before, after):
        people = calmest_people(after, region, both.alike)
        for person, box, those in islice(people, MOST_PEOPLE if split else 1):
            change = both.change(rule, person, box, region, those)
            # one line a dose, not one a leaf
            same = (rule, change.who) if split else (rule, change.gained, change.lost)
            if change.moved and same not in seen:
                seen.add(same)
                yield change
        if split and next(people, None) is not None:
            yield both.unshown(rule, "more people than are shown here")
    for rule in unfollowed(before.rules, after.rules):
        yield both.unshown(rule, "whoever this is about")


@attrs.frozen
class _Both:
    """Both packs, and everybody who may be put to them."""

    before: Space
    after: Space
    calm: Completions

    def verdicts(self, person: Person) -> tuple[Verdict, Verdict]:
        answers = answers_of(self.calm, person)
        return decided(self.before.rules, answers), decided(self.after.rules, answers)

    def alike(self, person: Person, other: Person) -> bool:
        """Whether two people get the same verdicts, before and after."""
        if person == other:
            return True
        mine, theirs = self.verdicts(person), self.verdicts(other)
        return [*map(decision, mine)] == [*map(decision, theirs)]

    def change(self, rule: str, person: Person, box: Box, region: Ref, those: Ref) -> Change:
        answers = answers_of(self.calm, person)
        first, second = self.verdicts(person)
        return Change(
            rule=rule,
            who=in_words(self.after.rules, self.after.store, box),
            box=box,
            signs={name: answers[name] for name in sorted(person) if name in answers},
            answers=answers,
            before=first,
            after=second,
            states=self.after.store.counts(those, sorted(self.after.store.findings(region))).get(1, 0),
            of=self.after.states(region),
        )

    def unshown(self, rule: str, who: str) -> Change:
        nobody = self.after.store.constant(0)
        return attrs.evolve(self.change(rule, {}, {}, nobody, nobody), who=who, unshown=True)
