"""A net under the reply of a language model: what in it contradicts the verdict.

A net, not a proof: it knows phrases, not meanings, English only, and cannot see what is merely left
out or said in other words. The verdict itself belongs on the screen, whatever the model says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

import attrs

from sitriage.connect.phrases import (
    CLAIMS,
    CONDITIONS,
    HEDGES,
    NEGATIONS,
    OTHER_EXERCISES,
    PUSHES_ON,
    SOFTENS,
)
from sitriage.connect.quoted import lines_of, needed_of
from sitriage.connect.reply import Phrases, Word, words_of
from sitriage.model import Ruleset
from sitriage.triage import load_rules
from sitriage.verdict import Programme, Verdict

__all__ = ["MOST_CHARACTERS", "Flag", "guard"]

MOST_CHARACTERS = 20_000
# how many words before a phrase may turn it round: "do not do the bridge"
_NAMED, _SOFT = 3, 2
_GAP = 4

_DO: Mapping[str, str] = MappingProxyType(
    {
        "too_long": f"shorten the reply to at most {MOST_CHARACTERS} characters, or show the verdict itself",
        "exercise": "take out this exercise: it is not in the verdict",
        "softened": "take this out: the verdict is more urgent than this says",
        "pushes_on": "take this out: the stop rules of the verdict come first",
        "diagnosis": "take this out: the verdict is no diagnosis",
        "no_way_to_help": "add the line `how` of the verdict as it is",
        "no_safety_net": "add all lines of `safety_net`, and the `stop_rules` of a programme, as they are",
    }
)


@attrs.frozen
class Flag:
    """What is wrong in a reply, as a code, where it stands (`reply[start:end]`), and what to `do`."""

    code: str
    start: int
    end: int
    do: str


def guard(reply: str, verdict: Verdict, *, rules: Ruleset | None = None) -> tuple[Flag, ...]:
    """Returns what in a draft of a reply contradicts the verdict; empty where nothing was noticed.

    What stands in the reply word for word as in the verdict is never flagged. `rules` are those of the
    verdict, the shipped ones unless given.

    >>> from sitriage import triage
    >>> verdict = triage({"saddle_numbness": True})
    >>> [flag.code for flag in guard("No rush: try the bridge.", verdict)]
    ['softened', 'exercise', 'no_way_to_help', 'no_safety_net']
    >>> guard(str(verdict), verdict)
    ()
    """
    if len(reply) > MOST_CHARACTERS:
        return (_flag("too_long", 0, len(reply)),)
    words = words_of(reply)
    quoted = lines_of(verdict).all(words)
    own = frozenset(at for first, end, _ in quoted for at in range(first, end))
    found = sorted((*_said(words, own, verdict, rules), *_claimed(words, own)))
    flags = [_flag(code, words[first].start, words[end - 1].end) for first, end, code in found]
    said = {line for _, _, line in quoted}
    missing = dict.fromkeys(code for line, code in needed_of(verdict).items() if line not in said)
    return (*flags, *(_flag(code, len(reply), len(reply)) for code in missing))


def _flag(code: str, start: int, end: int) -> Flag:
    return Flag(code, start, end, _DO[code])


Found = tuple[int, int, str]
"""First word, end and code."""


def _said(
    words: Sequence[Word], own: frozenset[int], verdict: Verdict, rules: Ruleset | None
) -> Iterator[Found]:
    """The phrases that no reply to this verdict may hold."""
    named = _names(verdict, load_rules() if rules is None else rules)
    for phrases, reach in ((named, _NAMED), (_phrases(verdict), _SOFT)):
        for first, end, code in phrases.all(words, own):
            together = words[first].clause == words[end - 1].clause
            # a phrase that is a denial by itself, as "no rush", is not turned round by one more
            turned = words[first].text not in NEGATIONS and _before(words, first, reach, NEGATIONS)
            if code and together and not turned:
                yield first, end, code


def _before(words: Sequence[Word], first: int, reach: int, turning: frozenset[str]) -> bool:
    """Whether one of these words stands shortly before, on the same line and in the same clause."""
    here = words[first]
    return any(
        each.text in turning
        for each in words[max(0, first - reach) : first]
        if (each.clause, each.line) == (here.clause, here.line)
    )


def _phrases(verdict: Verdict) -> Phrases:
    phrases = Phrases()
    for urgency, softening in SOFTENS.items():
        if verdict.urgency >= urgency:
            phrases.add_all(softening, "softened")
    phrases.add_all(PUSHES_ON, "pushes_on")
    return phrases


def _names(verdict: Verdict, rules: Ruleset) -> Phrases:
    """Every name of an exercise: those of the programme mean nothing, so that they hide shorter ones."""
    names = Phrases()
    names.add_all(_plurals(OTHER_EXERCISES), "exercise")
    for each in rules.exercises.values():
        labels = [each.id.replace("_", " "), each.label, *each.label.split("(")]
        labels += [rung.label for rung in each.rung.values() if rung.label]
        names.add_all(_plurals(label.strip(" )") for label in labels), "exercise")
    if isinstance(verdict, Programme):
        for given in verdict.prescriptions:
            whole = rules.exercises[given.exercise]
            labels = [given.label, whole.label, *whole.label.split("("), whole.id.replace("_", " ")]
            names.add_all(_plurals(label.strip(" )") for label in labels), "")
    return names


def _plurals(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield from (name, f"{name}s", f"{name}es")


def _claimed(words: Sequence[Word], own: frozenset[int]) -> Iterator[Found]:
    """Claims that the person has something, unless they are hedged or denied."""
    claims = Phrases()
    claims.add_all(CLAIMS, "diagnosis")
    for first, end, code in claims.all(words, own):
        for at in range(end, min(end + _GAP, len(words))):
            if words[at].clause != words[first].clause or words[at].text in HEDGES:
                break
            if words[at].text in CONDITIONS and not _before(words, first, _NAMED, HEDGES):
                yield first, at + 1, code
                break
