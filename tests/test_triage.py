"""The doors: one call, "none of these", and where the rules come from."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

import sitriage
from sitriage import AnswerError, Referral, RulesError, Urgency, load_rules, none_of, triage
from sitriage.folder import read_folder
from sitriage.model import Ruleset
from sitriage.triage import _shipped as shipped
from tests.small_pack import CALM


def test_without_rules_the_shipped_ones_are_used(rules: Ruleset) -> None:
    verdict = triage({"saddle_numbness": True})
    assert verdict == triage({"saddle_numbness": True}, rules=rules)
    assert verdict.record.hash == rules.hash
    assert verdict.urgency is Urgency.EMERGENCY


def test_no_answer_at_all_is_a_routine_provisional_referral() -> None:
    verdict = triage({})
    assert isinstance(verdict, Referral)
    assert verdict.urgency is Urgency.ROUTINE
    assert verdict.provisional
    assert verdict.urgency_range == (Urgency.SELF_CARE, Urgency.EMERGENCY)


def test_other_rules_know_other_findings(small: Ruleset) -> None:
    assert triage(CALM, rules=small).urgency is Urgency.SELF_CARE
    with pytest.raises(AnswerError, match="unknown finding"):
        triage(CALM)


def test_the_rules_are_given_by_name_only(small: Ruleset) -> None:
    with pytest.raises(TypeError):
        triage({}, small)  # type: ignore[misc]


def test_none_of_a_group_is_a_no_to_its_yes_no_questions(small: Ruleset) -> None:
    assert none_of("limits", rules=small) == {
        name: False for name, each in small.findings.items() if each.group == "limits"
    }
    # numbers and choices have no "none of these"
    assert none_of("duck", rules=small) == {"egg": False, "checked": False}


def test_none_of_several_groups_joins_them_and_of_no_group_says_nothing(small: Ruleset) -> None:
    assert none_of("duck", "limits", rules=small) == {
        **none_of("duck", rules=small),
        **none_of("limits", rules=small),
    }
    assert none_of(rules=small) == {}


def test_none_of_reassuring_findings_is_no_too(small: Ruleset) -> None:
    assert none_of("danger", rules=small)["easing"] is False


def test_none_of_the_emergency_signs_of_the_shipped_rules_opens_no_emergency(rules: Ruleset) -> None:
    answers = none_of("cauda_equina", "emergency_signs")
    assert answers["chest_pain"] is False
    assert set(answers).isdisjoint(triage(answers).open_questions)


def test_unknown_groups_are_all_named_with_a_suggestion(small: Ruleset) -> None:
    with pytest.raises(AnswerError) as caught:
        none_of("dangr", "limits", "nowhere", rules=small)
    assert [str(fault) for fault in caught.value.faults] == [
        "unknown group `dangr`; did you mean `danger`?",
        "unknown group `nowhere`",
    ]


@pytest.mark.parametrize("group", ["no spaces\n", "naïve", 3, None])
def test_a_name_that_is_no_group_id_is_not_repeated(small: Ruleset, group) -> None:
    with pytest.raises(AnswerError) as caught:
        none_of(group, rules=small)
    said = str(caught.value)
    assert said.startswith("unknown group")
    assert "spaces" not in said
    assert "naïve" not in said


def as_installed(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """As if the package had been installed from a wheel: its rules and certificate lie in the folder."""
    certificate = (files("sitriage") / "certificate.json").read_bytes()
    (folder / "certificate.json").write_bytes(certificate)
    monkeypatch.setattr("importlib.resources.files", lambda package: folder)


def test_the_installed_rules_are_those_of_the_release_or_none(monkeypatch, tmp_path, rules) -> None:
    """T13: a pack that was copied in half, or edited where it is installed, is refused."""
    packaged = Path(sitriage.__file__).parent / "rules"
    root = packaged if packaged.is_dir() else packaged.parent.parent / "rules"
    for name, data in read_folder(root).items():
        (tmp_path / "rules" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "rules" / name).write_bytes(data)
    as_installed(monkeypatch, tmp_path)
    assert shipped.__wrapped__().hash == rules.hash
    flag = tmp_path / "rules" / "red_flags" / "fever.toml"
    flag.write_text(flag.read_text("utf-8").replace("Back or", "Back and"), "utf-8")
    with pytest.raises(RulesError, match="are not the rules of this release; install it again"):
        shipped.__wrapped__()


def test_the_shipped_rules_are_loaded_once(rules: Ruleset) -> None:
    assert load_rules() is load_rules(None) is rules


def test_a_folder_that_is_not_there_has_no_rules() -> None:
    with pytest.raises(RulesError, match="is not a folder of rules"):
        load_rules("/nowhere/at/all")
