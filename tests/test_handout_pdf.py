"""The handout as PDF: tagged, accessible by its own word, readable in order, on two pages where it can be.

Needs the extra: `pip install -e .[print] -r tests/requirements.txt pypdf`, then
`pytest tests/test_handout_pdf.py`.
"""

from __future__ import annotations

import io
import json
from pathlib import Path

import attrs
import pytest

pytest.importorskip("typst", reason="needs the extra `print`")

from pypdf import PdfReader

from sitriage import Referral, triage
from sitriage.__main__ import main
from sitriage.model import Ruleset
from sitriage.show.handout.pdf import SIZES, handout_pdf
from tests.plain_html import flat
from tests.small_pack import CALM
from tests.test_handout import FRAGILE, HOT, SAMPLE, STRONG, missing

UA = "<pdfuaid:part>1</pdfuaid:part>"


def read(data: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data))


def text_of(pdf: PdfReader) -> str:
    return flat(" ".join(page.extract_text() for page in pdf.pages))


@pytest.mark.parametrize("answers", [SAMPLE, {"fever": True}, {}])
def test_the_pdf_is_tagged_says_that_it_is_accessible_and_has_a_title_and_language(answers) -> None:
    pdf = read(handout_pdf(triage(answers)))
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert UA in root["/Metadata"].get_data().decode()
    assert pdf.metadata is not None
    assert pdf.metadata.title


@pytest.mark.parametrize("answers", [SAMPLE, {"fever": True}, {}, {"saddle_numbness": True, "age": 71}])
def test_it_takes_two_pages_of_a4(answers) -> None:
    pdf = read(handout_pdf(triage(answers)))
    assert len(pdf.pages) == 2
    for page in pdf.pages:
        assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)


def test_what_must_not_be_missed_stands_on_page_one() -> None:
    for answers in (SAMPLE, {"fever": True}):
        verdict = triage(answers)
        first = flat(read(handout_pdf(verdict)).pages[0].extract_text())
        owed = [part for line in verdict.safety_net for part in line.split("\n- ")]
        owed += [verdict.how, *verdict.meanwhile] if isinstance(verdict, Referral) else verdict.stop_rules
        assert [line for line in owed if flat(line) not in first] == []


@pytest.mark.parametrize("answers", [FRAGILE, STRONG, HOT])
def test_the_text_can_be_taken_out_whole(small: Ruleset, answers) -> None:
    verdict = triage(answers, rules=small)
    assert missing(verdict, text_of(read(handout_pdf(verdict, rules=small)))) == []


def test_the_text_is_read_in_the_order_of_the_page() -> None:
    verdict = triage(SAMPLE)
    text = text_of(read(handout_pdf(verdict)))
    order = [verdict.headline, "When to get help", "When to stop", "Your week"]
    order += [step for each in verdict.prescriptions for step in each.steps]
    at = 0
    for line in (*order, "When to look again", "Ease off for now", verdict.note):
        assert flat(line) in text[at:], line
        at = text.index(flat(line), at)


def figures(pdf: PdfReader) -> list[str]:
    """The words for each picture, from the tags."""
    found: list[str] = []

    def walk(node) -> None:
        node = node.get_object()
        if isinstance(node, list):
            for each in node:
                walk(each)
        elif isinstance(node, dict):
            if node.get("/S") == "/Figure":
                found.append(node.get("/Alt", ""))
            if "/K" in node:
                walk(node["/K"])

    walk(pdf.trailer["/Root"]["/StructTreeRoot"])
    return found


def test_each_picture_has_its_words() -> None:
    verdict = triage(SAMPLE)
    said = figures(read(handout_pdf(verdict)))
    assert len(said) == len(verdict.prescriptions)
    assert all(each.label in alt for each, alt in zip(verdict.prescriptions, said, strict=True))


def test_the_same_verdict_is_the_same_file_and_the_smallest_print_can_be_read() -> None:
    verdict = triage(SAMPLE)
    assert handout_pdf(verdict) == handout_pdf(verdict)
    assert min(map(float, SIZES)) >= 10


HOSTILE = '#panic("x") $x$ *bold* `raw` <label> @ref \\ "quoted" // /* {json} ]'


def test_hostile_texts_stay_texts(small: Ruleset) -> None:
    verdict = triage(CALM, rules=small)
    bad = attrs.evolve(verdict, headline=HOSTILE, note=HOSTILE, review=(HOSTILE,))
    assert text_of(read(handout_pdf(bad, rules=small))).count(HOSTILE) == 3


def test_a_long_programme_takes_more_pages_rather_than_small_print(small: Ruleset) -> None:
    verdict = triage(CALM, rules=small)
    many = attrs.evolve(verdict, review=verdict.review * 200)
    assert len(read(handout_pdf(many, rules=small)).pages) > 2


def test_the_command_writes_it(tmp_path: Path) -> None:
    (tmp_path / "answers.json").write_text(json.dumps(SAMPLE))
    out = tmp_path / "out.pdf"
    assert main(["handout", str(tmp_path / "answers.json"), "--pdf", str(out), "--region", "gb"]) == 0
    assert "Call 999 or go to A&E." in text_of(read(out.read_bytes()))
