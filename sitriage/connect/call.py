"""One call of a tool by a language model: arguments that nobody checked in, plain data out.

Nothing of the arguments comes back but answers that the rules know: a text that was slipped into a
conversation would otherwise return as the words of the library.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from types import MappingProxyType
from typing import Any

from sitriage.caps import value_fault
from sitriage.connect.compact import question_data, refusal, verdict_data
from sitriage.connect.tools import NEXT, TRIAGE
from sitriage.errors import AnswerError, Fault, did_you_mean
from sitriage.evidence import read_answers
from sitriage.interview.session import Interview
from sitriage.model import Ruleset
from sitriage.triage import load_rules
from sitriage.verdict import AnswerValue

__all__ = ["call_tool"]

MOST_FAULTS = 20
# a state with every answer given one by one has a third of this
MOST_VALUES = 5000
_JSON = frozenset({dict, list, str, bool, int, float, type(None)})


def call_tool(name: object, arguments: object, *, rules: Ruleset | None = None) -> dict[str, Any]:
    """Returns what a tool says, as data with a `kind`: programme, referral, question or error.

    Whatever a model sends comes back as data and never raises; raises RulesError only where the
    shipped rules cannot be loaded.

    >>> call_tool("sitriage_triage", {"saddle_numbness": True, "fever": None})["urgency"]
    'emergency'
    >>> call_tool("sitriage_triage", {"saddle_numbness": "maybe"})["faults"][0]["what"]
    'expected true, false or "unsure"'
    """
    pack = load_rules() if rules is None else rules
    tool = _TOOLS.get(name) if type(name) is str else None
    if tool is None:
        return refusal([Fault("name", f"unknown tool; there are {', '.join(_TOOLS)}")])
    if type(arguments) is not dict:
        return refusal([Fault("arguments", "expected one object of names and values")])
    if unfit := _unfit(arguments):
        return refusal([Fault("arguments", unfit)])
    try:
        return tool(arguments, pack)
    except AnswerError as error:
        return refusal(error.faults[:MOST_FAULTS])


def _unfit(arguments: dict[Any, Any]) -> str:
    """Why arguments are not read: no JSON, too much of it, or an unfit text; empty if they are fit."""
    todo: list[object] = [arguments]
    count = 0
    while todo:
        each = todo.pop()
        count += 1
        if type(each) not in _JSON:
            return "expected JSON values only"
        if count > MOST_VALUES:
            return f"at most {MOST_VALUES} names and values are read"
        if type(each) is dict:
            todo += [*each, *each.values()]
        elif type(each) is list:
            todo += each
    fault = value_fault(arguments)
    return fault[1] if fault else ""


def _triage(arguments: dict[Any, Any], rules: Ruleset) -> dict[str, Any]:
    return _verdict(Interview(_asked(arguments, rules), rules=rules))


def _next(arguments: dict[Any, Any], rules: Ruleset) -> dict[str, Any]:
    said = _read(arguments)
    interview = _resumed(said["state"], rules)
    if said["skip"]:
        # first, so that it is about the question that was shown
        interview = interview.skip()
    if answers := _asked(said["answers"] or {}, rules):
        interview = interview.answer(answers)
    state = {"state": interview.to_dict()}
    question = interview.question
    if question is None or said["stop"]:
        return _verdict(interview) | state
    return {"kind": "question", "question": question_data(question), **state}


_TOOLS: Mapping[str, Callable[[dict[Any, Any], Ruleset], dict[str, Any]]] = MappingProxyType(
    {TRIAGE: _triage, NEXT: _next}
)
# what each argument may be beside null
_KINDS: Mapping[str, type] = MappingProxyType({"state": dict, "answers": dict, "skip": bool, "stop": bool})


def _verdict(interview: Interview) -> dict[str, Any]:
    """The verdict so far; a provisional one says what to ask next."""
    data = verdict_data(interview.verdict)
    question = interview.question
    return data | {"ask_next": question_data(question)} if question and data["provisional"] else data


def _read(arguments: dict[Any, Any]) -> dict[str, Any]:
    """The arguments of a step by name, None for what was not given."""
    faults = [
        Fault(name, f"expected {'true or false' if kind is bool else 'an object'}, or leave it out")
        for name, kind in _KINDS.items()
        if arguments.get(name) is not None and type(arguments[name]) is not kind
    ]
    if not arguments.keys() <= _KINDS.keys():
        faults.append(Fault("arguments", f"expected nothing but {', '.join(_KINDS)}"))
    if faults:
        raise AnswerError(faults)
    return {name: arguments.get(name) for name in _KINDS}


def _asked(given: dict[Any, Any], rules: Ruleset) -> dict[str, AnswerValue]:
    """The answers but for null, which says that it was not asked; raises AnswerError."""
    faults = list(islice(_unknown(given, rules), MOST_FAULTS))
    known = {name: given[name] for name in rules.findings if given.get(name) is not None}
    try:
        read_answers(known, rules)
    except AnswerError as error:
        faults += error.faults
    if faults:
        raise AnswerError(faults)
    return known


def _unknown(given: dict[Any, Any], rules: Ruleset) -> Iterator[Fault]:
    """A fault for each key that is no finding: told by its place, since its name is not ours."""
    for place, key in enumerate(given, 1):
        if type(key) is not str or key not in rules.findings:
            hint, near = did_you_mean(key, rules.findings) if type(key) is str else ("", ())
            yield Fault("", f"key {place} of the answers is not a finding id{hint}", near)


def _resumed(state: object, rules: Ruleset) -> Interview:
    """The interview of a state, read anew; raises AnswerError for one that `to_dict` did not write."""
    try:
        interview = Interview(rules=rules) if state is None else Interview.from_dict(state, rules=rules)
    except AnswerError:
        interview = None
    # an id that was skipped would come back with the next state
    if interview is None or any(
        name not in rules.findings for each in interview.steps for name in each.skipped
    ):
        what = "this is not a state that this tool returned under these rules; leave it out to begin anew"
        raise AnswerError([Fault("state", what)])
    return interview
