"""People aimed at every level, contradiction, limit and leaf: uniform random ones are nearly all emergencies.

Each starts healthy, is given what its aim asks for, and is then changed here and there: a doubt, a number at
the edge of a band, a question that was not asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any, NamedTuple

from tests.independent.evaluator import YES, Pack, Test, possible, read

Answers = dict[str, Any]
# beside a no to everything
TYPICAL: Answers = {
    "age": 40,
    "age_at_onset": 40,
    "sex": "female",
    "pain_side": "left",
    "low_back_pain": True,
    "si_region_pain": True,
    "pain_severity": 3,
    "duration_days": 5,
    "weeks_of_exercise": 0,
}
VARIANTS = 6


class Demand(NamedTuple):
    when: Any
    holds: bool
    test: Test


class Maker:
    """Makes people for a pack, the same ones for the same seed."""

    def __init__(self, pack: Pack, seed: int, typical: Answers = TYPICAL) -> None:
        self.pack, self.random = pack, Random(seed)
        files, nodes = pack.files, pack.files["tree/pattern"]["node"]
        self.typical = {
            name: False for name in pack.blank if files["findings"][name]["kind"] == "yes_no"
        } | typical
        self.domains = {name: possible(pack, name) for name in pack.blank}
        self.nodes = {each["id"]: each for each in nodes}
        flags = [*files["red_flags"].values(), *files["gates"].values()]
        self.levels = [self.demand(level["when"]) for flag in flags for level in flag["level"]]
        self.calm = [each._replace(holds=False) for each in self.levels]
        contradictions = files["contradictions"].get("contradiction", ())
        self.aims = [*self.levels, *(self.demand(each["both"]) for each in contradictions)]
        self.limits = [self.demand(each["when"]) for each in files["columns"].values()]
        self.ways: dict[str, list[list[Demand]]] = {}
        for leaf, way in self.below(nodes[0]["id"]):
            self.ways.setdefault(leaf, []).append(way)

    def demand(self, when: Any, holds: bool = True) -> Demand:
        return Demand(when, holds, self.pack.holds(when))

    def below(self, at: str) -> Iterator[tuple[str, list[Demand]]]:
        if at not in self.nodes:
            yield at, []
            return
        for branch, holds in (("yes", True), ("otherwise", False)):
            for leaf, way in self.below(self.nodes[at][branch]):
                yield leaf, [self.demand(self.nodes[at]["when"], holds), *way]

    def complete(self) -> Iterator[Answers]:
        """People who answered all that the screen asks, without end."""
        for aim, leaf in zip(self.in_turn(self.aims), self.in_turn(list(self.ways)), strict=False):
            for aimed, most in ((self.meet([aim], self.typical), 4), (self.at_leaf(leaf), 2)):
                # finding one takes longer than changing one
                for _ in range(VARIANTS):
                    yield self.changed(aimed, self.random.randrange(most + 1))

    def in_turn(self, aims: list[Any]) -> Iterator[Any]:
        """Each aim equally often, in a new order every time."""
        while True:
            yield from self.random.sample(aims, len(aims))

    def partial(self) -> Iterator[Answers]:
        """People who were not asked everything: mostly nearly everything, sometimes hardly anything."""
        for answers in self.complete():
            names = list(self.domains)
            for name in self.some(names, (1, 2, 3, 6)):
                answers.pop(name, None)
            yield answers
            if self.random.random() < 0.1:
                asked = self.some(names, (0, 3, 20, len(names)))
                yield {name: self.value(name) for name in asked}

    def at_leaf(self, leaf: str) -> Answers:
        """A person whom no level reaches, under none to two limits, with or without abilities."""
        limits = self.some(self.limits, (0, 0, 1, 2))
        way = self.random.choice(self.ways[leaf])
        names = self.some(self.pack.choices, (0, 0, 6, 12))
        some = {name: self.value(name) for name in names}
        return self.meet([*limits, *way, *self.calm], self.typical | some)

    def changed(self, answers: Answers, times: int) -> Answers:
        """Other answers to a few questions, and perhaps a choice that was not asked."""
        answers = answers | {name: self.value(name) for name in self.random.sample(list(self.domains), times)}
        for name in self.some(self.pack.choices, (min(times, 1),)):
            answers.pop(name, None)
        values, _ = read(self.pack, answers)
        unasked = [name for name in self.pack.screen if values[name] == self.pack.blank[name]]
        return answers | {name: self.value(name) for name in unasked}

    def some(self, names: list[Any], counts: tuple[int, ...]) -> list[Any]:
        return self.random.sample(names, min(self.random.choice(counts), len(names)))

    def value(self, name: str) -> Any:
        return self.random.choice(self.domains[name])

    def meet(self, demands: list[Demand], start: Answers) -> Answers:
        """A person on whom the demands hold, if a few rounds find one."""
        answers = dict(start)
        for _ in range(5):
            values, _ = read(self.pack, answers)
            unmet = [each for each in demands if (each.test(values) == YES) != each.holds]
            if not unmet:
                break
            for each in unmet:
                self.make(each.when, each.holds, answers)
        return answers

    def make(self, when: Any, holds: bool, answers: Answers) -> None:
        """Changes the answers so that the condition holds, or does not."""
        if isinstance(when, str):
            if when in self.pack.blank:
                answers[when] = holds
            else:
                self.make(self.pack.files["definitions"][when]["when"], holds, answers)
        elif "not" in when:
            self.make(when["not"], not holds, answers)
        elif "finding" in when:
            low, high = when.get("min", 0), when.get("max", 10**9)
            fit = [
                each
                for each in self.domains[when["finding"]]
                if each != "unsure" and holds == (each in when["is"] if "is" in when else low <= each <= high)
            ]
            if fit:
                answers[when["finding"]] = self.random.choice(fit)
        else:
            parts = when.get("of") or next(iter(when.values()))
            least = when.get("at_least", 1 if "any" in when else len(parts))
            enough = least if holds else len(parts) - least + 1
            for part in self.random.sample(parts, enough):
                self.make(part, holds, answers)
