"""How many screens it takes, for three ways to choose what to ask: `python -m tests.interview.measure`.

All three ask only what can matter and stop by the same rule, so that the order alone is compared: on made-up
people, and on the people of tests/cases and tests/shipped who answered everything and agree with themselves.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from functools import cache
from itertools import islice
from math import log2
from typing import NamedTuple

from sitriage import Urgency, load_rules, triage
from sitriage.completions import Completions, completions_of
from sitriage.evidence import Evidence, read_answers
from sitriage.interview.policy import Asked, next_items
from sitriage.interview.screen import Screen
from sitriage.questions import PlanSearch, moves_screen
from sitriage.screen import fired, urgency_of_rank
from sitriage.verdict import AnswerValue
from tests.independent.differ import SHIPPED
from tests.independent.evaluator import load
from tests.independent.people import TYPICAL, Maker
from tests.interview.worst import longest_found, most_screens
from tests.shipped.calm import PEOPLE
from tests.test_cases import BASES, EVERYBODY

Truth = Mapping[str, AnswerValue]
Policy = Callable[[Completions, Set[str], Set[str]], Asked | None]
# for a number that was asked for though the made-up person has none
WEEKS = 12
POOL = 400


class Walk(NamedTuple):
    """How an interview ended, after how many screens."""

    urgency: Urgency
    screens: int
    items: int


def walk(truth: Truth, policy: Policy) -> Walk:
    """Holds an interview with somebody to whom this is true."""
    rules, answers, screens = load_rules(), dict[str, AnswerValue](), 0
    while True:
        evidence = read_answers(answers, rules)
        again = frozenset[str]()
        asked = policy(completions_of(rules, evidence), frozenset(), again)
        if asked is None:
            return Walk(_urgency(evidence), screens, len(answers))
        answers |= {name: truth.get(name, WEEKS) for name in asked.items}
        screens += 1


def _urgency(evidence: Evidence) -> Urgency:
    reached = fired(load_rules(), evidence.values, evidence.stated)
    return reached[0].urgency if reached else Urgency.SELF_CARE


def fixed_order(known: Completions, skipped: Set[str], again: Set[str]) -> Asked | None:
    """The order of the file, as a form on paper has it."""
    return _first_that_matter(known, skipped, [*known.rules.findings])


def by_information(known: Completions, skipped: Set[str], again: Set[str]) -> Asked | None:
    """What says most about the urgency of made-up people who answered alike so far."""
    said = known.evidence.answers
    alike = sorted(pool(), key=lambda each: sum(each[0].get(name) != answer for name, answer in said))
    near = alike[: POOL // 4]
    names = [name for name in known.missing if name not in skipped]
    return _first_that_matter(known, skipped, sorted(names, key=lambda name: -_told(name, near)))


@cache
def pool() -> tuple[tuple[Truth, Urgency], ...]:
    return tuple((truth, triage(truth).urgency) for truth in islice(people(seed=99), POOL))


def _told(name: str, among: Iterable[tuple[Truth, Urgency]]) -> float:
    by_answer: dict[object, list[Urgency]] = {}
    for truth, urgency in among:
        by_answer.setdefault(truth.get(name, WEEKS), []).append(urgency)
    every = [each for some in by_answer.values() for each in some]
    return _entropy(every) - sum(len(some) / len(every) * _entropy(some) for some in by_answer.values())


def _entropy(some: list[Urgency]) -> float:
    shares = [some.count(each) / len(some) for each in set(some)]
    return -sum(share * log2(share) for share in shares)


def _first_that_matter(known: Completions, skipped: Set[str], order: list[str]) -> Asked | None:
    if urgency_of_rank(known.lowest or 0) is Urgency.EMERGENCY:
        return None
    screen = Screen(known, set(known.missing) - skipped)
    for name in order:
        if name in screen.left and not screen.full:
            screen.take(name, lambda name: moves_screen(name, known))
    if not (screen.full or screen.asks_numbers or known.lowest):
        screen.take_some(PlanSearch(known).some(skipped, screen.goes_with))
    return Asked(tuple(screen.items), "danger") if screen.items else None


def people(seed: int) -> Iterator[Truth]:
    """Leaf-directed people who answered everything."""
    for person in Maker(load(SHIPPED, as_built=True), seed).complete():
        yield whole(person)


def project() -> list[Truth]:
    """The people of tests/cases and tests/shipped who answered everything and agree with themselves."""
    told = [BASES[each["base"]] | each["answers"] for each in EVERYBODY if not each.get("missing")]
    told += [each["answers"] for each in PEOPLE["people"]]
    return [truth for truth in map(whole, told) if not triage(truth).conflicts]


def whole(answers: Truth) -> Truth:
    """Somebody who says this, and no or the usual to the rest."""
    no = {name: False for name, each in load_rules().findings.items() if each.kind == "yes_no"}
    return {**no, **TYPICAL, **answers}


POLICIES: Mapping[str, Policy] = {
    "sitriage: danger first": next_items,
    "fixed order": fixed_order,
    "expected information": by_information,
}


def quantile(numbers: list[int], share: float) -> int:
    """Returns the number that so many are at or below."""
    return sorted(numbers)[min(len(numbers) - 1, int(share * len(numbers)))]


def table(who: str, truths: list[Truth], policies: Mapping[str, Policy] = POLICIES) -> Iterator[str]:
    """Yields the screens to the end, by urgency, for each policy: median, 95th percentile and most."""
    yield f"{who:24}{'urgency':12}{'people':>8}{'median':>8}{'p95':>6}{'most':>6}"
    for title, policy in policies.items():
        walks = [walk(truth, policy) for truth in truths]
        for urgency in Urgency:
            screens = [each.screens for each in walks if each.urgency is urgency]
            if screens:
                figures = quantile(screens, 0.5), quantile(screens, 0.95), max(screens)
                yield f"{title:24}{urgency:12}{len(screens):8}{figures[0]:8}{figures[1]:6}{figures[2]:6}"


if __name__ == "__main__":
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    for who, truths in (("project's people", project()), ("made-up people", [*islice(people(seed=3), many)])):
        for line in table(who, truths):
            print(line, flush=True)
    found = longest_found(load_rules(), many=max(1, many // 100), seed=7)
    print(
        f"no interview takes more than {most_screens(load_rules())} screens; the longest found takes {found}"
    )
