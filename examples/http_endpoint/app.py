"""An HTTP endpoint that keeps nothing: answers in, a verdict out, or an interview step by step.

With Starlette: `pip install -r examples/http_endpoint/requirements.txt`, then
`uvicorn --app-dir examples/http_endpoint --no-access-log app:app`. `GET /schema` is its OpenAPI document,
made of the schemas of the library. Whatever cannot be read is an error as data, and no answer is logged.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import attrs
from openapi import document
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sitriage import AnswerError, Interview, load_rules, triage
from sitriage.caps import ANSWER_BYTES
from sitriage.cli.files import answers_from_json
from sitriage.errors import Fault

Data = dict[str, Any]
RULES = load_rules()
LOG = logging.getLogger("endpoint")


def triage_once(answers: Data) -> Data:
    """Returns the verdict on all answers at once."""
    return triage(answers, rules=RULES).to_dict()


def next_step(body: Data) -> Data:
    """Returns the interview after a step, as `state` to send back, with the question or the verdict."""
    if not body.keys() <= {"state", "answers", "skip", "back"}:
        raise AnswerError([Fault("", "expected nothing but `state`, `answers`, `skip` and `back`")])
    for name in ("skip", "back"):
        if type(body.get(name, False)) is not bool:
            raise AnswerError([Fault(name, "expected true or false, or leave it out")])
    interview = Interview.from_dict(body["state"], rules=RULES) if "state" in body else Interview(rules=RULES)
    if body.get("back"):
        interview = interview.back()
    if body.get("skip"):
        interview = interview.skip()
    if "answers" in body:
        interview = interview.answer(body["answers"])
    shown: Data = {"verdict": interview.verdict.to_dict()}
    if question := interview.question:
        shown = {"question": attrs.asdict(question)}
    return {"state": interview.to_dict(), **shown}


def _post(read: Callable[[Data], Data]) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            return _error(415, Fault("", "send JSON, with the content type application/json"))
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > ANSWER_BYTES:
                return _error(413, Fault("", f"send at most {ANSWER_BYTES} bytes"))
        try:
            # a verdict may take a second, in which others are served
            return _json(200, await run_in_threadpool(lambda: read(answers_from_json(body))))
        except AnswerError as error:
            return _error(400, *error.faults)
        except Exception as error:
            # neither the reply nor the log may hold what somebody answered
            LOG.error("no verdict: %s", type(error).__name__)
            return _error(500, Fault("", "something went wrong here; no verdict was made"))

    return endpoint


def _json(status: int, data: Data) -> Response:
    # in ASCII, since a fault may name a key that no encoding can write; nobody on the way may keep it
    body, headers = json.dumps(data, allow_nan=False), {"cache-control": "no-store"}
    return Response(body, status, headers, media_type="application/json")


def _error(status: int, *faults: Fault) -> Response:
    return _json(status, {"error": [{"where": each.where, "what": each.what} for each in faults]})


async def _schema(_: Request) -> Response:
    return _json(200, document(RULES))


async def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    response = _error(error.status_code, Fault("", error.detail.lower()))
    response.headers.update(error.headers or {})
    return response


app = Starlette(
    routes=[
        Route("/triage", _post(triage_once), methods=["POST"]),
        Route("/interview/next", _post(next_step), methods=["POST"]),
        Route("/schema", _schema, methods=["GET"]),
    ],
    exception_handlers={HTTPException: _refused},
)
