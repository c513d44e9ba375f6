"""Questions in the terminal with scripted input: numbers, doubt, help, mistakes, skips and stops."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path

import attrs
import pytest

from sitriage import AnswerError, Interview, Programme, load_rules, none_of, triage
from sitriage.cli.ask import FEW, NOW, ask
from sitriage.cli.typed import YES_OR_NO, span_text
from sitriage.conditions import Has, Not
from sitriage.model import NotApplicable, Ruleset
from sitriage.verdict import AnswerValue
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
        save: Path | None = None,
    ) -> None:
        self.lines: list[str] = []
        self.asked = 0
        self._typed, self._then, self._by_word = iter(typed), then, by_word or {}
        self.finished = ask(rules, region, self._read, self.lines.append, save)
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
    "kind of duck": "1",
    "age at first pain": "30",
    "week of the egg": "2",
    "how bad": "2",
    "Does it have this: age?": "40",
}


def _number(small: Ruleset, name: str) -> str:
    """The number of a finding in the first list."""
    question = Interview(rules=small).question
    assert question is not None
    return str(question.items.index(name) + 1)


def test_a_full_run_of_no_ends_with_a_programme(small: Ruleset) -> None:
    run = Talk(small, then="0", by_word=CALM)
    assert run.finished
    assert run.verdict().startswith("You may exercise.")
    assert "1. Wag" in run.verdict()


def test_what_cannot_matter_any_more_is_not_asked(small: Ruleset) -> None:
    run = Talk(small, then="0", by_word=CALM)
    # only who has a perch rolls lying down, and only an egg has a week
    assert "lying hurts" not in run.text
    assert "week of the egg" not in run.text


def test_a_help_of_many_lines_is_a_list_and_shown_at_once() -> None:
    long = edited("findings/numb.toml", "Look twice.", "One of:\\n- the tip\\n- the root")
    assert "     One of:\n     - the tip\n     - the root\n" in Talk(small_rules(long)).text
    assert "Look twice." not in Talk(small_rules()).text


@pytest.mark.slow
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


def test_what_cannot_be_read_is_asked_again_and_answers_nothing(talk) -> None:
    bad = [
        "x", "99", "-1", "0 1", "1 0", "0?", "?", "1.5", "1 ??", "1 1?", "²", "١", "none", "1-3",
        "100000000000000000000",
    ]  # fmt: skip
    run = talk(*bad)
    said = "Please type numbers from 1 to 10, 0 for none, or press Enter."
    assert run.lines.count(said) == len(bad)
    assert run.asked == len(bad) + 1
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
    assert run.text.count(": numb tail?") == 1
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
    hint = "A whole number from 0 to 10 points, ? for unsure, Enter to leave it open."
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


@pytest.mark.slow
def test_an_infinite_yes_man_reaches_an_emergency_soon(rules: Ruleset) -> None:
    run = Talk(rules, (), then="1 2 3", by_word={"put down for you": "1"})
    assert run.verdict().startswith("This is an emergency.")


# ---------------------------------------------------------------- whole people


class Person:
    """Somebody who reads each question and answers it truly; `seen` are the findings they were asked."""

    def __init__(self, rules: Ruleset, answers: Mapping[str, AnswerValue]) -> None:
        self.seen: list[str] = []
        self.lines: list[str] = []
        self._answers, self._new = answers, 0
        self._rules = rules
        self._questions = {each.question: each for each in rules.findings.values()}
        assert ask(rules, "gb", self._read, self.lines.append)

    def _read(self, _: str) -> str:
        new, self._new = self.lines[self._new :], len(self.lines)
        listed = [line.split(". ", 1)[1] for line in new if re.match(r"  \d+\. ", line)]
        if listed:
            items = [self._questions[" ".join(text.split())] for text in listed]
            self.seen += [each.id for each in items]
            yes = [str(n) for n, each in enumerate(items, 1) if self._answers[each.id] is True]
            return " ".join(yes) or "0"
        (item,) = [q for line in new if (q := self._questions.get(" ".join(line.split())))]
        self.seen.append(item.id)
        answer = self._answers[item.id]
        if item.kind == "yes_no":
            return "y" if answer else "n"
        return str(answer) if item.kind == "number" else str(item.choices.index(str(answer)) + 1)


SIMPLE: Mapping[str, AnswerValue] = {
    "age": 40, "age_at_onset": 40, "si_region_pain": True, "pain_side": "left", "pain_severity": 3,
    "duration_days": 10, "weeks_of_exercise": 0,
}  # fmt: skip
WHOLE = {
    "a man": {"sex": "male"},
    "a woman who never gave birth": {"sex": "female"},
    "a woman 10 weeks after a birth": {
        "sex": "female", "birth_in_last_year": True, "weeks_since_birth": 10, "postnatal_check_done": True,
    },
    "a pregnant woman in week 20": {"sex": "female", "pregnant": True, "pregnancy_week": 20},
}  # fmt: skip
ABOUT_PREGNANCY = {"pregnancy", "pregnancy_danger"}


def _full(who: str) -> dict[str, AnswerValue]:
    return {**none_of(*(each.id for each in load_rules().groups)), **SIMPLE, **WHOLE[who]}


@cache
def _walk(who: str) -> Person:
    return Person(load_rules(), _full(who))


@pytest.mark.slow
@pytest.mark.parametrize("who", list(WHOLE))
def test_a_whole_person_gets_the_verdict_of_the_full_answers(who: str) -> None:
    full, person = _full(who), _walk(who)
    asked, verdict = triage({name: full[name] for name in person.seen}), triage(full)
    assert person.lines[-1] == asked.text("gb")
    assert isinstance(asked, Programme)
    assert isinstance(verdict, Programme)
    # what was not asked may change an advice or a reason, never an exercise
    assert _moves(asked) == _moves(verdict)
    assert asked.urgency == verdict.urgency
    assert len(person.seen) == len(set(person.seen))


def _moves(programme: Programme) -> list[tuple[object, ...]]:
    return [(each.exercise, each.rung, each.side, each.dose) for each in programme.prescriptions]


@pytest.mark.slow
def test_a_man_sees_no_question_of_pregnancy_and_no_other_that_is_not_for_him(rules: Ruleset) -> None:
    seen = _walk("a man").seen
    assert {rules.findings[name].group for name in seen}.isdisjoint(ABOUT_PREGNANCY)
    assert {"period_linked_pain", "bleeding_after_menopause"}.isdisjoint(seen)
    assert "erectile_change" in seen


@pytest.mark.slow
def test_who_never_gave_birth_is_not_asked_how_long_ago() -> None:
    seen = _walk("a woman who never gave birth").seen
    assert {"birth_in_last_year", "pregnant", "could_be_pregnant"} <= set(seen)
    assert {"weeks_since_birth", "caesarean", "heavy_bleeding_after_birth"}.isdisjoint(seen)
    assert {"pregnancy_week", "vaginal_bleeding", "erectile_change"}.isdisjoint(seen)


@pytest.mark.slow
def test_who_gave_birth_or_is_pregnant_is_asked_the_weeks() -> None:
    after = _walk("a woman 10 weeks after a birth").seen
    assert after.index("birth_in_last_year") < after.index("weeks_since_birth")
    before = _walk("a pregnant woman in week 20").seen
    assert before.index("pregnant") < before.index("pregnancy_week")
    assert "vaginal_bleeding" in before


def test_what_could_switch_a_question_off_is_asked_before_it(small: Ruleset) -> None:
    run = Talk(small, then="0", by_word={**CALM, "kind of duck": "2"})
    assert "kind of duck" in run.text
    assert "Does it have this: egg?" not in run.text


def test_rules_that_switch_each_other_off_are_asked_all_the_same(small: Ruleset) -> None:
    ring = (NotApplicable(when=Not(Has("egg")), findings=("checked",)),)
    ring += (NotApplicable(when=Not(Has("checked")), findings=("egg",)),)
    run = Talk(attrs.evolve(small, not_applicable=ring), then="0", by_word=CALM)
    assert run.verdict().startswith("You may exercise.")


# ---------------------------------------------------------------- a list of one


CHECKED = "Does it have this: checked by a doctor?"


def _growing_by_night(small: Ruleset) -> str:
    """Only a doctor's check lowers a growing pain to one that lasts."""
    return f"{_number(small, 'worse')} {_number(small, 'night_pain')}"


