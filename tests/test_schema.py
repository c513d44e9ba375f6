"""Schema and loader accept the same rule files.

Three circles: what the loader refuses for the shape of one file (`_Loader.take`), what the schema of
that file refuses, and what the loader refuses in the end. Each lies within the next, but for the few
faults of shape that JSON Schema has no words for (`BEYOND_WORDS`).
"""

from __future__ import annotations

import copy
import datetime
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import attrs
import pytest
from jsonschema import Draft202012Validator, validators

import sitriage
from sitriage import RulesError, Ruleset, model, poses, promises, rule, verdict, wording
from sitriage.check import problems
from sitriage.load import FOLDERS, LISTS, SINGLES, TABLES, _Loader, read_folder, ruleset_from
from sitriage.schema.described import TEXTS
from sitriage.schema.files import rule_schemas, schema_texts
from sitriage.schema.shape import Shapes
from tests.small_pack import FILES, pack
from tests.test_load import BAD, change_of

PACKAGE = Path(sitriage.__file__).parent
# JSON Schema counts 5.0 as a whole number; TOML and `triage` tell them apart
_STRICT = Draft202012Validator.TYPE_CHECKER.redefine("integer", lambda _, value: type(value) is int)
Strict = validators.extend(Draft202012Validator, type_checker=_STRICT)


@cache
def validator(kind: str) -> Any:
    return Strict(rule_schemas()[kind])


def kind_of(name: str) -> str:
    folder, _, stem = name.removesuffix(".toml").rpartition("/")
    return folder if folder in FOLDERS else stem


def shape_faults(name: str, raw: dict[str, Any]) -> list[str]:
    """What the loader says about the shape of one file."""
    loader = _Loader()
    loader.take(name, copy.deepcopy(raw))
    return [str(fault) for fault in loader.faults]


# --- rule files: as shipped ---


def shipped_files() -> dict[str, dict[str, Any]]:
    packaged = PACKAGE / "rules"
    root = packaged if packaged.is_dir() else PACKAGE.parent / "rules"
    return {name: tomllib.loads(data.decode()) for name, data in read_folder(root).items()}


# nothing of the shipped rules had to be signed yet
SHIPPED = {"signed.toml": tomllib.loads(FILES["signed.toml"])} | shipped_files()
SMALL = {name: tomllib.loads(text) for name, text in FILES.items()}


@pytest.mark.parametrize("kind", sorted(rule_schemas()))
def test_each_schema_is_one(kind: str) -> None:
    Draft202012Validator.check_schema(rule_schemas()[kind])


def test_every_kind_of_file_has_a_schema() -> None:
    assert set(rule_schemas()) == {kind_of(name) for name in [f"{each}/x.toml" for each in FOLDERS]} | {
        kind_of(name) for name in (*LISTS, *SINGLES, *TABLES)
    }


@pytest.mark.parametrize("kind", sorted(rule_schemas()))
def test_every_shipped_file_fits_its_schema(kind: str) -> None:
    for name, raw in (SHIPPED | {f"small/{name}": raw for name, raw in SMALL.items()}).items():
        if kind_of(name.removeprefix("small/")) == kind:
            assert not list(validator(kind).iter_errors(raw)), name


# --- rule files: one mistake each ---

# faults of shape that need arithmetic between two keys
BEYOND_WORDS = ("`at_least` is between 1", "`min` is greater than `max`")

OTHERS: tuple[Any, ...] = (
    5, -1, 0, True, 1.5, 2.0, "zz", "", [], ["zz"], [5], [[]], {}, {"zz": 1}, {"any": ["fever"]},
    datetime.date(2026, 1, 1),
)  # fmt: skip


