"""How many screens it takes, on a few people; `python -m tests.interview.measure` measures many."""

from __future__ import annotations

import tomllib

import pytest

from sitriage import triage
from tests.interview.measure import Truth, fixed_order, quantile, walk, whole
from sitriage.interview.policy import next_items
from tests.test_cases import BASES, CASES

def cases(urgency: str, stems: str = "*") -> list[Truth]:
    """The people of tests/cases who answered everything and agree with themselves."""
    found = []
    for path in sorted(CASES.glob(f"{stems}.toml")):
        for each in tomllib.loads(path.read_text("utf-8")).get("person", ()):
            truth = whole(BASES[each["base"]] | each["answers"])
            if each["urgency"] == urgency and not each.get("missing") and not triage(truth).conflicts:
                found.append(truth)
    return found


