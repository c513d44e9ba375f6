"""Conditions in words, as their authors wrote them: with the names of the definitions, and no more."""

from __future__ import annotations

from functools import cached_property

import attrs

from sitriage.conditions import All, Answer, Any, AtLeast, Condition, Has, Not, OneOf, Within, findings_in
from sitriage.expand import meanings
from sitriage.model import RedFlag, Ruleset
from sitriage.prove.regions import values_in_words

__all__ = ["Said", "Wording"]


@attrs.frozen
class Said:
    """A condition in words: a sentence, or what is asked of the parts below it."""

    text: str
    parts: tuple[Said, ...] = ()

    def line(self) -> str:
        """Returns it as one line, the parts in brackets."""
        return f"{self.text} ({'; '.join(part.line() for part in self.parts)})" if self.parts else self.text


@attrs.frozen(slots=False)
class Wording:
    """Words the conditions of a ruleset."""

    rules: Ruleset

    @cached_property
    def _defined(self) -> dict[Condition, str]:
        return {when: self.rules.definitions[name].label for name, when in meanings(self.rules).items()}

    @cached_property
    def _implied(self) -> dict[str, tuple[Condition, ...]]:
        found: dict[str, tuple[Condition, ...]] = {}
        for each in self.rules.implications:
            found[each.finding] = (*found.get(each.finding, ()), each.when)
        return found

    def said(self, condition: Condition) -> Said:
        """Returns an expanded condition in words."""
        return self._said(self._written(condition))

    def definition(self, name: str) -> Said:
        """Returns what a definition says, in words."""
        return self._opened(meanings(self.rules)[name])

    def questions(self, flag: RedFlag) -> tuple[str, ...]:
        """Returns the questions that the levels of a flag turn on, in the order of the rules."""
        read = frozenset[str]().union(*(findings_in(self._written(level.when)) for level in flag.levels))
        return tuple(each.question for name, each in self.rules.findings.items() if name in read)

    def _said(self, condition: Condition) -> Said:
        defined = self._defined.get(condition)
        return Said(f"“{defined}”") if defined else self._opened(condition)

    def _opened(self, condition: Condition) -> Said:
        match condition:
            case Has(finding) | Within(finding) | OneOf(finding):
                return Said(self._leaf(condition, finding))
            case Not(item, only_yes):
                return Said("unless this is a sure yes" if only_yes else "not this", (self._said(item),))
            case Any(items):
                return self._of("one of these", items)
            case All(items):
                return self._of("all of these", items)
            case AtLeast(count, items, unsure_counts):
                but = "" if unsure_counts else ", an unsure answer not counted"
                return self._of(f"at least {count} of these{but}", items)
        raise TypeError("not a condition of a rule")

    def _of(self, head: str, items: tuple[Condition, ...]) -> Said:
        parts = tuple(map(self._said, items))
        return parts[0] if len(parts) == 1 else Said(head, parts)

    def _leaf(self, condition: Condition, name: str) -> str:
        domain = self.rules.domains[name]
        reached = [value for value in domain if condition.value({name: value}) is Answer.YES]
        return values_in_words(self.rules.findings[name], reached, domain)

    def _written(self, condition: Condition) -> Condition:
        """The condition without what implies its findings: that goes without saying."""
        match condition:
            case Any((Has(name), *rest)) if tuple(rest) == self._implied.get(name):
                return Has(name)
            case Not(item, only_yes):
                return Not(self._written(item), only_yes)
            case Any(items):
                return Any(tuple(map(self._written, items)))
            case All(items):
                return All(tuple(map(self._written, items)))
            case AtLeast(count, items, unsure_counts):
                return AtLeast(count, tuple(map(self._written, items)), unsure_counts)
        return condition
