"""Bounds of a condition while answers are missing: never narrower than the truth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product

import attrs

from sitriage.conditions import (
    MIRROR,
    NOT_ASKED,
    All,
    Answer,
    Any,
    AtLeast,
    Box,
    Condition,
    Demand,
    Domain,
    Has,
    Not,
    OneOf,
    Value,
    Within,
    cause_of,
    findings_in,
)

__all__ = ["Bounds", "Span", "forced", "least_cause", "span"]

ROUNDS = 4

Span = tuple[Answer, Answer]


def span(condition: Condition, domain: Domain) -> Span:
    """Returns the lowest and highest value the condition may take."""
    match condition:
        case Has(finding):
            found = domain(finding)
            return min(found), max(found)  # type: ignore[return-value]
        case Within(finding) | OneOf(finding):
            known = [condition.value({finding: value}) for value in domain(finding)]
            return min(known), max(known)
        case Not(item, only_yes):
            low, high = span(item, domain)
            if only_yes:
                return (
                    Answer.NO if high is Answer.YES else Answer.YES,
                    Answer.NO if low is Answer.YES else Answer.YES,
                )
            return MIRROR[high], MIRROR[low]
        case Any(items):
            spans = [span(item, domain) for item in items]
            return max(low for low, _ in spans), max(high for _, high in spans)
        case All(items):
            spans = [span(item, domain) for item in items]
            return min(low for low, _ in spans), min(high for _, high in spans)
        case AtLeast(count=count, items=items):
            spans = [span(item, domain) for item in items]
            lows = sorted((low for low, _ in spans), reverse=True)
            highs = sorted((high for _, high in spans), reverse=True)
            return (lows[count - 1] if condition.unsure_counts else Answer.NO), highs[count - 1]
    names = sorted(findings_in(condition))
    every = product(*map(domain, names))
    values = [condition.value(dict(zip(names, each, strict=True))) for each in every]
    return min(values), max(values)


def least_cause(
    condition: Condition, answers: Mapping[str, Value], domains: Mapping[str, tuple[Value, ...]]
) -> frozenset[str]:
    """Returns findings that alone keep the condition where it is, and of which none can be spared."""
    goal, kept = condition.value(answers), cause_of(condition, answers)
    if goal is Answer.NO:
        return kept
    for finding in sorted(kept):
        rest = kept - {finding}

        def known(name: str, rest: frozenset[str] = rest) -> tuple[Value, ...]:
            missing = Answer.NOT_ASKED if isinstance(domains[name][0], Answer) else NOT_ASKED
            return (answers[name],) if name in rest else (*domains[name], missing)

        if span(condition, known)[0] >= goal:
            kept = rest
    return kept


@attrs.frozen
class Bounds:
    """The bounds of conditions over a domain; what is `decided` there is decided in every part of it."""

    domain: Domain
    decided: dict[int, Span] = attrs.field(factory=dict)
    _here: dict[int, Span] = attrs.field(factory=dict, init=False)

    def span(self, condition: Condition) -> Span:
        """Returns the lowest and highest value the condition may take."""
        # by identity: a condition belongs to its rules, which outlive the search
        at = id(condition)
        found = self.decided.get(at) or self._here.get(at)
        if found is None:
            # one column limits many exercises
            found = self._here[at] = span(condition, self.domain)
        return found

    def learn(self, conditions: Iterable[Condition]) -> None:
        """Keeps the bounds of conditions that can take one value only."""
        for condition in conditions:
            low, high = self.span(condition)
            if low == high:
                self.decided[id(condition)] = (low, high)

    def within(self, domain: Domain) -> Bounds:
        """Returns the bounds over a part of the domain."""
        return Bounds(domain, self.decided)


def forced(demands: Sequence[Demand], domain: Domain) -> Box | None:
    """Returns what every way to meet the demands (condition, goal, holds) shares; None if there is none.

    A bound, not a solution: some answers inside may still fail. Each round narrows by what the last found.
    """
    known: dict[str, tuple[Value, ...]] = {}
    for _ in range(ROUNDS):
        before = dict(known)
        for condition, goal, holds in demands:
            found = _forced(condition, goal, holds, lambda name: known.get(name) or domain(name))
            if found is None:
                return None
            known.update(found)
        if known == before:
            break
    return known


def _forced(condition: Condition, goal: Answer, holds: bool, domain: Domain) -> Box | None:
    match condition:
        case Has(finding) | Within(finding) | OneOf(finding):
            allowed = domain(finding)
            kept = tuple(v for v in allowed if (condition.value({finding: v}) >= goal) == holds)
            return {finding: kept} if 0 < len(kept) < len(allowed) else ({} if kept else None)
        case Not(item, only_yes):
            turned = Answer.YES if only_yes or goal is Answer.UNSURE else Answer.UNSURE
            return _forced(item, turned, not holds, domain)
        case Any(items):
            return _of_some(items, 1 if holds else len(items), goal, holds, domain)
        case All(items):
            return _of_some(items, len(items) if holds else 1, goal, holds, domain)
        case AtLeast(count, items, unsure_counts):
            needed = count if holds else len(items) - count + 1
            return _of_some(items, needed, goal if unsure_counts else Answer.YES, holds, domain)
    return {}


def _of_some(
    items: tuple[Condition, ...], needed: int, goal: Answer, holds: bool, domain: Domain
) -> Box | None:
    """At least `needed` of the items: all of them if no more are possible, else what they share."""
    found = [_forced(item, goal, holds, domain) for item in items]
    possible = [each for each in found if each is not None]
    if len(possible) < needed:
        return None
    if len(possible) > needed:
        if needed > 1:
            return {}
        shared = set.intersection(*(set(each) for each in possible))
        return {
            name: tuple(v for v in domain(name) if any(v in each[name] for each in possible))
            for name in shared
        }
    merged: dict[str, tuple[Value, ...]] = {}
    for each in possible:
        for name, allowed in each.items():
            merged[name] = tuple(v for v in merged.get(name, allowed) if v in allowed)
    return merged if all(merged.values()) else None
