"""A verdict as a document: titles and lines, put together once and written as text, HTML or Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

import attrs

from sitriage.show.dose import SIDES, dose_text
from sitriage.verdict import Contact, Prescription, Programme, Reason, Referral, Verdict
from sitriage.words import Urgency

__all__ = ["Document", "Line", "Move", "Section", "document_of", "move_of"]

CAUSES = 3
_COULD_BE = MappingProxyType(
    {
        Urgency.SOON: "something to be seen within days",
        Urgency.SAME_DAY: "something to be seen today",
        Urgency.EMERGENCY: "an emergency",
    }
)


@attrs.frozen
class Line:
    """One line of a list, and the lines that stand below it."""

    text: str
    below: tuple[str, ...] = ()


@attrs.frozen
class Section:
    """Lines under a title. `name` says what they are, such as `stop`, for whoever lays them out."""

    name: str
    title: str
    lines: tuple[Line, ...]


@attrs.frozen
class Move:
    """An exercise in words; `target` is empty where there is nothing to work up to."""

    number: int
    label: str
    side: str
    start: str
    target: str
    steps: tuple[str, ...]
    why: tuple[str, ...]
    of: Prescription


@attrs.frozen
class Document:
    """The headline, what stands right below it, the parts in the order of reading, and the note."""

    headline: str
    lead: str
    parts: tuple[Section | Move, ...]
    note: str


def document_of(verdict: Verdict, region: str = "international") -> Document:
    """Returns the whole verdict as a document, with the contact lines of a region.

    Raises ValueError for a region that the rules do not have.
    """
    swaps = _swaps(verdict, region)
    if isinstance(verdict, Programme):
        lead, body = _about(verdict), _programme(verdict)
    else:
        lead = _swapped(f"Who: {verdict.who}. {verdict.how}", swaps) + _not_final(verdict)
        body = _referral(verdict, swaps)
    parts = [part for part in (*body, *_end(verdict, swaps)) if isinstance(part, Move) or part.lines]
    return Document(verdict.headline, lead, tuple(parts), verdict.note)


def move_of(each: Prescription, number: int = 1, told: frozenset[str] = frozenset()) -> Move:
    """Returns one exercise in words; reasons that were `told` at an earlier one are not said again."""
    target = dose_text(each.target, each.side) if each.target != each.dose else ""
    why = tuple(reason.sentence for reason in each.reasons[1:] if reason.sentence not in told)
    start = dose_text(each.dose, each.side)
    return Move(number, each.label, SIDES[each.side], start, target, each.steps, why, each)


def _referral(verdict: Referral, swaps: Mapping[str, str]) -> Iterator[Section]:
    # who must go now reads of no questions to answer first
    now = verdict.urgency is Urgency.EMERGENCY
    why = (reason.sentence for reason in verdict.reasons if not (now and reason.rule == "screen:incomplete"))
    yield _section("why", "Why", dict.fromkeys(why))
    yield _section("tell_them", "Tell them", verdict.tell_them)
    yield _section("meanwhile", "Until then", (_swapped(line, swaps) for line in verdict.meanwhile))
    if verdict.provisional and not now:
        more = len(verdict.open_questions) - len(verdict.still_to_ask)
        rest = [f"and {more} more"] if more else []
        yield _section("still_to_ask", "Still to ask", (*verdict.still_to_ask, *rest))


def _not_final(verdict: Referral) -> str:
    """What more answers could still make of a verdict, at the worst."""
    worst = verdict.urgency_range[1]
    if not verdict.provisional or worst <= verdict.urgency:
        return ""
    return f" This is not final: your other answers could still make it {_COULD_BE[worst]}."


def _about(verdict: Programme) -> str:
    after = " after you have warmed up" if verdict.warm_up else ""
    things = ", ".join(each.replace("_", " ") for each in verdict.equipment)
    return f"About {verdict.minutes} minutes{after}." + (f" You need: {things}." if things else "")


def _programme(verdict: Programme) -> Iterator[Section | Move]:
    for adjunct in verdict.warm_up:
        yield _section("warm_up", f"First: {adjunct.label.lower()}", adjunct.steps)
    told: frozenset[str] = frozenset()
    for number, each in enumerate(verdict.prescriptions, 1):
        yield move_of(each, number, told)
        told |= {reason.sentence for reason in each.reasons[1:]}
    for adjunct in verdict.also:
        yield _section("also", f"Also good: {adjunct.label.lower()}", adjunct.steps)
    left_out = (_withheld(each.label, each.reasons) for each in verdict.withheld)
    yield _section("withheld", "Left out for you", left_out)
    yield _section("stop", "Stop", verdict.stop_rules)
    yield _section("avoid", "Ease off for now", verdict.avoid)
    yield _section("self_care", "What also helps", verdict.self_care)
    yield _section("review", "When to look again", verdict.review)


def _withheld(label: str, reasons: tuple[Reason, ...]) -> str:
    return f"{label}. {' '.join(reason.sentence for reason in reasons)}".strip()


def _end(verdict: Verdict, swaps: Mapping[str, str]) -> Iterator[Section]:
    fits = (f"{each.label}. {each.sentence} {each.does}" for each in verdict.causes[:CAUSES])
    yield _section("causes", "Patterns that fit (this is not a diagnosis)", fits)
    net = (_swapped(line, swaps) for line in verdict.safety_net)
    yield _section("safety_net", "Keep in mind", net)


def _section(name: str, title: str, rows: Iterable[str]) -> Section:
    lines = (row.split("\n- ") for row in rows)
    return Section(name, title, tuple(Line(first, tuple(below)) for first, *below in lines))


def _swaps(verdict: Verdict, region: str) -> Mapping[str, str]:
    """The international contact lines, each with the line of the region that takes its place."""
    lines = {contact.region: contact for contact in verdict.contacts}
    if region not in lines:
        raise ValueError(f"no contact lines for this region; there are {', '.join(lines)}")
    names = [field.name for field in attrs.fields(Contact) if field.name != "region"]
    return {getattr(lines["international"], name): getattr(lines[region], name) for name in names}


def _swapped(text: str, swaps: Mapping[str, str]) -> str:
    for line, other in swaps.items():
        text = text.replace(line, other)
    return text
