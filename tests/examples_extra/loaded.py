"""A module of an example as its own program finds it: beside the modules of its folder."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

EXAMPLES = Path(__file__).parent.parent.parent / "examples"


def loaded(folder: str, name: str) -> ModuleType:
    """Returns the module of that name in a folder of the examples."""
    sys.path.insert(0, str(EXAMPLES / folder))
    try:
        return import_module(name)
    finally:
        sys.path.pop(0)
