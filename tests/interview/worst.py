"""How many screens an interview takes at most, whoever answers: proved by counting, and looked for.

**Proved.** A screen asks for at least one finding that was neither answered nor skipped before, so there are
no more of them than findings. Answers that disagree are asked once more: each such screen holds a finding
that was said once only, and that a contradiction reads, so there are no more of those than such findings.
`tests/test_interview_sound.py` looks for an interview in which one of the two is not so.

**Looked for.** That is far more than anybody meets. Somebody who answers at random, and never so that it
ends if that can be helped, shows how long an interview can really be.
"""

from __future__ import annotations

from random import Random

from sitriage import Interview, Ruleset
from sitriage.conditions import NOT_APPLICABLE, Value, findings_in
from sitriage.verdict import AnswerValue
from tests.small_people import spoken

__all__ = ["longest_found", "most_screens"]

DOUBTS = (0.0, 0.02, 0.05, 0.1)


def most_screens(rules: Ruleset) -> int:
    """Returns a number of screens that no interview exceeds."""
    doubted = {name for each in rules.contradictions for name in findings_in(each.both)}
    for rule in rules.not_applicable:
        doubted |= {*rule.findings, *findings_in(rule.when)}
    return len(rules.findings) + len(doubted)


def longest_found(rules: Ruleset, many: int, seed: int) -> int:
    """Returns the most screens of so many people who answer at random but never make an emergency of it."""
    random = Random(seed)
    return max(_length(rules, random, random.choice(DOUBTS)) for _ in range(many))


def _length(rules: Ruleset, random: Random, doubt: float) -> int:
    """How long it is if each screen is answered so that it goes on, where a few tries find a way."""
    interview = Interview(rules=rules)
    while (question := interview.question) is not None:
        for share in (doubt, doubt, doubt / 4, 0):
            answers = {name: _answer(rules.domains[name], random, share) for name in question.items}
            if not (after := interview.answer(answers)).done:
                break
        interview = after
    return len(interview.steps)


def _answer(domain: tuple[Value, ...], random: Random, doubt: float) -> AnswerValue:
    """An answer that is calm but for so many; a number is any."""
    values = [value for value in domain if value != NOT_APPLICABLE]
    if len(values) > 3:
        return spoken(random.choice(values))
    return spoken(random.choice(values[1:]) if random.random() < doubt else values[0])
