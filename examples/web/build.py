"""Builds the page as one static folder: `python examples/web/build.py OUT`. Needs pip and npm."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
PAGE = ("index.html", "icon.svg", "page.css", "page.js", "worker.js", "chat.py")
PYODIDE = "pyodide@314.0.7"
PYODIDE_SHA256 = "66b7949e5a0cba2250b586d7e368bf12fb482800748d182c4618254b685ffaa0"
RUNTIME = (
    "pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json",
    "package.json", "README.md",
)  # fmt: skip


def build(out: Path) -> None:
    """Fills a folder with all that the page needs: nothing is fetched from elsewhere later."""
    out.mkdir(parents=True, exist_ok=True)
    for name in PAGE:
        shutil.copy(HERE / name, out)
    with tempfile.TemporaryDirectory() as work:
        _wheels(out, Path(work))
        _pyodide(out / "pyodide", Path(work))


def _wheels(out: Path, work: Path) -> None:
    """The library and what it needs, as wheels that run anywhere."""
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--wheel-dir", str(work)]
    subprocess.run([*pip, str(HERE.parent.parent)], check=True)
    wheels = sorted(work.glob("*.whl"))
    if compiled := [each.name for each in wheels if not each.name.endswith("-none-any.whl")]:
        raise SystemExit(f"these do not run in a browser: {', '.join(compiled)}")
    shutil.rmtree(out / "wheels", ignore_errors=True)
    (out / "wheels").mkdir()
    for each in wheels:
        shutil.copy(each, out / "wheels")
    (out / "wheels.json").write_text(json.dumps([each.name for each in wheels]), encoding="utf-8")


def _pyodide(out: Path, work: Path) -> None:
    """Python for the browser, checked against the release that the tests ran with."""
    subprocess.run(["npm", "pack", "--silent", "--pack-destination", str(work), PYODIDE], check=True)
    (packed,) = work.glob("*.tgz")
    if hashlib.sha256(packed.read_bytes()).hexdigest() != PYODIDE_SHA256:
        raise SystemExit(f"{PYODIDE} is not the release that was tested")
    out.mkdir(exist_ok=True)
    with tarfile.open(packed) as archive:
        for name in RUNTIME:
            (out / name).write_bytes(archive.extractfile(f"package/{name}").read())


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    build(Path(sys.argv[1]))
