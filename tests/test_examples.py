"""Every example runs as a user would run it, and says what it promises."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from sitriage import Interview, load_rules, none_of, triage

EXAMPLES = Path(__file__).parent.parent / "examples"


def run(name, given=""):
    done = subprocess.run(
        [sys.executable, str(EXAMPLES / name)],
        input=given,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_app_embedding_answers_json_with_json():
    """The sample person gets a programme as JSON."""
    status, reply = run("app_embedding.py", (EXAMPLES / "person.json").read_text()).splitlines()
    assert status == "200"
    assert json.loads(reply)["kind"] == "programme"


@pytest.mark.parametrize("body", ["", "[1]", '{"fever": "no"}', '{"fevr": true}'])
def test_app_embedding_refuses_what_cannot_be_read(body):
    """Unreadable answers are a 400 with reasons, not a traceback."""
    status, reply = run("app_embedding.py", body).splitlines()
    assert status == "400"
    assert json.loads(reply)["error"]


def test_app_embedding_leaves_quietly_when_its_reader_goes():
    """No traceback where the reader of the pipe has gone before the reply."""
    command = [sys.executable, str(EXAMPLES / "app_embedding.py")]
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    with subprocess.Popen(command, **pipes) as process:
        process.stdout.close()
        process.stdin.write((EXAMPLES / "person.json").read_bytes())
        process.stdin.close()
        assert b"Traceback" not in process.stderr.read()


def test_many_people_shows_each_kind_of_verdict():
    """The loop prints self-care, referrals and a provisional one."""
    printed = run("many_people.py")
    assert "an ache on the left, nothing else: self_care: pelvic_tilt, knee_to_chest, bridge" in printed
    assert "the same with a fever: same_day" in printed
    assert "not asked about the bladder: routine: see a physiotherapist; ask urinary_retention" in printed


def test_another_region_needs_no_change_of_the_engine():
    """A pack for the ankle loads and decides with its own words and sides."""
    lines = run("another_region.py").splitlines()
    assert lines == [
        "ankle_circles full each",
        "towel_pull full right",
        "left out: one_leg_stand - While your ankle is swollen, standing exercises wait.",
        "same_day If you cannot take four steps, a bone may be broken.",
    ]


def test_the_pack_for_the_ankle_speaks_of_no_back():
    """Every text that a person with a sore ankle reads is about an ankle."""
    words = re.compile(r"\b(base of|buttock|lower back|back pain|bladder|between (your|the) (legs|knees))")
    for file in (EXAMPLES / "ankle_rules").rglob("*.toml"):
        assert not words.search(file.read_text(encoding="utf-8")), file.name
    for days in (1, 10):
        for swollen in (True, False):
            person = {"sore_ankle": "left", "days": days, "cannot_take_four_steps": False, "numb_foot": False}
            text = triage(
                person | {"swollen_ankle": swollen}, rules=load_rules(EXAMPLES / "ankle_rules")
            ).text()
            assert ("One-leg stand. While your ankle is swollen" in " ".join(text.split())) == swollen


def test_typed_answers_say_what_to_do():
    """Unsure about a fever counts as a fever."""
    assert run("typed_answers.py") == "same_day: urgent_care\n"


WELL = none_of(*(group.id for group in load_rules().groups)) | {
    "age": 40, "sex": "female", "age_at_onset": 40, "si_region_pain": True, "pain_side": "left",
    "pain_severity": 3, "duration_days": 6,
}  # fmt: skip


def typed(person):
    """What somebody types at each question, of a form only the first; and all answers that were asked for."""
    interview, lines = Interview(), []
    while (question := interview.question) is not None:
        asked = question.parts if question.parts[0].kind == "yes_no" else question.parts[:1]
        said = {part.id: person[part.id] for part in asked}
        if len(asked) > 1:
            marks = {True: "", "unsure": "?"}
            line = " ".join(f"{at}{marks[each]}" for at, each in enumerate(said.values(), 1) if each) or "n"
        elif asked[0].kind == "choice":
            line = str([answer for answer, _ in asked[0].choices].index(person[asked[0].id]) + 1)
        else:
            answer = str(person[asked[0].id])
            line = {"True": "y", "False": "n", "unsure": "?"}.get(answer, answer)
        lines.append(line)
        interview = interview.answer(said)
    return lines, dict(interview.answers)


@pytest.mark.parametrize(
    "more", [{}, {"fever": True}, {"pain_side": "unsure"}, {"age": "unsure"}, {"urinary_retention": "unsure"}]
)
def test_terminal_loop_asks_until_the_verdict(more):
    """Whoever types through it reads the verdict that one call gives."""
    lines, said = typed(WELL | more)
    printed = run("terminal_loop.py", "\n".join(lines))
    assert printed.endswith(f"{triage(said)}\n")
    assert triage(WELL | more).headline in printed
    assert "That cannot be read" not in printed


def test_terminal_loop_goes_back_says_why_and_refuses():
    """Back takes an answer away, an unreadable line changes nothing, and the end of input ends it."""
    (first, *_), _ = typed(WELL)
    printed = run("terminal_loop.py", f"why\nmaybe\n1 99\n{first}\nback\n1")
    assert printed.count("That cannot be read.") == 2
    assert Interview().question.why in printed
    emergency = Interview().question.items[0]
    assert printed.endswith(f"{triage(Interview().question.none | {emergency: True})}\n")
    assert run("terminal_loop.py", "").endswith(f"{triage({})}\n")
    assert run("terminal_loop.py", "\n").endswith(f"{triage({})}\n")
