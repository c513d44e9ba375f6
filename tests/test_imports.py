"""Imports go down only, read from the sources; and the core loads nothing but attrs and cattrs."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

import sitriage

PACKAGE = Path(sitriage.__file__).parent

# each floor may import only from lower ones; within a floor, from those named before it
FLOORS = (
    ("errors", "words", "problem", "answers", "caps", "lines", "folder", "rule", "notebook"),
    ("conditions", "ranges", "store", "diagrams"),
    ("structure",),
    ("verdict", "poses", "promises", "wording", "model", "placed"),
    ("bands", "evidence", "screen", "limits", "sides", "programme"),
    (
        "live",
        "check_exercises",
        "check_poses",
        "check_promises",
        "check_names",
        "check_watch",
        "watch",
        "completions",
        "causes",
    ),
    ("check", "expand", "load", "questions", "compose"),
    ("decide",),
    ("prove",),
    ("triage",),
    ("interview",),
    ("__init__",),
)
# stand apart: the doors and the texts, on which nothing of the core may stand
APART = {"cli", "connect", "schema", "show", "testing", "__main__"}
LAZY_UPWARD = {
    ("verdict", "text", "show"),
    ("model", "tree", "show"),
    ("notebook", "_repr_html_", "show"),
    ("notebook", "_repr_mimebundle_", "show"),
}


def name_of(path: Path) -> str:
    inside = path.relative_to(PACKAGE).with_suffix("")
    return inside.parts[0]


SOURCES = sorted(PACKAGE.rglob("*.py"))
ORDER = [name for floor in FLOORS for name in floor]


def imports(tree: ast.AST) -> set[str]:
    """The first part below `sitriage` of every module that is imported."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "sitriage":
            parts = node.module.split(".")[1:]
            found |= {parts[0]} if parts else {alias.name for alias in node.names}
            assert node.level == 0
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("sitriage.")}
    return found


def functions(tree: ast.AST) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def outside_functions(tree: ast.Module) -> ast.Module:
    """The module as it is imported: without function bodies and without what only a type checker reads."""
    bare = ast.parse(ast.unparse(tree))
    for node in ast.walk(bare):
        if isinstance(node, ast.FunctionDef):
            node.body = [ast.Pass()]
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            node.body = [ast.Pass()]
    return bare


def test_every_module_has_its_floor() -> None:
    assert {name_of(path) for path in SOURCES} == {*ORDER, *APART}


@pytest.mark.parametrize("path", [p for p in SOURCES if name_of(p) in ORDER], ids=name_of)
def test_a_module_imports_only_from_floors_below(path: Path) -> None:
    tree, name = ast.parse(path.read_text(encoding="utf-8")), name_of(path)
    lazy = {
        (name, function.name, each)
        for function in functions(tree)
        for each in imports(ast.Module(function.body, []))
        if each in APART
    }
    assert lazy <= LAZY_UPWARD
    allowed = {*ORDER[: ORDER.index(name)], name} | {each for *_, each in lazy}
    assert imports(tree) <= allowed


def test_only_the_text_of_a_verdict_reaches_up() -> None:
    tree = ast.parse((PACKAGE / "verdict.py").read_text(encoding="utf-8"))
    (text,) = [function for function in functions(tree) if function.name == "text"]
    assert imports(text) == {"show"}
    assert "show" not in imports(outside_functions(tree))


def test_what_stands_apart_is_imported_by_nothing_else() -> None:
    for path in SOURCES:
        if name_of(path) not in APART:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            assert imports(outside_functions(tree)).isdisjoint(APART), path


def test_show_never_decides() -> None:
    shown, asked = set(), set()
    for path in (PACKAGE / "show").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        shown |= imports(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module == "sitriage.triage":
                asked |= {alias.name for alias in node.names}
    values = {"caps", "verdict", "words", "model", "rule", "poses", "interview", "notebook"}
    # which side is marked as sore is read as the rules read it
    values |= {"evidence", "sides"}
    # a review shows the people whom the prover finds, and every rule that `placed` knows
    assert shown <= {"show", "triage", "prove", "placed", *values}
    # which pictures and sources belong to a verdict
    assert asked == {"load_rules"}


def test_no_module_imports_itself_in_a_circle() -> None:
    reads = {}
    for path in SOURCES:
        name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        tree = outside_functions(ast.parse(path.read_text(encoding="utf-8")))
        reads[name] = {
            node.module.removeprefix("sitriage.")
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("sitriage.")
        }
    for start in reads:
        reached, todo = set(), list(reads[start])
        while todo:
            if (each := todo.pop()) not in reached:
                reached.add(each)
                todo.extend(reads.get(each, ()))
        assert start not in reached


def loaded_by(code: str) -> set[str]:
    """The modules that a fresh interpreter loads for the code."""
    show = "import json; print(json.dumps(sorted(set(sys.modules) - before)))"
    script = f"import sys; before = set(sys.modules); {code}; {show}"
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        cwd=PACKAGE.parent,
    )
    return set(json.loads(done.stdout))


@pytest.mark.parametrize("code", ["import sitriage", "import sitriage; sitriage.triage({'fever': True})"])
def test_the_core_loads_the_standard_library_attrs_and_cattrs_only(code: str) -> None:
    roots = {name.split(".")[0] for name in loaded_by(code)}
    allowed = {"sitriage", "attr", "attrs", "cattr", "cattrs", "typing_extensions"}
    assert roots - set(sys.stdlib_module_names) - allowed == set()
    assert "sitriage" in roots


def test_importing_the_package_loads_no_texts_and_no_command_line() -> None:
    loaded = loaded_by("import sitriage")
    assert not any(name.startswith(("sitriage.cli", "sitriage.show")) for name in loaded)
