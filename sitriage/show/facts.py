"""Where every founding fact went: the rules that carry or settle it, or why it was refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sitriage.model import Ruleset
from sitriage.rule import Fact, Rule

__all__ = ["facts_text"]

HEAD = """# Where every founding fact went

Made by `sitriage tree --facts` from the rules; do not edit. `encode`: a rule carries it. `resolve`: it
conflicted, and a rule settles it. `reject`: it never reaches a user.

| fact | about | what became of it | where | why |
| --- | --- | --- | --- | --- |
"""


def facts_text(rules: Ruleset, files: Iterable[tuple[str, Rule]]) -> str:
    """Returns the page as Markdown; `files` are the rules with the names of their files."""
    where: dict[str, list[str]] = {}
    for file, rule in files:
        for fact in rule.facts:
            where.setdefault(fact, []).append(
                file if file.endswith(f"{rule.id}.toml") else f"{file} ({rule.id})"
            )
    return HEAD + "".join(_row(fact, where) for fact in rules.facts.values())


def _row(fact: Fact, where: Mapping[str, list[str]]) -> str:
    places = ", ".join(f"`{place}`" for place in where.get(fact.id, ())) or "nowhere"
    return f"| {fact.id} | {fact.about} | {fact.use} | {places} | {fact.because} |\n"
