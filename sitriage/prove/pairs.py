"""Pairs of people who differ in the answer to one question: what the question is good for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, product

import attrs

from sitriage.conditions import Answer, findings_in
from sitriage.decide import decide
from sitriage.diagrams import Ref
from sitriage.evidence import absent
from sitriage.model import Ruleset
from sitriage.placed import conditions_of
from sitriage.prove.people import Pair, People, Person
from sitriage.prove.replay import unasked
from sitriage.screen import rank_of
from sitriage.verdict import Verdict
from sitriage.wording import Cause

__all__ = ["decided_otherwise", "left_out", "told_otherwise"]


def decided_otherwise(people: People, finding: str) -> Iterator[Pair]:
    """Yields pairs of whom the engine decides otherwise; what is asked only of one of them may differ too."""
    hanging = _hanging(people.space.rules, finding)
    for low, high in chain(_on_screen(people, finding), _in_programme(people, finding)):
        for other in (low, left_out(people.space.rules, low, *hanging)) if hanging else (low,):
            verdicts = people.decided(other), people.decided(high)
            if None not in verdicts and verdicts[0] != verdicts[1]:
                yield other, high


def told_otherwise(people: People, finding: str) -> Iterator[Pair]:
    """Yields pairs whose verdicts say something else, though the same may be decided."""
    for low, high in chain(_in_words(people, finding), _in_reading(people, finding)):
        if _told(people, low) != _told(people, high):
            yield low, high


def left_out(rules: Ruleset, person: Person, *findings: str) -> Person:
    """Returns somebody who was not asked some questions."""
    return {**person, **{name: absent(rules.findings[name]) for name in findings}}


def _hanging(rules: Ruleset, finding: str) -> list[str]:
    """The findings that an answer to this one may leave without a sense."""
    rows = (rule.findings for rule in rules.not_applicable if finding in findings_in(rule.when))
    return [name for names in rows for name in names if name != finding]


def _on_screen(people: People, finding: str) -> Iterator[Pair]:
    space = people.space
    for _, level in space.levels:
        if finding in space.reads[level.id]:
            for answer in (Answer.YES, Answer.UNSURE):
                ref, rank = space.at(space.store.of(level.when), answer), rank_of(level, answer)
                yield from people.turned(ref, finding, below=rank, but=level.id)


def _in_programme(people: People, finding: str) -> Iterator[Pair]:
    for ref, where in people.parts.get(finding, ()):
        yield from people.turned(ref, finding, where)


def _in_words(people: People, finding: str) -> Iterator[Pair]:
    space = people.space
    for placed in conditions_of(space.rules):
        if finding in findings_in(placed.condition) and not placed.file.startswith("promises/"):
            where = space.store.constant(1)
            folder, _, file = placed.file.partition("/")
            if folder == "causes":
                where = _fitting(people, space.rules.causes[file.removesuffix(".toml")], finding)
            yield from people.turned(space.surely(placed.condition), finding, where)


def _fitting(people: People, cause: Cause, but: str) -> Ref:
    """Those who have as many signs of a cause as anybody whom the screen clears can have."""
    space, store = people.space, people.space.store
    here = space.store.constant(1) if cause.needs is None else space.surely(cause.needs)
    for sign in (*cause.strongly_supporting, *cause.supporting):
        also = store.lowest([here, space.surely(sign)])
        if but not in findings_in(sign) and people.whom(also) is not None:
            here = also
    return here


def _in_reading(people: People, finding: str) -> Iterator[Pair]:
    """What the answer contradicts, or settles of what was not asked."""
    space, rules, base = people.space, people.space.rules, people.base
    calm = left_out(rules, base, *_hanging(rules, finding))
    for each in rules.contradictions:
        if finding in findings_in(each.both):
            clash = {**base, **(space.store.calmest(space.surely(each.both), bool) or {})}
            # bands are chosen so that two numbers need not clash, so these are asked at their ends
            numbers = [name for name in findings_in(each.both) if rules.findings[name].kind == "number"]
            for ends in product(*((rules.findings[name].min, rules.findings[name].max) for name in numbers)):
                clash |= zip(numbers, ends, strict=True)
                yield {**clash, finding: base[finding]}, clash
    for value in space.store.domains[finding]:
        if not unasked(value):
            yield calm, {**calm, finding: value}


def _told(people: People, person: Person) -> Verdict:
    """The whole verdict, but for the answers it was made from."""
    verdict = decide(people.space.rules, people.read(person))
    return attrs.evolve(verdict, record=attrs.evolve(verdict.record, answers=()))
