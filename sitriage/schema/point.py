"""The first line of a rule file that tells an editor where its schema lies."""

from __future__ import annotations

import os
from pathlib import Path

from sitriage.load import FOLDERS

__all__ = ["point_at"]

_MARK = "#:schema "


def point_at(rules: Path, schemas: Path) -> list[Path]:
    """Gives every rule file of a folder its `#:schema` line and returns the files that changed."""
    changed = []
    for path in sorted(rules.rglob("*.toml")):
        folder = path.parent.name if path.parent != rules else ""
        schema = schemas / f"{folder if folder in FOLDERS else path.stem}.json"
        if not schema.is_file():
            # no kind of rule file; `sitriage check` says so
            continue
        text = path.read_bytes().decode("utf-8")
        first, _, rest = text.partition("\n")
        link = Path(os.path.relpath(schema, path.parent)).as_posix()
        pointed = f"{_MARK}{link}\n" + (rest if first.startswith(_MARK) else text)
        if pointed != text:
            path.write_bytes(pointed.encode())
            changed.append(path)
    return changed
