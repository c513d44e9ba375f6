"""What is built and how it is installed: wheel, sdist, editable, zip; and in each the same verdict.

Takes minutes and a package index, so it runs in `.ci/run` (`pytest tests/packaging -m packaging`).
"""

from __future__ import annotations

import email
import hashlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
pytestmark = [pytest.mark.checkout, pytest.mark.packaging]

# one person, one line: urgency and the exercises in order
ASK = """
import json, sys
from sitriage import triage, load_rules
people = json.load(open(sys.argv[1]))
for answers in people:
    verdict = triage(answers)
    print(verdict.urgency, [each.exercise for each in getattr(verdict, "prescriptions", ())])
print(load_rules().hash)
"""


def run(*command: object, cwd: Path | None = None, **env: str) -> str:
    clean = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "PYTHONHOME")}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=clean | env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def build(into: Path, *options: str) -> Path:
    """Builds from a copy without git, so that only what the files say counts."""
    source = into / "source"
    ignored = shutil.ignore_patterns(
        ".git", ".venv*", "__pycache__", "*.egg-info", ".hypothesis", ".*_cache", "dist"
    )
    shutil.copytree(ROOT, source, ignore=ignored)
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", into / "dist", *options, source)
    return into / "dist"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("build"))


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    (found,) = built.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def sdist(built: Path) -> Path:
    (found,) = built.glob("*.tar.gz")
    return found


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of three people: a programme, a referral, nothing asked."""
    import json

    from tests.shipped.calm import CALM

    file = tmp_path_factory.mktemp("people") / "people.json"
    file.write_text(json.dumps([CALM, CALM | {"fever": True}, {}]))
    return file


@pytest.fixture(scope="module")
def expected(people: Path) -> str:
    return run(sys.executable, "-c", ASK, people, cwd=ROOT)


def venv(where: Path, *install: object) -> Path:
    run(sys.executable, "-m", "venv", where)
    run(where / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", *install)
    return where / "bin" / "python"


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_two_builds_are_one(wheel: Path, sdist: Path, tmp_path: Path) -> None:
    again = build(tmp_path)
    assert digest(again / wheel.name) == digest(wheel)
    assert digest(again / sdist.name) == digest(sdist)


def test_a_changed_source_is_another_wheel(wheel: Path, tmp_path: Path) -> None:
    """The comparison can fail: one byte more in one rule."""
    assert digest(wheel) != hashlib.sha256(wheel.read_bytes() + b" ").hexdigest()
    with zipfile.ZipFile(wheel) as one:
        names = set(one.namelist())
    rules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "rules").rglob("*.toml")}
    assert {f"sitriage/{name}" for name in rules} <= names


def test_the_wheel_requires_exactly_attrs_and_cattrs(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (metadata,) = [name for name in archive.namelist() if name.endswith("METADATA")]
        message = email.message_from_bytes(archive.read(metadata))
    requires = message.get_all("Requires-Dist") or []
    plain = [each for each in requires if "extra ==" not in each]
    assert sorted(re.match(r"[a-z]+", each)[0] for each in plain) == ["attrs", "cattrs"]  # type: ignore[index]
    assert message["Requires-Python"] == ">=3.11"


def test_the_wheel_is_pure_and_holds_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert wheel.name.endswith("py3-none-any.whl")
    assert not [name for name in names if name.endswith((".so", ".pyd", ".pth", ".pyc"))]
    assert {name.partition("/")[0] for name in names} == {
        "sitriage",
        f"{wheel.name.partition('-py3')[0]}.dist-info",
    }
    assert "sitriage/py.typed" in names


def test_the_wheel_installed(wheel: Path, people: Path, expected: str, tmp_path: Path) -> None:
    python = venv(tmp_path / "venv", wheel)
    assert run(python, "-c", ASK, people, cwd=tmp_path) == expected
    installed = run(tmp_path / "venv" / "bin" / "pip", "list", "--format=freeze")
    names = {line.partition("==")[0] for line in installed.split()} - {"pip", "setuptools"}
    assert names == {"attrs", "cattrs", "typing_extensions", "sitriage"}


def test_the_wheel_on_a_read_only_system_without_home(
    wheel: Path, people: Path, expected: str, tmp_path: Path
) -> None:
    python = venv(tmp_path / "venv", wheel)
    package = Path(run(python, "-c", "import sitriage; print(sitriage.__path__[0])").strip())
    for path in [*package.rglob("*"), package]:
        path.chmod(path.stat().st_mode & ~0o222)
    before = sorted(path.name for path in package.rglob("*"))
    home = {"HOME": "/nonexistent", "TMPDIR": "/nonexistent", "XDG_CACHE_HOME": "/nonexistent"}
    # root may write anywhere; so no byte code may be tried either
    told = run(python, "-B", "-c", ASK, people, cwd=Path("/"), **home)
    assert told == expected
    assert sorted(path.name for path in package.rglob("*")) == before
    for path in [package, *package.rglob("*")]:
        path.chmod(path.stat().st_mode | 0o200)


def test_the_sdist_installed(sdist: Path, people: Path, expected: str, tmp_path: Path) -> None:
    python = venv(tmp_path / "venv", sdist)
    assert run(python, "-c", ASK, people, cwd=tmp_path) == expected


def test_an_editable_checkout(people: Path, expected: str, tmp_path: Path) -> None:
    ignored = shutil.ignore_patterns(".git", ".venv*", "__pycache__", "*.egg-info")
    shutil.copytree(ROOT, tmp_path / "checkout", ignore=ignored)
    python = venv(tmp_path / "venv", "-e", tmp_path / "checkout")
    assert run(python, "-c", ASK, people, cwd=tmp_path) == expected
    assert run(python, "-c", "import sitriage; print(sitriage.__file__)", cwd=tmp_path).startswith(
        str(tmp_path / "checkout")
    )


def test_a_zip_on_the_path(wheel: Path, people: Path, expected: str, tmp_path: Path) -> None:
    """A wheel is a zip: imported from where it lies, rules and all."""
    python = venv(tmp_path / "venv", "attrs", "cattrs")
    assert run(python, "-c", ASK, people, cwd=tmp_path, PYTHONPATH=str(wheel)) == expected


def test_the_lowest_versions_that_are_allowed(
    wheel: Path, people: Path, expected: str, tmp_path: Path
) -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    declared = re.search(r"^dependencies = \[(.*)\]$", text, re.M)
    assert declared
    lowest = [
        f"{name}=={version}" + ("" if version.count(".") > 1 else ".0")
        for name, version in re.findall(r'"([a-z]+)>=([0-9.]+)"', declared[1])
    ]
    assert len(lowest) == 2
    python = venv(tmp_path / "venv", wheel, *lowest)
    assert run(python, "-c", ASK, people, cwd=tmp_path) == expected


def test_the_hashes_of_what_it_runs_on(wheel: Path, people: Path, expected: str, tmp_path: Path) -> None:
    """`.ci/runtime.txt` pins by hash and names no host."""
    pinned = ROOT / ".ci" / "runtime.txt"
    text = pinned.read_text(encoding="utf-8")
    assert "--hash=sha256:" in text
    assert "://" not in text
    python = venv(tmp_path / "venv", "--require-hashes", "-r", pinned)
    run(tmp_path / "venv" / "bin" / "pip", "install", "--quiet", "--no-deps", wheel)
    assert run(python, "-c", ASK, people, cwd=tmp_path) == expected
