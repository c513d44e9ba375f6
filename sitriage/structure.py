"""Strict structuring: plain data to attrs classes and back, with one message per mistake.

cattrs alone is too kind for rules about health: it turns `"no"` into `True`, `6.9` into `6` and
drops misspelt keys. Here every type is demanded exactly, and every message names its path.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import Enum
from functools import partial
from types import MappingProxyType
from typing import Any as Anything
from typing import Literal, get_args, get_origin

import attrs
import cattrs
import cattrs.cols
from cattrs.errors import ForbiddenExtraKeysError

from sitriage.conditions import Above, All, Any, AtLeast, Condition, Has, Not, OneOf, Within
from sitriage.errors import did_you_mean

__all__ = ["Path", "condition_from", "faults_of", "strict_converter"]

Path = tuple[str | int, ...]

_KIND = MappingProxyType({int: "a whole number", str: "a text", bool: "true or false"})


def strict_converter() -> cattrs.Converter:
    """Returns a converter that refuses every wrong type, unknown key and unknown word."""
    converter = cattrs.Converter(forbid_extra_keys=True, detailed_validation=True)
    # by class: cattrs asks its own hooks for these before any predicate of ours
    for simple in (*_KIND, Enum):
        converter.register_structure_hook(simple, _simple)
    converter.register_structure_hook_factory(attrs.has, partial(_classed, converter))
    converter.register_structure_hook_func(partial(_from, Literal), _literal)
    converter.register_structure_hook_factory(partial(_from, tuple), partial(_listed, converter))
    converter.register_structure_hook_factory(partial(_from, Mapping), partial(_mapped, converter))
    converter.register_structure_hook_func(partial(_is, Condition), lambda raw, _: condition_from(raw))
    converter.register_structure_hook_func(
        lambda kind: kind == Condition | None,
        lambda raw, _: None if raw is None else condition_from(raw),
    )
    return converter


def _is(wanted: Anything, kind: Anything) -> bool:
    return kind is wanted


def _from(wanted: Anything, kind: Anything) -> bool:
    return get_origin(kind) is wanted


def _simple(raw: Anything, kind: type) -> Anything:
    return _word(raw, kind) if issubclass(kind, Enum) else _exactly(raw, kind)


def _exactly(raw: Anything, kind: type) -> Anything:
    if type(raw) is not kind:
        raise ValueError(f"expected {_KIND[kind]}")
    return raw


def _word(raw: Anything, kind: type[Enum]) -> Anything:
    return kind(_known(raw, [each.value for each in kind]))


def _literal(raw: Anything, kind: Anything) -> Anything:
    return _known(raw, get_args(kind))


def _known(raw: Anything, words: Sequence[str]) -> str:
    if isinstance(raw, str) and raw in words:
        return raw
    hint, _ = did_you_mean(raw, words) if isinstance(raw, str) else ("", ())
    # an empty word is a default, which nobody writes
    raise ValueError(f"expected one of {', '.join(filter(None, words))}{hint}")


def _classed(converter: cattrs.Converter, kind: Anything) -> Anything:
    inner = converter.gen_structure_attrs_fromdict(kind)

    def structure(raw: Anything, target: Anything) -> Anything:
        if not isinstance(raw, Mapping):
            # otherwise each key would be called unreadable
            raise ValueError("expected a table")
        return inner(raw, target)

    return structure


def _listed(converter: cattrs.Converter, kind: Anything) -> Anything:
    inner = cattrs.cols.homogenous_tuple_structure_factory(kind, converter)
    element = get_args(kind)

    def structure(raw: Anything, target: Anything) -> Anything:
        if type(raw) not in (list, tuple):
            raise ValueError("expected a list")
        if len(element) == 2 and element[1] is ...:
            return inner(raw, target)
        if len(raw) != len(element):
            raise ValueError(f"expected a list of {len(element)}")
        return tuple(converter.structure(each, one) for each, one in zip(raw, element, strict=True))

    return structure


def _mapped(converter: cattrs.Converter, kind: Anything) -> Anything:
    keys, values = get_args(kind)
    inner = converter.get_structure_hook(dict[keys, values])  # type: ignore[valid-type]

    def structure(raw: Anything, _: Anything) -> Anything:
        if not isinstance(raw, Mapping):
            raise ValueError("expected a table")
        return inner(dict(raw), dict[keys, values])  # type: ignore[valid-type]

    return structure


def condition_from(raw: Anything) -> Condition:
    """Returns the condition that a TOML value writes; raises ValueError in the author's words.

    >>> condition_from({"all": ["fever", {"finding": "age", "min": 65}]})
    All(items=(Has(finding='fever'), Within(finding='age', min=65, max=None)))
    """
    if isinstance(raw, str):
        return Has(raw)
    if not isinstance(raw, dict):
        raise ValueError("a condition is a finding id or a table")
    keys = frozenset(raw)
    for form, build in _FORMS.items():
        if form[0] in keys:
            if unknown := sorted(keys - frozenset(form)):
                hint, _ = did_you_mean(unknown[0], form)
                raise ValueError(f"a condition with `{form[0]}` has no `{unknown[0]}`{hint}")
            built: Condition = build(raw)
            return built
    raise ValueError("a condition has one of `any`, `all`, `not`, `at_least`, `finding`")


def _many(raw: Anything, key: str) -> tuple[Condition, ...]:
    items = raw[key]
    if not isinstance(items, list) or not items:
        raise ValueError(f"`{key}` needs a list with at least one condition")
    return tuple(map(condition_from, items))


def _number(raw: Anything, key: str) -> int | None:
    if key in raw and type(raw[key]) is not int:
        raise ValueError(f"`{key}` needs a whole number")
    number: int | None = raw.get(key)
    return number


def _counted(raw: Anything) -> Condition:
    count, items = _number(raw, "at_least"), _many(raw | {"of": raw.get("of", [])}, "of")
    if count is None or not 1 <= count <= len(items):
        raise ValueError("`at_least` is between 1 and the number of conditions in `of`")
    return AtLeast(count, items, _exactly(raw.get("unsure_counts", True), bool))


def _atom(raw: Anything) -> Condition:
    name = raw["finding"]
    if not isinstance(name, str):
        raise ValueError("`finding` needs a finding id")
    if len({"min", "max"} & set(raw)) + 2 * len({"is", "above"} & set(raw)) > 2:
        raise ValueError("a condition with `finding` has either `min` and `max`, or `is`")
    if "above" in raw:
        return Above(name, _exactly(raw["above"], str))
    if "is" in raw:
        words = raw["is"]
        if not isinstance(words, list) or not words or not all(isinstance(each, str) for each in words):
            raise ValueError("`is` needs a list of words")
        return OneOf(name, tuple(words))
    low, high = _number(raw, "min"), _number(raw, "max")
    if low is None and high is None:
        raise ValueError("a condition with `finding` needs `min`, `max` or `is`")
    if low is not None and high is not None and low > high:
        raise ValueError("`min` is greater than `max`")
    return Within(name, low, high)


_FORMS: Mapping[tuple[str, ...], Anything] = MappingProxyType(
    {
        ("any",): lambda raw: Any(_many(raw, "any")),
        ("all",): lambda raw: All(_many(raw, "all")),
        ("not",): lambda raw: Not(condition_from(raw["not"])),
        ("at_least", "of", "unsure_counts"): _counted,
        ("finding", "min", "max", "is", "above"): _atom,
    }
)


def faults_of(error: BaseException) -> list[tuple[Path, str]]:
    """Returns (path, what) for every mistake in a failed structuring; an unknown key ends its path."""
    found: list[tuple[Path, str]] = []
    for message in cattrs.transform_error(error, format_exception=_say):
        what, _, where = message.rpartition(" @ ")
        path = tuple(int(each) if each.isdigit() else each for each in re.findall(r"[\w-]+", where))
        for line in what.split("\n"):
            key, tab, said = line.rpartition("\t")
            found.append(((*path, key), said) if tab else (path, said))
    return found


def _say(error: BaseException, kind: type | None) -> str:
    if isinstance(error, ForbiddenExtraKeysError):
        known = [field.name for field in attrs.fields(error.cl)] if attrs.has(error.cl) else []
        said = []
        for extra in sorted(map(str, error.extra_fields)):
            hint, _ = did_you_mean(extra, known)
            # the key goes first, so that its line can be found
            said.append(f"{extra}\tunknown key `{extra[:40]}`{hint}")
        return "\n".join(said)
    if isinstance(error, KeyError):
        return "missing"
    if isinstance(error, ValueError):
        return str(error)
    return "cannot be read"
