"""Answers and verdicts are what their schemas say; what is generated is what is committed."""

from __future__ import annotations

import copy
import datetime
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import sitriage
from sitriage import AnswerError, Ruleset, triage
from sitriage.answers import Answers
from sitriage.evidence import read_answers
from sitriage.schema.data import answers_schema, verdict_schema
from sitriage.schema.files import schema_texts
from sitriage.schema.point import point_at
from sitriage.schema.typed import answers_module
from tests.small_pack import CALM, FILES, edited, small_rules
from tests.test_cases import EVERYBODY, verdict_on
from tests.test_schema import Strict

PACKAGE = Path(sitriage.__file__).parent
RULES = PACKAGE.parent / "rules"
REGENERATE = "python -m sitriage schema --write sitriage/schemas --types sitriage/answers.py --point rules"
VERDICT = Draft202012Validator(verdict_schema())


# --- answers ---


def readable(answers: dict[str, Any], rules: Ruleset) -> bool:
    try:
        read_answers(answers, rules)
    except AnswerError:
        return False
    return True


def tried(rules: Ruleset, name: str) -> list[Any]:
    """Every kind of value, and for each finding its own edges and words."""
    finding = rules.findings[name]
    edges = [finding.min - 1, finding.min, finding.max, finding.max + 1]
    words = ["unsure", "not_asked", "not_applicable", "yes", "true", "left", "Unsure", "unsure ", "5", ""]
    odd: list[Any] = [None, True, False, 0, 1, -1, 5, 10**30, 1.5, 44.0, [], [True], {}, {"value": True}]
    return [*edges, *words, *odd, *finding.choices, datetime.date(2026, 1, 1)]


def test_answers_are_valid_exactly_when_triage_reads_them(rules: Ruleset) -> None:
    """Each finding x each kind of value, with whole numbers told from 44.0 as JSON Schema does not."""
    schema = Strict(answers_schema(rules))
    wrong, valid = [], 0
    for name in rules.findings:
        for value in tried(rules, name):
            fits = schema.is_valid({name: value})
            valid += fits
            if fits != readable({name: value}, rules):
                wrong.append((name, value))
    assert wrong == []
    assert valid > 3 * len(rules.findings)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["saddle_numbness", "age", "pain_side"])
def test_what_is_read_is_what_triage_takes(rules: Ruleset, name: str) -> None:
    """The reading of answers, which the test above asks, is where `triage` refuses."""
    for value in (True, 5, "left", "unsure", None, 1.5, "zz"):
        if readable({name: value}, rules):
            triage({name: value}, rules=rules)
        else:
            with pytest.raises(AnswerError):
                triage({name: value}, rules=rules)


def test_a_whole_number_with_a_point_is_all_that_json_schema_cannot_tell(rules: Ruleset) -> None:
    schema = Draft202012Validator(answers_schema(rules))
    taken = {
        (rules.findings[name].kind, repr(value))
        for name in rules.findings
        for value in tried(rules, name)
        if schema.is_valid({name: value}) and not readable({name: value}, rules)
    }
    assert taken == {("number", "44.0")}


def test_answers_of_several_findings_and_of_none(rules: Ruleset, small: Ruleset) -> None:
    schema = Strict(answers_schema(rules))
    assert schema.is_valid({})
    assert schema.is_valid({"fever": True, "age": 44, "pain_side": "left"})
    assert not schema.is_valid({"fever": True, "fevr": True})
    assert not schema.is_valid([])
    assert not schema.is_valid({"": True})
    assert Strict(answers_schema(small)).is_valid(CALM)


# --- verdicts ---


def as_json(verdict: sitriage.Verdict) -> Any:
    return json.loads(json.dumps(verdict.to_dict()))


@pytest.mark.slow
@pytest.mark.parametrize("person", [pytest.param(each, id=each["name"]) for each in EVERYBODY])
def test_the_verdict_on_every_person_fits(person) -> None:
    assert [each.message for each in VERDICT.iter_errors(as_json(verdict_on(person["name"])))] == []


def test_the_verdict_of_another_pack_fits(small: Ruleset) -> None:
    for answers in (CALM, {}, {"fever": True}, {"numb": True, "weak": True}):
        assert VERDICT.is_valid(as_json(triage(answers, rules=small)))


