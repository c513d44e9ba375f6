"""The rules as documents: a whole pack in figures, and one finding with what it stands on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from sitriage.model import Finding, Ruleset
from sitriage.rule import Rule
from sitriage.show.asked import range_text
from sitriage.show.document import Document, Line, Section

__all__ = ["finding_document", "ruleset_document"]


def ruleset_document(rules: Ruleset) -> Document:
    """Returns the pack in figures: what it holds, how soon its levels are, and who has reviewed it."""
    levels = [level for flag in rules.gated for level in flag.levels]
    how_soon = Counter(level.urgency for level in levels)
    reviews = Counter(rule.review.status for rule in _reviewed(rules))
    holds = {
        "findings": len(rules.findings),
        "screens of questions": len(rules.groups),
        "red flags": len(rules.red_flags),
        "gates": len(rules.gates),
        "programmes": len(rules.programmes),
        "exercises": len(rules.exercises),
        "limits of exercises": len(rules.columns),
        "causes": len(rules.causes),
        "sources": len(rules.sources),
    }
    parts = (
        _section("What it holds", (f"{count} {what}" for what, count in holds.items())),
        _section(
            "Levels that refer", (f"{how_soon[each]} {each}" for each in sorted(how_soon, reverse=True))
        ),
        _section("Review", (f"{count} rules: {status}" for status, count in sorted(reviews.items()))),
    )
    return Document(
        f"Rules: {rules.manifest.name}",
        f"Version {rules.version}, hash {rules.hash[:12]}.",
        parts,
        rules.texts.not_reviewed,
    )


def finding_document(finding: Finding) -> Document:
    """Returns how a finding is asked, what its answers can do, and what it stands on."""
    kinds = {"yes_no": "yes or no", "choice": " or ".join(finding.choices)}
    polarity = {
        "raises": "A yes can make it more urgent.",
        "reassures": "Only a yes can reassure.",
        "none": "Its answers have no order of danger.",
    }
    need = {
        "screen": "Without an answer the verdict is not final.",
        "choice": "Without an answer the easier form is chosen.",
    }
    how = (
        f"{finding.id}: {kinds.get(finding.kind) or range_text(finding)}",
        finding.help,
        polarity[finding.polarity],
        need[finding.need],
    )
    parts = (_section("How it is asked", how), _section("What it stands on", _ground(finding)))
    return Document(finding.label, finding.question, parts, "")


def _ground(rule: Rule) -> Iterator[str]:
    for title, names in (("Rows", rule.rows), ("Facts", rule.facts), ("Sources", rule.sources)):
        yield f"{title}: {', '.join(names)}" if names else ""
    by = f" by {rule.review.reviewer} on {rule.review.date}" if rule.review.reviewer else ""
    yield f"Review: {rule.review.status}{by}"


def _reviewed(rules: Ruleset) -> Iterator[Rule]:
    for kind in (rules.findings, rules.red_flags, rules.gates, rules.programmes, rules.exercises):
        yield from kind.values()
    for other in (rules.definitions, rules.columns, rules.causes, rules.adjuncts):
        yield from other.values()


def _section(title: str, lines: Iterable[str]) -> Section:
    return Section("figures", title, tuple(Line(line) for line in lines if line))
