"""What a client may read beside the tools: what the rules look for, and where they come from."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import attrs

from sitriage.model import RedFlag, Ruleset

__all__ = ["URIS", "resource"]

URIS: Mapping[str, str] = MappingProxyType({"sitriage://rules": "rules", "sitriage://sources": "sources"})
"""The name of each."""


def resource(uri: str, rules: Ruleset) -> dict[str, Any]:
    """Returns what stands behind one of the `URIS`, as plain data."""
    if URIS[uri] == "sources":
        return {name: attrs.asdict(source) for name, source in rules.sources.items()}
    about = {"name": rules.manifest.name, "version": rules.version, "hash": rules.hash}
    return about | {"red_flags": [_flag(each) for each in rules.gated]}


def _flag(each: RedFlag) -> dict[str, Any]:
    return {
        "id": each.id,
        "label": each.label,
        "because": each.because,
        "urgency": [level.urgency.value for level in each.levels],
        "rows": list(each.rows),
        "sources": list(each.sources),
    }
