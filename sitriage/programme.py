"""The programme stage: pattern, ladder, side and dose. It only ever shrinks what is permitted.

Reached only by people whom the screen has cleared; this file knows nothing of urgency.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from sitriage.conditions import Answer, Answers
from sitriage.limits import (
    WITHHELD,
    Applying,
    Limit,
    Why,
    applies,
    capped,
    columns_of,
    limits,
    limits_among,
    unmet,
)
from sitriage.model import Exercise, Item, Node, ProgrammeRule, Ruleset
from sitriage.sides import side_of, side_word, sore_side
from sitriage.verdict import Dose
from sitriage.words import OPPOSITE, Phase, Side

__all__ = ["Pick", "Plan", "branch", "plan", "walk", "with_rest_day"]

FEW = 2
"""With no more exercises than this, gentle moves that suit nearly everybody are offered beside them."""
STRENGTH_DAYS = 6
"""Strength work has a rest day in every week (D-15)."""


@attrs.frozen
class Pick:
    """One exercise of a plan, before it is put into words."""

    exercise: str
    rung: str
    side: Side
    dose: Dose
    target: Dose
    phase: Phase
    why: Why


@attrs.frozen
class Plan:
    """The leaf with its path, the picks in order, and what was left out and why."""

    leaf: str
    path: tuple[str, ...]
    picks: tuple[Pick, ...]
    withheld: tuple[tuple[str, Why], ...]
    warm_up: tuple[str, ...]
    also: tuple[str, ...]

    @property
    def too_little(self) -> bool:
        """Whether fewer than two different exercises are left (D-19)."""
        return _too_little(self.picks)


def plan(rules: Ruleset, answers: Answers) -> Plan:
    """Returns the plan of the leaf that the pattern tree leads to, filled up where too little is left."""
    path, applying = walk(rules, answers), columns_of(rules, answers)
    leaf = rules.programmes[path[-1]]
    picks, left_out = _picks(leaf.item, leaf, rules, answers, applying)
    if _too_little(picks):
        fill = [Item(exercise=each) for each in rules.settings.fill]
        extra, more = _picks(fill, leaf, rules, answers, applying)
        for pick in extra:
            if _too_little(picks) and pick.exercise not in {each.exercise for each in picks}:
                picks.append(pick)
        left_out |= more | left_out
    kept = {pick.exercise for pick in picks}
    ordered = tuple(sorted(picks, key=lambda pick: pick.phase.rank))
    withheld = tuple((name, why) for name, why in left_out.items() if name not in kept)
    also = _few_left(kept, rules, answers) if len(picks) <= FEW else ()
    return Plan(leaf.id, path, ordered, withheld, _warm_up(leaf, rules, answers), also)


def _too_little(picks: Iterable[Pick]) -> bool:
    return len({pick.exercise for pick in picks}) < 2


def _warm_up(leaf: ProgrammeRule, rules: Ruleset, answers: Answers) -> tuple[str, ...]:
    """What the leaf asks for, then the first of the general ways to warm up."""
    general = _suiting(rules.settings.warm_up, rules, answers)[:1]
    return (*_suiting(leaf.warm_up, rules, answers), *general)


def _few_left(kept: set[str], rules: Ruleset, answers: Answers) -> tuple[str, ...]:
    """Gentle moves beside hardly any exercises; none that is a form of one given or withheld."""
    form_of = {name: rules.adjuncts[name].exercise for name in rules.settings.few_left}
    fresh = [
        name
        for name, form in form_of.items()
        if not form or (form not in kept and limits(rules.exercises[form], rules, answers).rung != WITHHELD)
    ]
    return _suiting(tuple(fresh), rules, answers)


def _suiting(names: tuple[str, ...], rules: Ruleset, answers: Answers) -> tuple[str, ...]:
    unless = {name: rules.adjuncts[name].unless for name in names}
    return tuple(name for name, limit in unless.items() if limit is None or not applies(limit, answers))


def walk(rules: Ruleset, answers: Answers) -> tuple[str, ...]:
    """Returns the ids of the pattern nodes passed, the leaf last."""
    nodes = {node.id: node for node in rules.pattern}
    at, path = rules.pattern[0].id, []
    while at in nodes:
        path.append(at)
        at = branch(nodes[at], nodes[at].when.value(answers))
    return (*path, at)


def branch(node: Node, value: Answer) -> str:
    """Returns where a node leads for a value: unsure and not asked take the branch it names."""
    if value in (Answer.UNSURE, Answer.NOT_ASKED):
        return node.yes if node.unsure == "yes" else node.otherwise
    return node.yes if value is Answer.YES else node.otherwise


def _picks(
    items: list[Item] | tuple[Item, ...],
    leaf: ProgrammeRule,
    rules: Ruleset,
    answers: Answers,
    applying: Applying,
) -> tuple[list[Pick], dict[str, Why]]:
    picks: list[Pick] = []
    left_out: dict[str, Why] = {}
    for item in items:
        if item.needs is not None and (lacking := unmet(item.needs, answers)):
            left_out.setdefault(item.exercise, Why(needs=lacking))
            continue
        if side_word(rules.exercises[item.exercise], item, rules, answers) in rules.exercises:
            left_out.setdefault(item.exercise, Why(no_side=True))
        for chosen in _chain(item, rules, answers):
            exercise = rules.exercises[chosen.exercise]
            limit = limits_among(exercise, rules, answers, applying)
            hardest = exercise.rungs.index(chosen.rung) if chosen.rung else 0
            if hardest >= limit.place:
                # the programme asks for no harder form, so no ability is missed
                limit = attrs.evolve(limit, needs=())
            place = max(limit.place, hardest)
            side = side_of(exercise, chosen, exercise.rungs[place], rules, answers)
            repeated = any(
                pick.exercise == exercise.id and pick.phase == _phase(exercise, chosen) for pick in picks
            )
            if side is not None and exercise.rungs[place] != WITHHELD:
                if not repeated:
                    picks.extend(_form(exercise, chosen, place, side, limit, leaf, rules, answers, applying))
                break
            left_out.setdefault(
                exercise.id, limit.why if exercise.rungs[place] == WITHHELD else Why(no_side=True)
            )
    return picks, left_out


def _chain(item: Item, rules: Ruleset, answers: Answers) -> Iterator[Item]:
    """The item, then what takes its place where it cannot be given or has no side."""
    exercise = rules.exercises[item.exercise]
    swapped = side_word(exercise, item, rules, answers)
    if swapped in rules.exercises:
        yield Item(exercise=swapped, phase=item.phase)
        return
    yield item
    if exercise.instead:
        yield Item(exercise=exercise.instead, phase=item.phase)


def _phase(exercise: Exercise, item: Item) -> Phase:
    return item.phase or exercise.phase


def _form(
    exercise: Exercise, item: Item, place: int, side: Side, limit: Limit, leaf: ProgrammeRule,
    rules: Ruleset, answers: Answers, applying: Applying,
) -> Iterator[Pick]:  # fmt: skip
    start = attrs.evolve(exercise.start, sets=1, per_day=1) if leaf.lowest_dose else exercise.start
    stay = leaf.lowest_dose or _start_dose_only(rules, applying)
    dose, target = capped(start, limit), capped(start if stay else exercise.target, limit)
    phase = _phase(exercise, item)
    dose, target = with_rest_day(dose, exercise), with_rest_day(target, exercise)
    made = Pick(exercise.id, exercise.rungs[place], side, dose, target, phase, limit.why)
    if exercise.if_lying_hurts and applies(rules.settings.lying_hurts, answers):
        yield from _lying(made, exercise, rules, answers)
    else:
        yield made


def _start_dose_only(rules: Ruleset, applying: Applying) -> bool:
    return any(each.start_dose_only and applying(name) for name, each in rules.columns.items())


def with_rest_day(dose: Dose, exercise: Exercise) -> Dose:
    """Returns the dose with a day off in every week, if the exercise is strength work (D-15)."""
    most = STRENGTH_DAYS if exercise.phase is Phase.STABILISE else dose.days_per_week
    return attrs.evolve(dose, days_per_week=min(dose.days_per_week, most))


def _lying(made: Pick, exercise: Exercise, rules: Ruleset, answers: Answers) -> Iterator[Pick]:
    """Lying only on the good side, the other half in the easiest form; both sore: easiest alone."""
    easiest, why = exercise.rungs[-2], attrs.evolve(made.why, lying_hurts=True)
    if sore := sore_side(rules, answers):
        yield attrs.evolve(made, side=sore)
        yield attrs.evolve(made, rung=easiest, side=OPPOSITE[sore], why=why)
    else:
        yield attrs.evolve(made, rung=easiest, why=why)
