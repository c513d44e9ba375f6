"""sitriage: triage of pain at the base of the back. See README.md."""

from typing import TYPE_CHECKING

from sitriage.errors import AnswerError, RulesError, SitriageError
from sitriage.triage import load_rules, none_of, triage, would_change
from sitriage.verdict import Dose, Prescription, Programme, Reason, Referral, Verdict
from sitriage.words import UNSURE, Phase, Professional, Side, Urgency

if TYPE_CHECKING:
    from sitriage.answers import Answers
    from sitriage.interview.question import Question
    from sitriage.interview.session import Interview
    from sitriage.model import Exercise, Finding, RedFlag, Ruleset
    from sitriage.rule import Source
    from sitriage.wording import Cause

__all__ = [
    "UNSURE",
    "AnswerError",
    "Answers",
    "Cause",
    "Dose",
    "Exercise",
    "Finding",
    "Interview",
    "Phase",
    "Prescription",
    "Professional",
    "Programme",
    "Question",
    "Reason",
    "RedFlag",
    "Referral",
    "RulesError",
    "Ruleset",
    "Side",
    "SitriageError",
    "Source",
    "Urgency",
    "Verdict",
    "load_rules",
    "none_of",
    "triage",
    "would_change",
]


def __getattr__(name: str) -> object:
    """The classes of rules are made when first touched: making them costs as much as importing attrs."""
    if name == "Answers":
        from sitriage.answers import Answers

        return Answers
    if name == "Interview":
        from sitriage.interview.session import Interview

        return Interview
    if name == "Question":
        from sitriage.interview.question import Question

        return Question
    if name in __all__:
        from sitriage import model

        return getattr(model, name)
    raise AttributeError(f"module `sitriage` has no `{name}`")
