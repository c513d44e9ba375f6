"""The command that prints and writes pictures."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

import sitriage
from sitriage.__main__ import main
from sitriage.show.figures import picture
from sitriage.words import Side
from tests.small_pack import FILES

POSES = """[rung.full]
start = { y = 530 }
end = { this_elbow = 60 }

[rung.small]
start = { y = 530 }
"""

LEANING = """[rung.full]
start = { y = 530 }
pushes = [{ at = "this_hand", to = [90, 0, 0] }]

[rung.seated]
start = { y = 530 }
pushes = [{ at = "this_hand", to = [90, 0, 0] }]

[alike.full]
start = { y = 530 }
"""
# the forms of `lean`, and the sides of each
LEANT = {"full": ("-right", "-left", ""), "seated": ("-right", "-left")}


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Runs the command on the small pack with pictures of its exercises `lean` and `wag`."""
    folder = tmp_path / "pack"
    for name, text in {**FILES, "poses/wag.toml": POSES, "poses/lean.toml": LEANING}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")

    def call(*words: str) -> tuple[int, str, str]:
        code = main(["--rules", str(folder), "picture", *words])
        return code, *capsys.readouterr()

    call.rules = sitriage.load_rules(folder)
    return call


def test_it_prints_the_first_form_or_the_one_that_is_named(run) -> None:
    code, out, err = run("wag")
    assert (code, err) == (0, "")
    assert out == picture(run.rules, "wag", "full", Side.SYMMETRIC).svg + "\n"
    code, out, _ = run("wag", "--rung", "small", "--side", "left", "--sore", "left", "--dark", "--animated")
    asked = picture(run.rules, "wag", "small", Side.LEFT, sore=Side.LEFT, dark=True, animated=True)
    assert (code, out) == (0, asked.svg + "\n")


def test_it_writes_one_or_all(run, tmp_path: Path) -> None:
    file = tmp_path / "wag.svg"
    assert run("wag", "--write", str(file)) == (0, f"{file}\n", "")
    assert ElementTree.parse(file).getroot().tag.endswith("svg")
    code, out, _ = run("--all", "--side", "left", "--write", str(tmp_path / "all"))
    names = [f"lean-{rung}-left.svg" for rung in LEANT] + [
        f"wag-{rung}-left.svg" for rung in ("full", "small")
    ]
    assert (code, out.splitlines()) == (0, [str(tmp_path / "all" / name) for name in names])
    assert sorted(each.name for each in (tmp_path / "all").iterdir()) == names


def test_all_are_written_for_every_side_that_they_can_have(run, tmp_path: Path) -> None:
    code, out, _ = run("--all", "--write", str(tmp_path / "all"))
    names = [
        *(f"lean-{rung}{side}.svg" for rung, sides in LEANT.items() for side in sides),
        *(f"wag-{rung}.svg" for rung in ("full", "small")),
    ]
    assert (code, out.splitlines()) == (0, [str(tmp_path / "all" / name) for name in names])
    said = {name: (tmp_path / "all" / name).read_text(encoding="utf-8") for name in names}
    assert ", left side" in said["lean-full-left.svg"]
    assert ", right side" in said["lean-full-right.svg"]
    for name in ("lean-full.svg", "wag-full.svg", "wag-small.svg"):
        assert " side" not in said[name].partition("</title>")[0]
    code, out, _ = run("lean")
    assert (code, out) == (0, said["lean-full-right.svg"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "give the id of an exercise, or `--all --write FOLDER`"),
        (("wagg",), "there is no picture of `wagg`; did you mean `wag`?; there are lean, wag"),
        (("wag", "--rung", "smal"), "no picture of `smal`; did you mean `small`?; there are full, small"),
        (("--all",), "`--all` needs `--write` with a folder"),
        (("wag", "--all", "--write", "x"), "names no exercise"),
    ],
)
def test_what_cannot_be_drawn_is_said(run, words: tuple[str, ...], said: str) -> None:
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert said in err


def test_a_place_that_takes_no_file_is_said(run, tmp_path: Path) -> None:
    code, _, err = run("wag", "--write", str(tmp_path))
    assert code == 2
    assert f"cannot write `{tmp_path}`" in err


@pytest.mark.parametrize("words", [("wag", "--write"), ("--all", "--write")])
def test_no_folder_is_made_for_another(run, tmp_path: Path, words: tuple[str, ...]) -> None:
    place = tmp_path / "mistyped" / "wag"
    code, out, err = run(*words, str(place))
    assert (code, out) == (2, "")
    assert err == f"cannot write `{place}`: there is no folder `{place.parent}`; make it first\n"
    assert not place.parent.exists()


def test_a_pack_without_poses_has_no_pictures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert main(["--rules", str(tmp_path), "picture", "wag"]) == 2
    assert "there are none" in capsys.readouterr().err
