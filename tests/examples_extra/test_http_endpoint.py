"""The HTTP endpoint of the examples: fuzzed in process from its own OpenAPI document, and by hand.

Needs more than Python, so it runs when asked for: `pip install -r tests/examples_extra/requirements.txt` and
`pytest tests/examples_extra -m peers`.
"""

from __future__ import annotations

import json
import logging
from collections import Counter
from typing import Any

import pytest

pytest.importorskip("schemathesis", reason="needs tests/examples_extra/requirements.txt")
pytest.importorskip("starlette", reason="needs tests/examples_extra/requirements.txt")

import schemathesis
from hypothesis import HealthCheck, given, settings
from starlette.testclient import TestClient

from sitriage import Interview, triage
from tests.examples_extra.loaded import loaded
from tests.test_examples import WELL

pytestmark = pytest.mark.peers

APP = loaded("http_endpoint", "app")
CLIENT = TestClient(APP.app)
SCHEMA = schemathesis.openapi.from_asgi("/schema", APP.app)
GOOD, BAD = schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE
# a verdict takes far longer than a refusal
FUZZED = [
    ("/triage", GOOD, 30),
    ("/triage", BAD, 320),
    ("/interview/next", GOOD, 50),
    ("/interview/next", BAD, 100),
]


@pytest.mark.parametrize(("path", "mode", "times"), FUZZED, ids=str)
def test_each_request_gets_what_the_document_says(path: str, mode: Any, times: int) -> None:
    seen: Counter[int] = Counter()

    @settings(max_examples=times, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=SCHEMA[path]["POST"].as_strategy(generation_mode=mode))
    def fuzz(case: Any) -> None:
        case.body = whole(case.body)
        seen[case.call_and_validate().status_code] += 1

    fuzz()
    assert seen[200 if mode is GOOD else 400] >= times * 0.9, seen


def whole(value: Any) -> Any:
    """JSON Schema takes `44.0` for a whole number, `triage` does not (README): written as `44` here."""
    if isinstance(value, dict):
        return {key: whole(each) for key, each in value.items()}
    if isinstance(value, list):
        return [whole(each) for each in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def test_the_fuzzing_would_find_a_wrong_reply(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(APP.Interview, "to_dict", lambda self: {"schema": "1"})
    path, mode, _ = FUZZED[2]
    with pytest.raises(BaseException, match="schema"):
        test_each_request_gets_what_the_document_says(path, mode, 5)


def test_a_person_is_triaged_as_by_one_call() -> None:
    reply = CLIENT.post("/triage", json=WELL)
    assert (reply.status_code, reply.json()) == (200, json.loads(json.dumps(triage(WELL).to_dict())))
    assert reply.headers["cache-control"] == "no-store"


def test_an_interview_goes_with_the_client() -> None:
    step: dict[str, Any] = {}
    for _ in range(40):
        reply = CLIENT.post("/interview/next", json=step).json()
        if "verdict" in reply:
            break
        said = {part["id"]: WELL[part["id"]] for part in reply["question"]["parts"]}
        step = {"state": reply["state"], "answers": said}
    answers = dict(Interview.from_dict(reply["state"]).answers)
    assert reply["verdict"] == json.loads(json.dumps(triage(answers).to_dict()))
    assert reply["verdict"]["kind"] == "programme"
    before = CLIENT.post("/interview/next", json={"state": reply["state"], "back": True}).json()
    assert before["state"]["steps"] == reply["state"]["steps"][:-1]
    begun = CLIENT.post("/interview/next", json={}).json()
    skipped = CLIENT.post("/interview/next", json={"skip": True}).json()
    ids = [part["id"] for part in begun["question"]["parts"]]
    assert skipped["state"]["steps"] == [{"answers": {}, "skipped": ids}]


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"nul", b'{"fever": NaN}', b'{"fever": true, "fever": false}', b'{"\\ud800": true}',
        b"\xff", b"[" * 60_000, b'{"fever": null}', b'{"age": 44.0}', b'{"age": ' + b"9" * 5000 + b"}",
    ],
    ids=range(11),
)  # fmt: skip
@pytest.mark.parametrize("path", ["/triage", "/interview/next"])
def test_what_cannot_be_read_is_an_error_as_data(path: str, body: bytes) -> None:
    reply = CLIENT.post(path, content=body, headers={"content-type": "application/json"})
    assert reply.status_code == 400
    assert reply.json()["error"]
    assert "Traceback" not in reply.text


def test_other_doors_are_closed_as_data() -> None:
    long = CLIENT.post("/triage", json={"fever": "x" * 70_000})
    form = CLIENT.post("/triage", content=b"fever=true")
    gone, other = CLIENT.get("/nowhere"), CLIENT.get("/triage")
    assert [each.status_code for each in (long, form, gone, other)] == [413, 415, 404, 405]
    assert all(each.json()["error"] for each in (long, form, gone, other))
    assert other.headers["allow"] == "POST"


def test_neither_log_nor_reply_holds_an_answer(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(answers: Any, rules: Any) -> None:
        raise ValueError(f"broken on {answers}")

    monkeypatch.setattr(APP, "triage", breaks)
    with caplog.at_level(logging.DEBUG):
        reply = CLIENT.post("/triage", json={"saddle_numbness": True})
    assert reply.status_code == 500
    assert "saddle" not in reply.text + caplog.text
    assert "ValueError" in caplog.text
    assert "Traceback" not in caplog.text