@pytest.mark.parametrize("said", ["y", "YES", "1"])
def test_a_list_of_one_is_a_plain_question(small: Ruleset, said: str) -> None:
    known = {**CALM, "kind of duck": "2", CHECKED: said}
    run = Talk(small, [_growing_by_night(small)], then="0", by_word=known)
    assert CHECKED in run.lines
    assert YES_OR_NO in run.lines
    assert run.verdict().startswith("Book a visit.")


@pytest.mark.parametrize("said", ["n", "No", "0", "?", ""])
def test_only_a_yes_to_a_plain_question_is_a_yes(small: Ruleset, said: str) -> None:
    known = {**CALM, "kind of duck": "2", CHECKED: said}
    run = Talk(small, [_growing_by_night(small)], then="0", by_word=known)
    assert CHECKED in run.lines
    assert run.verdict().startswith("Within days.")


@pytest.mark.parametrize("bad", ["x", "2", "1 2", "maybe"])
def test_a_plain_question_is_read_strictly(small: Ruleset, bad: str) -> None:
    known = {"That cannot be read": "y", **CALM, "kind of duck": "2", CHECKED: bad}
    run = Talk(small, [_growing_by_night(small)], then="0", by_word=known)
    assert f"That cannot be read. {YES_OR_NO}" in run.lines
    assert run.verdict().startswith("Book a visit.")


