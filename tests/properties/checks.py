"""The laws as plain functions, so that the properties and the planted faults use the same ones.

Each takes `rules`, the rules as they ought to be, and `ask`, which answers for the engine and the pack
under test. It returns None where the law holds and raises AssertionError where it does not.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from itertools import product
from typing import Any

import attrs

from sitriage import Programme, Ruleset, Urgency, Verdict
from sitriage.conditions import NOT_APPLICABLE, Answer, Value, boxes
from sitriage.evidence import read_answers
from sitriage.limits import limits
from sitriage.model import Level
from sitriage.programme import plan
from sitriage.screen import fired
from sitriage.verdict import Contact
from sitriage.wording import Texts
from tests.strategies import Person, levels_of, missing_in, raw, told, without

Ask = Callable[[Mapping[str, Any]], Verdict]
Identity = tuple[Any, ...]

# D-1: what a level counts for where its condition is only unsure
ONE_LOWER = {"emergency": "emergency", "same_day": "soon", "soon": "routine", "routine": "routine"}

# D-15: the most that any first dose may ask; an isometric hold is shorter
MOST = {"hold_s": 60, "reps": 15, "sets": 3, "per_day": 2, "rest_s": 60, "effort_percent": 30}
MOST_ISOMETRIC_HOLD_S = 10

# what a verdict may cite besides the levels and the programmes
FRAME = frozenset({"screen:clear", "screen:incomplete", "screen:conflict", "too_little_left"})

SWAPPED = {"left": "right", "right": "left"}


def identity(verdict: Verdict) -> Identity:
    """What makes two verdicts the same: never their words."""
    if isinstance(verdict, Programme):
        given = tuple((each.exercise, each.rung, each.side, each.dose) for each in verdict.prescriptions)
        return ("programme", verdict.urgency, given)
    return ("referral", verdict.urgency, verdict.see)


def bare_identity(person: Mapping[str, Any], rules: Ruleset) -> Identity:
    """The identity of the verdict of a complete person, without the search for open questions."""
    values = read_answers(person, rules).values
    reached, made = fired(rules, values), plan(rules, values)
    if reached:
        return ("referral", reached[0].urgency, reached[0].see)
    if made.too_little:
        return ("referral", Urgency.ROUTINE, rules.manifest.too_little_left_see)
    return (
        "programme",
        Urgency.SELF_CARE,
        tuple((each.exercise, each.rung, each.side, each.dose) for each in made.picks),
    )


# --- every verdict ---


def check_cites_a_rule(rules: Ruleset, ask: Ask, person: Person) -> None:
    verdict = ask(person)
    cited = [reason.rule for reason in verdict.reasons]
    assert cited, told(person)
    known = {*levels_of(rules), *rules.programmes, *FRAME}
    for rule in cited:
        assert rule in known or rule.startswith("conflict:"), rule
    if isinstance(verdict, Programme):
        answered = len(read_answers(person, rules).answers)
        assert cited[0] == "screen:clear", cited
        assert f"({answered} answers)" in verdict.reasons[0].sentence
        assert verdict.path[0] == "screen:clear"
        assert verdict.path[-1] in rules.programmes
    elif verdict.urgency > Urgency.ROUTINE:
        assert cited[0] in levels_of(rules), "more than routine without a level that says why"
    assert all(verdict.path), verdict.path


def check_no_exercise_beside_a_referral(ask: Ask, person: Person) -> None:
    verdict = ask(person)
    if verdict.urgency >= Urgency.ROUTINE:
        assert not hasattr(verdict, "prescriptions"), told(person)
        assert verdict.who
        assert verdict.how
        assert verdict.reasons
        assert verdict.meanwhile
    else:
        assert isinstance(verdict, Programme)
        assert not verdict.provisional
        assert verdict.prescriptions
    low, high = verdict.urgency_range
    assert low <= high


# --- red flags ---


def check_level_is_never_undercut(
    rules: Ruleset, ask: Ask, person: Person, level: Level, truth: Mapping[str, Value]
) -> None:
    """`truth` makes the level hold, surely or by an unsure answer; the rest of the person is anybody's."""
    whole = person | {name: raw(value) for name, value in truth.items() if value != NOT_APPLICABLE}

    def domain(name: str) -> tuple[Value, ...]:
        return (truth[name],) if name in truth else rules.domains[name]

    # nothing more is needed: the level holds surely
    sure = next(boxes(level.when, Answer.YES, True, domain), None) == {}
    least = Urgency(level.urgency if sure else ONE_LOWER[level.urgency])
    verdict = ask(whole)
    assert verdict.urgency >= least, (level.id, verdict.urgency, told(whole))
    assert level.id in verdict.path, (level.id, verdict.path)


