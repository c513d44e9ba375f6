"""The page as it is written: it names no other host, and what is said is shown as text."""

from __future__ import annotations

import json
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sitriage import Interview, load_rules

PAGE = Path(__file__).parent.parent.parent / "examples" / "web"
SHOWN = ("index.html", "icon.svg", "page.css", "page.js", "worker.js")


@pytest.fixture(scope="module")
def turn():
    sys.path.insert(0, str(PAGE))
    try:
        from chat import turn
    finally:
        sys.path.remove(str(PAGE))
    return turn


def take(turn, state=None, answers=None, region="international", left=()):
    said = {"state": state, "answers": answers or {}, "open": left, "region": region}
    return json.loads(turn(json.dumps(said)))


def skip(turn, reply):
    """What the page sends when all that it shows is left open."""
    return take(turn, reply["state"], left=[part["id"] for part in reply["shown"]["parts"]])


@pytest.mark.parametrize("name", SHOWN)
def test_no_outside_address(name):
    """The only address is the name of the SVG namespace."""
    text = (PAGE / name).read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"\b(?i:https?|wss?|ftp)://|['\"(]//|@import|\burl\(", text)


@pytest.mark.parametrize("name", ["page.js", "worker.js"])
def test_no_text_becomes_markup_or_code(name):
    """What a rule or a person says is shown as text."""
    text = (PAGE / name).read_text(encoding="utf-8")
    forbidden = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\b|new Function"
    assert not re.search(forbidden, text)


def test_the_policy_allows_this_host_only():
    """Everything is forbidden but the page's own files, and WebAssembly."""
    html = (PAGE / "index.html").read_text(encoding="utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)[1]
    rules = {name: set(allowed) for name, *allowed in map(str.split, policy.split(";"))}
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == {"'none'"}
    assert set.union(*rules.values()) == {"'none'", "'self'", "'wasm-unsafe-eval'", "blob:"}
    assert [name for name, allowed in rules.items() if "blob:" in allowed] == ["worker-src"]


def test_the_regions_are_those_of_the_rules():
    """Each region that can be chosen has phone lines, and none is missing."""
    html = (PAGE / "index.html").read_text(encoding="utf-8")
    assert re.findall(r'<option value="(\w+)"', html) == [each.region for each in load_rules().contacts]


def test_an_emergency_names_the_number_of_the_region(turn):
    """What the engine decides is what the page shows, with the lines of the region."""
    state = take(turn)["state"]
    shown = take(turn, state, {"chest_pain": True}, "gb")["shown"]
    assert (shown["kind"], shown["urgency"]) == ("verdict", "emergency")
    assert "999" in json.dumps(shown)
    assert "local emergency number" not in json.dumps(shown)


def test_a_programme_shows_all_that_it_holds(turn):
    """Every sentence of the verdict is somewhere on the page."""
    answers = json.loads((PAGE.parent / "person.json").read_text(encoding="utf-8"))
    reply = take(turn, Interview().to_dict(), answers)
    while reply["shown"]["kind"] == "question":
        reply = skip(turn, reply)
    verdict = Interview.from_dict(reply["state"]).verdict
    page = json.dumps(reply["shown"], ensure_ascii=False)
    told = [verdict.headline, verdict.note, *verdict.safety_net, *verdict.self_care, *verdict.review]
    for each in verdict.prescriptions:
        told += [each.label, *each.steps, *(reason.sentence for reason in each.reasons[1:])]
    told += [*verdict.stop_rules, *verdict.avoid, *(each.label for each in verdict.withheld)]
    told += [reason.sentence for reason in verdict.reasons]
    assert [line for line in told if json.dumps(line, ensure_ascii=False)[1:-1] not in page] == []


def test_nothing_answered_is_a_skip(turn):
    """Skipping every screen ends in a provisional referral that names what is open."""
    reply = take(turn)
    while reply["shown"]["kind"] == "question":
        reply = skip(turn, reply)
    assert reply["shown"]["urgency"] != "self_care"
    assert any(each["id"] == "open" for each in reply["shown"]["sections"])


def test_what_was_marked_before_a_skip_is_answered(turn):
    """A sign that is marked counts, though the rest of the page is left open."""
    first = take(turn)
    rest = [part["id"] for part in first["shown"]["parts"] if part["id"] != "saddle_numbness"]
    reply = take(turn, first["state"], {"saddle_numbness": True}, left=rest)
    assert Interview.from_dict(reply["state"]).verdict.urgency == "emergency"
    doubt = take(turn, first["state"], {rest[0]: "unsure"}, left=rest[1:])
    (said, left) = Interview.from_dict(doubt["state"]).steps
    assert (dict(said.answers), left.skipped) == ({rest[0]: "unsure"}, tuple(rest[1:]))


def test_a_skip_leaves_open_only_what_the_page_has_shown(turn):
    """Where the first answers have expired meanwhile, they are asked again and not skipped unseen."""
    first = Interview()
    signs = first.question.items
    then = first.answer(dict.fromkeys(signs, False), at=datetime(2020, 1, 1, tzinfo=UTC))
    shown = list(then.question.items)
    reply = take(turn, then.to_dict(), left=shown)
    assert not set(shown) & set(signs)
    assert [step.skipped for step in Interview.from_dict(reply["state"]).steps] == [(), tuple(shown)]
    assert set(signs) & {part["id"] for part in reply["shown"]["parts"]}
