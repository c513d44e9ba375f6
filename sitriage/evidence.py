"""Answers of a person, read strictly: a mapping becomes `Evidence`, or one `AnswerError`.

What was not asked stays *not asked*. Implications only raise (D-38); contradictions are read the
cautious way and reported (D-39).
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any

import attrs

from sitriage.caps import ID
from sitriage.conditions import NOT_APPLICABLE, NOT_ASKED, Answer, Answers, Value, findings_in
from sitriage.errors import AnswerError, Fault, did_you_mean
from sitriage.model import Finding, Ruleset
from sitriage.verdict import AnswerValue, Conflict
from sitriage.words import UNSURE

__all__ = ["Evidence", "absent", "read_answers", "unanswered"]

# a pack has at most as many findings as files
MOST_ANSWERS = 1000
MOST_HINTS = 20


@attrs.frozen
class Evidence:
    """A value for every finding of the ruleset, the answers it came from, and the conflicts.

    `stated` holds the values before implications raised them: explanations name what was said.
    """

    values: Answers = attrs.field(repr=False)
    stated: Answers = attrs.field(repr=False)
    answers: tuple[tuple[str, AnswerValue], ...] = attrs.field(repr=False)
    conflicts: tuple[Conflict, ...]

    def missing(self, finding: str) -> bool:
        """Whether the finding was neither answered nor settled by another answer."""
        return unanswered(self.values[finding])

    def unknown(self, finding: str) -> bool:
        """Whether the finding is missing or was answered with unsure."""
        value = self.values[finding]
        return self.missing(finding) or value is Answer.UNSURE or value == UNSURE


def read_answers(symptoms: Mapping[str, object], rules: Ruleset) -> Evidence:
    """Returns the evidence in a mapping of finding id to answer.

    Raises AnswerError with every unknown finding and unreadable answer at once; the message names
    the finding and what would be readable, never the value.
    """
    if not isinstance(symptoms, Mapping):
        raise AnswerError([Fault("", "the answers must be a mapping of finding ids to answers")])
    given = _copied(symptoms)
    if given is None:
        raise AnswerError([Fault("", "the mapping of answers cannot be read; give a dict")])
    if len(given) > MOST_ANSWERS:
        raise AnswerError([Fault("", f"at most {MOST_ANSWERS} answers are read; give each finding once")])
    # a hint costs a look at every finding: who sends that many unknown keys needs none
    hints = sum(key not in rules.findings for key in given if type(key) is str) <= MOST_HINTS
    faults = [fault for key, answer in given.items() if (fault := _fault(key, answer, rules, hints))]
    if faults:
        raise AnswerError(sorted(faults))
    values: dict[str, Value] = {
        each.id: _value(given[each.id], each) if each.id in given else absent(each)
        for each in rules.findings.values()
    }
    raised = _implied(values, rules)
    conflicts = (*_cautious(values, raised, rules), *_misplaced(raised, rules))
    raised = _implied(values, rules)
    _settle_not_applicable(values, raised, rules)
    return Evidence(raised, values, tuple(sorted(given.items())), conflicts)


def unanswered(value: Value) -> bool:
    """Whether a value says that nothing was answered."""
    # by identity: the number 1 equals Answer.NOT_ASKED
    return value is Answer.NOT_ASKED or value == NOT_ASKED


def _copied(symptoms: Mapping[Any, Any]) -> dict[Any, Any] | None:
    """The answers as a dict, a few more than are allowed at most; None if the mapping fails."""
    try:
        return {key: symptoms[key] for key in islice(symptoms, MOST_ANSWERS + 1)}
    except MemoryError:
        raise
    except Exception:
        # its error may hold answers, so nothing of it is kept
        return None


def _fault(key: Any, answer: Any, rules: Ruleset, hints: bool) -> Fault | None:
    finding = rules.findings.get(key) if type(key) is str else None
    if finding is None:
        if type(key) is not str or not ID.fullmatch(key):
            return Fault("", "a key of the answers is not a finding id")
        hint, near = did_you_mean(key, rules.findings) if hints else ("", ())
        return Fault("", f"unknown finding `{key}`{hint}", near)
    if answer is None:
        return Fault(key, f"leave the key out if it was not asked; otherwise give {_readable(finding)}")
    if type(answer) is str and answer == UNSURE:
        return None
    match finding.kind:
        case "yes_no":
            fine = type(answer) is bool
        case "number":
            fine = type(answer) is int and finding.min <= answer <= finding.max
        case _:
            fine = type(answer) is str and answer in finding.choices
    return None if fine else Fault(key, f"expected {_readable(finding)}")


def _readable(finding: Finding) -> str:
    match finding.kind:
        case "yes_no":
            return f'true, false or "{UNSURE}"'
        case "number":
            return f'a whole number from {finding.min} to {finding.max} ({finding.unit}) or "{UNSURE}"'
        case _:
            return "one of " + ", ".join(f'"{each}"' for each in finding.choices)


def absent(finding: Finding) -> Value:
    """Returns the value of a finding that was not asked."""
    return Answer.NOT_ASKED if finding.kind == "yes_no" else NOT_ASKED


def _value(answer: AnswerValue, finding: Finding) -> Value:
    if finding.kind != "yes_no":
        return answer
    if answer == UNSURE:
        return Answer.YES if finding.unsure_is_yes else Answer.UNSURE
    return Answer.YES if answer else Answer.NO


def _cautious(values: dict[str, Value], raised: Answers, rules: Ruleset) -> tuple[Conflict, ...]:
    """Finds contradictory answers and drops the one that would reassure."""
    found = []
    for each in rules.contradictions:
        if each.both.value(raised) is Answer.YES:
            found.append(Conflict(each.id, each.because, tuple(sorted(findings_in(each.both)))))
            values.update((finding, Answer.NO) for finding in each.read_as_no)
    return tuple(found)


def _misplaced(values: Answers, rules: Ruleset) -> tuple[Conflict, ...]:
    """Finds a yes to something that another answer says cannot apply; the yes still counts."""
    found = []
    for rule in rules.not_applicable:
        if rule.when.value(values) is Answer.YES:
            for finding in rule.findings:
                if values[finding] is Answer.YES:
                    because = f"{rules.findings[finding].label}: this does not fit with other answers"
                    involved = tuple(sorted({finding, *findings_in(rule.when)}))
                    found.append(Conflict(f"not_applicable:{finding}", because, involved))
    return tuple(found)


def _implied(values: Answers, rules: Ruleset) -> dict[str, Value]:
    """The values with what they imply (D-38)."""
    raised = dict(values)
    for each in rules.implications:
        value, current = each.when.value(raised), raised[each.finding]
        if value >= Answer.UNSURE and isinstance(current, Answer):
            certain = rules.findings[each.finding].unsure_is_yes
            raised[each.finding] = Answer.YES if certain else max(current, value)
    return raised


def _settle_not_applicable(values: dict[str, Value], raised: dict[str, Value], rules: Ruleset) -> None:
    """What cannot apply counts as no where it was not asked; again and again, since one settles another."""
    for _ in rules.not_applicable:
        settled = {
            finding
            for rule in rules.not_applicable
            for finding in rule.findings
            if unanswered(raised[finding]) and rule.when.value(raised) is Answer.YES
        }
        for finding in settled:
            if rules.findings[finding].kind == "yes_no":
                values[finding] = raised[finding] = Answer.NO
            else:
                values[finding] = raised[finding] = NOT_APPLICABLE
