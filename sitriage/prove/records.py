"""Stored verdicts put to new rules: who of those that were really seen would get another one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress

import attrs

from sitriage.decide import decide
from sitriage.errors import AnswerError, Fault, RulesError
from sitriage.evidence import read_answers
from sitriage.model import Ruleset
from sitriage.prove.differences import Change, differences
from sitriage.prove.space import spaces_of
from sitriage.prove.turn import Turn, decision
from sitriage.verdict import AnswerValue, Programme, Record, Referral, Verdict

__all__ = ["Replay", "Replayed", "Stored", "replay"]

Answers = Mapping[str, AnswerValue]


@attrs.frozen(kw_only=True)
class Stored:
    """What a stored verdict decided, its record, and the file or line where it stands."""

    where: str
    record: Record
    decided: tuple[object, ...] = attrs.field(repr=False)

    @classmethod
    def of(cls, where: str, verdict: Verdict) -> Stored:
        """Returns what is kept of a verdict while many are compared."""
        return cls(where=where, record=verdict.record, decided=decision(verdict))


@attrs.frozen(kw_only=True)
class Replayed(Turn):
    """A stored person under the old and the new rules; texts and answers of theirs are not told.

    `ask`: what must be asked (again), for the new rules do not read the old answer or ask something new.
    `repeated`: whether the old rules still decide what was stored.
    """

    where: str
    ask: tuple[str, ...]
    repeated: bool
    signed: bool

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that only one of the verdicts names; the exercises, where none does."""
        before, after = _named(self.before), _named(self.after)
        if isinstance(self.before, Programme) != isinstance(self.after, Programme):
            return tuple(sorted(after if isinstance(self.after, Referral) else before))
        changed = {each.partition(" ")[0] for each in (*self.gained, *self.lost)}
        return tuple(sorted(before ^ after or changed))


@attrs.frozen
class Replay:
    """How many records were put to the new rules, and those that there is something to say of."""

    of: int
    told: tuple[Replayed, ...]

    @property
    def alarms(self) -> bool:
        """Whether a change for somebody must be signed and is not, or a record is not repeated."""
        return any((each.opens and not each.signed) or not each.repeated for each in self.told)


def replay(old: Ruleset, new: Ruleset, stored: Sequence[Stored]) -> Replay:
    """Returns who gets another verdict than under the old rules, the worst first.

    Raises AnswerError with every record that the old rules did not make or cannot read.
    """
    faults = [Fault(each.where, what) for each in stored if (what := _fault(old, each.record))]
    if faults:
        raise AnswerError(faults)
    signed = _signatures(old, new)
    told = [found for each in stored for found in _replayed(old, new, each, signed)]
    return Replay(len(stored), tuple(sorted(told, key=_worst_first)))


def _worst_first(each: Replayed) -> tuple[object, ...]:
    return (-each.fell, not each.opens, not each.moved, each.repeated, each.where)


def _fault(old: Ruleset, record: Record) -> str:
    if record.hash != old.hash:
        return "was made by other rules; give those of its `record.hash` as the old ones"
    answers = dict(record.answers)
    if len(answers) < len(record.answers) or _read(old, answers) != answers:
        # a fault of the answers would name what somebody wrote into the file
        return "has `record.answers` that its rules cannot read; somebody changed it, so leave it out"
    return ""


def _read(rules: Ruleset, answers: Answers) -> Answers:
    """The answers that rules read."""
    try:
        read_answers(answers, rules)
    except AnswerError:
        if len(answers) == 1:
            return {}
        alone = (_read(rules, {name: answer}) for name, answer in answers.items())
        return {name: answer for each in alone for name, answer in each.items()}
    return answers


def _replayed(
    old: Ruleset, new: Ruleset, stored: Stored, signed: Callable[[Answers], bool]
) -> Iterator[Replayed]:
    answers = dict(stored.record.answers)
    kept = _read(new, answers)
    before, after = decide(old, read_answers(answers, old)), decide(new, read_answers(kept, new))
    unread = [name for name in answers if name not in kept]
    fresh = [name for name in after.open_questions if name not in before.open_questions]
    found = Replayed(
        where=stored.where,
        before=before,
        after=after,
        ask=tuple(dict.fromkeys([*unread, *(fresh if after.provisional else ())])),
        repeated=decision(before) == stored.decided,
        signed=False,
    )
    if found.opens:
        found = attrs.evolve(found, signed=signed(kept))
    if found.moved or found.ask or not found.repeated:
        yield found


def _signatures(old: Ruleset, new: Ruleset) -> Callable[[Answers], bool]:
    """Says of somebody whether a note answers for each change that opens something to them."""
    changes: tuple[Change, ...] = ()
    if any(old.hash.startswith(note.since) for note in new.signed):
        # packs that ask other things have no changes that a note could name
        with suppress(RulesError):
            changes = differences(old, new)
    opening = [each for each in changes if each.opens]
    if not opening:
        return lambda _: False
    _, space = spaces_of(old, new)

    def signed(answers: Answers) -> bool:
        values = read_answers(answers, new).values
        person = {name: space.state(name, value) for name, value in values.items()}
        theirs = [each for each in opening if each.covers(person)]
        return bool(theirs) and all(each.signed_in(old, new) for each in theirs)

    return signed


def _named(verdict: Verdict) -> set[str]:
    """The levels, or the way to the programme and the limits of its exercises."""
    if isinstance(verdict, Referral):
        return set(verdict.path[1:] or verdict.path)
    reasons = [each.reasons for each in verdict.prescriptions] + [each.reasons for each in verdict.withheld]
    return {*verdict.path[1:], *(reason.rule for each in reasons for reason in each)}
