"""The review sheet as one HTML page: an index, how to read it, and a page for each rule that decides."""

from __future__ import annotations

from collections.abc import Sequence

from sitriage.model import Ruleset
from sitriage.prove.cases import Cases
from sitriage.prove.wording import Wording
from sitriage.show.html.page import page
from sitriage.show.markup import Element, element, render
from sitriage.show.review.flags import flag_page
from sitriage.show.review.moves import exercise_page
from sitriage.show.review.others import others_pages, tree_page
from sitriage.show.review.parts import paragraph, table

__all__ = ["review_html"]

HOW = (
    "These rules decide whether somebody with pain at the base of the back is sent on, how soon and to "
    "whom, or is given exercises. The most urgent level that holds counts, never a sum.",
    "An unsure answer to what a warning sign asks counts as one step less urgent; an emergency stays one. A "
    "question that was not asked is never a no.",
    "A limit holds wherever its condition is anything but a clear no. Of several the strictest counts.",
    "What stands in “ ” is a definition or the name of a form; the definitions have a table near the end.",
    "In the steps of a form, “working” is the side that does the exercise, “other” the side that does not.",
    "Worked cases are computed from the rules: each is calm but for what is said.",
)


def review_html(rules: Ruleset) -> str:
    """Returns the review sheet of a ruleset as one HTML page that prints one rule a page."""
    wording, cases = Wording(rules), Cases(rules)
    flags = [(f"R{at}", flag) for at, flag in enumerate(rules.gated, 1)]
    moves = [(f"E{at}", exercise) for at, exercise in enumerate(rules.exercises.values(), 1)]
    body = (
        paragraph("Rules", f"{rules.manifest.name} {rules.version}, sha256 {rules.hash}"),
        *(element("p", each) for each in HOW),
        _index(
            [(number, each.label) for number, each in flags], [(number, each.label) for number, each in moves]
        ),
        *(flag_page(number, flag, rules, wording, cases) for number, flag in flags),
        *(exercise_page(number, exercise, rules, wording, cases) for number, exercise in moves),
        tree_page(rules, wording),
        *others_pages(rules, wording),
    )
    return page("Review of the rules", *(render(each) for each in body if each))


def _index(*entries: Sequence[tuple[str, str]]) -> Element:
    rows = [entry for part in entries for entry in part]
    return element("section", element("h2", "Index"), table({"Page": 10, "Rule": 90}, rows))
