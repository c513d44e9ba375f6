"""The parts that cards and handouts are made of: lists, sections, exercises with their dose and picture."""

from __future__ import annotations

from collections.abc import Iterable

from sitriage.show.document import Line, Move, Section
from sitriage.show.html import styles
from sitriage.show.html.pictures import Drawn
from sitriage.show.html.signs import SIGNS, STOP, sign_picture
from sitriage.show.markup import Element, Node, data_uri, element
from sitriage.words import Urgency

__all__ = ["boxed", "folded", "framed", "line_list", "move_part", "section_part", "table"]


def line_list(lines: Iterable[Line], tag: str = "ul") -> Element:
    """Returns a list, with the lists below its lines."""
    return element(tag, *map(_line, lines), style=styles.LIST[tag])


def _line(line: Line) -> Element:
    if not line.below:
        return element("li", line.text)
    return element("li", element("strong", line.text, style=styles.STRONG), line_list(map(Line, line.below)))


def section_part(section: Section) -> Element:
    """Returns a section: a title and its list."""
    return element("div", element("h3", section.title, style=styles.TITLE), line_list(section.lines))


def framed(section: Section) -> Element:
    """Returns a section in a frame, as exercises are."""
    title = element("h3", section.title, style=styles.TITLE_IN)
    return element("div", title, line_list(section.lines), style=styles.PART)


def boxed(section: Section, urgency: Urgency) -> Element:
    """Returns a section that must not be overlooked, in the colours of an urgency."""
    sign = SIGNS[urgency]
    shape = STOP if urgency is Urgency.EMERGENCY else sign.shape
    title = element("h3", sign_picture(shape, 22), f" {section.title}", style=styles.TITLE_IN)
    return element(
        "div", title, line_list(section.lines), style=styles.tinted(sign.strong, sign.pale, styles.BOX)
    )


def folded(title: str, *inside: Node) -> Element:
    """Returns what stands folded under its title until somebody opens it."""
    return element("details", element("summary", title, style=styles.SUMMARY), *inside, style=styles.FOLD)


def move_part(move: Move, drawn: Drawn | None) -> Element:
    """Returns one exercise: title and side, picture, dose, steps, why this form."""
    start = element("div", element("strong", "Start with: ", style=styles.STRONG), f"{move.start}.")
    target = (
        element("div", element("strong", "Work up to: ", style=styles.STRONG), f"{move.target}.")
        if move.target
        else None
    )
    return element(
        "div",
        element("h3", f"{move.number}. {move.label} ({move.side})", style=styles.TITLE_IN),
        _figure(drawn) if drawn else None,
        element("div", start, target, style=styles.DOSE),
        line_list(map(Line, move.steps), "ol"),
        *(element("p", f"Why this form: {sentence}", style=styles.SMALL) for sentence in move.why),
        style=styles.PART,
    )


def _figure(drawn: Drawn) -> Element:
    return element(
        "div",
        element("img", alt=drawn.alt, src=data_uri(drawn.svg), style=styles.IMAGE),
        style=styles.FIGURE,
    )


def table(head: Iterable[str], rows: Iterable[Iterable[Node]]) -> Element:
    """Returns a table with a head."""
    first = element("tr", *(element("th", each, scope="col", style=styles.HEAD_CELL) for each in head))
    body = (element("tr", *(element("td", each, style=styles.CELL) for each in row)) for row in rows)
    return element("table", element("thead", first), element("tbody", *body), style=styles.TABLE)