# tables whose keys are names
NAMED = (("column",), ("rung",), ("urgency",), ("who",), ("line",), ("meanwhile",), ("choice_labels",))


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every path into nested tables and lists; of a list the first two entries."""
    yield path
    inner = list(enumerate(value))[:2] if isinstance(value, list) else []
    for key, each in value.items() if isinstance(value, dict) else inner:
        yield from places(each, (*path, key))


def at(value: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        value = value[key]
    return value


def changed(raw: dict[str, Any], path: tuple[Any, ...], new: Any) -> dict[str, Any]:
    made = copy.deepcopy(raw)
    at(made, path[:-1])[path[-1]] = new
    return made


def without(raw: dict[str, Any], path: tuple[Any, ...]) -> dict[str, Any]:
    made = copy.deepcopy(raw)
    del at(made, path[:-1])[path[-1]]
    return made


def mutants(raw: dict[str, Any], seen: set[Any], kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The file with one key dropped, added or given another type or word; each shape of place once."""
    for path in places(raw):
        # in a file of named tables each table is as good as another
        named = path[:1] if f"{kind}.toml" in TABLES else path[1:2] if path[:1] in NAMED else ()
        shape = tuple("*" if isinstance(key, int) or key in named else key for key in path)
        old = at(raw, path)
        if (shape, type(old)) in seen:
            continue
        seen.add((shape, type(old)))
        if isinstance(old, dict):
            yield f"add {path}", changed(raw, (*path, "zz"), "zz")
            yield f"add id {path}", changed(raw, (*path, "id"), "zz")
            yield f"add review {path}", changed(raw, (*path, "review"), 5)
        if isinstance(old, list):
            yield f"append {path}", changed(raw, path, [*old, 5])
        if path:
            yield f"drop {path}", without(raw, path)
            for other in OTHERS:
                yield f"{path} = {other!r}", changed(raw, path, other)


@pytest.fixture(scope="module")
def base() -> _Loader:
    loader = _Loader()
    for name, raw in SHIPPED.items():
        loader.take(name, copy.deepcopy(raw))
    return loader


def refused_in_the_end(base: _Loader, name: str, raw: dict[str, Any]) -> bool:
    """Whether the whole shipped pack, with this file in it, does not load."""
    parts = {key: dict(part) if isinstance(part, dict) else part for key, part in base.parts.items()}
    loader = attrs.evolve(base, parts=parts, faults=[])
    loader.take(name, copy.deepcopy(raw))
    return bool(loader.faults) or next(problems(loader.ruleset("")), None) is not None


@pytest.mark.slow
@pytest.mark.parametrize("kind", sorted(rule_schemas()))
def test_schema_and_loader_judge_every_changed_file_alike(kind: str, base: _Loader) -> None:
    """Systematically: each place of each kind of shipped file, dropped, added to, or of another type."""
    seen: set[Any] = set()
    wrong, refused = [], 0
    for name, raw in SHIPPED.items():
        if kind_of(name) != kind:
            continue
        for what, mutant in mutants(raw, seen, kind):
            said = shape_faults(name, mutant)
            fits = validator(kind).is_valid(mutant)
            refused += not fits
            if fits and said and not all(any(word in each for word in BEYOND_WORDS) for each in said):
                wrong.append(f"{name}: {what}: the schema takes what the loader refuses: {said}")
            if not fits and not said and not refused_in_the_end(base, name, mutant):
                wrong.append(f"{name}: {what}: the schema refuses what the loader takes")
    assert not wrong, "\n".join(wrong)
    assert refused >= 20


