"""The handout: all that a verdict says is on it, what must not be missed first, and nothing from outside."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import SimpleNamespace

import attrs
import pytest

from sitriage import Dose, Programme, Referral, Urgency, Verdict, load_rules, triage
from sitriage.__main__ import main
from sitriage.model import Ruleset
from sitriage.show.dose import SIDES, dose_text
from sitriage.show.handout import handout_html, handout_of
from sitriage.show.handout.blocks import Drawn, Pairs, Week
from sitriage.show.handout.data import data_of
from sitriage.show.handout.week import times_on
from tests.plain_html import flat, read, words_of
from tests.small_pack import CALM, FILES, small_rules

SAMPLE = json.loads((Path(__file__).parent.parent / "examples" / "person.json").read_text(encoding="utf-8"))
FRAGILE = {**CALM, "fragile": True, "cold_skin": True, "swollen": True}
UNSAFE = {**CALM, "easing": True, "worse": True}
STRONG = {**CALM, "easing": True, "severity": 2, "can_balance": True, "has_perch": True}
HOT = {"fever": True, "swollen": True, "severity": "unsure", "age": 40, "side": "left", "kind": "hen"}


# said to everybody, so the handout leaves it to the whole text
GENERAL = {
    text
    for rules in (load_rules(), small_rules())
    for text in (
        *rules.texts.self_care,
        *(each.says for each in rules.advice if each.when is None and not each.programmes),
    )
}


def said(verdict: Verdict, swapped: bool = False) -> list[str]:
    """Every sentence that a handout owes; without those that hold a contact line, if these are `swapped`."""
    lines = [verdict.headline, verdict.note, *(each.sentence for each in verdict.conflicts)]
    net = [part for line in verdict.safety_net for part in line.split("\n- ")]
    if isinstance(verdict, Programme):
        for each in verdict.prescriptions:
            lines += [each.label, SIDES[each.side], dose_text(each.dose, each.side), *each.steps]
            lines += [dose_text(each.target, each.side), *(reason.sentence for reason in each.reasons[1:])]
        for each in (*verdict.warm_up, *verdict.also):
            lines += [each.label.lower(), *each.steps]
        for each in verdict.withheld:
            lines += [each.label, *(reason.sentence for reason in each.reasons)]
        lines += [*verdict.stop_rules, *verdict.review, f"About {verdict.minutes} minutes"]
        lines += [each for each in verdict.self_care if each not in GENERAL]
    else:
        now = verdict.urgency is Urgency.EMERGENCY
        lines += [verdict.who, *verdict.tell_them]
        # who must go now reads of no questions to answer first
        lines += [] if now else verdict.still_to_ask
        lines += [each.sentence for each in verdict.reasons if not (now and each.rule == "screen:incomplete")]
        net += [verdict.how, *verdict.meanwhile]
    held = [
        getattr(each, line)
        for each in verdict.contacts[:1]
        for line in ("emergency", "urgent", "maternity", "crisis")
    ]
    return lines + [line for line in net if not (swapped and any(each in line for each in held))]


def missing(verdict: Verdict, text: str, swapped: bool = False) -> list[str]:
    return [line for line in said(verdict, swapped) if flat(line) not in text]


@pytest.mark.parametrize("answers", [FRAGILE, STRONG, HOT, {}, {"numb": True, "weak": True}, UNSAFE])
def test_the_handout_holds_all_that_the_verdict_says(small: Ruleset, answers) -> None:
    verdict = triage(answers, rules=small)
    assert missing(verdict, words_of(handout_html(verdict, rules=small))) == []


@pytest.mark.parametrize("region", ["gb", "us", "eu"])
@pytest.mark.parametrize("answers", [SAMPLE, {"fever": True}, {"pregnant": True, "saddle_numbness": True}])
def test_the_handout_of_the_shipped_rules_holds_all_of_it(answers, region: str) -> None:
    verdict = triage(answers)
    text = words_of(handout_html(verdict, region=region))
    assert missing(verdict, text, swapped=True) == []
    lines = {each.region: each for each in verdict.contacts}
    assert flat(lines[region].emergency) in text
    assert flat(lines["international"].emergency) not in text


def test_a_sentence_that_is_left_out_is_found(small: Ruleset) -> None:
    verdict = triage(FRAGILE, rules=small)
    text = words_of(handout_html(verdict, rules=small))
    for line in (
        verdict.stop_rules[0],
        verdict.withheld[0].reasons[0].sentence,
        verdict.prescriptions[-1].label,
    ):
        assert flat(line) in missing(verdict, text.replace(flat(line), ""))


@pytest.mark.parametrize("answers", [SAMPLE, {"fever": True}])
def test_what_must_not_be_missed_comes_before_all_else(answers) -> None:
    verdict = triage(answers)
    text = words_of(handout_html(verdict))
    alarm = [part for line in verdict.safety_net for part in line.split("\n- ")]
    if isinstance(verdict, Programme):
        last = max(text.index(flat(line)) for line in (*alarm, *verdict.stop_rules))
        assert last < text.index("Your week") < text.index(flat(verdict.prescriptions[0].steps[0]))
    else:
        last = max(text.index(flat(line)) for line in (*alarm, *verdict.meanwhile, verdict.how))
        assert last < text.index("Letter to whoever sees me")


def week_of(verdict: Verdict, rules: Ruleset | None = None) -> Week:
    (week,) = [
        each for page in handout_of(verdict, rules=rules).pages for each in page if isinstance(each, Week)
    ]
    return week


def test_the_week_has_every_exercise_and_its_days_of_rest(small: Ruleset) -> None:
    for verdict, rules in ((triage(STRONG, rules=small), small), (triage(SAMPLE), None)):
        week = week_of(verdict, rules)
        assert [row.name for row in week.rows] == [
            f"{number}. {each.label} ({SIDES[each.side]})"
            for number, each in enumerate(verdict.prescriptions, 1)
        ]
        for row, each in zip(week.rows, verdict.prescriptions, strict=True):
            assert len(row.days) == 7
            assert sum(map(bool, row.days)) == each.dose.days_per_week
            assert set(row.days) <= {0, each.dose.per_day}
    assert 0 in week.rows[-1].days


def test_the_page_has_a_box_for_each_time_and_a_word_for_each_rest(small: Ruleset) -> None:
    for verdict, rules in ((triage(STRONG, rules=small), small), (triage(SAMPLE), None)):
        page, week = handout_html(verdict, rules=rules), week_of(verdict, rules)
        days = [times for row in week.rows for times in row.days]
        assert page.count('aria-label="box to tick"') == sum(days)
        assert page.count(">rest</td>") == days.count(0)


@pytest.mark.parametrize("days", range(1, 8))
def test_days_of_rest_are_as_many_as_the_dose_asks_for_and_lie_apart(days: int) -> None:
    dose = Dose(reps=1, sets=1, per_day=2, days_per_week=days)
    done = [day for day in range(7) if times_on(day, dose)]
    assert len(done) == days
    assert {times_on(day, dose) for day in done} == {2}
    assert [times_on(day + 7, dose) for day in range(7)] == [times_on(day, dose) for day in range(7)]
    rests = [day for day in range(7) if day not in done]
    if days >= 4:
        assert not any(day + 1 in rests for day in rests)
    else:
        assert not any(day + 1 in done for day in done)


def test_an_exercise_that_is_done_again_refers_to_the_first(small: Ruleset) -> None:
    once = triage(CALM, rules=small)
    verdict = attrs.evolve(once, prescriptions=(*once.prescriptions, once.prescriptions[0]))
    page = handout_of(verdict, rules=small).pages[0]
    (moves,) = [
        [each for each in block.inside if isinstance(each, Drawn)]
        for block in page
        if isinstance(block, Pairs)
    ]
    assert [each.same_as for each in moves] == [0] * len(once.prescriptions) + [1]
    text = words_of(handout_html(verdict, rules=small))
    assert text.count(once.prescriptions[0].steps[0]) == 1
    assert "Do it as number 1." in text


def test_every_exercise_of_the_shipped_rules_has_its_picture() -> None:
    verdict = triage(SAMPLE)
    page = read(handout_html(verdict))
    alts = [value for name, value in page.pairs if name == "alt"]
    assert len(alts) == len(verdict.prescriptions)
    assert all(each.label in alt for each, alt in zip(verdict.prescriptions, alts, strict=True))


def test_the_letter_says_how_urgent_whom_to_see_and_which_answers_lie_behind(small: Ruleset) -> None:
    verdict = triage(HOT | {"bitten": "unsure", "chills": False, "night_pain": True}, rules=small)
    assert isinstance(verdict, Referral)
    text = words_of(handout_html(verdict, rules=small)).split("Letter to whoever sees me")[1]
    assert text.startswith(f" How soon: same day. Whom I was told to see: {verdict.who}.")
    for field in ("My name:", "Date of birth:", "Today is:"):
        assert field in text
    assert "hot duck (same day). Because of this: hot duck." in text
    behind, about = text.split("My answers behind this")[1].split("About me")
    assert "fever: yes" in behind
    assert "pain at night: yes" in behind
    assert "chills" not in behind
    assert "age: 40 years" in about
    assert "sore side: left" in about
    assert "how bad" not in about + behind or "how bad: not sure" in about + behind


def test_nothing_is_sooner_than_an_emergency(small: Ruleset) -> None:
    sooner = "When to get help sooner"
    for answers, title in (({"fever": True}, sooner), ({"numb": True, "weak": True}, "Keep in mind")):
        verdict = triage(answers, rules=small)
        assert (verdict.urgency is Urgency.EMERGENCY) == (title != sooner)
        text = words_of(handout_html(verdict, rules=small))
        assert f"{title} {flat(verdict.safety_net[0])}" in text
        assert (sooner in text) == (title == sooner)


def test_of_several_levels_of_a_red_flag_the_most_urgent_is_named_once(small: Ruleset) -> None:
    verdict = triage({"fever": True, "numb": True}, rules=small)
    assert {"hot:same_day", "hot:emergency"} <= {each.rule for each in verdict.reasons}
    text = words_of(handout_html(verdict, rules=small)).split("Letter to whoever sees me")[1]
    assert text.count("hot duck (") == text.count("hot duck (emergency). Because of this: hot duck.") == 1


def test_answers_are_said_as_people_say_them(small: Ruleset) -> None:
    verdict = triage(
        {"severity": 9, "fever": "unsure", "kind": "unsure", "checked": False, "worse": True}, rules=small
    )
    text = words_of(handout_html(verdict, rules=small))
    assert "how bad: 9 points" in text
    assert "fever: not sure" in text
    assert "kind of duck: not sure" in text
    assert "checked by a doctor: no" in text


def test_a_number_on_a_scale_is_said_out_of_its_most(rules: Ruleset) -> None:
    text = words_of(handout_html(triage({"fever": True, "pain_severity": 2, "age": 40}), rules=rules))
    assert "worst pain in the last day: 2 out of 10" in text
    assert "rating" not in text
    assert "age: 40 years" in text


def test_answers_that_do_not_fit_are_asked_again(small: Ruleset) -> None:
    programme = attrs.evolve(triage(CALM, rules=small), conflicts=triage(UNSAFE, rules=small).conflicts)
    assert "Please answer these again It is easing and getting worse." in words_of(
        handout_html(programme, rules=small)
    )


def test_what_to_ease_off_is_named() -> None:
    text = words_of(handout_html(triage(SAMPLE)))
    verdict = triage(SAMPLE)
    labels = [each.label for each in load_rules().activities]
    named = [label for label in labels if any(line.startswith(f"{label}. ") for line in verdict.avoid)]
    assert len(named) > 5
    assert all(label in text.split("Ease off for now")[1] for label in named)


@pytest.mark.parametrize("answers", [SAMPLE, {"fever": True}])
def test_nothing_comes_from_outside(answers) -> None:
    page = read(handout_html(triage(answers)))
    assert not {"script", "link", "iframe", "object", "a", "form"} & set(page.tags)
    pointing = [value for name, value in page.pairs if name in ("src", "href", "srcset", "action")]
    assert all(value.startswith("data:image/svg+xml;base64,") for value in pointing)
    assert not any(name.startswith("on") for name, _ in page.pairs)
    assert "url(" not in handout_html(triage(answers))


HOSTILE = '</p><script>alert(1)</script><img src=x onerror="alert(1)">'


def test_hostile_texts_stay_texts(small: Ruleset) -> None:
    for answers in (CALM, HOT):
        verdict = triage(answers, rules=small)
        calm = read(handout_html(verdict, rules=small))
        bad = attrs.evolve(
            verdict, headline=HOSTILE, note=HOSTILE, safety_net=(HOSTILE, *verdict.safety_net[1:])
        )
        if isinstance(bad, Programme):
            moves = [attrs.evolve(each, label=HOSTILE) for each in bad.prescriptions]
            bad = attrs.evolve(bad, prescriptions=tuple(moves), review=(HOSTILE, *bad.review[1:]))
        else:
            bad = attrs.evolve(bad, tell_them=(HOSTILE,) * len(bad.tell_them), who=HOSTILE)
        page = read(handout_html(bad, rules=small))
        assert page.tags == calm.tags
        assert HOSTILE in "".join(page.words)


def test_the_data_of_a_handout_are_plain_and_hold_every_text(small: Ruleset) -> None:
    for answers in (FRAGILE, STRONG, HOT, UNSAFE):
        verdict = triage(answers, rules=small)
        data = json.loads(json.dumps(data_of(handout_of(verdict, rules=small)), ensure_ascii=False))
        assert missing(verdict, flat(" ".join(texts(data)))) == []


def texts(data: object) -> list[str]:
    if isinstance(data, dict):
        return [each for value in data.values() for each in texts(value)]
    if isinstance(data, list):
        return [each for value in data for each in texts(value)]
    return [str(data)]


def test_other_rules_and_other_regions_are_refused(small: Ruleset) -> None:
    verdict = triage(CALM, rules=small)
    with pytest.raises(ValueError, match="not the rules of the verdict"):
        handout_html(verdict)
    with pytest.raises(ValueError, match="there are international, gb"):
        handout_html(verdict, rules=small, region="moon")


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Runs `handout` on the small pack for answers, in an empty folder."""
    for name, text in FILES.items():
        (tmp_path / "pack" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "pack" / name).write_text(text, encoding="utf-8")

    def call(answers: object, *words: str) -> tuple[int, str, str]:
        (tmp_path / "answers.json").write_text(json.dumps(answers))
        code = main(["--rules", str(tmp_path / "pack"), "handout", str(tmp_path / "answers.json"), *words])
        return code, *capsys.readouterr()

    return call


