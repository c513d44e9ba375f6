"""A page for each reason to send somebody on: what is asked, where it leads, and for whom."""

from __future__ import annotations

from types import MappingProxyType

from sitriage.model import RedFlag, Ruleset
from sitriage.prove.cases import Cases
from sitriage.prove.wording import Wording
from sitriage.show.markup import Element, element
from sitriage.show.review.parts import condition, facts, listed, paragraph, sheet, signed, table, titled
from sitriage.show.review.words import plain

__all__ = ["flag_page"]

_HEAD = MappingProxyType({"How soon": 14, "Whom to see": 16, "When": 35, "Rows": 8, "Worked cases": 27})


def flag_page(number: str, flag: RedFlag, rules: Ruleset, wording: Wording, cases: Cases) -> Element:
    """Returns the page of a red flag or a gate."""
    levels = table(
        _HEAD,
        (
            (
                plain(level.urgency),
                plain(level.see),
                condition(wording.said(level.when)),
                ", ".join(level.rows),
                listed(cases.of_level(level)),
            )
            for level in flag.levels
        ),
    )
    return sheet(
        element("h2", f"{number} {flag.label}"),
        paragraph("Name in the rules", flag.id),
        paragraph("What the person reads", flag.because),
        paragraph("What the person may say", flag.tell_them),
        titled("Levels", levels),
        titled("Questions that it turns on", listed(wording.questions(flag))),
        titled("Until then", listed(flag.meanwhile)),
        facts(flag, rules),
        signed(),
    )
