"""Prints one digest of what the library says about a fixed set of people, and of the rules it loaded.

Needs the library only, so that any interpreter can run it: `python tests/faults/digest.py`.
"""

from __future__ import annotations

import hashlib
import json
import locale
import sys
import tomllib
from pathlib import Path

CASES = Path(__file__).parent.parent / "cases"
FILES = ("typical.toml", "unsure.toml")


def people() -> list[dict[str, object]]:
    """The answers of everybody in two files of cases."""
    bases = tomllib.loads((CASES / "bases.toml").read_text("utf-8"))
    found: list[dict[str, object]] = []
    for name in FILES:
        for person in tomllib.loads((CASES / name).read_text("utf-8"))["person"]:
            answers = bases[person["base"]] | person["answers"]
            found.append({key: each for key, each in answers.items() if key not in person.get("missing", [])})
    return found


def digest() -> str:
    """The SHA-256 of every verdict as data and as text, of some refusals, and of the hash of the rules."""
    from sitriage import AnswerError, RulesError, load_rules, triage

    said: list[object] = [load_rules().hash]
    for answers in people():
        verdict = triage(answers)  # type: ignore[arg-type]
        said += [verdict.to_dict(), verdict.text("gb"), list(verdict.path)]
    for bad in (
        {"fevr": True, "age": "４２"},
        {"Fever": True, "pain_severity": 99},
        {str(i): i for i in range(50)},
    ):
        try:
            triage(bad)  # type: ignore[arg-type]
        except AnswerError as error:
            said.append(str(error))
    try:
        load_rules(Path(__file__).parent)
    except RulesError as error:
        said.append(str(error))
    # in the order they have: a change of order is a change
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


if __name__ == "__main__":
    # a host may have set the locale of the user
    locale.setlocale(locale.LC_ALL, "")
    if "naive" in sys.argv:
        # the negative control: a digest that leans on the order of a set and on what `assert` does
        words = list({"fever", "chills", "numb", "weak", "age", "side", "egg"})
        checked = []
        assert checked.append(1) is None
        print(hashlib.sha256(f"{words}{checked}".encode()).hexdigest())
    else:
        print(digest())