def test_the_command_prints_the_page(run, small: Ruleset) -> None:
    code, out, err = run(CALM, "--region", "gb")
    assert (code, err) == (0, "")
    assert out == handout_html(triage(CALM, rules=small), rules=small, region="gb")


def test_the_command_writes_the_page(run, small: Ruleset, tmp_path: Path) -> None:
    file = tmp_path / "out.html"
    assert run(CALM, "--html", str(file)) == (0, f"{file}\n", "")
    assert file.read_text(encoding="utf-8") == handout_html(triage(CALM, rules=small), rules=small)


def test_the_command_writes_pdf_and_calendar_with_their_extras(run, tmp_path: Path, monkeypatch) -> None:
    seen = []
    pdf = SimpleNamespace(handout_pdf=lambda verdict, *, rules, region: f"{rules.hash} {region}".encode())
    times = SimpleNamespace(calendar_of=lambda verdict, start: seen.append(start) or b"ics")
    monkeypatch.setitem(sys.modules, "sitriage.show.handout.pdf", pdf)
    monkeypatch.setitem(sys.modules, "sitriage.show.handout.times", times)
    paths = [tmp_path / "a.pdf", tmp_path / "a.ics"]
    words = ["--pdf", str(paths[0]), "--ics", str(paths[1]), "--start", "2026-12-01", "--at", "07:30"]
    assert run(CALM, "--region", "gb", *words)[:2] == (0, f"{paths[0]}\n{paths[1]}\n")
    assert paths[0].read_bytes().endswith(b" gb")
    assert paths[1].read_bytes() == b"ics"
    assert [each.isoformat() for each in seen] == ["2026-12-01T07:30:00"]


