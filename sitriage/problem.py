"""One problem found in the rules, before its line is known."""

from __future__ import annotations

import attrs

__all__ = ["Problem"]


@attrs.frozen
class Problem:
    """Where (file, path of keys) and what; `mention` is a word that stands on the faulty line."""

    file: str
    path: tuple[str | int, ...]
    what: str
    mention: str = ""
