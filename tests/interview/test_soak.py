"""Long use does not grow the memory; `python -m tests.interview.soak` measures it with large numbers.

Each in a process of its own: what other tests gave back would hide a growth.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.interview.soak import MOST_GROWTH, SMALL_FORM

ROOT = Path(__file__).parent.parent.parent
KEEPS = """
from sitriage import Interview
from tests.interview.soak import growth
from tests.small_pack import small_rules

rules, kept = small_rules(), []
print(growth("kept", lambda times: kept.extend(Interview(rules=rules) for _ in range(times)), 4_500))
"""


def soaked(*arguments: str) -> tuple[int, list[float]]:
    """The exit code, and of each line the smaller of the two growths in bytes."""
    run = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, cwd=ROOT, check=False)
    grown = re.findall(r"process ([+-]\d+) KiB, objects ([+-][\d.]+) KiB", run.stdout)
    assert grown, run.stderr
    return run.returncode, [1024 * min(map(float, each)) for each in grown]


@pytest.mark.slow
def test_answers_and_whole_interviews_leave_nothing_behind() -> None:
    code, grown = soaked("-m", "tests.interview.soak", *map(str, SMALL_FORM))
    assert code == 0
    assert len(grown) == len(SMALL_FORM)


@pytest.mark.slow
def test_what_keeps_every_interview_is_found() -> None:
    code, grown = soaked("-c", KEEPS)
    assert code == 0
    # by the process and by its objects
    assert grown[0] > MOST_GROWTH
