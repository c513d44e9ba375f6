"""Where in the rule files each condition and each rule stands."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from sitriage.conditions import Condition
from sitriage.model import Ruleset
from sitriage.rule import Rule

__all__ = ["Placed", "conditions_of", "rule_files"]


@attrs.frozen
class Placed:
    """A condition with its file and path, and whether it stands in a flag (where order matters)."""

    file: str
    path: tuple[str | int, ...]
    condition: Condition
    in_flag: bool = False


def conditions_of(rules: Ruleset) -> Iterator[Placed]:
    """Yields every condition of the rules with its place."""
    for folder, flags in (("red_flags", rules.red_flags), ("gates", rules.gates)):
        for flag in flags.values():
            for index, level in enumerate(flag.levels):
                yield Placed(f"{folder}/{flag.id}.toml", ("level", index, "when"), level.when, True)
    for definition in rules.definitions.values():
        yield Placed(f"definitions/{definition.id}.toml", ("when",), definition.when)
    for column in rules.columns.values():
        yield Placed(f"columns/{column.id}.toml", ("when",), column.when)
    for exercise in rules.exercises.values():
        for name, rung in exercise.rung.items():
            if rung.needs is not None:
                yield Placed(f"exercises/{exercise.id}.toml", ("rung", name, "needs"), rung.needs)
    for programme in rules.programmes.values():
        for index, item in enumerate(programme.item):
            if item.needs is not None:
                yield Placed(f"programmes/{programme.id}.toml", ("item", index, "needs"), item.needs)
    for cause in rules.causes.values():
        file = f"causes/{cause.id}.toml"
        if cause.needs is not None:
            yield Placed(file, ("needs",), cause.needs)
        for key, (_, signs) in cause.signs.items():
            for index, sign in enumerate(signs):
                yield Placed(file, (key, index), sign)
    for adjunct in rules.adjuncts.values():
        if adjunct.unless is not None:
            yield Placed(f"adjuncts/{adjunct.id}.toml", ("unless",), adjunct.unless)
    lists: tuple[tuple[str, str, str, tuple[object, ...]], ...] = (
        ("tree/pattern.toml", "node", "when", rules.pattern),
        ("stop_rules.toml", "stop", "when", rules.stop_rules),
        ("activities.toml", "activity", "when", rules.activities),
        ("advice.toml", "advice", "when", rules.advice),
        ("implications.toml", "implies", "when", rules.implications),
        ("implications.toml", "not_applicable", "when", rules.not_applicable),
        ("contradictions.toml", "contradiction", "both", rules.contradictions),
        ("promises/urgency.toml", "urgency", "when", rules.promised_urgency),
        ("promises/limits.toml", "limit", "when", rules.promised_limits),
    )
    for file, key, name, entries in lists:
        for index, entry in enumerate(entries):
            if (condition := getattr(entry, name)) is not None:
                yield Placed(file, (key, index, name), condition)
    for name in ("both", "lying_hurts", "cleared", "no_heat"):
        yield Placed("settings.toml", (name,), getattr(rules.settings, name))


def rule_files(rules: Ruleset) -> Iterator[tuple[str, Rule]]:
    """Yields every rule with the name of its file."""
    for folder in (
        "findings",
        "definitions",
        "red_flags",
        "gates",
        "columns",
        "exercises",
        "programmes",
        "causes",
        "adjuncts",
    ):
        for rule in getattr(rules, folder).values():
            yield f"{folder}/{rule.id}.toml", rule
    lists: tuple[tuple[str, tuple[Rule, ...]], ...] = (
        ("stop_rules.toml", rules.stop_rules),
        ("activities.toml", rules.activities),
        ("advice.toml", rules.advice),
        ("watch.toml", rules.watch),
    )
    for name, entries in lists:
        for rule in entries:
            yield name, rule
