"""What notebooks get of a value: text with all of it, Markdown and HTML, and nothing that acts."""

from __future__ import annotations

import re
import subprocess
import sys

import attrs
import pytest

from sitriage import Interview, Question, triage
from sitriage.interview.question import Item
from sitriage.model import Ruleset
from sitriage.notebook import Shown
from sitriage.show.asked import range_text
from sitriage.show.bundle import bundle
from sitriage.show.document import Document, Line, Section
from sitriage.show.html.card import card
from sitriage.show.markdown import document_markdown
from tests.html_tree import Tree
from tests.small_pack import CALM


def shown(small: Ruleset) -> dict[str, Shown]:
    """One of each that shows itself."""
    interview = Interview(rules=small)
    programme = triage({**CALM, "fragile": True, "checked": True}, rules=small)
    return {
        "programme": programme,
        "prescription": next(each for each in programme.prescriptions if len(each.reasons) > 1),
        "referral": triage({"fever": True}, rules=small),
        "question": interview.question,
        "interview": interview,
        "done": interview.answer({"numb": True, "weak": True}),
        "rules": small,
        "finding": small.findings["severity"],
    }


KINDS = ("programme", "prescription", "referral", "question", "interview", "done", "rules", "finding")


def squeezed(text: str) -> str:
    """Letters and digits only, so that text, Markdown and HTML compare."""
    return re.sub(r"[\W_]+", "", text)


@pytest.mark.parametrize("kind", KINDS)
def test_each_shows_itself_in_three_ways(small: Ruleset, kind: str) -> None:
    each = shown(small)[kind]
    ways = each._repr_mimebundle_()
    assert list(ways) == ["text/plain", "text/html", "text/markdown"]
    assert ways["text/html"] == each._repr_html_()
    assert Tree(ways["text/html"]).unsafe == []
    assert bundle(each) == ways


@pytest.mark.parametrize("kind", KINDS)
def test_each_line_of_the_text_stands_in_the_others_too(small: Ruleset, kind: str) -> None:
    ways = shown(small)[kind]._repr_mimebundle_()
    html, markdown = squeezed(Tree(ways["text/html"]).words), squeezed(ways["text/markdown"])
    lines = [line for line in ways["text/plain"].splitlines() if squeezed(line)]
    assert len(lines) > 3
    for line in lines:
        said = squeezed(line)
        assert said in markdown
        assert said in html


def test_a_verdict_is_shown_as_its_text_and_its_card(small: Ruleset) -> None:
    verdict = triage({"fever": True}, rules=small)
    ways = verdict._repr_mimebundle_()
    assert ways["text/plain"] + "\n" == str(verdict)
    assert ways["text/html"] == card(verdict)


def test_a_dose_to_work_up_to_is_shown_only_where_it_is_another(small: Ruleset) -> None:
    each = shown(small)["prescription"]
    for target, times in ((each.dose, 0), (attrs.evolve(each.dose, reps=each.dose.reps + 1), 1)):
        for text in bundle(attrs.evolve(each, target=target)).values():
            assert text.count("Work up to:") == times


def test_only_what_is_asked_for_is_given(small: Ruleset) -> None:
    verdict = triage({"fever": True}, rules=small)
    assert list(verdict._repr_mimebundle_(include={"text/plain"})) == ["text/plain"]
    assert list(verdict._repr_mimebundle_(exclude={"text/html"})) == ["text/plain", "text/markdown"]


def test_a_question_names_what_it_asks_and_how_it_is_answered(small: Ruleset) -> None:
    interview = Interview(rules=small)
    told = bundle(interview.question)["text/plain"]
    while not interview.done:
        told += bundle(interview.question)["text/plain"]
        interview = interview.answer({name: CALM[name] for name in interview.question.items})
    assert all(f"[{name}]" in told for step in interview.steps for name in step.answers)
    assert "a whole number from 0 to 10 points" in told
    assert "left; right; both; midline; unsure" in told


