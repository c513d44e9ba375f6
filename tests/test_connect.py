"""Tool definitions and calls: the shapes the vendors want, and data for whatever a model sends."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from sitriage import Interview, triage
from sitriage.connect import call_tool, definitions
from sitriage.connect.arguments import MOST_FAULTS
from sitriage.connect.compact import DO_NOT_SOFTEN
from sitriage.connect.resources import URIS, resource
from tests.small_pack import CALM, edited, small_rules

SCHEMA_KEYS = {
    "openai": "parameters",
    "anthropic": "input_schema",
    "gemini": "parameters_json_schema",
    "mcp": "inputSchema",
}
TRIAGE, NEXT = "sitriage_triage", "sitriage_next_question"


def triage_schema(rules) -> dict[str, Any]:
    return definitions("mcp", rules=rules)[0]["inputSchema"]


# --- definitions ---


@pytest.mark.parametrize("shape", SCHEMA_KEYS)
def test_each_shape_holds_the_same_schemas_under_its_own_names(shape, small) -> None:
    tools = definitions(shape, rules=small)
    wanted = {"name", "description", SCHEMA_KEYS[shape]}
    wanted |= {"type", "strict"} if shape == "openai" else set()
    assert [tool["name"] for tool in tools] == [TRIAGE, NEXT]
    for tool, other in zip(tools, definitions("mcp", rules=small), strict=True):
        assert tool.keys() == wanted
        assert re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", tool["name"])
        assert len(tool["description"]) < 1024  # the least that a vendor allows
        assert tool[SCHEMA_KEYS[shape]] == other["inputSchema"]
        Draft202012Validator.check_schema(tool[SCHEMA_KEYS[shape]])
    assert json.loads(json.dumps(tools)) == tools


def test_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="there are openai, anthropic, gemini, mcp"):
        definitions("cohere")  # type: ignore[arg-type]


def test_each_finding_is_a_key_described_by_its_question(small) -> None:
    schema = triage_schema(small)
    assert schema["additionalProperties"] is False
    assert list(schema["properties"]) == list(small.findings)
    for name, key in schema["properties"].items():
        assert key["description"].startswith(small.findings[name].question)
    assert schema["properties"]["severity"]["anyOf"][0] == {"type": "integer", "minimum": 0, "maximum": 10}
    words = ["left", "right", "both", "midline", "unsure"]
    assert schema["properties"]["side"]["anyOf"] == [{"type": "string", "enum": words}, {"type": "null"}]


@pytest.mark.parametrize("name", ["numb", "severity", "side"])
@pytest.mark.parametrize("answer", [True, False, None, "unsure", "left", 3, 99, -1, 2.5, "no", [], {}])
def test_the_schema_takes_what_the_tool_takes(name: str, answer: object, small) -> None:
    fits = Draft202012Validator(triage_schema(small)).is_valid({name: answer})
    assert fits == (call_tool(TRIAGE, {name: answer}, rules=small)["kind"] != "error")


def test_the_schema_uses_only_words_that_all_vendors_read(rules) -> None:
    """No `const`, no reference; `enum` for texts only; and small enough for what a vendor takes."""
    schema = triage_schema(rules)
    said = json.dumps(schema)
    assert "const" not in schema
    assert "$ref" not in said
    assert len(said) < 60_000
    for key in schema["properties"].values():
        assert key.keys() == {"description", "anyOf"}
        for kind in key["anyOf"]:
            assert kind.keys() <= {"type", "enum", "minimum", "maximum"}
            assert all(type(word) is str for word in kind.get("enum", []))


# --- calls ---


def test_a_programme_comes_whole(small) -> None:
    data, verdict = call_tool(TRIAGE, CALM, rules=small), triage(CALM, rules=small)
    assert data["kind"] == "programme"
    assert [each["label"] for each in data["prescriptions"]] == [each.label for each in verdict.prescriptions]
    assert data["prescriptions"][0].keys() == {
        "exercise", "label", "side", "dose", "work_up_to", "steps", "stop_if",
    }  # fmt: skip
    assert data["safety_net"] == list(verdict.safety_net)
    assert data["stop_rules"] == list(verdict.stop_rules)
    assert data["rules"]["hash"] == small.hash
    assert data["do_not_soften"] == DO_NOT_SOFTEN
    assert "ask_next" not in data


def test_a_referral_comes_whole_and_asks_on_where_it_is_provisional(small) -> None:
    data, verdict = call_tool(TRIAGE, {"fever": True}, rules=small), triage({"fever": True}, rules=small)
    assert (data["kind"], data["urgency"], data["provisional"]) == ("referral", "same_day", True)
    assert (data["how"], data["tell_them"]) == (verdict.how, list(verdict.tell_them))
    asked = Interview({"fever": True}, rules=small).question
    assert [each["id"] for each in data["ask_next"]["items"]] == list(asked.items)
    assert data["do_not_soften"] == DO_NOT_SOFTEN


def test_in_an_emergency_nothing_more_is_asked(small) -> None:
    data = call_tool(TRIAGE, {"numb": True, "weak": True}, rules=small)
    assert data["urgency"] == "emergency"
    assert "ask_next" not in data


def test_null_says_that_it_was_not_asked_and_never_no(small) -> None:
    blank = dict.fromkeys(small.findings)
    assert call_tool(TRIAGE, blank, rules=small) == call_tool(TRIAGE, {}, rules=small)
    no = call_tool(TRIAGE, CALM | {"numb": False}, rules=small)
    assert no["kind"] == "programme"
    assert call_tool(TRIAGE, CALM | {"numb": None}, rules=small)["kind"] == "referral"


def test_every_fault_is_told_at_once_by_its_place(small) -> None:
    data = call_tool(TRIAGE, {"fevr": True, "numb": "yes", "age": 400, 7: None}, rules=small)
    assert data["kind"] == "error"
    assert [(each["where"], each["what"]) for each in data["faults"]] == [
        ("", "key 1 of the answers is not a finding id; did you mean `fever`?"),
        ("", "key 4 of the answers is not a finding id"),
        ("age", 'expected a whole number from 0 to 120 (years) or "unsure"'),
        ("numb", 'expected true, false or "unsure"'),
    ]
    assert data["faults"][0]["suggestions"] == ["fever"]
    assert "do not give advice" in data["do"]


def test_no_more_than_a_few_faults_are_told(small) -> None:
    data = call_tool(TRIAGE, {f"a{each}": True for each in range(900)}, rules=small)
    assert len(data["faults"]) == MOST_FAULTS


@pytest.mark.parametrize("name", ["", "triage", None, 3, ["sitriage_triage"]])
def test_an_unknown_tool_is_refused_with_the_names_there_are(name) -> None:
    (fault,) = call_tool(name, {})["faults"]
    assert fault["what"] == f"unknown tool; there are {TRIAGE}, {NEXT}"


@pytest.mark.parametrize("tool", [TRIAGE, NEXT])
@pytest.mark.parametrize("arguments", [None, [], "{}", 3, {"a": "x" * 3000}, {"a": [0] * 6000}, {"a": (1,)}])
def test_arguments_that_are_no_object_or_too_large_are_refused(tool, arguments, small) -> None:
    (fault,) = call_tool(tool, arguments, rules=small)["faults"]
    assert fault["where"] == "arguments"


# --- question by question ---


def step(rules, **arguments: Any) -> dict[str, Any]:
    """One call, with everything sent as JSON."""
    return call_tool(NEXT, json.loads(json.dumps(arguments)), rules=rules)


def test_an_interview_goes_from_question_to_verdict(small) -> None:
    said: dict[str, Any] = {}
    data = step(small)
    while data["kind"] == "question":
        answers = {each["id"]: CALM[each["id"]] for each in data["question"]["items"]}
        said |= answers
        data = step(small, state=data["state"], answers=answers)
    assert data["kind"] == "programme"
    assert Interview.from_dict(data.pop("state"), rules=small).answers == said
    assert data == call_tool(TRIAGE, said, rules=small)


def test_a_question_says_how_each_item_may_be_answered(small) -> None:
    kinds: dict[str, Any] = {}
    data = step(small)
    while data["kind"] == "question":
        kinds |= {each["id"]: each for each in data["question"]["items"]}
        answers = {each["id"]: CALM[each["id"]] for each in data["question"]["items"]}
        data = step(small, state=data["state"], answers=answers)
    said = {name: [each["answer"] for each in kind["answers"]] for name, kind in kinds.items()}
    assert said["fever"] == [True, False, "unsure"]
    assert said["side"] == ["left", "right", "both", "midline", "unsure"]
    assert (kinds["age"]["min"], kinds["age"]["max"], kinds["age"]["unit"]) == (0, 120, "years")


def test_a_question_says_how_urgent_it_is_so_far() -> None:
    emergency = edited(
        "red_flags/growing.toml",
        'urgency = "soon"\nsee = "doctor"',
        'urgency = "emergency"\nsee = "emergency_department"',
    )
    rules = small_rules(emergency)
    calm, urgent = step(rules), step(rules, answers={"worse": True})
    assert (calm["kind"], calm["urgency_so_far"]) == ("question", "routine")
    assert "headline" not in calm
    assert (urgent["kind"], urgent["urgency_so_far"]) == ("question", "emergency")
    assert urgent["headline"] == triage({"worse": True}, rules=rules).headline


def test_the_rest_of_a_question_can_be_skipped(small) -> None:
    first = step(small)
    shown = [each["id"] for each in first["question"]["items"]]
    data = step(small, state=first["state"], answers={shown[0]: False}, skip=True)
    (skipped, answered) = data["state"]["steps"]
    assert (skipped["skipped"], answered["answers"]) == (shown, {shown[0]: False})
    assert data["kind"] == "referral" or not {each["id"] for each in data["question"]["items"]} & {*shown}


def test_who_wants_no_more_questions_gets_the_verdict_so_far(small) -> None:
    data = step(small, answers={"fever": True}, stop=True)
    assert (data["kind"], data["urgency"], data["provisional"]) == ("referral", "same_day", True)
    assert data.pop("state")["steps"] == [{"answers": {"fever": True}}]
    assert data == call_tool(TRIAGE, {"fever": True}, rules=small)


def test_the_arguments_of_a_step_are_closed_and_typed(small) -> None:
    data = step(small, state=[], answers=3, skip=1, stop="no", more=True)
    assert [each["where"] for each in data["faults"]] == ["state", "answers", "skip", "stop", "arguments"]
    blank = step(small, state=None, answers=None, skip=None, stop=None)
    assert blank == step(small)


@pytest.mark.parametrize(
    "change",
    [
        {"hash": "0"},
        {"schema": 2},
        {"more": 1},
        {"steps": [{"answers": {"fever": "yes"}}]},
        {"steps": [{"answers": {"feverish": True}}]},
        {"steps": [{"answers": {}, "skipped": ["feverish"]}]},
    ],
)
def test_a_state_that_was_changed_is_refused_as_a_whole(change, small) -> None:
    (fault,) = step(small, state=step(small)["state"] | change)["faults"]
    assert (fault["where"], fault["what"][:32]) == ("state", "this is not a state that this to")


# --- resources ---


def test_rules_and_sources_can_be_read_as_plain_data(small) -> None:
    about, sources = (resource(uri, small) for uri in URIS)
    assert (about["version"], about["hash"]) == (small.version, small.hash)
    assert [flag["id"] for flag in about["red_flags"]] == [each.id for each in small.gated]
    assert {"nerve", "hot"} <= {flag["id"] for flag in about["red_flags"]}
    assert sources.keys() == small.sources.keys()
    assert json.loads(json.dumps(about)) == about
    assert json.loads(json.dumps(sources)).keys() == sources.keys()
