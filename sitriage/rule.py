"""What every rule carries, where it comes from, and who answers for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Literal, TypeVar

import attrs

__all__ = ["Fact", "Omission", "Review", "Rule", "SignedChange", "Source", "by_finding", "frozen_map"]

T = TypeVar("T")


def frozen_map(items: Mapping[str, T]) -> Mapping[str, T]:
    """Returns a copy that nobody can change."""
    return MappingProxyType(dict(items))


def by_finding(reading: Iterable[tuple[T, frozenset[str]]]) -> Mapping[str, tuple[T, ...]]:
    """Returns for each finding what reads it, of pairs of a thing and the findings that it reads."""
    found: dict[str, tuple[T, ...]] = {}
    for each, findings in reading:
        found |= {name: (*found.get(name, ()), each) for name in findings}
    return frozen_map(found)


@attrs.frozen
class Review:
    """Who has looked at a rule. `draft` means no clinician has signed it."""

    status: Literal["draft", "reviewed"]
    reviewer: str = ""
    date: str = ""


@attrs.frozen(kw_only=True)
class Rule:
    """What every rule carries: its id, the evidence rows or founding facts, sources and review."""

    id: str
    rows: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    sources: tuple[str, ...]
    review: Review


@attrs.frozen(kw_only=True)
class Source:
    """Where a fact was read. With `alone` false, no rule may rest on it alone."""

    id: str
    title: str
    grade: Literal["G", "R", "L", "O"]
    alone: bool = True
    addresses: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Fact:
    """A fact the project was founded on, and what became of it."""

    id: str
    about: str
    use: Literal["encode", "resolve", "reject"]
    because: str = ""


@attrs.frozen(kw_only=True)
class Omission:
    """A row of the evidence that no level cites, and why."""

    row: str
    because: str


@attrs.frozen(kw_only=True)
class SignedChange:
    """A change that gives somebody less care than the pack before, and who answers for it.

    `since` begins the hash of the pack before, `who` are the people as `sitriage diff` names them.
    """

    since: str
    who: str
    because: str
    reviewer: str
    date: str
