"""What a handout says of an exercise."""

from __future__ import annotations

from sitriage.show.document import Move
from sitriage.show.handout.blocks import Drawn

__all__ = ["said_of", "start_of", "steps_of", "title_of"]


def title_of(move: Move) -> str:
    """Returns the number, name and side of an exercise."""
    return f"{move.number}. {move.label} ({move.side})"


def start_of(move: Move) -> str:
    """Returns the dose to begin with, as a sentence."""
    return f"Start with: {move.start}."


def steps_of(drawn: Drawn) -> tuple[str, ...]:
    """Returns the steps, but those that an earlier exercise says."""
    return () if drawn.same_as else drawn.move.steps


def said_of(drawn: Drawn) -> tuple[str, ...]:
    """Returns what is said between dose and steps: the dose to work up to, why this form, what it is like."""
    move = drawn.move
    same = (f"Do it as number {drawn.same_as}.",) if drawn.same_as else ()
    target = (f"Work up to: {move.target}.",) if move.target else ()
    return (*target, *(f"Why this form: {each}" for each in move.why), *same)
