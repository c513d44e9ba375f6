"""The commands through `main`: what each prints and its exit code."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from sitriage import Programme, Referral, RulesError, load_rules, triage
from sitriage.__main__ import main
from sitriage.cli.faults import faults_text
from sitriage.errors import Fault
from sitriage.model import Ruleset
from tests.small_pack import CALM, FILES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small pack as a folder."""
    for name, text in FILES.items():
        (tmp_path / "pack" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "pack" / name).write_text(text, encoding="utf-8")
    return tmp_path / "pack"


@pytest.fixture
def run(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Runs a command on the small pack; `answers` become the file in place of FILE."""

    def call(*words: str, answers: object = None) -> tuple[int, str, str]:
        (tmp_path / "answers.json").write_text(json.dumps(answers))
        named = [str(tmp_path / "answers.json") if word == "FILE" else word for word in words]
        code = main(["--rules", str(folder), *named])
        return code, *capsys.readouterr()

    return call


def test_triage_prints_the_text_of_the_verdict(run, small: Ruleset) -> None:
    code, out, err = run("triage", "FILE", answers=CALM)
    assert (code, err) == (0, "")
    assert out == str(triage(CALM, rules=small))


@pytest.mark.parametrize("answers", [{}, {"fever": True}, {"numb": True, "weak": True}])
def test_a_verdict_is_no_failure_whatever_it_is(run, answers) -> None:
    assert run("triage", "FILE", answers=answers)[0] == 0


@pytest.mark.parametrize(("answers", "kind"), [(CALM, Programme), ({"fever": True}, Referral)])
def test_json_is_read_back_as_the_same_verdict(run, small: Ruleset, answers, kind) -> None:
    code, out, _ = run("triage", "--json", "FILE", answers=answers)
    assert code == 0
    assert kind.from_dict(json.loads(out)) == triage(answers, rules=small)


def test_the_region_swaps_the_lines(run) -> None:
    assert "Call 111." in run("triage", "FILE", "--region", "gb", answers={"fever": True})[1]
    assert "Quack today." in run("triage", "FILE", answers={"fever": True})[1]


@pytest.mark.parametrize(("region", "line"), [("gb", "999"), ("us", "911"), ("eu", "112")])
def test_the_shipped_regions_print_their_emergency_number(tmp_path, capsys, region, line) -> None:
    (tmp_path / "a.json").write_text('{"saddle_numbness": true}')
    assert main(["triage", str(tmp_path / "a.json"), "--region", region]) == 0
    assert line in capsys.readouterr().out


def test_an_unknown_region_is_refused(run) -> None:
    code, out, err = run("triage", "FILE", "--region", "moon", answers=CALM)
    assert (code, out) == (2, "")
    assert "there are international, gb" in err


def test_unreadable_answers_are_all_named_and_give_no_verdict(run) -> None:
    code, out, err = run("triage", "FILE", answers={"numb": "canary-7731", "nmub": True})
    assert (code, out) == (2, "")
    assert err == 'unknown finding `nmub`; did you mean `numb`?\nnumb: expected true, false or "unsure"\n'


@pytest.mark.parametrize("command", ["triage", "why"])
def test_a_file_that_is_not_there_is_refused(run, command: str) -> None:
    code, out, err = run(command, "/nowhere/at/all.json")
    assert (code, out) == (2, "")
    assert err.startswith("cannot read the file: ")


def test_why_prints_path_and_reasons(run) -> None:
    code, out, _ = run("why", "FILE", answers={**CALM, "fever": True})
    assert code == 0
    assert "Path: screen:same_day > hot:same_day" in out
    assert "rows: R2a, R2" in out


def test_why_says_the_path_in_words(run) -> None:
    _, out, _ = run("why", "FILE", answers=CALM)
    assert "  - N1: an egg? no\n  - N3: mild and easing? no\n  - gentle: Gentle\n" in out
    _, out, _ = run("why", "FILE", answers={**CALM, "egg": True, "egg_week": 1})
    assert "  - N1: an egg? yes\n  - N2: a late egg? no\n  - gentle: Gentle\n" in out
    assert "  - hot:same_day: hot duck\n" in run("why", "FILE", answers={**CALM, "fever": True})[1]


def test_check_of_good_rules_counts_what_there_is(folder: Path, capsys, small: Ruleset) -> None:
    assert main(["check", str(folder)]) == 0
    out = capsys.readouterr().out
    # 6 red flags of 8 levels and 1 gate of 1 level
    assert out.startswith("sore tails 1.2.3: no faults. 23 findings, 6 red flags and 1 gates with 9 levels, ")
    assert "5 exercises, 3 programmes" in out
    assert small.hash in out


def test_check_without_a_folder_checks_the_shipped_rules(capsys, rules: Ruleset) -> None:
    assert main(["check"]) == 0
    assert f"{rules.version}: no faults." in capsys.readouterr().out


def test_check_prints_every_fault_on_a_line(folder: Path, capsys) -> None:
    (folder / "manifest.toml").write_text("name = ")
    (folder / "setings.toml").write_text("")
    assert main(["check", str(folder)]) == 1
    out, err = capsys.readouterr()
    assert [line.split(":")[0] for line in out.splitlines()] == ["rules/manifest.toml", "rules/setings.toml"]
    assert err == "2 faults\n"


def test_check_counts_one_fault_as_one(folder: Path, capsys) -> None:
    (folder / "setings.toml").write_text("")
    assert main(["check", str(folder)]) == 1
    assert capsys.readouterr().err == "1 fault\n"


def test_check_of_no_folder_is_a_fault(capsys) -> None:
    assert main(["check", "/nowhere/at/all"]) == 1
    assert "is not a folder of rules" in capsys.readouterr().out


@pytest.mark.parametrize("command", [["triage", "FILE"], ["findings"], ["ask"], ["tree"], ["why", "FILE"]])
def test_broken_rules_are_unusable_for_every_other_command(run, folder: Path, command) -> None:
    (folder / "manifest.toml").write_text("name = ")
    code, out, err = run(*command, answers={})
    assert (code, out) == (2, "")
    assert err.startswith("rules/manifest.toml:1: is not TOML")


def test_findings_lists_every_finding_under_its_group(run, small: Ruleset) -> None:
    code, out, _ = run("findings")
    assert code == 0
    lines = out.splitlines()
    assert [line for line in lines if not line.startswith(" ")] == [
        "danger: Danger",
        "duck: The duck",
        "limits: Limits",
    ]
    assert sum(line.startswith("  ") for line in lines) == len(small.findings)
    assert "  age (0 to 120 years): Does it have this: age?" in lines
    assert "  numb (yes or no): Does it have this: numb tail?" in lines
    assert "  kind (hen, drake, unsure): Does it have this: kind of duck?" in lines


@pytest.mark.parametrize("word", ["perch", "PERCH", "has_perch", "have this: has a perch"])
def test_findings_may_be_looked_for_by_a_word(run, word: str) -> None:
    code, out, _ = run("findings", word)
    assert code == 0
    assert out.splitlines() == ["limits: Limits", "  has_perch (yes or no): Does it have this: has a perch?"]


def test_a_unit_that_names_the_span_is_not_said_again(capsys) -> None:
    assert main(["findings", "pain_severity"]) == 0
    assert "  pain_severity (0 to 10): From 0 to 10, how bad" in capsys.readouterr().out


def test_a_word_that_no_finding_has_is_said(run) -> None:
    code, out, err = run("findings", "banana")
    assert (code, out) == (1, "")
    assert err == "no finding has this word in its id, label or question\n"


def test_ask_reads_from_the_terminal(run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("1 2 3 4 5 6 7 8 9\n2\n"))
    code, out, _ = run("ask", "--region", "gb")
    assert code == 0
    assert "\nNow.\n" in out
    assert "Call 999." in out


def test_ask_that_was_stopped_has_its_own_exit_code(run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    code, out, _ = run("ask")
    assert code == 130
    assert "Stopped." in out


def test_tree_prints_the_screen_the_gates_and_the_pattern(run) -> None:
    code, out, _ = run("tree")
    assert code == 0
    assert "    nerve:emergency: nerve; see emergency_department" in out
    assert "  too_young:routine: duckling; see doctor" in out
    assert "  N1 an egg? yes: N2, otherwise: N3 (unsure: N2)" in out
    assert "  N3 mild and easing? yes: strong, otherwise: gentle (unsure: gentle)" in out
    assert "  strong: Strong: wag (small), lean, roll, flap, wag" in out


def test_tree_prints_the_most_urgent_first(run) -> None:
    out = run("tree")[1]
    places = [out.index(f"  {word} (") for word in ("emergency", "same_day", "soon", "routine")]
    assert places == sorted(places)


def test_the_matrix_says_what_each_limit_allows(run) -> None:
    code, out, _ = run("tree", "--matrix")
    assert code == 0
    rows = {line.split(" | ")[0].strip("| "): line for line in out.splitlines()}
    assert rows["limit"].split(" | ")[1:] == ["flap", "lean", "nod", "roll", "wag |"]
    assert rows["fragile"] == "| fragile | withheld | cleared: seated | ok | ok | small |"
    assert rows["cold"] == "| cold | small, at most 20 % effort | full, at most 10 s | ok | ok | ok |"


def test_facts_says_where_each_fact_went(run) -> None:
    code, out, _ = run("tree", "--facts")
    assert code == 0
    assert "| F1 | a gentle start | encode | `programmes/gentle.toml` |  |" in out
    assert "| F2 | how hard to flap | resolve |" in out
    assert "`exercises/flap.toml`" in out
    assert "`advice.toml (dry)`" in out
    assert "| F3 | magic | reject | nowhere | It does not help. |" in out


# --- faults for programs ---


@pytest.mark.parametrize(("form", "out"), [("text", ""), ("json", "[]\n"), ("github", "")])
def test_check_without_faults_ends_with_zero_in_every_form(folder: Path, capsys, form: str, out: str) -> None:
    assert main(["check", str(folder), "--format", form]) == 0
    said = capsys.readouterr()
    assert said.out == out if form == "json" else "no faults" in said.out
    assert said.err == ""


def test_faults_as_json_name_file_line_and_what(folder: Path, capsys) -> None:
    (folder / "manifest.toml").write_text('name = "x"\nversion = ')
    (folder / "setings.toml").write_text("")
    (folder / "findings" / "a-b.toml").write_text("")
    assert main(["check", str(folder), "--format", "json"]) == 1
    # names are read before contents
    (only,) = json.loads(capsys.readouterr().out)
    assert only["file"] == f"{folder.as_posix()}/findings/a-b.toml"
    assert only["line"] is None
    (folder / "findings" / "a-b.toml").unlink()
    assert main(["check", str(folder), "--format", "json"]) == 1
    out, err = capsys.readouterr()
    first, second = json.loads(out)
    assert first.keys() == {"file", "line", "what"}
    assert (first["file"], first["line"]) == (f"{folder.as_posix()}/manifest.toml", 2)
    assert "did you mean `settings.toml`?" in second["what"]
    assert Path(first["file"]).exists()
    assert err == "2 faults\n"


def test_faults_as_annotations_stand_one_a_line(folder: Path, capsys) -> None:
    (folder / "manifest.toml").write_text("name = ")
    (folder / "setings.toml").write_text("")
    assert main(["check", str(folder), "--format", "github"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith(f"::error file={folder.as_posix()}/manifest.toml,line=1::is not TOML")


def test_an_annotation_of_what_is_no_folder_names_it(capsys) -> None:
    assert main(["check", "/nowhere/at/all", "--format", "github"]) == 1
    assert capsys.readouterr().out == "::error file=/nowhere/at/all::is not a folder of rules\n"


@pytest.mark.parametrize(
    ("fault", "line"),
    [
        (Fault("rules/a.toml:3", "50 % off"), "::error file=packs/a%2Cb%3Ac/a.toml,line=3::50 %25 off"),
        (Fault("rules/a.toml:3", "x\r\n::error::y, z: %0A"), None),
        (Fault("rules/b\n.toml", "odd"), "::error file=packs/a%2Cb%3Ac/b%0A.toml::odd"),
        (Fault("rules/findings", "is missing"), "::error file=packs/a%2Cb%3Ac/findings::is missing"),
    ],
)
def test_nothing_in_a_fault_can_end_its_annotation(fault: Fault, line: str | None) -> None:
    text = faults_text(RulesError([fault]), "github", "packs/a,b:c")
    assert text.count("\n") == 1
    assert text.endswith("\n")
    # a message keeps its : and ,
    expected = line or "::error file=packs/a%2Cb%3Ac/a.toml,line=3::x%0D%0A::error::y, z: %250A"
    assert text.strip("\n") == expected


def test_an_unknown_form_is_refused(folder: Path, capsys) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["check", str(folder), "--format", "xml"])
    assert caught.value.code == 2
    assert "xml" in capsys.readouterr().err


# --- schemas ---


def test_schema_lists_and_prints(run, small: Ruleset) -> None:
    code, out, _ = run("schema")
    assert code == 0
    assert {"answers", "verdict", "findings", "pattern", "texts"} <= set(out.split())
    code, out, _ = run("schema", "answers")
    assert code == 0
    assert set(json.loads(out)["properties"]) == set(small.findings)


def test_a_schema_that_does_not_exist_is_answered_with_the_near_one(run) -> None:
    code, out, err = run("schema", "finding")
    assert (code, out) == (1, "")
    assert "did you mean `findings`" in err


def test_schema_writes_what_belongs_to_the_pack(run, folder: Path, tmp_path: Path, small: Ruleset) -> None:
    schemas, types = tmp_path / "schemas", tmp_path / "answers.py"
    code, out, _ = run("schema", "--write", str(schemas), "--types", str(types), "--point", str(folder))
    assert code == 0
    assert len(out.splitlines()) == len(list(schemas.iterdir())) + 1 + len(FILES)
    assert "egg_week: int" in types.read_text()
    assert (folder / "findings" / "age.toml").read_text().startswith("#:schema ../../schemas/findings.json\n")
    assert main(["check", str(folder)]) == 0


def test_pointing_needs_schemas_to_point_at(run, folder: Path) -> None:
    code, out, err = run("schema", "--point", str(folder))
    assert (code, out) == (2, "")
    assert "`--point` needs `--write`" in err


def test_what_cannot_be_written_or_pointed_is_said(run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for words in (["--write", str(tmp_path / "file" / "x")], ["--types", str(tmp_path / "no" / "a.py")]):
        code, out, err = run("schema", *words)
        assert (code, out) == (2, "")
        assert err.startswith("cannot write `")
    code, _, err = run("schema", "--write", str(tmp_path / "s"), "--point", "/nowhere/at/all")
    assert code == 2
    assert err == "`/nowhere/at/all` is not a folder of rules\n"


def test_mcp_serves_over_stdio_or_a_port(monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[tuple[str, object]] = []
    fake = SimpleNamespace(
        serve_stdio=lambda rules: served.append((rules.hash, "stdio")),
        serve_http=lambda rules, port: served.append((rules.hash, port)),
    )
    monkeypatch.setitem(sys.modules, "sitriage.connect.mcp_server", fake)
    assert main(["mcp"]) == main(["mcp", "--http", "8000"]) == 0
    assert served == [(load_rules().hash, "stdio"), (load_rules().hash, 8000)]


def test_mcp_without_its_extra_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "sitriage.connect.mcp_server", None)
    assert main(["mcp"]) == 2
    assert "pip install sitriage[mcp]" in capsys.readouterr().err
