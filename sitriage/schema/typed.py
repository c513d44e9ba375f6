"""The module `sitriage/answers.py`: the answers to the findings of a pack as a `TypedDict`."""

from __future__ import annotations

from sitriage.model import Finding, Ruleset
from sitriage.words import UNSURE

__all__ = ["answers_module"]

_HEAD = '''"""The answers to the findings of a rule pack as a type, for editors and type checkers.

Generated from the rules by `sitriage schema --types FILE`: do not edit.
"""

from __future__ import annotations

from typing import Literal, TypedDict

__all__ = ["Answers"]


class Answers(TypedDict, total=False):
    """What a person answered, by finding id. Leave a key out if it was not asked: that is never no."""
'''

_WIDTH = 110


def answers_module(rules: Ruleset) -> str:
    """Returns the text of a module with `Answers`, one described key for each finding."""
    return _HEAD + "".join(_key(each) for each in rules.findings.values())


def _key(finding: Finding) -> str:
    about = finding.label if finding.kind != "number" else f"{finding.label}: {_range(finding)}"
    # nothing of a rule may end the docstring it stands in
    plain = " ".join(about.split()).replace("\\", "/").replace('"', "'")
    line = f"    {finding.id}: {_type(finding)}"
    if len(line) > _WIDTH:
        *_, inner = line.partition("Literal[")
        choices = ",\n        ".join(inner.removesuffix("]").split(", "))
        line = f"    {finding.id}: Literal[\n        {choices},\n    ]"
    return f'\n{line}\n    """{plain}"""\n'


def _range(finding: Finding) -> str:
    return f"{finding.min} to {finding.max} {finding.unit}"


def _type(finding: Finding) -> str:
    if finding.kind == "choice":
        words = dict.fromkeys((*finding.choices, UNSURE))
        return f"Literal[{', '.join(_quoted(each) for each in words)}]"
    return f'{"bool" if finding.kind == "yes_no" else "int"} | Literal["{UNSURE}"]'


def _quoted(word: str) -> str:
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'
