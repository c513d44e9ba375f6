"""The one renderer of HTML and SVG: a tree of elements in, escaped text out.

No other file writes a `<`. Text of rules and people stands between tags or in `alt`, in no other attribute.
Tags and attributes are of a list, so no script, no link and no style sheet can be written (T1).
"""

from __future__ import annotations

from base64 import b64encode
from html import escape

import attrs

from sitriage.caps import UNFIT

__all__ = ["Element", "Node", "data_uri", "element", "readable", "render"]


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


TAGS = _words(
    "article aside b br caption code col colgroup dd details div dl dt em figcaption figure footer",
    "h1 h2 h3 h4 header hr img li main ol p pre section small span strong summary",
    "table tbody td tfoot th thead tr ul",
    "animate animateTransform circle defs desc ellipse g line marker path polygon polyline rect",
    "svg text title tspan",
)
VOID = _words("br col hr img")
ATTRIBUTES = _words(
    "alt aria-hidden aria-label aria-labelledby class colspan dir height id lang open role rowspan scope src",
    "start style width",
    "attributeName begin calcMode cx cy d dur dx dy fill font-family font-size font-weight from keySplines",
    "keyTimes marker-end markerHeight markerUnits markerWidth opacity orient points preserveAspectRatio r",
    "refX refY repeatCount rx ry stroke stroke-dasharray stroke-linecap stroke-linejoin stroke-opacity",
    "stroke-width text-anchor to transform type values viewBox x x1 x2 xmlns y y1 y2",
)
# what turns the direction of writing is shown as a mark, and a mark stays one (T2)
_TURNS = frozenset("\ufffd\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@attrs.frozen
class Element:
    """A tag with attributes and what stands inside it."""

    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    inside: tuple[Node, ...] = ()


Node = Element | str
"""An element, or text that will be escaped."""


def element(tag: str, *inside: Node | None, **attributes: str | int) -> Element:
    """Returns an element; what is None is left out.

    `stroke_width` is written stroke-width, `class_` class and `from_` from. Raises ValueError for a tag or an
    attribute that is not of the list, or for a picture from elsewhere.

    >>> render(element("p", "a < b", element("b", "!"), lang="en"))
    '<p lang="en">a &lt; b<b>!</b></p>'
    """
    named = {name.rstrip("_").replace("_", "-"): str(value) for name, value in attributes.items()}
    if tag not in TAGS or not named.keys() <= ATTRIBUTES:
        raise ValueError(
            f"`{tag}` with {', '.join(named) or 'nothing'} is not of the list of what may be shown"
        )
    if not named.get("src", "data:image/").startswith("data:image/"):
        raise ValueError("a picture must stand inside the text that shows it")
    return Element(tag, tuple(named.items()), tuple(each for each in inside if each is not None))


def render(node: Node) -> str:
    """Returns an element with all that is inside it, or a text, as HTML or SVG."""
    if isinstance(node, str):
        return _escaped(node, quote=False)
    attributes = "".join(f' {name}="{_escaped(value, quote=True)}"' for name, value in node.attributes)
    if node.tag in VOID:
        return f"<{node.tag}{attributes}>"
    return f"<{node.tag}{attributes}>{''.join(map(render, node.inside))}</{node.tag}>"


def _escaped(text: str, quote: bool) -> str:
    return escape(readable(text), quote)


def readable(text: str) -> str:
    """Returns a text as it may be shown (T2): without what nobody can see, with a mark for what turns it.

    >>> readable("not\\u200b \\u202eurgent")
    'not \ufffdurgent'
    """
    return UNFIT.sub(lambda found: "\ufffd" if found[0] in _TURNS else "", text)


def data_uri(svg: str) -> str:
    """Returns a picture as an address that holds the picture itself."""
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
