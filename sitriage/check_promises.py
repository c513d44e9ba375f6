"""Checks of the promises: what they name must exist. Whether the rules keep them is for the laws."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from sitriage.check_exercises import check_dose
from sitriage.errors import did_you_mean
from sitriage.limits import CELL_CAPS
from sitriage.model import Ruleset
from sitriage.problem import Problem
from sitriage.promises import LimitPromise, Promise, SidePromise
from sitriage.words import Urgency

__all__ = ["WAYS", "check_promises"]

Path = tuple[str | int, ...]

_URGENCY, _LIMITS = "promises/urgency.toml", "promises/limits.toml"
_DOSES, _SIDES = "promises/doses.toml", "promises/sides.toml"
WAYS = ("sore", "other", "each", "symmetric")
_WORDS = ("each", "symmetric", "left_out")


def check_promises(rules: Ruleset) -> Iterator[Problem]:
    """Yields every problem of the promises, but for those of their conditions."""
    yield from _rows(rules)
    for index, raised in enumerate(rules.promised_urgency):
        if raised.at_least == Urgency.SELF_CARE:
            what = "self_care promises nothing; a promise is at least routine"
            yield Problem(_URGENCY, ("urgency", index, "at_least"), what)
    for index, limit in enumerate(rules.promised_limits):
        yield from _limit(rules, ("limit", index), limit)
    for index, dosed in enumerate(rules.promised_doses):
        path: Path = ("dose", index)
        yield from _known(_DOSES, (*path, "exercise"), "exercise", dosed.exercise, rules.exercises)
        yield from check_dose(_DOSES, (*path, "start"), dosed.start)
        yield from check_dose(_DOSES, (*path, "target"), dosed.target)
    for index, sided in enumerate(rules.promised_sides):
        yield from _side(rules, ("side", index), sided)
    for index, leaf in enumerate(rules.promised_leaves):
        path = ("leaf", index)
        yield from _known(_SIDES, (*path, "programme"), "programme", leaf.programme, rules.programmes)
        yield from _given(rules, (*path, "may_give"), leaf.may_give, 1)
        yield from _forms(rules, _SIDES, (*path, "forms"), leaf.forms)
    for index, apart in enumerate(rules.promised_apart):
        yield from _given(rules, ("apart", index, "exercises"), apart.exercises, 2)


def _rows(rules: Ruleset) -> Iterator[Problem]:
    tables: tuple[tuple[str, str, tuple[Promise, ...]], ...] = (
        (_URGENCY, "urgency", rules.promised_urgency),
        (_LIMITS, "limit", rules.promised_limits),
        (_DOSES, "dose", rules.promised_doses),
        (_SIDES, "side", rules.promised_sides),
        (_SIDES, "leaf", rules.promised_leaves),
        (_SIDES, "apart", rules.promised_apart),
    )
    for file, key, promises in tables:
        for index, promise in enumerate(promises):
            if not promise.rows:
                yield Problem(file, (key, index, "rows"), "needs at least one row: where was it read?")


def _limit(rules: Ruleset, path: Path, limit: LimitPromise) -> Iterator[Problem]:
    yield from _forms(rules, _LIMITS, (*path, "allows"), limit.allows)
    yield from _forms(rules, _LIMITS, (*path, "when_cleared"), limit.when_cleared)
    yield from _forms(rules, _LIMITS, (*path, "never"), limit.never)
    for key in CELL_CAPS:
        for name, cap in getattr(limit, key).items():
            yield from _known(_LIMITS, (*path, key, name), "exercise", name, rules.exercises)
            if cap < 0:
                yield Problem(_LIMITS, (*path, key, name), f"{key} is below 0")


def _side(rules: Ruleset, path: Path, side: SidePromise) -> Iterator[Problem]:
    yield from _known(_SIDES, (*path, "exercise"), "exercise", side.exercise, rules.exercises)
    words = (*_WORDS, *rules.exercises)
    for key in ("both", "midline", "unsure"):
        if (word := getattr(side, key)) not in words:
            hint, _ = did_you_mean(word, words)
            what = f"expected {', '.join(_WORDS)} or an exercise id{hint}"
            yield Problem(_SIDES, (*path, key), what)
    for form, way in side.rungs.items():
        at: Path = (*path, "rungs", form)
        if side.exercise in rules.exercises:
            yield from _forms(rules, _SIDES, at, {side.exercise: form})
        if way not in WAYS:
            hint, _ = did_you_mean(way, WAYS)
            yield Problem(_SIDES, at, f"expected one of {', '.join(WAYS)}{hint}")


def _given(rules: Ruleset, path: Path, names: tuple[str, ...], least: int) -> Iterator[Problem]:
    if len(set(names)) < least:
        yield Problem(_SIDES, path, f"`{path[-1]}` names at least {least} of the exercises")
    for name in dict.fromkeys(names):
        yield from _known(_SIDES, path, "exercise", name, rules.exercises)


def _forms(
    rules: Ruleset, file: str, path: Path, table: Mapping[str, str | tuple[str, ...]]
) -> Iterator[Problem]:
    """Of a table from exercises to one form or several."""
    for name, forms in table.items():
        yield from _known(file, (*path, name), "exercise", name, rules.exercises)
        for form in (forms,) if isinstance(forms, str) else forms:
            if name in rules.exercises and form not in rules.exercises[name].rungs:
                hint, _ = did_you_mean(form, rules.exercises[name].rungs)
                yield Problem(file, (*path, name), f"`{name}` has no rung `{form}`{hint}")


def _known(file: str, path: Path, kind: str, name: str, known: Collection[str]) -> Iterator[Problem]:
    if name not in known:
        hint, _ = did_you_mean(name, known)
        yield Problem(file, path, f"unknown {kind} `{name}`{hint}", name)
