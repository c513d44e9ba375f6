"""The door for one call: answers in, verdict out; and where the shipped rules come from."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sitriage.caps import ID
from sitriage.errors import AnswerError, Fault, RulesError, did_you_mean
from sitriage.verdict import AnswerValue, Verdict

# the engine is imported by the first call, so that `import sitriage` costs little more than attrs and cattrs
if TYPE_CHECKING:
    from sitriage.answers import Answers
    from sitriage.model import Ruleset
    from sitriage.prove.counterfactual import Counterfactual

__all__ = ["load_rules", "none_of", "triage", "unproved_rules", "would_change"]


def triage(symptoms: Mapping[str, AnswerValue] | Answers, *, rules: Ruleset | None = None) -> Verdict:
    """Returns the verdict for a person: a `Programme` of exercises, or a `Referral`.

    `symptoms` maps finding ids to True, False, "unsure", a whole number or one of the choices.
    Leave a finding out if it was not asked: not asked is never no. `rules` are the shipped ones
    unless given. Raises AnswerError, with every fault at once, if an answer cannot be read.

    >>> triage({"saddle_numbness": True}).urgency
    <Urgency.EMERGENCY: 'emergency'>
    """
    from sitriage.decide import decide
    from sitriage.evidence import read_answers

    pack = _shipped() if rules is None else rules
    return decide(pack, read_answers(symptoms, pack))


def none_of(*groups: str, rules: Ruleset | None = None) -> dict[str, bool]:
    """Returns a no to every yes/no question of the groups: what "none of these" says.

    Send it only after the person has seen the items. Raises AnswerError for an unknown group.

    >>> none_of("emergency_signs")["chest_pain"]
    False
    """
    pack = _shipped() if rules is None else rules
    known = [group.id for group in pack.groups]
    faults = [_unknown(group, known) for group in groups if type(group) is not str or group not in known]
    if faults:
        raise AnswerError(faults)
    return {
        each.id: False for each in pack.findings.values() if each.kind == "yes_no" and each.group in groups
    }


def load_rules(folder: str | Path | None = None) -> Ruleset:
    """Returns the rules of a folder, or the shipped rules; whole, checked and proved, or not at all.

    A folder that does not hold the shipped rules is held to the safety laws (see `sitriage prove`).
    Raises RulesError with every fault of every file at once, or with every law that is broken.

    >>> load_rules().findings["fever"].kind
    'yes_no'
    """
    from sitriage.load import read_folder, ruleset_from
    from sitriage.prove.certificate import vouch

    return (
        _shipped()
        if folder is None
        else vouch(ruleset_from(read_folder(Path(folder))), "sitriage prove FOLDER")
    )


def would_change(verdict: Verdict, *, rules: Ruleset | None = None) -> tuple[Counterfactual, ...]:
    """Returns the fewest other answers that would lead to each other urgency, the fewest changes first.

    `rules` are those of the verdict: the shipped ones unless given. Raises ValueError for other rules.

    >>> (calmer,) = would_change(triage({"saddle_numbness": True}))
    >>> str(calmer.urgency), calmer.changes
    ('routine', (('saddle_numbness', False),))
    """
    from sitriage.prove.counterfactual import counterfactuals

    pack = _shipped() if rules is None else rules
    if verdict.record.hash != pack.hash:
        raise ValueError("these are not the rules of the verdict; give its own as `rules`")
    return counterfactuals(pack, dict(verdict.record.answers))


def _unknown(group: str, known: list[str]) -> Fault:
    if type(group) is not str or not ID.fullmatch(group):
        return Fault("", f"unknown group name; there are {', '.join(known)}")
    hint, near = did_you_mean(group, known)
    return Fault("", f"unknown group `{group}`{hint}", near)


def unproved_rules() -> Ruleset:
    """Returns the shipped rules before any law is asked of them; of a release only those that were proved."""
    from importlib.resources import files

    from sitriage.load import read_folder, ruleset_from
    from sitriage.prove.certificate import is_certified

    packaged = files("sitriage") / "rules"
    if not packaged.is_dir():
        # a checkout and an editable install keep the rules beside the package, where they may be edited
        return ruleset_from(read_folder(Path(__file__).parent.parent / "rules", trusted=True))
    rules = ruleset_from(read_folder(packaged, trusted=True))
    if not is_certified(rules):
        what = "are not the rules of this release; install it again, or load your own with `load_rules`"
        raise RulesError([Fault("rules", what)])
    return rules


@cache
def _shipped() -> Ruleset:
    from sitriage.prove.certificate import vouch

    return vouch(unproved_rules())
