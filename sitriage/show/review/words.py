"""What a rule says and where it comes from, in words for a reader of no TOML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import MappingProxyType

from sitriage.model import Cell, Exercise, Ruleset
from sitriage.rule import Rule

__all__ = ["cell_words", "form_words", "plain", "side_words", "sources_of", "status_of", "steps_words"]

NO_LIMIT = "no limit"

_SIDES = MappingProxyType(
    {
        "sore": "the leg of the sore side",
        "other": "the leg of the other side",
        "each": "each side in turn",
        "symmetric": "both sides together",
        "left_out": "left out",
    }
)


def plain(word: str) -> str:
    """Returns a word of the rules as one writes it."""
    return word.replace("_", " ")


def sources_of(rule: Rule, rules: Ruleset) -> tuple[str, ...]:
    """Returns the titles of the sources of a rule."""
    return tuple(rules.sources[name].title for name in rule.sources)


def status_of(rule: Rule) -> str:
    """Returns who has reviewed a rule, or that nobody has."""
    review = rule.review
    if review.status == "draft":
        return "draft: no clinician has signed it"
    return f"reviewed by {review.reviewer} on {review.date}"


def form_words(exercise: Exercise, rung: str) -> str:
    """Returns the name of a form of an exercise, with its label where it has one of its own."""
    label = exercise.rung[rung].label if rung in exercise.rung else ""
    return f"“{plain(rung)}”" + (f" ({label})" if label else "")


def steps_words(steps: Iterable[str]) -> tuple[str, ...]:
    """Returns the steps of a form as they read for no side in particular."""
    return tuple(step.replace("{this}", "working").replace("{other}", "other") for step in steps)


def side_words(exercise: Exercise, rules: Ruleset) -> str:
    """Returns which leg does the movement, whatever side is sore."""

    def said(word: str) -> str:
        return _SIDES.get(word) or f"{rules.exercises[word].label} instead"

    return (
        f"One sore side: {said(exercise.side)}. Both sore: {said(exercise.if_both)}. In the middle: "
        f"{said(exercise.if_midline)}. Not known: {said(exercise.if_unsure)}."
    )


def cell_words(exercise: Exercise, column: str, rules: Ruleset) -> str:
    """Returns what a limit does to an exercise."""
    cell = exercise.column.get(column)
    return NO_LIMIT if cell is None else "; ".join(_cell(exercise, cell, rules))


def _cell(exercise: Exercise, cell: Cell, rules: Ruleset) -> Iterator[str]:
    if cell.cleared:
        most = form_words(exercise, cell.cleared)
        yield f"left out until somebody has examined and cleared the person, then at most the form {most}"
    elif cell.rung not in exercise.rung:
        instead = f", {rules.exercises[exercise.instead].label} instead" if exercise.instead else ""
        yield f"left out{instead}"
    else:
        yield f"at most the form {form_words(exercise, cell.rung)}"
    if cell.max_hold_s:
        yield f"hold at most {cell.max_hold_s} seconds"
    if cell.max_effort_percent:
        yield f"push with at most {cell.max_effort_percent} % of the strength"
