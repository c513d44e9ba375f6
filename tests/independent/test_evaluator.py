"""The evaluator itself: independent, short, right on people checked by hand, and able to find a fault."""

from __future__ import annotations

import ast
import shutil
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from sitriage import load_rules
from tests.independent import evaluator
from tests.independent.differ import DOORS, SHIPPED, Tally, compare
from tests.independent.evaluator import Outcome, Pack, evaluate, load
from tests.independent.people import TYPICAL, Answers, Maker

SOURCE = Path(evaluator.__file__).read_text(encoding="utf-8")
MOST_PEOPLE = 6000


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load(SHIPPED)


@pytest.fixture(scope="module")
def healthy(pack: Pack) -> Answers:
    return Maker(pack, 0).typical


def prescribed(outcome: Outcome) -> list[tuple[str, str, str]]:
    return [(each["exercise"], each["rung"], each["side"]) for each in outcome.prescriptions]


def test_it_is_short_and_imports_only_the_standard_library() -> None:
    assert len(SOURCE.splitlines()) <= 300
    imported = [
        node for node in ast.walk(ast.parse(SOURCE)) if isinstance(node, (ast.Import, ast.ImportFrom))
    ]
    names = {node.module if isinstance(node, ast.ImportFrom) else node.names[0].name for node in imported}
    assert names == {
        "__future__",
        "collections.abc",
        "dataclasses",
        "operator",
        "pathlib",
        "tomllib",
        "typing",
    }


def test_a_healthy_person_gets_the_gentle_set(pack: Pack, healthy: Answers) -> None:
    outcome = evaluate(pack, healthy)
    assert (outcome.kind, outcome.urgency, outcome.path[-1]) == ("programme", "self_care", "S0")
    assert prescribed(outcome) == [
        ("pelvic_tilt", "full", "symmetric"),
        ("knee_to_chest", "full", "each"),
        ("bridge", "full", "symmetric"),
    ]
    tilt = {"reps": 10, "hold_s": 2, "sets": 1, "per_day": 1}
    assert outcome.prescriptions[0]["dose"] == tilt | {"rest_s": 0, "effort_percent": 0, "days_per_week": 7}


def test_the_sore_side_decides_which_leg_works(pack: Pack, healthy: Answers) -> None:
    strong = {"worse_stairs": True, "duration_days": 60, "bridge_easy": True, "pain_side": "right"}
    assert prescribed(evaluate(pack, healthy | strong)) == [
        ("lumbar_roll", "full", "right"),
        ("figure_four", "full", "right"),
        ("si_glute_bridge", "full", "right"),
        ("side_plank_clam", "full", "each"),
    ]


@pytest.mark.parametrize(
    ("more", "urgency", "see"),
    [
        ({"fever": True}, "same_day", "urgent_care"),
        ({"fever": "unsure"}, "same_day", "urgent_care"),
        ({"breathless": True}, "same_day", "urgent_care"),
        ({"breathless": "unsure"}, "soon", "doctor"),
        ({"chest_pain": "unsure"}, "emergency", "emergency_department"),
        ({"fever": True, "iv_drug_use": "unsure"}, "emergency", "emergency_department"),
        ({"age": 80}, "routine", "physiotherapist"),
        ({"low_back_pain": False, "si_region_pain": "unsure"}, "routine", "doctor"),
    ],
)
def test_the_most_urgent_level_wins(
    pack: Pack, healthy: Answers, more: Answers, urgency: str, see: str
) -> None:
    outcome = evaluate(pack, healthy | more)
    assert (outcome.kind, outcome.urgency, outcome.see, outcome.provisional) == (
        "referral",
        urgency,
        see,
        False,
    )


def test_only_what_still_matters_makes_it_provisional(pack: Pack, healthy: Answers) -> None:
    def without(name: str, **more: Any) -> bool | None:
        return evaluate(
            pack, {key: value for key, value in (healthy | more).items() if key != name}
        ).provisional

    assert without("fever")
    assert not without("fever", chest_pain=True)
    assert not without("stiffness")
    assert not without("vaginal_bleeding")


def test_a_contradiction_waits(pack: Pack, healthy: Answers) -> None:
    outcome = evaluate(pack, healthy | {"getting_better": True, "getting_worse": True})
    assert (outcome.urgency, outcome.see, outcome.provisional) == ("routine", "physiotherapist", True)
    assert outcome.conflicts == ("better_and_worse",)


