"""A handout as a tagged PDF (PDF/UA-1) on A4, typeset by the extra `print`."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any, Final

import typst

from sitriage.model import Ruleset
from sitriage.show.handout import handout_of
from sitriage.show.handout.data import data_of
from sitriage.verdict import Verdict

__all__ = ["handout_pdf"]

PAGES: Final = 2
SIZES: Final = ("13", "12.5", "12", "11.5", "11", "10.5", "10")
"""In points, the largest first."""


def handout_pdf(verdict: Verdict, *, rules: Ruleset | None = None, region: str = "international") -> bytes:
    """Returns the handout of a verdict as PDF, in the largest print that fits on two pages.

    What must not be missed stays on the first. A long programme takes more pages rather than smaller print.

    `rules` are those of the verdict: the shipped ones unless given. Raises ValueError for other rules, and
    for a region that they do not have.
    """
    template = (files("sitriage.show.handout") / "handout.typ").read_bytes()
    data = json.dumps(data_of(handout_of(verdict, rules=rules, region=region)))
    # min takes the first of those that are alike: the largest print
    size = min(SIZES, key=lambda each: _faults(template, data, each))
    return bytes(typst.compile(template, format="pdf", pdf_standards=["ua-1"], **_how(data, size)))


def _faults(template: bytes, data: str, size: str) -> tuple[int, int]:
    """How many pages are needed for what belongs on the first, and for all of it."""
    pages, must = json.loads(typst.query(template, "<pages>", field="value", one=True, **_how(data, size)))
    return must, max(PAGES, pages)


def _how(data: str, size: str) -> dict[str, Any]:
    # only the fonts that come with typst, so that every machine makes the same pages
    return {"sys_inputs": {"handout": data, "size": size}, "ignore_system_fonts": True}
