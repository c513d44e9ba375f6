"""Cards as a browser shows them: in contrast, in order, within a phone; and what JupyterLab lets stand.

`pip install -r tests/web/requirements.txt` and `pytest tests/web/test_cards.py -m web`.
"""

from __future__ import annotations

import functools
import importlib.util
import json
import re
import shutil
import subprocess

import pytest

from sitriage import Interview, load_rules, none_of, triage
from sitriage.show.bundle import html_of
from sitriage.show.html.card import card
from sitriage.show.html.page import page
from tests.html_tree import Tree

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
LACKS = [
    *(name for name in ("playwright", "axe_playwright_python") if not importlib.util.find_spec(name)),
    *(name for name in ("npm", "node") if not shutil.which(name)),
    *([] if CHROMIUM else ["chromium"]),
]
pytestmark = [
    pytest.mark.web,
    pytest.mark.skipif(bool(LACKS), reason=f"not installed: {', '.join(LACKS)}"),
]

# the file of JupyterLab that cleans what an untrusted notebook shows, and the library it stands on
JUPYTERLAB, CLEANER = "@jupyterlab/apputils@4.7.6", "sanitize-html@2.12.1"
CLEAN = """
import { readFileSync } from "node:fs";
import { Sanitizer } from "./sanitizer.mjs";
const pieces = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(pieces.map(piece => new Sanitizer().sanitize(piece))));
"""
SIZES = {"phone": {"width": 320, "height": 640}, "desktop": {"width": 1200, "height": 900}}
# a notebook in the light or the dark theme, with its own ground and its own colour of text
NOTEBOOK = (
    "<!doctype html><html lang='en'><head><title>a notebook</title></head><body style='{}'><main>{}</main>"
)
THEMES = {"light": "background:#ffffff; color:#000000de", "dark": "background:#111111; color:#ffffffde"}


@functools.cache
def cards() -> dict[str, str]:
    """A card of every kind and urgency."""
    nothing = none_of(*(group.id for group in load_rules().groups))
    person = {"sex": "male", "age": 40, "age_at_onset": 40, "si_region_pain": True, "pain_side": "left"}
    calm = nothing | person | {"pain_severity": 3, "duration_days": 10}
    programme = triage(calm | {"knee_brace_helped": True})
    assert programme.withheld
    return {
        "programme": card(programme),
        "routine": card(triage(calm | {"duration_days": 100})),
        "soon": card(triage(calm | {"leg_weakness": True})),
        "same_day": card(triage({"fever": True})),
        "emergency": card(triage(calm | {"saddle_numbness": True}), region="gb"),
        "prescription": html_of(programme.prescriptions[0]),
        "question": html_of(Interview()),
        "rules": html_of(load_rules()),
        "tree": load_rules().tree._repr_html_(),
    }


KINDS = ("programme", "routine", "soon", "same_day", "emergency", "prescription", "question", "rules", "tree")


@pytest.fixture(scope="session")
def cleaned(tmp_path_factory) -> dict[str, str]:
    """The cards as JupyterLab lets them stand in a notebook that is not trusted."""
    folder = tmp_path_factory.mktemp("jupyterlab")
    run = functools.partial(
        subprocess.run, cwd=folder, check=True, capture_output=True, text=True, timeout=300
    )
    run(["npm", "pack", "--silent", JUPYTERLAB])
    run(["npm", "install", "--silent", "--no-save", "--no-package-lock", CLEANER])
    shutil.unpack_archive(next(folder.glob("*.tgz")), folder)
    shutil.copy(folder / "package" / "lib" / "sanitizer.js", folder / "sanitizer.mjs")
    (folder / "clean.mjs").write_text(CLEAN, encoding="utf-8")
    planted = (
        '<p style="color:red" role="note" onclick="x()">a<script>b</script><svg><title>c</title></svg></p>'
    )
    done = run(["node", "clean.mjs"], input=json.dumps([planted, *cards().values()]))
    first, *others = json.loads(done.stdout)
    # it does clean: otherwise nothing below is shown
    assert first == '<p style="color:red">ac</p>'
    return dict(zip(cards(), others, strict=True))


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def violations(chromium, html, size, colours) -> str:
    """What axe finds in a page with everything unfolded, and what is cut off or asked for from elsewhere."""
    from axe_playwright_python.sync_playwright import Axe

    context = chromium.new_context(viewport=size, color_scheme=colours)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    shown = context.new_page()
    shown.set_content(html)
    shown.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    found = Axe().run(shown)
    report = found.generate_report() if found.violations_count else ""
    wide = shown.evaluate("document.documentElement.scrollWidth - innerWidth")
    context.close()
    # a picture that holds its data is no request to anybody
    others = [url for url in asked if not url.startswith(("data:", "about:"))]
    return report + f"too wide by {wide}" * (wide > 0) + f"asks for {others}" * bool(others)


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_on_a_page(chromium, kind, size, colours) -> None:
    assert violations(chromium, page("Your result", cards()[kind]), SIZES[size], colours) == ""


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_in_a_notebook_that_is_not_trusted(chromium, cleaned, kind, theme) -> None:
    html = NOTEBOOK.format(THEMES[theme], f"<h1>A notebook</h1>{cleaned[kind]}")
    assert violations(chromium, html, SIZES["desktop"], theme) == ""


def test_axe_finds_a_planted_fault(chromium) -> None:
    faint = cards()["emergency"].replace("#1b2530", "#c9ced3")
    assert "color-contrast" in violations(chromium, page("Your result", faint), SIZES["phone"], "light")


@pytest.mark.parametrize("kind", KINDS)
def test_jupyterlab_lets_a_card_stand_as_it_is(cleaned, kind) -> None:
    """Every tag, word, picture and style: nothing that we write is stripped."""
    ours, theirs = Tree(cards()[kind]), Tree(cleaned[kind])
    assert theirs.words == ours.words
    assert [tags(each) for each in theirs.tags] == [tags(each) for each in ours.tags]


def tags(tag: tuple[str, ...]) -> tuple[str, ...]:
    """A tag with its attributes in one form: JupyterLab writes styles without spaces."""
    return tuple(sorted(re.sub(r"\s*([:;,])\s*", r"\1", each).rstrip(";") for each in tag))


def test_it_reads_aloud_in_the_order_of_urgency(chromium) -> None:
    """The names of headings and pictures in the order in which a screen reader meets them."""
    context = chromium.new_context()
    shown = context.new_page()
    shown.set_content(page("Your result", cards()["emergency"]))
    heard = shown.locator("main").aria_snapshot()
    order = ["Your result", "Emergency", "This is an emergency", "999", "Why", "Tell them", "Keep in mind"]
    places = [heard.find(each) for each in order]
    assert places == sorted(places)
    assert min(places) >= 0
    # the shape beside a word is not read: the word is
    assert "img" not in heard
    context.close()


def test_a_printed_page_unfolds_everything(chromium, tmp_path) -> None:
    context = chromium.new_context()
    shown = context.new_page()
    shown.set_content(page("Your result", cards()["programme"]))
    last = shown.locator("details li").last
    assert not last.is_visible()
    shown.emulate_media(media="print")
    assert last.bounding_box()["height"] > 0
    context.close()
