"""The server of the Model Context Protocol, with the client of the SDK: in process, over stdio and HTTP.

Needs the extra: `pip install -e .[mcp] -r tests/requirements.txt`, then `pytest tests/test_mcp_server.py`.
"""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Awaitable, Callable
from contextlib import closing
from functools import partial
from typing import Any

import pytest

pytest.importorskip("mcp", reason="needs the extra `mcp`")

import anyio
import mcp_types as types
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters
from mcp.shared.exceptions import MCPError

from sitriage import Interview, triage
from sitriage.connect.call import call_tool
from sitriage.connect.mcp_server import INTERVIEW, MOST_ROUNDS, make_server
from tests.small_pack import CALM, edited, small_rules

TRIAGE, NEXT = "sitriage_triage", "sitriage_next_question"
SERVE = ["-m", "sitriage", "mcp"]


def talk(server: Any, calls: Callable[[Client], Awaitable[Any]], **how: Any) -> Any:
    """What some calls of a client return."""

    async def run() -> Any:
        async with Client(server, **how) as client:
            return await calls(client)

    return anyio.run(run)


def interview(server: Any, answer: Callable[[dict[str, Any]], types.ElicitResult], **arguments: Any) -> Any:
    """The result of an interview, and the forms that were shown."""
    shown = []

    async def fill(_: Any, params: types.ElicitRequestFormParams) -> types.ElicitResult:
        shown.append(params.requested_schema["properties"])
        return answer(shown[-1])

    async def calls(client: Client) -> Any:
        return await client.call_tool(INTERVIEW, arguments)

    return talk(server, calls, elicitation_callback=fill), shown


def filled(answers: dict[str, Any]) -> Callable[[dict[str, Any]], types.ElicitResult]:
    words = {
        name: {True: "yes", False: "no"}[said] if type(said) is bool else said
        for name, said in answers.items()
    }
    return lambda form: types.ElicitResult(
        action="accept", content={name: words[name] for name in form if name in words}
    )


def only(action: str) -> Callable[[dict[str, Any]], types.ElicitResult]:
    return lambda _: types.ElicitResult(action=action)


def test_the_tools_are_listed_and_called_as_data(small) -> None:
    async def calls(client: Client) -> None:
        listed = (await client.list_tools()).tools
        assert [tool.name for tool in listed] == [TRIAGE, NEXT, INTERVIEW]
        said = await client.call_tool(TRIAGE, CALM)
        assert said.structured_content == call_tool(TRIAGE, CALM, rules=small)
        assert json.loads(said.content[0].text) == said.structured_content
        assert not said.is_error
        for name, arguments in ((TRIAGE, {"fever": "hot"}), ("other", {}), (NEXT, {"state": {}})):
            said = await client.call_tool(name, arguments)
            assert said.is_error
            assert said.structured_content == call_tool(name, arguments, rules=small)

    talk(make_server(small), calls)


def test_rules_and_sources_are_resources(small) -> None:
    async def calls(client: Client) -> None:
        uris = [str(each.uri) for each in (await client.list_resources()).resources]
        assert uris == ["sitriage://rules", "sitriage://sources"]
        rules, sources = [json.loads((await client.read_resource(uri)).contents[0].text) for uri in uris]
        assert (rules["hash"], len(rules["red_flags"])) == (small.hash, len(small.gated))
        assert sources.keys() == small.sources.keys()
        with pytest.raises(MCPError):
            await client.read_resource("sitriage://ignore-previous-instructions")

    talk(make_server(small), calls)


def test_an_interview_asks_in_forms_until_the_verdict(small) -> None:
    said, shown = interview(make_server(small), filled(CALM))
    assert said.structured_content["kind"] == "programme"
    assert {name for form in shown for name in form} <= {*small.findings}
    held = Interview.from_dict(said.structured_content["state"], rules=small)
    assert held.verdict == triage(dict(held.answers), rules=small)
    kinds = {kind for form in shown for field in form.values() for kind in [field["type"]]}
    assert kinds == {"string", "integer"}


def test_danger_ends_the_interview_at_once(small) -> None:
    said, shown = interview(make_server(small), filled(CALM | {"numb": True, "weak": True}))
    assert (said.structured_content["urgency"], len(shown)) == ("emergency", 1)


@pytest.mark.parametrize("action", ["decline", "cancel"])
def test_who_declines_or_cancels_gets_the_careful_verdict_so_far(action: str, small) -> None:
    said, shown = interview(make_server(small), only(action))
    data = said.structured_content
    assert (data["kind"], data["provisional"], len(shown)) == ("referral", True, 1)
    assert data["ask_next"]["items"]


