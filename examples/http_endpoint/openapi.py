"""The OpenAPI document of the endpoint, made of the schemas of the library."""

from __future__ import annotations

import json
from typing import Any

from sitriage import Question, Ruleset
from sitriage.schema.data import answers_schema, verdict_schema
from sitriage.schema.shape import Shapes

Schema = dict[str, Any]


def document(rules: Ruleset) -> Schema:
    """Returns the document as plain data."""
    step = _reply(200, "where the interview stands", "Step")
    made = {
        "openapi": "3.1.0",
        "info": {"title": rules.manifest.name, "version": rules.version},
        "paths": {
            "/triage": {"post": _post("Answers", _reply(200, "the verdict", "Verdict"))},
            "/interview/next": {"post": _post("Next", step)},
            "/schema": {"get": {"responses": {"200": {"description": "this", **_json({"type": "object"})}}}},
        },
        "components": {"schemas": _schemas(rules)},
    }
    # what a schema of its own keeps in `$defs` stands among the components here
    moved: Schema = json.loads(json.dumps(made).replace("#/$defs/", "#/components/schemas/"))
    return moved


def _schemas(rules: Ruleset) -> Schema:
    shapes = Shapes(complete=True)
    shapes.of(Question)
    verdict = verdict_schema()
    return {
        **shapes.defs,
        **verdict.pop("$defs"),
        "Verdict": verdict,
        "Answers": answers_schema(rules),
        "State": _state(rules),
        "Next": _closed(
            {
                "state": _ref("State"),
                "answers": _some("Answers"),
                "skip": {"type": "boolean"},
                "back": {"type": "boolean"},
            }
        ),
        "Step": {
            "oneOf": [
                _closed({"state": _ref("State"), kind.lower(): _ref(kind)}, all_of_it=True)
                for kind in ("Question", "Verdict")
            ]
        },
        "Refusal": _closed(
            {
                "error": {
                    "type": "array",
                    "minItems": 1,
                    "items": _closed(_texts("where", "what"), all_of_it=True),
                }
            },
            all_of_it=True,
        ),
    }


def _state(rules: Ruleset) -> Schema:
    """What `Interview.to_dict` writes; no step has a time, since nobody here tells one."""
    skipped = {"type": "array", "items": {"enum": list(rules.findings)}}
    step = _closed({"answers": _ref("Answers"), "skipped": skipped}) | {"required": ["answers"]}
    steps = {"type": "array", "maxItems": 1000, "items": step}
    return _closed({"schema": {"const": 1}, "hash": {"const": rules.hash}, "steps": steps}, all_of_it=True)


def _post(body: str, reply: Schema) -> Schema:
    refusals = {400: "cannot be read", 413: "too long", 415: "no JSON", 500: "no verdict was made"}
    return {
        "requestBody": {"required": True, **_json(_ref(body))},
        "responses": reply
        | {k: v for code, about in refusals.items() for k, v in _reply(code, about, "Refusal").items()},
    }


def _reply(status: int, about: str, name: str) -> Schema:
    return {str(status): {"description": about, **_json(_ref(name))}}


def _json(schema: Schema) -> Schema:
    return {"content": {"application/json": {"schema": schema}}}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _some(name: str) -> Schema:
    return {**_ref(name), "minProperties": 1}


def _texts(*names: str) -> Schema:
    return {name: {"type": "string"} for name in names}


def _closed(keys: Schema, all_of_it: bool = False) -> Schema:
    needed = {"required": list(keys)} if all_of_it else {}
    return {"type": "object", "properties": keys, **needed, "additionalProperties": False}
