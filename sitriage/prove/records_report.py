"""A replay of stored records as text, as Markdown for a review, and as data; never with their answers."""

from __future__ import annotations

from sitriage.model import Ruleset
from sitriage.prove.diff_report import row, title, verdict_data, verdicts
from sitriage.prove.records import Replay, Replayed

__all__ = ["replay_data", "replay_markdown", "replay_text"]


def replay_text(old: Ruleset, new: Ruleset, found: Replay) -> str:
    """Returns the records that there is something to say of as plain text, the worst first."""
    lines = [title(old, new), _summary(found)]
    for each in found.told:
        lines += ["", f"{_mark(each)}  {each.where}", f"    {verdicts(each)}"]
        lines += [f"    by {', '.join(each.rules)}"] if each.moved and each.rules else []
        lines += [f"    gained: {one}" for one in each.gained]
        lines += [f"    lost: {one}" for one in each.lost]
        lines += [f"    to ask again: {', '.join(each.ask)}"] if each.ask else []
        lines += [] if each.repeated else ["    the old rules do not repeat what was stored"]
    return "\n".join(lines) + "\n"


def replay_markdown(old: Ruleset, new: Ruleset, found: Replay) -> str:
    """Returns them as a table for a review, the worst first."""
    lines = [f"### {title(old, new)}", "", _summary(found)]
    if found.told:
        lines += ["", "| | record | verdict | gained | lost | rules | to ask again |", "| --- " * 7 + "|"]
    for each in found.told:
        lists = (each.gained, each.lost, each.rules if each.moved else (), each.ask)
        lines.append(row((_mark(each), each.where, verdicts(each), *map(", ".join, lists))))
    return "\n".join(lines) + "\n"


def replay_data(old: Ruleset, new: Ruleset, found: Replay) -> dict[str, object]:
    """Returns them as plain data."""
    return {
        "old": {"version": old.version, "hash": old.hash},
        "new": {"version": new.version, "hash": new.hash},
        "records": found.of,
        "unchanged": found.of - sum(each.moved for each in found.told),
        "told": [
            {
                "record": each.where,
                "before": verdict_data(each.before),
                "after": verdict_data(each.after),
                "opens": each.opens,
                "signed": each.signed,
                "repeated": each.repeated,
                "gained": list(each.gained),
                "lost": list(each.lost),
                "rules": list(each.rules) if each.moved else [],
                "ask": list(each.ask),
            }
            for each in found.told
        ],
    }


def _summary(found: Replay) -> str:
    moved = sum(each.moved for each in found.told)
    parts = [f"{found.of} record{'s' if found.of > 1 else ''}: {found.of - moved} unchanged, {moved} changed"]
    for many, said in (
        (sum(each.opens for each in found.told), "get less care or more exercise"),
        (sum(bool(each.ask) for each in found.told), "must be asked again"),
        (sum(not each.repeated for each in found.told), "not repeated by the old rules"),
    ):
        parts += [f"{many} {said}"] if many else []
    return "; ".join(parts)


def _mark(each: Replayed) -> str:
    if not each.repeated:
        return "NOT REPEATED"
    if each.opens:
        return "signed" if each.signed else "OPENS"
    return "safer" if each.fell < 0 or each.lost else "other" if each.moved else "ask"
