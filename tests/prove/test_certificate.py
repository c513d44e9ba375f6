"""The certificate is of the shipped rules as they are, and no other pack loads unproved."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from sitriage import RulesError, load_rules, triage
from sitriage.__main__ import main
from sitriage.cli import commands
from sitriage.load import ruleset_from
from sitriage.prove.catalogue import LAWS, prove
from sitriage.prove.certificate import certificate_text, is_certified, shipped_certificate, vouch
from tests.small_pack import CALM, pack

# the package gives the name of this module to its function
doors = sys.modules["sitriage.triage"]


def written(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def test_the_certificate_is_of_the_rules_as_they_are_now():
    """After a change of rules: `python -m sitriage prove rules --write sitriage/certificate.json`."""
    rules = load_rules()
    assert is_certified(rules)
    proved = [(each.law.id, each.law.name, each.states) for each in prove(rules)]
    assert list(shipped_certificate().laws) == proved
    assert len(proved) == len(LAWS)


@pytest.mark.checkout
def test_the_table_of_laws_is_of_the_rules_as_they_are_now(capsys):
    """After a change of rules or laws: `python -m sitriage prove --table > rules/LAWS.md`."""
    assert main(["prove", "--table"]) == 0
    table = Path(__file__).parents[2] / "rules" / "LAWS.md"
    assert table.read_text(encoding="utf-8") == capsys.readouterr().out


def test_another_pack_is_not_certified_but_is_proved(small):
    assert not is_certified(small)
    assert vouch(small) is small


def unsafe() -> dict[str, bytes]:
    """A pack without a fault in any file, in which pain on both sides counts as pain on one."""
    return pack(
        {
            "settings.toml": pack()["settings.toml"]
            .decode()
            .replace('both.any = [{ finding = "side", is = ["both"] }]', 'both.any = ["night_pain"]')
        }
    )


def test_a_pack_that_breaks_a_law_does_not_load(tmp_path):
    assert ruleset_from(unsafe())
    with pytest.raises(RulesError, match=r"breaks law P14 \(both sides sore\)") as caught:
        load_rules(written(tmp_path, unsafe()))
    assert [fault.where for fault in caught.value.faults] == ["rules/settings.toml"]
    assert "`sitriage prove FOLDER` shows for whom" in str(caught.value)


def test_a_pack_that_keeps_the_laws_loads(tmp_path):
    rules = load_rules(written(tmp_path, pack()))
    assert triage(CALM, rules=rules).record.hash == rules.hash


def test_the_command_says_what_holds(tmp_path, capsys):
    assert main(["prove", str(written(tmp_path, pack()))]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1 + len(LAWS)
    assert all(line.endswith("yes") for line in lines[1:])


def test_the_command_shows_for_whom_a_law_does_not_hold(tmp_path, capsys):
    folder = str(written(tmp_path, unsafe()))
    assert main(["prove", folder]) == 1
    said = capsys.readouterr().out
    assert "both sides sore" in said
    assert "side = both: programme, self_care" in said
    assert main(["prove", folder, "--json"]) == 1
    data = json.loads(capsys.readouterr().out)
    (broken,) = [each for each in data if each["breaches"]]
    assert broken["breaches"][0]["people"][0]["side"] == "both"


def test_the_command_shows_it_for_the_rules_of_a_checkout_too(monkeypatch, capsys):
    monkeypatch.setattr(commands, "unproved_rules", lambda: ruleset_from(unsafe()))
    assert main(["prove"]) == 1
    assert "side = both: programme, self_care" in capsys.readouterr().out


def test_the_rules_of_a_checkout_do_not_load_when_they_break_a_law(monkeypatch):
    monkeypatch.setattr(doors, "unproved_rules", lambda: ruleset_from(unsafe()))
    with pytest.raises(RulesError, match="`sitriage prove` shows for whom"):
        doors._shipped.__wrapped__()


def test_the_command_writes_no_certificate_of_a_broken_law(tmp_path, capsys):
    folder, file = written(tmp_path / "pack", unsafe()), tmp_path / "certificate.json"
    assert main(["prove", str(folder), "--write", str(file)]) == 1
    assert not file.exists()
    whole = written(tmp_path / "whole", pack())
    assert main(["prove", str(whole), "--write", str(file)]) == 0
    rules = load_rules(whole)
    assert file.read_text(encoding="utf-8") == certificate_text(rules, prove(rules))
    assert main(["prove", str(whole), "--write", str(tmp_path)]) == 2


def test_a_folder_that_is_no_pack_is_unusable(tmp_path, capsys):
    assert main(["prove", str(tmp_path / "nowhere")]) == 2
    assert "is not a folder of rules" in capsys.readouterr().err
