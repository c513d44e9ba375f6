"""The public names with their signatures, read from the sources by griffe; a change must be deliberate.

`python -m tests.public_api` writes public_api.txt anew. Look at the difference: a line that goes or
changes breaks somebody's program.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import griffe

import sitriage

SNAPSHOT = Path(__file__).parent / "public_api.txt"

# the keys of these are findings, whose ids the rules answer for
GENERATED = {"Answers"}


def api_text() -> str:
    """Returns one line for each public name, and one below it for each of its parts."""
    # wherever it is installed: the package that the tests run against
    package = griffe.load("sitriage", search_paths=[Path(sitriage.__file__).parent.parent])
    lines: list[str] = []
    for place in ("", "connect", "testing"):
        module = package[place] if place else package
        for name in module.exports or ():
            lines += _lines(f"{module.path}.{name}", _found(module, str(name)))
    return "\n".join(lines) + "\n"


def _found(module: Any, name: str) -> Any:
    """The object behind a public name; `triage` is a function and the module it lives in."""
    found = module[name]
    found = found.final_target if found.is_alias else found
    return found[name] if found.is_module else found


def _lines(path: str, found: Any) -> Iterator[str]:
    if found.is_function:
        yield f"{path}{_signature(found)}"
    elif found.is_class:
        yield f"{path}({', '.join(str(base) for base in found.bases)})"
        for name, member in found.all_members.items() if found.name not in GENERATED else ():
            if not name.startswith("_"):
                yield f"  {_member(name, member)}"
    else:
        yield f"{path} = {found.value}"


def _member(name: str, member: Any) -> str:
    if member.is_function:
        return f"{name}{_signature(member)}"
    text = name + (f": {member.annotation}" if member.annotation else "")
    return text + (f" = {member.value}" if member.value else "")


def _signature(function: Any) -> str:
    return str(function.signature()).removeprefix(function.name)


if __name__ == "__main__":
    SNAPSHOT.write_text(api_text(), encoding="utf-8", newline="\n")
