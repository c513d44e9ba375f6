"""What a change of rules means for people: each kind of change shows whom it touches, and how."""

from __future__ import annotations

import json
from pathlib import Path

import attrs
import pytest

from sitriage import RulesError, Ruleset
from sitriage.__main__ import main
from sitriage.load import ruleset_from
from sitriage.prove.diff_report import diff_data, diff_markdown, diff_text
from sitriage.prove.differences import Change, differences
from sitriage.verdict import Programme, Referral
from tests.prove.test_certificate import written
from tests.small_pack import FILES, edited, pack, small_rules


def changed(file: str, old: str, new: str) -> Ruleset:
    return small_rules(edited(file, old, new))


def shown(small: Ruleset, file: str, old: str, new: str) -> tuple[Change, ...]:
    return differences(small, changed(file, old, new))


def test_a_pack_does_not_differ_from_itself(small):
    assert differences(small, small) == ()


def test_words_that_decide_nothing_change_nobody(small):
    assert shown(small, "red_flags/nerve.toml", "Because of this", "For this reason") == ()
    assert shown(small, "exercises/nod.toml", "Nodding is easy", "Nodding is simple") == ()


def test_a_lowered_urgency_is_shown_with_its_people_and_both_verdicts(small):
    change, doubt = shown(small, "red_flags/strong_pain.toml", '"same_day"', '"soon"')
    assert change.who == "how bad 8 to 10"
    assert (doubt.who, doubt.before.urgency, doubt.after.urgency) == ("how bad unsure", "soon", "routine")
    assert (change.before.urgency, change.after.urgency) == ("same_day", "soon")
    assert (change.fell, change.opens) == (1, True)
    assert change.signs == {"severity": 8}
    assert 0 < change.states < change.of


def test_a_sign_that_was_dropped_is_named_and_the_others_are_not(small):
    changes = shown(small, "red_flags/nerve.toml", 'when.all = ["numb", "weak"]', 'when.any = ["bitten"]')
    assert {each.who for each in changes if each.fell > 0} == {"numb tail with weak tail"}
    worse = [each for each in changes if each.fell < 0]
    assert {each.who for each in worse} >= {"bitten tail"}
    assert changes[0].fell > 0
    assert not any(each.opens for each in worse)


def test_what_another_rule_answers_for_already_changes_nobody(small):
    # whoever is numb and weak with a fever is an emergency by the other flag too
    both = 'when.all = ["numb", "weak"'
    narrow = changed("red_flags/nerve.toml", f"{both}]", f'{both}, {{ any = ["fever", "chills"] }}]')
    narrower = changed("red_flags/nerve.toml", f"{both}]", f'{both}, "fever"]')
    assert differences(narrow, narrower) == ()


def test_a_cell_that_was_opened_shows_what_is_gained(small):
    changes = shown(small, "exercises/wag.toml", 'fragile = "small"', 'fragile = "full"')
    (change,) = [each for each in changes if each.who == "fragile bones"]
    assert any(each.startswith("wag (full") for each in change.gained)
    assert change.opens
    assert isinstance(change.after, Programme)


def test_a_cell_that_was_shut_shows_what_is_lost(small):
    changes = shown(small, "exercises/wag.toml", 'fragile = "small"', 'fragile = "withheld"')
    (change,) = [each for each in changes if each.who == "fragile bones"]
    assert any(each.startswith("wag (small") for each in change.lost)
    assert not any(each.startswith("wag") for each in change.gained)


def test_a_dose_is_told_once_however_many_leaves_give_it(small):
    changes = shown(small, "exercises/lean.toml", "start = { reps = 2", "start = { reps = 3")
    assert changes
    assert all(any("3" in gained for gained in each.gained) for each in changes)
    assert len({(each.gained, each.lost) for each in changes}) == len(changes)


def test_a_dose_to_work_up_to_is_shown_too(small):
    changes = shown(small, "exercises/wag.toml", "target = { reps = 10", "target = { reps = 8")
    assert changes
    assert all("up to 3 x 8" in gained for each in changes for gained in each.gained)


def test_another_branch_of_the_tree_is_shown(small):
    changes = shown(small, "tree/pattern.toml", "max = 3", "max = 2")
    assert changes
    assert {each.rule.partition(" ")[0] for each in changes} == {"strong"}


