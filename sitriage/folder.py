"""The files of a folder of rules: read with bounds, by plain names, and from nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources.abc import Traversable
from itertools import islice
from pathlib import Path

from sitriage.caps import FILE_BYTES, PACK_BYTES, PACK_FILES, is_file_name
from sitriage.errors import Fault, RulesError

__all__ = ["read_folder"]


def read_folder(root: Traversable, *, trusted: bool = False) -> dict[str, bytes]:
    """Returns the TOML files of a folder of rules and the folders in it, by relative name.

    Links are refused unless the folder is `trusted`: some installers link the shipped rules in place.
    """
    if not _is_folder(root):
        raise RulesError([Fault(_shown(root.name), "is not a folder of rules")])
    files: dict[str, bytes] = {}
    faults: list[Fault] = []
    left = PACK_BYTES
    for name, entry in _walk(root, "", trusted, faults):
        if not is_file_name(entry.name):
            faults.append(
                Fault(
                    _shown(f"rules/{name}"),
                    "is not a rule file: its name is letters, digits, `_` and `.toml`",
                )
            )
            continue
        if len(files) >= PACK_FILES or left < 0:
            limit = f"{PACK_FILES} files" if left >= 0 else f"{PACK_BYTES} bytes"
            faults.append(Fault(f"rules/{name}", f"a pack has at most {limit}"))
            break
        try:
            # one byte more than allowed shows that a file is too large
            with entry.open("rb") as file:
                files[name] = file.read(FILE_BYTES + 1)
            left -= len(files[name])
        except OSError:
            faults.append(Fault(f"rules/{name}", "cannot be read"))
    faults += _alike(files)
    if faults:
        raise RulesError(faults)
    return files


def _walk(
    folder: Traversable, prefix: str, trusted: bool, faults: list[Fault]
) -> Iterator[tuple[str, Traversable]]:
    # bounded before sorting; folders and notes count too
    try:
        entries = list(islice(folder.iterdir(), 2 * PACK_FILES))
    except OSError:
        faults.append(Fault(_shown(f"rules/{prefix}"), "cannot be read"))
        return
    for entry in sorted(entries, key=lambda each: each.name):
        name = f"{prefix}{entry.name}"
        if not trusted and isinstance(entry, Path) and entry.is_symlink():
            faults.append(Fault(_shown(f"rules/{name}"), "is a link; put the file itself there"))
        elif entry.is_dir():
            if prefix:
                faults.append(
                    Fault(_shown(f"rules/{name}"), "is a folder within a folder; rules go one folder deep")
                )
            else:
                yield from _walk(entry, f"{name}/", trusted, faults)
        elif entry.name.endswith(".md"):
            continue
        elif entry.is_file():
            yield name, entry
        else:
            # a pipe or a device would be waited for without end
            faults.append(Fault(_shown(f"rules/{name}"), "cannot be read"))


def _is_folder(root: Traversable) -> bool:
    try:
        return root.is_dir()
    except (OSError, ValueError):
        # a path that is too long, say
        return False


def _alike(files: dict[str, bytes]) -> Iterator[Fault]:
    """Names that are one file on systems that do not tell capital letters apart."""
    seen: dict[str, str] = {}
    for name in files:
        other = seen.setdefault(name.lower(), name)
        if other != name:
            yield Fault(f"rules/{name}", f"differs from `{other}` in capital letters only; rename one")


def _shown(name: str) -> str:
    """A name that is safe to print."""
    return name if name.isprintable() else ascii(name)
