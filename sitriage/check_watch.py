"""Checks of what to come back with: each sign is something that can come up, and has words for how soon."""

from __future__ import annotations

from collections.abc import Iterator

from sitriage.errors import did_you_mean
from sitriage.model import Ruleset
from sitriage.problem import Problem
from sitriage.words import Urgency

__all__ = ["check_watch"]

_FILE = "watch.toml"


def check_watch(rules: Ruleset) -> Iterator[Problem]:
    """Yields what is wrong with the signs to watch for, those left out, and the lines above them."""
    seen: set[str] = set()
    lists = (("watch", [each.findings for each in rules.watch]),
             ("unwatched", [each.findings for each in rules.unwatched]))  # fmt: skip
    for key, index, findings in ((key, *each) for key, entries in lists for each in enumerate(entries)):
        path = (key, index, "findings")
        if not findings:
            yield Problem(_FILE, path, "names no finding; what would have to come up?")
        for name in findings:
            if (what := _wrong(rules, name)) is not None:
                yield Problem(_FILE, path, what, name)
            if name in seen:
                yield Problem(_FILE, path, f"`{name}` stands here twice", name)
            seen.add(name)
    texts = rules.texts.come_back
    for word in (Urgency.SAME_DAY, Urgency.EMERGENCY) if rules.watch else ():
        if not texts.get(word):
            yield Problem("texts.toml", ("come_back",), f"text for `{word}` is missing")
    known = list(Urgency)[1:]
    for unknown in sorted(set(texts) - set(known)):
        hint, _ = did_you_mean(unknown, known)
        yield Problem("texts.toml", ("come_back", unknown), f"unknown word `{unknown}`{hint}")


def _wrong(rules: Ruleset, name: str) -> str | None:
    finding = rules.findings.get(name)
    if finding is None:
        return f"unknown finding `{name}`{did_you_mean(name, rules.findings)[0]}"
    if finding.kind != "yes_no" or finding.polarity != "raises":
        return f"`{name}` cannot come up: name findings that are yes or no and raise"
    return None
