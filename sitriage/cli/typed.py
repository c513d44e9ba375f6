"""What somebody types in answer to a question: read strictly, nothing is guessed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sitriage.model import Finding
from sitriage.verdict import AnswerValue
from sitriage.words import UNSURE

__all__ = ["YES_OR_NO", "chosen", "hint", "one", "span_text"]

YES_OR_NO = "y for yes, n for no, ? for unsure, Enter to leave it open."
# in a list, 0 says no and 1 is the first item
_PLAIN: Mapping[str, AnswerValue] = MappingProxyType({
    "y": True, "yes": True, "1": True, "n": False, "no": False, "0": False, "?": UNSURE,
})  # fmt: skip


def chosen(said: str, count: int) -> dict[int, AnswerValue] | None:
    """Returns what was typed, by number, or None if it cannot be read."""
    found: dict[int, AnswerValue] = {}
    words = said.replace(",", " ").split()
    for word in words:
        number = word.removesuffix("?")
        if not (number.isascii() and number.isdigit() and len(number) <= 2 and int(number) <= count):
            return None
        if int(number) == 0 and len(words) > 1:
            return None
        answer = UNSURE if word.endswith("?") else True
        if found.setdefault(int(number), answer) != answer:
            return None
    return {} if found == {0: True} else None if 0 in found else found


def hint(item: Finding) -> str:
    """Returns how a single question is answered."""
    match item.kind:
        case "yes_no":
            return YES_OR_NO
        case "number":
            return f"A whole number from {span_text(item)}, ? for unsure, Enter to leave it open."
        case _:
            names = [item.choice_labels.get(choice, choice) for choice in item.choices]
            return "; ".join(f"{number} {name}" for number, name in enumerate(names, 1))


def span_text(item: Finding) -> str:
    """Returns what a number may be, with its unit; a unit that names the span is not said again."""
    named = f"{item.min}-{item.max}" in item.unit
    return f"{item.min} to {item.max}" + ("" if named else f" {item.unit}")


def one(said: str, item: Finding) -> AnswerValue | None:
    """Returns what was typed to a single question, or None if it cannot be read."""
    if item.kind == "yes_no":
        return _PLAIN.get(said.lower())
    if said == "?":
        return UNSURE
    if not (said.isascii() and said.isdigit() and len(said) <= 6):
        return None
    number = int(said)
    if item.kind == "number":
        return number if item.min <= number <= item.max else None
    return item.choices[number - 1] if 1 <= number <= len(item.choices) else None
