"""A server of the Model Context Protocol, with the extra `mcp`: the tools, the interview, rules and sources.

Nothing is kept between calls: the state of an interview goes with the client, sealed, and is read anew.
"""

from __future__ import annotations

import json
import signal
import socket
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from typing import Any, TypeAlias

import anyio
import mcp_types as types
from mcp.server import Server
from mcp.server.context import ServerRequestContext
from mcp.server.request_state import RequestStateBoundary, RequestStateSecurity
from mcp.server.stdio import stdio_server

from sitriage.connect.call import call_tool
from sitriage.connect.forms import answers_of, form_of
from sitriage.connect.resources import URIS, resource
from sitriage.connect.tools import NEXT, definitions
from sitriage.model import Ruleset

__all__ = ["INTERVIEW", "make_server", "serve_http", "serve_stdio"]

INTERVIEW = "sitriage_interview"
NAME = "sitriage"
# clients give up after ten rounds; one earlier, they get the verdict so far
MOST_ROUNDS = 9

_ABOUT = (
    "Asks the person question by question in forms of the client and ends with a verdict. Give `state` to go "
    "on where an interview ended. Pass the text of the verdict on as it is."
)
Context: TypeAlias = ServerRequestContext[Any, Any]


def make_server(rules: Ruleset) -> Server[Any]:
    """Returns a server of both tools, the interview and the resources of these rules."""

    async def list_tools(_: Context, __: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        tools = [*definitions("mcp", rules=rules), _interview_tool()]
        return types.ListToolsResult(tools=[types.Tool.model_validate(tool) for tool in tools])

    async def call(
        context: Context, params: types.CallToolRequestParams
    ) -> types.CallToolResult | types.InputRequiredResult:
        arguments = params.arguments or {}
        if params.name == INTERVIEW:
            return await _interview(context, params, arguments, rules)
        return _result(await _call(params.name, arguments, rules))

    async def list_resources(
        _: Context, __: types.PaginatedRequestParams | None
    ) -> types.ListResourcesResult:
        found = [
            types.Resource(uri=uri, name=name, mime_type="application/json") for uri, name in URIS.items()
        ]
        return types.ListResourcesResult(resources=found)

    async def read_resource(_: Context, params: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        if params.uri not in URIS:
            raise ValueError(f"unknown resource; there are {', '.join(URIS)}")
        text = json.dumps(resource(params.uri, rules), ensure_ascii=False)
        content = types.TextResourceContents(uri=params.uri, mime_type="application/json", text=text)
        return types.ReadResourceResult(contents=[content])

    server = Server(
        NAME,
        version=rules.version,
        on_list_tools=list_tools,
        on_call_tool=call,
        on_list_resources=list_resources,
        on_read_resource=read_resource,
    )
    # a key of this process: an interview does not outlive its server
    boundary = RequestStateBoundary(RequestStateSecurity.ephemeral(), default_audience=NAME)
    server.middleware.append(boundary)
    return server


def _interview_tool() -> dict[str, Any]:
    schema = {
        "type": "object",
        "properties": {"state": {"anyOf": [{"type": "object"}, {"type": "null"}]}},
        "required": [],
        "additionalProperties": False,
    }
    return {"name": INTERVIEW, "description": _ABOUT, "inputSchema": schema}


async def _call(name: str, arguments: Mapping[str, Any], rules: Ruleset) -> dict[str, Any]:
    # a verdict may take a second, in which others are served
    data: dict[str, Any] = await anyio.to_thread.run_sync(
        partial(call_tool, name, dict(arguments), rules=rules)
    )
    return data


async def _interview(
    context: Context, params: types.CallToolRequestParams, arguments: Mapping[str, Any], rules: Ruleset
) -> types.CallToolResult | types.InputRequiredResult:
    step: dict[str, Any] = dict(arguments)
    rounds = 0
    if params.request_state is not None:
        # sealed on its way, and read anew by the tool
        held = json.loads(params.request_state)
        rounds = held["rounds"]
        step = {"state": held["state"], **_said((params.input_responses or {}).get("form"), rules)}
    data = await _call(NEXT, step, rules)
    if data["kind"] != "question" or not _can_ask(context):
        return _result(data)
    if rounds >= MOST_ROUNDS:
        return _result(await _call(NEXT, {"state": data["state"], "stop": True}, rules))
    question = data["question"]
    # what may be an emergency is said before the question
    said = (data.get("headline", ""), question["text"], question["why"])
    form = types.ElicitRequestFormParams(
        message=" ".join(filter(None, said)), requested_schema=form_of(question)
    )
    return types.InputRequiredResult(
        input_requests={"form": types.ElicitRequest(params=form)},
        request_state=json.dumps({"state": data["state"], "rounds": rounds + 1}),
    )


def _said(response: object, rules: Ruleset) -> dict[str, Any]:
    """What a form says; who declines or cancels it wants no more questions."""
    if not isinstance(response, types.ElicitResult) or response.action != "accept":
        return {"stop": True}
    yes_no = frozenset(each.id for each in rules.findings.values() if each.kind == "yes_no")
    # what was left blank is not asked again
    return {"answers": answers_of(response.content or {}, yes_no), "skip": True}


def _can_ask(context: Context) -> bool:
    able = context.session.client_capabilities
    modern = context.protocol_version >= "2026-07-28"
    return modern and able is not None and able.elicitation is not None


def _result(data: Mapping[str, Any]) -> types.CallToolResult:
    text = types.TextContent(type="text", text=json.dumps(data, ensure_ascii=False))
    return types.CallToolResult(
        content=[text], structured_content=dict(data), is_error=data["kind"] == "error"
    )


def serve_stdio(rules: Ruleset) -> None:
    """Serves one client over standard input and output until it closes."""
    # a thread waits for the next line; Ctrl-C must not wait for it too
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    anyio.run(_stdio, make_server(rules))


async def _stdio(server: Server[Any]) -> None:
    async with stdio_server() as (reads, writes):
        await server.run(reads, writes, server.create_initialization_options())


def serve_http(rules: Ruleset, port: int) -> None:
    """Serves clients on this machine over HTTP at /mcp until it is stopped.

    Raises ValueError if the port cannot be had.
    """
    import uvicorn

    if not 0 < port < 65536:
        raise ValueError("expected a port from 1 to 65535")
    app = make_server(rules).streamable_http_app(host="127.0.0.1", stateless_http=True)
    try:
        door = socket.create_server(("127.0.0.1", port))
    except OSError as error:
        raise ValueError(f"cannot serve on port {port}: {error.strerror}; give another one") from None
    print(f"serving at http://127.0.0.1:{port}/mcp; Ctrl-C stops it", file=sys.stderr, flush=True)
    # its tracebacks might hold what somebody answered
    config = uvicorn.Config(app, host="127.0.0.1", log_level="critical", access_log=False)
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[door])
