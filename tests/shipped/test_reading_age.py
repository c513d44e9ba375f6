"""Every text that a patient reads is plain: at most grade 7 by Flesch and Kincaid, for a child of twelve.

A text is what is read together: a question with its help, the steps of a form. As Flesch counted, a colon or
a semicolon ends a sentence. Names that a patient was told, or needs to be told, count as one plain word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs
import pytest

from sitriage.model import Ruleset
from sitriage.show.handout.programme import TICK, WRITE
from sitriage.show.handout.referral import MADE, SHOW
from sitriage.show.html import card

textstat = pytest.importorskip("textstat", reason="it is in tests/requirements.txt")

GRADE = 7
# what cannot be said otherwise, and why it may stand
NAMES = {
    "names of illnesses that somebody was told they have": """osteoporosis arthritis rheumatoid psoriatic
        reactive psoriasis spondylitis spondyloarthritis ankylosing axial inflammation inflammatory
        tuberculosis epilepsy concussion infection infections diabetes""",
    "names of what was done to somebody": """epidural radiotherapy acupuncture operation operations medicine
        medicines anti-inflammatory""",
    "whom to see, and where": """physiotherapist professional rheumatology maternity
        emergency""",
    "parts of the body that have no shorter proper name": "bladder pelvis pelvic vagina testicle",
    "what all of this is about": "exercise exercises exercising pregnancy pregnant position",
}
PLAIN = re.compile(
    rf"\b({'|'.join(sorted(' '.join(NAMES.values()).split(), key=len, reverse=True))})\b", re.I
)


def grade(text: str) -> float:
    """The school year in which most can read a text."""
    ended = re.sub(r"\n- |[;:]", ". ", text)
    return float(textstat.flesch_kincaid_grade(PLAIN.sub("word", re.sub(r"\{\w+\}", "Call them.", ended))))


def patient_texts(rules: Ruleset) -> Iterator[tuple[str, str]]:
    """Where a text stands, and the text."""
    for finding in rules.findings.values():
        yield f"findings/{finding.id}", f"{finding.question} {finding.help}"
    for group in rules.groups:
        yield f"groups/{group.id}", f"{group.ask} {group.why}"
    for flag in rules.gated:
        yield f"red_flags/{flag.id}", " ".join([flag.because, flag.tell_them, *flag.meanwhile])
    for exercise in rules.exercises.values():
        yield f"exercises/{exercise.id}", exercise.because
        for name, rung in exercise.rung.items():
            yield f"exercises/{exercise.id}.{name}", " ".join(rung.steps)
            yield f"exercises/{exercise.id}.{name}.each", " ".join(rung.steps_each)
    for column in rules.columns.values():
        yield f"columns/{column.id}", column.because
    for cause in rules.causes.values():
        yield f"causes/{cause.id}", f"{cause.because} {cause.does}"
    for adjunct in rules.adjuncts.values():
        yield f"adjuncts/{adjunct.id}", " ".join([adjunct.because, adjunct.says, *adjunct.steps])
    for programme in rules.programmes.values():
        yield f"programmes/{programme.id}", programme.because
    for activity in rules.activities:
        yield f"activities/{activity.id}", f"{activity.label}. {activity.because}"
    for each in (*rules.stop_rules, *rules.watch, *rules.advice):
        yield f"says/{each.id}", each.says
    for contradiction in rules.contradictions:
        yield f"contradictions/{contradiction.id}", contradiction.because
    for contact in rules.contacts:
        yield from (
            (f"contacts/{contact.region}.{name}", text)
            for name, text in attrs.asdict(contact).items()
            if name != "region"
        )
    yield from fixed_texts(rules)


def fixed_texts(rules: Ruleset) -> Iterator[tuple[str, str]]:
    """The sentences of texts.toml, each of which stands alone, and those of a card and a handout."""
    for name, value in attrs.asdict(rules.texts, recurse=False).items():
        lists = value.values() if hasattr(value, "values") else [value]
        for number, each in enumerate(lists):
            for text in (each,) if isinstance(each, str) else each:
                yield f"texts/{name}.{number}", text
    yield "a card", card.NO_PICTURES
    for text in (TICK, WRITE, SHOW, MADE):
        yield "a handout", text


def offenders(rules: Ruleset) -> list[str]:
    """The texts that are too hard, with their grade."""
    graded = ((grade(text), where, text) for where, text in patient_texts(rules) if text.strip())
    return [f"{each:.1f} {where}: {text}" for each, where, text in graded if each > GRADE]


def test_every_text_that_a_patient_reads_is_plain(rules: Ruleset) -> None:
    assert offenders(rules) == []


def test_every_text_of_the_rules_is_looked_at(rules: Ruleset) -> None:
    texts = [text for _, text in patient_texts(rules)]
    assert len(texts) > 600
    read = " ".join(texts)
    assert all(flag.because in read and flag.tell_them in read for flag in rules.gated)
    assert all(
        line in read for line in (*rules.texts.safety_net, *rules.texts.review, rules.texts.provisional)
    )


def test_a_planted_hard_text_is_found(rules: Ruleset) -> None:
    hard = "Exacerbation of lumbosacral symptomatology necessitates immediate multidisciplinary evaluation."
    planted = attrs.evolve(rules, texts=attrs.evolve(rules.texts, provisional=hard))
    (found,) = offenders(planted)
    assert hard in found


def test_every_name_that_is_let_off_is_used(rules: Ruleset) -> None:
    read = " ".join(text for _, text in patient_texts(rules)).lower()
    words = set(re.findall(r"[a-z]+(?:-[a-z]+)*", read))
    assert [name for name in " ".join(NAMES.values()).split() if name not in words] == []
