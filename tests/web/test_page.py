"""The page as people use it, in Chromium: what it shows, what it keeps, and that no answer leaves it.

Needs more than Python, so it runs when asked for:
`pip install -r tests/web/requirements.txt` and `pytest tests/web -m web`.
"""

from __future__ import annotations

import functools
import http.server
import importlib.util
import json
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
BUILD = ROOT / "examples" / "web" / "build.py"
NU = "vnu-jar@26.9.27"
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
LACKS = [
    *(name for name in ("playwright", "axe_playwright_python") if not importlib.util.find_spec(name)),
    *(name for name in ("npm", "java") if not shutil.which(name)),
    *([] if CHROMIUM else ["chromium"]),
]
pytestmark = [
    pytest.mark.web,
    pytest.mark.checkout,
    pytest.mark.skipif(bool(LACKS), reason=f"not installed: {', '.join(LACKS)}"),
]

NUMBERS = {"age": "40", "pain_severity": "3", "duration_days": "30"}
SORE = ("si_region_pain", "buttock_pain")
PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1200, "height": 900}


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A static server, and what it was asked for."""

    def log_message(self, *_):
        """Says nothing."""


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("page")
    subprocess.run([sys.executable, str(BUILD), str(out)], check=True, timeout=300)
    return out


@pytest.fixture(scope="session")
def address(folder):
    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class Person:
    """Somebody at the page. Every request and every error is written down."""

    def __init__(self, browser, address, **options):
        self.context = browser.new_context(**{"viewport": DESKTOP} | options)
        self.address = address
        self.requests, self.errors = [], []
        self.context.on("request", lambda request: self.requests.append(request))
        self.page = self.context.new_page()
        self.page.set_default_timeout(60_000)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda line: self.errors.append(line.text) if line.type == "error" else None)
        self.page.goto(address)

    @property
    def now(self):
        return self.page.locator("#now")

    @property
    def heading(self):
        return self.now.locator("h2")

    @property
    def asked(self):
        """The ids on the screen; empty at the verdict."""
        return self.page.evaluate("[...document.querySelectorAll('#now [data-id]')].map(e => e.dataset.id)")

    def start(self, region="international"):
        self.page.select_option("#region", region)
        self.page.click("#begin button")
        self.now.locator("form").wait_for()
        return self

    def part(self, name):
        return self.now.locator(f"[data-id={name}]")

    def mark(self, name, answer):
        self.part(name).get_by_label(answer, exact=True).check()

    def fill(self, yes=(), unsure=()):
        """Marks what a person marks who has these signs and no other."""
        asked = self.asked
        for name in asked:
            part = self.part(name)
            if part.locator("input[type=text]").count():
                part.locator("input[type=text]").fill(NUMBERS[name])
            elif not part.get_by_label("Yes", exact=True).count():
                part.locator("input").first.check()
            elif name in yes:
                self.mark(name, "Yes")
            elif name in unsure:
                self.mark(name, "Not sure")
            elif len(asked) == 1:
                self.mark(name, "No")

    def send(self):
        self.moved(lambda: self.now.locator("form button.main").click())

    def moved(self, act):
        """Does something and waits for another screen."""
        self.page.evaluate("document.querySelector('#now h2').dataset.old = ''")
        act()
        self.now.locator("h2:not([data-old])").wait_for(state="attached")

    def answer(self, yes=(), unsure=()):
        self.fill(yes, unsure)
        self.send()

    def finish(self, yes=(), unsure=()):
        while self.asked:
            self.answer(yes, unsure)
        return self


@pytest.fixture
def person(chromium, address):
    someone = Person(chromium, address)
    yield someone
    someone.context.close()
    assert someone.errors == []


def test_a_healthy_interview_ends_in_a_programme(person):
    """From the first screen to doses, sides, steps and stop rules; nothing but the page was asked for."""
    person.start()
    loaded = len(person.requests)
    person.finish(SORE)
    assert person.page.locator(".level").inner_text().endswith("Exercise at home")
    assert person.now.locator(".moves > li").count() >= 2
    assert "Start with:" in person.now.locator(".moves").inner_text()
    assert person.now.locator(".side").count() == person.now.locator(".moves > li").count()
    for section in ("do", "stop", "why", "safety"):
        assert person.now.locator(f".section.{section} li").count()
    assert "not been signed by a clinician" in person.now.inner_text()
    # all of it was fetched before the first answer, and from here
    assert len(person.requests) == loaded
    assert {each.method for each in person.requests} == {"GET"}
    outside = [each.url for each in person.requests if not each.url.startswith((person.address, "blob:"))]
    assert outside == []
    assert not any("?" in each.url for each in person.requests)


def test_an_emergency_stops_at_once_and_says_whom_to_call(person):
    """One sign is enough, and it is told in words, not by colour alone."""
    person.start("gb")
    person.answer()
    person.answer(yes=["chest_pain"])
    assert person.asked == []
    assert person.page.locator(".level").inner_text().endswith("Get help now")
    assert "999" in person.now.inner_text()
    assert "You said: chest pain: yes" in person.now.inner_text()
    assert person.page.locator(".ladder [aria-current]").inner_text().startswith("Get help now")


def test_not_sure_about_a_fever_means_today(person):
    """What one is not sure of is not a no."""
    person.start().finish(SORE, unsure=["fever"])
    assert person.page.locator(".level").inner_text().endswith("Get help today")


def test_skipping_everything_gives_no_programme(person):
    """What is left open is named, and nobody is sent home with exercises."""
    person.start()
    while person.asked:
        person.moved(lambda: person.now.get_by_role("button", name="Skip").click())
    assert person.now.locator(".moves").count() == 0
    assert person.now.locator(".section.open li").count()
    assert person.page.locator("#talk .yours").first.text_content() == "You said: Skipped"


def test_what_was_marked_before_a_skip_is_answered(person):
    """A danger sign that is marked counts, whatever button is pressed; only the rest is left open."""
    person.start()
    asked = person.asked
    person.mark(asked[0], "Not sure")
    person.moved(lambda: person.now.get_by_role("button", name="Skip the rest").click())
    assert not set(person.asked) & set(asked)
    yours = person.page.locator("#talk .yours").first
    assert yours.locator("p").all_text_contents()[1:] == ["Skipped the other 9"]
    assert "not sure" in yours.text_content()
    person.moved(lambda: person.page.evaluate("history.back()"))
    person.mark("saddle_numbness", "Yes")
    person.moved(lambda: person.now.get_by_role("button", name="Skip the rest").click())
    while person.asked:
        person.moved(lambda: person.now.get_by_role("button", name="Skip").click())
    assert person.page.locator(".level").inner_text().endswith("Get help now")
    assert "You said: new numbness between the legs: yes" in person.now.inner_text()


def test_the_button_says_what_it_does_with_the_rest(person):
    """Nothing marked is a no to all, and the button says so."""
    person.start()
    send = person.now.locator("form button.main")
    assert send.inner_text() == "None of these fit me"
    person.mark("pregnant", "No")
    assert send.inner_text() == "Send, and no to the other 9"


def test_a_form_asks_again_for_what_is_missing_or_cannot_be(person):
    """A number out of its range is refused in words, and the focus goes there."""
    person.start()
    while "age" not in person.asked:
        person.answer()
    person.fill()
    person.part("age").locator("input[type=text]").fill("1000")
    person.now.locator("form button.main").click()
    assert "your age (a whole number from 0 to 120 years)" in person.page.locator(".wrong").inner_text()
    assert person.part("age").locator("input[type=text]").evaluate("e => e === document.activeElement")
    person.mark("age", "Not sure")
    person.send()


@pytest.mark.parametrize("press", ["page", "browser"])
def test_back_and_forth(person, press):
    """Both back buttons show the screen before; the browser's forward button comes back."""
    person.start()
    first = person.asked
    person.answer()
    second = person.asked

    def back():
        if press == "page":
            person.now.get_by_role("button", name="Back", exact=True).click()
        else:
            person.page.evaluate("history.back()")

    person.moved(back)
    assert person.asked == first
    person.moved(lambda: person.page.evaluate("history.forward()"))
    assert person.asked == second
    person.answer(yes=["chest_pain"])
    assert person.page.locator(".level").inner_text().endswith("Get help now")


