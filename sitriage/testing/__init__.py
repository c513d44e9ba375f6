"""Hypothesis strategies for those who build on sitriage: people, and the verdicts on them.

Random answers nearly always end in an emergency. These strategies are aimed by the rules, so that
programmes and every urgency do occur. They need `pip install hypothesis`.
"""

from __future__ import annotations

from typing import Any, Literal

try:
    from hypothesis import assume
    from hypothesis import strategies as st
except ImportError:
    raise ImportError("`sitriage.testing` needs Hypothesis: `pip install hypothesis`") from None

from sitriage.errors import did_you_mean
from sitriage.model import Level, Ruleset
from sitriage.testing.aim import levels_of
from sitriage.testing.people import Person, changed, cleared_people, people_of_level
from sitriage.triage import load_rules, triage
from sitriage.verdict import Programme, Verdict
from sitriage.words import UNSURE, Urgency

__all__ = ["answers", "people_with", "verdicts"]

Kind = Literal["programme", "referral"]


def answers(rules: Ruleset | None = None) -> st.SearchStrategy[dict[str, Any]]:
    """Any answers that `triage` reads: about half lead to exercises, some contradict, some are missing."""
    return _answers(rules or load_rules())


@st.composite
def _answers(draw: st.DrawFn, pack: Ruleset) -> dict[str, Any]:
    kind = draw(st.sampled_from(["leaf", "leaf", "leaf", "level", "fewer", "alike"]))
    if kind == "leaf":
        return draw(cleared_people(pack))
    if kind == "alike":
        # the ends: the same answer to everything that is answered by yes or no
        same = draw(st.sampled_from([False, True, UNSURE]))
        yes_no = [name for name, each in pack.findings.items() if each.kind == "yes_no"]
        return draw(cleared_people(pack)) | dict.fromkeys(yes_no, same)
    person = draw(st.one_of(_at_a_level(pack, None), cleared_people(pack)))
    if kind == "level":
        return draw(changed(person, pack, 2))
    gone = draw(st.sets(st.sampled_from(sorted(person)), min_size=1))
    return Person({name: answer for name, answer in person.items() if name not in gone})


def people_with(
    kind: Kind | None = None,
    *,
    urgency: str | None = None,
    leaf: str | None = None,
    rules: Ruleset | None = None,
) -> st.SearchStrategy[dict[str, Any]]:
    """People whose verdict is of a kind or an urgency, or who get the programme of a leaf.

    Every question is answered. Raises ValueError for a word that is unknown, and for a wish that
    nobody can meet, such as a programme that is an emergency.
    """
    pack = rules or load_rules()
    _known(kind, ("programme", "referral"), "kind")
    _known(urgency, [each.value for each in Urgency], "urgency")
    _known(leaf, pack.programmes, "leaf")
    calm = kind == "programme" or leaf is not None or urgency == Urgency.SELF_CARE
    if calm and (kind == "referral" or urgency not in (None, Urgency.SELF_CARE)):
        raise ValueError("a programme is self-care and a referral is not: nobody has such a verdict")
    if calm:
        return _with(cleared_people(pack, leaf, changes=2), pack, Urgency.SELF_CARE, leaf)
    if kind is None and urgency is None:
        return answers(pack)
    if not _levels(pack, urgency):
        raise ValueError(f"no level of the rules is `{urgency}`")
    return _with(_at_a_level(pack, urgency), pack, urgency, None)


def verdicts(
    kind: Kind | None = None,
    *,
    urgency: str | None = None,
    leaf: str | None = None,
    rules: Ruleset | None = None,
) -> st.SearchStrategy[Verdict]:
    """The verdicts on such people, see `people_with`."""
    pack = rules or load_rules()
    people = people_with(kind, urgency=urgency, leaf=leaf, rules=pack)
    return people.map(lambda person: triage(person, rules=pack))


def _levels(pack: Ruleset, urgency: str | None) -> list[Level]:
    return [each for each in levels_of(pack).values() if urgency in (None, each.urgency)]


@st.composite
def _at_a_level(draw: st.DrawFn, pack: Ruleset, urgency: str | None) -> Person:
    # looked up here: levels as an argument would make a very long name of the strategy
    return draw(people_of_level(draw(st.sampled_from(_levels(pack, urgency))), pack))


@st.composite
def _with(
    draw: st.DrawFn,
    people: st.SearchStrategy[Person],
    pack: Ruleset,
    urgency: str | None,
    leaf: str | None,
) -> dict[str, Any]:
    # a person who was aimed there may still be sent further: the verdict decides
    person = draw(people)
    verdict = triage(person, rules=pack)
    assume(urgency is None or verdict.urgency == urgency)
    if leaf is not None:
        assume(isinstance(verdict, Programme) and verdict.path[-1] == leaf)
    return person


def _known(word: str | None, words: Any, name: str) -> None:
    if word is not None and word not in words:
        hint, _ = did_you_mean(str(word), words)
        raise ValueError(f"unknown {name} `{word}`{hint or '; there are ' + ', '.join(words)}")
