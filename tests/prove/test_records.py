"""Stored verdicts put to new rules: who would get another one, what must be asked again, what is unusable."""

from __future__ import annotations

import json
import os
from pathlib import Path

import attrs
import pytest

from sitriage import AnswerError, Ruleset, triage
from sitriage.__main__ import main
from sitriage.caps import RECORD_BYTES
from sitriage.cli import records as reading
from sitriage.cli.records import stored_in
from sitriage.load import ruleset_from
from sitriage.prove.records import Replay, Stored, replay
from sitriage.prove.records_report import replay_data, replay_markdown, replay_text
from tests.prove.test_certificate import written
from tests.small_pack import CALM, FILES, edited, pack, small_rules

SORE = {**CALM, "severity": 9}
CANARY = "canary-7731"


def stored(rules: Ruleset, *people: dict[str, object]) -> list[Stored]:
    verdicts = [triage(each, rules=rules) for each in people]
    return [Stored.of(f"{number}.json", each) for number, each in enumerate(verdicts, 1)]


def replayed(old: Ruleset, files: dict[str, str], *people: dict[str, object]) -> Replay:
    return replay(old, small_rules(files), stored(old, *people))


LOWERED = edited("red_flags/strong_pain.toml", '"same_day"', '"soon"')


def test_who_keeps_the_verdict_is_only_counted(small):
    found = replay(small, small, stored(small, CALM, SORE, {}))
    assert (found.of, found.told, found.alarms) == (3, (), False)
    assert replay_text(small, small, found).endswith("3 records: 3 unchanged, 0 changed\n")
    assert "| record |" not in replay_markdown(small, small, found)


def test_an_urgency_that_falls_is_told_first_with_its_rules(small):
    new = edited("exercises/wag.toml", 'fragile = "small"', 'fragile = "withheld"') | LOWERED
    found = replayed(small, new, {**CALM, "fragile": True}, CALM, SORE)
    sore, fragile = found.told
    assert (sore.where, sore.fell, sore.opens, sore.signed) == ("3.json", 1, True, False)
    assert sore.rules == ("strong_pain:same_day", "strong_pain:soon")
    assert (fragile.where, fragile.opens) == ("1.json", False)
    assert any(each.startswith("wag (small") for each in fragile.lost)
    assert found.alarms


def test_an_exercise_gained_is_an_alarm_and_one_lost_is_none(small):
    cell = 'fragile = "small"'
    opened = replayed(
        small, edited("exercises/wag.toml", cell, 'fragile = "full"'), {**CALM, "fragile": True}
    )
    assert opened.told[0].gained
    assert opened.alarms
    assert opened.told[0].rules == ("wag",)
    shut = edited("exercises/wag.toml", cell, 'fragile = "withheld"')
    assert not replayed(small, shut, {**CALM, "fragile": True}).alarms


def test_a_dose_is_put_down_to_its_exercise(small):
    (one,) = replayed(
        small, edited("exercises/lean.toml", "start = { reps = 2", "start = { reps = 3"), CALM
    ).told
    assert one.rules == ("lean",)


@pytest.mark.parametrize(("min_", "fell"), [(9, 3), (7, -3)])
def test_between_a_programme_and_a_referral_the_rules_of_the_referral_did_it(small, min_, fell):
    new = edited("red_flags/strong_pain.toml", "min = 8", f"min = {min_}")
    (one,) = replayed(small, new, {**CALM, "severity": 8 if min_ > 8 else 7}).told
    assert (one.fell, one.rules) == (fell, ("strong_pain:same_day",))


def test_a_referral_for_want_of_answers_names_that(small):
    new = pack({"findings/pecked.toml": FILES["findings/egg.toml"].replace('"egg"', '"pecked tail"')})
    flag = FILES["red_flags/strong_pain.toml"].replace("strong pain", "pecked")
    flag = flag.replace('when = { finding = "severity", min = 8 }', 'when.any = ["pecked"]')
    found = replay(small, ruleset_from(new | {"red_flags/pecked.toml": flag.encode()}), stored(small, CALM))
    (one,) = found.told
    assert (one.rules, one.ask, one.opens) == (("screen:incomplete",), ("pecked",), False)


def test_an_answer_that_is_no_longer_read_is_asked_again(small):
    narrow = edited("findings/onset_age.toml", "max = 120", "max = 110")
    (one,) = replayed(small, narrow, {**CALM, "onset_age": 115, "age": 116}, CALM).told
    assert one.ask == ("onset_age",)
    text = replay_text(small, small_rules(narrow), Replay(2, (one,)))
    assert "ask  1.json" in text
    assert "to ask again: onset_age" in text
    assert "115" not in text


