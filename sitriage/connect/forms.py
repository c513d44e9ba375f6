"""A question as a flat form, as clients of the Model Context Protocol can show it, and its answers back."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

__all__ = ["answers_of", "form_of"]

# a form has no choice between kinds of values: yes, no and unsure are words there
_WORDS: Mapping[bool | str, str] = MappingProxyType({True: "yes", False: "no"})
_ANSWERS: Mapping[str, bool] = MappingProxyType({"yes": True, "no": False})


def form_of(question: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the schema of a form for the question of a tool; no field must be filled in."""
    return {
        "type": "object",
        "properties": {each["id"]: _field(each) for each in question["items"]},
        "required": [],
    }


def _field(item: Mapping[str, Any]) -> dict[str, Any]:
    about = {"title": item["text"], "description": item["help"] or item["text"]}
    if "unit" in item:
        return about | {"type": "integer", "minimum": item["min"], "maximum": item["max"]}
    words = [_WORDS.get(each["answer"], each["answer"]) for each in item["answers"]]
    return about | {"type": "string", "enum": words}


def answers_of(content: Mapping[str, Any], yes_no: frozenset[str]) -> dict[str, Any]:
    """Returns what was filled in as answers: words back to yes and no, but for what is no such question."""
    return {
        name: _ANSWERS.get(said, said) if name in yes_no and type(said) is str else said
        for name, said in content.items()
    }
