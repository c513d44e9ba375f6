"""`sitriage tree`: what each option prints, and which do not go together."""

from __future__ import annotations

import json

import pytest

from sitriage import triage
from sitriage.__main__ import main

ANSWERS = {"saddle_numbness": True}


@pytest.fixture
def run(tmp_path, capsys):
    def call(*words: str) -> tuple[int, str, str]:
        (tmp_path / "answers.json").write_text(json.dumps(ANSWERS))
        code = main(["tree", *(str(tmp_path / "answers.json") if word == "FILE" else word for word in words)])
        return code, *capsys.readouterr()

    return call


def test_the_tree_is_text_svg_or_mermaid(run, rules):
    assert run() == (0, str(rules.tree), "")
    assert run("--svg") == (0, f"{rules.tree.svg()}\n", "")
    assert run("--svg", "--dark") == (0, f"{rules.tree.svg(dark=True)}\n", "")
    assert run("--mermaid") == (0, rules.tree.mermaid(), "")


@pytest.mark.parametrize("name", ["screen", "gates", "pattern"])
def test_one_storey_stands_alone(run, rules, name):
    assert run("--storey", name) == (0, str(rules.tree.storey(name)), "")
    assert run("--svg", "--storey", name) == (0, f"{rules.tree.storey(name).svg()}\n", "")


def test_a_person_lights_the_path_of_the_verdict(run, rules):
    lit = rules.tree.lit(triage(ANSWERS).path)
    assert run("--svg", "--path", "FILE") == (0, f"{lit.svg()}\n", "")
    assert run("--mermaid", "--storey", "screen", "--path", "FILE")[1] == lit.storey("screen").mermaid()
    assert run("--path", "FILE")[1].endswith("\nPath: " + " > ".join(lit.path) + "\n")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--matrix", "--storey", "screen"], "leave out `--matrix` and `--facts`"),
        (["--facts", "--path", "FILE"], "leave out `--matrix` and `--facts`"),
        (["--mermaid", "--dark"], "add `--svg`"),
        (["--path", "no-such-file"], "cannot read the file"),
    ],
)
def test_what_does_not_go_together_is_refused(run, words, says):
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert says in err


def test_two_forms_at_once_are_refused(run, capsys):
    with pytest.raises(SystemExit) as left:
        run("--svg", "--mermaid")
    assert left.value.code == 2
    assert "not allowed with" in capsys.readouterr().err
