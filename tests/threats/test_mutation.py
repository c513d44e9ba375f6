"""T16: nothing that a ruleset or a verdict leads to can be changed, and no module keeps state."""

from __future__ import annotations

import copy
import functools
import gc
import importlib
import importlib.util
import pickle
import pkgutil
from collections.abc import Iterator, Mapping
from enum import Enum
from types import FunctionType, MappingProxyType, ModuleType
from typing import Any

import attrs
import cattrs
import pytest

import sitriage
from sitriage import Referral, triage
from tests.extras import EXTRAS
from tests.small_pack import CALM

MUTABLE = (list, dict, set, bytearray)
# what is kept between calls, each the same for everybody and forever
CACHES = {
    "triage._shipped", "load._rules_converter", "verdict._CONVERTER", "prove.certificate.shipped_certificate",
}  # fmt: skip


def reached(*roots: object) -> Iterator[tuple[object, object]]:
    """Every object that the roots lead to, with what led there; classes, functions and modules are doors."""
    seen: set[int] = set()
    todo: list[tuple[object, object]] = [(None, root) for root in roots]
    while todo:
        parent, each = todo.pop()
        if id(each) in seen or isinstance(each, (type, FunctionType, ModuleType)):
            continue
        seen.add(id(each))
        yield parent, each
        todo += [(each, inner) for inner in gc.get_referents(each)]


def changes(each: Any) -> Iterator[str]:
    """Every ordinary way in which an object could be changed."""
    names = [field.name for field in attrs.fields(type(each))] if attrs.has(type(each)) else []
    names += ["_value_", "_name_", "value", "name"] if isinstance(each, Enum) else []
    for name in [*names, "brand_new", "__class__", "__dict__"]:
        try:
            setattr(each, name, getattr(each, name, None))
        except (AttributeError, TypeError):
            pass
        else:
            yield f"{type(each).__name__}.{name} can be set"
        try:
            delattr(each, name)
        except (AttributeError, TypeError):
            pass
        else:
            yield f"{type(each).__name__}.{name} can be deleted"
    if isinstance(each, Mapping):
        try:
            each["brand_new"] = 1  # type: ignore[index]
        except TypeError:
            pass
        else:
            yield f"{type(each).__name__} takes an item"


def open_to_change(*roots: object) -> list[str]:
    """What of all that the roots lead to can be changed."""
    found = []
    for parent, each in reached(*roots):
        # the dict behind a proxy is reached by the collector only
        hidden = isinstance(parent, (MappingProxyType, Enum))
        if isinstance(each, MUTABLE) and not hidden:
            found.append(f"{type(each).__name__} in {type(parent).__name__}")
        ours = type(each).__module__.startswith("sitriage") or isinstance(each, MappingProxyType)
        found += changes(each) if ours else []
    return found


def test_nothing_a_verdict_or_the_rules_lead_to_can_be_changed(rules, small) -> None:
    verdicts = [triage(CALM, rules=small), triage({"numb": True}, rules=small), triage({"fever": True})]
    before = [(pickle.dumps(each), each.to_dict()) for each in verdicts]
    assert open_to_change(rules, small, *verdicts) == []
    after = [triage(CALM, rules=small), triage({"numb": True}, rules=small), triage({"fever": True})]
    assert [(pickle.dumps(each), each.to_dict()) for each in after] == before
    assert sum(1 for _ in reached(rules)) > 10_000


@attrs.define
class Naive:
    items: Any


@attrs.frozen
class FrozenOutside:
    items: Any


class Colour(Enum):
    RED = 1


@pytest.mark.parametrize(
    "naive",
    [Naive(()), FrozenOutside([]), FrozenOutside({"a": 1}), FrozenOutside(({1},)), FrozenOutside(Naive(()))],
)
def test_naive_objects_fail_the_same_check(naive: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: a class that is not frozen, and a frozen one that holds a list, a dict or a set."""
    monkeypatch.setattr(Naive, "__module__", "sitriage.naive")
    assert open_to_change(naive)


def test_a_naive_enum_fails_the_same_check(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Colour, "__module__", "sitriage.naive")
    assert any("brand_new" in each for each in changes(Colour.RED))


def test_a_word_survives_copying_and_pickling() -> None:
    for word in sitriage.Urgency:
        assert copy.deepcopy(word) is word
        assert pickle.loads(pickle.dumps(word)) is word


def test_what_to_dict_gives_is_not_shared(small) -> None:
    verdict = triage({"numb": True}, rules=small)
    data = verdict.to_dict()
    data["reasons"].clear()
    data["record"]["answers"] = []
    assert verdict.to_dict() != data
    assert Referral.from_dict(verdict.to_dict()) == verdict


def test_no_answer_of_a_caller_is_held_on_to(small) -> None:
    given: dict[str, Any] = {"numb": True}
    verdict = triage(given, rules=small)
    given["weak"] = True
    assert verdict.record.answers == (("numb", True),)


def modules() -> list[ModuleType]:
    names = [each.name for each in pkgutil.walk_packages(sitriage.__path__, "sitriage.")]
    for name, needs in EXTRAS.items():
        if not importlib.util.find_spec(needs):
            names.remove(name)
    return [importlib.import_module(name) for name in ["sitriage", *names] if not name.endswith("__main__")]


def kept(module: ModuleType) -> Iterator[str]:
    """The names of a module that hold something that changes."""
    for name, value in vars(module).items():
        changing = (*MUTABLE, functools._lru_cache_wrapper, cattrs.BaseConverter)
        if isinstance(value, changing) and not name.startswith("__") and value.__class__ is not type:
            owner = getattr(value, "__module__", module.__name__) or module.__name__
            if not isinstance(value, functools._lru_cache_wrapper) or owner == module.__name__:
                yield f"{module.__name__.removeprefix('sitriage.')}.{name}"


def test_no_module_keeps_state_but_a_few_caches() -> None:
    # the strategies for tests of others remember what they drew from; no verdict stands on them
    kept_by = {name for module in modules() for name in kept(module) if not name.startswith("testing.")}
    assert kept_by == CACHES


def test_a_naive_module_fails_the_same_check() -> None:
    """Negative control."""
    naive = ModuleType("sitriage.naive")
    naive.__dict__.update(history=[], by_name={}, seen=set())
    assert set(kept(naive)) == {"naive.history", "naive.by_name", "naive.seen"}
