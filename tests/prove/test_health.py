"""The laws that a pack loads without: each finds the idle rule or the wrong engine planted for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
import pytest

from sitriage import Ruleset, decide, triage
from sitriage.conditions import All as AllOf
from sitriage.conditions import AtLeast, Has, Not, OneOf, Within
from sitriage.diagrams import Diagrams
from sitriage.evidence import absent
from sitriage.model import Cell, Implication, NotApplicable
from sitriage.prove import asked, pairs, referred, rows
from sitriage.prove.catalogue import HEALTH, SAFETY, prove
from sitriage.prove.certificate import vouch
from sitriage.prove.law import Breach
from sitriage.prove.people import People
from sitriage.prove.space import Space, space_of
from sitriage.questions import Outlook
from tests.prove.test_laws import cell, level, table
from tests.small_pack import CALM


def breaches(rules: Ruleset, name: str) -> tuple[Breach, ...]:
    (law,) = [each for each in HEALTH if each.name == name]
    (proof,) = prove(rules, [law])
    return proof.breaches


def said(rules: Ruleset, name: str) -> list[str]:
    return [each.what for each in breaches(rules, name)]


def form(rules: Ruleset, exercise: str, rung: str, **changes: Any) -> Ruleset:
    forms = rules.exercises[exercise].rung
    return table(rules, "exercises", exercise, rung={**forms, rung: attrs.evolve(forms[rung], **changes)})


def turn(rules: Ruleset, node: str, **changes: Any) -> Ruleset:
    changed = (attrs.evolve(each, **changes) if each.id == node else each for each in rules.pattern)
    return attrs.evolve(rules, pattern=tuple(changed))


def without_item(rules: Ruleset, programme: str, exercise: str) -> Ruleset:
    kept = tuple(each for each in rules.programmes[programme].item if each.exercise != exercise)
    return table(rules, "programmes", programme, item=kept)


FULL = Cell(rung="full")
# nobody is both, and who is unsure is not counted
NOBODY = AtLeast(2, (OneOf("kind", ("hen",)), OneOf("kind", ("drake",))), unsure_counts=False)

IDLE: dict[str, tuple[str, Callable[[Ruleset], Ruleset]]] = {
    "nobody reaches `growing:soon`": ("nothing is dead", lambda rules: level(rules, "growing", when=NOBODY)),
    "nobody comes to `resting`": ("nothing is dead", lambda rules: turn(rules, "N2", yes="gentle")),
    "nobody is given `roll`": ("nothing is dead", lambda rules: without_item(rules, "strong", "roll")),
    "`seated` is the hardest form of `lean` for nobody": (
        "nothing is dead", lambda rules: cell(rules, "lean", "fragile", Cell(rung="withheld")),
    ),
    "without `nerve:soon` everybody is led as far by another level": (
        "every rule decides", lambda rules: level(rules, "nerve", when=AllOf((Has("numb"), Has("weak")))),
    ),
    "without the limit `splint` every ladder and dose stays as it is": (
        "every rule decides",
        lambda rules: cell(cell(rules, "wag", "splint", FULL), "nod", "splint", FULL),
    ),
    "both ways from `N3` lead everybody to the same programme": (
        "every rule decides", lambda rules: turn(rules, "N3", yes="gentle"),
    ),
    "whatever is answered to `can_balance`, everybody gets the same verdict": (
        "every question matters", lambda rules: form(rules, "flap", "full", needs=None),
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", IDLE)
def test_an_idle_rule_is_found_and_the_pack_loads_all_the_same(what, small):
    law, plant = IDLE[what]
    idle = plant(small)
    assert what in said(idle, law)
    if law != "nothing is dead":
        assert vouch(attrs.evolve(idle, promised_limits=(), promised_leaves=(), promised_urgency=()))


def test_a_row_that_reads_what_another_fills_in_is_found(small):
    chained = (
        Implication(finding="fragile", when=Has("bitten")),
        Implication(finding="bitten", when=Has("worse")),
    )
    (breach,) = breaches(attrs.evolve(small, implications=chained), "order of answers")
    assert breach.what == "what is filled in for `fragile` depends on the order of the rows"
    assert set(breach.people[0]) == {"worse"}


def test_a_row_that_takes_back_what_it_settled_is_found(small):
    fickle = NotApplicable(when=Not(Not(Has("egg")), only_yes=True), findings=("egg_week",))
    (breach,) = breaches(attrs.evolve(small, not_applicable=(fickle,)), "order of answers")
    assert breach.what == "settles something only until `egg` is filled in with a no"


@pytest.mark.parametrize(
    ("key", "lost", "words"),
    [("who", "doctor", "whom to see"), ("line", "doctor", "how to reach them"), ("urgency", "soon", "when")],
)
def test_a_referral_that_leaves_out_something_is_found(key, lost, words, small):
    texts = attrs.evolve(small.texts, **{key: {**getattr(small.texts, key), lost: ""}})
    assert f"a referral for `counted:soon` does not say {words}" in said(
        attrs.evolve(small, texts=texts), "no exercise in a referral"
    )


# these faults cannot be written into rules: the engine itself would have to be wrong
def test_a_programme_beside_a_level_is_found(small, monkeypatch):
    calm = triage(CALM, rules=small)
    monkeypatch.setattr(referred, "referral", lambda *_: calm)
    monkeypatch.setattr(referred, "decided", lambda *_: calm)
    found = said(small, "no exercise in a referral")
    assert "a referral for `counted:soon` is a programme" in found
    assert sum(what.endswith("stops gets exercises") for what in found) == 4


def fewer_boxes(*asked_for):
    return list(REAL_BOXES(*asked_for))[:-1]


REAL_BOXES = asked.boxes


def test_a_search_that_overlooks_somebody_is_found(small, monkeypatch):
    monkeypatch.setattr(asked, "boxes", fewer_boxes)
    assert "the search for open questions overlooks somebody" in said(small, "no question is overlooked")


def test_a_question_that_is_not_named_as_open_is_found(small, monkeypatch):
    monkeypatch.setattr(asked, "outlook", lambda completions: Outlook((), 0, 0))
    found = breaches(small, "no question is overlooked")
    named = "`{}` was not asked, would change the verdict, and is not named as open"
    assert named.format("fever") in [each.what for each in found]
    assert all(each.people for each in found)


@pytest.mark.parametrize(
    ("levels", "finding"),
    [
        # no pain of a duck of 40 began after 40
        ({"lasting": Within("onset_age", 0, 50)}, "onset_age"),
        ({"hot": Has("worse"), "growing": Not(Has("worse"))}, "worse"),
    ],
    ids=["one level", "two levels"],
)
def test_an_engine_that_waits_for_an_answer_that_changes_nothing_is_found(
    levels, finding, small, monkeypatch
):
    name, rules = "what every answer leads to", small
    for each, when in levels.items():
        rules = level(rules, each, when=when)
    assert said(rules, name) == []
    fired = decide.fired
    monkeypatch.setattr(decide, "fired", lambda *given: fired(*given) if len(given) == 3 else ())
    found = breaches(rules, name)
    assert {each.file for each in found} == {f"findings/{finding}.toml"}
    assert all(person[finding] == absent(rules.findings[finding]) for each in found for person in each.people)


def test_answers_that_are_read_in_their_order_are_found(small, monkeypatch):
    monkeypatch.setattr(rows, "read_answers", lambda answers, rules: tuple(answers))
    assert set(said(small, "order of answers")) == {"the same answers in another order are read otherwise"}


def first_alone(self, refs):
    return next(iter([*refs, self.constant(0)]))


def last_column(self, exercise):
    (column, cell), *_ = [*exercise.column.items()]
    return self._lowered(exercise, column, cell)


def as_they_stand(rules, answers):
    return tuple(rules_reached(rules, answers))


def rules_reached(rules, answers):
    return sorted(REAL_FIRED(rules, answers), key=lambda each: list(rules.red_flags).index(each.flag.id))


REAL_FIRED = rows.fired


@pytest.mark.parametrize(
    ("place", "name", "wrong", "words"),
    [
        (Diagrams, "highest", first_alone, "a condition depends on the order of its items"),
        (Space, "rung", last_column, "how `flap` is limited depends on the order of its columns"),
        (rows, "fired", as_they_stand, "which level comes first depends on the order of the files"),
    ],
)
def test_what_depends_on_an_order_is_found(place, name, wrong, words, small, monkeypatch):
    gateless = attrs.evolve(small, gates={})
    monkeypatch.setattr(place, name, wrong)
    assert words in said(gateless, "order of rules")


def test_a_person_who_decides_is_free_of_contradictions_and_of_other_levels(small):
    people = People(space_of(small))
    for _, each in people.space.levels:
        decided = {people.decided(person) for person in people.alone(each)}
        assert None not in decided
        assert (each.urgency, each.see) in decided


def test_no_law_is_in_both_sets():
    assert not set(SAFETY) & set(HEALTH)


def test_every_way_in_which_an_answer_is_settled_is_tried(small: Ruleset) -> None:
    tried = list(pairs._in_reading(People(space_of(small)), "age"))
    # the ends of both numbers in the contradiction, then each answer in somebody calm
    assert len(tried) == 4 + 3
    assert {other["age"] for _, other in tried} == {15, 120, "unsure"}