def check_every_level_that_holds_counts(rules: Ruleset, ask: Ask, person: Person) -> None:
    values, verdict = read_answers(person, rules).values, ask(person)
    for level in levels_of(rules).values():
        value = level.when.value(values)
        if value >= Answer.UNSURE:
            least = Urgency(level.urgency if value is Answer.YES else ONE_LOWER[level.urgency])
            assert verdict.urgency >= least, (level.id, verdict.urgency, told(person))
            assert level.id in verdict.path


# --- caution ---


def check_urgency_never_falls(ask: Ask, lower: Person, upper: Person) -> None:
    before, after = ask(lower).urgency, ask(upper).urgency
    assert before <= after, (before, after, _difference(lower, upper), told(lower))


def check_unsure_is_not_no(ask: Ask, person: Person, finding: str) -> None:
    no, unsure = ask(person | {finding: False}).urgency, ask(person | {finding: "unsure"}).urgency
    assert no <= unsure, (finding, no, unsure, told(person))


def check_not_asked_is_not_no(rules: Ruleset, ask: Ask, person: Person) -> None:
    """Where a screen question that was not asked could matter, nobody is given exercises."""
    verdict = ask(person)
    matters = pivotal(completions(person, rules))
    unasked = [name for name in matters if rules.findings[name].need == "screen"]
    if unasked:
        assert not isinstance(verdict, Programme), (unasked, told(person))
        assert verdict.provisional, (unasked, told(person))
        assert verdict.urgency >= Urgency.ROUTINE


def check_limits_only_shrink(rules: Ruleset, lower: Person, upper: Person) -> None:
    before, after = read_answers(lower, rules).values, read_answers(upper, rules).values
    for exercise in rules.exercises.values():
        old, new = limits(exercise, rules, before), limits(exercise, rules, after)
        why = (exercise.id, old.rung, new.rung, _difference(lower, upper))
        assert exercise.rungs.index(new.rung) >= exercise.rungs.index(old.rung), why
        for cap in ("max_hold_s", "max_effort_percent"):
            if getattr(old, cap):
                assert 0 < getattr(new, cap) <= getattr(old, cap), why


def check_every_limit_is_kept(rules: Ruleset, ask: Ask, person: Person) -> None:
    """No form harder than any column allows to this person, and no dose above its caps."""
    verdict = ask(person)
    values = read_answers(person, rules).values
    cleared = rules.settings.cleared.value(values) is Answer.YES
    for each in getattr(verdict, "prescriptions", ()):
        exercise = rules.exercises[each.exercise]
        place = exercise.rungs.index(each.rung)
        for name, cell in exercise.column.items():
            if rules.columns[name].when.value(values) is Answer.NO:
                continue
            allowed = cell.rung if not cell.cleared else cell.cleared if cleared else "withheld"
            assert place >= exercise.rungs.index(allowed), (each.exercise, each.rung, name, allowed)
            assert not cell.max_hold_s or each.dose.hold_s <= cell.max_hold_s, (each.exercise, name)
            assert not cell.max_effort_percent or each.dose.effort_percent <= cell.max_effort_percent
        needs = exercise.rung[each.rung].needs
        assert needs is None or needs.value(values) is Answer.YES, (each.exercise, each.rung, "ability")


def check_doses_are_within_bounds(rules: Ruleset, ask: Ask, person: Person) -> None:
    verdict = ask(person)
    given = getattr(verdict, "prescriptions", ())
    for each in given:
        for name, most in MOST.items():
            assert 0 <= getattr(each.dose, name) <= most, (each.exercise, name, each.dose)
        assert min(each.dose.reps, each.dose.sets, each.dose.per_day) >= 1, each
        if rules.exercises[each.exercise].isometric:
            assert each.dose.hold_s <= MOST_ISOMETRIC_HOLD_S, each
        assert each.stop_if, each.exercise
        assert each.steps, each.exercise
    phases = [each.phase for each in given]
    assert phases == sorted(phases)
    if given:
        assert 2 <= len({each.exercise for each in given}) <= 5
        assert verdict.minutes <= 20, verdict.minutes


# --- missing answers ---


def completions(person: Person, rules: Ruleset) -> dict[tuple[Value, ...], Identity]:
    """Brute force: every conflict-free way to answer what is missing, with the verdict it leads to."""
    missing = missing_in(person, rules)
    found: dict[tuple[Value, ...], Identity] = {}
    for combination in product(*(rules.domains[name] for name in missing)):
        full = completion(person, dict(zip(missing, combination, strict=True)), rules)
        if full is not None:
            found[combination] = bare_identity(full, rules)
    return _Labelled(found, missing)


