"""The arguments of a call, read strictly; nothing of their words comes back in a fault."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from types import MappingProxyType
from typing import Any

from sitriage.caps import value_fault
from sitriage.errors import AnswerError, Fault, did_you_mean
from sitriage.evidence import read_answers
from sitriage.interview.session import Interview
from sitriage.model import Ruleset
from sitriage.verdict import AnswerValue

__all__ = ["MOST_FAULTS", "asked", "resumed", "step_of", "unfit"]

MOST_FAULTS = 20
# a state with every answer given one by one has a third of this
MOST_VALUES = 5000
_JSON = frozenset({dict, list, str, bool, int, float, type(None)})
# what each argument may be beside null
_KINDS: Mapping[str, type] = MappingProxyType({"state": dict, "answers": dict, "skip": bool, "stop": bool})


def unfit(arguments: dict[Any, Any]) -> str:
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


def step_of(arguments: dict[Any, Any]) -> dict[str, Any]:
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


def asked(given: dict[Any, Any], rules: Ruleset) -> dict[str, AnswerValue]:
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


def resumed(state: object, rules: Ruleset) -> Interview:
    """The interview of a state, read anew; raises AnswerError for one that `to_dict` did not write."""
    if state is None:
        return Interview(rules=rules)
    try:
        return Interview.from_dict(state, rules=rules)
    except AnswerError:
        # its words may be of what was sent
        what = "this is not a state that this tool returned under these rules; leave it out to begin anew"
    raise AnswerError([Fault("state", what)])
