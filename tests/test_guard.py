"""The net under a reply: what contradicts the verdict is flagged where it stands, its own words never."""

from __future__ import annotations

from time import perf_counter

import pytest

from sitriage import none_of, triage
from sitriage.connect import Flag, call_tool, guard
from sitriage.connect.guard import MOST_CHARACTERS
from sitriage.connect.phrases import OTHER_EXERCISES, PUSHES_ON, SOFTENS
from sitriage.words import Urgency
from tests.small_pack import CALM
from tests.test_cases import people, verdict_on

REGIONS = ("international", "gb", "us", "eu")


@pytest.fixture(scope="module")
def verdicts(rules):
    """A verdict of each urgency under the shipped rules."""
    groups = none_of(*(group.id for group in rules.groups))
    person = {"sex": "male", "age": 40, "age_at_onset": 40, "si_region_pain": True, "pain_side": "left"}
    well = groups | person | {"pain_severity": 3, "duration_days": 10}
    signs = ("abdominal_pain", "bleeding_after_menopause", "band_like_trunk_pain", "saddle_numbness")
    found = [triage(well | more) for more in ({}, *({sign: True} for sign in signs))]
    return {each.urgency: each for each in found}


def flagged(reply: str, verdict, rules=None) -> list[tuple[str, str]]:
    """Codes with what they stand on, without what is merely missing."""
    flags = guard(reply, verdict, rules=rules)
    return [(flag.code, reply[flag.start : flag.end]) for flag in flags if flag.start < flag.end]


def test_a_verdict_read_out_is_never_flagged(verdicts) -> None:
    assert set(verdicts) == set(Urgency)
    for verdict in verdicts.values():
        for region in REGIONS:
            assert guard(verdict.text(region), verdict) == ()


@pytest.mark.slow
def test_no_verdict_on_a_person_of_the_cases_is_flagged() -> None:
    read = [verdict_on(person["name"]) for person in list(people())[::8]]
    assert len(read) >= 40
    assert {each.urgency for each in read} == set(Urgency)
    assert [guard(str(each), each) for each in read if guard(str(each), each)] == []


@pytest.mark.parametrize("urgency", [each for each in Urgency if each in SOFTENS])
def test_what_softens_is_flagged_from_its_urgency_on(urgency: Urgency, verdicts) -> None:
    calmer = list(Urgency)[urgency.rank - 1]
    reply = " ".join(f"Well, {phrase.upper()}!" for phrase in SOFTENS[urgency])
    assert flagged(reply, verdicts[urgency]) == [("softened", phrase.upper()) for phrase in SOFTENS[urgency]]
    assert flagged(reply, verdicts[calmer]) == []
    assert flagged(reply, verdicts[Urgency.EMERGENCY]) == flagged(reply, verdicts[urgency])


@pytest.mark.parametrize(
    "reply",
    [
        "There is n\u200bo  rush.",
        "There is **NO** rush.",
        "There is ｎｏ ｒｕｓｈ.",
        "There is no\nrush.",
        "There is no-rush.",
        "There is nö rüsh.",
        "Don’t worry about it",
        "do n\u00adot worry",
        "\u202eYou’ll be fine",
    ],
)
def test_dress_does_not_hide_a_phrase(reply: str, verdicts) -> None:
    ((code, there),) = flagged(reply, verdicts[Urgency.EMERGENCY])
    assert code == "softened"
    assert there in reply


@pytest.mark.parametrize(
    "reply",
    [
        "Do not wait and see.",
        "Please don't just wait and see.",
        "It is bad? No. Rush to the hospital.",
        "Do not do the bridge, and no plank.",
        "Leave out the plank.",
        "It is not safe to wait, and you should not ignore the lines below.",
        "If nobody can drive you, you need an ambulance.",
        "This is an emergency. Do not ignore these warnings.",
        "",
        "🙂 ??",
    ],
)
def test_what_agrees_with_the_verdict_is_not_flagged(reply: str, verdicts) -> None:
    assert flagged(reply, verdicts[Urgency.EMERGENCY]) == []


def test_a_no_of_another_clause_or_line_excuses_nothing(verdicts) -> None:
    for reply in ("Not bad, do the bridge.", "Is it bad? no\nBridge", "Don't worry; plank"):
        assert "exercise" in dict(flagged(reply, verdicts[Urgency.EMERGENCY]))


def test_every_exercise_that_is_not_in_the_verdict_is_flagged(verdicts, rules) -> None:
    programme = verdicts[Urgency.SELF_CARE]
    given = {each.exercise for each in programme.prescriptions}
    for exercise in rules.exercises.values():
        names = (exercise.label, exercise.id.replace("_", " "), f"{exercise.id}s")
        reply = " ".join(f"Try this: {name}." for name in names)
        codes = [code for code, _ in flagged(reply, programme)]
        assert codes == (["exercise"] * 3 if exercise.id not in given else []), exercise.id
        assert [code for code, _ in flagged(reply, verdicts[Urgency.SAME_DAY])] == ["exercise"] * 3
    others = " ".join(f"And {name}s, too." for name in OTHER_EXERCISES)
    assert flagged(others, programme) == [("exercise", f"{name}s") for name in OTHER_EXERCISES]


def test_another_form_of_an_exercise_of_the_programme_is_flagged(verdicts) -> None:
    programme = verdicts[Urgency.SELF_CARE]
    assert flagged("Do the bridge.", programme) == []
    assert flagged("Do the small bridge.", programme) == [("exercise", "small bridge")]
    assert flagged("Do the one-leg bridge with hand push.", programme) == [
        ("exercise", "one-leg bridge with hand push")
    ]


