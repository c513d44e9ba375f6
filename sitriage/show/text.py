"""A verdict as plain text: complete, with its safety lines, for a terminal or a log-free host."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from textwrap import fill
from types import MappingProxyType

import attrs

from sitriage.verdict import Contact, Dose, Prescription, Programme, Reason, Referral, Verdict
from sitriage.words import Side

__all__ = ["dose_text", "verdict_text", "why_text"]

WIDTH = 88
CAUSES = 3

_SIDES = MappingProxyType(
    {
        Side.LEFT: "left leg",
        Side.RIGHT: "right leg",
        Side.EACH: "each side in turn",
        Side.SYMMETRIC: "both sides together",
    }
)


def verdict_text(verdict: Verdict, region: str = "international") -> str:
    """Returns the whole verdict as text, with the contact lines of a region.

    Raises ValueError for a region that the rules do not have.
    """
    swaps = _swaps(verdict, region)
    body = _programme(verdict) if isinstance(verdict, Programme) else _referral(verdict, swaps)
    return "\n".join([verdict.headline, *body, *_end(verdict, swaps)]) + "\n"


def why_text(verdict: Verdict, names: Mapping[str, str] = MappingProxyType({})) -> str:
    """Returns the path, every reason with its answers, rows and sources, and what is still open.

    `names` says in words what the codes of the path mean.
    """
    lines = [f"Verdict: {verdict.urgency}", f"Path: {' > '.join(verdict.path)}"]
    lines += _items((f"{code}: {names[code]}" for code in verdict.path if code in names), "  ")
    said = dict(verdict.record.answers)
    for title, entries in _why(verdict):
        lines += ["", title]
        for head, reasons in entries:
            lines += _items([head] if head else [])
            lines += (line for reason in reasons for line in _reason(reason, said, "  " if head else ""))
    low, high = verdict.urgency_range
    if low != high:
        lines += ["", f"With more answers it could still be anything from {low} to {high}."]
    if verdict.open_questions:
        lines += ["", f"Open questions ({len(verdict.open_questions)}):"]
        lines += _paragraph(", ".join(verdict.open_questions), "  ")
    return "\n".join([*lines, "", verdict.note]) + "\n"


_Entry = tuple[str, Iterable[Reason]]


def _why(verdict: Verdict) -> Iterator[tuple[str, list[_Entry]]]:
    """The parts of a verdict that have reasons: a title, then each thing with its own."""
    yield "Reasons:", [("", verdict.reasons)]
    if isinstance(verdict, Programme):
        gentle: list[_Entry] = [(each.label, each.reasons) for each in (*verdict.warm_up, *verdict.also)]
        given: list[_Entry] = [(_prescribed(each), each.reasons) for each in verdict.prescriptions]
        left: list[_Entry] = [(each.label, each.reasons) for each in verdict.withheld]
        parts = (("Exercises:", given), ("Left out:", left), ("Beside them:", gentle))
        yield from ((title, entries) for title, entries in parts if entries)
    fits: list[_Entry] = [
        ("", [Reason(each.cause, each.sentence, each.supporting, each.rows, each.sources)])
        for each in verdict.causes
    ]
    if fits:
        yield "Patterns that fit:", fits


def _prescribed(each: Prescription) -> str:
    return f"{each.label}: {each.rung}, {_SIDES[each.side]}, {dose_text(each.dose, each.side)}"


def _reason(reason: Reason, said: Mapping[str, object], indent: str) -> Iterator[str]:
    yield from _items([f"{reason.rule}: {reason.sentence}"], indent)
    answers = [f"{name} = {_said(said[name])}" for name in reason.findings if name in said]
    others = [name for name in reason.findings if name not in said]
    parts = (("answers", answers), ("not asked", others), ("rows", reason.rows), ("sources", reason.sources))
    for title, words in parts:
        if words:
            yield from _paragraph(f"{title}: {', '.join(words)}", f"{indent}    ")


def _said(answer: object) -> str:
    return {True: "yes", False: "no"}[answer] if isinstance(answer, bool) else str(answer)


def dose_text(dose: Dose, side: Side) -> str:
    """Returns a dose in words.

    >>> dose_text(Dose(reps=8, sets=1, per_day=1, hold_s=2), Side.SYMMETRIC)
    '8 times, hold 2 seconds, once a day'
    """
    parts = [f"{dose.reps} times" + (" on each side" if side is Side.EACH else "")]
    if dose.hold_s:
        parts.append(f"hold {dose.hold_s} second{'s' if dose.hold_s > 1 else ''}")
    if dose.rest_s:
        parts.append(f"rest {dose.rest_s} seconds between")
    if dose.effort_percent:
        parts.append(f"push with no more than {dose.effort_percent} % of your strength")
    if dose.sets > 1:
        parts.append(f"{dose.sets} rounds")
    parts.append(_how_often(dose))
    return ", ".join(parts)


def _how_often(dose: Dose) -> str:
    daily = "once a day" if dose.per_day == 1 else f"{dose.per_day} times a day"
    if dose.days_per_week == 7:
        return daily
    if dose.days_per_week == 6:
        return f"{daily}, with a day off each week"
    if dose.days_per_week in (3, 4) and dose.per_day == 1:
        return "every other day"
    return f"{daily}, on {dose.days_per_week} days a week"


def _referral(verdict: Referral, swaps: Mapping[str, str]) -> Iterator[str]:
    yield from ["", *_paragraph(_swapped(f"Who: {verdict.who}. {verdict.how}", swaps))]
    yield from _section("Why", (reason.sentence for reason in _distinct(verdict.reasons)))
    yield from _section("Tell them", verdict.tell_them)
    yield from _section("Until then", (_swapped(line, swaps) for line in verdict.meanwhile))
    if verdict.provisional:
        more = len(verdict.open_questions) - len(verdict.still_to_ask)
        rest = [f"and {more} more"] if more else []
        yield from _section("Still to ask", (*verdict.still_to_ask, *rest))


def _programme(verdict: Programme) -> Iterator[str]:
    need = (
        f" You need: {', '.join(each.replace('_', ' ') for each in verdict.equipment)}."
        if verdict.equipment
        else ""
    )
    after = " after you have warmed up" if verdict.warm_up else ""
    yield from ["", *_paragraph(f"About {verdict.minutes} minutes{after}.{need}")]
    for adjunct in verdict.warm_up:
        yield from _section(f"First: {adjunct.label.lower()}", adjunct.steps)
    told: set[str] = set()
    for number, each in enumerate(verdict.prescriptions, 1):
        yield from ["", *_exercise(number, each, told)]
    for adjunct in verdict.also:
        yield from _section(f"Also good: {adjunct.label.lower()}", adjunct.steps)
    yield from _section(
        "Left out for you", (_withheld(each.label, each.reasons) for each in verdict.withheld)
    )
    yield from _section("Stop", verdict.stop_rules)
    yield from _section("Ease off for now", verdict.avoid)
    yield from _section("What also helps", verdict.self_care)
    yield from _section("When to look again", verdict.review)


def _exercise(number: int, each: Prescription, told: set[str]) -> Iterator[str]:
    yield f"{number}. {each.label} ({_SIDES[each.side]})"
    yield from _paragraph(f"Start with: {dose_text(each.dose, each.side)}.", "   ")
    if each.target != each.dose:
        yield from _paragraph(f"Work up to: {dose_text(each.target, each.side)}.", "   ")
    for step in each.steps:
        yield from _items([step], "   ")
    why = [reason.sentence for reason in each.reasons[1:]]
    for sentence in why:
        if sentence not in told:
            yield from _paragraph(f"Why this form: {sentence}", "   ")
    told.update(why)


def _withheld(label: str, reasons: tuple[Reason, ...]) -> str:
    return f"{label}. {' '.join(reason.sentence for reason in reasons)}".strip()


def _end(verdict: Verdict, swaps: Mapping[str, str]) -> Iterator[str]:
    if verdict.causes:
        fits = (f"{each.label}. {each.sentence} {each.does}" for each in verdict.causes[:CAUSES])
        yield from _section("Patterns that fit (this is not a diagnosis)", fits)
    yield from _section("Keep in mind", (_swapped(line, swaps) for line in verdict.safety_net))
    yield from ["", *_paragraph(verdict.note)]


def _distinct(reasons: Iterable[Reason]) -> Iterator[Reason]:
    seen: set[str] = set()
    for reason in reasons:
        if reason.sentence not in seen:
            seen.add(reason.sentence)
            yield reason


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    rows = list(lines)
    if rows:
        yield from ["", title]
        yield from _items(rows)


def _items(rows: Iterable[str], indent: str = "") -> Iterator[str]:
    for row in rows:
        first, *inner = row.split("\n- ")
        yield fill(first, WIDTH, initial_indent=f"{indent}- ", subsequent_indent=f"{indent}  ")
        yield from _items(inner, f"{indent}  ")


def _paragraph(text: str, indent: str = "") -> Iterator[str]:
    yield fill(text, WIDTH, initial_indent=indent, subsequent_indent=indent)


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
