"""The agent of the examples with a scripted model, against golden transcripts.

Needs pydantic-ai, so it runs when asked for; see test_http_endpoint.py. New transcripts are written by
`python examples/agent/scripts.py --write`: read what has changed.
"""

from __future__ import annotations

import pytest

pytest.importorskip("pydantic_ai", reason="needs tests/examples_extra/requirements.txt")

from sitriage import triage
from tests.examples_extra.loaded import loaded

pytestmark = pytest.mark.peers

SCRIPTS = loaded("agent", "scripts")
AGENT = loaded("agent", "agent")


@pytest.mark.parametrize("name", SCRIPTS.SCRIPTS)
def test_a_conversation_is_as_its_transcript(name: str) -> None:
    assert SCRIPTS.transcript(name) == (SCRIPTS.TRANSCRIPTS / f"{name}.txt").read_text("utf-8")


def test_every_transcript_has_its_script() -> None:
    assert {path.stem for path in SCRIPTS.TRANSCRIPTS.iterdir()} == set(SCRIPTS.SCRIPTS)


def test_a_softened_emergency_never_reaches_the_person() -> None:
    turns = SCRIPTS.SCRIPTS["softens_an_emergency"]
    talk = AGENT.Talk(SCRIPTS.scripted(move for _, moves in turns for move in moves))
    verdict = triage({"saddle_numbness": True})
    for said, _ in turns:
        reply = talk.reply(said)
        assert "softened" in [flag.code for flag in reply.flags]
        assert reply.shown == verdict.text()


def test_a_question_is_shown_whole_whatever_the_model_writes() -> None:
    moves = (SCRIPTS.calls(SCRIPTS.NEXT, {}), SCRIPTS.writes("Anything else?"))
    reply = AGENT.Talk(SCRIPTS.scripted(iter(moves))).reply("hello")
    data = AGENT.call_tool(SCRIPTS.NEXT, {})["question"]
    assert all(item["text"] in reply.shown for item in data["items"])
    assert "Anything else" not in reply.shown


def test_what_may_be_an_emergency_is_said_before_the_question() -> None:
    said = {"saddle_numbness": True}
    moves = (SCRIPTS.calls(SCRIPTS.NEXT, {"answers": said}), SCRIPTS.writes("Anything else?"))
    reply = AGENT.Talk(SCRIPTS.scripted(iter(moves))).reply("hello")
    question = AGENT.call_tool(SCRIPTS.NEXT, {"answers": said})["question"]
    assert reply.shown == f"{triage(said).headline}\n\n{AGENT.question_text(question)}"