def inside(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    keys = value if isinstance(value, dict) else range(min(1, len(value))) if isinstance(value, list) else ()
    for key in keys:
        yield from inside(value[key], (*path, key))


@pytest.mark.slow
@pytest.mark.parametrize("urgency", ["self_care", "routine", "emergency"])
def test_a_verdict_with_anything_dropped_or_of_another_type_does_not_fit(urgency: str) -> None:
    person = next(each for each in EVERYBODY if each["urgency"] == urgency)
    whole = as_json(verdict_on(person["name"]))
    changed = 0
    for path in inside(whole):
        *above, last = path or (None,)
        for other in ("drop", None, 1.5, {"zz": 1}, "add"):
            made = copy.deepcopy(whole)
            holder = made
            for key in above:
                holder = holder[key]
            inner = made if not path else holder[last]
            if other == "add":
                if not isinstance(inner, dict):
                    continue
                inner["zz"] = "zz"
            elif not path:
                made = other
            elif other == "drop":
                if isinstance(holder, list) and "urgency_range" not in path and "answers" not in path[:-1]:
                    # a shorter list is a list
                    continue
                del holder[last]
                if path == ("record", "answers", 0):
                    continue
            else:
                holder[last] = other
            changed += 1
            assert not VERDICT.is_valid(made), (path, other)
    assert changed > 100


@pytest.mark.parametrize(
    ("urgency", "change"),
    [
        ("self_care", {"kind": "referral"}),
        ("self_care", {"kind": "something"}),
        ("self_care", {"urgency": "routine"}),
        ("self_care", {"provisional": True}),
        ("self_care", {"safety_net": []}),
        ("self_care", {"stop_rules": []}),
        ("self_care", {"prescriptions": []}),
        ("emergency", {"kind": "programme"}),
        ("emergency", {"urgency": "self_care"}),
        ("emergency", {"urgency": "now"}),
        ("emergency", {"safety_net": []}),
        ("emergency", {"meanwhile": []}),
        ("emergency", {"contacts": []}),
        ("emergency", {"urgency_range": ["routine"]}),
        ("emergency", {"urgency_range": ["routine", "soon", "emergency"]}),
    ],
)
def test_what_a_verdict_promises_is_in_its_schema(urgency: str, change: dict[str, Any]) -> None:
    person = next(each for each in EVERYBODY if each["urgency"] == urgency)
    assert not VERDICT.is_valid(as_json(verdict_on(person["name"])) | change)


# --- what is generated ---


def test_the_committed_schemas_are_current(rules: Ruleset) -> None:
    committed = {each.name: each.read_text("utf-8") for each in (PACKAGE / "schemas").glob("*.json")}
    stale = {name for name, text in schema_texts(rules).items() if committed.get(name) != text}
    assert stale | (set(committed) - set(schema_texts(rules))) == set(), f"run `{REGENERATE}`"


def test_the_committed_type_of_the_answers_is_current(rules: Ruleset) -> None:
    committed = (PACKAGE / "answers.py").read_text("utf-8")
    assert committed == answers_module(rules), f"run `{REGENERATE}`"


def test_the_type_of_the_answers_has_every_finding_and_needs_none(rules: Ruleset) -> None:
    assert set(Answers.__annotations__) == set(rules.findings)
    assert Answers.__required_keys__ == frozenset()
    assert sitriage.Answers is Answers


def test_no_label_can_break_the_module_of_the_answers() -> None:
    """A pack is data: what its labels hold stays within the docstrings of the keys."""
    label = 'label = \'x"""\\nimport os # \\\''
    choices = ", ".join(f'"a_rather_long_choice_{number}"' for number in range(8))
    rules = small_rules(
        edited("findings/egg.toml", 'label = "egg"', label)
        | edited("findings/kind.toml", '"drake", ', f'"drake", {choices}, ')
    )
    names: dict[str, Any] = {}
    exec(answers_module(rules), names)
    assert set(names["Answers"].__annotations__) == set(rules.findings)
    assert "os" not in names
    assert all(len(line) <= 110 for line in answers_module(rules).splitlines())


@pytest.mark.checkout
def test_every_shipped_rule_file_points_at_its_schema(tmp_path: Path) -> None:
    shutil.copytree(RULES, tmp_path / "rules")
    shutil.copytree(PACKAGE / "schemas", tmp_path / "sitriage" / "schemas")
    assert point_at(tmp_path / "rules", tmp_path / "sitriage" / "schemas") == [], f"run `{REGENERATE}`"


def test_rule_files_are_pointed_at_once(tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / "pack" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "pack" / name).write_text(text, encoding="utf-8")
    (tmp_path / "pack" / "odd.toml").write_text("")
    schemas = PACKAGE / "schemas"
    assert len(point_at(tmp_path / "pack", schemas)) == len(FILES)
    assert point_at(tmp_path / "pack", schemas) == []
    for name, kind in {"findings/age.toml": "findings", "tree/pattern.toml": "pattern"}.items():
        first, rest = (tmp_path / "pack" / name).read_text("utf-8").split("\n", 1)
        assert ((tmp_path / "pack" / name).parent / first.removeprefix("#:schema ")).resolve() == (
            schemas / f"{kind}.json"
        )
        assert rest == FILES[name]
    assert (tmp_path / "pack" / "odd.toml").read_text() == ""
    sitriage.load_rules(_without(tmp_path / "pack", "odd.toml"))


def _without(folder: Path, name: str) -> Path:
    (folder / name).unlink()
    return folder


# --- an editor ---

TOMBI = Path(sys.executable).parent / "tombi"


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(TOMBI), "lint", "--offline", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, cwd=folder)


@pytest.mark.skipif(not TOMBI.exists(), reason="tombi is not installed: pip install tombi")
def test_an_editor_sees_the_mistakes_and_only_those(tmp_path: Path) -> None:
    broken = {
        **edited("findings/age.toml", 'polarity = "none"\nneed =', 'polarity = "non"\nneeds ='),
        **edited("exercises/lean.toml", "start = { reps = 2", 'start = { reps = "2"'),
    }
    for place, texts in (("fine", FILES), ("broken", broken)):
        for name, text in texts.items():
            (tmp_path / place / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / place / name).write_text(text, encoding="utf-8")
        point_at(tmp_path / place, PACKAGE / "schemas")
    fine, wrong = lint(tmp_path / "fine"), lint(tmp_path / "broken")
    assert fine.returncode == 0, fine.stdout
    said = wrong.stdout + wrong.stderr
    assert wrong.returncode == 1
    assert '"needs" is not allowed' in said
    assert 'one of ["raises", "reassures", "none"]' in said
    assert "expected a value of type Integer" in said
