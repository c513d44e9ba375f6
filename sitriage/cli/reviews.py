"""The command `review`: the rules for a reader of no TOML."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from sitriage.cli.files import written
from sitriage.show.review import review_csv, review_html
from sitriage.triage import load_rules

__all__ = ["run_review"]


def run_review(options: Namespace) -> int:
    """Prints the review sheet of the rules as HTML, or writes it as HTML and as CSV."""
    rules = load_rules(options.rules)
    if options.html:
        print(written(Path(options.html), review_html(rules).encode()))
    if options.csv:
        # the mark by which spreadsheets know UTF-8
        print(written(Path(options.csv), review_csv(rules).encode("utf-8-sig")))
    if not (options.html or options.csv):
        print(review_html(rules), end="")
    return 0
