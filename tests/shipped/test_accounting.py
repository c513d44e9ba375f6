"""Everything of the contracts is in the rules, and does something there.

Rows of the evidence: cited by a level that a person can feel, or left out with a reason. Findings: asked
as the contract says, and read by a rule; those that raise change somebody's verdict.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import attrs
import pytest

from sitriage import Ruleset, triage
from sitriage.conditions import findings_in
from sitriage.evidence import read_answers
from sitriage.model import RedFlag
from sitriage.placed import conditions_of
from sitriage.programme import plan
from sitriage.screen import fired
from tests.shipped.calm import (
    FINDINGS,
    RULES,
    TABLES,
    Answers,
    all_levels,
    as_answer,
    boxes_of,
    calmest,
    edges,
    given,
    outside,
    same,
    sets_of,
)
from tests.shipped.leaves import LEAVES, STRONG, WEAK, people_at

ROWS = [row for rows in TABLES.values() for row in rows]
OMITTED = {each.row: each.because for each in RULES.omissions}

# rows that only name a further reason for a level: nobody's verdict hangs on them
ONLY_EXPLAINS: set[str] = set()


def test_the_tables_hold_96_rows():
    assert len(ROWS) == len(set(ROWS)) == 96
    assert sorted(TABLES) == ["1A", "1B", "1C", "1D", "1E", "1F", "1G", "1H", "1I", "1J"]


def test_every_row_is_cited_or_left_out_with_a_reason():
    cited = {row for flag, level in all_levels() for row in (*flag.rows, *level.rows)}
    assert sorted(set(ROWS) - cited - set(OMITTED)) == []
    assert sorted(set(OMITTED) & cited) == []
    assert set(OMITTED) <= set(ROWS)
    assert all(len(because.split()) >= 5 for because in OMITTED.values())


def test_the_omitted_rows_are_few():
    # PR7 is a stop rule of a session, BIL1 is a side rule; anything more needs a decision
    assert set(OMITTED) == {"PR7", "BIL1"}
    assert any("contractions" in stop.says or "tightenings" in stop.says for stop in RULES.stop_rules)


@pytest.mark.parametrize("row", [row for row in ROWS if row not in OMITTED])
def test_a_cited_row_carries_weight(row):
    """Without the levels that cite a row, somebody gets another verdict."""
    levels = [level for flag, level in all_levels() if row in (*flag.rows, *level.rows)]
    less = _without(row)
    # who has the least else to be referred for
    people = (calmest(answers, less) for level in levels for _, answers in sets_of(level.when))
    changed = any(same(triage(person)) != same(triage(person, rules=less)) for person in people)
    assert changed == (row not in ONLY_EXPLAINS)
    if not changed:
        people = [calmest(answers, less) for level in levels for _, answers in sets_of(level.when)]
        assert any(_cites(person, RULES, row) and not _cites(person, less, row) for person in people)


def test_rows_that_only_explain_stay_few():
    assert len(ONLY_EXPLAINS) <= 5


def _without(row: str) -> Ruleset:
    def kept(flags: Any) -> dict[str, RedFlag]:
        return {
            name: attrs.evolve(flag, level=tuple(each for each in flag.levels if row not in each.rows))
            for name, flag in flags.items()
            if row not in flag.rows
        }

    return attrs.evolve(RULES, red_flags=kept(RULES.red_flags), gates=kept(RULES.gates))


def _cites(person: dict[str, Any], rules: Ruleset, row: str) -> bool:
    return any(row in reason.rows for reason in triage(person, rules=rules).reasons)


# ---------------------------------------------------------------- findings


@pytest.mark.parametrize("name", sorted(FINDINGS))
def test_a_finding_is_asked_as_the_contract_says(name):
    finding, contract = RULES.findings[name], FINDINGS[name]
    for key in ("kind", "polarity", "need"):
        assert getattr(finding, key) == contract[key], key
    assert finding.choices == tuple(contract.get("choices", ()))
    assert (finding.min, finding.max, finding.unit) == (
        contract.get("min", 0),
        contract.get("max", 0),
        contract.get("unit", ""),
    )


def test_no_finding_beside_the_contract_is_asked_first():
    """The contract allows more findings; what is added is named here."""
    assert sorted(set(FINDINGS) - set(RULES.findings)) == []
    assert sorted(set(RULES.findings) - set(FINDINGS)) == []


def test_at_most_ten_questions_on_a_screen():
    for group in RULES.groups:
        assert 1 <= sum(each.group == group.id for each in RULES.findings.values()) <= 10, group.id
        assert all(text.strip() for text in (group.title, group.ask, group.why)), group.id


@pytest.mark.parametrize("name", sorted(FINDINGS))
def test_a_finding_has_its_texts(name):
    finding = RULES.findings[name]
    assert finding.label.strip()
    assert finding.question.strip().endswith("?")
    assert not finding.question.startswith(finding.label)
    for text in (finding.label, finding.question, finding.help):
        assert "  " not in text.replace("\n", " ")
        assert "TODO" not in text
    if finding.kind == "choice":
        assert set(finding.choice_labels) == set(finding.choices)
        assert all(label.strip() for label in finding.choice_labels.values())


def test_the_questions_differ():
    questions = [each.question for each in RULES.findings.values()]
    labels = [each.label for each in RULES.findings.values()]
    assert len(set(questions)) == len(questions)
    assert len(set(labels)) == len(labels)


# PR8 and PR9: what the lists of the two questions must show, in the words a reader may look for
LISTS = {
    "told_not_to_exercise": [
        "waters", "labour", "bleeding", "placenta", "week 26", "pre-eclampsia", "neck of your womb",
        "growing", "three or more", "diabetes", "blood pressure", "thyroid", "heart or lung",
    ],
    "pregnancy_complication": [
        "lost several", "born too early", "blood pressure", "iron", "eating disorder", "twins", "week 28",
        "heart or lung",
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(LISTS))
def test_a_question_about_a_list_shows_the_list(name):
    shown = RULES.findings[name].help
    assert [word for word in LISTS[name] if word not in shown] == []
    assert shown.count("\n- ") >= 7


@pytest.mark.parametrize("name", sorted(FINDINGS))
def test_a_finding_is_read_somewhere(name):
    assert _readers(name)


# these change no verdict: they word a cause, or say whether warmth suits the skin
WORDS_ALONE = {
    "diabetes", "family_history_psoriasis", "feels_locked", "gout", "hip_pain", "knee_pain",
    "leg_length_difference", "limited_mobility", "obesity", "old_trauma",
    "osteoarthritis", "osteopenia",
    "reduced_skin_feeling", "repetitive_strain", "sit_bone_pain", "tailbone_pain", "worse_sitting",
}  # fmt: skip


def test_findings_for_words_alone_stand_in_no_rule_of_the_decision():
    deciding = {"red_flags", "gates", "tree", "columns", "exercises", "programmes", "definitions"}
    assert {name for name in WORDS_ALONE if _readers(name) & deciding} == set()
    assert {name for name in FINDINGS if _readers(name) == {"causes"}} <= WORDS_ALONE


@cache
def _places() -> tuple[tuple[str, frozenset[str]], ...]:
    found = [
        (placed.file.partition("/")[0], findings_in(placed.condition))
        for placed in conditions_of(RULES)
        if not placed.file.startswith("promises/")
    ]
    found += [("implications", frozenset({each.finding})) for each in RULES.implications]
    found += [("implications", frozenset(each.findings)) for each in RULES.not_applicable]
    found += [("contradictions", frozenset(each.read_as_no)) for each in RULES.contradictions]
    found.append(("settings", frozenset({RULES.settings.side})))
    return tuple(found)


def _readers(name: str) -> set[str]:
    return {place for place, names in _places() if name in names}


RAISING = [
    name for name, each in FINDINGS.items() if each["polarity"] == "raises" and each["need"] == "screen"
]


@pytest.mark.parametrize("name", RAISING)
def test_a_finding_that_raises_changes_somebodys_verdict(name):
    assert any(same(triage(yes)) != same(triage(no)) for yes, no in _pairs(name))


# a reassuring answer, an ability or a number may change the form of an exercise only
@pytest.mark.parametrize("name", sorted(set(FINDINGS) - set(RAISING)))
def test_any_other_finding_changes_a_verdict_or_is_for_words_alone(name):
    changed = any(same(triage(yes)) != same(triage(no)) for yes, no in _pairs(name))
    assert changed == (name not in WORDS_ALONE)


def _pairs(name: str) -> Iterator[tuple[Answers, Answers]]:
    """People who differ in one finding: round the levels that read it, then at each leaf of the tree."""
    for _, level in all_levels():
        for box in [each for each in boxes_of(level.when) if name in each][:8]:
            answers = {each: edges(each, allowed)[0] for each, allowed in box.items()}
            for value in outside(name, box[name]):
                person = calmest(given(answers | {name: value}))
                yield person | answers, person
    for person, stage in _everywhere():
        for value in _values(name):
            changed = given(person | {name: value})
            if changed != person and _stage(changed) != stage:
                yield person, changed


def _values(name: str) -> list[Any]:
    return [as_answer(value) for value in RULES.domains[name]]


def _stage(person: Answers) -> object:
    """What the programme stage gives: a quick look before the whole verdict."""
    values = read_answers(person, RULES).values
    return plan(RULES, values).picks if not fired(RULES, values) else None


@cache
def _everywhere() -> list[tuple[Answers, object]]:
    """People at each leaf, sore on one side and on both, weak and strong, with what they are given."""
    # a limit that only another limit uncovers
    kneeling = people_at("P2", {"pain_side": "left", "knee_problem": True})
    return [(person, _stage(person)) for person in kneeling] + [
        (person, _stage(person))
        for leaf in LEAVES
        for side in ("left", "both")
        for ability in (WEAK, STRONG)
        for person in people_at(leaf, {**ability, "pain_side": side, "assessed_and_cleared": True})
    ]
