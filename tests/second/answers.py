"""The rule files as tables, and what one person said as z3 terms, with what is read into it.

Written from house.md 2 and 3, decisions.md D-1, D-2, D-38, D-39 and `rules/README.md`. Nothing of the library
is imported here: two methods that share code share its mistakes.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import z3

from tests.second.chain import Chain, Choice, Number, Term, any_of, condition

NO, NOT_ASKED, UNSURE, YES = range(4)
"""The answers to a yes-or-no question, and with `NO` for *known* the states of a number."""


def shipped_files() -> dict[str, bytes]:
    """Returns the rule files, by their name in the folder."""
    # found, not imported: in the package where it is installed, beside it in a checkout
    package = Path(find_spec("sitriage").origin).parent
    folder = next(each for each in (package / "rules", package.parent / "rules") if each.is_dir())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.toml"))}


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
            self.known[name] = without(
                self.before.answers[name], z3.Or(*(self.chain(when).sure for when in here))
            )
        return self.known[name]


def without(answer: Term, cannot_apply: z3.BoolRef) -> Term:
    """Returns an answer that reads as no where it was not asked and cannot apply."""
    if isinstance(answer, Chain):
        return answer._replace(open=z3.Or(answer.maybe, z3.And(answer.open, z3.Not(cannot_apply))))
    return answer._replace(missing=z3.And(answer.missing, z3.Not(cannot_apply)))


class Respondent:
    """What one person said, and what is read into it; each part is built when it is first asked for."""

    def __init__(self, pack: Pack, tag: str):
        self.pack, self.tag = pack, tag
        self.state = {name: z3.BitVec(f"{tag}.{name}", 3) for name in pack.findings}
        self.value = {
            name: z3.BitVec(f"{tag}.{name}.value", 16)
            for name, finding in pack.findings.items()
            if finding["kind"] == "number"
        }

    @cached_property
    def possible(self) -> z3.BoolRef:
        """What any answers keep to: the four of a question, a choice of the list, a number in its range."""
        bounds = []
        for name, finding in self.pack.findings.items():
            last = {"yes_no": YES, "number": UNSURE, "choice": len(finding.get("choices", ()))}[
                finding["kind"]
            ]
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


def missing(answer: Term) -> z3.BoolRef:
    """Whether an answer was not asked, and was not read as no instead."""
    if isinstance(answer, Chain):
        return z3.And(answer.open, z3.Not(answer.maybe))
    return answer.missing