# where decisions.md and the engine differ, both on the cautious side; `as_built`: as the engine reads it
DISPUTED = {
    "unsure never conflicts (D-39)": {"sex": "male", "pregnant": "unsure"},
    "a choice that was not asked does not count (D-2)": {
        "pregnant": True,
        "pregnancy_week": 27,
        "worse_turning_in_bed": True,
        "worse_standing_on_one_leg": None,
    },
    "pain that swaps sides is both (side rules)": {
        "alternating_buttock_pain": True,
        "pain_side": "midline",
        "can_plank": True,
        "has_swiss_ball": True,
        "duration_days": 60,
    },
}


@pytest.mark.parametrize("why", DISPUTED)
@pytest.mark.parametrize(
    "as_built", [True, pytest.param(False, marks=pytest.mark.xfail(strict=True, reason="disputed"))]
)
def test_disputed_people(healthy: Answers, why: str, as_built: bool) -> None:
    person = {name: answer for name, answer in (healthy | DISPUTED[why]).items() if answer is not None}
    tally = Tally()
    compare(load(SHIPPED, as_built), load_rules(), person, ("decision", "call"), tally)
    assert not tally.differences, tally.examples


FURTHER: dict[str, Answers] = {
    "of one who could be pregnant": {"shoulder_tip_pain": True, "si_region_pain": True, "duration_days": 43},
    "of one whose age is at least that at the onset": TYPICAL | {"age_at_onset": 120, "age": None},
}


def further_than_said(why: str) -> Tally:
    person, tally = {name: each for name, each in FURTHER[why].items() if each is not None}, Tally()
    compare(load(SHIPPED, as_built=True), load_rules(), person, ("call",), tally)
    return tally


@pytest.mark.parametrize("why", FURTHER)
def test_where_every_answer_leads_further_the_engine_may_say_so(why: str) -> None:
    tally = further_than_said(why)
    assert not tally.differences, tally.examples


@pytest.mark.parametrize(
    "wrong", [{"urgency": "emergency"}, {"urgency": "self_care", "see": None}], ids=["too far", "not so far"]
)
@pytest.mark.parametrize("why", FURTHER)
def test_an_engine_that_leads_elsewhere_is_found(
    why: str, wrong: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    called = DOORS["call"]
    monkeypatch.setitem(DOORS, "call", lambda answers, rules: called(answers, rules) | wrong)
    assert further_than_said(why).differences == 1


PLANTED = {
    "a level at a lower urgency": ("red_flags/chest_pain.toml", '"emergency"', '"same_day"'),
    "another professional": ("red_flags/hip_pattern.toml", 'see = "physiotherapist"', 'see = "doctor"'),
    "a sign dropped from a level": ("red_flags/fever.toml", '"fever", "chills"', '"fever"'),
    "a count of one less": ("red_flags/inflammatory_four_signs.toml", "at_least = 4", "at_least = 3"),
    "an age a year later": ("red_flags/eighty_and_over.toml", "min = 80", "min = 81"),
    "unsure no longer read as yes": ("findings/fever.toml", "unsure_is_yes = true", "unsure_is_yes = false"),
    "a cell opened": ("exercises/knee_to_chest.toml", 'severe_pain = "behind_thigh"', 'severe_pain = "full"'),
    "a cap raised": (
        "exercises/inflare_correction.toml",
        "max_effort_percent = 30",
        "max_effort_percent = 40",
    ),
    "a side swapped": ("exercises/inflare_correction.toml", 'side     = "sore"', 'side = "other"'),
    "a dose changed": ("exercises/bridge.toml", "start    = { reps = 8", "start = { reps = 9"),
    "an ability not needed": ("exercises/hip_abduction_band.toml", 'needs.all = ["has_resistance_band"]', ""),
    "another branch for unsure": ("tree/pattern.toml", 'unsure = "yes"', 'unsure = "otherwise"'),
    "an implication of another": (
        "implications.toml",
        'when.any = ["hip_precautions"]',
        'when.any = ["limp"]',
    ),
    "a contradiction read otherwise": ("contradictions.toml", 'read_as_no = ["assessed_and_cleared"]', ""),
    "the programme in another order": ("programmes/S1.toml", '"lumbar_roll"', '"figure_four"'),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_found(fault: str, tmp_path: Path) -> None:
    name, old, new = PLANTED[fault]
    file = shutil.copytree(SHIPPED, tmp_path / "rules") / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    faulty, tally, rules = load(tmp_path / "rules", as_built=True), Tally(), load_rules()
    # aimed by the rules as they are, not by the fault
    for answers in islice(Maker(load(SHIPPED), 3).complete(), MOST_PEOPLE):
        compare(faulty, rules, answers, ("decision",), tally)
        if tally.differences:
            break
    assert tally.differences
