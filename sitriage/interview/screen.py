"""A screen while it is filled: a list of yes or no, or numbers and choices, never both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set

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
        self.keepers = _keepers(self.completions, self.left, rules.settings.ask_first)

    def wait_for_forms(self) -> None:
        """From now on what comes first of all waits for a form that may show that it does not apply."""
        self.keepers = _keepers(self.completions, self.left, ())

    @property
    def full(self) -> bool:
        """Whether nothing more fits."""
        return len(self.items) >= MOST_ITEMS

    def lists(self, name: str) -> bool:
        """Whether a finding, or what is asked before it, is a yes or no."""
        return self.completions.rules.findings[self._ahead_of(name)[-1]].kind == "yes_no"

    def goes_with(self, name: str) -> bool:
        """Whether a finding, or what is asked before it, is of the kind that is on the screen so far."""
        return not self.items or self.lists(name) != self.asks_numbers

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

    def take_some(self, names: Iterable[str]) -> None:
        """Puts findings on the screen until it is full."""
        for name in names:
            self.take(name)
            if self.full:
                return

    def screens_to(self, name: str) -> int:
        """Returns how many screens it takes at least until a finding is answered."""
        return len(self._ahead_of(name))

    def kept_by(self, name: str) -> list[str]:
        """Returns what is left that a finding may show not to apply."""
        return [each for each in self.left if name in self.keepers.get(each, ())]

    def turn(self, name: str) -> int:
        """Returns when a finding, or what is asked before it, is asked by the rules' own order."""
        first = self.completions.rules.settings.ask_first
        wanted = self._ahead_of(name)[-1]
        return first.index(wanted) if wanted in first else len(first)

    def _ahead_of(self, name: str) -> list[str]:
        seen = [name]
        while ahead := (self.keepers.get(seen[-1], set()) & self.left) - set(seen):
            seen.append(min(ahead, key=self.place.__getitem__))
        return seen

    def _fits(self, name: str) -> bool:
        findings = self.completions.rules.findings
        listed = {findings[each].kind == "yes_no" for each in (*self.items, name)}
        return not self.full and name in self.left and len(listed) == 1 and not self.keepers.get(name)


def _keepers(completions: Completions, askable: Set[str], first: Iterable[str]) -> dict[str, set[str]]:
    """For each finding, what may show that it does not apply, as far as it may still be asked.

    A form holds no sign back that a list may rule out too, or that comes first of all.
    """
    findings = completions.rules.findings
    listed, keepers = set(first), dict[str, set[str]]()
    for rule in completions.rules.not_applicable:
        reads = findings_in(rule.when)
        if any(findings[each].kind == "yes_no" for each in reads):
            listed.update(rule.findings)
        if span(rule.when, completions.domain)[1] is Answer.YES:
            for name in rule.findings:
                keepers.setdefault(name, set()).update((reads & askable) - {name})
    return {
        name: {
            each
            for each in found
            if findings[each].kind == "yes_no" or findings[name].kind != "yes_no" or name not in listed
        }
        for name, found in keepers.items()
    }
