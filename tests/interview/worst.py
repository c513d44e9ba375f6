"""How many screens an interview takes at most, whoever answers: proved by counting, printed by `measure`.

A screen asks for at least one finding that was neither answered nor skipped (`nothing_new` and `asked_twice`
look for one that does not), so there are no more screens than findings; and what is asked again is asked
after all that, once, at most ten at a time.

It is far fewer than that. A screen of less than ten is short only because what is left does not share it:
lists hold no numbers, and what another answer may rule out waits for it. How often that can happen at all is
counted by `short_screens`.
"""

from __future__ import annotations

from sitriage import Ruleset
from sitriage.conditions import findings_in

__all__ = ["most_screens"]


def most_screens(rules: Ruleset) -> int:
    """Returns a number of screens that no interview exceeds."""
    doubted = {name for each in rules.forbidden for condition, _ in each for name in findings_in(condition)}
    return len(rules.findings) + len(doubted)
