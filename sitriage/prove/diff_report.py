"""A semantic diff as text, as Markdown for a review, and as data."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from sitriage.model import Ruleset
from sitriage.prove.differences import Change
from sitriage.prove.turn import Turn
from sitriage.verdict import Referral, Verdict

__all__ = ["diff_data", "diff_markdown", "diff_text", "row", "title", "verdict_data", "verdicts"]


def diff_text(old: Ruleset, new: Ruleset, changes: Sequence[Change]) -> str:
    """Returns the changes as plain text, the worst first."""
    lines = [title(old, new), _summary(changes)]
    for each in changes:
        lines += [
            "",
            f"{_mark(each, old, new)}  {each.who}",
            f"    {verdicts(each)}",
            f"    by {each.rule}: {_share(each)}",
        ]
        lines += [f"    gained: {one}" for one in each.gained]
        lines += [f"    lost: {one}" for one in each.lost]
        lines.append(f"    the least ill of them: {json.dumps(dict(each.signs))}")
    return "\n".join(lines) + "\n"


def diff_markdown(old: Ruleset, new: Ruleset, changes: Sequence[Change]) -> str:
    """Returns the changes as a table for a review, the worst first."""
    lines = [f"### {title(old, new)}", "", _summary(changes)]
    if changes:
        lines += ["", "| | who | verdict | gained | lost | rule |", "| --- | --- | --- | --- | --- | --- |"]
    for each in changes:
        gained, lost = ", ".join(each.gained), ", ".join(each.lost)
        cells = (_mark(each, old, new), each.who, verdicts(each), gained, lost, each.rule)
        lines.append(row(cells))
    return "\n".join(lines) + "\n"


def diff_data(old: Ruleset, new: Ruleset, changes: Iterable[Change]) -> dict[str, object]:
    """Returns the changes as plain data; the counts are exact texts."""
    return {
        "old": {"version": old.version, "hash": old.hash},
        "new": {"version": new.version, "hash": new.hash},
        "changes": [
            {
                "who": each.who,
                "rule": each.rule,
                "before": verdict_data(each.before),
                "after": verdict_data(each.after),
                "opens": each.opens,
                "unshown": each.unshown,
                "signed": each.signed_in(old, new),
                "gained": list(each.gained),
                "lost": list(each.lost),
                "states": str(each.states),
                "of": str(each.of),
                "signs": dict(each.signs),
                "answers": dict(each.answers),
            }
            for each in changes
        ],
    }


def title(old: Ruleset, new: Ruleset) -> str:
    """Returns the name of a pack and both versions of it."""
    return f"{new.manifest.name}: {old.version} ({old.hash[:8]}) -> {new.version} ({new.hash[:8]})"


def _summary(changes: Sequence[Change]) -> str:
    if not changes:
        return "nobody gets another verdict"
    opens = sum(each.opens for each in changes)
    kinds = f"{len(changes)} kind{'s' if len(changes) > 1 else ''} of people get another verdict"
    return (
        f"{kinds}; for {opens} of them urgency falls, the professional is a lesser one or something is gained"
    )


def _mark(change: Change, old: Ruleset, new: Ruleset) -> str:
    if change.signed_in(old, new):
        return "signed"
    if change.unshown:
        return "UNKNOWN"
    return "OPENS" if change.opens else "safer" if change.fell < 0 or change.lost else "other"


def verdicts(change: Turn) -> str:
    """Returns both urgencies, and who is to be seen."""
    return " -> ".join(_said(each) for each in (change.before, change.after))


def _said(verdict: Verdict) -> str:
    return f"{verdict.urgency} ({verdict.see})" if isinstance(verdict, Referral) else f"{verdict.urgency}"


def verdict_data(verdict: Verdict) -> dict[str, object]:
    """Returns what a verdict decided, but for its exercises, as plain data."""
    said: dict[str, object] = {"kind": type(verdict).__name__.lower(), "urgency": verdict.urgency.value}
    return said | {"see": verdict.see.value} if isinstance(verdict, Referral) else said


def row(cells: Iterable[str]) -> str:
    """Returns a row of a table in Markdown."""
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _share(change: Change) -> str:
    """How many of the ways to answer what the region reads, while everything else is calm."""
    return f"{_rounded(change.states)} of {_rounded(change.of)} ways to answer what this turns on"


def _rounded(number: int) -> str:
    return f"{number:,}" if number < 10**6 else f"{number:.2e}"