def test_a_danger_that_is_no_longer_read_is_an_alarm(small):
    narrow = edited("findings/severity.toml", "max = 10", "max = 8")
    (one,) = replayed(small, narrow, SORE).told
    assert one.ask == ("severity",)
    assert one.opens


def test_a_record_that_the_old_rules_do_not_repeat_is_an_alarm(small):
    (one,) = stored(small, CALM)
    found = replay(small, small, [attrs.evolve(one, decided=("soon", "doctor"))])
    assert not found.told[0].repeated
    assert found.alarms
    assert "NOT REPEATED  1.json" in (text := replay_text(small, small, found))
    assert "the old rules do not repeat what was stored" in text
    assert "1 not repeated by the old rules" in text


def noted(small: Ruleset, *who: str) -> dict[str, str]:
    note = FILES["signed.toml"].replace("0123456789abcdef", small.hash[:12])
    return {"signed.toml": "\n".join(note.replace("swollen tail", each) for each in who)}


@pytest.mark.parametrize(
    ("who", "signed"),
    [(("how bad 8 to 10",), True), (("how bad unsure",), False), ((), False)],
)
def test_a_note_answers_for_those_whom_it_names(small, who, signed):
    found = replayed(small, LOWERED | noted(small, *who), SORE)
    assert found.told[0].signed == signed
    assert found.alarms != signed
    assert ("signed  1.json" in replay_text(small, small, found)) == signed


def test_a_note_does_not_answer_for_another_change_for_the_same_person(small):
    both = LOWERED | edited("red_flags/hot.toml", '"same_day"', '"soon"') | noted(small, "how bad 8 to 10")
    sore, hot = replayed(small, both, SORE, {**SORE, "fever": True}).told
    assert (sore.where, sore.signed, hot.signed) == ("1.json", True, False)


def test_packs_that_ask_other_things_have_no_note(small):
    narrow = edited("findings/onset_age.toml", "max = 120", "max = 110")
    found = replayed(small, narrow | LOWERED | noted(small, "how bad 8 to 10"), SORE)
    assert found.alarms


def test_records_of_other_rules_are_named_all_at_once(small):
    one, two, three = stored(small, CALM, SORE, CALM)
    other = attrs.evolve(one, record=attrs.evolve(one.record, hash="0" * 64))
    unread = attrs.evolve(two, record=attrs.evolve(two.record, answers=(("severity", CANARY),)))
    twice = attrs.evolve(three, record=attrs.evolve(three.record, answers=(*three.record.answers[:1],) * 2))
    with pytest.raises(AnswerError) as caught:
        replay(small, small, [other, unread, attrs.evolve(twice, where="3.json")])
    assert [each.where for each in caught.value.faults] == ["1.json", "2.json", "3.json"]
    assert "was made by other rules" in str(caught.value)
    assert str(caught.value).count("its rules cannot read") == 2
    assert CANARY not in str(caught.value)


def test_the_forms_of_a_replay_agree(small):
    new = small_rules(LOWERED)
    found = replay(small, new, stored(small, SORE, CALM))
    data = replay_data(small, new, found)
    assert (data["records"], data["unchanged"]) == (2, 1)
    assert data["told"][0]["before"] == {"kind": "referral", "urgency": "same_day", "see": "urgent_care"}
    markdown = replay_markdown(small, new, found)
    assert "| OPENS | 1.json | same_day (urgent_care) -> soon (urgent_care) |" in markdown
    assert '"severity"' not in json.dumps(data)


def folders(tmp_path: Path, changes: dict[str, str] = LOWERED) -> tuple[str, str]:
    written(tmp_path / "old", pack())
    written(tmp_path / "new", pack(changes))
    return str(tmp_path / "old"), str(tmp_path / "new")


def kept(folder: Path, rules: Ruleset) -> Path:
    folder.mkdir()
    for name, answers in (("calm", CALM), ("sore", SORE)):
        text = json.dumps(triage(answers, rules=rules).to_dict(), indent=1)
        (folder / f"{name}.json").write_text(text)
    (folder / "notes.txt").write_text("no record")
    return folder


