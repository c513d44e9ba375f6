"""F7 for the tools of language models: whatever is sent comes back as typed data and never raises."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random
from time import perf_counter
from typing import Any

from sitriage.connect import call_tool
from sitriage.model import Ruleset
from tests.faults.figures import HOSTILE, told
from tests.faults.test_hostile import KEYS, VALUES, Sly, hostile

# nothing at all is fine here
BAD = [each for each in VALUES if each is not None and not (type(each) in (list, dict) and not each)]
TRIAGE, NEXT = "sitriage_triage", "sitriage_next_question"


def calls(count: int, rules: Ruleset, seed: int) -> Iterator[tuple[Any, Any]]:
    """Calls of which nothing may come but a refusal."""
    chance, names = Random(seed), sorted(rules.findings)
    answers = hostile(count, names, seed)
    for number in range(count):
        given, key, bad = next(answers), chance.choice(KEYS), chance.choice(BAD)
        if isinstance(given, dict) and any(each is None for each in given.values()):
            given = {"fever": "no"}
        step = {"answers": {"fever": True}}
        state = {"schema": 1, "hash": rules.hash, "steps": [step]}
        yield (
            (TRIAGE, given),
            (NEXT, {"answers": given or 3}),
            (NEXT, {"state": bad}),
            (NEXT, {"state": state | {chance.choice(["schema", "hash", "steps", key]): bad}}),
            (NEXT, {"state": state | {"steps": [step, chance.choice([bad, {"answers": given or 3}])]}}),
            (NEXT, {"state": state | {"steps": [step | {chance.choice(["at", "skipped", key]): [bad]}]}}),
            (NEXT, {key: bad}),
            (NEXT, {chance.choice(["skip", "stop"]): bad}),
            (chance.choice([key, bad]), {}),
            (NEXT, chance.choice([bad, Sly(state=state), [given]])),
        )[number % 10]


def outcomes(call: Any, given: Iterator[tuple[Any, Any]]) -> Counter[str]:
    """How often which kind of data came back, or what was raised."""
    found: Counter[str] = Counter()
    for name, arguments in given:
        try:
            data = call(name, arguments)
            typed = all(each.keys() == {"where", "what", "suggestions"} for each in data["faults"])
            found[data["kind"] if typed and data["faults"] else "untyped"] += 1
        except BaseException as error:
            found[type(error).__name__] += 1
    return found


def test_hostile_calls_lead_to_typed_refusals_only(small: Ruleset) -> None:
    start = perf_counter()
    found = outcomes(lambda *each: call_tool(*each, rules=small), calls(HOSTILE, small, 5))
    told(f"F7: {HOSTILE} calls of tools in {perf_counter() - start:.1f} s, {dict(found)}")
    assert found == {"error": HOSTILE}


def test_a_naive_tool_fails_the_same_check(small: Ruleset) -> None:
    """Negative control: one that trusts the shape of what a model sends."""

    def trusting(name: Any, arguments: Any) -> dict[str, Any]:
        steps = arguments.get("state", {}).get("steps", [])
        said = [answers for step in steps for answers in step["answers"].items()]
        unknown = [key for key in (*arguments, *dict(said)) if key not in small.findings]
        return {"kind": "error", "faults": [{"where": key} for key in unknown]}

    found = outcomes(trusting, calls(2000, small, 5))
    assert {"AttributeError", "TypeError", "untyped"} <= set(found)