def test_back_to_the_beginning(person):
    """Before the first screen is the beginning, and it can be begun again."""
    person.start()
    person.now.get_by_role("button", name="Back", exact=True).click()
    person.page.locator("#begin").wait_for()
    person.start()
    assert person.asked


def test_reload_goes_on_where_it_was(person):
    """A reload keeps the screen and the answers; back and answering still work."""
    person.start()
    person.answer(yes=["smoker"])
    person.answer()
    asked = person.asked
    person.page.reload()
    person.heading.wait_for()
    assert person.asked == asked
    assert person.page.locator("#talk .yours").count() == 2
    person.moved(lambda: person.page.evaluate("history.back()"))
    person.answer()
    assert person.asked == asked


def test_the_same_address_again_goes_on_too(person):
    """Opening the address in the same tab goes on; the page's own back button still leads back."""
    person.start()
    first = person.asked
    person.answer()
    person.page.goto("about:blank")
    person.page.goto(person.address)
    person.heading.wait_for()
    person.moved(lambda: person.now.get_by_role("button", name="Back", exact=True).click())
    assert person.asked == first


def test_old_answers_are_not_gone_on_with(person):
    """After a day the interview begins again."""
    person.start()
    person.page.evaluate(
        "() => { const kept = JSON.parse(sessionStorage.sitriage); kept.at -= 864e5 + 1;"
        "sessionStorage.sitriage = JSON.stringify(kept); }"
    )
    person.page.reload()
    person.page.locator("#begin").wait_for()
    assert person.page.locator("#talk .yours").count() == 0


