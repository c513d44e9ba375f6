"""How wide a text is, and where it turns over, where no font can be asked."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from unicodedata import east_asian_width

__all__ = ["LINE", "text_width", "wrapped"]

LINE = 1.35
"""From one line to the next, in sizes of the font."""

# in thousandths of the size, after DejaVu Sans: one of the widest fonts that `sans-serif` may stand for
_WIDTHS = MappingProxyType(
    {letter: width for letters, width in (
        ("ijl'", 300), (" .,:;!/()[]-\\ftr|", 412), ("ABCDEGHKNOPQRUVXYZ&", 790), ("~<>=+#^", 840),
        ("mwMW%@", 1000),
    ) for letter in letters}
)  # fmt: skip
_OTHER, _FULL, _BOLD = 640, 1000, 1.15


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Returns how wide a text is at most, in pixels at this font size; estimated, rather too wide."""
    thousandths = sum(map(_letter, text))
    return thousandths * size / 1000 * (_BOLD if bold else 1)


def _letter(letter: str) -> int:
    known = _WIDTHS.get(letter)
    if known is not None:
        return known
    return _FULL if east_asian_width(letter) in "WF" or ord(letter) > 0x2000 else _OTHER


def wrapped(text: str, size: float, width: float, *, bold: bool = False) -> tuple[str, ...]:
    """Returns the lines of a text that fit a width; a word that does not is cut.

    >>> wrapped("a replaced hip", 10, 60)
    ('a replaced', 'hip')
    """
    lines: list[str] = []
    line = ""
    for word in _pieces(text, size, width, bold):
        longer = f"{line} {word}" if line else word
        if text_width(longer, size, bold=bold) <= width:
            line = longer
        else:
            lines += [line] if line else []
            line = word
    return (*lines, line)


def _pieces(text: str, size: float, width: float, bold: bool) -> Iterator[str]:
    for word in text.split():
        piece = ""
        for letter in word:
            if piece and text_width(piece + letter, size, bold=bold) > width:
                yield piece
                piece = ""
            piece += letter
        yield piece
