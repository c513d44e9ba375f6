"""For test_interrupted.py: strikes the very first call of a fresh process, then asks again."""

from __future__ import annotations

import sys
from pathlib import Path
from types import FrameType

import sitriage

PACKAGE = str(Path(sitriage.__file__).parent)


def strike(at: int) -> int:
    """Returns 0 if the call after a KeyboardInterrupt at a step is right."""
    left = at

    def trace(frame: FrameType, event: str, _: object) -> object:
        nonlocal left
        if not frame.f_code.co_filename.startswith(PACKAGE):
            return None
        if event == "line":
            left -= 1
            if left == 0:
                raise KeyboardInterrupt
        return trace

    sys.settrace(trace)
    try:
        sitriage.triage({"saddle_numbness": True})
    except KeyboardInterrupt:
        pass
    finally:
        sys.settrace(None)
    verdict = sitriage.triage({"saddle_numbness": True})
    right = verdict.urgency == "emergency" and bool(verdict.reasons)
    return 0 if right and len(sitriage.load_rules().findings) > 100 else 1
