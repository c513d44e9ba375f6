"""What a reviewer prints: the tree, the matrix of limits and the page of founding facts."""

from pathlib import Path

import pytest

from sitriage.placed import rule_files
from sitriage.show.facts import facts_text
from sitriage.show.tree import cell_text, matrix_text, tree_text

PAGE = Path(__file__).parent.parent / "rules" / "FACTS.md"


def test_the_tree_shows_every_level_node_and_programme(rules):
    """Nothing that decides is left out of the printed tree."""
    lines = tree_text(rules).splitlines()
    for flag in rules.gated:
        for level in flag.levels:
            assert sum(line.strip().startswith(f"{level.id}: ") for line in lines) == 1, level.id
    for name in (*(node.id for node in rules.pattern), *rules.programmes):
        assert sum(line.strip().startswith((f"{name} ", f"{name}: ")) for line in lines) == 1, name


def test_the_screen_goes_from_the_most_urgent_down(rules):
    """The order of asking: emergency first."""
    text = tree_text(rules)
    places = [text.index(f"  {word} (") for word in ("emergency", "same_day", "soon", "routine")]
    assert places == sorted(places)


def test_the_matrix_has_a_cell_for_each_limit_and_exercise(rules):
    """A row per column of limits, a cell per exercise, and each cell says what the engine does."""
    head, _, *rows = [row.strip("| ").split(" | ") for row in matrix_text(rules).splitlines()]
    assert head == ["limit", *rules.exercises]
    assert [row[0] for row in rows] == list(rules.columns)
    for name, *cells in rows:
        for exercise, cell in zip(rules.exercises.values(), cells, strict=True):
            assert cell == cell_text(exercise, name)
            assert (cell == "ok") == (name not in exercise.column)


def test_cells_say_rung_clearing_caps_and_swaps(rules):
    """One cell of each kind, as a reviewer reads it."""
    exercises = rules.exercises
    assert cell_text(exercises["figure_four"], "pregnancy_from_28") == "seated"
    assert cell_text(exercises["lumbar_roll"], "hip_replacement_later").startswith("cleared: ")
    assert cell_text(exercises["si_glute_bridge"], "osteoporosis") == "withheld (bridge instead)"
    assert "at most 2 s" in cell_text(exercises["si_glute_bridge"], "treated_high_blood_pressure")


@pytest.mark.checkout
def test_the_page_of_facts_is_current(rules):
    """`sitriage tree --facts > rules/FACTS.md` would change nothing."""
    assert PAGE.read_text(encoding="utf-8") == facts_text(rules, rule_files(rules))


def test_every_founding_fact_has_a_place_or_a_reason(rules):
    """95 facts: the encoded and settled ones are cited where they act, the four refused ones say why."""
    text = facts_text(rules, rule_files(rules))
    assert len(rules.facts) == 95
    assert sum(fact.use == "reject" for fact in rules.facts.values()) == 4
    for fact in rules.facts.values():
        (row,) = [line for line in text.splitlines() if line.startswith(f"| {fact.id} |")]
        assert "nowhere" not in row or (fact.use == "reject" and fact.because in row)
