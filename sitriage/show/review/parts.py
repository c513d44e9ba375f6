"""The small parts of the review sheet: tables, lists, and the box to sign."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from sitriage.model import Ruleset
from sitriage.prove.wording import Said
from sitriage.rule import Rule
from sitriage.show.markup import Element, Node, element
from sitriage.show.review.words import sources_of, status_of

__all__ = ["condition", "facts", "listed", "paragraph", "sheet", "signed", "table", "titled"]

_CELL: Final = (
    "border:1px solid #555;padding:1mm 2mm;text-align:left;vertical-align:top;overflow-wrap:anywhere"
)
STYLES = MappingProxyType(
    {
        "sheet": "break-before:page;padding-top:1px;font-size:.88em;line-height:1.3",
        "list": "margin:0 0 2mm;padding-left:5mm",
        "inner": "margin:0;padding-left:4mm",
        "table": "width:100%;border-collapse:collapse;margin:0 0 3mm",
        "box": "border:2px solid #111;padding:2mm 3mm;margin:4mm 0 0;break-inside:avoid",
        "line": "border-bottom:1px solid #555;height:8mm;margin:0 0 1mm",
        "p": "margin:0 0 2mm;overflow-wrap:anywhere",
    }
)


def sheet(*inside: Node | None) -> Element:
    """Returns a part that begins a page of its own."""
    return element("section", *inside, style=STYLES["sheet"])


def paragraph(head: str, text: str) -> Element | None:
    """Returns a text after the words that say what it is; None where there is no text."""
    return element("p", element("strong", f"{head}: "), text, style=STYLES["p"]) if text else None


def titled(title: str, inside: Element | None) -> Element | None:
    """Returns something under a small title, or None."""
    return element("div", element("h3", title), inside) if inside else None


def listed(rows: Iterable[Node]) -> Element | None:
    """Returns a list, or None where it would be empty."""
    items = [element("li", row) for row in rows]
    return element("ul", *items, style=STYLES["list"]) if items else None


def condition(said: Said) -> Element:
    """Returns a condition with its parts below it."""
    parts = (element("li", condition(part)) for part in said.parts)
    inner = element("ul", *parts, style=STYLES["inner"]) if said.parts else None
    return element("span", f"{said.text}:" if inner else said.text, inner)


def table(head: Mapping[str, int], rows: Iterable[Sequence[Node | None]]) -> Element:
    """Returns a table; the first cell of a row says what it is about. `head` has the widths in percent."""
    wide = ((each, f"{percent}%") for each, percent in head.items())
    top = element("tr", *(element("th", each, scope="col", width=width, style=_CELL) for each, width in wide))
    body = (
        element(
            "tr",
            element("th", first, scope="row", style=_CELL),
            *(element("td", each, style=_CELL) for each in others),
        )
        for first, *others in rows
    )
    return element("table", element("thead", top), element("tbody", *body), style=STYLES["table"])


def facts(rule: Rule, rules: Ruleset) -> Element:
    """Returns where a rule comes from and who has looked at it."""
    return element(
        "div",
        paragraph("Rows of the evidence", ", ".join((*rule.rows, *rule.facts))),
        titled("Sources", listed(sources_of(rule, rules))),
        paragraph("Status", status_of(rule)),
    )


def signed() -> Element:
    """Returns the box to sign."""
    lines = ("I agree, or what I would change:", "", "Name:", "Date:")
    return element(
        "div", element("h3", "Sign-off"), *(element("p", each, style=STYLES["line"]) for each in lines),
        style=STYLES["box"],
    )  # fmt: skip
