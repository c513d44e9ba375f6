"""What can be wrong, and whose fault it is: answers (the caller) or rules (the author)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["AnswerError", "Fault", "RulesError", "SitriageError", "did_you_mean"]


@attrs.frozen(order=True)
class Fault:
    """One mistake: where it stands, what is wrong, and what to do.

    `where` is a finding id for answers and a `file:line` for rules.
    """

    where: str
    what: str
    suggestions: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" if self.where else self.what


class SitriageError(Exception):
    """Base of every error of this library; never raised itself. `faults` holds each mistake."""

    faults: tuple[Fault, ...]

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))

    def __reduce__(self) -> tuple[type[SitriageError], tuple[tuple[Fault, ...]]]:
        return type(self), (self.faults,)


class AnswerError(SitriageError):
    """The answers cannot be read. Names the finding and what would be readable, never the value."""


class RulesError(SitriageError):
    """The rules cannot be used. One fault per mistake, all of them at once, as `file:line: what`."""


def did_you_mean(word: str, known: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    """Returns a hint such as ``; did you mean `fever`?`` (empty without a near word) and the words."""
    from difflib import get_close_matches  # only who makes a mistake waits for it

    near = tuple(get_close_matches(word[:60], list(known), n=2, cutoff=0.7))
    hint = "; did you mean " + " or ".join(f"`{each}`" for each in near) + "?" if near else ""
    return hint, near
