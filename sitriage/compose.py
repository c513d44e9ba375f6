"""Puts what was decided into words: the verdict with its sentences. Nothing here decides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from math import ceil
from typing import Any

import attrs

from sitriage.causes import fitting_causes
from sitriage.conditions import Answer, Condition, findings_in
from sitriage.evidence import Evidence
from sitriage.limits import Why, applies
from sitriage.model import Column, Exercise, ProgrammeRule, Ruleset
from sitriage.programme import Pick, Plan
from sitriage.ranges import least_cause
from sitriage.screen import Fired
from sitriage.verdict import (
    Adjunct,
    Contact,
    Dose,
    Prescription,
    Programme,
    Reason,
    Record,
    Referral,
    Withheld,
)
from sitriage.watch import watched
from sitriage.wording import AdjunctRule
from sitriage.words import Professional, Side, Urgency

__all__ = ["Situation", "programme", "referral", "seconds_of"]

QUESTIONS_SHOWN = 5
SECONDS_PER_REP = 4
SECONDS_BETWEEN_SETS = 30


@attrs.frozen(kw_only=True)
class Situation:
    """What every verdict states besides its own: the rules, the evidence and what is still open."""

    rules: Ruleset
    evidence: Evidence
    open_questions: tuple[str, ...]
    urgency_range: tuple[Urgency, Urgency]
    provisional: bool


def referral(
    at: Situation,
    urgency: Urgency,
    see: Professional,
    fired: Iterable[Fired],
    more: Iterable[Reason],
    node: str,
) -> Referral:
    """Returns a referral for the levels fired; `more` holds reasons that are no red flag."""
    texts, fired = at.rules.texts, tuple(fired)
    flags = {each.flag.id: each.flag for each in fired}
    general = texts.meanwhile[urgency] if fired else _beside_referral(at)
    meanwhile = [*general, *(line for flag in flags.values() for line in flag.meanwhile)]
    contact = _contacts(at.rules)["international"]
    return Referral(
        **_common(at, urgency),
        reasons=(*(each.reason() for each in fired), *more),
        path=(node, *(each.level.id for each in fired)),
        see=see,
        who=texts.who[see],
        how=_with_lines(texts.line[see], contact),
        red_flags=tuple(flags),
        still_to_ask=tuple(at.rules.findings[name].question for name in at.open_questions[:QUESTIONS_SHOWN]),
        tell_them=tuple(flag.tell_them or flag.label for flag in flags.values()),
        meanwhile=tuple(_with_lines(line, contact) for line in dict.fromkeys(meanwhile)),
    )


def programme(at: Situation, made: Plan) -> Programme:
    """Returns the programme of a plan, in words."""
    rules, texts = at.rules, at.rules.texts
    leaf = rules.programmes[made.leaf]
    prescriptions = tuple(_prescription(pick, at) for pick in made.picks)
    no_heat = [texts.no_heat] if applies(rules.settings.no_heat, at.evidence.values) else []
    answered = len(at.evidence.answers)
    nodes = {node.id: node for node in rules.pattern}
    passed = [nodes[step].when for step in made.path if step in nodes]
    read = {name for when in passed for name in least_cause(when, at.evidence.stated, rules.domains)}
    return Programme(
        **_common(at, Urgency.SELF_CARE),
        reasons=(
            Reason("screen:clear", f"{texts.screen_clear} ({answered} answers)"),
            _reason(leaf, read),
        ),
        path=("screen:clear", *made.path),
        warm_up=tuple(_adjunct(rules.adjuncts[name]) for name in made.warm_up),
        prescriptions=prescriptions,
        also=tuple(_adjunct(rules.adjuncts[name]) for name in made.also),
        withheld=tuple(_withheld(name, why, rules) for name, why in made.withheld),
        avoid=_avoid(at),
        stop_rules=_stop_rules(
            at, {stop for pick in made.picks for stop in rules.exercises[pick.exercise].stop_if}
        ),
        self_care=(*texts.self_care, *_advice(at, made.leaf), *leaf.advice, *no_heat),
        review=texts.review,
        minutes=_minutes(made.picks),
        equipment=tuple(sorted({thing for each in prescriptions for thing in each.equipment})),
    )


def _reason(rule: AdjunctRule | Column | Exercise | ProgrammeRule, read: Iterable[str] = ()) -> Reason:
    return Reason(rule.id, rule.because, tuple(sorted(read)), (*rule.rows, *rule.facts), rule.sources)


def _beside_referral(at: Situation) -> tuple[str, ...]:
    """Gentle things for somebody without exercises, but those that an answer speaks against."""
    known = [at.rules.adjuncts[name] for name in at.rules.settings.beside_referral]
    values = at.evidence.values
    return tuple(
        each.says for each in known if each.unless is None or each.unless.value(values) is not Answer.YES
    )


def _adjunct(rule: AdjunctRule) -> Adjunct:
    return Adjunct(
        adjunct=rule.id,
        label=rule.label,
        position=rule.position,
        steps=rule.steps,
        reasons=(_reason(rule),),
    )


def _advice(at: Situation, leaf: str) -> tuple[str, ...]:
    values = at.evidence.values
    return tuple(
        each.says
        for each in at.rules.advice
        if (each.when is None or each.when.value(values) is Answer.YES)
        and (not each.programmes or leaf in each.programmes)
    )


def _avoid(at: Situation) -> tuple[str, ...]:
    fitting = [f"{each.label}. {each.because}" for each in at.rules.activities if _shown(each.when, at)]
    return (at.rules.texts.avoid_frame, *fitting) if fitting else ()


def _stop_rules(at: Situation, chosen: Set[str]) -> tuple[str, ...]:
    """The stop rules of these exercises, and those that belong to none: they are for every session."""
    exercises = at.rules.exercises.values()
    of_one = {stop for exercise in exercises for stop in exercise.stop_if}
    return tuple(
        stop.says
        for stop in at.rules.stop_rules
        if (stop.id in chosen or stop.id not in of_one) and _shown(stop.when, at)
    )


def _shown(when: Condition | None, at: Situation) -> bool:
    """Whether a warning is shown: anything but a clear no."""
    return when is None or applies(when, at.evidence.values)


def _common(at: Situation, urgency: Urgency) -> Mapping[str, Any]:
    rules, contact = at.rules, _contacts(at.rules)["international"]
    return {
        "urgency": urgency,
        "headline": rules.texts.urgency[urgency],
        # who must be seen today is told why, not what the pattern fits
        "causes": fitting_causes(rules, at.evidence) if urgency < Urgency.SAME_DAY else (),
        "open_questions": at.open_questions,
        "urgency_range": at.urgency_range,
        "provisional": at.provisional,
        "safety_net": tuple(
            _with_lines(line, contact) for line in (*_keep_in_mind(rules, urgency), *_come_back(at, urgency))
        ),
        "conflicts": at.evidence.conflicts,
        "record": Record(rules.version, rules.hash, at.evidence.answers),
        "contacts": rules.contacts,
        "note": rules.texts.not_reviewed,
    }


def _keep_in_mind(rules: Ruleset, urgency: Urgency) -> tuple[str, ...]:
    """What stands in every verdict; who must go now reads nothing of a call today."""
    lines = rules.texts.safety_net
    now = tuple(line for line in lines if "{urgent}" not in line)
    return now if now and urgency is Urgency.EMERGENCY else lines


def _come_back(at: Situation, urgency: Urgency) -> Iterator[str]:
    """For each way to get help, a text of lines: how to, and the signs that this person would need it for."""
    texts = at.rules.texts
    signs: dict[tuple[Urgency, Professional], list[str]] = {}
    for sign in watched(at.rules, at.evidence.values, urgency):
        signs.setdefault(sign.worst, []).append(sign.rule.says)
    for (how_soon, see), these in signs.items():
        yield "\n- ".join([f"{texts.come_back[how_soon]} {texts.line[see]}", *these])


def _contacts(rules: Ruleset) -> Mapping[str, Contact]:
    return {contact.region: contact for contact in rules.contacts}


def _with_lines(text: str, contact: Contact) -> str:
    for field in attrs.fields(Contact):
        text = text.replace("{" + field.name + "}", getattr(contact, field.name))
    return text


def _prescription(pick: Pick, at: Situation) -> Prescription:
    rules = at.rules
    exercise = rules.exercises[pick.exercise]
    rung = exercise.rung[pick.rung]
    sided = pick.side in (Side.LEFT, Side.RIGHT)
    steps = rung.steps if sided or not rung.steps_each else rung.steps_each
    other = Side.RIGHT if pick.side is Side.LEFT else Side.LEFT
    return Prescription(
        exercise=pick.exercise,
        label=rung.label or exercise.label,
        rung=pick.rung,
        side=pick.side,
        dose=pick.dose,
        target=pick.target,
        phase=pick.phase,
        position=rung.position,
        steps=tuple(step.replace("{this}", pick.side).replace("{other}", other) for step in steps),
        stop_if=_stop_if(exercise, at),
        equipment=rung.equipment,
        evidence=exercise.evidence,
        reasons=(
            _reason(exercise),
            *_kept_from(exercise, pick.why, rules, rules.texts.needs),
        ),
    )


def _stop_if(exercise: Exercise, at: Situation) -> tuple[str, ...]:
    stops = {stop.id: stop for stop in at.rules.stop_rules}
    return tuple(stops[each].says for each in exercise.stop_if if _shown(stops[each].when, at))


def _withheld(name: str, why: Why, rules: Ruleset) -> Withheld:
    exercise = rules.exercises[name]
    return Withheld(
        exercise=name,
        label=exercise.label,
        reasons=tuple(_kept_from(exercise, why, rules, rules.texts.needs_withheld)),
    )


def _kept_from(exercise: Exercise, why: Why, rules: Ruleset, needs: str) -> Iterator[Reason]:
    """The limits, the missing abilities and the side that keep somebody from (a form of) an exercise."""
    for name in why.columns:
        yield _reason(rules.columns[name])
    cited = {"rows": exercise.rows, "sources": exercise.sources}
    if why.needs:
        wanted = " and ".join(rules.findings[name].label for name in why.needs)
        yield Reason("needs", needs.replace("{needs}", wanted), why.needs, **cited)
    if why.no_side:
        yield Reason("no_side", rules.texts.no_side, (rules.settings.side,), **cited)
    if why.lying_hurts:
        asked = tuple(sorted(findings_in(rules.settings.lying_hurts)))
        yield Reason("lying_hurts", rules.texts.lying_hurts, asked, **cited)


def _minutes(picks: tuple[Pick, ...]) -> int:
    return ceil(sum(seconds_of(pick.dose, pick.side) for pick in picks) / 60)


def seconds_of(dose: Dose, side: Side) -> int:
    """Returns how long one session of a dose takes, in seconds, both sides in turn for `each`."""
    sides = 2 if side is Side.EACH else 1
    per_set = dose.reps * (max(dose.hold_s, 1) + SECONDS_PER_REP + dose.rest_s) * sides
    return dose.sets * per_set + (dose.sets - 1) * SECONDS_BETWEEN_SETS