def test_a_double_click_answers_once(person):
    """The second click of a double click does not answer the next screen."""
    person.start()
    person.moved(lambda: person.now.locator("form button.main").dblclick())
    person.page.wait_for_timeout(500)
    assert person.page.locator("#talk .yours").count() == 1


def test_erasing_leaves_nothing(person):
    """No answer stays in the tab; nothing was ever kept beyond it."""
    person.start()
    person.answer()
    assert person.page.evaluate("sessionStorage.length") == 1
    person.page.click("#erase")
    person.page.locator("#begin").wait_for()
    assert person.page.evaluate("sessionStorage.length + localStorage.length") == 0
    assert person.page.evaluate("document.cookie") == ""
    assert person.page.evaluate("indexedDB.databases().then(all => all.length)") == 0


def test_answers_of_other_rules_are_not_mixed_in(person):
    """A page that was updated meanwhile says so, gives no answer, and can be begun again."""
    person.start()
    person.page.evaluate(
        "() => { const kept = JSON.parse(sessionStorage.sitriage); kept.screens[0].state.hash = 'other';"
        "sessionStorage.sitriage = JSON.stringify(kept); }"
    )
    person.page.reload()
    person.now.locator("form button.main").click()
    person.page.locator("#cannot-run").wait_for()
    assert not person.now.is_visible()
    assert "other rules" in person.errors.pop()
    person.page.click("#erase")
    person.start()


def test_neither_page_nor_worker_can_reach_another_host(person):
    """The browser itself refuses: the worker too stands under the policy of the page."""
    person.start()
    reach = "fetch('http://localhost:9/', {mode: 'no-cors'}).then(() => 'reached', e => String(e))"
    refused = []
    person.context.on("requestfailed", lambda each: refused.append(each.failure))
    assert "Failed to fetch" in person.page.evaluate(reach)
    (worker,) = person.page.workers
    assert "Failed to fetch" in worker.evaluate(reach)
    blocked = [each for each in person.errors if "Content Security Policy" in each]
    assert len(blocked) >= 2
    person.errors.clear()


def test_by_keyboard_alone(person):
    """Every new screen takes the focus to its heading, and Tab and Space do the rest."""
    press = person.page.keyboard.press
    person.page.locator("#begin button").focus()
    press("Enter")
    person.now.locator("form").wait_for()
    answered = 0
    for _ in range(9):
        assert person.heading.evaluate("e => e === document.activeElement")
        press("Tab")
        assert person.page.evaluate("document.activeElement.type") in ("radio", "text")
        if person.page.evaluate("document.activeElement.type") == "text":
            break
        press("Space")
        press("ArrowRight")
        person.moved(lambda: press("Enter"))
        answered += 1
    assert person.page.locator("#talk .yours").count() == answered >= 2


