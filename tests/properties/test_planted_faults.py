"""Negative controls: every law can fail. Each test plants one fault and shows which law finds it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import run_state_machine_as_test

from sitriage import (
    Ruleset,
    Verdict,
    decide,
    evidence,
    limits,
    load_rules,
    questions,
    ranges,
    screen,
    sides,
    triage,
)
from sitriage.conditions import NOT_ASKED, All, Answer, Has, Not, OneOf
from sitriage.model import Level
from sitriage.verdict import Programme
from sitriage.words import Professional, Side, Urgency
from tests.properties import checks
from tests.properties.test_caution import doubts
from tests.properties.test_missing_answers import completed_people, wiser_people
from tests.properties.test_reasons import explained_people
from tests.properties.test_red_flags import holding_levels
from tests.properties.test_replay import Revision
from tests.properties.test_sides import sided_people, sideless_people
from tests.strategies import (
    cleared_people,
    complete_people,
    levels_of,
    limited_pairs,
    partial_people,
    people,
    people_of_level,
    programme_people,
    raised_pairs,
    raw,
    truths,
)

EXAMPLES = 400


def finds(check: Callable[..., None], *strategies: st.SearchStrategy[Any], examples: int = EXAMPLES) -> bool:
    """Whether a law fails for somebody among the people that its property draws."""

    @settings(max_examples=examples, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(st.tuples(*strategies))
    def law(drawn: tuple[Any, ...]) -> None:
        check(*drawn)

    try:
        law()
    except AssertionError:
        return True
    return False


def spread(check: Callable[..., None]) -> Callable[[tuple[Any, ...]], None]:
    """The law for a strategy that draws its arguments together."""
    return lambda drawn: check(*drawn)


def asked_of(rules: Ruleset) -> checks.Ask:
    return partial(triage, rules=rules)


def with_level(flag: str, change: Callable[[Level], Level | None]) -> Ruleset:
    """The shipped rules with every level of a red flag changed, or dropped."""
    rules = load_rules()
    levels = tuple(new for old in rules.red_flags[flag].levels if (new := change(old)) is not None)
    return attrs.evolve(
        rules, red_flags={**rules.red_flags, flag: attrs.evolve(rules.red_flags[flag], level=levels)}
    )


def with_exercise(name: str, **changes: Any) -> Ruleset:
    rules = load_rules()
    changed = attrs.evolve(rules.exercises[name], **changes)
    return attrs.evolve(rules, exercises={**rules.exercises, name: changed})


# --- faults in the rules ---


def test_a_dropped_level_is_found(rules: Ruleset):
    """P4 finds a level that is missing from the pack."""
    faulty = with_level("saddle_numbness", lambda level: None)
    law = partial(checks.check_level_is_never_undercut, rules, asked_of(faulty))
    assert finds(spread(law), holding_levels("saddle_numbness:emergency"))


def test_a_lowered_urgency_is_found(rules: Ruleset):
    """P4 finds a level whose urgency was lowered."""
    faulty = with_level(
        "chest_pain",
        lambda level: attrs.evolve(level, urgency=Urgency.ROUTINE, see=Professional.DOCTOR),
    )
    law = partial(checks.check_level_is_never_undercut, rules, asked_of(faulty))
    assert finds(spread(law), holding_levels("chest_pain:emergency"))
    law = partial(checks.check_every_level_that_holds_counts, rules, asked_of(faulty))
    assert finds(law, people_of_level(levels_of(rules)["chest_pain:emergency"]))


def test_reassurance_that_lifts_an_emergency_is_found(rules: Ruleset):
    """P4 finds an emergency that a reassuring answer switches off."""
    faulty = with_level(
        "cold_pale_leg",
        lambda level: attrs.evolve(
            level, when=All((level.when, Not(Has("assessed_and_cleared"), only_yes=True)))
        ),
    )
    law = partial(checks.check_level_is_never_undercut, rules, asked_of(faulty))
    assert finds(spread(law), holding_levels("cold_pale_leg:emergency"))


def test_danger_that_calms_is_found():
    """P5 finds a level that a raising answer switches off."""
    faulty = with_level(
        "leg_numbness", lambda level: attrs.evolve(level, when=All((level.when, Not(Has("stiffness")))))
    )

    @st.composite
    def stiffened(draw: st.DrawFn) -> tuple[Any, Any]:
        truth = draw(truths(levels_of(faulty)["leg_numbness:routine"], faulty))
        lower = draw(complete_people()) | {n: raw(v) for n, v in truth.items()} | {"stiffness": False}
        return lower, lower | {"stiffness": True}

    assert finds(spread(partial(checks.check_urgency_never_falls, asked_of(faulty))), stiffened())


def test_an_opened_cell_is_found(rules: Ruleset):
    """P7 finds a column that no longer limits an exercise."""
    bridge = rules.exercises["bridge"]
    assert bridge.column["severe_pain"].rung != bridge.rungs[0]
    cells = {name: cell for name, cell in bridge.column.items() if name != "severe_pain"}
    faulty = with_exercise("bridge", column=cells)
    law = partial(checks.check_every_limit_is_kept, rules, asked_of(faulty))
    assert finds(law, st.one_of(programme_people(), cleared_people(leaf="G")))


def test_a_dose_above_the_cap_is_found(rules: Ruleset):
    """P28 finds a dose above the caps of D-15."""
    start = attrs.evolve(rules.exercises["pelvic_tilt"].start, reps=40)
    faulty = with_exercise("pelvic_tilt", start=start)
    assert finds(partial(checks.check_doses_are_within_bounds, rules, asked_of(faulty)), programme_people())


def test_an_ignored_both_sides_rule_is_found(rules: Ruleset):
    """P14 finds rules that forget that pain which swaps sides is on both."""
    never = OneOf(rules.settings.side, ())
    faulty = attrs.evolve(rules, settings=attrs.evolve(rules.settings, both=never))
    # only the hard leaves have an exercise that is done on one side
    law = partial(checks.check_no_single_side, rules, asked_of(faulty))
    hard = st.one_of(*(cleared_people(leaf=leaf, changes=1) for leaf in ("S4b", "S1", "S4a")))
    assert finds(law, st.one_of(sideless_people(), hard), examples=1500)


def test_a_screen_question_marked_as_optional_is_found(rules: Ruleset):
    """P6 finds a danger that need not be asked before there are exercises."""
    optional = {
        name: attrs.evolve(each, need="choice") if each.polarity == "raises" else each
        for name, each in rules.findings.items()
    }
    faulty = attrs.evolve(rules, findings=optional)
    assert finds(partial(checks.check_not_asked_is_not_no, rules, asked_of(faulty)), partial_people())


def test_a_deciding_word_is_found(monkeypatch: pytest.MonkeyPatch):
    """Wording: an engine that looks at a text is found by replacing the texts."""
    real = screen._fired

    def peeking(rules: Ruleset, answers: Mapping[str, Any], stated: Mapping[str, Any]) -> Any:
        return (each for each in real(rules, answers, stated) if "pain" in each.flag.label.lower())

    monkeypatch.setattr(screen, "_fired", peeking)
    other = asked_of(checks.reworded(load_rules(), lambda text: text[::-1]))
    assert finds(partial(checks.check_same_verdict, triage, other), people())


# --- faults in the engine ---


def test_unsure_read_as_no_is_found(rules: Ruleset, monkeypatch: pytest.MonkeyPatch):
    """P4 and P7 find an engine that takes unsure for no."""
    real = evidence._value

    def hasty(answer: Any, finding: Any) -> Any:
        return Answer.NO if answer == "unsure" and finding.kind == "yes_no" else real(answer, finding)

    monkeypatch.setattr(evidence, "_value", hasty)
    assert finds(spread(partial(checks.check_level_is_never_undercut, rules, triage)), holding_levels())


def test_unsure_below_no_is_found(monkeypatch: pytest.MonkeyPatch):
    """P6 finds an engine in which an unsure answer reassures."""
    real = evidence._value

    def soothed(answer: Any, finding: Any) -> Any:
        reassures = finding.polarity == "reassures" and answer == "unsure"
        return Answer.YES if reassures else real(answer, finding)

    monkeypatch.setattr(evidence, "_value", soothed)
    assert finds(spread(partial(checks.check_unsure_is_not_no, triage)), doubts(), examples=1500)


def test_not_asked_read_as_no_is_found(rules: Ruleset, monkeypatch: pytest.MonkeyPatch):
    """P6 and P8 find an engine that takes a question that was not asked for a no."""
    cases = partial_people()
    kept: list[Any] = []

    @settings(max_examples=60, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(cases)
    def keep(person: Any) -> None:
        kept.append((person, checks.pivotal(checks.completions(person, rules))))

    keep()
    # what is missing must be worked out before the fault is planted
    monkeypatch.setattr(evidence, "absent", lambda f: Answer.NO if f.kind == "yes_no" else NOT_ASKED)
    assert any(set(triage(person).open_questions) != wanted for person, wanted in kept)
    assert any(
        isinstance(triage(person), Programme)
        for person, wanted in kept
        if any(rules.findings[name].need == "screen" for name in wanted)
    )


def test_a_missing_limit_is_found(rules: Ruleset, monkeypatch: pytest.MonkeyPatch):
    """P7 finds an engine in which only an unsure answer limits, and a yes does not."""
    monkeypatch.setattr(limits, "applies", lambda c, answers: c.value(answers) is Answer.UNSURE)
    assert finds(spread(partial(checks.check_limits_only_shrink, rules)), limited_pairs())


def test_a_swapped_side_is_found(rules: Ruleset, monkeypatch: pytest.MonkeyPatch):
    """P15 finds left for right; P13 finds a leg that is always the right one."""
    hard = st.one_of(
        sided_people(), cleared_people(leaf="S1", changes=0), cleared_people(leaf="S4a", changes=0)
    )
    monkeypatch.setattr(sides, "OPPOSITE", {Side.LEFT: Side.LEFT, Side.RIGHT: Side.RIGHT})
    assert finds(partial(checks.check_side_follows_the_card, rules, triage), hard)
    monkeypatch.setattr(sides, "OPPOSITE", {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.RIGHT})
    assert finds(partial(checks.check_mirror, rules, triage), hard)


def test_the_first_level_instead_of_the_worst_is_found(monkeypatch: pytest.MonkeyPatch):
    """P11 finds an engine that takes the first level in the pack instead of the most urgent."""
    monkeypatch.setattr(
        decide, "fired", lambda pack, said, stated=None: tuple(screen._fired(pack, said, stated or said))
    )
    rules = load_rules()
    other = attrs.evolve(rules, red_flags=dict(reversed(rules.red_flags.items())))
    assert finds(partial(checks.check_same_verdict, triage, asked_of(other)), people())


def test_an_order_of_answers_is_found():
    """P10 finds a door that keeps only the last answers it was sent."""

    def forgetful(person: Mapping[str, Any]) -> Verdict:
        return triage(dict(list(person.items())[1:]))

    def backwards(person: Any) -> None:
        checks.check_order_of_answers_is_nothing(forgetful, person, list(reversed(person)))

    assert finds(backwards, people(), examples=50)


def test_a_missing_question_is_found(rules: Ruleset, monkeypatch: pytest.MonkeyPatch):
    """P8 finds an engine that forgets one open question, or asks one in vain."""
    real = questions.outlook

    def forgetful(completions: Any) -> Any:
        view = real(completions)
        return attrs.evolve(view, open=view.open[1:])

    def curious(completions: Any) -> Any:
        view = real(completions)
        return attrs.evolve(view, open=completions.missing)

    for faulty in (forgetful, curious):
        monkeypatch.setattr(decide, "outlook", faulty)
        assert finds(partial(checks.check_open_questions_are_exact, rules, triage), partial_people())


def test_a_wrong_range_is_found(rules: Ruleset, monkeypatch: pytest.MonkeyPatch):
    """The laws of the range find one that is too narrow, and one that is too wide."""
    real = questions.outlook

    def narrow(completions: Any) -> Any:
        view = real(completions)
        return attrs.evolve(view, highest=view.lowest)

    monkeypatch.setattr(decide, "outlook", narrow)
    assert finds(spread(partial(checks.check_range_holds_every_completion, triage)), completed_people())
    top = len(Professional) * (len(Urgency) - 1)
    monkeypatch.setattr(
        decide, "outlook", lambda c: attrs.evolve(real(c), highest=top if c.missing else real(c).highest)
    )
    assert finds(partial(checks.check_range_is_exact, rules, triage), partial_people())
    # knows less the more it is told
    monkeypatch.setattr(
        decide,
        "outlook",
        lambda c: attrs.evolve(real(c), highest=real(c).lowest if len(c.missing) > 1 else top),
    )
    assert finds(spread(partial(checks.check_learning_never_widens, triage)), wiser_people())


def test_a_reason_that_leaves_out_a_finding_is_found(rules: Ruleset, monkeypatch: pytest.MonkeyPatch):
    """P20 finds a reason that names too little."""
    real = ranges.least_cause
    monkeypatch.setattr(screen, "least_cause", lambda *given: frozenset(sorted(real(*given))[1:]))
    assert finds(spread(partial(checks.check_reasons_are_enough, rules, triage)), explained_people())


def test_a_verdict_without_a_reason_is_found(rules: Ruleset, monkeypatch: pytest.MonkeyPatch):
    """P3 finds a verdict that cites nothing, and a programme that miscounts its answers."""
    law = partial(checks.check_cites_a_rule, rules)
    assert finds(partial(law, lambda person: attrs.evolve(triage(person), reasons=())), people())

    def miscounting(person: Any) -> Verdict:
        verdict = triage(person)
        if not isinstance(verdict, Programme):
            return verdict
        first = attrs.evolve(verdict.reasons[0], sentence="(1 answers)")
        return attrs.evolve(verdict, reasons=(first, *verdict.reasons[1:]))

    assert finds(partial(law, miscounting), people())


def test_a_referral_without_a_way_is_found():
    """P9 finds a referral that does not say how to reach anybody."""

    def silent(person: Any) -> Verdict:
        verdict = triage(person)
        return verdict if isinstance(verdict, Programme) else attrs.evolve(verdict, how="")

    assert finds(partial(checks.check_no_exercise_beside_a_referral, silent), people())


def test_a_lossy_record_is_found():
    """P12 finds a record that leaves out an answer."""

    def lossy(person: Any) -> Verdict:
        verdict = triage(person)
        record = attrs.evolve(verdict.record, answers=verdict.record.answers[1:])
        return attrs.evolve(verdict, record=record)

    assert finds(partial(checks.check_replay, lossy), people())


def test_a_lossy_dictionary_is_found(monkeypatch: pytest.MonkeyPatch):
    """P23 finds a `to_dict` that rounds something off."""
    real = Programme.to_dict
    monkeypatch.setattr(Programme, "to_dict", lambda self: real(self) | {"minutes": self.minutes // 10})
    assert finds(partial(checks.check_round_trip, triage), programme_people())


def test_a_verdict_of_old_answers_is_found():
    """P19 finds a door that remembers a verdict by the number of answers."""
    remembered: dict[int, Verdict] = {}

    def remembering(person: Mapping[str, Any]) -> Verdict:
        return remembered.setdefault(len(person), triage(person))

    class Remembering(Revision):
        ask = staticmethod(remembering)

    quick = settings(max_examples=10, stateful_step_count=8, phases=[Phase.generate])
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Remembering, settings=quick)


def test_no_law_fails_without_a_fault(rules: Ruleset):
    """Negative control of the controls: the same laws find nothing in the shipped rules."""
    assert not finds(
        partial(checks.check_every_level_that_holds_counts, rules, triage), people(), examples=40
    )
    assert not finds(spread(partial(checks.check_urgency_never_falls, triage)), raised_pairs(), examples=40)
    assert not finds(
        partial(checks.check_open_questions_are_exact, rules, triage), partial_people(), examples=20
    )
