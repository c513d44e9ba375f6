"""The rules for a reader of no TOML: pages to read and sign, and a table to sort and fill in."""

from __future__ import annotations

import attrs

from sitriage.model import Ruleset
from sitriage.show.review.pages import review_html
from sitriage.show.review.table import HEAD, rows_of
from sitriage.show.sheet import csv_text

__all__ = ["review_csv", "review_html"]


def review_csv(rules: Ruleset) -> str:
    """Returns the review as CSV: a row for each level, dose, form, limit and other rule."""
    return csv_text([HEAD, *(attrs.astuple(row) for row in rows_of(rules))])
