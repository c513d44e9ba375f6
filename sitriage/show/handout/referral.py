"""The pages of a referral: first what the person does now, then the letter for whoever sees them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from sitriage.model import Finding, Ruleset
from sitriage.show.document import Document, Line, Section
from sitriage.show.handout.blocks import Blank, Block, Handout, Note
from sitriage.verdict import AnswerValue, Referral
from sitriage.words import UNSURE, Urgency

__all__ = ["referral_handout"]

SHOW = "Take the letter with you and show it to the person who sees you."
FILL_IN = ("My name", "Date of birth", "Today is")
MADE = "A program made this letter from my answers. It names no diagnosis, and nobody has examined me yet."


def referral_handout(verdict: Referral, document: Document, rules: Ruleset) -> Handout:
    """Returns the page for the person, and the letter to show."""
    parts = {part.name: part for part in document.parts if isinstance(part, Section)}
    net = parts.pop("safety_net")
    if verdict.urgency is not Urgency.EMERGENCY:
        # nothing is sooner than an emergency
        net = attrs.evolve(net, title="When to get help sooner")
    first = (
        Section("now", "What to do now", (Line(document.lead), Line(SHOW))),
        parts["meanwhile"],
        net,
        parts["why"],
    )
    also = (parts[name] for name in ("still_to_ask", "causes") if name in parts)
    pages = (first, (*_letter(verdict, rules), *also, Note(MADE)))
    return Handout("What to do about your pain", document.headline, pages, document.note)


def _letter(verdict: Referral, rules: Ruleset) -> Iterator[Block]:
    wanted = f"How soon: {_words(verdict.urgency)}. Whom I was told to see: {verdict.who}."
    yield Section("letter", "Letter to whoever sees me", (Line(wanted),))
    yield Blank(FILL_IN)
    sections = (
        ("tell_them", "What I want to tell you", verdict.tell_them),
        ("reasons", "Why, with the red flags that were found", _reasons(verdict, rules)),
        ("behind", "My answers behind this", _behind(verdict, rules)),
        ("about", "About me", _about(verdict, rules)),
        ("conflicts", "Answers that do not fit together", (each.sentence for each in verdict.conflicts)),
    )
    yield from (section for each in sections if (section := _section(*each)).lines)


def _section(name: str, title: str, rows: Iterable[str]) -> Section:
    return Section(name, title, tuple(map(Line, rows)))


def _reasons(verdict: Referral, rules: Ruleset) -> Iterable[str]:
    """Each reason once; one of a red flag begins with its name and how urgent it is."""
    flags = {level.id: (flag, level) for flag in rules.gated for level in flag.levels}
    fired = [flags[reason.rule] for reason in verdict.reasons if reason.rule in flags]
    # of several levels of a flag the most urgent is named
    urgency = {flag.id: level.urgency for flag, level in sorted(fired, key=lambda each: each[1].urgency)}
    heads = {level.id: f"{flag.label} ({_words(urgency[flag.id])}). " for flag, level in fired}
    return dict.fromkeys(heads.get(each.rule, "") + each.sentence for each in verdict.reasons)


def _behind(verdict: Referral, rules: Ruleset) -> Iterator[str]:
    """The answers that the reasons rest on."""
    said, read = dict(verdict.record.answers), _read(verdict)
    for name, finding in rules.findings.items():
        if name in read and name in said:
            yield f"{finding.label}: {_said(finding, said[name])}"


def _about(verdict: Referral, rules: Ruleset) -> Iterator[str]:
    """The numbers and choices that stand behind no reason, such as the age and the side."""
    for name, answer in verdict.record.answers:
        finding = rules.findings[name]
        if finding.kind != "yes_no" and name not in _read(verdict):
            yield f"{finding.label}: {_said(finding, answer)}"


def _read(verdict: Referral) -> frozenset[str]:
    return frozenset(name for reason in verdict.reasons for name in reason.findings)


def _said(finding: Finding, answer: AnswerValue) -> str:
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    if answer == UNSURE:
        return "not sure"
    if finding.kind == "number":
        # a unit may name the scale
        scale = f"{finding.min}-{finding.max}" in finding.unit
        return f"{answer} out of {finding.max}" if scale else f"{answer} {finding.unit}".strip()
    return finding.choice_labels.get(str(answer), str(answer))


def _words(word: str) -> str:
    return word.replace("_", " ")
