"""The form of an interview in Chromium, with the interview in Python behind it, as anywidget puts it there.

`pip install -r tests/web/requirements.txt` and `pytest tests/web/test_form.py -m web`.
"""

from __future__ import annotations

import json
from base64 import b64encode
from importlib.resources import files

import pytest

from sitriage import Interview
from sitriage.connect.dialogue import pressed, screen_of
from tests.web.test_cards import LACKS

pytestmark = [
    pytest.mark.web,
    pytest.mark.skipif(bool(LACKS), reason=f"not installed: {', '.join(LACKS)}"),
]

# what anywidget is for a form: a model that is read, that tells of changes and takes messages
HOST = """<!doctype html><html lang="en"><head><title>a notebook</title><style>%s</style></head>
<body style="background:#111111; color:#ffffff"><main><h1>A notebook</h1><div id="out"></div></main>
<script type="module">
import form from "data:text/javascript;base64,%s";
let screen = %s;
const told = [];
const model = {
  get: () => screen,
  on: (_, tell) => told.push(tell),
  off: () => told.splice(0),
  send: async message => {
    screen = JSON.parse(await heard(JSON.stringify(message)));
    told.forEach(tell => tell());
  },
};
form.render({ model, el: document.getElementById("out") });
</script>"""


class Person:
    """Somebody at the form."""

    def __init__(self, browser, answers=(), size=(360, 740)) -> None:
        self.interview = Interview(answers)
        self.context = browser.new_context(viewport={"width": size[0], "height": size[1]})
        self.page = self.context.new_page()
        self.page.expose_function("heard", self.heard)
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.goto("about:blank")
        script = (files("sitriage.connect") / "widget.js").read_bytes()
        style = (files("sitriage.connect") / "widget.css").read_text("utf-8")
        self.page.set_content(
            HOST
            % (
                style,
                b64encode(script).decode(),
                json.dumps(screen_of(self.interview)).replace("<", "\\u003c"),
            )
        )
        self.page.locator("h2").first.wait_for()

    def heard(self, message: str) -> str:
        self.interview, wrong = pressed(self.interview, json.loads(message))
        return json.dumps(screen_of(self.interview) | ({"wrong": wrong} if wrong else {}))

    def press(self, name: str) -> None:
        """Presses a button and waits until the screen is another."""
        before = len(self.interview.steps)
        self.page.get_by_role("button", name=name, exact=True).click()
        for _ in range(100):
            self.page.wait_for_timeout(20)
            if len(self.interview.steps) != before:
                return
        raise AssertionError(f"`{name}` did nothing")

    def mark(self, finding: str, label: str) -> None:
        self.page.locator(f"fieldset[data-id={finding}]").get_by_label(label, exact=True).check()


@pytest.fixture
def person(chromium):
    someone = Person(chromium)
    yield someone
    assert someone.errors == []
    someone.context.close()


def test_a_yes_among_others_leads_to_its_verdict(person) -> None:
    person.press("No to all the others")
    before = person.interview
    person.mark("chest_pain", "yes")
    person.press("No to all the others")
    assert person.interview.answers["chest_pain"] is True
    assert sum(person.interview.answers.values()) == 1
    person.page.get_by_text("This is an emergency.").first.wait_for()
    assert person.page.locator("h2").first.evaluate("each => each === document.activeElement")
    person.press("Back")
    assert person.interview == before
    assert person.page.locator("fieldset").count() == len(person.interview.question.items)


def test_a_yes_is_sent_though_the_rest_is_left_open(person) -> None:
    asked = person.interview.question.items
    person.mark("saddle_numbness", "yes")
    person.press("Leave this open")
    assert dict(person.interview.answers) == {"saddle_numbness": True}
    assert person.interview.verdict.urgency == "emergency"
    assert set(person.interview.steps[-1].skipped) == set(asked) - {"saddle_numbness"}


def test_nothing_is_sent_while_an_answer_is_missing(person) -> None:
    person.page.get_by_role("button", name="Go on").click()
    assert person.page.get_by_role("alert").inner_text() == (
        "Please answer each of these, or leave the screen open."
    )
    assert person.page.locator("fieldset input").first.evaluate("each => each === document.activeElement")
    assert person.interview == Interview()


def test_a_number_out_of_its_range_is_refused_in_words(chromium) -> None:
    someone = Person(chromium)
    while "age" not in someone.interview.question.items:
        if someone.interview.question.none:
            someone.press("No to all the others")
        else:
            someone.press("Leave this open")
    part = someone.page.locator("fieldset[data-id=age]")
    for item in someone.interview.question.parts:
        if item.kind != "number":
            someone.mark(item.id, item.choices[-1][1])
        else:
            box = someone.page.locator(f"fieldset[data-id={item.id}] input[inputmode=numeric]")
            box.fill(str(item.min) if item.id != "age" else "1000")
    someone.page.get_by_role("button", name="Go on").click()
    someone.page.get_by_text("age").first.wait_for()
    someone.page.wait_for_timeout(200)
    assert "120" in someone.page.get_by_role("alert").inner_text()
    assert part.count() == 1
    someone.context.close()


def test_a_double_click_answers_once(person) -> None:
    person.page.get_by_role("button", name="No to all the others").dblclick()
    person.page.wait_for_timeout(300)
    assert len(person.interview.steps) == 1


@pytest.mark.parametrize("size", [(320, 640), (1000, 800)])
@pytest.mark.parametrize("answers", [{}, {"chest_pain": True}], ids=["a list", "a verdict"])
def test_axe_finds_nothing_and_nothing_is_cut_off(chromium, answers, size) -> None:
    from axe_playwright_python.sync_playwright import Axe

    someone = Person(chromium, answers, size)
    found = Axe().run(someone.page)
    assert found.violations_count == 0, found.generate_report()
    assert someone.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    someone.context.close()
