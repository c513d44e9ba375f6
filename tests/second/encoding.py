"""The whole composition as z3 terms: from what one person answers to urgency, leaf and rung of each exercise.

Written from house.md 2 and 3, decisions.md D-1, D-2, D-18, D-19, D-37 to D-39 and `rules/README.md`. Nothing
of the library is imported here: two methods that share code share its mistakes.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import z3

from tests.second.chain import FALSE, TRUE, Chain, Choice, Number, Term, any_of, condition

URGENCIES = ("self_care", "routine", "soon", "same_day", "emergency")
PROFESSIONALS = (
    "physiotherapist", "doctor", "midwife", "treating_team", "urgent_care", "eye_casualty", "crisis_line",
    "maternity_unit", "emergency_department",
)  # fmt: skip
NO, NOT_ASKED, UNSURE, YES = range(4)
"""The answers to a yes-or-no question, and with `NO` for *known* the states of a number."""

RULES = Path(__file__).parents[2] / "rules"


def shipped_files() -> dict[str, bytes]:
    """Returns the rule files, by their name in the folder."""
    return {str(path.relative_to(RULES)): path.read_bytes() for path in sorted(RULES.rglob("*.toml"))}


class Pack:
    """The tables of a pack of rules as TOML gives them."""

    def __init__(self, files: Mapping[str, bytes]):
        tables = {name: tomllib.loads(text.decode()) for name, text in files.items()}
        self.findings = _folder(tables, "findings")
        self.definitions = _folder(tables, "definitions")
        self.columns = _folder(tables, "columns")
        self.exercises = _folder(tables, "exercises")
        self.programmes = _folder(tables, "programmes")
        self.flags = _folder(tables, "red_flags") | _folder(tables, "gates")
        self.nodes = tables["tree/pattern.toml"]["node"]
        self.settings, self.manifest = tables["settings.toml"], tables["manifest.toml"]
        said = tables.get("implications.toml", {})
        self.implies, self.not_applicable = said.get("implies", []), said.get("not_applicable", [])
        self.contradictions = tables.get("contradictions.toml", {}).get("contradiction", [])
        self.levels = [
            (f"{flag}:{level['urgency']}", level)
            for flag, table in self.flags.items()
            for level in table["level"]
        ]

    @property
    def leaves(self) -> list[str]:
        return list(self.programmes)


def _folder(tables: Mapping[str, Any], folder: str) -> dict[str, Any]:
    return {Path(name).stem: table for name, table in tables.items() if name.startswith(f"{folder}/")}


class Stage:
    """What a person said, at one stage of reading it; a condition is asked of it."""

    def __init__(self, pack: Pack, answers: Mapping[str, Term]):
        self.pack, self.answers = pack, answers

    def answer(self, name: str) -> Term:
        return self.answers[name]

    def definition(self, name: str) -> Mapping[str, Any] | None:
        return self.pack.definitions.get(name, {}).get("when")

    def reassures(self, name: str) -> bool:
        return self.pack.findings.get(name, {}).get("polarity") == "reassures"

    def chain(self, when: Any) -> Chain:
        return condition(when, self)


class _Filled(Stage):
    """Not applicable counts as no where it was not asked (D-38); one such no may lead to the next."""

    def __init__(self, before: Stage):
        super().__init__(before.pack, {})
        self.before, self.known = before, dict[str, Term]()

    def answer(self, name: str) -> Term:
        if name not in self.known:
            here = [each["when"] for each in self.pack.not_applicable if name in each["findings"]]
            self.known[name] = _without(
                self.before.answers[name], z3.Or(*(self.chain(when).sure for when in here))
            )
        return self.known[name]


def _without(answer: Term, cannot_apply: z3.BoolRef) -> Term:
    if isinstance(answer, Chain):
        return answer._replace(open=z3.Or(answer.maybe, z3.And(answer.open, z3.Not(cannot_apply))))
    return answer._replace(missing=z3.And(answer.missing, z3.Not(cannot_apply)))


class Person:
    """Everything that follows from the answers of one person. Each part is built when it is first asked for."""

    def __init__(self, pack: Pack, tag: str):
        self.pack, self.tag = pack, tag
        self.state = {name: z3.BitVec(f"{tag}.{name}", 3) for name in pack.findings}
        self.value = {
            name: z3.BitVec(f"{tag}.{name}.value", 16)
            for name, finding in pack.findings.items()
            if finding["kind"] == "number"
        }

    # --- what was said ---------------------------------------------------------------------------------

    @cached_property
    def possible(self) -> z3.BoolRef:
        """What any answers keep to: a yes, no, unsure or nothing; a choice of the list; a number in its range."""
        bounds = []
        for name, finding in self.pack.findings.items():
            last = {"yes_no": YES, "number": UNSURE, "choice": len(finding.get("choices", ()))}[finding["kind"]]
            bounds.append(z3.ULE(self.state[name], last))
            if name in self.value:
                bounds += [
                    z3.UGE(self.value[name], finding["min"]), z3.ULE(self.value[name], finding["max"])
                ]  # fmt: skip
        return z3.And(*bounds)

    def is_missing(self, name: str) -> z3.BoolRef:
        """Whether the finding was not asked."""
        choices = self.pack.findings[name].get("choices")
        return self.state[name] == (len(choices) if choices else NOT_ASKED)

    def is_unsure(self, name: str) -> z3.BoolRef:
        choices = self.pack.findings[name].get("choices")
        return self.state[name] == (choices.index("unsure") if choices else UNSURE)

    @cached_property
    def said(self) -> Stage:
        return Stage(self.pack, {name: self._said(name) for name in self.pack.findings})

    def _said(self, name: str) -> Term:
        finding, state = self.pack.findings[name], self.state[name]
        if finding["kind"] == "yes_no":
            return Chain(z3.UGE(state, NOT_ASKED), z3.UGE(state, UNSURE), state == YES)
        if finding["kind"] == "number":
            return Number(self.value[name], state == NO, state == UNSURE, state == NOT_ASKED)
        made = {choice: state == place for place, choice in enumerate(finding["choices"])}
        return Choice(made, made.pop("unsure"), self.is_missing(name))

    @cached_property
    def evidence(self) -> Stage:
        """What was said, with what D-1 and D-38 read into it."""
        raised = {name: self._doubt_of(name, answer) for name, answer in self.said.answers.items()}
        for each in self.pack.implies:
            # implications only raise, and what was not asked says nothing about another answer
            own, cause = raised[each["finding"]], Stage(self.pack, raised).chain(each["when"])
            more = any_of([own, cause._replace(open=cause.maybe)])
            raised = {**raised, each["finding"]: self._doubt_of(each["finding"], more)}
        filled = _Filled(Stage(self.pack, raised))
        return Stage(self.pack, {name: filled.answer(name) for name in raised})

    def _doubt_of(self, name: str, answer: Term) -> Term:
        if isinstance(answer, Chain) and self.pack.findings[name].get("unsure_is_yes"):
            return answer._replace(sure=answer.maybe)
        return answer

    @cached_property
    def conflict(self) -> z3.BoolRef:
        """Whether answers contradict one another (D-39), among them a yes that cannot apply."""
        both = [self.evidence.chain(each["both"]).sure for each in self.pack.contradictions]
        for each in self.pack.not_applicable:
            # after D-1: where unsure is read as yes it conflicts as a yes does
            answers = [self.evidence.answers[name] for name in each["findings"]]
            said = [answer.sure for answer in answers if isinstance(answer, Chain)]
            both.append(z3.And(self.evidence.chain(each["when"]).sure, z3.Or(*said)))
        return z3.Or(*both)

    @cached_property
    def asked(self) -> z3.BoolRef:
        """Whether nothing that holds a verdict back was left out (D-2)."""
        return z3.And(*(
            z3.Not(missing(self.evidence.answers[name]))
            for name, finding in self.pack.findings.items()
            if finding["need"] == "screen"
        ))  # fmt: skip

    # --- the screen --------------------------------------------------------------------------------------

    @cached_property
    def screened(self) -> Stage:
        """The evidence as the screen takes it: an unasked `choice` finding leads to no referral (D-2)."""
        answers = {
            name: _without(answer, TRUE) if self.pack.findings[name]["need"] == "choice" else answer
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
        pairs = {(urgency, see): list[z3.BoolRef]() for urgency in range(1, len(URGENCIES)) for see in PROFESSIONALS}
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


def missing(answer: Term) -> z3.BoolRef:
    """Whether an answer was not asked, and was not read as no instead."""
    if isinstance(answer, Chain):
        return z3.And(answer.open, z3.Not(answer.maybe))
    return answer.missing
