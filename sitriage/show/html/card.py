"""A verdict as a card: how soon at a glance, what to do and why, and on what it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sitriage.model import Ruleset
from sitriage.show.document import Document, Line, Move, Section, document_of
from sitriage.show.grounds import grounds
from sitriage.show.html import styles
from sitriage.show.html.parts import boxed, folded, framed, line_list, move_part, section_part, table
from sitriage.show.html.pictures import Drawn, pictures_of, rules_of
from sitriage.show.html.signs import SIGNS, sign_picture
from sitriage.show.markup import Element, Node, element, render
from sitriage.verdict import Programme, Verdict
from sitriage.words import Urgency

__all__ = ["card", "document_card"]

NO_PICTURES = "No pictures: this was made with rules of your own. Give them to `card` as `rules`."

_BOXED = {"stop": Urgency.EMERGENCY, "safety_net": Urgency.SOON}
_FOLDED = frozenset({"avoid", "self_care", "causes"})
_FRAMED = frozenset({"warm_up", "also"})


def card(verdict: Verdict, *, rules: Ruleset | None = None, region: str = "international") -> str:
    """Returns a verdict as an HTML fragment that needs nothing beside it, with the contact lines of a region.

    Pictures and the titles of sources are those of `rules`, the shipped ones unless given. Raises ValueError
    for a region that the rules do not have, and for rules that are not those of the verdict.
    """
    document, own = document_of(verdict, region), rules_of(verdict, rules)
    drawn = pictures_of(verdict, own)
    return render(
        element(
            "div",
            _banner(verdict),
            element(
                "div",
                *_not_final(verdict),
                element("p", element("strong", document.lead, style=styles.STRONG), style=styles.LEAD),
                *(_part(part, drawn) for part in document.parts),
                _grounds(verdict, own),
                _end(verdict, document, own),
                style=styles.BODY,
            ),
            style=styles.CARD,
            lang="en",
        )
    )


def document_card(document: Document) -> str:
    """Returns any other document as such a card."""
    head = element("h2", document.headline, style=styles.HEADLINE)
    lead = element("p", document.lead, style=styles.PARAGRAPH)
    parts = (_part(part, {}) for part in document.parts)
    note = element("p", document.note, style=styles.NOTE) if document.note else None
    body = element("div", head, lead, *parts, note, style=f"{styles.BODY}; padding-top:14px")
    return render(element("div", body, style=styles.CARD, lang="en"))


def _banner(verdict: Verdict) -> Element:
    sign = SIGNS[verdict.urgency]
    word = f"{sign.word} (not final)" if verdict.provisional else sign.word
    words = element(
        "div",
        element("p", word, style=f"{styles.CHIP}; color:{sign.strong}"),
        element("h2", verdict.headline, style=styles.HEADLINE),
        style=styles.WORDS,
    )
    face = element("div", sign_picture(sign.shape, 56), style=styles.FACE)
    return element("div", face, words, style=styles.tinted(sign.strong, sign.pale, styles.BANNER))


def _not_final(verdict: Verdict) -> Iterator[Element]:
    low, high = verdict.urgency_range
    if low != high:
        words = f"{SIGNS[low].word} to {SIGNS[high].word}"
        said = f"Not all is known yet. With more answers this can still be: {words}."
        yield element("p", said, style=styles.OPEN)


def _part(part: Section | Move, drawn: Mapping[str, Drawn]) -> Element:
    if isinstance(part, Move):
        return move_part(part, drawn.get(part.of.exercise))
    if part.name in _BOXED:
        return boxed(part, _BOXED[part.name])
    if part.name in _FOLDED:
        return folded(part.title, line_list(part.lines))
    return framed(part) if part.name in _FRAMED else section_part(part)


def _grounds(verdict: Verdict, rules: Ruleset | None) -> Element:
    """Every reason with its rule, rows and sources, and the sources by name."""
    rows: list[tuple[Node, ...]] = []
    named: dict[str, None] = {}
    for part, entries in grounds(verdict):
        for head, reasons in entries:
            for each in reasons:
                about = head or part.removesuffix(":")
                rule = ", ".join((each.rule, *each.rows))
                rows.append((about, each.sentence, rule, ", ".join(each.sources)))
                named |= dict.fromkeys(each.sources)
    titles = rules.sources if rules else {}
    known = [f"{name}: {titles[name].title}" for name in named if name in titles]
    why = table(("What", "Why", "Rule and rows", "Sources"), rows)
    return folded("Rules and sources", why, *([line_list(map(Line, known))] if known else []))


def _end(verdict: Verdict, document: Document, rules: Ruleset | None) -> Element:
    pack = f"Rules {verdict.record.version} ({verdict.record.hash[:12]})."
    plain = NO_PICTURES if isinstance(verdict, Programme) and rules is None else ""
    return element("p", " ".join(filter(None, (document.note, plain, pack))), style=styles.NOTE)
