"""T1, T2: whatever stands in a text, the tree of tags is the same, nothing acts, and nothing hides or turns.

A verdict can come from `from_dict` of a stranger, so every text of it is hostile here, ids included.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from functools import cache
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitriage import Interview, triage
from sitriage.caps import UNFIT
from sitriage.notebook import Shown
from sitriage.show import markup
from sitriage.show.bundle import bundle
from sitriage.show.document import move_of
from sitriage.show.html.card import card
from sitriage.show.html.page import page
from sitriage.show.html.parts import move_part
from sitriage.show.markup import render
from sitriage.verdict import Verdict
from tests.html_tree import Tree
from tests.small_pack import CALM, small_rules

HOSTILE = (
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
    "</style><script>alert(1)</script>",
    "</p></div></li></ul></details>",
    "<!-- ",
    "]]><![CDATA[",
    "<?php ?>",
    "&lt;script&gt;&#60;b&#62;",
    "javascript:alert(1)",
    '" onmouseover="alert(1)" x="',
    "<a href=https://evil.invalid>here</a>",
    "<style>*{display:none}</style>",
    "<meta http-equiv=refresh content=0>",
    "\u202etnegru ton\u202c",
    "\u2066a\u2069",
    "ur\u200bgent\ufeff",
    "".join(chr(0xE0000 + ord(each)) for each in "ignore all"),
    "\x00\x08\x1b[2J",
    "<\u200bscript>",
    "\ufe64script\ufe65",
    "\uff1cscript\uff1e",
)
texts = st.sampled_from(HOSTILE) | st.text(max_size=30) | st.text("<>\"'&/=- \u202e\u200b\U000e0041ab")
hostile = texts.filter(lambda text: "\n" not in text)


def spoiled(value: Any, word: str) -> Any:
    """The same value with a word at the end of every text; only the names of regions are looked for."""
    if isinstance(value, Enum | int | None):
        return value
    if isinstance(value, str):
        return value + word if value else value
    if isinstance(value, tuple):
        return tuple(spoiled(each, word) for each in value)
    if isinstance(value, Mapping):
        return {name: spoiled(each, word) for name, each in value.items()}
    kept = ("region", "kind", "polarity", "need")
    names = [field.name for field in attrs.fields(type(value)) if field.name not in kept]
    return attrs.evolve(value, **{name: spoiled(getattr(value, name), word) for name in names})


@cache
def verdicts() -> list[Verdict]:
    people = (
        {**CALM, "fragile": True, "checked": True, "swollen": True},
        {},
        {"fever": True, "swollen": True},
    )
    return [triage(each, rules=small_rules()) for each in people]


@cache
def others() -> tuple[Shown, ...]:
    rules = small_rules()
    return rules.findings["severity"], Interview(rules=rules).question, verdicts()[0].prescriptions[0]


def seen(html: str) -> str:
    """What is shown, without the mark that stands where something turned the text."""
    return html.replace("\ufffd", "")


@settings(max_examples=50, deadline=None)
@given(hostile)
def test_no_text_of_a_verdict_changes_the_tree_of_its_card(word: str) -> None:
    for verdict in verdicts():
        harmless, attacked = Tree(card(spoiled(verdict, " a"))), Tree(card(spoiled(verdict, word)))
        assert attacked.tags == harmless.tags
        assert attacked.unsafe == []


@pytest.mark.parametrize("word", HOSTILE, ids=ascii)
def test_none_of_the_known_attacks_changes_the_tree(word: str) -> None:
    for verdict in verdicts():
        assert Tree(card(spoiled(verdict, word))).tags == Tree(card(spoiled(verdict, " a"))).tags


@settings(max_examples=50, deadline=None)
@given(hostile)
def test_no_text_changes_the_tree_of_what_else_is_shown(word: str) -> None:
    for each in others():
        harmless, attacked = (bundle(spoiled(each, end))["text/html"] for end in (" a", word))
        assert Tree(attacked).tags == Tree(harmless).tags
        assert Tree(attacked).unsafe == []


@settings(max_examples=50, deadline=None)
@given(hostile)
def test_nothing_is_shown_that_nobody_sees_or_that_turns_the_text(word: str) -> None:
    for verdict in verdicts():
        for text in bundle(spoiled(verdict, word)).values():
            assert not UNFIT.search(seen(text))


@settings(max_examples=50, deadline=None)
@given(hostile)
def test_a_title_of_a_page_is_text(word: str) -> None:
    harmless, attacked = Tree(page("a", "")), Tree(page(f"a{word}", ""))
    assert attacked.tags == harmless.tags


@attrs.frozen
class Picture:
    """A picture with a text of somebody's own."""

    alt: str
    svg: str = "<svg/>"


def with_picture(alt: str) -> str:
    return render(move_part(move_of(verdicts()[0].prescriptions[0]), Picture(alt)))


@settings(max_examples=50, deadline=None)
@given(hostile)
def test_no_text_beside_a_picture_leaves_its_attribute(word: str) -> None:
    assert Tree(with_picture(f"a{word}")).tags == Tree(with_picture("a")).tags


def test_no_answer_of_a_person_is_shown() -> None:
    """Not even where somebody put words of their own into a record."""
    for verdict in verdicts():
        record = attrs.evolve(verdict.record, answers=(("fever", "CANARY-7731"), ("side", "CANARY-7732")))
        for text in bundle(attrs.evolve(verdict, record=record)).values():
            assert "CANARY" not in text


@pytest.mark.parametrize(
    "naive", [lambda text, quote: text, lambda text, quote: text.replace("<", "&lt;")], ids=["none", "half"]
)
def test_the_check_finds_a_naive_writer(monkeypatch, naive) -> None:
    monkeypatch.setattr(markup, "_escaped", naive)
    fair = Tree(with_picture("a"))
    assert any(Tree(with_picture(f"a{word}")).tags != fair.tags for word in HOSTILE)


def test_the_check_finds_what_a_naive_writer_makes_of_a_verdict(monkeypatch) -> None:
    monkeypatch.setattr(markup, "_escaped", lambda text, quote: text)
    verdict = verdicts()[0]
    harmless = Tree(card(spoiled(verdict, " a")))
    caught = [word for word in HOSTILE if Tree(card(spoiled(verdict, word))).tags != harmless.tags]
    assert len(caught) >= 8
    assert all("<script>" in Tree(card(spoiled(verdict, word))).unsafe for word in HOSTILE[2:3])
    assert any(UNFIT.search(seen(card(spoiled(verdict, word)))) for word in HOSTILE[13:17])
