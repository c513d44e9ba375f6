"""T10: no rule and no answer is ever executed; nothing but rule files is opened while a pack loads.

T18: nothing rests on `assert`, which `python -O` removes. F5: the core asks no clock, no locale, no
random number, no environment and no network, so a verdict cannot depend on them.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import sitriage
from tests.small_pack import FILES

PACKAGE = Path(sitriage.__file__).parent
CALLS = {
    "eval", "exec", "compile", "__import__", "breakpoint", "globals", "locals", "vars", "setattr", "input",
    "open", "print",
}  # fmt: skip
MODULES = {
    "pickle", "marshal", "shelve", "importlib", "runpy", "code", "ctypes", "subprocess", "os", "sys",
    "socket", "ssl", "http", "urllib", "time", "datetime", "locale", "gettext", "random", "secrets",
    "uuid", "logging", "warnings", "threading", "multiprocessing", "asyncio", "tempfile", "shutil",
    "yaml", "inspect", "gc", "zoneinfo", "calendar", "platform", "getpass", "contextvars", "atexit",
    "signal", "builtins", "string", "__main__",
}  # fmt: skip
# each exception with its reason
FINE = {
    ("triage.py", "importlib"): "finds the shipped rules, in a zip too",
    ("folder.py", "importlib"): "the type of a folder of a package",
    ("point.py", "os"): "the way from a rule file to its schema, for a command",
    ("aim.py", "random"): "draws people for tests, from the seed that Hypothesis gives",
    ("certificate.py", "importlib"): "finds the certificate of the shipped rules, in a zip too",
    ("catalogue.py", "time"): "tells how long a proof took; nothing is decided by it",
    ("words.py", "vars"): "tells whether a member of an enum is made",
    ("state.py", "datetime"): "a time that the host gives; no clock is read",
    ("expiry.py", "datetime"): "how old an answer is at a time that the host gives",
    ("widget.py", "importlib"): "finds the script of the form, in a zip too",
    ("session.py", "datetime"): "the type of a time that the host gives",
    ("handouts.py", "datetime"): "reads the first day that the caller gives",
    ("times.py", "datetime"): "counts on from the first day that the caller gives",
    ("times.py", "uuid"): "names events after what they say; nothing is drawn",
    ("pdf.py", "importlib"): "finds the template of the pages, in a zip too",
    ("mcp_server.py", "socket"): "a port of this machine, tried before anybody is told of it",
    ("mcp_server.py", "signal"): "stops at Ctrl-C, though a thread waits for the next line",
}
# reads files and prints: the command line stands apart from the core
DOORS = {
    "__main__.py", "commands.py", "ask.py", "files.py", "handouts.py", "mcp_server.py", "pictures.py",
    "reviews.py", "trees.py",
}  # fmt: skip
DOORS_MAY = {"sys", "print", "input"}


def found_in(tree: ast.AST) -> Iterator[str]:
    """Everything in a module that must not be there."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assert):
            yield "assert"
        elif isinstance(node, ast.Global):
            yield "global"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            yield node.func.id
        elif isinstance(node, ast.Import):
            yield from (name for alias in node.names if (name := alias.name.split(".")[0]) in MODULES)
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] in MODULES:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.stem)
def test_a_module_holds_nothing_that_runs_data_or_asks_its_surroundings(path: Path) -> None:
    found = set(found_in(ast.parse(path.read_text(encoding="utf-8"))))
    if path.name in DOORS:
        found -= DOORS_MAY
    assert {(path.name, each) for each in found} <= set(FINE)


@pytest.mark.parametrize(
    "code",
    [
        "assert x", "import pickle", "from os import environ", "eval('1')", "def f():\n global x\n x = 1",
        "import datetime as d", "from logging import getLogger", "exec(compile('', '', 'exec'))",
        "import random",
    ],
)  # fmt: skip
def test_naive_code_fails_the_same_check(code: str) -> None:
    """Negative control."""
    assert set(found_in(ast.parse(code)))


WATCH = """
import json, sys
from pathlib import Path
import sitriage
from sitriage.load import ruleset_from
folder, naive = Path(sys.argv[1]), sys.argv[2] == "naive"
answers = {"numb": True, "age": 40}
# a later load is watched: the first ones make the code of cattrs and attrs, from classes and no data
sitriage.load_rules(folder)
rules = sitriage.load_rules(folder)
verdict = sitriage.triage(answers, rules=rules)
verdict.text(); verdict.to_dict()
seen, on = [], False
watched = ("socket", "subprocess", "os", "ctypes", "pickle", "marshal", "shutil", "urllib")
def hook(event, args):
    if on and (event in ("open", "exec", "compile", "import") or event.split(".")[0] in watched):
        seen.append((event, str(args[0]) if args else "", str(args[1]) if len(args) > 1 else ""))
sys.addaudithook(hook)
on = True
rules = sitriage.load_rules(folder)
verdict = sitriage.triage(answers, rules=rules)
verdict.text(); verdict.to_dict()
if naive:
    import pickle, colorsys
    exec("1 + 1")
    open(folder.parent / "elsewhere")
on = False
print(json.dumps(seen))
"""


@pytest.mark.parametrize("naive", [False, True])
def test_loading_a_pack_opens_its_files_and_runs_nothing(tmp_path: Path, naive: bool) -> None:
    """With `naive`, the negative control, the same watch sees what a careless loader would do."""
    folder = tmp_path / "pack"
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (tmp_path / "elsewhere").write_text("")
    done = subprocess.run(
        [sys.executable, "-c", WATCH, str(folder), "naive" if naive else "plain"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        cwd=PACKAGE.parent,
    )
    events = [tuple(each) for each in json.loads(done.stdout)]
    opened = {what for event, what, _ in events if event == "open"}
    odd = {event for event, what, _ in events if event not in ("open", "os.listdir", "os.scandir")}
    inside = {str(folder / name) for name in FILES}
    written = {what for event, what, mode in events if event == "open" and mode not in ("r", "rb")}
    assert opened >= inside
    assert (opened == inside and not odd and not written) != naive


@pytest.mark.parametrize("name", sorted(name for name, what in FINE if what == "datetime"))
def test_who_knows_times_reads_no_clock(name: str) -> None:
    (path,) = PACKAGE.rglob(name)
    called = {
        node.attr for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Attribute)
    }
    assert not called & {"now", "utcnow", "today", "fromtimestamp"}
