"""Which pictures stand in a card: those of the rules that the verdict was made with, and no others."""

from __future__ import annotations

from typing import Protocol

from sitriage.model import Ruleset
from sitriage.triage import load_rules
from sitriage.verdict import Verdict

__all__ = ["Drawn", "rules_of"]


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
