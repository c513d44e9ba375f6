"""The inline styles of the cards: each property and value is one that JupyterLab lets stand.

Text and background are given together, and the colour again wherever the style sheet of a notebook may give
another: a dark theme would write light headings on a light card.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

INK = "#1b2530"
SOFT = "#4a5866"
LINE = "#cfd6de"

CARD: Final = (
    f"max-width:720px; margin:8px 0; padding:0; border:1px solid {LINE}; border-radius:10px;"
    f" background-color:#ffffff; color:{INK}; font-family:system-ui, 'Segoe UI', Roboto, Arial, sans-serif;"
    " font-size:16px; line-height:1.5; text-align:left; overflow:hidden"
)
ROW: Final = "display:flex; flex-wrap:wrap; align-items:flex-start"
BANNER: Final = f"{ROW}; padding:12px 14px 14px 10px"
BODY: Final = "padding:4px 14px 14px 14px"
WORDS: Final = "flex:1 1 180px; min-width:0"
FACE: Final = "flex:0 0 auto; padding:2px 14px 0 0"
CHIP: Final = "margin:0; font-size:14px; font-weight:700; letter-spacing:0.5px; text-transform:uppercase"
HEADLINE: Final = (
    f"margin:2px 0 0 0; padding:0; font-size:22px; font-weight:700; line-height:1.3; color:{INK}"
)
LEAD: Final = "margin:16px 0 0 0; font-size:17px"
_TITLE = f"padding:0; font-size:17px; font-weight:700; line-height:1.35; color:{INK}"
TITLE: Final = f"{_TITLE}; margin:20px 0 4px 0"
TITLE_IN: Final = f"{_TITLE}; margin:8px 0 4px 0"
PARAGRAPH: Final = "margin:4px 0"
_LIST = "margin:4px 0; padding:0 0 0 20px"
# marimo takes the marks of lists away
LIST: Final = MappingProxyType(
    {"ul": f"{_LIST}; list-style-type:disc", "ol": f"{_LIST}; list-style-type:decimal"}
)
PART: Final = f"margin:16px 0 0 0; padding:4px 10px 10px 10px; border:1px solid {LINE}; border-radius:8px"
DOSE: Final = (
    f"margin:6px 0; padding:6px 12px; border-left:4px solid #1f4fa3; background-color:#eef3fb; color:{INK}"
)
FIGURE: Final = "margin:8px 0"
IMAGE: Final = "max-width:100%; height:auto; background-color:#ffffff"
FOLD: Final = f"margin:12px 0 0 0; padding:6px 0 0 0; border-top:1px solid {LINE}"
SUMMARY: Final = f"font-size:17px; font-weight:700; color:{INK}; cursor:pointer"
STRONG: Final = f"font-weight:700; color:{INK}"
OPEN: Final = f"margin:14px 0 0 0; padding:6px 12px; border:2px dashed {SOFT}; border-radius:8px"
SMALL: Final = f"margin:2px 0; color:{SOFT}; font-size:14px"
NOTE: Final = f"{SMALL}; margin:16px 0 0 0; padding:10px 0 0 0; border-top:1px solid {LINE}"
TABLE: Final = "width:100%; margin:8px 0; border-collapse:collapse; font-size:15px; text-align:left"
_CELL = f"padding:6px 10px 6px 0; border-bottom:1px solid {LINE}; text-align:left; vertical-align:top"
CELL: Final = f"{_CELL}; background-color:#ffffff; color:{INK}"
HEAD_CELL: Final = f"{CELL}; font-weight:700"
BOX: Final = "margin:16px 0 0 0; padding:8px 12px 10px 10px; border-radius:8px"


def tinted(strong: str, pale: str, style: str) -> str:
    """Returns a style with the colours of a sign: a pale ground, dark words, a strong bar at the left."""
    return f"{style}; border-left:8px solid {strong}; background-color:{pale}; color:{INK}"
