"""Rule files to a ruleset: whole or not at all, each mistake with its file, its line and what to do.

Each file of bad_rules/ is the small pack with one mistake: the `file`, how it differs (`old` and `new`,
`add`, `content` or `delete`), the words the message must hold, and the line it must name (in `file`, or
in the file `where` the mistake shows).
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest

from sitriage import RulesError, load_rules
from sitriage.caps import FILE_BYTES
from sitriage.load import read_folder, ruleset_from
from sitriage.model import Ruleset
from tests.small_pack import FILES, edited, pack, small_rules

BAD = sorted((Path(__file__).parent / "bad_rules").glob("*.toml"))
# what a fault of a whole file or folder names instead of a line
WHOLE = {"sources.toml": "rules/sources"}


def change_of(mistake: dict) -> dict[str, str | None]:
    name = mistake["file"]
    if mistake.get("delete"):
        return {name: None}
    if "content" in mistake:
        return {name: mistake["content"]}
    if "add" in mistake:
        return {name: FILES[name] + mistake["add"]}
    return edited(name, mistake["old"], mistake["new"])


def faults(files: dict[str, bytes]) -> list[str]:
    with pytest.raises(RulesError) as caught:
        ruleset_from(files)
    return [str(fault) for fault in caught.value.faults]


def test_there_are_many_kinds_of_mistake() -> None:
    assert len(BAD) >= 40


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_one_mistake_is_one_fault_on_its_line(path: Path) -> None:
    mistake = tomllib.loads(path.read_text(encoding="utf-8"))
    found = faults(pack(change_of(mistake)))
    assert len(found) == mistake.get("faults", 1)
    place = f"rules/{mistake.get('where', mistake['file'])}"
    if "line" in mistake:
        place += f":{mistake['line']}"
    elif mistake.get("delete"):
        place = WHOLE.get(mistake["file"], place)
    assert any(fault.startswith(place + ": ") and mistake["expect"] in fault for fault in found), found
    assert not any("\n" in fault for fault in found)


def test_without_a_mistake_the_pack_loads(small: Ruleset) -> None:
    assert small.manifest.name == "sore tails"
    assert small.version == "1.2.3"
    assert set(small.red_flags) == {"hot", "nerve", "counted", "growing", "lasting", "strong_pain"}
    assert [node.id for node in small.pattern] == ["N1", "N2", "N3"]


@pytest.mark.parametrize(
    ("name", "line"), [("findings/fever.toml", 1), ("tree/pattern.toml", 1), ("texts.toml", 1)]
)
def test_bytes_that_are_no_text_are_refused(name: str, line: int) -> None:
    (fault,) = faults(pack() | {name: b'label = "\xff"'})
    assert fault == f"rules/{name}:{line}: is not UTF-8 text"


def test_a_file_that_is_far_too_large_is_refused_unread() -> None:
    (fault,) = faults(pack() | {"settings.toml": b"#" * (FILE_BYTES + 1)})
    assert "at most 262144 bytes" in fault


def test_a_text_nested_without_end_is_refused() -> None:
    (fault,) = faults(pack() | {"settings.toml": b"a = " + b"[\n" * 100_000})
    assert "nested too deeply" in fault


@pytest.mark.parametrize("depth", [5, 100, 2000])
def test_a_condition_nested_without_end_is_refused_or_read(depth: int) -> None:
    deep = edited("columns/cold.toml", 'when.any = ["cold_skin"]', f'when.{"not." * depth}not = "cold_skin"')
    if depth == 5:
        assert ruleset_from(pack(deep)).columns["cold"]
    else:
        assert any("columns/cold.toml" in fault for fault in faults(pack(deep)))


def test_several_mistakes_are_all_told_and_sorted_by_place() -> None:
    many = {
        **edited("red_flags/growing.toml", '"worse"', '"worsee"'),
        **edited("exercises/nod.toml", "start = { reps = 5", "start = { reps = 0"),
        **edited("contacts.toml", '"international"', '"world"'),
        **edited("findings/age.toml", 'age?"', 'age"'),
    }
    found = faults(pack(many))
    assert found == sorted(found)
    assert len(found) == 4
    assert [fault.split(":")[0] for fault in found] == [f"rules/{name}" for name in sorted(many)]


def test_several_mistakes_of_one_file_are_all_told() -> None:
    text = FILES["findings/age.toml"].replace("question", "qestion").replace('group = "duck"', "group = 3")
    found = faults(pack({"findings/age.toml": text}))
    assert len(found) == 3
    assert all(fault.startswith("rules/findings/age.toml:") for fault in found)


def test_unreadable_files_are_all_told() -> None:
    found = faults(pack({"manifest.toml": "a = ", "settings.toml": "b = ", "texts.toml": "c = "}))
    assert [fault.split(":")[0] for fault in found] == [
        "rules/manifest.toml",
        "rules/settings.toml",
        "rules/texts.toml",
    ]


SPARE = {
    "activities.toml",
    "advice.toml",
    "facts.toml",
    "not_encoded.toml",
    "signed.toml",
    "watch.toml",
    *(name for name in FILES if name.startswith(("causes/", "gates/", "promises/"))),
}


@pytest.mark.parametrize("name", sorted(SPARE))
def test_what_nothing_refers_to_may_be_left_out(name: str) -> None:
    assert ruleset_from(pack({name: None})).hash != small_rules().hash


@pytest.mark.parametrize(
    "name", sorted(name for name in FILES if name not in SPARE and "red_flags/" not in name)
)
def test_what_others_refer_to_may_not_be_left_out(name: str) -> None:
    assert faults(pack({name: None}))


def test_an_empty_pack_names_what_is_missing() -> None:
    found = faults({})
    assert {f"rules/{name}: is missing" for name in ("manifest.toml", "settings.toml", "texts.toml")} < {
        *found
    }
    assert "rules/findings: is missing or empty" in found


def test_the_hash_changes_with_every_byte_and_every_name(small: Ruleset) -> None:
    spaced = small_rules({"manifest.toml": FILES["manifest.toml"] + " "})
    renamed = small_rules({"causes/chill.toml": None, "causes/chilly.toml": FILES["causes/chill.toml"]})
    assert len({small.hash, spaced.hash, renamed.hash}) == 3
    assert small_rules({"manifest.toml": FILES["manifest.toml"]}).hash == small.hash


def test_the_order_of_the_files_does_not_matter(small: Ruleset) -> None:
    turned = ruleset_from(dict(reversed(pack().items())))
    assert turned.hash == small.hash
    assert list(turned.findings) == list(small.findings)


def test_no_part_of_a_ruleset_can_be_changed(small: Ruleset) -> None:
    with pytest.raises(AttributeError):
        small.hash = ""  # type: ignore[misc]
    for part in (small.findings, small.red_flags, small.exercises, small.domains, small.texts.who):
        with pytest.raises(TypeError):
            part["new"] = None  # type: ignore[index]
    with pytest.raises(AttributeError):
        small.findings["fever"].need = "choice"  # type: ignore[misc]


def test_a_cell_may_be_the_bare_name_of_a_rung(small: Ruleset) -> None:
    assert small.exercises["wag"].column["fragile"].rung == "small"
    assert small.exercises["lean"].column["fragile"].cleared == "seated"


def test_the_review_of_a_list_counts_for_each_entry(small: Ruleset) -> None:
    assert {stop.review.status for stop in small.stop_rules} == {"draft"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_folder_is_read_like_its_files(folder: Path, small: Ruleset) -> None:
    assert read_folder(folder) == pack()
    assert load_rules(folder).hash == load_rules(str(folder)).hash == small.hash


def test_a_readme_may_stand_beside_the_rules(folder: Path, small: Ruleset) -> None:
    (folder / "findings" / "README.md").write_text("Hello.")
    assert load_rules(folder).hash == small.hash


@pytest.mark.parametrize(
    "name", ["a-b.toml", "1.toml", "naïve.toml", "x.toml.bak", ".hidden", "x.TOML", "a b.toml"]
)
def test_a_file_name_with_other_characters_is_refused(folder: Path, name: str) -> None:
    (folder / "findings" / name).write_text("")
    with pytest.raises(RulesError, match="its name is letters, digits") as caught:
        load_rules(folder)
    assert f"findings/{name}: " in str(caught.value)


def test_all_bad_file_names_are_told_at_once(folder: Path) -> None:
    for name in ("a-b.toml", "c-d.toml"):
        (folder / name).write_text("")
    with pytest.raises(RulesError) as caught:
        load_rules(folder)
    assert len(caught.value.faults) == 2


def test_too_many_files_are_refused(tmp_path: Path) -> None:
    for number in range(1001):
        (tmp_path / f"x{number}.toml").write_text("")
    with pytest.raises(RulesError, match="at most 1000 files"):
        load_rules(tmp_path)


def test_what_is_no_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "file", tmp_path / "nowhere"):
        with pytest.raises(RulesError, match="is not a folder of rules"):
            load_rules(path)


def test_a_link_to_nothing_is_a_fault_of_the_rules(folder: Path) -> None:
    (folder / "findings" / "gone.toml").symlink_to(folder / "nowhere.toml")
    with pytest.raises(RulesError, match=r"gone\.toml"):
        load_rules(folder)


def test_the_shipped_rules_load_once(rules: Ruleset) -> None:
    assert load_rules() is rules
    assert len(rules.hash) == 64


def test_a_number_too_long_for_the_limits_of_the_host_is_a_fault_of_its_file() -> None:
    usual = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(640)
    try:
        (fault,) = faults(pack() | {"settings.toml": b"a = " + b"9" * 1000})
    finally:
        sys.set_int_max_str_digits(usual)
    assert fault == "rules/settings.toml:1: holds a value that cannot be read here"


def test_a_notebook_shows_the_rules_as_shortly_as_repr_does(small: Ruleset) -> None:
    shown: list[str] = []
    small._repr_pretty_(SimpleNamespace(text=shown.append), False)
    assert shown == [repr(small)]
    assert "Because of this: hot duck." not in shown[0]
