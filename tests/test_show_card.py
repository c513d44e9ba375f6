"""A verdict as a card: all that the text says, how soon in a word and a shape, and nothing that could act."""

from __future__ import annotations

import re

import attrs
import pytest

from sitriage import Side, Urgency, load_rules, none_of, triage
from sitriage.model import Ruleset
from sitriage.show.document import document_of
from sitriage.show.figures.picture import picture
from sitriage.show.html.card import NO_PICTURES, card
from sitriage.show.html.page import page
from sitriage.show.html.signs import SIGNS
from sitriage.show.markup import data_uri
from tests.html_tree import Tree, lines_of
from tests.small_pack import CALM, small_rules

OFTEN_COLOURED = ("h1", "h2", "h3", "strong", "summary", "td", "th")
PEOPLE = (
    CALM,
    {**CALM, "fragile": True, "cold_skin": True, "swollen": True, "can_balance": False},
    {},
    {"fever": True, "swollen": True},
    {**CALM, "fever": True},
    {**CALM, "numb": True, "weak": True},
)

ONE = triage(CALM, rules=small_rules()).prescriptions[0]


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


def test_no_style_sheet_of_a_notebook_can_give_words_another_colour(verdict, small: Ruleset) -> None:
    """Notebooks colour headings, bold words and cells; a dark theme would make them light on a light card."""
    tags = [tag for tag in Tree(card(verdict, rules=small)).tags if tag[0] in OFTEN_COLOURED]
    assert {"h2", "h3", "strong", "summary", "td", "th"} <= {tag[0] for tag in tags}
    assert [tag for tag in tags if not any(re.search(r"[ ;=]color:#", each) for each in tag)] == []


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


@pytest.fixture(scope="module")
def long():
    """A programme of the shipped rules with as many exercises as there can be."""
    nothing = none_of(*(group.id for group in load_rules().groups))
    person = {"sex": "male", "age": 40, "age_at_onset": 40, "si_region_pain": True, "pain_side": "left"}
    return triage(nothing | person | {"pain_severity": 3, "duration_days": 30, "hypermobility": True})


def test_each_exercise_has_its_own_picture_with_its_words(long) -> None:
    html = card(long)
    heads = [html.index(f"{number}. {each.label} (") for number, each in enumerate(long.prescriptions, 1)]
    for each, head, after in zip(long.prescriptions, heads, [*heads[1:], len(html)], strict=True):
        drawn = picture(load_rules(), each.exercise, each.rung, each.side, sore=Side.LEFT)
        assert head < html.index(data_uri(drawn.svg)) < after
        assert drawn.alt in Tree(html).words


def test_an_exercise_that_stands_there_in_two_forms_has_two_pictures(long) -> None:
    form, other = list(load_rules().exercises["bridge"].rung)[:2]
    bridge = next(each for each in long.prescriptions if each.exercise == "bridge")
    twice = tuple(attrs.evolve(bridge, rung=rung) for rung in (form, other))
    html = card(attrs.evolve(long, prescriptions=twice))
    drawn = [picture(load_rules(), "bridge", each.rung, each.side, sore=Side.LEFT) for each in twice]
    first, second = (html.index(data_uri(each.svg)) for each in drawn)
    assert first < second


def test_an_exercise_by_itself_has_its_picture_where_the_shipped_rules_tell_it_so(
    long, small: Ruleset
) -> None:
    for each in long.prescriptions:
        drawn = picture(load_rules(), each.exercise, each.rung, each.side)
        assert data_uri(drawn.svg) in each._repr_html_()
    each = long.prescriptions[0]
    others = (
        attrs.evolve(each, steps=(*each.steps, "Fly.")),
        attrs.evolve(each, rung="nowhere"),
        triage(CALM, rules=small).prescriptions[0],
    )
    assert not any("<img" in other._repr_html_() for other in others)


@pytest.mark.parametrize("side", ["left", "right"])
def test_an_exercise_of_one_side_by_itself_is_drawn_on_that_side(side) -> None:
    rung = load_rules().exercises["figure_four"].rung["full"]
    steps = tuple(
        step.replace("{this}", side).replace("{other}", "right" if side == "left" else "left")
        for step in rung.steps
    )
    each = attrs.evolve(ONE, exercise="figure_four", rung="full", side=Side(side), steps=steps)
    assert data_uri(picture(load_rules(), "figure_four", "full", Side(side)).svg) in each._repr_html_()


@pytest.mark.parametrize(("side", "swaps"), [("right", False), ("right", True), ("both", False)])
def test_the_sore_side_is_marked_where_it_is_one(long, side, swaps) -> None:
    verdict = triage(dict(long.record.answers) | {"pain_side": side, "alternating_buttock_pain": swaps})
    sore = Side.RIGHT if side == "right" and not swaps else None
    for each in verdict.prescriptions:
        drawn = picture(load_rules(), each.exercise, each.rung, each.side, sore=sore)
        assert data_uri(drawn.svg) in card(verdict)


def test_where_nothing_is_drawn_there_is_no_picture(small: Ruleset) -> None:
    html = card(triage(CALM, rules=small), rules=small)
    assert [tag for tag in Tree(html).tags if tag[0] == "img" and "alt" in tag and "width=56" in tag]
    assert len([tag for tag in Tree(html).tags if tag[0] == "img"]) == 3


def test_a_long_programme_is_a_small_card(long) -> None:
    assert len(long.prescriptions) == 5
    assert len(card(long).encode()) <= 200_000


def test_equal_verdicts_have_equal_cards(small: Ruleset) -> None:
    verdict = triage({"fever": True}, rules=small)
    assert card(attrs.evolve(verdict), rules=small) == card(verdict, rules=small)
