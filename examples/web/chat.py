"""One turn of the conversation, as JSON in and JSON out. It runs in the browser and keeps nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

import attrs

from sitriage import Interview, Prescription, Programme, Question, Reason, Referral, Side
from sitriage.show.dose import dose_text

SIDES = {
    Side.LEFT: "left leg",
    Side.RIGHT: "right leg",
    Side.EACH: "each side in turn",
    Side.SYMMETRIC: "both sides together",
}
SAID = {True: "yes", False: "no"}

Section = dict[str, Any]


def turn(given: str) -> str:
    """Takes the state of an interview, what was answered and what not; returns the next state and screen.

    Without a state an interview begins. Only what the page has shown is left open: where an answer has
    expired meanwhile, something else is to be asked, and that is shown.
    """
    said = json.loads(given)
    now = datetime.now(UTC)
    interview = Interview()
    if said["state"]:
        interview = Interview.from_dict(said["state"]).as_of(now)
        if said["answers"]:
            interview = interview.answer(said["answers"], at=now)
        if said["open"] and not interview.done:
            interview = interview.skip(*said["open"])
    question = interview.question
    shown = _question(interview, question) if question else _verdict(interview, said["region"], now)
    return json.dumps({"state": interview.to_dict(), "shown": shown})


def _question(interview: Interview, question: Question) -> dict[str, Any]:
    return {
        "kind": "question",
        "text": question.text,
        "why": question.why,
        "left": interview.progress.at_most,
        "parts": [attrs.asdict(part) for part in question.parts],
    }


def _verdict(interview: Interview, region: str, now: datetime) -> dict[str, Any]:
    verdict = interview.verdict
    programme = isinstance(verdict, Programme)
    sections = [
        *(_programme(interview, verdict) if programme else _referral(interview, verdict)),
        _section("Keep in mind", verdict.safety_net, id="safety"),
        _section(
            "Patterns that fit (this is not a diagnosis)",
            (f"{each.label}. {each.sentence} {each.does}" for each in verdict.causes),
            folded=True,
        ),
    ]
    shown = {
        "kind": "verdict",
        "urgency": verdict.urgency,
        "headline": verdict.headline,
        "sections": [each for each in sections if each["lines"]],
        "why_stop": interview.why_stop.sentence if interview.why_stop else "",
        "note": verdict.note,
        "made": f"{now:%Y-%m-%d %H:%M} UTC",
        "rules": f"{verdict.record.version}, {verdict.record.hash[:12]}",
    }
    lines = {each.region: attrs.asdict(each) for each in verdict.contacts}
    swaps = {line: lines[region][name] for name, line in lines["international"].items() if name != "region"}
    return _swapped(shown, swaps)


def _swapped(shown: Any, swaps: dict[str, str]) -> Any:
    """The same with the phone lines of a region."""
    if isinstance(shown, dict):
        return {key: _swapped(each, swaps) for key, each in shown.items()}
    if isinstance(shown, list):
        return [_swapped(each, swaps) for each in shown]
    if isinstance(shown, str):
        for line, other in swaps.items():
            shown = shown.replace(line, other)
    return shown


def _section(title: str, lines: Iterable[Any], *, id: str = "", folded: bool = False) -> Section:
    return {"id": id, "title": title, "folded": folded, "lines": list(lines)}


def _referral(interview: Interview, verdict: Referral) -> Iterator[Section]:
    yield _section("What to do", [f"Who: {verdict.who}.", verdict.how], id="do")
    yield _section("Why", _reasons(interview, verdict.reasons), id="why")
    yield _section("Tell them", verdict.tell_them)
    yield _section("Until then", verdict.meanwhile)
    if verdict.provisional:
        yield _section("Still to ask", verdict.still_to_ask, id="open")


def _programme(interview: Interview, verdict: Programme) -> Iterator[Section]:
    need = ", ".join(each.replace("_", " ") for each in verdict.equipment)
    after = " after you have warmed up" if verdict.warm_up else ""
    length = [f"It takes about {verdict.minutes} minutes{after}."]
    yield _section("What to do", [*length, *([f"You need: {need}."] if need else [])], id="do")
    for adjunct in verdict.warm_up:
        yield _section(f"First: {adjunct.label}", adjunct.steps)
    told: set[str] = set()
    exercises = [_exercise(each, told) for each in verdict.prescriptions]
    yield _section("Your exercises", exercises, id="exercises")
    for adjunct in verdict.also:
        yield _section(f"Also good: {adjunct.label}", adjunct.steps)
    yield _section("Stop", verdict.stop_rules, id="stop")
    yield _section("Why", _reasons(interview, verdict.reasons), id="why")
    left = (f"{each.label}. {_sentences(each.reasons)}" for each in verdict.withheld)
    yield _section("Left out for you", left)
    yield _section("When to look again", verdict.review)
    yield _section("Ease off for now", verdict.avoid, folded=True)
    yield _section("What also helps", verdict.self_care, folded=True)


def _exercise(each: Prescription, told: set[str]) -> dict[str, Any]:
    doses = [f"Start with: {dose_text(each.dose, each.side)}."]
    if each.target != each.dose:
        doses.append(f"Work up to: {dose_text(each.target, each.side)}.")
    why = [reason.sentence for reason in each.reasons[1:] if reason.sentence not in told]
    told.update(why)
    return {
        "label": each.label,
        "side": SIDES[each.side],
        "doses": doses,
        "steps": each.steps,
        "why": [f"Why this form: {sentence}" for sentence in why],
    }


def _reasons(interview: Interview, reasons: Iterable[Reason]) -> list[str]:
    """Each reason once, with the answers that it stands on."""
    said = interview.answers
    findings = interview.rules.findings
    lines: dict[str, None] = {}
    for reason in reasons:
        told = [
            f"{findings[name].label}: {SAID.get(said[name], said[name])}"
            for name in reason.findings
            if name in said and said[name] is not False
        ]
        lines[f"{reason.sentence}" + (f" (You said: {'; '.join(told)}.)" if told else "")] = None
    return list(lines)


def _sentences(reasons: Iterable[Reason]) -> str:
    return " ".join(reason.sentence for reason in reasons)
