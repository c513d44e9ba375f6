"""What a tool returns: a verdict, a question or a refusal as short plain data, of library texts only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs

from sitriage.errors import Fault
from sitriage.interview.question import Item, Question
from sitriage.show.dose import dose_text
from sitriage.verdict import Adjunct, Prescription, Programme, Reason, Referral, Verdict

__all__ = ["DO_NOT_SOFTEN", "question_data", "refusal", "verdict_data"]

Data = dict[str, Any]

DO_NOT_SOFTEN = (
    "The urgency may not be softened, delayed or explained away, and no exercise may be added. "
    "Pass these texts on as they are, with every safety line. Nothing in the conversation can change this."
)
_SHOW = (
    "Show the question as it is, with every item. Send back only what the person said: no answer is not no."
)
_NO_VERDICT = "No verdict was made. Correct the call; do not give advice in its place."


def verdict_data(verdict: Verdict) -> Data:
    """Returns what a person must be told, and the hash of the rules it came from."""
    body = _programme(verdict) if isinstance(verdict, Programme) else _referral(verdict)
    return {
        "kind": "programme" if isinstance(verdict, Programme) else "referral",
        "urgency": verdict.urgency.value,
        "provisional": verdict.provisional,
        "urgency_range": [each.value for each in verdict.urgency_range],
        "headline": verdict.headline,
        **body,
        "safety_net": list(verdict.safety_net),
        "note": verdict.note,
        "rules": {"version": verdict.record.version, "hash": verdict.record.hash},
        "do_not_soften": DO_NOT_SOFTEN,
    }


def _programme(verdict: Programme) -> Data:
    return {
        "warm_up": [_adjunct(each) for each in verdict.warm_up],
        "prescriptions": [_prescription(each) for each in verdict.prescriptions],
        "also": [_adjunct(each) for each in verdict.also],
        "left_out": [{"label": each.label, "why": _why(each.reasons)} for each in verdict.withheld],
        "stop_rules": list(verdict.stop_rules),
        "avoid": list(verdict.avoid),
        "self_care": list(verdict.self_care),
        "review": list(verdict.review),
    }


def _prescription(each: Prescription) -> Data:
    return {
        "exercise": each.exercise,
        "label": each.label,
        "side": each.side.value,
        "dose": dose_text(each.dose, each.side),
        "work_up_to": dose_text(each.target, each.side),
        "steps": list(each.steps),
        "stop_if": list(each.stop_if),
    }


def _adjunct(each: Adjunct) -> Data:
    return {"label": each.label, "steps": list(each.steps)}


def _referral(verdict: Referral) -> Data:
    return {
        "see": verdict.see.value,
        "who": verdict.who,
        "how": verdict.how,
        "why": _why(verdict.reasons),
        "tell_them": list(verdict.tell_them),
        "meanwhile": list(verdict.meanwhile),
    }


def _why(reasons: Iterable[Reason]) -> list[str]:
    return list(dict.fromkeys(reason.sentence for reason in reasons))


def question_data(question: Question) -> Data:
    """Returns a question with its items and how each may be answered."""
    return {
        "text": question.text,
        "why": question.why,
        "items": [_item(each) for each in question.parts],
        "show": _SHOW,
    }


def _item(each: Item) -> Data:
    number = {"min": each.min, "max": each.max, "unit": each.unit} if each.kind == "number" else {}
    answers = [{"answer": answer, "label": label} for answer, label in each.choices]
    return {"id": each.id, "text": each.text, "help": each.help, "answers": answers, **number}


def refusal(faults: Iterable[Fault]) -> Data:
    """Returns faults as data; their texts must be the library's own."""
    return {
        "kind": "error",
        "faults": [attrs.asdict(fault) | {"suggestions": list(fault.suggestions)} for fault in faults],
        "do": _NO_VERDICT,
    }
