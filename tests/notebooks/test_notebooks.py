"""Every notebook of `examples/notebooks` is executed as its reader would, and shows what its text says.

Runs when asked for: `pip install -r tests/notebooks/requirements.txt`, `pytest tests/notebooks -m notebooks`.
"""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

FOLDER = Path(__file__).parent.parent.parent / "examples" / "notebooks"
MARIMO = "marimo_triage"
NEEDS = ("jupytext", "nbclient", "ipykernel", "marimo")
LACKS = [name for name in NEEDS if not importlib.util.find_spec(name)]
pytestmark = [
    pytest.mark.notebooks,
    pytest.mark.skipif(bool(LACKS), reason=f"not installed: {', '.join(LACKS)}"),
]


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    """Executes a percent script in a kernel of its own and returns the outputs of its cells."""
    import jupytext
    from nbclient import NotebookClient

    done = {}
    with pytest.MonkeyPatch.context() as patch:
        for name in ("JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR", "IPYTHONDIR"):
            patch.setenv(name, str(tmp_path_factory.mktemp(name.lower())))

        def run(name):
            if name not in done:
                book = jupytext.read(FOLDER / f"{name}.py")
                place = str(tmp_path_factory.mktemp("place"))
                # away from the checkout, so that the installed library is what is shown
                client = NotebookClient(
                    book, timeout=120, kernel_name="python3", resources={"metadata": {"path": place}}
                )
                client.execute()
                done[name] = [cell.outputs for cell in book.cells if cell.cell_type == "code"]
            return done[name]

        yield run


def printed(outputs):
    return "".join(each.text for cell in outputs for each in cell if each.output_type == "stream")


def shown(outputs, kind):
    """What the last expressions show in one form."""
    return [each.data[kind] for cell in outputs for each in cell if kind in each.get("data", {})]


def test_every_notebook_is_executed_here():
    """A new notebook needs a test of its own."""
    here = Path(__file__).read_text(encoding="utf-8")
    for file in FOLDER.glob("*.py"):
        assert f'"{file.stem}"' in here


@pytest.mark.parametrize("name", ["first_steps", "cohort", "reviewing_a_rule_change"])
def test_no_cell_fails_or_warns(executed, name):
    for cell in executed(name):
        for output in cell:
            assert output.output_type != "error"
            assert output.get("name") != "stderr", output.text


def test_first_steps_show_verdicts_and_the_tree(executed):
    outputs = executed("first_steps")
    plain = shown(outputs, "text/plain")
    assert len(plain) == 4
    assert "Please speak to a professional today" in plain[0]
    assert "Screen: the most urgent level that holds wins" in plain[1]
    assert all("You may exercise" in each for each in plain[2:])
    assert any('<img alt="Decision tree: ' in each for each in shown(outputs, "text/html"))
    (mermaid,) = shown(outputs, "text/vnd.mermaid")
    assert mermaid.startswith("flowchart TD\n")
    text = printed(outputs)
    assert "True ['same_day', 'emergency']" in text
    assert "from an emergency to routine: {'saddle_numbness': False}" in text
    ways = dict(re.findall(r"^(\w+): (\d+) ways, such as \{'\w+': [^,]+\}$", text, re.MULTILINE))
    assert list(ways) == ["emergency", "same_day", "soon", "routine"]
    assert "the result would stay the same" in text


def test_the_cohort_counts_everybody_once(executed):
    text = printed(executed("cohort"))
    before, after = (
        {name: int(count) for name, count in re.findall(r"^(\w+) +(\d+) +[\d.]+%", part, re.MULTILINE)}
        for part in (text.split("programme  ")[0], text.split("bladder not asked")[1])
    )
    assert sum(before.values()) == sum(after.values()) == 400
    assert {"self_care", "soon", "same_day", "emergency"} <= before.keys()
    # nobody keeps exercises whom nobody asked
    assert "self_care" not in after
    assert after["emergency"] == before["emergency"]


def test_the_review_shows_who_and_is_caught_by_the_promise(executed):
    outputs = executed("reviewing_a_rule_change")
    opened, careful = (each for each in shown(outputs, "text/markdown") if "| lost | rule |" in each)
    assert "| OPENS | worst pain in the last day 8 |" in opened
    assert "OPENS" not in careful
    assert "self_care -> routine" in careful
    text = printed(outputs)
    assert "before: routine" in text
    assert "after:  self_care" in text
    assert "breaks law P4 (promised urgency): SEV1" in text


@pytest.fixture
def app():
    spec = importlib.util.spec_from_file_location("marimo_triage", FOLDER / f"{MARIMO}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.app


def test_the_marimo_notebook_runs_and_shows_its_verdict(app):
    outputs, names = app.run()
    assert str(names["verdict"].urgency) == "self_care"
    html = "".join(each.text for each in outputs if hasattr(each, "text"))
    assert "Decision tree: " in html
    assert "flowchart TD" in html


@pytest.mark.parametrize(
    ("changed", "urgency"),
    [
        ({"fever": True}, "same_day"),
        ({"fever": "unsure"}, "same_day"),
        ({"saddle_numbness": True}, "emergency"),
    ],
)
def test_the_marimo_notebook_follows_an_answer(app, changed, urgency):
    """What a click changes, given in place of the control."""
    _, names = app.run()
    clicked = SimpleNamespace(value=names["signs"].value | changed)
    _, after = app.run(defs={each: names[each] for each in ("severity", "side")} | {"signs": clicked})
    assert str(after["verdict"].urgency) == urgency


def test_the_marimo_notebook_is_a_script_and_well_formed():
    """It runs without a browser, and marimo finds nothing to mend."""
    subprocess.run([sys.executable, FOLDER / f"{MARIMO}.py"], check=True, timeout=120)
    subprocess.run(
        [sys.executable, "-m", "marimo", "check", "--strict", FOLDER / f"{MARIMO}.py"],
        check=True,
        timeout=120,
    )
