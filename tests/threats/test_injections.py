"""T3 and T14: no text in a call of a tool changes a verdict or comes back, and no call raises."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from sitriage.connect import call_tool
from sitriage.model import Ruleset
from tests.small_pack import CALM
from tests.threats.injections import INJECTIONS

# once is enough: it is about the rules and the engine, not about how they are installed
pytestmark = pytest.mark.checkout

Call = Callable[[Any, Any], dict[str, Any]]

TRIAGE, NEXT = "sitriage_triage", "sitriage_next_question"
NEUTRAL = "nothing to say"
WINDOW = 12


def places(text: str, rules: Ruleset) -> Iterator[tuple[str, Any, Any]]:
    """Every field of a call that can hold a text, with the text in it."""
    state = {"schema": 1, "hash": rules.hash}
    yield "tool", text, {}
    yield "arguments", TRIAGE, text
    yield "key", TRIAGE, CALM | {text: True}
    for name in ("fever", "severity", "side"):
        yield f"value of {name}", TRIAGE, CALM | {name: text}
    yield "list", TRIAGE, CALM | {"fever": [text]}
    yield "argument", NEXT, {text: text}
    for name in ("state", "answers", "skip", "stop"):
        yield name, NEXT, {name: text}
    yield "key of answers", NEXT, {"answers": {text: False}}
    yield "value of answers", NEXT, {"answers": {"side": text}}
    for name in ("schema", "hash", "steps", text):
        yield f"state.{name[:6]}", NEXT, {"state": state | {"steps": []} | {name: text}}
    for step in (
        text,
        {"answers": text},
        {"answers": {text: True}},
        {"answers": {"side": text}},
        {"answers": {"fever": False}, "skipped": [text]},
        {"answers": {"fever": False}, "at": text},
        {"answers": {"fever": False}, text: text},
    ):
        yield "step", NEXT, {"state": state | {"steps": [step]}}


def windows(text: str) -> set[str]:
    """Every piece of a text, as it is and as Python would escape it."""
    return {
        form[at : at + WINDOW]
        for form in (text, ascii(text)[1:-1])
        for at in range(max(1, len(form) - WINDOW + 1))
    }


def shown(data: object) -> str:
    """All that a reader of the output can see, with and without escapes."""
    return json.dumps(data) + json.dumps(data, ensure_ascii=False) + str(data)


def breaches(call: Call, text: str, rules: Ruleset) -> list[str]:
    """The places where a text changes the outcome, comes back, or raises."""
    found = []
    for (place, *given), (_, *neutral) in zip(places(text, rules), places(NEUTRAL, rules), strict=True):
        try:
            said, calm = call(*given), call(*neutral)
        except Exception as error:
            found.append(f"{place}: raises {type(error).__name__}")
            continue
        if said["kind"] != calm["kind"] or (said != calm and said["kind"] != "error"):
            found.append(f"{place}: another outcome")
        if any(each in shown(said) and each not in shown(calm) for each in windows(text)):
            found.append(f"{place}: comes back")
    return found


def test_there_are_enough_texts_of_many_kinds() -> None:
    assert len(INJECTIONS) >= 300
    assert all(len(text) >= WINDOW for text in INJECTIONS)
    assert sum(not text.isascii() for text in INJECTIONS) >= 80


@pytest.mark.parametrize("part", range(8))
def test_no_text_changes_a_verdict_or_comes_back(part: int, small) -> None:
    def call(name: Any, arguments: Any) -> dict[str, Any]:
        data = call_tool(name, arguments, rules=small)
        assert data["kind"] == "error"
        return data

    found = {text: where for text in INJECTIONS[part::8] if (where := breaches(call, text, small))}
    assert found == {}


def test_naive_tools_fail_the_same_check(small) -> None:
    """Negative control: one that names what it cannot read, and one that takes any text for an answer."""

    def naming(name: Any, arguments: Any) -> dict[str, Any]:
        unknown = [key for key in arguments if key not in small.findings]
        return {"kind": "error", "what": f"cannot read {', '.join(unknown)} of {name}"}

    def guessing(name: Any, arguments: Any) -> dict[str, Any]:
        calm = any("safe" in str(each) for each in arguments.values())
        return {"kind": "programme" if calm else "referral"}

    def failing(name: Any, arguments: Any) -> dict[str, Any]:
        return {TRIAGE: {"kind": "error"}, NEXT: {"kind": "error"}}[name]

    texts = INJECTIONS[::10]
    assert all("key: comes back" in breaches(naming, text, small) for text in texts)
    assert any("list: another outcome" in breaches(guessing, text, small) for text in texts)
    assert all("tool: raises KeyError" in breaches(failing, text, small) for text in texts)
