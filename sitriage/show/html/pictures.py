"""Which pictures stand in a card: those of the rules that the verdict was made with, and no others."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Protocol

from sitriage.evidence import read_answers
from sitriage.model import Ruleset
from sitriage.show.figures.picture import picture
from sitriage.sides import sore_side
from sitriage.triage import load_rules
from sitriage.verdict import Prescription, Programme, Verdict
from sitriage.words import OPPOSITE, Side

__all__ = ["Drawn", "Form", "form_of", "picture_alone", "pictures_of", "rules_of", "sore_of"]

Form = tuple[str, str, Side]
"""An exercise, its rung and its side."""


class Drawn(Protocol):
    """A picture: SVG, and the same in words."""

    @property
    def svg(self) -> str: ...
    @property
    def alt(self) -> str: ...


def rules_of(verdict: Verdict, rules: Ruleset | None) -> Ruleset | None:
    """Returns the rules of a verdict: those given, else the shipped ones if it was made with them.

    Raises ValueError if other rules are given.
    """
    if rules is None:
        shipped = load_rules()
        return shipped if shipped.hash == verdict.record.hash else None
    if rules.hash != verdict.record.hash:
        raise ValueError("these are not the rules of the verdict; give its own as `rules`")
    return rules


def sore_of(verdict: Verdict, rules: Ruleset) -> Side | None:
    """Returns the side to mark as sore; none where the rules count both as sore, as for pain that swaps."""
    return sore_side(rules, read_answers(dict(verdict.record.answers), rules).values)


def form_of(each: Prescription) -> Form:
    """Returns what decides how an exercise looks; a programme may hold it twice, in two forms."""
    return each.exercise, each.rung, each.side


def pictures_of(verdict: Verdict, rules: Ruleset | None) -> Mapping[Form, Drawn]:
    """Returns a picture for each exercise of a programme that these rules can draw."""
    if rules is None or not isinstance(verdict, Programme):
        return MappingProxyType({})
    sore = sore_of(verdict, rules)
    drawn = {form_of(each): _drawn(rules, *form_of(each), sore) for each in verdict.prescriptions}
    return {form: each for form, each in drawn.items() if each is not None}


def picture_alone(each: Prescription) -> Drawn | None:
    """Returns the picture of an exercise by itself, if the shipped rules tell it in these very words."""
    exercise = load_rules().exercises.get(each.exercise)
    rung = exercise.rung.get(each.rung) if exercise else None
    this, other = each.side, OPPOSITE.get(each.side, Side.LEFT)
    for steps in (rung.steps, rung.steps_each) if rung else ():
        if each.steps == tuple(step.replace("{this}", this).replace("{other}", other) for step in steps):
            return _drawn(load_rules(), *form_of(each), None)
    return None


@lru_cache(maxsize=256)
def _drawn(rules: Ruleset, exercise: str, rung: str, side: Side, sore: Side | None) -> Drawn | None:
    # drawing takes much longer than all the rest of a card, and nothing else than this decides how it looks
    return picture(rules, exercise, rung, side, sore=sore)
