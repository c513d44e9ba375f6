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


def told(*turns):
    """The replies of a talk whose turns are moves of the model."""
    talk = AGENT.Talk(SCRIPTS.scripted(move for moves in turns for move in moves))
    return [talk.reply("hello") for _ in turns]


EMERGENCY = SCRIPTS.calls(SCRIPTS.TRIAGE, {"saddle_numbness": True})
FEWER = SCRIPTS.calls(SCRIPTS.TRIAGE, {"low_back_pain": True})
HEALTHY = SCRIPTS.calls(SCRIPTS.TRIAGE, SCRIPTS.WELL)
ASKS = SCRIPTS.calls(SCRIPTS.NEXT, {})


@pytest.mark.parametrize("later", [FEWER, HEALTHY, ASKS])
def test_a_later_call_of_the_same_turn_hides_no_emergency(later) -> None:
    for calls in ((EMERGENCY, later), (later, EMERGENCY)):
        (reply,) = told((*calls, SCRIPTS.passes_on if later is not ASKS else SCRIPTS.writes("Fine!")))
        emergency = triage({"saddle_numbness": True}).text()
        assert reply.shown.startswith(emergency) or reply.draft == reply.shown
        assert "Get help now" in reply.shown


@pytest.mark.parametrize("later", [FEWER, ASKS])
def test_a_call_with_fewer_answers_hides_no_emergency_of_an_earlier_turn(later) -> None:
    first, second, third = told(
        (EMERGENCY, SCRIPTS.passes_on), (later, SCRIPTS.writes("Fine!")), (HEALTHY, SCRIPTS.passes_on)
    )
    assert "Get help now" in first.shown
    assert second.shown.startswith(triage({"saddle_numbness": True}).text())
    # all questions answered otherwise: somebody put it right
    assert third.shown == third.draft
    assert third.draft.startswith(triage(SCRIPTS.WELL).headline)


def test_a_draft_without_a_call_is_never_shown_as_checked() -> None:
    for verdict, judge in ((triage(SCRIPTS.WELL), HEALTHY), (triage({"saddle_numbness": True}), EMERGENCY)):
        first, second = told((judge, SCRIPTS.passes_on), (SCRIPTS.passes_on,))
        assert first.shown == first.draft == second.draft != second.shown
        shown = " ".join(second.shown.split())
        assert [line for line in verdict.safety_net if " ".join(line.split()) not in shown] == []
        assert not any(each.label in second.shown for each in getattr(verdict, "prescriptions", ()))


def test_a_question_ends_a_calm_verdict() -> None:
    *_, last = told(
        (HEALTHY, SCRIPTS.passes_on), (ASKS, SCRIPTS.writes("Fine.")), (SCRIPTS.writes("Go on with it."),)
    )
    assert last.shown == AGENT.NOTHING_YET


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
    assert reply.shown == f"{triage(said).text()}\n\n{AGENT.question_text(question)}"
