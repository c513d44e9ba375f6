"""F8: the same verdicts under every hash seed, locale, time zone, switch and version of Python.

F5: none of them depends on a clock. Locales: those that are installed; `SITRIAGE_LOCALES` names those
that must be. Versions: those that pyenv or the path have; what is not there is reported as skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import attr
import cattrs
import pytest

import sitriage

SCRIPT = Path(__file__).parent / "digest.py"
ROOT = Path(sitriage.__file__).parent.parent
LIBRARIES = {str(ROOT), *(str(Path(each.__file__).parent.parent) for each in (attr, cattrs))}
PROMISED = os.environ.get("SITRIAGE_LOCALES", "").split()
VERSIONS = ("3.11", "3.12", "3.13", "3.14")


def run(switches: tuple[str, ...] = (), python: str = sys.executable, *more: str, **changes: str) -> str:
    """What a fresh interpreter prints in changed surroundings."""
    usual = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(LIBRARIES),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    if "LOCPATH" in os.environ:
        usual["LOCPATH"] = os.environ["LOCPATH"]
    done = subprocess.run(
        [python, *switches, str(SCRIPT), *more],
        capture_output=True,
        text=True,
        timeout=300,
        env=usual | changes,
        cwd="/",
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stderr == ""
    return done.stdout.strip()


@cache
def usual() -> str:
    return run(PYTHONHASHSEED="0")


WAYS: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "seed 1": ((), {"PYTHONHASHSEED": "1"}),
    "seed 4711": ((), {"PYTHONHASHSEED": "4711"}),
    "seed random": ((), {"PYTHONHASHSEED": "random"}),
    "-O": (("-O",), {}),
    "-OO": (("-OO",), {}),
    "-W error": (("-W", "error"), {}),
    "-X dev": (("-X", "dev", "-W", "error"), {}),
    "-bb": (("-bb",), {}),
    "-s -P": (("-s", "-P"), {}),
    "no UTF-8 mode": ((), {"PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}),
    "UTF-8 mode": ((), {"PYTHONUTF8": "1", "PYTHONIOENCODING": "ascii"}),
    "few digits": ((), {"PYTHONINTMAXSTRDIGITS": "640"}),
    "debugging memory": ((), {"PYTHONMALLOC": "debug"}),
    "Kiritimati": ((), {"TZ": "Pacific/Kiritimati"}),
    "St. John's": ((), {"TZ": "America/St_Johns"}),
    "no such zone": ((), {"TZ": ":/nowhere"}),
    "no home": ((), {"HOME": "/nonexistent", "USER": "", "TMPDIR": "/nonexistent"}),
}


@pytest.mark.parametrize("way", sorted(WAYS))
def test_one_digest_in_all_surroundings(way: str) -> None:
    switches, changes = WAYS[way]
    assert run(switches, **changes) == usual()


def installed() -> list[str]:
    if not shutil.which("locale"):
        return []
    done = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False)
    return [name for name in done.stdout.split() if name not in ("C", "POSIX")]


def test_one_digest_in_all_locales() -> None:
    names = {*installed(), *PROMISED}
    if not names:
        pytest.skip("no locale is installed; set SITRIAGE_LOCALES after installing some")
    # digest.py sets the locale, so a promised one that is missing fails there
    with ThreadPoolExecutor(2) as pool:
        assert set(pool.map(lambda name: run(LC_ALL=name, LANG=name), sorted(names))) == {usual()}


def interpreter(version: str) -> str | None:
    known = sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python{version}"))
    return str(known[-1]) if known else shutil.which(f"python{version}")


@pytest.mark.parametrize("version", VERSIONS)
def test_one_digest_in_all_versions(version: str) -> None:
    python = interpreter(version)
    if python is None:
        pytest.skip(f"Python {version} is not installed here")
    # attrs and cattrs are pure Python, so that those beside this interpreter serve the others
    for switches in ((), ("-O",)):
        assert run(switches, python, PYTHONHASHSEED="7") == usual()


def test_a_naive_digest_fails_the_same_check() -> None:
    """Negative control: the order of a set, and a step inside an `assert`."""
    seeds = {run((), sys.executable, "naive", PYTHONHASHSEED=str(seed)) for seed in range(4)}
    assert len(seeds) > 1
    assert run((), sys.executable, "naive", PYTHONHASHSEED="0") != run(
        ("-O",), sys.executable, "naive", PYTHONHASHSEED="0"
    )
