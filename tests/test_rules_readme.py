"""The smallest pack of rules/README.md loads as printed, and its table names every key there is."""

from __future__ import annotations

import re
from pathlib import Path

import attrs
import pytest

import sitriage
from sitriage import Programme, Referral, load_rules, triage
from sitriage.load import FOLDERS, LISTS, SINGLES, TABLES
from sitriage.rule import Rule

# in the wheel it lies beside the rules
PLACES = (Path(sitriage.__file__).parent / "rules", Path(__file__).parent.parent / "rules")
README = next(place / "README.md" for place in PLACES if (place / "README.md").is_file())
SECTION = README.read_text(encoding="utf-8").split("## The smallest pack\n")[1].split("\n## ")[0]

# what stands in every rule, and what no file writes
SHARED = {field.name for field in attrs.fields(Rule)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The fenced files of the section, each named by its first line."""
    for block in re.findall(r"```toml\n(.*?)```", SECTION, re.S):
        file = tmp_path / block.splitlines()[0].removeprefix("# ")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(block, encoding="utf-8")
    return tmp_path


def test_the_smallest_pack_loads_and_decides(folder: Path) -> None:
    rules = load_rules(folder)
    person = {"sore_wrist": "left", "numb_hand": False}
    programme = triage(person | {"swollen": True}, rules=rules)
    assert isinstance(programme, Programme)
    assert [(each.exercise, each.rung) for each in programme.prescriptions] == [
        ("fist", "full"),
        ("wrist_bend", "small"),
    ]
    referral = triage(person | {"numb_hand": True}, rules=rules)
    assert isinstance(referral, Referral)
    assert (referral.urgency, referral.see) == ("soon", "doctor")


KINDS = {f"{folder}/": kind for folder, kind in FOLDERS.items()}
KINDS |= {file: kind for file, (kind, _) in {**SINGLES, **TABLES}.items()}
KINDS |= {f"{file}`, `[[{key}]]": kind for file, entries in LISTS.items() for key, kind, _ in entries}


@pytest.mark.parametrize("name", KINDS)
def test_the_table_names_the_keys_of_every_kind_of_file(name: str) -> None:
    (row,) = [line for line in SECTION.splitlines() if line.startswith("| `") and f"`{name}" in line[:50]]
    _, _, required, others, _ = row.split("|")
    named = set(re.findall(r"[a-z_]+", required)), set(re.findall(r"[a-z_]+", others))
    # the keys of every rule stand above the table; a file name or a table name is the id
    shared = SHARED if issubclass(KINDS[name], Rule) else {"id"} if name in TABLES else set()
    for field in attrs.fields(KINDS[name]):
        if field.name not in shared:
            needed = field.default is attrs.NOTHING
            assert field.name in (named[0] if needed else named[0] | named[1]), field.name
