"""The review: every rule in words, nothing left out, and worked cases that the engine agrees with."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from pathlib import Path

import attrs
import pytest

from sitriage import Professional, Urgency, load_rules
from sitriage.__main__ import main
from sitriage.conditions import All, Any, AtLeast, Has, Not, OneOf, Within
from sitriage.model import Ruleset
from sitriage.placed import rule_files
from sitriage.prove.cases import NOBODY, NOBODY_SO, Cases
from sitriage.prove.wording import Wording
from sitriage.rule import Review
from sitriage.show.dose import dose_text
from sitriage.show.markup import render
from sitriage.show.review import review_csv, review_html
from sitriage.show.review.moves import exercise_page
from sitriage.show.review.words import cell_words, side_words, status_of
from sitriage.words import Side
from tests.plain_html import flat, read, words_of
from tests.small_pack import FILES, small_rules

Row = dict[str, str]


def rows_of(text: str) -> list[Row]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.fixture(scope="module")
def small() -> Ruleset:
    return small_rules()


@pytest.fixture(scope="module")
def rows(small: Ruleset) -> list[Row]:
    return rows_of(review_csv(small))


@pytest.fixture(scope="module")
def page(small: Ruleset) -> str:
    return review_html(small)


def owed(rules: Ruleset) -> Counter[tuple[str, str, str]]:
    """What a review owes: each level, cell, dose and form, each node of the tree, and each other rule."""
    levels = [(flag.id, level.id) for flag in rules.gated for level in flag.levels]
    found = [("level", *each) for each in levels]
    for exercise in rules.exercises.values():
        found += [("limit", exercise.id, column) for column in rules.columns]
        found += [("dose", exercise.id, item) for item in ("start", "target")]
        found += [("form", exercise.id, rung) for rung in exercise.rungs]
    found += [("tree", node.id, "") for node in rules.pattern]
    for file, rule in rule_files(rules):
        kind = file.split("/")[0].removesuffix(".toml").replace("_", " ")
        if kind not in ("red flags", "gates", "exercises"):
            found.append((kind, rule.id, ""))
    return Counter(found)


def given(rows: list[Row]) -> Counter[tuple[str, str, str]]:
    """What a table holds."""
    parts = {"red flag": "level", "gate": "level"}
    return Counter((parts.get(row["part"], row["part"]), row["rule"], row["item"]) for row in rows)


def test_the_table_has_every_level_cell_dose_and_rule_exactly_once(small: Ruleset, rows: list[Row]) -> None:
    assert given(rows) == owed(small)
    assert max(given(rows).values()) == 1


def test_the_table_of_the_shipped_rules_has_everything_exactly_once() -> None:
    rules = load_rules()
    found = given(rows_of(review_csv(rules)))
    assert found == owed(rules)
    assert set(found.values()) == {1}
    assert sum(kind == "limit" for kind, *_ in found) == len(rules.exercises) * len(rules.columns)


@pytest.mark.parametrize("part", ["red flag", "gate", "limit", "dose", "form", "tree", "causes", "columns"])
def test_a_row_that_is_left_out_or_doubled_is_found(small: Ruleset, rows: list[Row], part: str) -> None:
    (one, *_) = [row for row in rows if row["part"] == part]
    assert given([row for row in rows if row is not one]) != owed(small)
    assert given([*rows, one]) != owed(small)


def test_each_row_has_sources_by_title_evidence_status_and_room_to_sign(
    small: Ruleset, rows: list[Row]
) -> None:
    titles = {each.title for each in small.sources.values()}
    for row in rows:
        if row["part"] != "tree":
            assert set(row["sources"].split("; ")) <= titles
            assert row["evidence"]
            assert row["status"] == "draft: no clinician has signed it"
        assert row["agree"] == row["change"] == row["reviewer"] == row["date"] == ""


def test_a_level_has_its_condition_in_words_its_urgency_and_whom_to_see(rows: list[Row]) -> None:
    (row,) = [each for each in rows if each["item"] == "hot:emergency"]
    assert row["when"] == "all of these (one of these (fever; chills); “a sign of a nerve”)"
    assert (row["leads_to"], row["see"]) == ("emergency", "emergency department")
    asked = [f"Does it have this: {each}?" for each in ("chills", "fever", "numb tail", "weak tail")]
    assert row["questions"] == " ".join(asked)
    assert row["evidence"] == "R2"
    (first,) = [each for each in rows if each["item"] == "hot:same_day"]
    assert first["evidence"] == "R2, R2a"


def test_a_cell_says_what_it_does_in_words(small: Ruleset, rows: list[Row]) -> None:
    said = {(row["rule"], row["item"]): row["leads_to"] for row in rows if row["part"] == "limit"}
    assert said["wag", "fragile"] == "at most the form “small”"
    assert said["wag", "cold"] == "no limit"
    assert said["flap", "fragile"] == "left out"
    assert said["lean", "fragile"] == (
        "left out until somebody has examined and cleared the person, then at most the form “seated”"
    )
    assert said["lean", "cold"] == "at most the form “full”; hold at most 10 seconds"
    assert said["flap", "cold"] == "at most the form “small”; push with at most 20 % of the strength"
    withheld = attrs.evolve(
        small.exercises["lean"], column={"splint": small.exercises["nod"].column["splint"]}
    )
    assert cell_words(withheld, "splint", small) == "left out, Nod instead"
    assert side_words(small.exercises["lean"], small) == (
        "One sore side: the leg of the sore side. Both sore: each side in turn. In the middle: Wag instead. "
        "Not known: left out."
    )


def test_who_has_reviewed_a_rule_is_said(small: Ruleset) -> None:
    signed = attrs.evolve(small.columns["cold"], review=Review("reviewed", "A. Vet", "2026-11-01"))
    assert status_of(signed) == "reviewed by A. Vet on 2026-11-01"


def test_conditions_are_worded_as_their_authors_wrote_them(small: Ruleset) -> None:
    wording = Wording(small)
    both = Any((Has("numb"), Has("weak")))
    for condition, words in (
        (Has("fever"), "fever"),
        (both, "“a sign of a nerve”"),
        (Not(Has("fever")), "not this (fever)"),
        (Not(Has("checked"), only_yes=True), "unless this is a sure yes (checked by a doctor)"),
        (All((Has("fever"), both)), "all of these (fever; “a sign of a nerve”)"),
        (All((Has("fever"),)), "fever"),
        (AtLeast(2, (Has("fever"), Has("chills"))), "at least 2 of these (fever; chills)"),
        (AtLeast(1, (Has("fever"), Has("chills")), False),
         "at least 1 of these, an unsure answer not counted (fever; chills)"),
        (OneOf("side", ("left", "right")), "sore side: left or right"),
        (Within("severity", min=8), "how bad 8 to 10"),
        (Within("age", max=15), "age 0 to 15"),
    ):  # fmt: skip
        assert wording.said(condition).line() == words
    assert wording.definition("nerve_sign").line() == "one of these (numb tail; weak tail)"
    # bitten implies fragile: that goes without saying
    assert wording.said(small.columns["fragile"].when).line() == "fragile bones"


def test_what_is_no_condition_of_a_rule_is_refused(small: Ruleset) -> None:
    with pytest.raises(TypeError, match="not a condition of a rule"):
        Wording(small).said(small.contradictions[1].both)


def test_every_definition_that_a_rule_names_keeps_its_name_in_words() -> None:
    rules = load_rules()
    wording = Wording(rules)
    for flag, name in (
        ("fever", "cauda_equina_sign"),
        ("fever", "nerve_finding"),
        ("pelvic_girdle_pain", "girdle_pattern"),
    ):
        levels = [wording.said(level.when).line() for level in rules.red_flags[flag].levels]
        assert any(f"“{rules.definitions[name].label}”" in line for line in levels), (flag, name)


def test_the_cases_of_a_level_are_people_whom_it_sends_where_it_says() -> None:
    rules = load_rules()
    cases = Cases(rules)
    where = {f": {urgency}, ".replace("_", " ") for urgency in Urgency}
    for flag in rules.gated:
        for level in flag.levels:
            said = cases.of_level(level)
            assert said
            if said != (NOBODY,):
                assert said[0].startswith("Somebody with ")
                assert said[0].endswith(f": {level.urgency}, {level.see}.".replace("_", " ")), said
                assert all(any(each in line for each in where) for line in said)


def test_a_level_that_never_decides_alone_says_so(small: Ruleset) -> None:
    hot = small.red_flags["hot"].levels[0]
    hidden = attrs.evolve(hot, id="hidden:soon", urgency=Urgency.SOON, see=Professional.DOCTOR)
    flag = attrs.evolve(small.red_flags["hot"], id="hidden", level=(hidden,))
    rules = attrs.evolve(small, red_flags={**small.red_flags, "hidden": flag})
    assert Cases(rules).of_level(hidden) == (NOBODY,)


def test_who_is_given_a_form_is_somebody_whom_the_limits_lower_to_it(small: Ruleset) -> None:
    cases = Cases(small)
    wag, nod = small.exercises["wag"], small.exercises["nod"]
    assert cases.of_form(wag, "full") == "Somebody with nothing out of the ordinary: at most this form."
    # a bitten tail implies fragile bones, and a duck with either is as calm as the other
    assert cases.of_form(wag, "small") in [
        f"Somebody with {each}: at most this form." for each in ("fragile bones", "bitten tail")
    ]
    assert cases.of_form(nod, "withheld") == "Somebody with splinted tail: left out."
    free = attrs.evolve(nod, column={})
    rules = attrs.evolve(small, exercises={**small.exercises, "nod": free})
    assert Cases(rules).of_form(free, "withheld") == NOBODY_SO


def test_the_page_has_a_page_for_each_flag_and_exercise_with_its_number_and_a_box_to_sign(
    small: Ruleset, page: str
) -> None:
    text = words_of(page)
    paged = [*small.gated, *small.exercises.values()]
    numbers = [f"R{at}" for at in range(1, len(small.gated) + 1)]
    numbers += [f"E{at}" for at in range(1, len(small.exercises) + 1)]
    kinds = {file.split("/")[0] for file, _ in rule_files(small)} - {"red_flags", "gates", "exercises"}
    # a box for each table of other rules too, and one for the tree
    assert page.count(">Sign-off<") == len(paged) + len(kinds) + 1
    for number, rule in zip(numbers, paged, strict=True):
        assert page.count(f"<h2>{number} {rule.label}</h2>") == 1
        assert f">{number}</th>" in page
        assert flat(rule.because) in text
        assert f"Name in the rules: {rule.id}" in text


def test_the_page_says_all_of_a_flag_and_of_an_exercise(small: Ruleset, page: str) -> None:
    text = words_of(page)
    for flag in small.gated:
        part = text.split(f"Name in the rules: {flag.id} ")[1].split("Sign-off")[0]
        for level in flag.levels:
            assert f"{level.urgency} {level.see}".replace("_", " ") in part
        for name in flag.sources:
            assert small.sources[name].title in part
    for exercise in small.exercises.values():
        part = text.split(f"Name in the rules: {exercise.id} ")[1].split("Sign-off")[0]
        for rung in exercise.rung.values():
            steps = " ".join((*rung.steps, *rung.steps_each))
            told = flat(steps.replace("{this}", "working").replace("{other}", "other"))
            assert all(step in part for step in told.split(". "))
        for name, column in small.columns.items():
            assert column.label in part
            assert (name not in exercise.column) or cell_words(exercise, name, small) in part
        side = {"each": Side.EACH}.get(exercise.side, Side.SYMMETRIC)
        assert dose_text(exercise.target, side) in part
        assert "Status: draft: no clinician has signed it" in part


def test_the_page_has_every_other_rule_once(small: Ruleset, page: str) -> None:
    paged = ("red_flags/", "gates/", "exercises/")
    others = Counter(rule.id for file, rule in rule_files(small) if not file.startswith(paged))
    others.update(node.id for node in small.pattern)
    shown = Counter(re.findall(r'<th scope="row"[^>]*>([^<]*)</th>', page))
    assert {name: shown[name] for name in others} == others


def test_a_kind_without_rules_has_no_table(small: Ruleset, page: str) -> None:
    bare = attrs.evolve(small, exercises={}, red_flags={}, gates={}, programmes={}, advice=())
    assert "<h2>Advice</h2>" in page
    assert "<h2>Advice</h2>" not in review_html(bare)


def test_the_shipped_exercises_are_shown_with_a_picture_of_each_form() -> None:
    rules = load_rules()
    wording, cases = Wording(rules), Cases(rules)
    for exercise in rules.exercises.values():
        found = read(render(exercise_page("E1", exercise, rules, wording, cases)))
        assert found.tags.count("img") == len(exercise.rung)


HOSTILE = "</td><script>alert(1)</script>"


def test_no_reader_sees_a_placeholder_of_a_step(page: str, rows: list[Row]) -> None:
    shipped = load_rules()
    wording, cases = Wording(shipped), Cases(shipped)
    clam = render(exercise_page("E1", shipped.exercises["side_plank_clam"], shipped, wording, cases))
    table = " ".join(row["leads_to"] for row in (*rows, *rows_of(review_csv(shipped))))
    for text in (words_of(page), words_of(clam), table):
        assert not re.search(r"{\w+}", text)
    assert "Lean on the working foot and lift the other one." in table
    assert "Lie on your other side with your knees bent" in words_of(clam)
    assert "“working” is the side that does the exercise" in words_of(page)


def test_hostile_texts_stay_texts_and_no_cell_is_a_formula(small: Ruleset) -> None:
    bad = {
        name: attrs.evolve(each, label=HOSTILE, because=f"=1+1 {HOSTILE}", tell_them="@SUM(A1)")
        for name, each in small.red_flags.items()
    }
    columns = {name: attrs.evolve(each, label="+1", because="-2") for name, each in small.columns.items()}
    rules = attrs.evolve(small, red_flags=bad, columns=columns)
    found = read(review_html(rules))
    assert "script" not in found.tags
    assert HOSTILE in "".join(found.words)
    cells = [cell for row in rows_of(review_csv(rules)) for cell in row.values()]
    assert "'+1" in cells
    assert not any(cell[:1] in "=+-@\t\r" for cell in cells if cell)


def test_nothing_comes_from_outside(page: str) -> None:
    found = read(page)
    assert not {"script", "link", "iframe", "a", "form"} & set(found.tags)
    assert all(value.startswith("data:") for name, value in found.pairs if name in ("src", "href"))


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    for name, text in FILES.items():
        (tmp_path / "pack" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "pack" / name).write_text(text, encoding="utf-8")

    def call(*words: str) -> tuple[int, str, str]:
        code = main(["--rules", str(tmp_path / "pack"), "review", *words])
        return code, *capsys.readouterr()

    return call


def test_the_command_prints_the_page(run, page: str) -> None:
    assert run() == (0, page, "")


def test_the_command_writes_page_and_table(run, page: str, rows: list[Row], tmp_path: Path) -> None:
    html, table = tmp_path / "out.html", tmp_path / "out.csv"
    assert run("--html", str(html), "--csv", str(table)) == (0, f"{html}\n{table}\n", "")
    assert html.read_text(encoding="utf-8") == page
    # as spreadsheets know UTF-8
    assert table.read_bytes().startswith(b"\xef\xbb\xbf")
    assert rows_of(table.read_bytes().decode("utf-8-sig")) == rows


def test_what_cannot_be_written_or_read_exits_with_2(run, capsys) -> None:
    code, out, err = run("--csv", "/nowhere/out.csv")
    assert (code, out) == (2, "")
    assert err == "cannot write `/nowhere/out.csv`: there is no folder `/nowhere`; make it first\n"
    assert main(["--rules", "/nowhere", "review"]) == 2
