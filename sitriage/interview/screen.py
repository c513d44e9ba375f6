"""A screen while it is filled: a list of yes or no, or numbers and choices, never both."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from sitriage.completions import Completions
from sitriage.conditions import Answer, findings_in
from sitriage.ranges import span

__all__ = ["MOST_ITEMS", "Screen"]

MOST_ITEMS = 10
"""A screen holds no more."""


@attrs.define
class Screen:
    """The items so far, and what is left: neither answered nor on this screen."""

    completions: Completions
    left: set[str]
    items: list[str] = attrs.field(factory=list)
    place: dict[str, tuple[int, int]] = attrs.field(init=False)
    keepers: dict[str, set[str]] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        rules = self.completions.rules
        groups = {group.id: at for at, group in enumerate(rules.groups)}
        self.place = {
            name: (groups[each.group], at) for at, (name, each) in enumerate(rules.findings.items())
        }
        self.keepers = _keepers(self.completions, frozenset(self.left))

    @property
    def full(self) -> bool:
        """Whether nothing more fits."""
        return len(self.items) >= MOST_ITEMS

    def lists(self, name: str) -> bool:
        """Whether a finding, or what is asked before it, is a yes or no."""
        return self.completions.rules.findings[self._ahead_of(name)[-1]].kind == "yes_no"

    @property
    def asks_numbers(self) -> bool:
        """Whether it asks for numbers and choices."""
        return any(self.completions.rules.findings[name].kind != "yes_no" for name in self.items)

    def take(self, name: str, matters: Callable[[str], bool] = lambda _: True) -> set[str]:
        """Puts a finding that `matters` on the screen, or what may show that it does not apply.

        Returns what is no longer left.
        """
        wanted = self._ahead_of(name)[-1]
        if self._fits(wanted) and (wanted != name or matters(name)):
            self.items.append(wanted)
        settled = {name, wanted}
        self.left -= settled
        return settled

    def screens_to(self, name: str) -> int:
        """Returns how many screens it takes at least until a finding is answered."""
        return len(self._ahead_of(name))

    def _ahead_of(self, name: str) -> list[str]:
        seen = [name]
        while ahead := (self.keepers.get(seen[-1], set()) & self.left) - set(seen):
            seen.append(min(ahead, key=self.place.__getitem__))
        return seen

    def _fits(self, name: str) -> bool:
        findings = self.completions.rules.findings
        listed = {findings[each].kind == "yes_no" for each in (*self.items, name)}
        return not self.full and name in self.left and len(listed) == 1 and not self.keepers.get(name)


def _keepers(completions: Completions, askable: frozenset[str]) -> dict[str, set[str]]:
    """For each finding, what may show that it does not apply, as far as it may still be asked."""
    keepers: dict[str, set[str]] = {}
    for rule in completions.rules.not_applicable:
        if span(rule.when, completions.domain)[1] is Answer.YES:
            for name in rule.findings:
                keepers.setdefault(name, set()).update((findings_in(rule.when) & askable) - {name})
    return keepers
