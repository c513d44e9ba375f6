"""The rules without a page of their own, a table for each kind: every rule stands somewhere, once."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Any

from sitriage.model import Definition, ProgrammeRule, Ruleset
from sitriage.placed import rule_files
from sitriage.prove.wording import Said, Wording
from sitriage.rule import Rule
from sitriage.show.markup import Element, element
from sitriage.show.review.parts import condition, listed, paragraph, sheet, signed, table
from sitriage.show.review.words import plain, sources_of, status_of

__all__ = ["other_rules", "others_pages", "says_of", "tree_page", "when_of"]

PAGED = ("red_flags", "gates", "exercises")
"""What has a page for each rule."""

_TITLES = MappingProxyType({
    "columns": "Limits",
    "definitions": "Definitions",
    "programmes": "Programmes",
    "findings": "Questions",
    "causes": "Patterns that may fit",
    "adjuncts": "Gentle things beside the exercises",
    "stop_rules": "When to stop",
    "activities": "What to ease off",
    "advice": "Advice",
    "watch": "What to come back with",
})  # fmt: skip
_HEAD = MappingProxyType({"Rule": 21, "What it says": 22, "When": 27, "Rows and sources": 20, "Status": 10})
_NODES = MappingProxyType({"Node": 8, "Question": 25, "Yes, when": 42, "Leads to": 25})


def other_rules(rules: Ruleset) -> dict[str, list[Rule]]:
    """Returns the rules without a page of their own, by their kind."""
    found: dict[str, list[Rule]] = {kind: [] for kind in _TITLES}
    for file, rule in rule_files(rules):
        kind = file.split("/")[0].removesuffix(".toml")
        if kind not in PAGED:
            found[kind].append(rule)
    return found


def others_pages(rules: Ruleset, wording: Wording) -> Iterator[Element]:
    """Yields a part for each kind of rule."""
    for kind, these in other_rules(rules).items():
        rows = (
            (
                each.id,
                says_of(each, rules),
                _when(each, rules, wording),
                _behind(each, rules),
                status_of(each),
            )
            for each in these
        )
        if these:
            yield sheet(element("h2", _TITLES[kind]), table(_HEAD, rows), signed())


def tree_page(rules: Ruleset, wording: Wording) -> Element:
    """Returns the part with the questions that lead to a programme."""
    rows = (
        (
            node.id,
            f"{node.label}?",
            condition(wording.said(node.when)),
            f"yes: {node.yes}; otherwise: {node.otherwise}; unsure: as {node.unsure}",
        )
        for node in rules.pattern
    )
    return sheet(element("h2", "Which programme"), table(_NODES, rows), signed())


def says_of(rule: Any, rules: Ruleset) -> str:
    """Returns what a rule says to a person, or asks."""
    said = [getattr(rule, name, "") for name in ("label", "question", "because", "says", "does")]
    if isinstance(rule, ProgrammeRule):
        said += [_item(each, rules) for each in rule.item]
    return " ".join(f"{each.rstrip('.')}." if each[-1] not in "?!" else each for each in said if each)


def _item(item: Any, rules: Ruleset) -> str:
    form = f" ({plain(item.rung)} at most)" if item.rung else ""
    return f"{rules.exercises[item.exercise].label}{form}"


def when_of(rule: Any, rules: Ruleset, wording: Wording) -> Iterator[tuple[str, Said]]:
    """Yields the conditions of a rule in words, each after its key."""
    if isinstance(rule, Definition):
        yield "when", wording.definition(rule.id)
        return
    for name in ("when", "unless", "needs"):
        if (found := getattr(rule, name, None)) is not None:
            yield name, wording.said(found)
    for name, (_, signs) in getattr(rule, "signs", {}).items():
        yield from ((plain(name), wording.said(sign)) for sign in signs)
    if names := getattr(rule, "findings", ()):
        yield "new", Said("one of these", tuple(Said(rules.findings[each].label) for each in names))


def _when(rule: Rule, rules: Ruleset, wording: Wording) -> Element | None:
    said = (element("span", f"{key}: ", condition(each)) for key, each in when_of(rule, rules, wording))
    return listed(said)


def _behind(rule: Rule, rules: Ruleset) -> Element:
    return element(
        "div", paragraph("Rows", ", ".join((*rule.rows, *rule.facts))), listed(sources_of(rule, rules))
    )
