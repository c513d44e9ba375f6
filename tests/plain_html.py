"""What a page says to a reader: its text, its tags and where they point, read by the standard parser."""

from __future__ import annotations

from html.parser import HTMLParser


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[str] = []
        self.pairs: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.pairs += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def read(page: str) -> _Reader:
    """Returns the page as it was parsed."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader


def flat(text: str) -> str:
    """The text in one line, so that a sentence may be looked for."""
    return " ".join(text.split())


def words_of(page: str) -> str:
    """What stands between the tags, in one line."""
    return flat(" ".join(read(page).words))
