"""Tables for spreadsheets, as CSV whose cells stay text: no cell is a formula (T8)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from unicodedata import normalize

from sitriage.show.markup import readable

__all__ = ["csv_text"]

# what begins a formula; full-width and other forms of these signs count too
_BEGINS = frozenset("=+-@\N{MINUS SIGN}")


def csv_text(rows: Iterable[Iterable[str | int]]) -> str:
    """Returns rows as CSV (RFC 4180): every cell quoted, and a `'` before what a spreadsheet would compute.

    Whole numbers stay numbers. Characters that nobody can see are left out, see `readable`.

    >>> csv_text([["rule", "cases"], ["=1+1", -3]]).split("\\r\\n")
    ['"rule","cases"', '"\\'=1+1","-3"', '']
    """
    table = io.StringIO()
    csv.writer(table, quoting=csv.QUOTE_ALL).writerows(map(_cell, row) for row in rows)
    return table.getvalue()


def _cell(value: str | int) -> str | int:
    if not isinstance(value, str):
        return value
    text = readable(value)
    seen = normalize("NFKC", text)
    return f"'{text}" if seen.lstrip()[:1] in _BEGINS or seen[:1] == "\t" else text
