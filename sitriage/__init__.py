"""sitriage: triage of pain at the base of the back. See README.md."""

from sitriage.errors import AnswerError, RulesError, SitriageError
from sitriage.model import Cause, Exercise, Finding, RedFlag, Ruleset, Source
from sitriage.triage import load_rules, none_of, triage
from sitriage.verdict import Dose, Prescription, Programme, Reason, Referral, Verdict
from sitriage.words import UNSURE, Phase, Professional, Side, Urgency

__all__ = [
    "UNSURE",
    "AnswerError",
    "Cause",
    "Dose",
    "Exercise",
    "Finding",
    "Phase",
    "Prescription",
    "Professional",
    "Programme",
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
]