class _Labelled(dict[tuple[Value, ...], Identity]):
    """The completions, with the names that their places stand for."""

    def __init__(self, found: Mapping[tuple[Value, ...], Identity], missing: Sequence[str]) -> None:
        super().__init__(found)
        self.missing = tuple(missing)


def completion(person: Person, given: Mapping[str, Value], rules: Ruleset) -> Person | None:
    """The person with these answers too, or None where they conflict or leave something open."""
    full = person | {name: raw(value) for name, value in given.items() if value != NOT_APPLICABLE}
    evidence = read_answers(full, rules)
    # a number that does not apply is left out, and other answers must settle it
    if evidence.conflicts or any(evidence.missing(name) for name in given):
        return None
    return full


def pivotal(found: dict[tuple[Value, ...], Identity]) -> set[str]:
    """The findings in which alone two completions with different verdicts differ."""
    names: tuple[str, ...] = found.missing  # type: ignore[attr-defined]
    result = set()
    for place, name in enumerate(names):
        seen: dict[tuple[Value, ...], Identity] = {}
        for combination, verdict in found.items():
            others = (*combination[:place], *combination[place + 1 :])
            if seen.setdefault(others, verdict) != verdict:
                result.add(name)
                break
    return result


def check_open_questions_are_exact(rules: Ruleset, ask: Ask, person: Person) -> None:
    verdict = ask(person)
    wanted = pivotal(completions(person, rules))
    assert set(verdict.open_questions) == wanted, (
        sorted(set(verdict.open_questions) ^ wanted),
        missing_in(person, rules),
        told(person),
    )
    assert len(verdict.open_questions) == len(wanted)


def check_range_is_exact(rules: Ruleset, ask: Ask, person: Person) -> None:
    found = completions(person, rules)
    if found:
        urgencies = [each[1] for each in found.values()]
        wanted = (min(urgencies), max(urgencies))
        assert ask(person).urgency_range == wanted, (ask(person).urgency_range, wanted, told(person))


def check_range_holds_every_completion(ask: Ask, person: Person, full: Person) -> None:
    low, high = ask(person).urgency_range
    urgency = ask(full).urgency
    assert low <= urgency <= high, (low, urgency, high, _difference(person, full), told(person))


def check_learning_never_widens(ask: Ask, person: Person, wiser: Person) -> None:
    low, high = ask(person).urgency_range
    new_low, new_high = ask(wiser).urgency_range
    assert low <= new_low, (low, new_low, _difference(person, wiser), told(person))
    assert new_high <= high, (high, new_high, _difference(person, wiser), told(person))


# --- order, words, replay ---


def check_order_of_answers_is_nothing(ask: Ask, person: Person, order: Sequence[str]) -> None:
    assert sorted(order) == sorted(person)
    assert ask({name: person[name] for name in order}) == ask(person), told(person)


def check_same_verdict(ask: Ask, other: Ask, person: Person) -> None:
    first, second = ask(person), other(person)
    assert identity(first) == identity(second), (identity(first), identity(second), told(person))
    assert set(first.open_questions) == set(second.open_questions)
    assert first.urgency_range == second.urgency_range


def check_replay(ask: Ask, person: Person) -> None:
    before = dict(person)
    verdict = ask(person)
    assert person == before, "the answers of the caller were changed"
    assert dict(verdict.record.answers) == person
    assert ask(dict(verdict.record.answers)) == verdict, told(person)


def check_round_trip(ask: Ask, person: Person) -> None:
    verdict = ask(person)
    plain = verdict.to_dict()
    text = json.dumps(plain, sort_keys=True)
    assert type(verdict).from_dict(plain) == verdict
    again = type(verdict).from_dict(json.loads(text))
    assert again == verdict
    assert json.dumps(again.to_dict(), sort_keys=True) == text
    assert json.dumps(ask(person).to_dict()) == json.dumps(plain)


# --- sides ---


def mirrored(person: Person, rules: Ruleset) -> Person:
    side = rules.settings.side
    return person | {side: SWAPPED.get(person[side], person[side])} if side in person else person


def check_mirror(rules: Ruleset, ask: Ask, person: Person) -> None:
    here, there = identity(ask(person)), identity(ask(mirrored(person, rules)))
    if here[0] == "programme" and there[0] == "programme":
        swapped = tuple((ex, rung, SWAPPED.get(side, side), dose) for ex, rung, side, dose in here[2])
        here = (*here[:2], swapped)
    assert here == there, told(person)