# the mistakes of bad_rules that no schema of one file can see, by the reason
UNSEEN = {
    "an id that stands in another file, or nowhere": [
        "dangling_adjunct_of_programme", "dangling_exercise_of_adjunct", "dangling_warm_up",
        "activity_with_unknown_source", "advice_with_unknown_source", "dangling_cleared_rung",
        "dangling_column", "dangling_exercise", "dangling_fill", "dangling_instead", "dangling_node",
        "dangling_programme", "dangling_programme_of_advice", "dangling_rung", "dangling_rung_beside_cleared",
        "dangling_rung_of_item", "dangling_side", "dangling_source", "dangling_stop_rule",
        "stop_rule_with_unknown_source",
        "unknown_fact", "unknown_finding", "unknown_finding_implied", "unknown_finding_in_advice",
        "unknown_finding_in_cause", "unknown_finding_in_column", "unknown_finding_in_range",
        "unknown_finding_read_as_no", "unknown_finding_to_watch", "unknown_group", "unknown_side_finding",
        "unknown_choice",
        "unsure_as_choice", "promise_of_unknown_exercise", "promise_of_unknown_exercise_in_limit",
        "promise_of_unknown_programme", "promise_of_unknown_rung", "promise_of_unknown_rung_never",
        "promise_of_unknown_side", "promise_with_unknown_finding", "pose_of_unknown_exercise",
        "pose_of_unknown_rung", "pose_alike_of_unknown_rung", "pose_without_rung",
        "pose_with_unknown_contact",
    ],
    "how a finding of another file may be used": [
        "choice_as_number", "number_to_watch", "implied_reassurance", "max_on_raising_number",
        "not_before_definition",
        "not_before_raising", "number_as_yes_no", "reassuring_without_not", "yes_no_as_choice",
    ],
    "an id that stands twice, or that nothing uses or reaches": [
        "circular_definition", "definition_named_like_a_finding", "fact_that_went_nowhere",
        "flag_and_gate_alike", "group_of_none", "group_too_large", "implied_by_itself",
        "node_leading_back", "rung_twice", "two_groups_alike", "two_levels_alike", "two_nodes_alike",
        "two_regions_alike", "two_stop_rules_alike", "watched_twice", "unreachable_node",
        "unreachable_programme",
        "promise_of_one_apart", "unused_adjunct", "unused_column", "unused_definition", "unused_exercise",
        "unused_finding",
    ],
    "arithmetic between two keys": ["at_least_too_many", "min_above_max"],
    "a key that asks something of another key of the file": [
        "adjunct_without_steps", "cause_without_sign", "sign_twice",
        "cap_of_effort_at_the_start", "cap_of_isometric_hold", "cap_of_sets", "cap_of_strength_twice_a_day",
        "label_of_no_choice", "number_without_range", "one_exercise", "phases_out_of_order",
        "pose_with_arrow_to_nowhere", "pose_with_middle_of_nothing",
        "rung_without_table", "source_that_may_not_stand_alone", "table_without_rung", "two_lines_alike",
        "withheld_not_last",
    ],
    "a word that only the whole pack asks for": [
        "come_back_missing", "come_back_unknown", "empty_contact", "empty_tree", "no_international_contact",
        "no_line_for_professional", "no_steps",
        "no_text_for_professional", "no_text_for_urgency", "nothing_meanwhile", "unknown_urgency_text",
    ],
    "no file of a known kind, or no TOML": [
        "missing_manifest", "missing_sources_file", "missing_texts", "toml_syntax", "toml_twice",
        "unknown_file", "unknown_folder",
    ],
}  # fmt: skip


def judged(path: Path) -> tuple[list[str], bool]:
    """Of a mistake: what the loader says about its shape, and whether a schema refuses it."""
    mistake = tomllib.loads(path.read_text("utf-8"))
    ((name, text),) = change_of(mistake).items()
    try:
        raw = tomllib.loads(text or "")
    except tomllib.TOMLDecodeError:
        return [], False
    if text is None or kind_of(name) not in rule_schemas():
        return [], False
    return shape_faults(name, raw), not validator(kind_of(name)).is_valid(raw)


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_schema_sees_every_bad_rule_but_those_listed(path: Path) -> None:
    said, refused = judged(path)
    unseen = [reason for reason, stems in UNSEEN.items() if path.stem in stems]
    assert refused != bool(unseen), unseen
    if said and not refused:
        assert unseen == ["arithmetic between two keys"]


def test_what_is_listed_as_unseen_exists() -> None:
    listed = [stem for stems in UNSEEN.values() for stem in stems]
    assert len(listed) == len(set(listed))
    assert set(listed) <= {path.stem for path in BAD}


def test_a_third_pack_is_judged_by_the_same_schemas() -> None:
    """The ids of the shipped pack are not in the schemas of rules: ducks fit them too."""
    text = "".join(
        text for name, text in schema_texts(sitriage.load_rules()).items() if name != "answers.json"
    )
    assert "saddle_numbness" not in text
    with pytest.raises(RulesError):
        ruleset_from(pack({"findings/fever.toml": 'label = "x"'}))


def test_every_key_is_described_and_no_other() -> None:
    """What an editor shows. A new key of a class needs a line in sitriage/schema/described.py."""
    classes = [
        each
        for module in (model, poses, promises, rule, verdict, wording)
        for each in vars(module).values()
        if attrs.has(each) and each.__module__ == module.__name__ and each is not Ruleset
    ]
    own = {f"{each.__name__}.{name}" for each in classes for name in each.__annotations__}
    # the loader fills this one in
    assert set(TEXTS) == own - {"Level.id"}


def test_a_type_without_a_schema_is_named() -> None:
    with pytest.raises(TypeError, match=r"add it to sitriage/schema/shape\.py"):
        Shapes().of(dict[str, int])
