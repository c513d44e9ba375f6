"""`python -m tests.faults.deep` runs the tests of this room with large numbers and prints their figures.

A million hostile answers, every line of the core interrupted, and hundreds of thousands of calls: about
half an hour. More arguments go to pytest.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main() -> None:
    """Replaces this process by pytest over this room."""
    os.environ.setdefault("SITRIAGE_HOSTILE", "1000000")
    room = str(Path(__file__).parent)
    arguments = ["-s", "--durations=15", room, *sys.argv[1:]]
    os.execv(sys.executable, [sys.executable, "-m", "pytest", *arguments])


if __name__ == "__main__":
    main()
