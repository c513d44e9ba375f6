"""Which leg does the named movement: the side table. One side alone only where exactly one is sore."""

from __future__ import annotations

from types import MappingProxyType

from sitriage.conditions import Answers
from sitriage.limits import applies
from sitriage.model import Exercise, Item, Ruleset
from sitriage.words import OPPOSITE, Side

__all__ = ["side_of", "side_word", "sore_side"]

_NEUTRAL = MappingProxyType({"each": Side.EACH, "symmetric": Side.SYMMETRIC})


def sore_side(rules: Ruleset, answers: Answers) -> Side | None:
    """Returns the sore side where it is one, and surely not both."""
    side = answers[rules.settings.side]
    one = side in ("left", "right") and not applies(rules.settings.both, answers)
    return Side(str(side)) if one else None


def side_word(exercise: Exercise, item: Item, rules: Ruleset, answers: Answers) -> str:
    """Returns the word of the side table: a way to do it, `left_out`, or another exercise instead."""
    wanted = item.side or exercise.side
    if wanted in _NEUTRAL or sore_side(rules, answers):
        return wanted
    side = answers[rules.settings.side]
    if side == "midline":
        return exercise.if_midline
    # pain that swaps sides counts as both only where a side was named: doubt never opens an exercise
    return exercise.if_both if side in ("left", "right", "both") else exercise.if_unsure


def side_of(exercise: Exercise, item: Item, rung: str, rules: Ruleset, answers: Answers) -> Side | None:
    """Returns the leg that moves in a form of an exercise; None where it has no side to be done on."""
    word, sore = side_word(exercise, item, rules, answers), sore_side(rules, answers)
    if word in ("sore", "other") and rung in exercise.rung:
        # an easier form may move the other leg, or none alone
        word = exercise.rung[rung].side or word
    if word in _NEUTRAL or sore is None:
        return _NEUTRAL.get(word)
    return {"sore": sore, "other": OPPOSITE[sore]}.get(word)
