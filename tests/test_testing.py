"""The published strategies reach what they promise, and find what is wrong."""

from __future__ import annotations

import subprocess
import sys
import warnings
from collections import Counter
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import sitriage
from sitriage import Programme, Referral, Ruleset, Urgency, triage
from sitriage.evidence import read_answers
from sitriage.testing import answers, people_with, verdicts
from sitriage.testing.aim import calm_base
from sitriage.testing.people import calm_people, told
from tests.small_pack import edited, small_rules


def drawn(strategy: st.SearchStrategy[Any], count: int) -> list[Any]:
    """The first examples of a strategy, the same on every run."""
    kept: list[Any] = []

    @settings(
        max_examples=count,
        phases=[Phase.generate],
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def keep(example: Any) -> None:
        kept.append(example)

    with warnings.catch_warnings():
        # such as of a strategy whose name is as long as the rules
        warnings.simplefilter("error")
        keep()
    assert len(kept) >= count * 9 // 10
    return kept


@pytest.mark.slow
def test_any_answers_reach_every_urgency_and_every_leaf(rules: Ruleset) -> None:
    """Within 900 people; a third get exercises, and some were not asked everything."""
    found = [triage(person) for person in drawn(answers(), 900)]
    assert {each.urgency for each in found} == set(Urgency)
    assert {each.path[-1] for each in found if isinstance(each, Programme)} == set(rules.programmes)
    assert sum(isinstance(each, Programme) for each in found) > 300
    assert any(each.provisional for each in found)
    assert any(each.conflicts for each in found)


@pytest.mark.slow
def test_any_answers_can_be_read_and_are_of_every_kind(rules: Ruleset) -> None:
    seen = Counter[tuple[str, str]]()
    for person in drawn(answers(), 300):
        read_answers(person, rules)
        seen.update((rules.findings[name].kind, type(value).__name__) for name, value in person.items())
    assert {("yes_no", "bool"), ("yes_no", "str"), ("number", "int"), ("number", "str")} <= set(seen)


@pytest.mark.slow
@pytest.mark.parametrize("urgency", list(Urgency))
def test_people_of_each_urgency_have_it(urgency: Urgency) -> None:
    assert {triage(each).urgency for each in drawn(people_with(urgency=urgency), 20)} == {urgency}


@pytest.mark.slow
def test_people_of_each_leaf_get_its_programme(rules: Ruleset) -> None:
    for leaf in rules.programmes:
        for verdict in drawn(verdicts(leaf=leaf), 3):
            assert isinstance(verdict, Programme)
            assert verdict.path[-1] == leaf


def test_verdicts_are_of_the_kind_that_was_asked_for() -> None:
    assert all(isinstance(each, Programme) for each in drawn(verdicts("programme"), 20))
    assert all(isinstance(each, Referral) for each in drawn(verdicts("referral"), 20))
    assert {type(each) for each in drawn(verdicts(), 40)} == {Programme, Referral}
    assert all(isinstance(each, Programme) for each in drawn(verdicts("programme", urgency="self_care"), 5))


def test_another_pack_has_its_own_people(small: Ruleset) -> None:
    found = drawn(verdicts(rules=small), 200)
    assert {each.urgency for each in found} == set(Urgency)
    assert {each.path[-1] for each in found if isinstance(each, Programme)} == {"gentle", "strong", "resting"}
    assert {each.path[-1] for each in drawn(verdicts(leaf="strong", rules=small), 5)} == {"strong"}


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"kind": "program"}, "did you mean `programme`"),
        ({"urgency": "emergancy"}, "did you mean `emergency`"),
        ({"leaf": "nowhere"}, "there are B1"),
        ({"kind": "programme", "urgency": "soon"}, "nobody has such a verdict"),
        ({"kind": "referral", "urgency": "self_care"}, "nobody has such a verdict"),
        ({"kind": "referral", "leaf": "S0"}, "nobody has such a verdict"),
    ],
)
def test_a_wish_that_nobody_can_meet_is_refused_at_once(wish: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        people_with(**wish)
    assert words in str(caught.value)


def test_an_urgency_that_the_rules_do_not_know_is_refused_at_once(small: Ruleset) -> None:
    calm = attrs.evolve(small, red_flags={}, hash="without red flags")
    assert drawn(people_with(urgency="routine", rules=calm), 1)
    with pytest.raises(ValueError, match="no level of the rules is `emergency`"):
        people_with(urgency="emergency", rules=calm)


def test_calm_people_are_sent_to_exercise(small: Ruleset) -> None:
    assert {triage(each, rules=small).urgency for each in drawn(calm_people(small), 10)} == {"self_care"}
    assert {triage(each).urgency for each in drawn(calm_people(), 2)} == {"self_care"}


def test_rules_under_which_nobody_is_calm_are_told_so() -> None:
    sore = small_rules(edited("red_flags/strong_pain.toml", "min = 8", "min = 0"))
    with pytest.raises(ValueError, match="the rules leave nobody calm"):
        calm_base(0, sore)


# --- planted faults: an app that is wrong in one case only ---


def forgets_the_side(person: dict[str, Any]) -> bool:
    """An app that sends the wrong word for one choice."""
    return read_answers(person, sitriage.load_rules()).values["pain_side"] != "midline"


def drops_an_answer(person: dict[str, Any]) -> bool:
    """An app that loses one rare red flag: is the urgency still the same?"""
    less = {name: answer for name, answer in person.items() if name != "cold_pale_leg"}
    return triage(less).urgency == triage(person).urgency


def shows_no_stretches(person: dict[str, Any]) -> bool:
    """An app that cannot draw one exercise."""
    verdict = triage(person)
    return not (
        isinstance(verdict, Programme)
        and any(each.exercise == "figure_four" for each in verdict.prescriptions)
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("holds", "people", "most"),
    [(forgets_the_side, answers, 100), (shows_no_stretches, answers, 100), (drops_an_answer, None, 400)],
)
def test_a_planted_fault_is_found(holds: Any, people: Any, most: int) -> None:
    strategy = people() if people else people_with(urgency="emergency")
    assert not all(holds(person) for person in drawn(strategy, most))


def test_a_failing_example_is_printed_without_its_many_noes() -> None:
    person = drawn(people_with(urgency="emergency"), 1)[0]
    assert repr(person) == f"<{told(person)} and {len(person) - len(told(person))} noes>"
    assert len(repr(person)) < 2000


def test_without_hypothesis_there_is_one_clear_message() -> None:
    code = "import sys; sys.modules['hypothesis'] = None; import sitriage; import sitriage.testing"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=Path(sitriage.__file__).parent.parent,
    )
    assert done.returncode == 1
    last = done.stderr.strip().splitlines()[-1]
    assert last == "ImportError: `sitriage.testing` needs Hypothesis: `pip install hypothesis`"
    assert "During handling" not in done.stderr
