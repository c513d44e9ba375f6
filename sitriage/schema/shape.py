"""attrs classes to JSON Schema (draft 2020-12): the same shapes that `structure.py` demands.

A class becomes a definition with its keys, those without default required and no other allowed.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from enum import Enum
from types import MappingProxyType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import attrs

from sitriage.conditions import Condition

__all__ = ["FINDING_ID", "Schema", "Shapes"]

Schema = dict[str, Any]

FINDING_ID = "^[A-Za-z][A-Za-z0-9_]{0,60}$"
_SIMPLE = MappingProxyType({bool: "boolean", int: "integer", str: "string"})


@attrs.define
class Shapes:
    """Turns types into schemas and collects a definition for each class that it meets.

    `texts` describe a `Class.key`, and `more` says what else holds of it or of a `Class`. With
    `complete`, keys that have a default are required too: so is data that was written, not that which
    is read.

    >>> Shapes().of(tuple[int, ...])
    {'type': 'array', 'items': {'type': 'integer'}}
    """

    texts: Mapping[str, str] = attrs.field(factory=dict)
    more: Mapping[str, Schema] = attrs.field(factory=dict)
    complete: bool = False
    defs: dict[str, Schema] = attrs.field(factory=dict)

    def of(self, kind: Any) -> Schema:
        """Returns the schema of a type; raises TypeError for one that no rule or verdict has."""
        if kind in _SIMPLE:
            return {"type": _SIMPLE[kind]}
        if kind is Condition:
            return self._defined("Condition", _condition)
        if isinstance(kind, type) and issubclass(kind, Enum):
            return self._defined(kind.__name__, lambda: _words(kind))
        if attrs.has(kind):
            return self._defined(kind.__name__, lambda: self.table(kind))
        return self._generic(get_origin(kind), get_args(kind))

    def _generic(self, origin: Any, inner: tuple[Any, ...]) -> Schema:
        if origin is Literal:
            return {"enum": list(inner)}
        if origin is tuple and inner[1:] == (...,):
            return {"type": "array", "items": self.of(inner[0])}
        if origin is tuple:
            pair = {"prefixItems": [self.of(each) for each in inner], "items": False}
            return {"type": "array", **pair, "minItems": len(inner), "maxItems": len(inner)}
        if origin is Mapping:
            return {"type": "object", "additionalProperties": self.of(inner[1])}
        if origin in (Union, types.UnionType):
            # TOML has no null: a key that may be None is left out
            kinds = [self.of(each) for each in inner if each is not type(None)]
            return kinds[0] if len(kinds) == 1 else {"anyOf": kinds}
        raise TypeError(f"no schema for {origin}{list(inner)}; add it to sitriage/schema/shape.py")

    def table(self, kind: type, without: tuple[str, ...] = ()) -> Schema:
        """Returns the schema of an attrs class, but for the keys that the loader fills in."""
        hints = get_type_hints(kind)
        fields = [each for each in attrs.fields(kind) if each.name not in without]
        keys = {each.name: self._key(kind, each, hints[each.name]) for each in fields}
        needed = [each.name for each in fields if self.complete or each.default is attrs.NOTHING]
        about = (kind.__doc__ or "").partition("\n\n")[0]
        return {
            "description": " ".join(about.split()),
            "type": "object",
            "properties": keys,
            "required": needed,
            "additionalProperties": False,
            **{
                key: each for owner in kind.__mro__ for key, each in self.more.get(owner.__name__, {}).items()
            },
        }

    def _key(self, kind: type, field: attrs.Attribute[Any], hint: Any) -> Schema:
        # a key is described once, in the class that brings it in
        owners = [f"{each.__name__}.{field.name}" for each in kind.__mro__]
        schema = self.of(hint)
        for owner in reversed(owners):
            schema |= self.more.get(owner, {})
        text = next((self.texts[owner] for owner in owners if owner in self.texts), "")
        said: Schema = {"description": text} if text else {}
        if not self.complete and isinstance(field.default, bool | int | str) and field.default != "":
            said["default"] = field.default
        return said | schema

    def _defined(self, name: str, make: Callable[[], Schema]) -> Schema:
        if name not in self.defs:
            # the name first: a condition holds conditions
            self.defs[name] = {}
            self.defs[name] = make()
        return {"$ref": f"#/$defs/{name}"}


def _words(kind: type[Enum]) -> Schema:
    about = (kind.__doc__ or "").partition("\n\n")[0]
    return {"description": " ".join(about.split()), "enum": [each.value for each in kind]}


def _condition() -> Schema:
    """The forms that `structure.condition_from` reads; keys of two forms at once fit none of them."""
    one = {"$ref": "#/$defs/Condition"}
    many = {"type": "array", "items": one, "minItems": 1}
    name = {"type": "string", "pattern": FINDING_ID}
    return {
        "description": "A finding or a definition that is a yes, or a table that joins or compares.",
        "anyOf": [
            name | {"description": "the finding, or the definition of that name, is yes"},
            _form("one of them holds", {"any": many}),
            _form("all of them hold", {"all": many}),
            _form("it is not yes", {"not": one}),
            _form(
                "that many of them hold",
                {
                    "at_least": {"type": "integer", "minimum": 1},
                    "of": many,
                    "unsure_counts": {"type": "boolean", "default": True},
                },
                ("at_least", "of"),
            ),
            _form(
                "a number from min to max, both included",
                {"finding": name, "min": {"type": "integer"}, "max": {"type": "integer"}},
                ("finding",),
            )
            | {"anyOf": [{"required": ["min"]}, {"required": ["max"]}]},
            _form(
                "one of these choices",
                {"finding": name, "is": {"type": "array", "items": {"type": "string"}, "minItems": 1}},
            ),
            _form("one number greater than another", {"finding": name, "above": name}),
        ],
    }


def _form(about: str, keys: Schema, needed: tuple[str, ...] = ()) -> Schema:
    return {
        "description": about,
        "type": "object",
        "properties": keys,
        "required": list(needed or keys),
        "additionalProperties": False,
    }
