"""Wherever an id or a word is unknown, the message names the near one that exists."""

from __future__ import annotations

import pytest

from sitriage import RulesError
from sitriage.load import ruleset_from
from tests.small_pack import FILES, edited, pack

# file, what stands there, the misspelt form, the word that was meant
MISSPELT = [
    ("findings/age.toml", 'group = "duck"', 'group = "duckk"', "duck"),
    ("findings/age.toml", '"number"', '"numbr"', "number"),
    ("findings/age.toml", '"none"', '"non"', "none"),
    ("findings/age.toml", '"screen"', '"scren"', "screen"),
    ("findings/age.toml", '["S1"]', '["S11"]', "S1"),
    ("findings/age.toml", '"draft"', '"drft"', "draft"),
    ("findings/kind.toml", '["hen"', 'choice_labels = { drak = "x" }\nchoices = ["hen"', "drake"),
    ("programmes/gentle.toml", '["F1"]', '["F11"]', "F1"),
    ("programmes/gentle.toml", 'exercise = "lean"', 'exercise = "leen"', "lean"),
    ("programmes/strong.toml", '"small"', '"smal"', "small"),
    ("programmes/strong.toml", '"finish"', '"finsh"', "finish"),
    ("programmes/strong.toml", '"other"', '"othr"', "other"),
    ("programmes/strong.toml", '"has_perch"', '"has_pearch"', "has_perch"),
    ("red_flags/growing.toml", '"worse"', '"worsse"', "worse"),
    ("red_flags/growing.toml", '"soon"', '"son"', "soon"),
    ("red_flags/growing.toml", '"doctor"', '"docter"', "doctor"),
    ("red_flags/growing.toml", '{ not = "checked" }', '{ not = "cheked" }', "checked"),
    ("red_flags/hot.toml", '"nerve_sign"', '"nerve_sing"', "nerve_sign"),
    ("definitions/nerve_sign.toml", '"numb"', '"numbb"', "numb"),
    ("columns/cold.toml", '"cold_skin"', '"cold_skn"', "cold_skin"),
    ("exercises/lean.toml", '"wag"', '"wagg"', "wag"),
    ("exercises/lean.toml", 'instead = "nod"', 'instead = "nodd"', "nod"),
    ("exercises/lean.toml", '"left_out"', '"leftout"', "left_out"),
    ("exercises/lean.toml", '["dizzy"]', '["dizy"]', "dizzy"),
    ("exercises/lean.toml", "\nfragile = ", "\nfragil = ", "fragile"),
    ("exercises/lean.toml", 'cleared = "seated"', 'cleared = "seatd"', "seated"),
    ("exercises/lean.toml", "[rung.seated]", "[rung.seatd]", "seatd"),
    ("exercises/lean.toml", '"stretch"', '"stretsh"', "stretch"),
    ("exercises/lean.toml", '"very_low"', '"verylow"', "very_low"),
    ("exercises/flap.toml", '["can_balance"]', '["can_balence"]', "can_balance"),
    ("causes/sprain.toml", '"swollen"', '"swolen"', "swollen"),
    ("causes/sprain.toml", '"fever"', '"fevr"', "fever"),
    ("tree/pattern.toml", 'yes = "resting"', 'yes = "restin"', "resting"),
    ("tree/pattern.toml", 'otherwise = "N3"', 'otherwise = "N33"', "N3"),
    ("settings.toml", 'side = "side"', 'side = "sid"', "side"),
    ("settings.toml", '["nod", "wag"]', '["nodd", "wag"]', "nod"),
    ("settings.toml", '["both"]', '["bothh"]', "both"),
    ("settings.toml", '["cold_skin"]', '["cold_skn"]', "cold_skin"),
    ("implications.toml", 'finding = "fragile"', 'finding = "fragil"', "fragile"),
    ("implications.toml", '["egg", "egg_week"]', '["egg", "eggweek"]', "egg_week"),
    ("contradictions.toml", 'read_as_no = ["easing"]', 'read_as_no = ["easng"]', "easing"),
    ("contradictions.toml", '"onset_age"', '"onsetage"', "onset_age"),
    ("advice.toml", '["egg"]', '["eggs"]', "egg"),
    ("advice.toml", '["F2"]', '["F22"]', "F2"),
    ("advice.toml", '"sleeping"', '"sleepng"', "sleeping"),
    ("facts.toml", '"reject"', '"rejct"', "reject"),
    ("texts.toml", "\nsame_day = [", "\nsameday = [", "same_day"),
    ("texts.toml", "\nmidwife =", "\nmidwive =", "midwife"),
    ("manifest.toml", '"doctor"', '"doctr"', "doctor"),
    ("stop_rules.toml", 'says = "Stop at', 'sayz = "Stop at', "says"),
]


@pytest.mark.parametrize(("name", "old", "new", "meant"), MISSPELT)
def test_a_misspelt_word_is_answered_with_the_near_one(name: str, old: str, new: str, meant: str) -> None:
    texts = {name: FILES[name].replace(old, new, 1)}
    if old == '["hen"':
        texts = edited(name, 'choices = ["hen"', new)
    assert texts[name] != FILES[name]
    with pytest.raises(RulesError) as caught:
        ruleset_from(pack(texts))
    said = [fault.what for fault in caught.value.faults]
    assert any("did you mean `" in what and f"`{meant}`" in what for what in said), said


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("setings.toml", "settings.toml"),
        ("finding/age.toml", "findings/age.toml"),
        ("red_flag/hot.toml", "red_flags/hot.toml"),
        ("tree/patern.toml", "tree/pattern.toml"),
    ],
)
def test_a_misspelt_file_or_folder_too(name: str, meant: str) -> None:
    with pytest.raises(RulesError, match=f"did you mean `{meant}`"):
        ruleset_from(pack({name: ""}))


def test_mistakes_of_many_kinds_are_all_told_at_once() -> None:
    """Within one pack, of every check and not only of the first that fails."""
    changes = {
        **edited("settings.toml", 'side = "side"', 'side = "sid"'),
        **edited("columns/cold.toml", '"cold_skin"', '"cold_skn"'),
        **edited("tree/pattern.toml", 'yes = "resting"', 'yes = "restin"'),
        **edited("exercises/lean.toml", 'instead = "nod"', 'instead = "nodd"'),
        **edited("causes/sprain.toml", '"fever"', '"fevr"'),
        **edited("manifest.toml", "1.2.3", "1.2.4"),
    }
    with pytest.raises(RulesError) as caught:
        ruleset_from(pack(changes))
    said = str(caught.value)
    assert all(f"`{word}`" in said for word in ("sid", "cold_skn", "restin", "nodd", "fevr"))