def test_print_shows_all_and_no_buttons(person):
    """On paper everything is unfolded, the buttons are gone, and the chat too."""
    person.start().finish(SORE)
    folded = person.now.locator("details:not([open])")
    assert folded.count()
    person.page.emulate_media(media="print")
    person.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert folded.count() == 0
    assert not person.page.locator("button:visible").count()
    assert not person.page.locator("#past").is_visible()
    assert person.now.locator(".moves").is_visible()
    person.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert folded.count()


@pytest.mark.parametrize("missing", ["WebAssembly", "JavaScript"])
def test_without_what_it_needs_it_says_so(chromium, address, missing):
    """A plain message, with the safety words, in place of a dead button."""
    context = chromium.new_context(java_script_enabled=missing != "JavaScript")
    context.add_init_script("delete globalThis.WebAssembly")
    page = context.new_page()
    page.goto(address)
    assert page.locator("#cannot-run").is_visible()
    assert not page.locator("#begin").is_visible()
    assert "Get help at once" in page.locator("body").inner_text()
    context.close()


def test_a_broken_library_gives_no_answer(chromium, address):
    """If the library cannot be loaded, the page says so and offers nothing."""
    context = chromium.new_context()
    context.route("**/wheels.json", lambda route: route.abort())
    page = context.new_page()
    page.goto(address)
    page.locator("#cannot-run").wait_for()
    assert not page.locator("#begin").is_visible()
    context.close()


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_finds_nothing_and_nothing_is_cut_off(chromium, address, colours, size):
    """At the beginning, a list, a form with faults, a programme and an emergency."""
    from axe_playwright_python.sync_playwright import Axe

    someone = Person(chromium, address, viewport=size, color_scheme=colours, reduced_motion="reduce")

    def look(where):
        found = Axe().run(someone.page)
        assert found.violations_count == 0, f"{where}: {found.generate_report()}"
        wide = someone.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{where} is too wide by {wide}"

    look("the beginning")
    someone.start()
    look("a list")
    someone.answer()
    someone.answer(yes=["chest_pain"])
    look("an emergency")
    someone.moved(lambda: someone.page.evaluate("history.back()"))
    while "age" not in someone.asked:
        someone.answer()
    someone.now.locator("form button.main").click()
    look("a form with faults")
    someone.finish(SORE)
    someone.page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    look("a programme")
    someone.context.close()


def test_less_motion_for_who_wants_it(chromium, address):
    """Nothing moves by itself."""
    someone = Person(chromium, address, reduced_motion="reduce").start()
    assert someone.now.evaluate("e => getComputedStyle(e).animationName") == "none"
    someone.context.close()


def test_the_nu_checker_finds_nothing(chromium, address, folder, tmp_path):
    """Neither in the files nor in what the page makes of them."""
    pack = ["npm", "pack", "--silent", "--pack-destination", str(tmp_path), NU]
    subprocess.run(pack, check=True, capture_output=True, timeout=300)
    shutil.unpack_archive(next(tmp_path.glob("*.tgz")), tmp_path)
    someone = Person(chromium, address).start()
    made = {"list.html": someone.page.content()}
    made["programme.html"] = someone.finish(SORE).page.content()
    someone.context.close()
    for name, text in made.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    checked = [folder / "index.html", folder / "page.css", folder / "icon.svg", *map(tmp_path.joinpath, made)]
    jar = tmp_path / "package" / "build" / "dist" / "vnu.jar"
    nu = ["java", "-jar", str(jar), "--format", "json", "--also-check-css", "--also-check-svg"]
    done = subprocess.run([*nu, *map(str, checked)], capture_output=True, text=True, check=False, timeout=120)
    messages = [each["message"] for each in json.loads(done.stderr)["messages"]]
    # the checker reads files only, and for a file the policy's `self` is nobody; Chromium obeys the policy
    assert [each for each in messages if not each.startswith("Resource violates Content Security")] == []