def test_a_choice_with_labels_shows_both() -> None:
    item = Item("kind", "S", "kind", "Which?", "", "choice", (("hen", "a hen"), ("unsure", "not sure")))
    text = bundle(Question("q", "Which?", "Why.", "programme", (item,)))["text/plain"]
    assert "- Which? [kind]\n  - hen: a hen; unsure: not sure\n" in text


def test_a_unit_that_tells_the_range_is_not_said_twice() -> None:
    item = Item("pain", "S", "pain", "How bad?", "", "number", (), "0-10 numeric rating", 0, 10)
    assert range_text(item) == "a whole number from 0 to 10"
    assert range_text(attrs.evolve(item, unit="years")) == "a whole number from 0 to 10 years"


def test_an_interview_says_how_far_it_is_and_the_verdict_so_far(small: Ruleset) -> None:
    interview = Interview(rules=small)
    first = bundle(interview)["text/plain"]
    assert "- Screen 1\n" in first
    assert f"- So far: {interview.verdict.headline}" in first
    interview = interview.skip()
    assert "- Screen 2\n" in bundle(interview)["text/plain"]


def test_an_interview_that_is_done_shows_its_verdict_with_its_own_rules(small: Ruleset) -> None:
    done = shown(small)["done"]
    assert done.done
    assert bundle(done)["text/plain"] + "\n" == str(done.verdict)
    assert done._repr_html_() == card(done.verdict, rules=small)


def test_the_figures_of_a_pack_are_its_own(small: Ruleset) -> None:
    text = bundle(small)["text/plain"]
    assert text.startswith("Rules: sore tails\n\nVersion 1.2.3, hash ")
    assert f"- {len(small.findings)} findings\n" in text
    levels = [level for flag in small.gated for level in flag.levels]
    counted = re.findall(r"^- ([0-9]+) (?:emergency|same_day|soon|routine)$", text, re.M)
    assert sum(map(int, counted)) == len(levels)
    assert "rules: draft" in text


def test_a_finding_shows_what_it_stands_on_and_who_signed_it(small: Ruleset) -> None:
    finding = small.findings["side"]
    text = bundle(finding)["text/plain"]
    assert "- side: left or right or both or midline or unsure\n" in text
    assert "- Rows: R1\n- Sources: S1\n- Review: draft" in text
    review = attrs.evolve(finding.review, status="reviewed", reviewer="A. Vet", date="2026-11-01")
    signed = attrs.evolve(finding, review=review, help="")
    assert "- Review: reviewed by A. Vet on 2026-11-01" in bundle(signed)["text/plain"]


def test_what_cannot_be_shown_is_refused() -> None:
    class Other(Shown):
        __slots__ = ()

    with pytest.raises(TypeError, match="`Other` cannot be shown"):
        bundle(Other())


@pytest.mark.parametrize(
    "hostile",
    [
        "<img src=x onerror=alert(1)>", "[here](https://evil.invalid)", "https://evil.invalid", "# big",
        "- list", "12. list", "+ list", "a `code`", "**bold** _thin_", "a | b", "&lt;", "$x^2$",
        "two\n\n# lines", "x\u202ey",
    ],
)  # fmt: skip
def test_no_text_is_more_than_text_in_markdown(hostile: str) -> None:
    """Read back without its escapes it is the text; and no sign that means something stands unescaped."""
    told = document_markdown(Document("H", "L", (Section("s", "T", (Line(hostile, (hostile,)),)),), ""))
    lines = told.splitlines()
    first, second = lines[6:8]
    assert (first[:2], second[:4]) == ("- ", "  - ")
    for written in (first[2:], second[4:]):
        bare = re.sub(r"\\[!-/:-@\[-`{-~]", "", written)
        assert not re.search(r"[\\`*_\[\]<>#|&!/@$^]|\A[-+]|\A[0-9]+[.)]", bare)
        assert re.sub(r"\\(.)", r"\1", written) == " ".join(hostile.replace("\u202e", "\ufffd").split())
    assert len(lines) == 8


def test_nothing_of_show_is_loaded_until_something_is_shown() -> None:
    code = "import sys, sitriage; sitriage.triage({'fever': True}); print('sitriage.show' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "False\n"
