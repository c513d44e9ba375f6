"""`python -m tests.mutation` mutates the modules named in `pyproject.toml` and tells what no test notices.

It works in the ignored folder `mutants`, afresh each time; `mutmut browse` shows what it left there.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.mutation.compare import compare, listed_in, mutant_of, statuses_in

HERE = Path(__file__).parent
ROOT = HERE.parent.parent


def mutmut(*args: str) -> str:
    """Returns what mutmut prints; not run as a module, since it imports itself under its own name."""
    command = [sys.executable, "-c", "from mutmut.__main__ import cli; cli()", *args]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stdout[-5000:] + done.stderr)
    return done.stdout


def main() -> int:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutmut"]
    modules = [name.removesuffix(".py").replace("/", ".") for name in settings["only_mutate"]]
    shutil.rmtree(ROOT / "mutants", ignore_errors=True)
    mutmut("run")
    statuses = statuses_in(mutmut("results", "--all", "true"))
    # also what timed out, was never reached or never run: only a test that fails kills
    unkilled = [
        mutant_of(name, mutmut("show", name)) for name, status in statuses.items() if status != "killed"
    ]
    listed = listed_in((HERE / "equivalent.toml").read_text(encoding="utf-8"))
    report = compare(modules, statuses, unkilled, listed)
    print(report)
    return 0 if report.fine else 1


if __name__ == "__main__":
    sys.exit(main())
