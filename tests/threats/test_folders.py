"""T9: a folder of rules is read by plain names, with bounds, and never leads elsewhere.

T2, for names: a name that looks like another, or that turns the line it is printed on, is refused.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from sitriage import RulesError, caps, load_rules
from sitriage.errors import SitriageError
from sitriage.folder import read_folder
from tests.small_pack import FILES

SECRET = "secret-4711"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "pack"
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    (tmp_path / "secret.toml").write_text(f'label = "{SECRET}"')
    return root


BAD_NAMES = [
    "..toml", "...toml", ".toml", "-a.toml", "a-b.toml", "a b.toml", "a.b.toml", "a.toml.toml", "A_B.toml",
    "Fever.toml", "FEVER.TOML", "fever.Toml", "con.toml", "nul.toml", "aux.toml", "prn.toml", "com1.toml",
    "lpt9.toml", "_a.toml", "1a.toml", "a~1.toml", "a:b.toml", "a\\b.toml", "a\nb.toml", "a\x1b[2Jb.toml",
    "a\u202eb.toml", "fe\u200bver.toml", "f\u0435ver.toml", "\uff46ever.toml", "fever\u0301.toml",
    "a" * 61 + ".toml", "fever.toml~", "fever.json", ".git",
]  # fmt: skip


@pytest.mark.parametrize("name", BAD_NAMES, ids=ascii)
def test_a_file_with_an_odd_name_is_refused(folder: Path, name: str) -> None:
    (folder / "findings" / name).write_text("")
    with pytest.raises(RulesError, match="is not a rule file") as caught:
        load_rules(folder)
    # the message itself is one line of characters that can be seen
    assert str(caught.value).isprintable()


def test_the_naive_pattern_lets_odd_names_through() -> None:
    """Negative control: `isidentifier` and the ending are not enough."""

    def naive(name: str) -> bool:
        return name.endswith(".toml") and name.removesuffix(".toml").isidentifier()

    assert sum(map(naive, BAD_NAMES)) >= 10
    assert not any(map(caps.is_file_name, BAD_NAMES))
    assert all(caps.is_file_name(name.rpartition("/")[2]) for name in FILES)


def link_to_a_file(folder: Path) -> None:
    (folder / "findings" / "secret.toml").symlink_to(folder.parent / "secret.toml")


def link_to_nothing(folder: Path) -> None:
    (folder / "findings" / "secret.toml").symlink_to("/nowhere/at/all.toml")


def link_to_a_folder(folder: Path) -> None:
    (folder / "causes").rename(folder.parent / "causes")
    (folder / "causes").symlink_to(folder.parent / "causes")


def links_in_a_circle(folder: Path) -> None:
    for name in ("a", "b", "c"):
        (folder / name).symlink_to(folder)


def link_to_a_device(folder: Path) -> None:
    (folder / "findings" / "zero.toml").symlink_to("/dev/zero")


def pipe(folder: Path) -> None:
    os.mkfifo(folder / "findings" / "pipe.toml")


def deep_folders(folder: Path) -> None:
    (folder / "findings" / "/".join("d" * 50)).mkdir(parents=True)


def two_capitals(folder: Path) -> None:
    (folder / "programmes" / "P1.toml").write_text("")
    (folder / "programmes" / "p1.toml").write_text("")


def many_files(folder: Path) -> None:
    for number in range(caps.PACK_FILES + 1):
        (folder / f"x{number}.toml").write_text("")


def many_folders(folder: Path) -> None:
    for number in range(30):
        (folder / f"d{number}" / "d").mkdir(parents=True)


def many_bytes(folder: Path) -> None:
    for number in range(caps.PACK_BYTES // caps.FILE_BYTES + 2):
        (folder / f"x{number}.toml").write_bytes(b"#" * caps.FILE_BYTES)


def huge_file(folder: Path) -> None:
    with (folder / "huge.toml").open("wb") as file:
        file.truncate(1 << 36)


TRICKS: list[tuple[Callable[[Path], None], str]] = [
    (link_to_a_file, "is a link; put the file itself there"),
    (link_to_nothing, "is a link"),
    (link_to_a_folder, "is a link"),
    (links_in_a_circle, "is a link"),
    (link_to_a_device, "is a link"),
    (pipe, "cannot be read"),
    (deep_folders, "rules go one folder deep"),
    (two_capitals, "in capital letters only"),
    (many_files, "at most 1000 files"),
    (many_folders, "rules go one folder deep"),
    (many_bytes, "at most 4194304 bytes"),
    (huge_file, "at most 262144 bytes"),
]


@pytest.mark.parametrize(("trick", "words"), TRICKS, ids=[trick.__name__ for trick, _ in TRICKS])
def test_a_trick_with_the_folder_is_refused(folder: Path, trick: Callable[[Path], None], words: str) -> None:
    trick(folder)
    with pytest.raises(RulesError, match=words) as caught:
        load_rules(folder)
    assert SECRET not in str(caught.value)
    assert str(folder) not in str(caught.value)


@pytest.mark.parametrize(
    ("method", "name", "where"),
    [("open", "fever.toml", "rules/findings/fever.toml"), ("iterdir", "findings", "rules/findings/")],
)
def test_what_the_system_does_not_let_us_read_is_a_fault_in_its_place(
    folder: Path, monkeypatch: pytest.MonkeyPatch, method: str, name: str, where: str
) -> None:
    """Mocked, for nothing is forbidden to the root user, who may run the tests."""
    usual = getattr(Path, method)

    def locked(path: Path, *arguments: str):
        if path.name == name:
            raise PermissionError(SECRET)
        return usual(path, *arguments)

    monkeypatch.setattr(Path, method, locked)
    with pytest.raises(RulesError) as caught:
        load_rules(folder)
    assert [str(fault) for fault in caught.value.faults] == [f"{where}: cannot be read"]


def test_the_naive_reader_follows_the_link(folder: Path) -> None:
    """Negative control: globbing reads what lies outside."""
    link_to_a_file(folder)
    naive = {path.name: path.read_bytes() for path in folder.rglob("*.toml")}
    assert SECRET.encode() in naive["secret.toml"]


def test_the_shipped_rules_may_be_links(folder: Path) -> None:
    """Some installers link every file of a package into place."""
    target = folder.parent / "elsewhere.toml"
    (folder / "advice.toml").rename(target)
    (folder / "advice.toml").symlink_to(target)
    assert read_folder(folder, trusted=True)["advice.toml"] == target.read_bytes()


def test_a_folder_that_is_a_link_is_the_choice_of_the_caller(folder: Path) -> None:
    (folder.parent / "chosen").symlink_to(folder)
    assert load_rules(folder.parent / "chosen").hash == load_rules(folder).hash


@pytest.mark.parametrize("path", ["", "/", "/dev/null", "../../etc", "a\0b", "~", "x" * 5000])
def test_a_path_that_is_no_folder_of_rules_is_a_typed_error(path: str, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SitriageError):
        load_rules(path)
