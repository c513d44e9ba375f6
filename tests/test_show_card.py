"""A verdict as a card: all that the text says, how soon in a word and a shape, and nothing that could act."""

from __future__ import annotations

import attrs
import pytest

from sitriage import Urgency, load_rules, none_of, triage
from sitriage.model import Ruleset
from sitriage.show.document import document_of
from sitriage.show.html.card import NO_PICTURES, card
from sitriage.show.html.page import page
from sitriage.show.html.signs import SIGNS
from tests.html_tree import Tree, lines_of
from tests.small_pack import CALM

PEOPLE = (
    CALM,
    {**CALM, "fragile": True, "cold_skin": True, "swollen": True, "can_balance": False},
    {},
    {"fever": True, "swollen": True},
    {**CALM, "fever": True},
    {**CALM, "numb": True, "weak": True},
)


@pytest.fixture(params=PEOPLE, ids=str)
def verdict(request, small: Ruleset):
    return triage(request.param, rules=small)


def test_a_card_says_all_that_the_text_says_in_the_same_order(verdict, small: Ruleset) -> None:
    words, at = Tree(card(verdict, rules=small)).words, 0
    for line in lines_of(document_of(verdict)):
        found = words.find(" ".join(line.split()), at)
        assert found >= at, line
        at = found


def test_a_card_needs_nothing_beside_it_and_does_nothing(verdict, small: Ruleset) -> None:
    tree = Tree(card(verdict, rules=small))
    assert tree.unsafe == []
    assert len(tree.tags) > 40


def test_how_soon_is_a_word_and_a_shape_and_no_two_are_alike() -> None:
    assert set(SIGNS) == set(Urgency)
    for part in ("word", "strong", "shape"):
        assert len({getattr(sign, part) for sign in SIGNS.values()}) == len(Urgency)


def test_how_soon_comes_first(verdict, small: Ruleset) -> None:
    sign = SIGNS[verdict.urgency]
    html = card(verdict, rules=small)
    said = f"{sign.word} (not final)" if verdict.provisional else sign.word
    assert Tree(html).words.startswith(f"{said} {verdict.headline}")
    assert html.index("<img") < html.index(sign.word)


def test_what_is_not_known_yet_is_said_with_how_far_it_goes(small: Ruleset) -> None:
    open_, closed = (Tree(card(triage(each, rules=small), rules=small)).words for each in ({}, CALM))
    assert "With more answers this can still be: Self-care to Emergency." in open_
    assert "With more answers" not in closed


def test_every_rule_and_source_stands_at_the_end(verdict, small: Ruleset) -> None:
    words = Tree(card(verdict, rules=small)).words.partition("Rules and sources")[2]
    for reason in verdict.reasons:
        assert reason.sentence in words
        assert all(each in words for each in (reason.rule, *reason.rows, *reason.sources))
    used = {name for reason in verdict.reasons for name in reason.sources}
    assert all(f"{name}: {small.sources[name].title}" in words for name in used)
    assert f"Rules {small.version} ({small.hash[:12]})." in words


def test_titles_of_sources_and_pictures_are_those_of_the_verdict_or_none(small: Ruleset) -> None:
    own = triage(CALM, rules=small)
    title = small.sources["S1"].title
    assert title in card(own, rules=small)
    without = card(own)
    assert title not in without
    assert NO_PICTURES in without
    assert NO_PICTURES not in card(own, rules=small)
    with pytest.raises(ValueError, match="not the rules of the verdict"):
        card(own, rules=load_rules())


def test_the_shipped_rules_are_taken_where_they_made_the_verdict() -> None:
    verdict = triage({"saddle_numbness": True})
    assert card(verdict) == card(verdict, rules=load_rules())
    assert load_rules().sources[verdict.reasons[0].sources[0]].title in card(verdict)


def test_the_lines_of_a_region_take_the_place_of_the_international_ones(small: Ruleset) -> None:
    verdict = triage({**CALM, "fever": True}, rules=small)
    words = Tree(card(verdict, rules=small, region="gb")).words
    assert "Call 111." in words
    assert "Quack" not in words
    with pytest.raises(ValueError, match="there are international, gb"):
        card(verdict, rules=small, region="moon")


def test_a_page_is_whole_and_holds_the_cards_below_its_title(small: Ruleset) -> None:
    one, two = (card(triage(each, rules=small), rules=small) for each in (CALM, {}))
    whole = page("Mine & <yours>", one, two)
    assert whole.startswith('<!doctype html>\n<html lang="en">')
    assert "<title>Mine &amp; &lt;yours&gt;</title>" in whole
    assert "<h1>Mine &amp; &lt;yours&gt;</h1>\n<div" in whole
    assert whole.index(one) < whole.index(two)
    assert whole.count("<style>") == 1
    assert "default-src 'none'" in whole


def test_a_long_programme_is_a_small_card() -> None:
    nothing = none_of(*(group.id for group in load_rules().groups))
    person = {"sex": "male", "age": 40, "age_at_onset": 40, "si_region_pain": True, "pain_side": "left"}
    answers = nothing | person | {"pain_severity": 3, "duration_days": 30, "hypermobility": True}
    verdict = triage(answers)
    assert len(verdict.prescriptions) == 5
    assert len(card(verdict).encode()) <= 200_000


def test_equal_verdicts_have_equal_cards(small: Ruleset) -> None:
    verdict = triage({"fever": True}, rules=small)
    assert card(attrs.evolve(verdict), rules=small) == card(verdict, rules=small)
