"""Which pictures stand in a card: those of the rules that the verdict was made with, and no others."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Protocol

from sitriage.model import Ruleset
from sitriage.show.figures.picture import picture
from sitriage.triage import load_rules
from sitriage.verdict import Programme, Verdict
from sitriage.words import Side

__all__ = ["Drawn", "pictures_of", "rules_of"]


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


def pictures_of(verdict: Verdict, rules: Ruleset | None) -> Mapping[str, Drawn]:
    """Returns a picture for each exercise of a programme that these rules can draw, by its id."""
    if rules is None or not isinstance(verdict, Programme):
        return MappingProxyType({})
    said = dict(verdict.record.answers).get(rules.settings.side)
    sore = Side(said) if said in (Side.LEFT, Side.RIGHT) else None
    drawn = {
        each.exercise: _drawn(rules, each.exercise, each.rung, each.side, sore)
        for each in verdict.prescriptions
    }
    return {name: each for name, each in drawn.items() if each is not None}


@lru_cache(maxsize=256)
def _drawn(rules: Ruleset, exercise: str, rung: str, side: Side, sore: Side | None) -> Drawn | None:
    # drawing takes much longer than all the rest of a card, and nothing else than this decides how it looks
    return picture(rules, exercise, rung, side, sore=sore)