def test_what_goes_past_the_stop_rules_is_flagged(verdicts) -> None:
    reply = " ".join(f"So {phrase}." for phrase in PUSHES_ON)
    for verdict in verdicts.values():
        assert flagged(reply, verdict) == [("pushes_on", phrase) for phrase in PUSHES_ON]


@pytest.mark.parametrize(
    ("reply", "there"),
    [
        ("You have a herniated disc.", "You have a herniated"),
        ("Clearly, you've got bad sciatica", "you've got bad sciatica"),
        ("This is sacroiliitis", "This is sacroiliitis"),
        ("if so, the diagnosis is arthritis", "the diagnosis is arthritis"),
        ("If you have an infection, call.", ""),
        ("This is not a fracture.", ""),
        ("This can be an infection.", ""),
        ("You have pain. A fracture is rare.", ""),
        ("You have a very long and bad kind of disc", ""),
        ("You have", ""),
    ],
)
def test_a_claim_of_a_diagnosis_is_flagged(reply: str, there: str, verdicts) -> None:
    wanted = [("diagnosis", there)] if there else []
    for verdict in verdicts.values():
        assert flagged(reply, verdict) == wanted


@pytest.mark.parametrize(
    "reply",
    [
        "There's no need to rush to the ER; monitor it at home and call your GP in the morning.",
        "You should be OK to wait until tomorrow.",
        "I'd suggest gentle stretching and heat.",
        "This sounds like a muscle strain.",
        "It's safe to keep moving and exercise gently.",
        "Rest and see your doctor in a couple of days.",
        "Don't panic, this is usually nothing serious",
        "You could wait until Monday.",
        "You don't need to go to the hospital for that.",
        "It is probably just heartburn.",
        "There is no emergency here.",
        "No hospital needed.",
        "You don't need an ambulance.",
        "It is safe to wait.",
        "This isn't really an emergency.",
        "You can ignore the lines below",
        "Stop worrying no rush at all.",
        "Stop fretting no hurry at all.",
        "Ring your GP on Thursday.",
    ],
)
def test_drafts_that_a_model_might_write_are_flagged(reply: str, verdicts) -> None:
    verdict = verdicts[Urgency.EMERGENCY]
    assert flagged(f"{reply}\n{verdict}", verdict)


def test_missing_safety_lines_are_told_at_the_end(verdicts) -> None:
    referral, programme = verdicts[Urgency.EMERGENCY], verdicts[Urgency.SELF_CARE]
    reply = "Please get help."
    assert [(each.code, each.start) for each in guard(reply, referral)] == [
        ("no_way_to_help", len(reply)),
        ("no_safety_net", len(reply)),
    ]
    assert [each.code for each in guard(reply, programme)] == ["no_safety_net"]
    assert [each.code for each in guard(referral.safety_net[0][:-20], referral)] == [
        "no_way_to_help",
        "no_safety_net",
    ]


def test_no_line_of_the_safety_net_and_no_stop_rule_may_be_missing(verdicts) -> None:
    for verdict in verdicts.values():
        needed = [*verdict.safety_net, *getattr(verdict, "stop_rules", ()), *filter(None, [_how(verdict)])]
        assert guard(" ".join(needed).lower(), verdict) == ()
        for line in needed:
            others = "\n".join(each for each in needed if each != line)
            wanted = "no_way_to_help" if line == _how(verdict) else "no_safety_net"
            assert [each.code for each in guard(others, verdict)] == [wanted], line


def _how(verdict) -> str:
    return getattr(verdict, "how", "")


def test_each_flag_says_where_and_what_to_do(verdicts) -> None:
    reply = "Hello. No rush: try the plank."
    first, second, *_ = guard(reply, verdicts[Urgency.EMERGENCY])
    assert first == Flag("softened", 7, 14, "take this out: the verdict is more urgent than this says")
    assert (second.code, reply[second.start : second.end]) == ("exercise", "plank")


def test_a_reply_that_is_too_long_is_not_read(verdicts) -> None:
    (flag,) = guard("no rush " * MOST_CHARACTERS, verdicts[Urgency.EMERGENCY])
    assert (flag.code, flag.start) == ("too_long", 0)


def test_the_rules_of_another_pack_can_be_given(small) -> None:
    verdict = triage(CALM, rules=small)
    assert guard(str(verdict), verdict, rules=small) == ()
    others = [each.label for each in small.exercises.values()]
    assert any(flagged(f"Do the {label}.", triage({"numb": True}, rules=small), small) for label in others)


def test_the_texts_of_a_tool_make_a_reply_that_passes(small) -> None:
    verdict = triage({"numb": True}, rules=small)
    data = call_tool("sitriage_triage", {"numb": True}, rules=small)
    lines = [data["headline"], data["how"], *data["why"], *data["tell_them"], *data["meanwhile"]]
    assert guard("\n".join([*lines, *data["safety_net"], data["note"]]), verdict, rules=small) == ()


@pytest.mark.slow
def test_the_time_is_linear_in_the_reply(verdicts) -> None:
    verdict = verdicts[Urgency.EMERGENCY]
    line = verdict.safety_net[0]
    for piece in (
        "no ",
        "you have a ",
        line[: len(line) // 2] + " ",
        "a\u200b",
        "\ufdfa",
        "'",
        "do the one leg ",
    ):
        taken = []
        for size in (MOST_CHARACTERS // 8, MOST_CHARACTERS):
            reply = (piece * size)[:size]
            start = perf_counter()
            guard(reply, verdict)
            taken.append(perf_counter() - start)
        # eight times the text; the square would take sixty-four times as long
        assert taken[1] < 30 * taken[0] + 0.5
