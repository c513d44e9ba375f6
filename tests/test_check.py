"""Checks of a whole ruleset and of its exercises; bad_rules/ holds the other mistakes, one a file."""

from __future__ import annotations

import attrs
import pytest

from sitriage import RulesError
from sitriage.check import problems
from sitriage.check_exercises import CAPS, check_exercises
from sitriage.conditions import Within
from sitriage.load import ruleset_from
from sitriage.model import Ruleset
from sitriage.placed import conditions_of, rule_files
from sitriage.problem import Problem
from sitriage.verdict import Dose
from tests.small_pack import FILES, REVIEW, edited, pack, small_rules


def with_dose(small: Ruleset, exercise: str, key: str, **change: int) -> Ruleset:
    made = small.exercises[exercise]
    made = attrs.evolve(made, **{key: attrs.evolve(getattr(made, key), **change)})
    return attrs.evolve(small, exercises={**small.exercises, exercise: made})


def found(rules: Ruleset, file: str) -> list[Problem]:
    return [problem for problem in check_exercises(rules) if problem.file == file]


def test_the_small_pack_and_the_shipped_rules_have_no_problem(small: Ruleset, rules: Ruleset) -> None:
    assert list(check_exercises(small)) == []
    assert list(check_exercises(rules)) == []


@pytest.mark.parametrize(
    ("name", "cap"), [("hold_s", 60), ("reps", 15), ("sets", 3), ("per_day", 2), ("rest_s", 60)]
)
def test_a_dose_may_reach_its_cap_and_not_pass_it(small: Ruleset, name: str, cap: int) -> None:
    assert CAPS[name] == cap
    assert found(with_dose(small, "lean", "start", **{name: cap}), "exercises/lean.toml") == []
    (problem,) = found(with_dose(small, "lean", "start", **{name: cap + 1}), "exercises/lean.toml")
    assert problem.path == ("start", name)
    assert f"above the cap of {cap} (D-15)" in problem.what


@pytest.mark.parametrize(
    ("exercise", "key", "name", "cap"),
    [
        ("lean", "target", "sets", 4),
        ("flap", "start", "hold_s", 10),
        ("flap", "start", "effort_percent", 30),
        ("flap", "target", "effort_percent", 50),
        ("flap", "target", "per_day", 1),
    ],
)
def test_later_hard_and_strength_work_have_their_own_caps(small, exercise, key, name, cap) -> None:
    file = f"exercises/{exercise}.toml"
    assert found(with_dose(small, exercise, key, **{name: cap}), file) == []
    assert [each.path for each in found(with_dose(small, exercise, key, **{name: cap + 1}), file)] == [
        (key, name)
    ]


@pytest.mark.parametrize("name", ["reps", "sets", "per_day", "days_per_week"])
def test_a_dose_is_at_least_one_of_each(small: Ruleset, name: str) -> None:
    (problem,) = found(with_dose(small, "lean", "target", **{name: 0}), "exercises/lean.toml")
    assert "at least one repetition, set, time a day and day a week" in problem.what


def test_every_dose_of_the_shipped_rules_stays_under_the_hard_caps(rules: Ruleset) -> None:
    for exercise in rules.exercises.values():
        for dose in (exercise.start, exercise.target):
            assert isinstance(dose, Dose)
            assert dose.hold_s <= 60
            assert dose.reps <= 15
            assert dose.sets <= 4
            assert dose.per_day <= 2


def test_every_rule_of_the_pack_is_listed_once_with_its_file(small: Ruleset) -> None:
    listed = [(place[0], rule.id) for *place, rule in rule_files(small)]
    assert len(listed) == len(set(listed))
    for name in FILES:
        folder, _, stem = name.removesuffix(".toml").rpartition("/")
        if folder not in ("", "tree", "promises"):
            assert (name, stem) in listed


