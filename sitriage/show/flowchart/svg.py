"""The tree as a picture: an SVG that stands alone, and as HTML for a notebook."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from types import MappingProxyType

import attrs

from sitriage.show.flowchart.boxes import HEAD, Box, box_of
from sitriage.show.flowchart.chart import Chart, chart_of
from sitriage.show.flowchart.layout import MARGIN, Layout, Place, Route, layout_of
from sitriage.show.flowchart.lettering import LINE, text_width, wrapped
from sitriage.show.flowchart.tree import Tree
from sitriage.show.markup import Element, data_uri, element, render

__all__ = ["tree_html", "tree_svg"]

SMALL, BAND, TITLE, ASIDE = 11, 62, 16, 60


@attrs.frozen(kw_only=True)
class _Ink:
    """The colours of one background; text on each of them has a contrast of 4.5 at least."""

    paper: str
    band: str
    card: str
    text: str
    line: str
    lit: str
    lit_card: str
    programme: str
    urgency: MappingProxyType[str, str]


_LIGHT = _Ink(
    paper="#ffffff", band="#f3f5f8", card="#ffffff", text="#17202b", line="#66717f", lit="#0b4fa8",
    lit_card="#e3eefc", programme="#1a7f4b",
    urgency=MappingProxyType(
        {"emergency": "#b3121d", "same_day": "#c2550a", "soon": "#a88400", "routine": "#3568a8"}
    ),
)  # fmt: skip
_DARK = _Ink(
    paper="#12161c", band="#1a2029", card="#222a35", text="#eef2f7", line="#95a1b1", lit="#8cc2ff",
    lit_card="#17395f", programme="#4cc387",
    urgency=MappingProxyType(
        {"emergency": "#ff6b72", "same_day": "#ff9a4d", "soon": "#e6c34a", "routine": "#7fb0ee"}
    ),
)  # fmt: skip


def tree_svg(tree: Tree, *, dark: bool = False) -> str:
    """Returns the tree as SVG with a title and a description, at a size at which it can be read."""
    return render(_picture(tree, _DARK if dark else _LIGHT))


def tree_html(tree: Tree) -> str:
    """Returns the picture as an image that holds itself, with the tree as text folded below it."""
    chart = chart_of(tree)
    picture = element(
        "img", alt=f"{chart.title}. {chart.about}", src=data_uri(tree_svg(tree)), style="max-width:none"
    )
    written = element("pre", tree.text(), style="white-space:pre-wrap")
    text = element("details", element("summary", "The tree as text"), written)
    # the summary stands inside what scrolls, so that a keyboard can scroll it
    return render(element("div", picture, text, style="overflow-x:auto"))


def _picture(tree: Tree, ink: _Ink) -> Element:
    chart = chart_of(tree)
    boxes = {card.id: box_of(card) for card in chart.cards}
    firsts = [next(card.id for card in chart.cards if card.storey == name) for name, _, _ in chart.bands]
    labels = {link.label: text_width(link.label, SMALL) for link in chart.links}
    layout = layout_of(
        {each: (box.width, box.height) for each, box in boxes.items()},
        chart.links,
        labels,
        dict.fromkeys(firsts, float(BAND)),
    )
    heads = (
        max(text_width(head, HEAD + 1, bold=True), text_width(note, SMALL)) for _, head, note in chart.bands
    )
    width = ceil(max(layout.width, max(heads) + ASIDE + MARGIN))
    title = wrapped(chart.title, TITLE, width - 2 * MARGIN, bold=True)
    top = 24 + len(title) * TITLE * LINE
    height = ceil(top + layout.height)
    # what is lit is drawn last, above what it crosses
    routes = sorted(layout.routes, key=lambda route: route.link.lit)
    return element(
        "svg",
        element("title", chart.title),
        element("desc", chart.about),
        element("rect", width=width, height=height, fill=ink.paper),
        *(
            _text(line, MARGIN, 12 + (n + 1) * TITLE * LINE, TITLE, ink, bold=True)
            for n, line in enumerate(title)
        ),
        element(
            "g",
            *_bands(chart, layout, width, ink),
            *(_arrow(route, ink) for route in routes),
            *(_box(box, layout.places[each], ink) for each, box in boxes.items()),
            transform=f"translate(0 {top:g})",
        ),
        xmlns="http://www.w3.org/2000/svg",
        role="img",
        width=width,
        height=height,
        viewBox=f"0 0 {width} {height}",
        font_family="DejaVu Sans, Verdana, Arial, sans-serif",
    )


def _text(text: str, x: float, y: float, size: int, ink: _Ink, *, bold: bool = False) -> Element:
    weight = {"font_weight": "bold"} if bold else {}
    return element("text", text, x=f"{x:g}", y=f"{y:g}", font_size=size, fill=ink.text, **weight)


def _bands(chart: Chart, layout: Layout, width: int, ink: _Ink) -> Iterator[Element]:
    """Each storey on a ground of its own, with its heading."""
    for name, title, note in chart.bands:
        places = [layout.places[card.id] for card in chart.cards if card.storey == name]
        top = min(place.y for place in places) - BAND
        bottom = max(place.y + place.height for place in places) + 12
        yield element(
            "rect", x=8, y=f"{top:g}", width=width - 16, height=f"{bottom - top:g}", rx=10,
            fill=ink.band,
        )  # fmt: skip
        # beside the arrow that comes from above
        yield _text(title, ASIDE, top + 24, HEAD + 1, ink, bold=True)
        yield _text(note, ASIDE, top + 43, SMALL, ink)


def _box(box: Box, place: Place, ink: _Ink) -> Element:
    card = box.card
    accent = ink.urgency.get(str(card.urgency), ink.programme if card.kind == "programme" else "")
    stroke, thick = (ink.lit, 3) if card.lit else (ink.line, 1)
    rounded = 14 if card.kind in ("question", "gates", "incomplete") else 3
    bar = (
        element("rect", x=4, y=6, width=4, height=f"{place.height - 12:g}", rx=2, fill=accent)
        if accent
        else None
    )
    return element(
        "g",
        element("title", card.id),
        element(
            "rect", width=f"{place.width:g}", height=f"{place.height:g}", rx=rounded,
            fill=ink.lit_card if card.lit else ink.card, stroke=stroke, stroke_width=thick,
        ),
        bar,
        *(_text(each.text, each.x, each.y, each.size, ink, bold=each.bold) for each in box.words),
        class_="card lit" if card.lit else "card",
        transform=f"translate({place.x:g} {place.y:g})",
    )  # fmt: skip


def _arrow(route: Route, ink: _Ink) -> Element:
    link = route.link
    colour, thick = (ink.lit, "3.5") if link.lit else (ink.line, "1.25")
    (x, y), (before_x, _) = route.points[-1], route.points[-2]
    tip = (
        f"{x - 9:g},{y - 5:g} {x - 9:g},{y + 5:g}"
        if before_x < x
        else f"{x - 5:g},{y - 9:g} {x + 5:g},{y - 9:g}"
    )
    # the line ends inside the head, so that the point is sharp
    end = (x - 6, y) if before_x < x else (x, y - 6)
    line = " L".join(f"{a:g} {b:g}" for a, b in (*route.points[:-1], end))
    return element(
        "g",
        element("title", f"{link.start} > {link.end}"),
        element("path", d=f"M{line}", fill="none", stroke=colour, stroke_width=thick),
        element("polygon", points=f"{x:g},{y:g} {tip}", fill=colour),
        _text(link.label, *route.label, SMALL, ink, bold=link.lit) if link.label else None,
        class_="link lit" if link.lit else "link",
    )
