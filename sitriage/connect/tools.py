"""The tools as a language model is told about them: one schema made from the findings, in four shapes."""

from __future__ import annotations

from typing import Any, Literal, get_args

from sitriage.model import Finding, Ruleset
from sitriage.triage import load_rules
from sitriage.words import UNSURE

__all__ = ["NEXT", "TRIAGE", "Shape", "definitions"]

Shape = Literal["openai", "anthropic", "gemini", "mcp"]
Schema = dict[str, Any]

TRIAGE = "sitriage_triage"
NEXT = "sitriage_next_question"

_ABOUT_TRIAGE = (
    "Triage of pain at the base of the back: exercises that are safe for this person, or whom to see and "
    "how soon. Give only what the person said. Leave a key out, or give null, for what was not asked: that "
    "is never no. While answers are missing the verdict is provisional and says what to ask next. Pass the "
    "text of the verdict on as it is."
)
_ABOUT_NEXT = (
    "The same triage question by question, the most dangerous first. Begin without arguments. Show the "
    "question, then call again with the `state` it came with and the answers the person gave. If "
    "`urgency_so_far` is emergency, first pass on the headline that comes with it. Ends with a verdict. Pass "
    "its text on as it is."
)


def definitions(shape: Shape, *, rules: Ruleset | None = None) -> list[dict[str, Any]]:
    """Returns both tools in the shape that a vendor wants; raises ValueError for any other shape.

    Not `strict`: that makes a model write every key, and who must write what was never asked writes no.
    `call_tool` checks every argument itself.

    >>> [tool["name"] for tool in definitions("mcp")]
    ['sitriage_triage', 'sitriage_next_question']
    """
    if shape not in get_args(Shape):
        raise ValueError(f"unknown shape of tools; there are {', '.join(get_args(Shape))}")
    pack = load_rules() if rules is None else rules
    tools = ((TRIAGE, _ABOUT_TRIAGE, _triage_schema(pack)), (NEXT, _ABOUT_NEXT, _next_schema()))
    return [_shaped(shape, *tool) for tool in tools]


def _shaped(shape: Shape, name: str, about: str, schema: Schema) -> dict[str, Any]:
    named = {"name": name, "description": about}
    match shape:
        case "openai":
            return {"type": "function", **named, "parameters": schema, "strict": False}
        case "anthropic":
            return {**named, "input_schema": schema}
        case "gemini":
            return {**named, "parameters_json_schema": schema}
        case _:
            return {**named, "inputSchema": schema}


def _object(keys: Schema) -> Schema:
    return {"type": "object", "properties": keys, "required": [], "additionalProperties": False}


def _triage_schema(rules: Ruleset) -> Schema:
    return _object({each.id: _answer(each) for each in rules.findings.values()})


def _answer(finding: Finding) -> Schema:
    # the words that all four vendors read: no `const`, and `enum` for texts only
    known: Schema = {"type": "boolean"}
    if finding.kind == "number":
        known = {"type": "integer", "minimum": finding.min, "maximum": finding.max}
    words = dict.fromkeys((*finding.choices, UNSURE))
    said = [{"type": "string", "enum": list(words)}, {"type": "null"}]
    unit = f" ({finding.unit})" if finding.unit else ""
    return {
        "description": f"{finding.question}{unit}",
        "anyOf": said if finding.kind == "choice" else [known, *said],
    }


def _next_schema() -> Schema:
    answer = [{"type": kind} for kind in ("boolean", "integer", "string", "null")]
    return _object(
        {
            "state": {
                "description": "What the last call returned as `state`, unchanged; null to begin.",
                "anyOf": [{"type": "object"}, {"type": "null"}],
            },
            "answers": {
                "description": "What the person said: ids of the items of the question, with one of the "
                "`answers` of the item or a whole number. Leave out what they did not answer.",
                "type": "object",
                "additionalProperties": {"anyOf": answer},
            },
            "skip": {
                "description": "True if the person leaves the rest of this question open.",
                "type": "boolean",
            },
            "stop": {
                "description": "True if the person wants no more questions: returns the verdict so far.",
                "type": "boolean",
            },
        }
    )
