"""A chatbot with a language model: it asks through the tools, and the verdict has the last word.

With pydantic-ai (`pip install -r examples/agent/requirements.txt`); any model of it will do. What the model
writes is a draft: `guard` reads it, and where it contradicts the verdict, or no tool was called, the person
reads the verdict's own words.
"""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

from pydantic_ai import Agent, ModelMessage, Tool
from pydantic_ai.models import Model

from sitriage import Interview, Referral, Urgency, Verdict, triage
from sitriage.connect import Flag, call_tool, definitions, guard

INSTRUCTIONS = (
    "You talk with somebody about pain at the base of the back. Use the tools for every judgement, and pass "
    "on what they say as it is. Give no advice of your own."
)
NOTHING_YET = "I can say nothing about that before I have asked you some questions. Shall we begin?"
NOT_CHECKED = (
    "I have not checked what you just wrote. If anything is new or worse, do not exercise before you have "
    "answered the questions again."
)

Data = dict[str, Any]


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
        self._told: list[tuple[Data, Data]] = []
        self.verdict: Verdict | None = None

    def reply(self, text: str) -> Reply:
        """Returns the answer to what a person wrote."""
        self._told = []
        result = self._agent.run_sync(text, message_history=self.history)
        self.history = result.all_messages()
        question = self._learn()
        # a question is shown as it is: whoever answers must have seen all of it
        asked = question_text(question) if question else ""
        if self.verdict is None:
            return Reply(result.output, (), asked or NOTHING_YET)
        if question:
            return Reply(result.output, (), f"{self.verdict.text()}\n\n{asked}")
        flags = guard(result.output, self.verdict)
        if not self._told:
            return Reply(result.output, flags, unchecked(self.verdict))
        return Reply(result.output, flags, self.verdict.text() if flags else result.output)

    def _call(self, name: str, **arguments: Any) -> Data:
        data = call_tool(name, arguments)
        # an error leaves what there was
        if data["kind"] != "error":
            self._told.append((data, arguments))
        return data

    def _learn(self) -> Data | None:
        """Keeps the most urgent verdict of this turn; returns the question, if the turn ended with one.

        A model may leave out what it passed on before. So a verdict that lacks answers takes the place of
        calmer ones only, in later turns too; and help today or now stays on the screen above a question.
        """
        if not self._told:
            return None
        new = max((verdict_of(*each) for each in self._told), key=lambda each: each.urgency.rank)
        old = self.verdict
        if old is None or not new.provisional or new.urgency >= old.urgency:
            self.verdict = new
        last, _ = self._told[-1]
        question: Data | None = last.get("question")
        if question and self.verdict is not None and self.verdict.urgency < Urgency.SAME_DAY:
            self.verdict = None
        return question


def verdict_of(data: Data, arguments: Data) -> Verdict:
    """Returns the verdict behind what a tool told: of the interview so far, or of all answers at once."""
    if "state" in data:
        return Interview.from_dict(data["state"]).verdict
    return triage({name: said for name, said in arguments.items() if said is not None})


def unchecked(verdict: Verdict) -> str:
    """Returns what to show where the model called no tool: whatever it wrote, nothing new was judged."""
    if isinstance(verdict, Referral):
        return verdict.text()
    return "\n".join((NOT_CHECKED, *verdict.safety_net))


def question_text(question: Data) -> str:
    """Returns a question with every item, as a person reads it."""
    items = (f"{at}. {item['text']}" for at, item in enumerate(question["items"], 1))
    helps = {at: item["help"] for at, item in enumerate(question["items"], 1) if "\n" in item["help"]}
    return "\n".join((question["text"], *items, *(f"{at}: {text}" for at, text in helps.items())))
