"""A page for each exercise: its forms with pictures, its doses, and what limits it."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from sitriage.model import Exercise, Ruleset
from sitriage.prove.cases import Cases
from sitriage.prove.wording import Wording
from sitriage.show.dose import dose_text
from sitriage.show.figures import picture
from sitriage.show.markup import Element, data_uri, element
from sitriage.show.review.parts import condition, facts, listed, paragraph, sheet, signed, table, titled
from sitriage.show.review.words import cell_words, form_words, plain, side_words, steps_words
from sitriage.words import Side

__all__ = ["DRAWN", "exercise_page"]

DRAWN = MappingProxyType(
    {"sore": Side.LEFT, "other": Side.RIGHT, "each": Side.EACH, "symmetric": Side.SYMMETRIC}
)
"""The side that an exercise is shown for: as for somebody whose left side is sore."""

_FORMS = MappingProxyType({"Form": 18, "How": 57, "Worked case": 25})
_LIMITS = MappingProxyType({"Limit": 28, "When": 40, "What it does": 32})
_PICTURE = "display:block;width:100%;max-width:90mm;height:auto"


def exercise_page(number: str, exercise: Exercise, rules: Ruleset, wording: Wording, cases: Cases) -> Element:
    """Returns the page of an exercise; the pictures show it for a sore left side."""
    stops = {each.id: each.says for each in rules.stop_rules}
    return sheet(
        element("h2", f"{number} {exercise.label}"),
        paragraph("Name in the rules", exercise.id),
        paragraph("What the person reads", exercise.because),
        paragraph("Phase", plain(exercise.phase)),
        paragraph("Side", side_words(exercise, rules)),
        paragraph("Evidence", plain(exercise.evidence)),
        paragraph("Begin with", dose_text(exercise.start, _side(exercise))),
        paragraph("Work up to", dose_text(exercise.target, _side(exercise))),
        titled("Forms, the hardest first", table(_FORMS, _forms(exercise, rules, wording, cases))),
        titled("Limits", table(_LIMITS, _limits(exercise, rules, wording))),
        paragraph("No limit from", "; ".join(_free(exercise, rules))),
        titled("When to stop", listed(stops[name] for name in exercise.stop_if)),
        facts(exercise, rules),
        signed(),
    )


def _side(exercise: Exercise, rung: str = "") -> Side:
    return DRAWN[(exercise.rung[rung].side if rung else "") or exercise.side]


def _forms(
    exercise: Exercise, rules: Ruleset, wording: Wording, cases: Cases
) -> Iterator[tuple[str, Element | None, str]]:
    for name in exercise.rungs:
        rung = exercise.rung.get(name)
        if rung is None:
            yield "left out", None, cases.of_form(exercise, name)
            continue
        drawn = picture(rules, exercise.id, name, _side(exercise, name), sore=Side.LEFT)
        how = element(
            "div",
            element("img", src=data_uri(drawn.svg), alt=drawn.alt, style=_PICTURE) if drawn else None,
            listed(steps_words(rung.steps)),
            paragraph("On each side", " ".join(steps_words(rung.steps_each))),
            titled("Needs", condition(wording.said(rung.needs)) if rung.needs else None),
            paragraph("With", ", ".join(map(plain, rung.equipment))),
        )
        yield form_words(exercise, name), how, cases.of_form(exercise, name)


def _limits(exercise: Exercise, rules: Ruleset, wording: Wording) -> Iterator[tuple[str, Element, str]]:
    for name in exercise.column:
        column = rules.columns[name]
        yield column.label, condition(wording.said(column.when)), cell_words(exercise, name, rules)


def _free(exercise: Exercise, rules: Ruleset) -> Iterator[str]:
    return (column.label for name, column in rules.columns.items() if name not in exercise.column)
