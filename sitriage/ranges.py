"""Bounds of a condition while answers are missing: never narrower than the truth."""

from __future__ import annotations

from itertools import product

from sitriage.conditions import MIRROR, All, Answer, Any, AtLeast, Condition, Domain, Not, findings_in

__all__ = ["Span", "span"]

Span = tuple[Answer, Answer]


def span(condition: Condition, domain: Domain) -> Span:
    """Returns the lowest and highest value the condition may take."""
    match condition:
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