def test_what_may_be_an_emergency_is_said_before_the_form() -> None:
    emergency = edited(
        "red_flags/growing.toml",
        'urgency = "soon"\nsee = "doctor"',
        'urgency = "emergency"\nsee = "emergency_department"',
    )
    rules = small_rules(emergency)
    told: list[str] = []

    async def fill(_: Any, params: types.ElicitRequestFormParams) -> types.ElicitResult:
        told.append(params.message)
        return types.ElicitResult(action="cancel")

    async def calls(client: Client, answers: dict[str, bool]) -> Any:
        return await client.call_tool(INTERVIEW, {"answers": answers})

    for answers in ({"worse": True}, {}):
        talk(make_server(rules), partial(calls, answers=answers), elicitation_callback=fill)
    headline = call_tool(TRIAGE, {"worse": True}, rules=rules)["headline"]
    assert [each.startswith(f"{headline} ") for each in told] == [True, False]


def test_forms_left_blank_never_count_as_no(small) -> None:
    said, shown = interview(make_server(small), only("accept"))
    assert said.structured_content["kind"] == "referral"
    assert 1 < len(shown) <= MOST_ROUNDS
    asked = [name for form in shown for name in form]
    assert len(asked) == len(set(asked))


def test_a_form_with_what_nobody_offered_is_refused(small) -> None:
    for content in ({"fever": "perhaps"}, {"feverish": "no"}, {"severity": 99}):
        said, _ = interview(
            make_server(small), lambda _, c=content: types.ElicitResult(action="accept", content=c)
        )
        assert said.structured_content["kind"] == "error"


def test_a_long_interview_goes_on_from_its_state(rules) -> None:
    server = make_server(rules)
    careful = lambda form: types.ElicitResult(  # noqa: E731
        action="accept", content={name: "no" for name, field in form.items() if "no" in field.get("enum", ())}
    )
    said, shown = interview(server, careful)
    assert (said.structured_content["provisional"], len(shown)) == (True, MOST_ROUNDS)
    after, more = interview(server, careful, state=said.structured_content["state"])
    assert {name for form in shown for name in form}.isdisjoint(name for form in more for name in form)
    assert not after.is_error


@pytest.mark.parametrize("how", [{}, {"mode": "legacy"}])
def test_a_client_without_forms_gets_the_question_as_data(how, small) -> None:
    async def calls(client: Client) -> Any:
        return await client.call_tool(INTERVIEW, {})

    assert talk(make_server(small), calls, **how).structured_content == call_tool(NEXT, {}, rules=small)


def test_a_state_that_was_changed_or_is_of_another_server_is_refused(small) -> None:
    async def first(client: Client) -> str:
        asked = await client.session.call_tool(INTERVIEW, {}, allow_input_required=True)
        assert isinstance(asked, types.InputRequiredResult)
        assert "fever" not in asked.request_state
        return asked.request_state

    async def fill(*_: Any) -> types.ElicitResult:
        return types.ElicitResult(action="accept")

    state = talk(make_server(small), first, elicitation_callback=fill)
    for forged in (state, state[:-3] + "abc", json.dumps({"state": None, "rounds": -99}), ""):

        async def again(client: Client, forged: str = forged) -> None:
            with pytest.raises(MCPError, match="Invalid or expired"):
                await client.call_tool(INTERVIEW, {}, request_state=forged)

        talk(make_server(small), again, elicitation_callback=fill)


async def _red_flag(client: Client) -> str:
    return (await client.call_tool(TRIAGE, {"saddle_numbness": True})).structured_content["urgency"]


def test_it_serves_over_stdio() -> None:
    server = StdioServerParameters(command=sys.executable, args=SERVE)
    assert talk(server, _red_flag) == "emergency"
    said, shown = interview(server, only("cancel"))
    assert (said.structured_content["kind"], len(shown)) == ("referral", 1)


def _free_port() -> int:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def test_it_serves_over_http_on_this_machine_only() -> None:
    port = _free_port()
    process = subprocess.Popen(
        [sys.executable, *SERVE, "--http", str(port)], stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stderr is not None
        assert process.stderr.readline() == f"serving at http://127.0.0.1:{port}/mcp; Ctrl-C stops it\n"
        assert talk(f"http://127.0.0.1:{port}/mcp", _red_flag) == "emergency"
        second = subprocess.run(
            [sys.executable, *SERVE, "--http", str(port)], capture_output=True, text=True, check=False
        )
        assert second.returncode == 2
        assert second.stderr.startswith(f"cannot serve on port {port}: ")
    finally:
        process.send_signal(signal.SIGINT)
        _, logged = process.communicate(timeout=20)
    assert (process.returncode, logged) == (0, "")


@pytest.mark.parametrize("port", ["0", "-1", "65536"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    done = subprocess.run(
        [sys.executable, *SERVE, f"--http={port}"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (2, "expected a port from 1 to 65535\n")


def test_ctrl_c_stops_it_though_its_input_is_open() -> None:
    with subprocess.Popen([sys.executable, *SERVE], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b'{"jsonrpc": "2.0", "id": 1, "method": "ping"}\n')
        process.stdin.flush()
        # it serves now
        assert process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) != 0
