"""Answers and conditions as z3 terms, written from the rule file format and never from the engine.

Every condition is one of four answers in a chain: no < not asked < unsure < yes (house.md 2.2). A term
holds three facts about it, each implied by the next: at least not asked, at least unsure, yes. `any` is
then *or*, `all` is *and*, and `at_least n` is *n of them*, each fact for itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

import z3

FALSE, TRUE = z3.BoolVal(False), z3.BoolVal(True)


class Chain(NamedTuple):
    """One of the four answers: `open` is not asked or more, `maybe` is unsure or more, `sure` is yes."""

    open: z3.BoolRef
    maybe: z3.BoolRef
    sure: z3.BoolRef


class Number(NamedTuple):
    """A number: its value where it is known; else unsure, not asked, or (none of these) not applicable."""

    value: z3.BitVecRef
    known: z3.BoolRef
    unsure: z3.BoolRef
    missing: z3.BoolRef


class Choice(NamedTuple):
    """Whether each choice was made; else unsure or not asked."""

    made: Mapping[str, z3.BoolRef]
    unsure: z3.BoolRef
    missing: z3.BoolRef


Term = Chain | Number | Choice


class Reader(Protocol):
    """Where a condition finds the answers: a person, at some stage of reading what they said."""

    def answer(self, name: str) -> Term: ...

    def definition(self, name: str) -> Mapping[str, Any] | None: ...

    def reassures(self, name: str) -> bool: ...


def condition(when: Any, person: Reader) -> Chain:
    """Returns the answer to a condition of a rule file, as it stands in the TOML."""
    if isinstance(when, str):
        meant = person.definition(when)
        if meant is not None:
            return condition(meant, person)
        answer = person.answer(when)
        assert isinstance(answer, Chain), f"{when} is no yes or no"
        return answer
    if "any" in when:
        return any_of([condition(each, person) for each in when["any"]])
    if "all" in when:
        return all_of([condition(each, person) for each in when["all"]])
    if "at_least" in when:
        items = [condition(each, person) for each in when["of"]]
        if not when.get("unsure_counts", True):
            items = [_unsure_is_no(each) for each in items]
        return at_least(when["at_least"], items)
    if "not" in when:
        return _not(when["not"], person)
    if "is" in when:
        return _is(person.answer(when["finding"]), when["is"])
    if "above" in when:
        return _above(person.answer(when["finding"]), person.answer(when["above"]))
    return _between(person.answer(when["finding"]), when.get("min"), when.get("max"))


def any_of(items: list[Chain]) -> Chain:
    return Chain(*(z3.Or(*facts) for facts in zip(*items, strict=True)))


def all_of(items: list[Chain]) -> Chain:
    return Chain(*(z3.And(*facts) for facts in zip(*items, strict=True)))


def at_least(many: int, items: list[Chain]) -> Chain:
    return Chain(*(z3.AtLeast(*facts, many) for facts in zip(*items, strict=True)))


def _unsure_is_no(item: Chain) -> Chain:
    # counted criteria (D-1): unsure is not counted, not asked keeps the count open
    return Chain(z3.And(item.open, z3.Or(item.sure, z3.Not(item.maybe))), item.sure, item.sure)


def _not(operand: Any, person: Reader) -> Chain:
    item = condition(operand, person)
    if isinstance(operand, str) and person.reassures(operand):
        # D-1: only yes reassures
        return Chain(*[z3.Not(item.sure)] * 3)
    # yes and no change places; not asked and unsure stay what they are
    is_no = z3.Not(item.open)
    return Chain(z3.Not(item.sure), z3.Or(is_no, z3.And(item.maybe, z3.Not(item.sure))), is_no)


def _is(answer: Term, choices: list[str]) -> Chain:
    assert isinstance(answer, Choice)
    sure = z3.Or(*(answer.made[each] for each in choices))
    maybe = z3.Or(sure, answer.unsure)
    return Chain(z3.Or(maybe, answer.missing), maybe, sure)


def _between(answer: Term, low: int | None, high: int | None) -> Chain:
    assert isinstance(answer, Number)
    inside = [answer.known]
    if low is not None:
        inside.append(z3.UGE(answer.value, low))
    if high is not None:
        inside.append(z3.ULE(answer.value, high))
    sure = z3.And(*inside)
    maybe = z3.Or(sure, answer.unsure)
    return Chain(z3.Or(maybe, answer.missing), maybe, sure)


def _above(first: Term, second: Term) -> Chain:
    assert isinstance(first, Number)
    assert isinstance(second, Number)
    # only contradictions compare two numbers, and there only what was said counts (D-39)
    sure = z3.And(first.known, second.known, z3.UGT(first.value, second.value))
    return Chain(sure, sure, sure)