def test_a_referral_has_its_letter_though_there_is_nothing_for_a_calendar(run, tmp_path: Path) -> None:
    page, times = tmp_path / "a.html", tmp_path / "a.ics"
    code, out, err = run({"fever": True}, "--html", str(page), "--ics", str(times), "--start", "2026-12-01")
    assert (code, out) == (0, f"{page}\n")
    assert "no exercises to put in a calendar" in err
    assert f"`{times}` was not written" in err
    assert "Letter to whoever sees me" in page.read_text(encoding="utf-8")
    assert not times.exists()


@pytest.mark.parametrize(
    ("words", "module", "extra"),
    [(["--pdf"], "pdf", "print"), (["--start", "2026-12-01", "--ics"], "times", "calendar")],
)
def test_an_absent_extra_is_named(run, tmp_path: Path, monkeypatch, words, module: str, extra: str) -> None:
    monkeypatch.setitem(sys.modules, f"sitriage.show.handout.{module}", None)
    code, out, err = run(CALM, *words, str(tmp_path / "out"))
    assert (code, out) == (2, "")
    assert err == f"`{words[-1]}` needs an extra; install it with `pip install sitriage[{extra}]`\n"
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("answers", "words", "what"),
    [
        (CALM, ["--html", "/nowhere/out.html"], "there is no folder `/nowhere`; make it first"),
        (CALM, ["--ics", "out.ics"], "`--ics` needs `--start`"),
        (CALM, ["--ics", "out.ics", "--start", "tomorrow"], "`--start` is a day such as 2026-12-01"),
        (CALM, ["--ics", "out.ics", "--start", "2026-12-01", "--at", "8"], "and `--at` a time such as 08:00"),
        ({"fever": True}, ["--ics", "out.ics", "--start", "2026-12-01"], "lead to a referral"),
        (CALM, ["--start", "2026-12-01"], "`--start` is of the calendar; add `--ics`"),
        (CALM, ["--at", "08:00", "--html", "out.html"], "`--at` is of the calendar; add `--ics`"),
        (CALM, ["--region", "moon"], "there are international, gb"),
        ({"fever": "canary-5512"}, [], "fever: expected true, false"),
        ({"feve": True}, [], "unknown finding `feve`"),
    ],
)
def test_what_cannot_be_done_is_said_and_exits_with_2(run, answers, words, what: str) -> None:
    code, out, err = run(answers, *words)
    assert (code, out) == (2, "")
    assert what in err
    assert "canary" not in err


def test_the_more_must_not_be_missed_the_smaller_the_print(small: Ruleset) -> None:
    verdict = triage(CALM, rules=small)
    sizes = []
    for letters in (100, 3000, 4500, 9000):
        page = read(handout_html(attrs.evolve(verdict, stop_rules=("x" * letters,)), rules=small))
        (style,) = [value for name, value in page.pairs if name == "style" and "font-family" in value]
        sizes.append(style.rpartition("font-size:")[2])
    assert sizes == [".92em", ".88em", ".82em", ".82em"]
