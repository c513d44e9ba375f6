"""The whole composition as z3 terms: from what one person answers to urgency, leaf and rung of each exercise.

Written from house.md 2 and 3, decisions.md D-1, D-2, D-18, D-19, D-37 to D-39 and `rules/README.md`, as
answers.py is, and never from the engine.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import z3

from tests.second.answers import Respondent, Stage, without
from tests.second.chain import FALSE, TRUE, Chain, any_of

URGENCIES = ("self_care", "routine", "soon", "same_day", "emergency")
PROFESSIONALS = (
    "physiotherapist", "doctor", "midwife", "treating_team", "urgent_care", "eye_casualty", "crisis_line",
    "maternity_unit", "emergency_department",
)  # fmt: skip


class Person(Respondent):
    """Everything that follows from the answers of one person."""

    # --- the screen --------------------------------------------------------------------------------------

    @cached_property
    def screened(self) -> Stage:
        """The evidence as the screen takes it: an unasked `choice` finding leads to no referral (D-2)."""
        answers = {
            name: without(answer, TRUE) if self.pack.findings[name]["need"] == "choice" else answer
            for name, answer in self.evidence.answers.items()
        }
        for each in self.pack.implies:
            # what may still be said keeps a level open through what it would raise
            cause = Stage(self.pack, answers).chain(each["when"])
            answers[each["finding"]] = any_of([answers[each["finding"]], cause])
        return Stage(self.pack, answers)

    @cached_property
    def levels(self) -> dict[str, Chain]:
        return {name: self.screened.chain(level["when"]) for name, level in self.pack.levels}

    @cached_property
    def outcomes(self) -> dict[str, list[tuple[z3.BoolRef, int, str]]]:
        """What each level asks for: at its urgency where it holds, at the lowered one where it is unsure."""
        found = {}
        for name, level in self.pack.levels:
            answer, urgency = self.levels[name], URGENCIES.index(level["urgency"])
            low = {4: 4, 3: 2, 2: 1, 1: 1}[urgency]
            # urgent care is for today; whoever may wait sees a doctor
            see = "doctor" if low < urgency and level["see"] == "urgent_care" else level["see"]
            doubtful = z3.And(answer.maybe, z3.Not(answer.sure))
            found[name] = [(answer.sure, urgency, level["see"]), (doubtful, low, see)]
        return found

    @cached_property
    def incomplete(self) -> z3.BoolRef:
        """Whether a level waits for an answer (D-2)."""
        return z3.Or(*(z3.And(each.open, z3.Not(each.maybe)) for each in self.levels.values()))

    @cached_property
    def fired(self) -> dict[tuple[int, str], z3.BoolRef]:
        """Whether anything asks for this urgency and professional; the highest pair is the verdict's."""
        pairs = {
            (urgency, see): list[z3.BoolRef]()
            for urgency in range(1, len(URGENCIES))
            for see in PROFESSIONALS
        }
        for name in self.levels:
            for holds, urgency, see in self.outcomes[name]:
                pairs[urgency, see].append(holds)
        pairs[1, self.pack.manifest["incomplete_see"]].append(self.incomplete)
        return {pair: z3.Or(*holding) for pair, holding in pairs.items()}

    @cached_property
    def at_least(self) -> list[z3.BoolRef]:
        """At each place whether the screen is at least that urgent."""
        return [TRUE] + [
            z3.Or(*(holds for (urgency, _), holds in self.fired.items() if urgency >= least))
            for least in range(1, len(URGENCIES))
        ]

    @cached_property
    def clear(self) -> z3.BoolRef:
        return z3.Not(self.at_least[1])

    # --- the tree ----------------------------------------------------------------------------------------

    @cached_property
    def reaches(self) -> dict[str, z3.BoolRef]:
        """Whether the person comes to each node and each leaf of the pattern tree."""
        found: dict[str, z3.BoolRef] = {self.pack.nodes[0]["id"]: TRUE}
        for node in self.pack.nodes:
            here, answer = found.get(node["id"], FALSE), self.evidence.chain(node["when"])
            # the named branch is for unsure and for not asked
            turns = answer.open if node["unsure"] == "yes" else answer.sure
            for end, way in ((node["yes"], turns), (node["otherwise"], z3.Not(turns))):
                found[end] = z3.Or(found.get(end, FALSE), z3.And(here, way))
        return found

    # --- the ladders -------------------------------------------------------------------------------------

    @cached_property
    def limits(self) -> dict[str, z3.BoolRef]:
        """Whether each column applies: always, unless its answer is a clear no."""
        return {name: self.evidence.chain(column["when"]).open for name, column in self.pack.columns.items()}

    @cached_property
    def cleared(self) -> z3.BoolRef:
        return self.evidence.chain(self.pack.settings["cleared"]).sure

    @cached_property
    def lowered(self) -> dict[str, list[z3.BoolRef]]:
        """For each exercise, at each place of its ladder, whether only lower places are allowed."""
        found = {}
        for name, exercise in self.pack.exercises.items():
            rungs = exercise["rungs"]
            above = [list[z3.BoolRef]() for _ in rungs]
            for column, cell in exercise.get("column", {}).items():
                for place in range(len(rungs)):
                    above[place].append(z3.And(self.limits[column], self._below(rungs, cell, place)))
            found[name] = [z3.Or(*each) for each in above]
        return found

    def _below(self, rungs: list[str], cell: Any, place: int) -> z3.BoolRef:
        """Whether the cell allows only rungs below the place."""
        table = {"rung": cell} if isinstance(cell, str) else cell
        if "cleared" in table:
            # withheld, and the named rung for whoever was assessed and cleared
            low = z3.BoolVal(rungs.index(table["cleared"]) > place)
            return z3.And(z3.BoolVal(place < len(rungs) - 1), z3.Or(z3.Not(self.cleared), low))
        return z3.BoolVal(rungs.index(table["rung"]) > place)

    def below(self, exercise: str, start: int = 0) -> list[z3.BoolRef]:
        """At each place whether the person gets a lower rung: the first one allowed whose needs are met."""
        table, found = self.pack.exercises[exercise], []
        passed = TRUE
        for place, rung in enumerate(table["rungs"][:-1]):
            needs = table["rung"][rung].get("needs")
            lacks = z3.Not(self.evidence.chain(needs).sure) if needs else FALSE
            skipped = z3.Or(self.lowered[exercise][place], lacks, z3.BoolVal(place < start))
            passed = z3.And(passed, skipped)
            found.append(passed)
        return [*found, FALSE]

    @cached_property
    def rungs(self) -> dict[str, list[z3.BoolRef]]:
        return {name: self.below(name) for name in self.pack.exercises}

    def withheld(self, exercise: str) -> z3.BoolRef:
        return self.rungs[exercise][-2]

    @cached_property
    def enough(self) -> z3.BoolRef:
        """Whether two exercises or more are left in any rung (D-19)."""
        return z3.AtLeast(*(z3.Not(self.withheld(name)) for name in self.pack.exercises), 2)

    @cached_property
    def exercises(self) -> z3.BoolRef:
        """Whether the verdict may be a programme."""
        return z3.And(self.clear, self.enough)
