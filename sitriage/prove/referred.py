"""The law of referrals: no exercise stands in one, and it says who to see, when and why.

Each level is put into words by the engine, alone and for each answer that makes it speak; that whoever is
referred gets no programme is asked of the engine once for each urgency.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sitriage.compose import Situation, referral
from sitriage.conditions import Answer, Value
from sitriage.evidence import read_answers
from sitriage.model import Level, Ruleset
from sitriage.prove.law import Breach, Checked, Law
from sitriage.prove.replay import decided, given
from sitriage.prove.space import Space
from sitriage.screen import fired
from sitriage.verdict import Programme, Verdict

__all__ = ["REFERRED"]


def _referred(space: Space) -> Iterator[Checked]:
    for file, level in space.levels:
        place, lacking = space.store.of(level.when), dict[str, None]()
        people = [space.somebody(space.at(place, answer)) for answer in (Answer.UNSURE, Answer.YES)]
        for person in people:
            if person is not None:
                lacking |= dict.fromkeys(_lacking(_alone(space.rules, level, person)))
        breaches = (Breach(file, f"a referral for `{level.id}` {what}") for what in lacking)
        yield Checked(level.id, len(people), tuple(breaches))
    for file, level in {level.urgency: (file, level) for file, level in space.levels}.values():
        person = space.somebody(space.surely(level.when)) or space.calm
        verdict = decided(space.rules, given(person))
        what = f"somebody whom `{level.id}` stops gets exercises"
        found = (Breach(file, what, (person,)),) if isinstance(verdict, Programme) else ()
        yield Checked(f"engine: {level.urgency}", 1, found)


def _alone(rules: Ruleset, level: Level, person: Mapping[str, Value]) -> Verdict:
    """The referral of somebody whom one level alone stops."""
    (reached,) = (each for each in fired(rules, person) if each.level is level)
    at = Situation(
        rules=rules, evidence=read_answers({}, rules), open_questions=(),
        urgency_range=(reached.urgency, reached.urgency), provisional=False,
    )  # fmt: skip
    return referral(at, reached.urgency, reached.see, (reached,), (), "")


def _lacking(verdict: Verdict) -> Iterator[str]:
    if isinstance(verdict, Programme):
        yield "is a programme"
        return
    parts = {
        "when": (verdict.headline,),
        "whom to see": (verdict.who,),
        "how to reach them": (verdict.how,),
        "what to do meanwhile": verdict.meanwhile,
        "what to tell them": verdict.tell_them,
        "why": tuple(reason.sentence for reason in verdict.reasons),
    }
    for part, texts in parts.items():
        if not texts or not all(texts):
            yield f"does not say {part}"


REFERRED = (
    Law("P9", "no exercise in a referral", "A referral holds no exercise and says whom to see, when and why.",
        _referred),
)  # fmt: skip
