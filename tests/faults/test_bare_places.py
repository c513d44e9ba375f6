"""F11: the core works with attrs and cattrs alone. F13: from a zip, read-only, without a home."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipapp
from pathlib import Path

import attr
import attrs
import cattr
import cattrs
import pytest
import typing_extensions

import sitriage
from sitriage.triage import load_rules

PACKAGE = Path(sitriage.__file__).parent
CODE = """
import sys
class Blocker:
    allowed = set(sys.stdlib_module_names)
    allowed |= {"sitriage", "attr", "attrs", "cattr", "cattrs", "typing_extensions"}
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] not in self.allowed:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Blocker())
written = []
def hook(event, args):
    if event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+"):
        written.append(str(args[0]))
    if event in ("os.mkdir", "os.rename", "os.remove", "socket.connect", "subprocess.Popen"):
        written.append(event)
sys.addaudithook(hook)
import sitriage, sitriage.__main__
verdict = sitriage.triage({"saddle_numbness": True})
assert verdict.urgency == "emergency" and "sitriage" in sys.modules
assert type(verdict).from_dict(verdict.to_dict()) == verdict and verdict.text("gb")
assert sitriage.__main__.main(["findings", "fever"]) == 0
assert sitriage.__main__.main(["check"]) == 0
assert written == [], written
print(sitriage.load_rules().hash)
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package, its rules, attrs and cattrs, and nothing else."""
    root = tmp_path_factory.mktemp("bare") / "lib"
    without = shutil.ignore_patterns("__pycache__")
    rules = PACKAGE / "rules" if (PACKAGE / "rules").is_dir() else PACKAGE.parent / "rules"
    shutil.copytree(PACKAGE, root / "sitriage", ignore=without)
    shutil.copytree(rules, root / "sitriage" / "rules", ignore=without, dirs_exist_ok=True)
    for each in (attr, attrs, cattr, cattrs):
        folder = Path(each.__file__).parent
        shutil.copytree(folder, root / folder.name, ignore=without)
    shutil.copy(typing_extensions.__file__, root)
    return root


def run(*arguments: str, path: Path | None, cwd: str = "/") -> subprocess.CompletedProcess[str]:
    env = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "TMPDIR": "/nonexistent"}
    if path is not None:
        env["PYTHONPATH"] = str(path)
    return subprocess.run(
        [sys.executable, "-S", "-s", "-B", "-W", "error", *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        env=env,
        cwd=cwd,
        input='{"saddle_numbness": true}',
    )


def test_attrs_and_cattrs_are_enough(place: Path) -> None:
    done = run("-c", CODE, path=place)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[-1] == load_rules().hash


@pytest.mark.parametrize("missing", ["attr", "cattrs"])
def test_without_one_of_them_the_message_names_it(place: Path, missing: str, tmp_path: Path) -> None:
    """Negative control of the test above too: the place really holds nothing but what it needs."""
    root = tmp_path / "lib"
    shutil.copytree(place, root)
    shutil.rmtree(root / missing)
    done = run("-c", CODE, path=root)
    assert done.returncode != 0
    assert f"No module named '{missing}" in done.stderr


def test_it_runs_from_a_zip(place: Path, tmp_path: Path) -> None:
    archive = tmp_path / "app.pyz"
    zipapp.create_archive(place, archive, main="sitriage.__main__:main")
    done = run("-c", CODE, path=archive)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[-1] == load_rules().hash
    done = run(str(archive), "triage", "-", path=None)
    assert done.returncode == 0, done.stderr
    assert "999" not in done.stdout
    assert done.stdout


def test_a_zip_without_rules_says_so(place: Path, tmp_path: Path) -> None:
    """Negative control: a packager that drops data files."""
    root = tmp_path / "lib"
    shutil.copytree(place, root)
    shutil.rmtree(root / "sitriage" / "rules")
    archive = tmp_path / "app.pyz"
    zipapp.create_archive(root, archive, main="sitriage.__main__:main")
    done = run(str(archive), "triage", "-", path=None)
    assert "is not a folder of rules" in done.stderr
    assert "Traceback" not in done.stderr


def test_it_runs_where_nothing_can_be_written(place: Path, tmp_path: Path) -> None:
    root = tmp_path / "lib"
    shutil.copytree(place, root)
    mounted = subprocess.run(
        [
            "unshare",
            "-rm",
            "sh",
            "-c",
            f'mount --bind "{root}" "{root}" && mount -o remount,ro,bind "{root}"',
        ],
        capture_output=True,
        check=False,
    )
    for folder, _, files in os.walk(root):
        for name in files:
            Path(folder, name).chmod(0o444)
        Path(folder).chmod(0o555)
    try:
        if mounted.returncode == 0:
            env = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "PYTHONPATH": str(root)}
            script = (
                f'mount --bind "{root}" "{root}" && mount -o remount,ro,bind "{root}" && cd "{root}" && '
                f'! touch new 2>/dev/null && exec "{sys.executable}" -S -s -W error -c "$0"'
            )
            done = subprocess.run(
                ["unshare", "-rm", "sh", "-c", script, CODE],
                capture_output=True,
                text=True,
                timeout=120,
                env=env | {"PYTHONDONTWRITEBYTECODE": "1"},
            )
        else:
            done = run("-c", CODE, path=root, cwd=str(root))
        assert done.returncode == 0, done.stderr
        assert done.stdout.split()[-1] == load_rules().hash
    finally:
        for folder, _, _ in os.walk(root):
            Path(folder).chmod(0o755)
