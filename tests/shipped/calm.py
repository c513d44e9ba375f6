"""A calm person, on whom nothing fires, and the smallest changes that make one level fire.

Shared by the tests of this folder. The data files are copies of the contracts the rules were written
from, so that a test never reads what only its author has.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache, partial
from itertools import islice, product
from pathlib import Path
from typing import Any

from sitriage import Programme, Ruleset, Urgency, Verdict, load_rules
from sitriage.completions import completions_of
from sitriage.conditions import NOT_APPLICABLE, Answer, Box, Condition, Value, boxes
from sitriage.evidence import Evidence, read_answers
from sitriage.model import Level, RedFlag
from sitriage.screen import fired

HERE = Path(__file__).parent
RULES = load_rules()
FINDINGS: dict[str, dict[str, Any]] = json.loads((HERE / "findings.json").read_text("utf-8"))
TABLES: dict[str, list[str]] = json.loads((HERE / "rows.json").read_text("utf-8"))
MATRICES: dict[str, dict[str, dict[str, str]]] = json.loads((HERE / "matrices.json").read_text("utf-8"))
PEOPLE: dict[str, Any] = json.loads((HERE / "people.json").read_text("utf-8"))

Answers = dict[str, Any]

NO: Answers = {name: False for name, each in FINDINGS.items() if each["kind"] == "yes_no"}
CALM: Answers = NO | {
    "age": 40,
    "age_at_onset": 40,
    "sex": "female",
    "pain_side": "left",
    "low_back_pain": True,
    "si_region_pain": True,
    "pain_severity": 3,
    "duration_days": 5,
    "weeks_of_exercise": 0,
}
MOST_SETS = 30


def all_levels() -> list[tuple[RedFlag, Level]]:
    """Every level of every red flag and gate."""
    return [(flag, level) for flag in RULES.gated for level in flag.levels]


def same(verdict: Verdict) -> tuple[object, ...]:
    """What two verdicts share when they are the same verdict (house of meaning, 7)."""
    if isinstance(verdict, Programme):
        kept = tuple((each.exercise, each.rung, each.side, each.dose) for each in verdict.prescriptions)
        return "programme", verdict.urgency, kept
    return "referral", verdict.urgency, verdict.see


def edges(finding: str, allowed: tuple[Value, ...]) -> list[Any]:
    """The answers to try for a literal: a yes or no; a choice; the lowest and highest number allowed."""
    if FINDINGS[finding]["kind"] == "yes_no":
        # a yes where it counts; where only a yes would reassure, a no
        return [True] if Answer.YES in allowed else [False]
    known = [value for value in allowed if value not in ("unsure", NOT_APPLICABLE)]
    if FINDINGS[finding]["kind"] == "choice":
        return known[:1]
    numbers = [number for value in known for number in band(finding)[value]]
    return sorted({min(numbers), max(numbers)}) if numbers else []


@cache
def band(finding: str) -> Mapping[Value, tuple[int, int]]:
    """The numbers that each value of a domain stands for."""
    known = [value for value in RULES.domains[finding] if isinstance(value, int)]
    low, high = FINDINGS[finding]["min"], FINDINGS[finding]["max"]
    if known[0] == low:
        return dict(zip(known, zip(known, [*(n - 1 for n in known[1:]), high], strict=True), strict=True))
    return dict(zip(known, zip([low, *(n + 1 for n in known[:-1])], known, strict=True), strict=True))


def outside(finding: str, allowed: tuple[Value, ...]) -> list[Any]:
    """The answers just beyond a literal: the other answer, the next number below and above.

    None stands for leaving a number out, where it may be not applicable.
    """
    if FINDINGS[finding]["kind"] == "yes_no":
        return [False] if Answer.YES in allowed else [True]
    if FINDINGS[finding]["kind"] == "choice":
        return [value for value in RULES.domains[finding] if value not in (*allowed, "unsure")]
    inside = {number for value in allowed if value in band(finding) for number in band(finding)[value]}
    steps = {low - 1 for low in inside} | {high + 1 for high in inside}
    taken = [band(finding)[value] for value in allowed if value in band(finding)]
    beyond: list[Any] = [None] if NOT_APPLICABLE in set(RULES.domains[finding]) - set(allowed) else []
    return beyond + [
        step
        for step in sorted(steps)
        if FINDINGS[finding]["min"] <= step <= FINDINGS[finding]["max"]
        and not any(low <= step <= high for low, high in taken)
    ]


@cache
def boxes_of(condition: Condition) -> tuple[Box, ...]:
    """Every box in which a condition is a yes."""
    return tuple(boxes(condition, Answer.YES, True, lambda name: RULES.domains[name]))


def sets_of(condition: Condition) -> list[tuple[Box, Answers]]:
    """The true sets of a condition as answers, at both ends of every number; at most thirty boxes."""
    every = sorted(boxes_of(condition), key=lambda box: (len(box), sorted(map(str, box.items()))))
    step = max(1, -(-len(every) // MOST_SETS))
    found: list[tuple[Box, Answers]] = []
    for box in every[::step]:
        for end in (0, -1):
            answers = {name: edges(name, allowed)[end] for name, allowed in box.items()}
            if (box, answers) not in found:
                found.append((box, answers))
    return found


def holds(condition: Condition, evidence: Evidence) -> bool:
    """Whether evidence lies in one of the boxes: the second way to see that a condition is a yes."""
    return any(
        all(_inside(name, evidence.values[name], allowed) for name, allowed in box.items())
        for box in boxes_of(condition)
    )


def _inside(finding: str, value: Value, allowed: tuple[Value, ...]) -> bool:
    if FINDINGS[finding]["kind"] == "number" and isinstance(value, int):
        return any(
            low <= value <= high for each in allowed for low, high in [band(finding).get(each, (1, 0))]
        )
    return value in allowed


def settled(fixed: Mapping[str, Any]) -> Answers:
    """The calm person with some answers fixed; the rest moved only where the answers would not fit."""
    answers = CALM | dict(fixed)
    for _ in range(8):
        evidence = read_answers(answers, RULES)
        loose = [name for name in RULES.findings if evidence.missing(name) and name not in fixed]
        loose += [name for each in evidence.conflicts for name in each.findings if name not in fixed]
        if not loose:
            break
        tried = [answers | {name: value} for name in loose for value in _values(name)]
        answers = min([answers, *tried], key=_trouble)
    return answers


def consistent(answers: Answers) -> Answers:
    """The same answers, with what they imply said outright."""
    said = dict(answers)
    for _ in range(2):
        values = read_answers(said, RULES).values
        for each in RULES.implications:
            if each.when.value(values) is Answer.YES:
                said[each.finding] = True
    return said


def _values(finding: str) -> Iterator[Any]:
    for value in reversed(RULES.domains[finding]):
        if isinstance(value, Answer):
            if value is not Answer.UNSURE:
                yield value is Answer.YES
        elif value not in ("unsure", NOT_APPLICABLE):
            yield value


def _trouble(answers: Answers) -> tuple[int, int, int]:
    evidence = read_answers(answers, RULES)
    missing = sum(evidence.missing(name) for name in RULES.findings)
    worst = max((each.urgency.rank for each in fired(RULES, evidence.values)), default=0)
    return len(evidence.conflicts), missing, worst


def urgency_of(level_id: str) -> Urgency:
    """The urgency that stands in the id of a level."""
    return Urgency(level_id.rpartition(":")[2])


def calmest(fixed: Mapping[str, Any], rules: Ruleset = RULES) -> Answers:
    """Somebody with these answers whom as little as possible befalls under some rules."""
    start = read_answers(fixed, rules)
    base = completions_of(rules, start).base
    return given({name: as_answer(value) for name, value in base.items()} | dict(fixed))


def as_answer(value: Value) -> Any:
    """The answer that a value of the domain stands for; None where it is left out."""
    if isinstance(value, Answer):
        return {Answer.YES: True, Answer.NO: False, Answer.UNSURE: "unsure"}[value]
    return None if value == NOT_APPLICABLE else value


def given(answers: Mapping[str, Any]) -> Answers:
    """The answers without those that are left out."""
    return {name: value for name, value in answers.items() if value is not None}


def names_fired(answers: Answers) -> set[str]:
    """The ids of the levels that somebody reaches."""
    return {each.level.id for each in fired(RULES, read_answers(answers, RULES).values)}


def turns(condition: Condition, name: str) -> Iterator[tuple[Answers, Answers]]:
    """Pairs of people who differ in one finding, on whom a condition holds, and does not."""
    for box, end in product([each for each in boxes_of(condition) if name in each], (0, -1)):
        answers = {each: edges(each, allowed)[end] for each, allowed in box.items()}
        for value in outside(name, box[name]):
            held = read_answers(given(answers | {name: value}), RULES).values
            fixed = {each: (held[each],) for each in answers}
            for fails in islice(boxes(condition, Answer.YES, False, partial(_narrowed, fixed)), 4):
                rest = {each: as_answer(allowed[0]) for each, allowed in fails.items() if each not in answers}
                kept = given(answers | rest | {name: value})
                # a week would say pregnant again, and only a pregnancy needs one
                person = {k: v for k, v in settled(kept).items() if k in kept or k != "pregnancy_week"}
                yield person | answers, person


def _narrowed(fixed: Mapping[str, tuple[Value, ...]], name: str) -> tuple[Value, ...]:
    return fixed.get(name) or RULES.domains[name]
