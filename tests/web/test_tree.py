"""The tree as a picture and as mermaid, in Chromium: real letters fit, and mermaid reads every text.

Runs when asked for, as test_page.py does.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from pathlib import Path

import attrs
import pytest

from sitriage import triage
from sitriage.show.flowchart.built import tree_of
from sitriage.show.flowchart.tree import STOREYS
from tests.test_flowchart import HOSTILE

MERMAID = "mermaid@11.17.2"
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
LACKS = [
    *([] if importlib.util.find_spec("playwright") else ["playwright"]),
    *([] if shutil.which("npm") else ["npm"]),
    *([] if CHROMIUM else ["chromium"]),
]
pytestmark = [
    pytest.mark.web,
    pytest.mark.skipif(bool(LACKS), reason=f"not installed: {', '.join(LACKS)}"),
]

# how far the widest text of a card, and the words of an arrow, reach beyond what holds them
BEYOND = """() => [...document.querySelectorAll('g.card')].flatMap(card => {
    const box = card.querySelector('rect').getBoundingClientRect();
    return [...card.querySelectorAll('text')].map(text => text.getBoundingClientRect())
        .map(at => [at.right - box.right, box.left - at.left, at.bottom - box.bottom, box.top - at.top])
        .map(over => Math.max(...over));
})"""


@pytest.fixture(scope="module")
def page(chromium):
    context = chromium.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def mermaid(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("mermaid")
    npm = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", folder]
    subprocess.run([*npm, MERMAID], check=True, timeout=300)
    return folder / "node_modules" / "mermaid" / "dist" / "mermaid.min.js"


@pytest.fixture(scope="module")
def trees(rules):
    """The whole, one lit, each storey, and one of hostile words."""
    nodes = tuple(attrs.evolve(node, label=HOSTILE) for node in rules.pattern)
    lit = rules.tree.lit(triage({"saddle_numbness": True}).path)
    return [
        rules.tree, lit, *(lit.storey(name) for name in STOREYS),
        tree_of(attrs.evolve(rules, pattern=nodes, manifest=attrs.evolve(rules.manifest, name=HOSTILE))),
    ]  # fmt: skip


def test_every_text_fits_its_box_in_real_letters(page, trees):
    for tree in trees:
        page.set_content(tree.svg())
        beyond = page.evaluate(BEYOND)
        assert len(beyond) > 5
        assert max(beyond) <= 0
    # the measure finds a text that is too long
    page.set_content(trees[0].svg().replace("T08 A replaced hip?", "T08 A replaced hip? " * 3))
    assert max(page.evaluate(BEYOND)) > 0


def test_mermaid_reads_and_draws_every_text(page, mermaid, trees):
    page.set_content("<p></p>")
    page.add_script_tag(path=mermaid)
    page.evaluate("mermaid.initialize({startOnLoad: false})")
    for number, tree in enumerate(trees):
        assert page.evaluate("text => mermaid.parse(text)", tree.mermaid())["diagramType"].startswith(
            "flowchart"
        )
        svg = page.evaluate(
            "([id, text]) => mermaid.render(id, text).then(it => it.svg)", [f"t{number}", tree.mermaid()]
        )
        page.evaluate("svg => { document.querySelector('p').innerHTML = svg }", svg)
        assert page.locator("p svg > title").text_content().startswith("Decision tree: ")
        assert page.locator("p svg > desc").text_content().startswith("From the top down: ")
        shown = page.locator("p svg").text_content()
        if "T01" in tree.without_unreached().by_id:
            (first,) = [node for node in tree.nodes if node.id == "T01"]
            assert "".join(first.label[1:].split()) in "".join(shown.split())
        assert page.locator("p script").count() == 0
    assert (
        page.evaluate('mermaid.parse(\'flowchart TD\\n  n0["a"b"]\').then(() => true, () => false)') is False
    )
