"""Evaluator and engine agree on other packs too: rules that the shipped pack has no use for."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from sitriage import load_rules
from tests import small_pack
from tests.independent.differ import Tally, compare
from tests.independent.evaluator import load
from tests.independent.people import Answers, Maker

ANKLE = Path(__file__).parent.parent.parent / "examples" / "ankle_rules"
TENDER: Answers = {"sore_ankle": "left", "days": 3}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    for name, text in small_pack.pack().items():
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(text)
    return tmp_path


def check(folder: Path, typical: Answers) -> None:
    pack, rules, tally = load(folder), load_rules(folder), Tally()
    maker = Maker(pack, 1, typical)
    for answers, fewer in islice(zip(maker.complete(), maker.partial(), strict=False), 300):
        compare(pack, rules, answers, ("decision",), tally)
        compare(pack, rules, fewer, ("call",), tally)
    assert not tally.differences, tally.examples
    assert set(tally.leaves) == set(pack.files["programmes"])


def test_on_the_small_pack(small: Path) -> None:
    check(small, small_pack.CALM)


@pytest.mark.checkout
def test_on_the_ankle_rules() -> None:
    check(ANKLE, TENDER)
