"""What somebody takes along: a programme to do at home, or a letter to show; on paper and in a calendar."""

from __future__ import annotations

from sitriage.model import Ruleset
from sitriage.show.document import document_of
from sitriage.show.handout.blocks import Handout
from sitriage.show.handout.paper import paper
from sitriage.show.handout.programme import programme_handout
from sitriage.show.handout.referral import referral_handout
from sitriage.triage import load_rules
from sitriage.verdict import Programme, Verdict

__all__ = ["handout_html", "handout_of"]


def handout_of(verdict: Verdict, *, rules: Ruleset | None = None, region: str = "international") -> Handout:
    """Returns the handout of a verdict, with the contact lines of a region, before it is HTML or PDF.

    `rules` are those of the verdict: the shipped ones unless given. Raises ValueError for other rules, and
    for a region that they do not have.
    """
    pack = load_rules() if rules is None else rules
    if verdict.record.hash != pack.hash:
        raise ValueError("these are not the rules of the verdict; give its own as `rules`")
    document = document_of(verdict, region)
    if isinstance(verdict, Programme):
        return programme_handout(verdict, document, pack)
    return referral_handout(verdict, document, pack)


def handout_html(verdict: Verdict, *, rules: Ruleset | None = None, region: str = "international") -> str:
    """Returns the handout of a verdict as one HTML page, see `handout_of`."""
    return paper(handout_of(verdict, rules=rules, region=region))
