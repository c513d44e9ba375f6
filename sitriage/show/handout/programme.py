"""A programme to take along: first when to stop and what to tick, then each exercise step by step."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from sitriage.model import Ruleset
from sitriage.show.document import Document, Line, Move, Section
from sitriage.show.figures import Picture, picture
from sitriage.show.handout.blocks import Block, Drawn, Handout, Pairs, Row, Week
from sitriage.show.handout.week import DAYS, times_on
from sitriage.show.handout.words import title_of
from sitriage.show.html.pictures import sore_of
from sitriage.verdict import Programme

__all__ = ["programme_handout"]

REST = "rest"
TICK = "Tick a box each time you have done it."
WRITE = "Worst pain today, 0 to 10"


def programme_handout(verdict: Programme, document: Document, rules: Ruleset) -> Handout:
    """Returns the handout of a programme, which flows over its pages: what must not be missed comes first."""
    moves = tuple(part for part in document.parts if isinstance(part, Move))
    again = tuple(_named(document, review=""))
    page: tuple[Block, ...] = (
        *_named(document, safety_net="When to get help", stop="When to stop", warm_up=""),
        _week(document, moves),
        # the last place beside an exercise is for when to look again
        Pairs((*_drawn(moves, verdict, rules), *(again if len(moves) % 2 else ()))),
        *_named(document, also="", withheld=""),
        *_conflicts(verdict),
        *(() if len(moves) % 2 else again),
        *_eased(verdict, rules),
        *_cared(verdict, rules),
    )
    return Handout("Your exercises", document.headline, (page,), document.note)


def _named(document: Document, **titles: str) -> Iterator[Section]:
    """The parts of these names, some with a title of their own."""
    for name, title in titles.items():
        for part in document.parts:
            if isinstance(part, Section) and part.name == name:
                yield attrs.evolve(part, title=title or part.title)


def _week(document: Document, moves: tuple[Move, ...]) -> Week:
    rows = tuple(
        Row(title_of(move), tuple(times_on(day, move.of.dose) for day in range(DAYS))) for move in moves
    )
    head = ("Exercise", *(f"Day {day}" for day in range(1, DAYS + 1)))
    return Week("Your week", f"{document.lead} {TICK}", head, rows, REST, WRITE)


def _drawn(moves: tuple[Move, ...], verdict: Programme, rules: Ruleset) -> Iterator[Drawn]:
    """Each exercise with its picture; one that is done as another before it refers to that."""
    sore = sore_of(verdict, rules)
    before: dict[tuple[str, ...], int] = {}
    for move in moves:
        if move.steps in before:
            yield Drawn(move, before[move.steps])
            continue
        before[move.steps] = move.number
        drawn = picture(rules, move.of.exercise, move.of.rung, move.of.side, sore=sore)
        yield Drawn(move, 0, drawn.svg, drawn.alt, _width(drawn)) if drawn else Drawn(move)


def _width(drawn: Picture) -> int:
    """In percent of a column, so that no picture is higher than three tenths of that."""
    return min(100, round(30 * drawn.width / drawn.height))


def _conflicts(verdict: Programme) -> tuple[Section, ...]:
    lines = tuple(Line(each.sentence) for each in verdict.conflicts)
    return (Section("conflicts", "Please answer these again", lines),) if lines else ()


def _eased(verdict: Programme, rules: Ruleset) -> tuple[Section, ...]:
    """What to ease off, without the reasons: they stand in the whole text of the verdict."""
    labels = [each.label for each in rules.activities if f"{each.label}. {each.because}" in verdict.avoid]
    return (Section("avoid", "Ease off for now", (Line("; ".join(labels)),)),) if labels else ()


def _cared(verdict: Programme, rules: Ruleset) -> tuple[Section, ...]:
    """What is not said to everybody, such as to use no heat; the rest stands in the whole text."""
    general = {each.says for each in rules.advice if each.when is None and not each.programmes}
    general.update(rules.texts.self_care)
    lines = tuple(Line(each) for each in verdict.self_care if each not in general)
    return (Section("self_care", "Also for you", lines),) if lines else ()
