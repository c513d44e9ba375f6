"""Answers that a type checker reads: `python -m mypy examples/typed_answers.py` finds a misspelt finding."""

from __future__ import annotations

from sitriage import Answers, Programme, Referral, triage


def said(answers: Answers) -> str:
    """Returns in one line what to do."""
    match triage(answers):
        case Programme(prescriptions=prescriptions):
            return f"{len(prescriptions)} exercises"
        case Referral(see=see, urgency=urgency):
            return f"{urgency}: {see}"


if __name__ == "__main__":
    worried: Answers = {"si_region_pain": True, "pain_side": "left", "age": 44, "fever": "unsure"}
    print(said(worried))
