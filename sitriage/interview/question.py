"""A question as plain values: what is asked on one screen, how it is answered, and why."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import attrs

from sitriage.interview.policy import Asked
from sitriage.model import Finding, Ruleset
from sitriage.notebook import Shown
from sitriage.words import UNSURE

__all__ = ["Item", "Question", "question_of"]


@attrs.frozen
class Item:
    """One finding on a screen: its `label` under the sentence of its `section`, or its own `text`.

    `choices` are pairs of an answer and its label; a number also has `unit`, `min` and `max`.
    """

    id: str
    section: str
    label: str
    text: str
    help: str
    kind: str
    choices: tuple[tuple[bool | str, str], ...] = ()
    unit: str = ""
    min: int = 0
    max: int = 0


@attrs.frozen
class Question(Shown):
    """What to ask next: one to ten items, all answered with yes or no, or all numbers and choices.

    `reason` is `danger`, `again` (answers disagree) or `programme`; `why` says it in a sentence. `none`
    is what "none of these" answers; send it only if the person has seen every item.
    """

    id: str
    text: str
    why: str
    reason: str
    parts: tuple[Item, ...]

    @property
    def items(self) -> tuple[str, ...]:
        """The finding ids on this screen."""
        return tuple(part.id for part in self.parts)

    @property
    def kind(self) -> str:
        """`list` for several items; else the kind of the only one: `yes_no`, `number` or `choice`."""
        first, *others = self.parts
        return "list" if others else first.kind

    @property
    def none(self) -> Mapping[str, bool]:
        """A no to every yes/no item."""
        return MappingProxyType({part.id: False for part in self.parts if part.kind == "yes_no"})


def question_of(asked: Asked, rules: Ruleset) -> Question:
    """Returns what was chosen to ask, in words."""
    findings = [rules.findings[name] for name in asked.items]
    texts, named = rules.texts, {each.group for each in findings}
    groups = [group for group in rules.groups if group.id in named]
    together = texts.ask_list if findings[0].kind == "yes_no" else texts.ask_form
    why = {"danger": texts.why_danger, "again": texts.why_again, "programme": texts.why_programme}
    asks = {group.id: group.ask for group in groups}
    parts = tuple(_item(each, asks[each.group]) for each in findings)
    return Question(
        id=f"{asked.reason}:{asked.items[0]}",
        text=findings[0].question if len(findings) == 1 else groups[0].ask if len(groups) == 1 else together,
        why=groups[0].why if len(groups) == 1 and asked.reason != "again" else why[asked.reason],
        reason=asked.reason,
        parts=parts,
    )


def _item(finding: Finding, section: str) -> Item:
    yes_no = ((True, "yes"), (False, "no"), (UNSURE, "not sure"))
    named = tuple((each, finding.choice_labels.get(each, each)) for each in finding.choices)
    return Item(
        finding.id,
        section,
        finding.label,
        finding.question,
        finding.help,
        finding.kind,
        yes_no if finding.kind == "yes_no" else named or ((UNSURE, "not sure"),),
        finding.unit,
        finding.min,
        finding.max,
    )
