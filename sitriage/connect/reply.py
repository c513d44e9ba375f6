"""A reply as words with their places, and phrases found among them in one pass: linear in the text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

import attrs

__all__ = ["Phrases", "Word", "words_of"]

_CLAUSE_ENDS = frozenset(".,;:!?")
_JOINS = frozenset("'’`")


@attrs.frozen
class Word:
    """A word as it is compared, where it stands in the text, in which clause and on which line."""

    text: str
    start: int
    end: int
    clause: int
    line: int


def words_of(text: str) -> tuple[Word, ...]:
    """Returns the words without case, accents and whatever shows nothing.

    >>> [word.text for word in words_of("Don't do **BRI\\u200bDGES**, ever")]
    ['dont', 'do', 'bridges', 'ever']
    """
    found: list[Word] = []
    letters, start, end, clause, line = "", 0, 0, 0, 0
    for place, raw in enumerate(f"{text}\n"):
        plain = (raw.lower() if raw.isalnum() else "") if raw.isascii() else _plain(raw)
        if raw in _JOINS or plain is None:
            continue
        if plain:
            start, end, letters = start if letters else place, place + 1, letters + plain
            continue
        if letters:
            found.append(Word(letters, start, end, clause, line))
            letters = ""
        clause += raw in _CLAUSE_ENDS
        line += raw == "\n"
    return tuple(found)


def _plain(raw: str) -> str | None:
    """The letters and digits that a character stands for; None for one that shows nothing by itself."""
    if unicodedata.category(raw) in ("Cf", "Mn", "Me", "Co", "Cn"):
        return None
    return "".join(each for each in unicodedata.normalize("NFKD", raw) if each.isalnum()).casefold()


class Phrases:
    """Phrases as a tree of words; of those that begin at one word, the longest is found."""

    def __init__(self) -> None:
        self._root: dict[str, Any] = {}

    def add_all(self, phrases: Iterable[str], means: str) -> None:
        """Takes in phrases; a later one takes the place of an earlier one of the same words."""
        for phrase in phrases:
            node = self._root
            for word in words_of(phrase):
                node = node.setdefault(word.text, {})
            # no word is empty
            node[""] = means

    def at(self, words: Sequence[Word], place: int) -> tuple[int, str] | None:
        """Returns where the longest phrase that begins here ends, and what it means; None without one."""
        node, found = self._root, None
        for at in range(place, len(words)):
            if words[at].text not in node:
                break
            node = node[words[at].text]
            found = (at + 1, node[""]) if "" in node else found
        return found

    def all(self, words: Sequence[Word], skip: Iterable[int] = ()) -> list[tuple[int, int, str]]:
        """Returns first word, end and meaning of every phrase, none over another or over what to skip."""
        covered, found, place = frozenset(skip), [], 0
        while place < len(words):
            hit = self.at(words, place)
            if hit and covered.isdisjoint(range(place, hit[0])):
                found.append((place, *hit))
                place = hit[0]
            else:
                place += 1
        return found