def check_no_single_side(rules: Ruleset, ask: Ask, person: Person) -> None:
    """For somebody without a single sore side, nothing is done on one side and no step names one."""
    values = read_answers(person, rules).values
    single = values[rules.settings.side] in ("left", "right")
    if single and rules.settings.both.value(values) is Answer.NO:
        return
    for each in getattr(ask(person), "prescriptions", ()):
        assert each.side not in ("left", "right"), (each.exercise, each.side, told(person))
        for step in each.steps:
            lowered = f" {step.lower()} "
            for phrase in ("sore side", "painful side", "your left", "your right", "{this}", "{other}"):
                assert phrase not in lowered, (each.exercise, each.rung, step)
            assert "your each" not in lowered, (each.exercise, each.rung, step)
            assert "your symmetric" not in lowered, (each.exercise, each.rung, step)


def check_side_follows_the_card(rules: Ruleset, ask: Ask, person: Person) -> None:
    """A sided exercise is done on the sore leg or the other one, as its card or its programme says."""
    verdict = ask(person)
    sore = person.get(rules.settings.side)
    if not isinstance(verdict, Programme) or sore not in SWAPPED:
        return
    if rules.settings.both.value(read_answers(person, rules).values) is not Answer.NO:
        return
    leaf = rules.programmes[verdict.path[-1]]
    own = {item.exercise: item.side for item in leaf.item if item.side}
    for each in verdict.prescriptions:
        word = own.get(each.exercise, rules.exercises[each.exercise].side)
        if word in ("sore", "other"):
            # an easier form may move the other leg, or none alone
            word = rules.exercises[each.exercise].rung[each.rung].side or word
        if word in ("sore", "other"):
            wanted = sore if word == "sore" else SWAPPED[sore]
            assert each.side == wanted, (each.exercise, each.side, sore)
        elif not rules.exercises[each.exercise].if_lying_hurts:
            assert each.side == word, (each.exercise, each.side)
        for step in each.steps:
            assert "{" not in step, (each.exercise, step)


# --- reasons ---


def check_reasons_are_enough(rules: Ruleset, ask: Ask, person: Person, other: Person, most: int = 3) -> None:
    """Whoever agrees on the findings of a fired level's reason reaches its urgency too.

    `other` lends the rest of the answers. People with conflicts are left out on both ends. `most`
    bounds the number of reasons looked at, since some people have a hundred.
    """
    verdict = ask(person)
    values = read_answers(person, rules).values
    levels = levels_of(rules)
    reasons = [reason for reason in verdict.reasons if reason.rule in levels]
    for reason in reasons[:: max(1, len(reasons) // most)]:
        level = levels[reason.rule]
        assert set(reason.findings) <= set(rules.findings)
        sure = level.when.value(values) is Answer.YES
        least = Urgency(level.urgency if sure else ONE_LOWER[level.urgency])
        # agree: the same answer, and not asked where it was not asked
        alike = without(other, *reason.findings)
        alike |= {name: person[name] for name in reason.findings if name in person}
        if read_answers(alike, rules).conflicts:
            continue
        got = ask(alike)
        assert got.urgency >= least, (level.id, reason.findings, least, got.urgency, told(person))


# --- helpers ---

Reword = Callable[[str], str]

# the fields of the rules that only a reader sees
WORDS = frozenset(
    {
        "label",
        "because",
        "question",
        "help",
        "title",
        "ask",
        "why",
        "does",
        "tell_them",
        "meanwhile",
        "advice",
        "says",
    }
    | {"steps", "steps_each", "unit", "choice_labels", "position", "equipment", "name"}
)


def reworded(value: Any, word: Reword, everything: bool = False) -> Any:
    """A value of the rules with every text for a reader replaced; ids, numbers and conditions stay."""
    if isinstance(value, (Texts, Contact)):
        return attrs.evolve(
            value,
            **{
                field.name: reworded(getattr(value, field.name), word, everything=True)
                for field in attrs.fields(type(value))
                if field.name != "region"
            },
        )
    if attrs.has(type(value)):
        changes = {
            field.name: reworded(getattr(value, field.name), word, field.name in WORDS)
            for field in attrs.fields(type(value))
            if field.name not in ("forbidden", "domains", "hash")
        }
        return attrs.evolve(value, **changes)
    if isinstance(value, tuple):
        return tuple(reworded(each, word, everything) for each in value)
    if isinstance(value, Mapping):
        return {key: reworded(each, word, everything) for key, each in value.items()}
    return word(value) if everything and type(value) is str else value


def _difference(first: Person, second: Person) -> dict[str, tuple[Any, Any]]:
    names = sorted({*first, *second})
    nothing = "not asked"
    pairs = {name: (first.get(name, nothing), second.get(name, nothing)) for name in names}
    return {name: (a, b) for name, (a, b) in pairs.items() if a is not b and a != b}