def test_no_unit_is_said_twice(rules: Ruleset) -> None:
    spans = {name: span_text(each) for name, each in rules.findings.items() if each.kind == "number"}
    assert spans["pain_severity"] == "0 to 10"
    assert spans["weeks_since_birth"] == "0 to 260 weeks"


# ---------------------------------------------------------------- why, back and a file


def test_a_screen_says_how_many_there_may_be_once_they_are_few(small: Ruleset, talk, monkeypatch) -> None:
    most = Interview(rules=small).progress.at_most - 1
    assert most > FEW
    assert "\nScreen 1" in talk("0").lines
    monkeypatch.setattr("sitriage.cli.ask.FEW", most)
    assert f"\nScreen 1, at most {most} more" in talk("0").lines


def test_a_list_shows_each_question_in_full(small: Ruleset, talk) -> None:
    question = Interview(rules=small).question
    assert question is not None
    for number, part in enumerate(question.parts, 1):
        assert f"  {number}. {part.text}" in talk().lines


def test_who_may_be_an_emergency_is_told_before_the_questions_go_on() -> None:
    emergency = edited(
        "red_flags/growing.toml",
        'urgency = "soon"\nsee = "doctor"',
        'urgency = "emergency"\nsee = "emergency_department"',
    )
    rules = small_rules(emergency)
    run = Talk(rules, [_number(rules, "worse"), ""])
    assert run.text.count(NOW) == 1
    told = run.lines.index(f"\n{NOW}")
    assert any(line.startswith("\nScreen 1") for line in run.lines[:told])
    assert run.lines[told + 1].startswith("\nScreen 2")
    assert NOW not in Talk(rules, ["0", "0"]).text


def test_w_says_why_and_asks_again(small: Ruleset, talk) -> None:
    run = talk("W", "0", "w")
    assert run.asked == 4
    assert "look at you before you exercise." in " ".join(run.text.split()).split("h for help")[1]
    assert "Stopped." in run.text


def test_b_goes_back_and_another_answer_counts(small: Ruleset, talk) -> None:
    weak = _number(small, "weak")
    run = talk(weak, "b", f"{weak}?")
    assert run.text.count(": weak tail?") == 2
    assert "Book a visit." in run.verdict()
    assert talk("b", "B", weak).verdict() == talk(weak).verdict()


def test_why_it_stops_is_said(small: Ruleset) -> None:
    assert small.texts.stop_settled in Talk(small, then="0", by_word=CALM).text
    both = f"{_number(small, 'numb')} {_number(small, 'weak')}"
    assert small.texts.stop_emergency in Talk(small, [both]).text
    assert "Some open questions" in Talk(small, (), then="").text


def test_a_file_keeps_the_interview_and_it_goes_on(small: Ruleset, tmp_path: Path) -> None:
    save = tmp_path / "tail.json"
    first = Talk(small, [_number(small, "weak")], save=save)
    assert not first.finished
    assert f"the answers so far; they are kept in `{save}`." in first.text
    resumed = Talk(small, save=save)
    assert ": weak tail?" not in resumed.text
    assert resumed.verdict() == first.verdict()
    assert "\nScreen 2" in resumed.text


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"schema": 1, "hash": "", "steps": []}'])
def test_a_file_that_holds_no_interview_is_refused(small: Ruleset, tmp_path: Path, text: str) -> None:
    save = tmp_path / "tail.json"
    save.write_text(text)
    with pytest.raises(AnswerError):
        Talk(small, ["0"], save=save)
    assert save.read_text() == text


def test_a_stop_at_once_leaves_a_file_to_go_on_from(small: Ruleset, tmp_path: Path) -> None:
    save = tmp_path / "tail.json"
    assert f"they are kept in `{save}`." in Talk(small, save=save).text
    assert Talk(small, [_number(small, "weak")], save=save).verdict().startswith("Within days.")


def test_a_file_that_cannot_be_written_is_an_error_before_the_first_question(
    small: Ruleset, tmp_path: Path
) -> None:
    def read(_: str) -> str:
        raise AssertionError("a question was asked")

    save = tmp_path / "none" / "tail.json"
    with pytest.raises(ValueError, match="cannot write") as caught:
        ask(small, "gb", read, lambda _: None, save)
    assert str(save) in str(caught.value)
