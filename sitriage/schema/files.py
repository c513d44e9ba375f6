"""One schema for each kind of rule file, as the loader reads it, and the writing of all schemas."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from sitriage.check_exercises import CAPS, EFFORT_PERCENT, TARGET_SETS
from sitriage.check_names import NAME
from sitriage.check_promises import WAYS
from sitriage.load import FOLDERS, LISTS, SINGLES, TABLES
from sitriage.model import Cell, Level, Ruleset
from sitriage.poses import FURTHEST, JOINTS, POINTS
from sitriage.rule import Review, Rule
from sitriage.schema.data import answers_schema, verdict_schema
from sitriage.schema.described import TEXTS
from sitriage.schema.shape import Schema, Shapes
from sitriage.words import UNSURE, Urgency

__all__ = ["DRAFT", "rule_schemas", "schema_texts", "write_schemas"]

DRAFT = "https://json-schema.org/draft/2020-12/schema"

_CAPS = MappingProxyType(CAPS | {"sets": TARGET_SETS, "effort_percent": max(EFFORT_PERCENT.values())})
_AT_LEAST_ONE = MappingProxyType({"minItems": 1})
_ID = MappingProxyType({"pattern": f"^{NAME.pattern}$"})
_SENT_ON = MappingProxyType({"enum": [each.value for each in Urgency if each != Urgency.SELF_CARE]})
_POINT = MappingProxyType({"enum": list(POINTS)})
_FAR = MappingProxyType({"type": "integer", "minimum": -FURTHEST, "maximum": FURTHEST})
_ROOM = MappingProxyType({"prefixItems": [dict(_FAR)] * 3})
_SIZE = MappingProxyType({"prefixItems": [{**_FAR, "minimum": 0}] * 3})
_ANGLE = MappingProxyType({"minimum": -360, "maximum": 360})
_POSE = MappingProxyType(
    {
        "properties": {
            joint: {"type": "integer", "minimum": least, "maximum": most}
            for joint, (least, most) in JOINTS.items()
        },
        "additionalProperties": False,
    }
)
_CAP = MappingProxyType({"additionalProperties": {"type": "integer", "minimum": 0}})


def _where(key: str, word: str, then: Schema) -> Schema:
    # tombi takes a part without `additionalProperties` for a closed one
    return {
        "if": {"properties": {key: {"const": word}}, "required": [key], "additionalProperties": True},
        "then": {"additionalProperties": True, **then},
    }


# what the checks demand of a single file beyond its shape
_MORE: Mapping[str, Schema] = MappingProxyType(
    {
        **{
            f"Dose.{name}": {
                "minimum": int(name not in ("hold_s", "rest_s", "effort_percent")),
                "maximum": cap,
            }
            for name, cap in _CAPS.items()
        },
        "Rule": {"anyOf": [{"required": ["rows"]}, {"required": ["facts"]}]},
        "Review": _where("status", "reviewed", {"required": ["reviewer", "date"]}),
        "Fact": _where("use", "reject", {"required": ["because"]}),
        "Finding": {
            "allOf": [
                _where("kind", "number", {"required": ["unit"]}),
                _where(
                    "kind",
                    "choice",
                    {"required": ["choices"], "properties": {"choices": {"contains": {"const": UNSURE}}}},
                ),
            ]
        },
        "Cell.max_hold_s": {"minimum": 0},
        "Cell.max_effort_percent": {"minimum": 0},
        "LimitPromise.max_hold_s": dict(_CAP),
        "LimitPromise.max_effort_percent": dict(_CAP),
        "Finding.label": {"minLength": 1},
        "Finding.question": {"pattern": r"\?$"},
        "Level.urgency": dict(_SENT_ON),
        "UrgencyPromise.at_least": dict(_SENT_ON),
        "RedFlag.level": dict(_AT_LEAST_ONE),
        "Rule.sources": dict(_AT_LEAST_ONE),
        "Rung.steps": dict(_AT_LEAST_ONE),
        "Promise.rows": dict(_AT_LEAST_ONE),
        "SidePromise.rungs": {"additionalProperties": {"enum": list(WAYS)}},
        "LeafPromise.may_give": dict(_AT_LEAST_ONE),
        "ApartPromise.exercises": {"minItems": 2},
        **{
            f"{name}.id": dict(_ID)
            for name in ("Activity", "Advice", "Contradiction", "Group", "Node", "StopRule", "Watch")
        },
        "Contact.region": dict(_ID),
        "Omission.row": dict(_ID),
        **{f"{name}.findings": dict(_AT_LEAST_ONE) for name in ("Watch", "Unwatched")},
        **{f"Scene.{name}": dict(_POSE) for name in ("start", "middle", "end")},
        **{f"View.{name}": dict(_ANGLE) for name in ("turn", "tilt")},
        **{name: dict(_ROOM) for name in ("Prop.at", "Arrow.shift", "Push.shift", "Push.to")},
        "Prop.size": dict(_SIZE),
        **{f"{name}.at": dict(_POINT) for name in ("Arrow", "Push")},
        "SignedChange.since": {"pattern": "^[0-9a-f]{8,64}$"},
        **{f"SignedChange.{name}": {"minLength": 1} for name in ("who", "because", "reviewer", "date")},
    }
)


def rule_schemas() -> dict[str, Schema]:
    """Returns the schema of every kind of rule file, by the name of the folder or the file.

    >>> rule_schemas()["causes"]["required"]
    ['sources', 'review', 'label', 'because', 'does']
    """
    made = {folder: _one_rule(folder, kind) for folder, kind in FOLDERS.items()}
    made |= {_stem(name): _list(name) for name in LISTS}
    made |= {_stem(name): _table(name, kind) for name, (kind, _) in TABLES.items()}
    made |= {_stem(name): _single(name, kind) for name, (kind, _) in SINGLES.items()}
    return dict(sorted(made.items()))


def _stem(name: str) -> str:
    return name.removesuffix(".toml").rpartition("/")[2]


def _shapes() -> Shapes:
    shapes = Shapes(TEXTS, _MORE)
    # the loader gives a level its id, and reads a cell that is the bare name of a rung
    shapes.defs["Level"] = shapes.table(Level, without=("id",))
    rung = {"type": "string", "description": TEXTS["Cell.rung"]}
    shapes.defs["Cell"] = {"anyOf": [rung, shapes.table(Cell)]}
    return shapes


def _finished(file: str, schema: Schema, shapes: Shapes) -> Schema:
    used = _referred(schema, shapes)
    defs = {name: shapes.defs[name] for name in sorted(used)}
    return {"title": file, **schema, **({"$defs": defs} if defs else {})}


def _referred(schema: object, shapes: Shapes) -> set[str]:
    """The names of the definitions that a schema uses, also through others."""
    found: set[str] = set()
    todo = [schema]
    while todo:
        each = todo.pop()
        if isinstance(each, dict):
            name = str(each.get("$ref", "")).rpartition("/")[2]
            if name and name not in found:
                found.add(name)
                todo.append(shapes.defs[name])
            todo.extend(each.values())
        elif isinstance(each, list):
            todo.extend(each)
    return found


def _one_rule(folder: str, kind: type) -> Schema:
    shapes = _shapes()
    return _finished(f"rules/{folder}/<id>.toml", shapes.table(kind, without=("id",)), shapes)


def _list(name: str) -> Schema:
    shapes = _shapes()
    keys: Schema = {}
    needed: list[Schema] = []
    for key, kind, _ in LISTS[name]:
        entry = shapes.table(kind)
        if issubclass(kind, Rule):
            # one review for the whole file, or one for each entry
            entry["required"].remove("review")
            keys["review"] = shapes.of(Review)
            needed = [{"required": ["review"]}, {"properties": {key: {"items": {"required": ["review"]}}}}]
        shapes.defs[kind.__name__] = entry
        keys[key] = {"type": "array", "items": {"$ref": f"#/$defs/{kind.__name__}"}}
    schema: Schema = {"type": "object", "properties": keys, "additionalProperties": False}
    return _finished(f"rules/{name}", schema | ({"anyOf": needed} if needed else {}), shapes)


def _table(name: str, kind: type) -> Schema:
    shapes = _shapes()
    shapes.defs[kind.__name__] = shapes.table(kind, without=("id",))
    entries = {"additionalProperties": {"$ref": f"#/$defs/{kind.__name__}"}, "propertyNames": dict(_ID)}
    return _finished(f"rules/{name}", {"type": "object", **entries}, shapes)


def _single(name: str, kind: type) -> Schema:
    shapes = _shapes()
    return _finished(f"rules/{name}", shapes.table(kind), shapes)


def schema_texts(rules: Ruleset) -> dict[str, str]:
    """Returns the text of every schema file by its name: of the rules, the answers and the verdict."""
    every = {**rule_schemas(), "answers": answers_schema(rules), "verdict": verdict_schema()}
    return {
        f"{name}.json": json.dumps({"$schema": DRAFT} | schema, ensure_ascii=False, indent=1) + "\n"
        for name, schema in sorted(every.items())
    }


def write_schemas(rules: Ruleset, folder: Path) -> list[Path]:
    """Writes every schema into a folder and returns the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in schema_texts(rules).items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
        written.append(folder / name)
    return written