def test_an_exercise_that_another_leaf_gives_is_changed_there_only(small):
    cold = 'late_egg = "withheld"\ncold = "withheld"'
    changes = shown(small, "exercises/roll.toml", 'late_egg = "withheld"', cold)
    assert {each.rule for each in changes} == {"roll"}
    assert all("cold skin" in each.who for each in changes)


def gains(small: Ruleset, files: dict[str, bytes]) -> str:
    return " ".join(gained for each in differences(small, ruleset_from(files)) for gained in each.gained)


def test_a_new_form_is_shown(small):
    form = '[rung.small]\nposition = "standing"\nsteps = ["Wag a little."]'
    wag = FILES["exercises/wag.toml"].replace('"small", "withheld"]', '"small", "tiny", "withheld"]')
    wag = wag.replace(form, form + "\n\n" + form.replace("small", "tiny"))
    wag = wag.replace('fragile = "small"', 'fragile = "tiny"')
    unpromised = {name: None for name in FILES if name.startswith("promises/")}
    assert "wag (tiny" in gains(small, pack({"exercises/wag.toml": wag, **unpromised}))


def test_a_new_exercise_is_shown(small):
    hop = FILES["exercises/nod.toml"].replace('label = "Nod"', 'label = "Hop"')
    hop = hop.replace('phase = "warm_up"', 'phase = "mobilise"')
    gentle = edited("programmes/gentle.toml", 'exercise = "wag"', 'exercise = "hop"')
    unpromised = {name: None for name in FILES if name.startswith("promises/")}
    assert "hop (full" in gains(small, pack({"exercises/hop.toml": hop, **gentle, **unpromised}))


def test_another_professional_is_a_change(small):
    (change,) = shown(small, "red_flags/lasting.toml", '"physiotherapist"', '"doctor"')
    assert isinstance(change.before, Referral)
    assert change.fell == 0


def test_packs_that_ask_other_things_cannot_be_compared(small):
    other = attrs.evolve(small, findings={k: v for k, v in small.findings.items() if k != "age"})
    with pytest.raises(RulesError, match="`age` is gone; ids are never dropped"):
        differences(small, other)
    wider = changed("findings/age.toml", "max = 120", "max = 130")
    with pytest.raises(RulesError, match="`age` is answered otherwise in the two packs"):
        differences(small, wider)


def test_a_new_question_may_be_added(small):
    files = pack({"findings/pecked.toml": FILES["findings/egg.toml"].replace('"egg"', '"pecked tail"')})
    flag = (
        FILES["red_flags/strong_pain.toml"]
        .replace("strong pain", "pecked")
        .replace('when = { finding = "severity", min = 8 }', 'when.any = ["pecked"]')
    )
    new = ruleset_from(files | {"red_flags/pecked.toml": flag.encode()})
    doubt, sure = differences(small, new)
    assert (doubt.who, doubt.fell) == ("pecked tail (unsure)", -2)
    assert (sure.who, sure.fell) == ("pecked tail", -3)


UNFOLLOWED = {
    "findings/numb: need": ("findings/numb.toml", 'need = "screen"', 'need = "choice"'),
    "findings/worse: unsure_is_yes": ("findings/worse.toml", 'need = "', 'unsure_is_yes = true\nneed = "'),
    "contradictions": ("contradictions.toml", 'read_as_no = ["easing"]', ""),
    "implications": ("implications.toml", 'when.any = ["bitten"]', 'when.any = ["weak"]'),
    "settings: lying_hurts": (
        "settings.toml",
        'lying_hurts.any = ["lying_hurts"]',
        'lying_hurts.any = ["lying_hurts", "weak"]',
    ),
    "manifest: incomplete_see": ("manifest.toml", 'incomplete_see = "doctor"', 'incomplete_see = "midwife"'),
}


@pytest.mark.parametrize("rule", UNFOLLOWED)
def test_a_change_that_is_not_followed_is_told_and_must_be_signed(small, rule):
    (change,) = [each for each in shown(small, *UNFOLLOWED[rule]) if each.unshown]
    assert (change.rule, change.who) == (rule, "whoever this is about")
    assert change.opens
    text, data = diff_text(small, small, [change]), diff_data(small, small, [change])
    assert "for 1 of them" in text
    assert "UNKNOWN  whoever this is about" in text
    assert data["changes"][0]["unshown"]


