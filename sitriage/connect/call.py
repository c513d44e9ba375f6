"""One call of a tool by a language model: arguments that nobody checked in, plain data out.

Nothing of the arguments comes back but answers that the rules know: a text that was slipped into a
conversation would otherwise return as the words of the library.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from sitriage.connect.arguments import MOST_FAULTS, asked, resumed, step_of, unfit
from sitriage.connect.compact import question_data, refusal, verdict_data
from sitriage.connect.tools import NEXT, TRIAGE
from sitriage.errors import AnswerError, Fault
from sitriage.interview.session import Interview
from sitriage.model import Ruleset
from sitriage.triage import load_rules
from sitriage.verdict import Verdict
from sitriage.words import Urgency

__all__ = ["call_tool"]


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
    if why := unfit(arguments):
        return refusal([Fault("arguments", why)])
    try:
        return tool(arguments, pack)
    except AnswerError as error:
        return refusal(error.faults[:MOST_FAULTS])


def _triage(arguments: dict[Any, Any], rules: Ruleset) -> dict[str, Any]:
    return _verdict(Interview(asked(arguments, rules), rules=rules))


def _next(arguments: dict[Any, Any], rules: Ruleset) -> dict[str, Any]:
    said = step_of(arguments)
    interview = resumed(said["state"], rules)
    if said["skip"]:
        # first, so that it is about the question that was shown
        interview = interview.skip()
    if answers := asked(said["answers"] or {}, rules):
        interview = interview.answer(answers)
    state = {"state": interview.to_dict()}
    question = interview.question
    if question is None or said["stop"]:
        return _verdict(interview) | state
    return {"kind": "question", **_so_far(interview.verdict), "question": question_data(question), **state}


_TOOLS: Mapping[str, Callable[[dict[Any, Any], Ruleset], dict[str, Any]]] = MappingProxyType(
    {TRIAGE: _triage, NEXT: _next}
)


def _so_far(verdict: Verdict) -> dict[str, Any]:
    """How urgent it is before the next answer; what may be an emergency is said with the question."""
    urgent = verdict.urgency is Urgency.EMERGENCY
    return {"urgency_so_far": verdict.urgency.value} | ({"headline": verdict.headline} if urgent else {})


def _verdict(interview: Interview) -> dict[str, Any]:
    """The verdict so far; a provisional one says what to ask next."""
    data = verdict_data(interview.verdict)
    question = interview.question
    return data | {"ask_next": question_data(question)} if question and data["provisional"] else data
