"""T8: no cell of a sheet is a formula, whatever a text begins with; and what is written is read back."""

from __future__ import annotations

import csv
import io
from unicodedata import normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sitriage.show.markup import readable
from sitriage.show.sheet import csv_text

SIGNS = "=+-@\N{MINUS SIGN}"
# full-width, small, superscript and subscript forms that a spreadsheet or a copy may fold into the sign
FORMS = "＝＋－＠﹦﹢﹣﹫⁼⁺⁻₌₊₋"
LEADS = ("", " ", "\t", "\r", "\n", "\0", "\u00a0", "\u200b", "\u202e", "\ufeff", "\U000e0041")
hostile = st.builds(
    lambda lead, sign, rest: lead + sign + rest,
    st.sampled_from(LEADS),
    st.sampled_from([*SIGNS, *FORMS, ""]),
    st.text(max_size=12),
)
tables = st.lists(st.lists(hostile | st.text() | st.integers(), min_size=1, max_size=4), max_size=5)


def back(text: str) -> list[list[str]]:
    """What a reader of CSV sees."""
    return list(csv.reader(io.StringIO(text, newline="")))


def formulas(text: str) -> list[str]:
    """The cells that a spreadsheet would compute, or that begin as ASVS 1.2.10 forbids; a number is none."""
    cells = [cell for row in back(text) for cell in row]
    return [
        cell
        for cell in cells
        if (cell[:1] in ("\t", "\r", "\0") or normalize("NFKC", readable(cell)).strip()[:1] in (*SIGNS,))
        and not cell.lstrip("-").isdecimal()
    ]


@given(tables)
@example([["=HYPERLINK(1)", "\u200b+1", "＝1", " @a", "\t1", "\r1", "\0=1", -1]])
def test_no_cell_is_a_formula(rows: list[list[str | int]]) -> None:
    assert formulas(csv_text(rows)) == []


@given(tables)
def test_what_is_written_is_read_back(rows: list[list[str | int]]) -> None:
    for row, seen in zip(rows, back(csv_text(rows)), strict=True):
        for value, cell in zip(row, seen, strict=True):
            text = readable(str(value))
            assert cell in (text, f"'{text}")


def test_plain_text_stays_as_it_is() -> None:
    rows = [["a, b", 'say "when"', "two\nlines", "", "5 - 3 = 2", "é"]]
    assert back(csv_text(rows)) == rows
    assert csv_text([["a", 1]]) == '"a","1"\r\n'


@pytest.mark.parametrize("sign", [*SIGNS, *FORMS])
def test_the_check_finds_what_a_plain_writer_lets_through(sign: str) -> None:
    for lead in LEADS[:2]:
        naive = io.StringIO()
        csv.writer(naive, quoting=csv.QUOTE_ALL).writerow([f"{lead}{sign}1+1"])
        assert formulas(naive.getvalue()) != []
