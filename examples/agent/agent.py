"""A chatbot with a language model: it asks through the tools, and the verdict has the last word.

With pydantic-ai (`pip install -r examples/agent/requirements.txt`); any model of it will do. What the model
writes is a draft: `guard` reads it, and where it contradicts the verdict the person reads the verdict itself.
"""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

from pydantic_ai import Agent, ModelMessage, Tool
from pydantic_ai.models import Model

from sitriage import Interview, Verdict, triage
from sitriage.connect import Flag, call_tool, definitions, guard

INSTRUCTIONS = (
    "You talk with somebody about pain at the base of the back. Use the tools for every judgement, and pass "
    "on what they say as it is. Give no advice of your own."
)
NOTHING_YET = "I can say nothing about that before I have asked you some questions. Shall we begin?"


class Reply(NamedTuple):
    """What the model wrote, what is wrong with it, and what the person reads."""

    draft: str
    flags: tuple[Flag, ...]
    shown: str


class Talk:
    """One conversation with one person."""

    def __init__(self, model: Model) -> None:
        tools = [
            Tool.from_schema(
                partial(self._call, tool["name"]), tool["name"], tool["description"], tool["inputSchema"]
            )
            for tool in definitions("mcp")
        ]
        self._agent = Agent(model, instructions=INSTRUCTIONS, tools=tools)
        self.history: list[ModelMessage] = []
        self._question: str | None = None
        self.verdict: Verdict | None = None

    def reply(self, text: str) -> Reply:
        """Returns the answer to what a person wrote."""
        self._question = None
        result = self._agent.run_sync(text, message_history=self.history)
        self.history = result.all_messages()
        draft = result.output
        if self._question is not None:
            # a question is shown as it is: whoever answers must have seen all of it
            return Reply(draft, (), self._question)
        if self.verdict is None:
            return Reply(draft, (), NOTHING_YET)
        flags = guard(draft, self.verdict)
        return Reply(draft, flags, self.verdict.text() if flags else draft)

    def _call(self, name: str, **arguments: Any) -> dict[str, Any]:
        data = call_tool(name, arguments)
        # an error leaves what there was
        if data["kind"] == "question":
            # what may be an emergency is said before the question
            urgent = f"{data['headline']}\n\n" if "headline" in data else ""
            self._question, self.verdict = urgent + question_text(data["question"]), None
        elif data["kind"] in ("programme", "referral"):
            self._question, self.verdict = None, verdict_of(data, arguments)
        return data


def verdict_of(data: dict[str, Any], arguments: dict[str, Any]) -> Verdict:
    """Returns the verdict that a tool told as data: from the interview, or from all answers at once."""
    if "state" in data:
        return Interview.from_dict(data["state"]).verdict
    return triage({name: said for name, said in arguments.items() if said is not None})


def question_text(question: dict[str, Any]) -> str:
    """Returns a question with every item, as a person reads it."""
    items = (f"{at}. {item['text']}" for at, item in enumerate(question["items"], 1))
    helps = {at: item["help"] for at, item in enumerate(question["items"], 1) if "\n" in item["help"]}
    return "\n".join((question["text"], *items, *(f"{at}: {text}" for at, text in helps.items())))
