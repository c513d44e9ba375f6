"""What a law is, what a proof of it says, and what a breach shows: people whose verdicts break it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import attrs

from sitriage.conditions import Value
from sitriage.diagrams import Ref
from sitriage.prove.space import Space

__all__ = ["Breach", "Checked", "Law", "Proof", "never_falls"]


@attrs.frozen
class Breach:
    """A place in the rules where a law does not hold, and the people that show it, least different first."""

    file: str
    what: str
    people: tuple[Mapping[str, Value], ...] = ()


@attrs.frozen
class Checked:
    """One factor of a proof: what was looked at, over how many states, and the breaches found in it."""

    factor: str
    states: int
    breaches: tuple[Breach, ...] = ()


def never_falls(space: Space, ref: Ref, factor: str, file: str, what: str) -> Checked:
    """Returns whether a function grows, or stays, with danger and doubt; `what` says what it means if not."""
    found: tuple[Breach, ...] = ()
    if (people := space.fall(ref)) is not None:
        lower, higher, finding = people
        said = f"{what} though `{finding}` is more dangerous or less sure"
        found = (Breach(file, said, (lower, higher)),)
    return Checked(factor, space.states(ref), found)


@attrs.frozen
class Law:
    """A sentence about everybody, and the code that shows it for the rules in a space."""

    id: str
    name: str
    says: str
    check: Callable[[Space], Iterator[Checked]] = attrs.field(repr=False, eq=False)


@attrs.frozen
class Proof:
    """A law that was checked over every state of its factors, and how long that took."""

    law: Law
    states: int
    factors: int
    breaches: tuple[Breach, ...]
    seconds: float

    @property
    def holds(self) -> bool:
        """Whether no state breaks the law."""
        return not self.breaches
