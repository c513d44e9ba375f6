"""A whole page to print or hand out: cards under a title, with nothing from elsewhere."""

from __future__ import annotations

from typing import Final

from sitriage.show.markup import element, render

__all__ = ["page"]

# the only style sheet there is, and a constant: nothing of a rule or a person stands in it
_STYLE: Final = """
:root { color-scheme: light; }
body { margin: 0; padding: 16px; background: #eef1f4; color: #1b2530; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 722px; margin: 0 auto; }
h1 { margin: 8px 0 12px; font-size: 24px; }
summary:focus-visible { outline: 3px solid #1f4fa3; outline-offset: 2px; }
@page { margin: 12mm; }
@media print {
  * { print-color-adjust: exact; }
  body { padding: 0; background: #ffffff; font-size: 11pt; }
  details::details-content { content-visibility: visible; height: auto; }
  li, tr, img, h3 { break-inside: avoid; }
  h1, h2, h3 { break-after: avoid; }
}
"""
_HEAD: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
"""


def page(title: str, *body: str) -> str:
    """Returns a complete HTML document that shows fragments, such as cards, below a title.

    The fragments stand as they are: give only what `card` and its like returned.
    """
    head = f"{_HEAD}{render(element('title', title))}\n<style>{_STYLE}</style>\n</head>"
    inside = "\n".join((render(element("h1", title)), *body))
    return f"{head}\n<body>\n<main>\n{inside}\n</main>\n</body>\n</html>\n"
