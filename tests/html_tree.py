"""What a browser would make of HTML, read by the parser of the standard library: its tags, and its words."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

VOID = frozenset({"br", "col", "hr", "img", "meta"})
SAFE_ATTRIBUTES = frozenset({"alt", "height", "lang", "scope", "src", "style", "width"})
SAFE_TAGS = frozenset({
    "details", "div", "h2", "h3", "img", "li", "ol", "p", "strong", "summary", "table", "tbody", "td", "th",
    "thead", "tr", "ul",
})  # fmt: skip


class Tree(HTMLParser):
    """The tags with their attributes in order, the texts between them, and what is unsafe."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, ...]] = []
        self.texts: list[str] = []
        self.unsafe: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        self.unsafe += [f"<{tag}> is not closed" for tag in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # the value counts too, but for the words of a picture
        self.tags.append((tag, *(name if name == "alt" else f"{name}={value}" for name, value in attrs)))
        self.unsafe += [f"<{tag}>"] * (tag not in SAFE_TAGS)
        self.unsafe += [name for name, _ in attrs if name not in SAFE_ATTRIBUTES]
        values = dict(attrs)
        self.unsafe += ["src"] * (
            not (values.get("src") or "data:image/svg+xml;base64,").startswith("data:image/svg+xml;base64,")
        )
        self.unsafe += ["style"] * any(
            word in (values.get("style") or "") for word in ("url", "@", "<", "expression")
        )
        self.texts += [value for name, value in attrs if name == "alt" and value]
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # HTML knows no `<x/>`: for a browser it only opens
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(("/", tag))
        if not self._open or self._open.pop() != tag:
            self.unsafe.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        self.unsafe.append("a comment")

    def handle_decl(self, decl: str) -> None:
        self.unsafe.append("a declaration")

    def handle_pi(self, data: str) -> None:
        self.unsafe.append("an instruction")

    @property
    def words(self) -> str:
        """Every text in one line, as it is read aloud."""
        return " ".join(" ".join(self.texts).split())


def lines_of(document: object) -> Iterator[str]:
    """Every text of a document of `sitriage.show.document`, whatever it is made of."""
    if isinstance(document, str):
        yield document
    elif isinstance(document, tuple):
        for each in document:
            yield from lines_of(each)
    elif hasattr(document, "__attrs_attrs__"):
        for field in document.__attrs_attrs__:
            if field.name not in ("of", "name"):
                yield from lines_of(getattr(document, field.name))