def test_every_condition_of_the_pack_is_placed_in_its_file(small: Ruleset) -> None:
    placed = [(each.file, each.path) for each in conditions_of(small)]
    assert len(placed) == len(set(placed))
    # one condition for each `when`, `both`, `needs` and `any` that the texts hold
    expected = {
        "red_flags/hot.toml": 2,
        "gates/too_young.toml": 1,
        "definitions/nerve_sign.toml": 1,
        "columns/late_egg.toml": 1,
        "tree/pattern.toml": 3,
        "exercises/flap.toml": 1,
        "programmes/strong.toml": 1,
        "implications.toml": 3,
        "contradictions.toml": 2,
        "settings.toml": 4,
        "promises/urgency.toml": 2,
        "promises/limits.toml": 3,
    }
    for file, count in expected.items():
        assert sum(each == file for each, _ in placed) == count, file


def test_only_conditions_of_flags_and_gates_are_read_for_their_order(small: Ruleset) -> None:
    folders = {each.file.split("/")[0] for each in conditions_of(small) if each.in_flag}
    assert folders == {"red_flags", "gates"}


def test_a_no_may_stand_before_a_raising_finding_outside_of_flags() -> None:
    rules = small_rules(
        edited("programmes/strong.toml", 'needs.all = ["has_perch"]', 'needs.all = [{ not = "numb" }]')
        | edited("settings.toml", '["lying_hurts"]', '["lying_hurts", "has_perch"]')
    )
    assert rules.programmes["strong"].item[2].needs is not None


def test_two_negations_raise_again() -> None:
    twice = edited("red_flags/growing.toml", '"worse"', '{ not = { not = "worse" } }')
    assert small_rules(twice).red_flags["growing"].levels
    reassuring = edited("red_flags/growing.toml", '{ not = "checked" }', '{ not = { not = "checked" } }')
    assert "reassures and may stand in a flag only behind `not`" in _messages(reassuring)


def _messages(change: dict[str, str]) -> str:
    with pytest.raises(RulesError) as caught:
        ruleset_from(pack(change))
    return str(caught.value)


def test_a_tree_has_at_most_sixty_nodes() -> None:
    def chain(length: int) -> dict[str, str]:
        nodes = [
            f'[[node]]\nid = "C{n}"\nlabel = "x"\nwhen.any = ["egg"]\nyes = "resting"\n'
            f'otherwise = "{f"C{n + 1}" if n < length - 3 else "N2"}"\nunsure = "yes"\n'
            for n in range(1, length - 2)
        ]
        old = FILES["tree/pattern.toml"].replace(
            'yes = "N2"\notherwise = "N3"', 'yes = "N3"\notherwise = "C1"'
        )
        first, second, third = old.split("\n\n")
        return {"tree/pattern.toml": "\n\n".join([first, *nodes, second, third])}

    assert len(small_rules(chain(60)).pattern) == 60
    assert "at most 60 nodes, found 61" in _messages(chain(61))


def test_a_programme_has_at_most_five_different_exercises() -> None:
    spare = FILES["exercises/nod.toml"].replace('"warm_up"', '"mobilise"')
    items = "".join(
        f'[[item]]\nexercise = "{name}"\n' for name in ("nod", "spare", "wag", "lean", "roll", "flap")
    )
    gentle = f'label = "x"\nbecause = "x."\nrows = ["R4"]\nsources = ["S2"]\n{items}{REVIEW}'
    assert "2 to 5 different exercises" in _messages(
        {"exercises/spare.toml": spare, "programmes/gentle.toml": gentle}
    )


def test_problems_are_found_in_a_ruleset_that_was_never_a_file(small: Ruleset) -> None:
    level = attrs.evolve(small.red_flags["lasting"].levels[0], when=Within("nobody", 3))
    flag = attrs.evolve(small.red_flags["lasting"], level=(level,))
    gate = attrs.evolve(small.gates["too_young"], level=())
    rules = attrs.evolve(
        small, red_flags={**small.red_flags, "lasting": flag}, gates={"too_young": gate}, definitions={}
    )
    said = {problem.what for problem in problems(rules)}
    assert "unknown finding `nobody`" in said
    assert "needs at least one [[level]]" in said
