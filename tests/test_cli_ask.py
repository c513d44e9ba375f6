"""Questions in the terminal with scripted input: numbers, doubt, help, mistakes, skips and stops."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import pytest

from sitriage.cli.ask import ask
from sitriage.model import Ruleset
from tests.small_pack import edited, small_rules

Typed = str | type[BaseException]
MOST = 200


class Talk:
    """A person who types these answers in turn, or by a word of the question; and what was written."""

    def __init__(
        self,
        rules: Ruleset,
        typed: Iterable[Typed] = (),
        then: Typed = EOFError,
        by_word: Mapping[str, str] | None = None,
        region: str = "gb",
    ) -> None:
        self.lines: list[str] = []
        self.asked = 0
        self._typed, self._then, self._by_word = iter(typed), then, by_word or {}
        self.finished = ask(rules, region, self._read, self.lines.append)
        self.text = "\n".join(self.lines)

    def _read(self, prompt: str) -> str:
        assert prompt == "> "
        self.asked += 1
        assert self.asked < MOST, "the questions never end"
        recent = " ".join(self.lines[-4:])
        known = [said for word, said in self._by_word.items() if word in recent]
        said = known[0] if known else next(self._typed, self._then)
        if isinstance(said, str):
            return said
        raise said

    def verdict(self) -> str:
        return self.lines[-1]


@pytest.fixture
def talk(small: Ruleset) -> Callable[..., Talk]:
    return lambda *typed, **more: Talk(small, typed, **more)


CALM = {
    "sore side": "1",
    "age at first pain": "30",
    "week of the egg": "2",
    "how bad": "2",
    "Does it have this: age?": "40",
}


def _number(small: Ruleset, name: str) -> str:
    """The number of a finding in the first list."""
    listed = [each.id for each in small.findings.values() if each.group == "danger" and each.kind == "yes_no"]
    return str(listed.index(name) + 1)


def test_a_full_run_of_no_ends_with_a_programme(small: Ruleset) -> None:
    run = Talk(small, then="0", by_word=CALM)
    assert run.finished
    assert run.verdict().startswith("You may exercise.")
    assert "1. Wag" in run.verdict()


def test_what_cannot_matter_any_more_is_not_asked(small: Ruleset) -> None:
    run = Talk(small, then="0", by_word=CALM)
    # only a strong programme needs a perch, and only an egg has a week
    assert "has a perch" not in run.text
    assert "week of the egg" not in run.text


def test_an_emergency_ends_the_questions(rules: Ruleset) -> None:
    run = Talk(rules, ["1"])
    assert run.finished
    assert run.asked == 1
    assert run.verdict().startswith("This is an emergency.")
    assert "Call 999 or go to A&E." in run.verdict()


def test_a_number_is_a_yes_and_a_number_with_a_mark_is_unsure(small: Ruleset, talk) -> None:
    weak = _number(small, "weak")
    assert "Within days." in talk(weak).verdict()
    assert "Book a visit." in talk(f"{weak}?").verdict()
    assert "My tail has this: nerve." in talk(f"{weak}?").verdict()


def test_several_numbers_are_several_answers(small: Ruleset, talk) -> None:
    both = f"{_number(small, 'numb')} {_number(small, 'weak')}"
    assert talk(both).verdict().startswith("Now.")
    assert talk(both.replace(" ", ",")).verdict().startswith("Now.")
    assert talk(both.replace(" ", "? ") + "?").verdict().startswith("Now.")


def test_an_emergency_ends_the_questions_within_a_group_too(small: Ruleset, talk) -> None:
    """Once it is an emergency, nobody is kept waiting with how bad the pain is."""
    run = talk(f"{_number(small, 'numb')} {_number(small, 'weak')}")
    assert run.finished
    assert run.asked == 1


@pytest.mark.parametrize(
    "bad",
    [
        "x",
        "99",
        "-1",
        "0 1",
        "1 0",
        "0?",
        "?",
        "1.5",
        "1 ??",
        "²",
        "١",
        "none",
        "1-3",
        "100000000000000000000",
    ],
)
def test_what_cannot_be_read_is_asked_again_and_answers_nothing(talk, bad: str) -> None:
    run = talk(bad)
    assert "Please type numbers from 1 to 9, 0 for none, or press Enter." in run.lines
    assert run.asked == 2
    assert "Not enough is known" in run.verdict()


def test_help_shows_the_questions_in_full_and_asks_again(small: Ruleset, talk) -> None:
    run = talk("h")
    assert run.asked == 2
    for each in small.findings.values():
        if each.group == "danger" and each.kind == "yes_no":
            assert each.question in run.text
    assert "Look twice." in run.text
    assert talk("H").asked == 2


def test_enter_leaves_a_list_open_and_it_is_not_asked_again(small: Ruleset) -> None:
    run = Talk(small, (), then="")
    assert run.finished
    assert run.text.count("Danger") == 1
    assert "Not enough is known to call exercises safe." in run.verdict()


def test_a_contradiction_is_asked_again_and_enter_leaves_it(small: Ruleset) -> None:
    both = f"{_number(small, 'easing')} {_number(small, 'worse')}"
    run = Talk(small, [both], then="")
    assert run.finished
    assert run.asked < 20


def test_a_contradiction_that_is_put_right_is_settled(small: Ruleset) -> None:
    both = f"{_number(small, 'easing')} {_number(small, 'worse')}"
    run = Talk(small, [both], then="0", by_word=CALM)
    assert run.finished
    assert run.text.count("getting worse") >= 2
    assert run.verdict().startswith("You may exercise.")


def test_numbers_are_asked_with_their_range_and_read_strictly(small: Ruleset, talk) -> None:
    run = talk("0", "11", "-1", "2.5", "x", "9")
    hint = "A whole number from 0 to 10 (points), ? for unsure, Enter to leave it open."
    assert run.lines.count("That cannot be read. " + hint) == 4
    assert run.verdict().startswith("Today.")


def test_a_number_may_be_unsure_or_left_open(small: Ruleset, talk) -> None:
    # an unsure severity lowers same_day to soon, an open one says nothing
    assert talk("0", "?").verdict().startswith("Within days.")
    assert talk("0", "").verdict().startswith("Book a visit.")


def test_choices_are_numbered_with_their_labels() -> None:
    labels = edited(
        "findings/side.toml", 'rows = ["R1"]', 'choice_labels = { left = "the left wing" }\nrows = ["R1"]'
    )
    hint = "1 the left wing; 2 right; 3 both; 4 midline; 5 unsure"
    run = Talk(small_rules(labels), then="0", by_word={"That cannot be read": "2", **CALM, "sore side": "6"})
    assert hint in run.lines
    assert f"That cannot be read. {hint}" in run.lines
    assert "Lean (right leg)" in run.verdict()


@pytest.mark.parametrize("stop", [KeyboardInterrupt, EOFError])
def test_a_stop_gives_the_verdict_so_far(small: Ruleset, talk, stop) -> None:
    run = talk(_number(small, "weak"), stop)
    assert not run.finished
    assert "Stopped. This is the verdict for the answers so far; nothing was stored." in run.text
    assert run.verdict().startswith("Within days.")


@pytest.mark.parametrize("stop", [KeyboardInterrupt, EOFError])
def test_a_stop_at_once_gives_a_provisional_verdict(talk, stop) -> None:
    assert "Not enough is known to call exercises safe." in talk(stop).verdict()


def test_the_lines_of_the_region_are_shown(small: Ruleset, talk) -> None:
    assert "Call 999." in talk(region="gb").verdict()
    assert "Quack loudly." in talk(region="international").verdict()


def test_an_unknown_region_is_refused_before_the_first_question(small: Ruleset) -> None:
    def read(_: str) -> str:
        raise AssertionError("a question was asked")

    with pytest.raises(ValueError, match="no contact lines for this region"):
        ask(small, "moon", read, lambda _: None)


def test_an_infinite_yes_man_reaches_an_emergency_soon(rules: Ruleset) -> None:
    assert Talk(rules, (), then="1 2 3").verdict().startswith("This is an emergency.")