def test_the_command_replays_a_folder_a_file_and_lines(tmp_path, small, capsys):
    old, new = folders(tmp_path)
    folder = kept(tmp_path / "records", small)
    assert main(["diff", old, new, "--records", str(folder)]) == 1
    out = capsys.readouterr().out
    assert "2 records: 1 unchanged, 1 changed; 1 get less care or more exercise" in out
    assert "OPENS  sore.json\n    same_day (urgent_care) -> soon (urgent_care)" in out
    assert main(["diff", old, new, "--records", str(folder / "calm.json")]) == 0
    lines = [json.dumps(triage(each, rules=small).to_dict()) for each in (CALM, SORE)]
    (tmp_path / "all.jsonl").write_text(f"{lines[0]}\n\n{lines[1]}\n")
    capsys.readouterr()
    assert main(["diff", old, new, "--records", str(tmp_path / "all.jsonl"), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["told"][0]["record"] == "all.jsonl:3"
    assert main(["diff", old, old, "--records", str(folder), "--markdown"]) == 0
    assert capsys.readouterr().out.endswith("2 records: 2 unchanged, 0 changed\n")


def test_new_rules_that_do_not_load_are_unusable(tmp_path, small, capsys):
    old, new = folders(tmp_path, edited("red_flags/strong_pain.toml", '"same_day"', '"today"'))
    assert main(["diff", old, new, "--records", str(kept(tmp_path / "records", small))]) == 2
    assert "strong_pain.toml" in capsys.readouterr().err


def test_every_record_that_cannot_be_read_is_named_at_once(tmp_path, small, capsys):
    old, new = folders(tmp_path)
    folder = kept(tmp_path / "records", small)
    whole = json.loads((folder / "sore.json").read_text())
    bad = {
        "a.json": f'{{"{CANARY}": ',
        "b.json": json.dumps({**whole, "record": CANARY}),
        "c.json": json.dumps([whole]),
        "d.json": "[" * 20 + "]" * 20,
        "e.json": f'{{"{CANARY}": 1, "{CANARY}": 2}}',
        "f.json": " " * (RECORD_BYTES + 1),
        "g.jsonl": json.dumps(whole) + "\n" + CANARY + "\n" + " " * (RECORD_BYTES + 1) + "\n{}\n",
        "h.json": b"\xff",
    }
    for name, text in bad.items():
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    (folder / "i.json").mkdir()
    (folder / "j.json").symlink_to(folder / "sore.json")
    assert main(["diff", old, new, "--records", str(folder)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == [
        "a.json: the record is not JSON (line 1)",
        "b.json: is not a verdict; store what `sitriage triage --json` or `to_dict` gives",
        "c.json: is not a verdict; store what `sitriage triage --json` or `to_dict` gives",
        "d.json: the record is nested deeper than a verdict is",
        "e.json: answered twice: a key; keep one answer",
        f"f.json: a record has at most {RECORD_BYTES} bytes",
        "g.jsonl:2: the record is not JSON (line 1)",
        f"g.jsonl:3: a record has at most {RECORD_BYTES} bytes",
        "h.json: the record is not UTF-8 text",
        "i.json: is no file; give the file itself, or a folder of files",
        "j.json: is no file; give the file itself, or a folder of files",
    ]


def test_nothing_to_replay_is_told(tmp_path, capsys):
    old, new = folders(tmp_path)
    (tmp_path / "empty").mkdir()
    assert main(["diff", old, new, "--records", str(tmp_path / "empty")]) == 2
    assert capsys.readouterr().err.startswith("empty: holds no stored verdict")
    assert main(["diff", old, new, "--records", str(tmp_path / "nowhere")]) == 2
    assert capsys.readouterr().err == "nowhere: is no file; give the file itself, or a folder of files\n"
    assert main(["diff", old, new, "--records", "no\0path"]) == 2


def test_records_are_bounded(tmp_path, small, monkeypatch):
    folder = kept(tmp_path / "records", small)
    monkeypatch.setattr(reading, "RECORDS", 1)
    with pytest.raises(AnswerError, match="at most 1 records"):
        stored_in(folder)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.json")
    with pytest.raises(AnswerError, match="is no file"):
        stored_in(tmp_path)


def test_a_file_that_fails_is_named(tmp_path, small, monkeypatch):
    folder = kept(tmp_path / "records", small)

    def fails(*_: object, **__: object) -> None:
        raise PermissionError(CANARY)

    monkeypatch.setattr(Path, "open", fails)
    with pytest.raises(AnswerError) as caught:
        stored_in(folder)
    assert str(caught.value) == "calm.json: cannot be read\nsore.json: cannot be read"
