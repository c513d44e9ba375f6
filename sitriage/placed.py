"""Where in the rule files each condition and each rule stands."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from sitriage.conditions import Condition
from sitriage.model import Rule, Ruleset

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
    for index, node in enumerate(rules.pattern):
        yield Placed("tree/pattern.toml", ("node", index, "when"), node.when)
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
    for index, stop in enumerate(rules.stop_rules):
        if stop.when is not None:
            yield Placed("stop_rules.toml", ("stop", index, "when"), stop.when)
    for index, activity in enumerate(rules.activities):
        if activity.when is not None:
            yield Placed("activities.toml", ("activity", index, "when"), activity.when)
    for adjunct in rules.adjuncts.values():
        if adjunct.unless is not None:
            yield Placed(f"adjuncts/{adjunct.id}.toml", ("unless",), adjunct.unless)
    for index, advice in enumerate(rules.advice):
        if advice.when is not None:
            yield Placed("advice.toml", ("advice", index, "when"), advice.when)
    for index, each in enumerate(rules.implications):
        yield Placed("implications.toml", ("implies", index, "when"), each.when)
    for index, rule in enumerate(rules.not_applicable):
        yield Placed("implications.toml", ("not_applicable", index, "when"), rule.when)
    for index, pair in enumerate(rules.contradictions):
        yield Placed("contradictions.toml", ("contradiction", index, "both"), pair.both)
    for index, promise in enumerate(rules.promised_urgency):
        yield Placed("promises/urgency.toml", ("urgency", index, "when"), promise.when)
    for index, limit in enumerate(rules.promised_limits):
        yield Placed("promises/limits.toml", ("limit", index, "when"), limit.when)
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