def test_people_of_more_kinds_than_are_shown_are_not_kept_quiet(small, monkeypatch):
    monkeypatch.setattr("sitriage.prove.differences.MOST_PEOPLE", 1)
    changes = shown(small, "red_flags/strong_pain.toml", '"same_day"', '"soon"')
    assert [each.who for each in changes if each.unshown] == ["more people than are shown here"]
    assert changes[-1].opens


def test_a_form_that_works_another_side_is_seen_by_those_lowered_to_it(small):
    changes = shown(small, "exercises/lean.toml", "[rung.seated]", '[rung.seated]\nside = "other"')
    assert changes
    assert all("lean (seated" in gained for each in changes for gained in each.gained)


def packs(tmp_path: Path, **changes: str) -> tuple[str, str]:
    old = written(tmp_path / "old", pack())
    edits = edited("red_flags/strong_pain.toml", '"same_day"', '"soon"') | changes
    new = written(tmp_path / "new", pack(edits))
    return str(old), str(new)


def test_the_command_ends_with_one_where_an_urgency_falls(tmp_path, capsys):
    assert main(["diff", *packs(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert "2 kinds of people get another verdict; for 2 of them" in said
    assert "OPENS  how bad 8 to 10\n    same_day (urgent_care) -> soon (urgent_care)" in said


def test_a_signed_note_answers_for_a_change(tmp_path, small, capsys):
    note = FILES["signed.toml"].replace("0123456789abcdef", small.hash[:12])
    both = [note.replace("swollen tail", who) for who in ("how bad 8 to 10", "how bad unsure")]
    signed = {"signed.toml": "\n".join(both)}
    assert main(["diff", *packs(tmp_path, **signed)]) == 0
    assert "signed  how bad 8 to 10" in capsys.readouterr().out


@pytest.mark.parametrize(("since", "who"), [("ffffffffffff", "how bad 8 to 10"), ("", "how bad 9 to 10")])
def test_a_note_for_other_people_or_another_pack_answers_for_nothing(tmp_path, small, since, who):
    note = (
        FILES["signed.toml"]
        .replace("0123456789abcdef", since or small.hash[:12])
        .replace("swollen tail", who)
    )
    assert main(["diff", *packs(tmp_path, **{"signed.toml": note})]) == 1


def test_the_command_ends_with_zero_where_nobody_gets_less(tmp_path, capsys):
    old, new = packs(tmp_path)
    assert main(["diff", new, old]) == 0
    assert "safer  how bad 8 to 10" in capsys.readouterr().out
    assert main(["diff", old, old]) == 0
    assert "nobody gets another verdict" in capsys.readouterr().out
    assert main(["diff", old, old, "--markdown"]) == 0
    assert capsys.readouterr().out.endswith("nobody gets another verdict\n")


def test_the_command_gives_data_and_a_table(tmp_path, capsys):
    old, new = packs(tmp_path)
    assert main(["diff", old, new, "--json"]) == 1
    change, _ = json.loads(capsys.readouterr().out)["changes"]
    assert change["before"] == {"kind": "referral", "urgency": "same_day", "see": "urgent_care"}
    assert change["answers"]["severity"] == 8
    assert int(change["of"]) > int(change["states"]) > 0
    assert main(["diff", old, new, "--markdown"]) == 1
    assert (
        "| OPENS | how bad 8 to 10 | same_day (urgent_care) -> soon (urgent_care) |"
        in capsys.readouterr().out
    )


def test_a_pack_that_does_not_load_is_unusable(tmp_path, capsys):
    old, _ = packs(tmp_path)
    assert main(["diff", str(tmp_path / "nowhere"), old]) == 2
    assert "is not a folder of rules" in capsys.readouterr().err


def test_the_forms_of_a_diff_agree(small):
    new = changed("red_flags/strong_pain.toml", '"same_day"', '"soon"')
    changes = differences(small, new)
    assert all(each.who in diff_text(small, new, changes) for each in changes)
    assert all(each.who in diff_markdown(small, new, changes) for each in changes)
    assert len(diff_data(small, new, changes)["changes"]) == len(changes)
