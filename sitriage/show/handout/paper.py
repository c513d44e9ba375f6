"""A handout as one HTML page that prints on A4 and needs nothing from outside."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

from sitriage.show.document import Line, Section
from sitriage.show.handout.blocks import ALARM, MUST, Blank, Block, Drawn, Handout, Pairs, Row, Week
from sitriage.show.handout.words import said_of, start_of, steps_of, title_of
from sitriage.show.html.page import page
from sitriage.show.markup import Element, data_uri, element, render

__all__ = ["paper"]

_PRINT = ((2700, "font-size:.92em"), (4050, "font-size:.88em"), (5000, "font-size:.82em"))
"""The print with which so many letters that must not be missed fit on page one of A4."""

_BOX = "border-radius:2mm;padding:.8mm 3mm;margin:0 0 1.6mm;break-inside:avoid"
_STYLES = MappingProxyType(
    {
        "paper": "font-family:Arial,Helvetica,sans-serif;line-height:1.18;color:#111",
        "lead": "font-size:1.2em;font-weight:bold;margin:-2mm 0 1.5mm",
        "h2": "font-size:1.15em;margin:0 0 .6mm;break-after:avoid",
        "h3": "font-size:1.08em;margin:0 0 .5mm;break-after:avoid",
        "page": "break-before:page;padding-top:2mm",
        "below": "columns:70mm;column-gap:6mm;margin:0;padding-left:4.5mm",
        "box": f"{_BOX};border:1px solid #555",
        "alarm": f"{_BOX};border:1mm solid #a00",
        "list": "margin:0;padding-left:4.5mm",
        "item": "margin:0 0 .3mm",
        "p": "margin:0 0 .5mm",
        "pairs": "display:flex;flex-wrap:wrap;gap:1mm 5mm",
        "cell": "flex:0 1 calc(50% - 2.5mm);min-width:75mm;break-inside:avoid",
        "picture": "display:block;height:auto;margin:0 0 1mm",
        "week": "break-inside:avoid",
        "table": "width:100%;border-collapse:collapse;margin:0 0 2mm",
        "th": "border:1px solid #555;padding:1mm;text-align:left;font-size:.95em",
        "td": "border:1px solid #555;padding:1mm;text-align:center;height:7mm;min-width:11mm",
        "tick": "display:inline-block;width:5.5mm;height:5.5mm;border:.4mm solid #111;margin:0 .5mm",
        "blank": "border-bottom:1px solid #555;height:9mm;margin:0 0 1mm",
        "foot": "border-top:1px solid #555;margin:3mm 0 0;padding-top:1mm;font-size:.95em",
    }
)


def paper(handout: Handout) -> str:
    """Returns the handout as HTML."""
    first, *others = (map(_block, each) for each in handout.pages)
    body = element(
        "div",
        element("p", handout.lead, style=_STYLES["lead"]),
        *first,
        *(element("div", *each, style=_STYLES["page"]) for each in others),
        element("p", handout.foot, style=_STYLES["foot"]),
        style=f"{_STYLES['paper']};{_print(handout)}",
    )
    return page(handout.title, render(body))


def _print(handout: Handout) -> str:
    must = [part for part in handout.pages[0] if isinstance(part, Section) and part.name in MUST]
    letters = sum(len(line.text) + sum(map(len, line.below)) for part in must for line in part.lines)
    return next((size for most, size in _PRINT if letters <= most), _PRINT[-1][1])


def _block(block: Block | Drawn) -> Element:
    match block:
        case Section():
            return _section(block)
        case Pairs(inside):
            cells = (element("div", _block(each), style=_STYLES["cell"]) for each in inside)
            return element("div", *cells, style=_STYLES["pairs"])
        case Drawn():
            return _drawn(block)
        case Week():
            return _week(block)
        case Blank(labels):
            return element("div", *(element("p", f"{each}:", style=_STYLES["blank"]) for each in labels))
    return element("p", block.text, style=_STYLES["p"])


def _section(section: Section) -> Element:
    alarm = section.name in ALARM
    title = element("h2", section.title, style=_STYLES["h2"])
    return element("section", title, _list(section.lines), style=_STYLES["alarm" if alarm else "box"])


def _list(lines: Iterable[Line]) -> Element:
    return element("ul", *map(_line, lines), style=_STYLES["list"])


def _line(line: Line) -> Element:
    below = (element("li", each, style=_STYLES["item"]) for each in line.below)
    inner = element("ul", *below, style=_STYLES["below"]) if line.below else None
    return element("li", line.text, inner, style=_STYLES["item"])


def _drawn(drawn: Drawn) -> Element:
    move, p = drawn.move, _STYLES["p"]
    return element(
        "article",
        element("h3", title_of(move), style=_STYLES["h3"]),
        _picture(drawn) if drawn.svg else None,
        element("p", element("strong", start_of(move)), style=p),
        *(element("p", each, style=p) for each in said_of(drawn)),
        element(
            "ol",
            *(element("li", each, style=_STYLES["item"]) for each in steps_of(drawn)),
            style=_STYLES["list"],
        ),
    )


def _picture(drawn: Drawn) -> Element:
    src, width = data_uri(drawn.svg), f"{drawn.width}%"
    return element("img", src=src, alt=drawn.alt, width=width, style=_STYLES["picture"])


def _week(week: Week) -> Element:
    head = element("tr", *(element("th", each, scope="col", style=_STYLES["th"]) for each in week.head))
    rows = [_row(row, week.rest) for row in week.rows]
    empty = [element("td", style=_STYLES["td"]) for _ in week.head[1:]]
    rows.append(element("tr", element("th", week.write, scope="row", style=_STYLES["th"]), *empty))
    return element(
        "section",
        element("h2", week.title, style=_STYLES["h2"]),
        element("p", week.about, style=_STYLES["p"]),
        element("table", element("thead", head), element("tbody", *rows), style=_STYLES["table"]),
        style=_STYLES["week"],
    )


def _row(row: Row, rest: str) -> Element:
    what = element("th", row.name, scope="row", style=_STYLES["th"])
    cells = (element("td", *(_ticks(times) if times else (rest,)), style=_STYLES["td"]) for times in row.days)
    return element("tr", what, *cells)


def _ticks(times: int) -> list[Element]:
    return [element("span", role="img", aria_label="box to tick", style=_STYLES["tick"])] * times
