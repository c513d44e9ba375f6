"""The review as a table for a spreadsheet: a row for each level, limit, form, dose and other rule."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from sitriage.model import Exercise, RedFlag, Ruleset
from sitriage.prove.cases import Cases
from sitriage.prove.wording import Wording
from sitriage.rule import Rule
from sitriage.show.dose import dose_text
from sitriage.show.review.others import other_rules, says_of, when_of
from sitriage.show.review.words import cell_words, form_words, plain, sources_of, status_of, steps_words
from sitriage.words import Side

__all__ = ["HEAD", "Row", "rows_of"]


@attrs.frozen(kw_only=True)
class Row:
    """One thing to agree with or to change."""

    part: str
    rule: str
    name: str
    item: str
    when: str = ""
    leads_to: str
    see: str = ""
    questions: str = ""
    cases: str = ""
    evidence: str
    sources: str
    status: str
    agree: str = ""
    change: str = ""
    reviewer: str = ""
    date: str = ""


HEAD = tuple(field.name for field in attrs.fields(Row))


def rows_of(rules: Ruleset) -> Iterator[Row]:
    """Yields every row of the review."""
    wording, cases = Wording(rules), Cases(rules)
    for part, flags in (("red flag", rules.red_flags), ("gate", rules.gates)):
        for flag in flags.values():
            yield from _levels(part, flag, rules, wording, cases)
    for exercise in rules.exercises.values():
        yield from _exercise(exercise, rules, wording, cases)
    for node in rules.pattern:
        leads = f"yes: {node.yes}; otherwise: {node.otherwise}; unsure: as {node.unsure}"
        said = wording.said(node.when).line()
        yield Row(
            part="tree", rule=node.id, name=node.label, item="", when=said, leads_to=leads,
            evidence="", sources="", status="",
        )  # fmt: skip
    for kind, these in other_rules(rules).items():
        for each in these:
            when = "; ".join(f"{key}: {said.line()}" for key, said in when_of(each, rules, wording))
            name, says = getattr(each, "label", ""), says_of(each, rules)
            yield _row(plain(kind), each, rules, name=name, when=when, leads_to=says)


def _row(part: str, rule: Rule, rules: Ruleset, **fields: str) -> Row:
    more = {
        "item": "",
        "evidence": ", ".join((*rule.rows, *rule.facts)),
        "sources": "; ".join(sources_of(rule, rules)),
        "status": status_of(rule),
    } | fields
    return Row(part=part, rule=rule.id, **more)


def _levels(part: str, flag: RedFlag, rules: Ruleset, wording: Wording, cases: Cases) -> Iterator[Row]:
    for level in flag.levels:
        yield _row(
            part,
            flag,
            rules,
            name=flag.label,
            item=level.id,
            when=wording.said(level.when).line(),
            leads_to=plain(level.urgency),
            see=plain(level.see),
            questions=" ".join(wording.questions(flag)),
            cases=" ".join(cases.of_level(level)),
            evidence=", ".join(dict.fromkeys((*flag.rows, *flag.facts, *level.rows))),
        )


def _exercise(exercise: Exercise, rules: Ruleset, wording: Wording, cases: Cases) -> Iterator[Row]:
    name = exercise.label
    for item in ("start", "target"):
        dose = dose_text(getattr(exercise, item), Side.EACH if exercise.side == "each" else Side.SYMMETRIC)
        yield _row("dose", exercise, rules, name=name, item=item, leads_to=dose)
    for rung in exercise.rungs:
        form = exercise.rung.get(rung)
        yield _row(
            "form",
            exercise,
            rules,
            name=form_words(exercise, rung),
            item=rung,
            when=wording.said(form.needs).line() if form and form.needs else "",
            leads_to=" ".join(steps_words(form.steps)) if form else "left out",
            cases=cases.of_form(exercise, rung),
        )
    for column in rules.columns.values():
        said, does = wording.said(column.when).line(), cell_words(exercise, column.id, rules)
        yield _row("limit", exercise, rules, name=name, item=column.id, when=said, leads_to=does)
