"""Compiles checked rules: names become what they stand for, numbers fall into bands.

After this the engine knows neither definitions nor implications: every condition says it all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from sitriage.bands import domains
from sitriage.conditions import NOT_APPLICABLE, All, Answer, AtLeast, Combination, Condition, Has, Not, OneOf
from sitriage.conditions import Any as AnyOf
from sitriage.model import (
    Column,
    Contradiction,
    Exercise,
    Implication,
    Item,
    Level,
    Node,
    NotApplicable,
    ProgrammeRule,
    RedFlag,
    Ruleset,
    Rung,
    Settings,
)
from sitriage.placed import conditions_of
from sitriage.promises import LimitPromise, UrgencyPromise
from sitriage.wording import Activity, AdjunctRule, Advice, Cause, StopRule

__all__ = ["banded", "expanded", "meanings"]

_WITH_CONDITIONS = (
    Activity, AdjunctRule, Advice, Cause, RedFlag, Level, Column, Node, Exercise, Rung, ProgrammeRule, Item,
    Settings, Contradiction, NotApplicable, StopRule, Implication, UrgencyPromise, LimitPromise,
)  # fmt: skip

_WORDING = ("causes/", "adjuncts/", "advice.toml", "activities.toml", "stop_rules.toml")


def expanded(rules: Ruleset) -> Ruleset:
    """Returns the rules with definitions and implications inside their conditions, and their bands."""
    within = (
        "red_flags",
        "gates",
        "pattern",
        "columns",
        "exercises",
        "programmes",
        "settings",
        "advice",
        "causes",
        "adjuncts",
        "stop_rules",
        "activities",
        "promised_urgency",
        "promised_limits",
    )
    raised = _Expander(rules, rules.implications)
    # answers are raised before these are read, so they need their definitions only
    plain = _Expander(rules, ())
    built = attrs.evolve(
        rules,
        **{name: raised.deep(getattr(rules, name)) for name in within},
        # with their own implications inside, so that no order of the file leaves one out
        implications=raised.deep(rules.implications),
        contradictions=plain.deep(rules.contradictions),
        not_applicable=plain.deep(rules.not_applicable),
        forbidden=tuple(_forbidden(rules, raised)),
    )
    return banded(built)


def meanings(rules: Ruleset) -> Mapping[str, Condition]:
    """Returns what each definition says, with those inside it, but without what implies a finding."""
    plain = _Expander(rules, ())
    return {name: plain.expand(each.when) for name, each in rules.definitions.items()}


def banded(rules: Ruleset) -> Ruleset:
    """Returns expanded rules with the bands of answers that they tell apart."""
    optional = frozenset(
        name
        for rule in rules.not_applicable
        for name in rule.findings
        if rules.findings[name].kind == "number"
    )
    # a number that only words tell apart makes no band
    every = [each.condition for each in conditions_of(rules) if not each.file.startswith(_WORDING)]
    every += [condition for combination in rules.forbidden for condition, _ in combination]
    bands: Any = domains(rules.findings.values(), every, optional)
    return attrs.evolve(rules, domains=bands)


def _forbidden(rules: Ruleset, raised: _Expander) -> Iterator[Combination]:
    """What no person free of conflicts answers: contradictions, and a yes to what cannot apply."""
    for pair in rules.contradictions:
        yield ((raised.expand(pair.both), Answer.YES),)
    allowing: dict[str, list[Condition]] = {}
    for rule in rules.not_applicable:
        when = raised.expand(rule.when)
        for finding in rule.findings:
            if rules.findings[finding].kind == "yes_no":
                yield (when, Answer.YES), (raised.expand(Has(finding)), Answer.YES)
            else:
                allowing.setdefault(finding, []).append(when)
    for finding, whens in allowing.items():
        # not applicable only where something says so
        denied = ((Not(when, only_yes=True), Answer.YES) for when in whens)
        yield (OneOf(finding, (NOT_APPLICABLE,)), Answer.YES), *denied


@attrs.frozen
class _Expander:
    """Replaces a name by its definition, and a finding by itself or what implies it (D-38)."""

    rules: Ruleset
    implications: tuple[Implication, ...]

    def deep(self, value: Any) -> Any:
        """Returns a value of the model with every condition inside it expanded."""
        if isinstance(value, (Has, Not, AnyOf, All, AtLeast)):
            return self.expand(value)
        if isinstance(value, tuple):
            return tuple(map(self.deep, value))
        if isinstance(value, Mapping):
            return {key: self.deep(each) for key, each in value.items()}
        if type(value) in _WITH_CONDITIONS:
            fields = attrs.fields(type(value))
            return attrs.evolve(value, **{f.name: self.deep(getattr(value, f.name)) for f in fields})
        return value

    def expand(self, condition: Condition) -> Condition:
        match condition:
            case Has(name) if name in self.rules.definitions:
                return self.expand(self.rules.definitions[name].when)
            case Has(name):
                implied = [each.when for each in self.implications if each.finding == name]
                return AnyOf((condition, *map(self.expand, implied))) if implied else condition
            case Not(Has(name)) if self.rules.findings[name].polarity == "reassures":
                return Not(Has(name), only_yes=True)
            case Not(item):
                return Not(self.expand(item))
            case AnyOf(items):
                return AnyOf(tuple(map(self.expand, items)))
            case All(items):
                return All(tuple(map(self.expand, items)))
            case AtLeast(count, items, unsure_counts):
                return AtLeast(count, tuple(map(self.expand, items)), unsure_counts)
        return condition
