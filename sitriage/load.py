"""Rule files to a `Ruleset`: whole or not at all, with every fault of every file at once."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

import attrs

from sitriage.caps import FAULTS, FILE_BYTES, text_fault, value_fault
from sitriage.check import problems
from sitriage.errors import Fault, RulesError, did_you_mean
from sitriage.expand import expanded
from sitriage.folder import read_folder
from sitriage.lines import Lines
from sitriage.model import (
    Cell,
    Column,
    Contradiction,
    Definition,
    Exercise,
    Finding,
    Group,
    Implication,
    Manifest,
    Node,
    NotApplicable,
    ProgrammeRule,
    RedFlag,
    Ruleset,
    Settings,
)
from sitriage.poses import Poses
from sitriage.problem import Problem
from sitriage.promises import (
    ApartPromise,
    DosePromise,
    LeafPromise,
    LimitPromise,
    SidePromise,
    UrgencyPromise,
)
from sitriage.rule import Fact, Omission, Review, Rule, SignedChange, Source
from sitriage.structure import faults_of, strict_converter
from sitriage.verdict import Contact
from sitriage.wording import Activity, AdjunctRule, Advice, Cause, StopRule, Texts, Unwatched, Watch

__all__ = ["FOLDERS", "LISTS", "SINGLES", "TABLES", "read_folder", "ruleset_from"]

# one rule a file, the id is the stem
FOLDERS: Mapping[str, type] = MappingProxyType({
    "findings": Finding, "definitions": Definition, "red_flags": RedFlag, "gates": RedFlag,
    "columns": Column, "exercises": Exercise, "programmes": ProgrammeRule, "causes": Cause,
    "adjuncts": AdjunctRule, "poses": Poses,
})  # fmt: skip

# many entries a file: (key, class, name in the ruleset); the key is that of the [[array]]
LISTS: Mapping[str, tuple[tuple[str, type, str], ...]] = MappingProxyType(
    {
        "groups.toml": (("group", Group, "groups"),),
        "implications.toml": (
            ("implies", Implication, "implications"),
            ("not_applicable", NotApplicable, "not_applicable"),
        ),
        "contradictions.toml": (("contradiction", Contradiction, "contradictions"),),
        "tree/pattern.toml": (("node", Node, "pattern"),),
        "activities.toml": (("activity", Activity, "activities"),),
        "stop_rules.toml": (("stop", StopRule, "stop_rules"),),
        "contacts.toml": (("contact", Contact, "contacts"),),
        "not_encoded.toml": (("omission", Omission, "omissions"),),
        "advice.toml": (("advice", Advice, "advice"),),
        "watch.toml": (("watch", Watch, "watch"), ("unwatched", Unwatched, "unwatched")),
        "signed.toml": (("change", SignedChange, "signed"),),
        "promises/urgency.toml": (("urgency", UrgencyPromise, "promised_urgency"),),
        "promises/limits.toml": (("limit", LimitPromise, "promised_limits"),),
        "promises/doses.toml": (("dose", DosePromise, "promised_doses"),),
        "promises/sides.toml": (
            ("side", SidePromise, "promised_sides"),
            ("leaf", LeafPromise, "promised_leaves"),
            ("apart", ApartPromise, "promised_apart"),
        ),
    }
)

# one table an entry, the id is its name
TABLES: Mapping[str, tuple[type, str]] = MappingProxyType(
    {"sources.toml": (Source, "sources"), "facts.toml": (Fact, "facts")}
)

# one value a file
SINGLES: Mapping[str, tuple[type, str]] = MappingProxyType(
    {
        "manifest.toml": (Manifest, "manifest"),
        "settings.toml": (Settings, "settings"),
        "texts.toml": (Texts, "texts"),
    }
)


def ruleset_from(files: Mapping[str, bytes]) -> Ruleset:
    """Returns the ruleset in the files (relative name to bytes).

    Raises RulesError with every fault found; a ruleset with a fault does not exist.
    """
    loader = _Loader()
    for name in sorted(files):
        loader.read(name, files[name])
        loader.stop_if_too_many()
    loader.stop_if_faulty()
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{name}\0{len(files[name])}\0".encode() + files[name])
    draft = loader.ruleset(digest.hexdigest())
    for problem in problems(draft):
        loader.add(problem)
        loader.stop_if_too_many()
    loader.stop_if_faulty()
    return expanded(draft)


@cache
def _rules_converter() -> Any:
    """A strict converter that also reads a cell written as the bare name of a rung.

    Made once: cattrs writes code for each class, and no code is made while a later pack is read.
    """
    converter = strict_converter()
    table = converter.get_structure_hook(Cell)
    converter.register_structure_hook(
        Cell, lambda raw, kind: Cell(rung=raw) if isinstance(raw, str) else table(raw, kind)
    )
    return converter


@attrs.define
class _Loader:
    """Collects structured parts and faults, file by file."""

    parts: dict[str, Any] = attrs.field(factory=lambda: {each: {} for each in (*FOLDERS, "sources", "facts")})
    lines: dict[str, Lines] = attrs.field(factory=dict)
    faults: list[Fault] = attrs.field(factory=list)
    converter: Any = attrs.field(factory=_rules_converter)

    def add(self, problem: Problem) -> None:
        lines = self.lines.get(problem.file)
        line = f":{lines.of(problem.path, problem.mention)}" if lines is not None else ""
        self.faults.append(Fault(f"rules/{problem.file}{line}", problem.what))

    def stop_if_faulty(self) -> None:
        if self.faults:
            raise RulesError(sorted(set(self.faults))) from None

    def stop_if_too_many(self) -> None:
        if len(self.faults) >= FAULTS:
            kept = sorted(set(self.faults[:FAULTS]))
            raise RulesError([*kept, Fault("rules", f"has more faults; {FAULTS} are told at once")]) from None

    def read(self, name: str, data: bytes) -> None:
        raw = self._parse(name, data)
        if raw is not None:
            self.take(name, raw)

    def take(self, name: str, raw: dict[str, Any]) -> None:
        """Structures the tables of one file; what a JSON Schema can judge is judged here."""
        folder, _, stem = name.removesuffix(".toml").rpartition("/")
        if folder in FOLDERS:
            if "id" in raw:
                self.add(Problem(name, ("id",), "the file name is the id; leave `id` out"))
            levels = raw.get("level") if FOLDERS[folder] is RedFlag else ()
            for level in levels if isinstance(levels, list) else ():
                if isinstance(level, dict) and "id" in level:
                    self.add(Problem(name, ("level",), "a level gets its id from the flag and the urgency"))
                elif isinstance(level, dict):
                    level["id"] = f"{stem}:{level.get('urgency')}"
            self._keep(self.parts[folder], stem, name, (), raw | {"id": stem}, FOLDERS[folder])
        elif name in LISTS:
            self._lists(name, raw)
        elif name in SINGLES:
            kind, key = SINGLES[name]
            self._keep(self.parts, key, name, (), raw, kind)
        elif name in TABLES:
            kind, key = TABLES[name]
            for entry_id, entry in raw.items():
                if isinstance(entry, dict) and "id" in entry:
                    what = "the name of the table is the id; leave `id` out"
                    self.add(Problem(name, (entry_id, "id"), what))
                table = entry | {"id": entry_id} if isinstance(entry, dict) else entry
                self._keep(self.parts[key], entry_id, name, (entry_id,), table, kind)
        else:
            folders = [f"{each}/{stem}.toml" for each in FOLDERS]
            hint, _ = did_you_mean(name, [*LISTS, *SINGLES, *TABLES, *(folders if folder else ())])
            self.add(Problem(name, (), f"no rule file has this name{hint}"))

    def _parse(self, name: str, data: bytes) -> dict[str, Any] | None:
        if len(data) > FILE_BYTES:
            self.faults.append(Fault(f"rules/{name}", f"a rule file has at most {FILE_BYTES} bytes"))
            return None
        text = ""
        try:
            text = data.decode("utf-8")
            if (unfit := text_fault(text)) is not None:
                self.faults.append(Fault(f"rules/{name}:{unfit[0]}", unfit[1]))
                return None
            raw = tomllib.loads(text)
        except UnicodeDecodeError:
            self.faults.append(Fault(f"rules/{name}:1", "is not UTF-8 text"))
        except tomllib.TOMLDecodeError as error:
            what, _, place = str(error).partition(" (at ")
            line = re.search(r"line (\d+)", place)
            number = line[1] if line else str(text.count("\n") + 1)
            self.faults.append(Fault(f"rules/{name}:{number}", f"is not TOML: {what[:1].lower()}{what[1:]}"))
        except (RecursionError, ValueError):
            # a host may have set low limits for the depth of calls and the digits of numbers
            self.faults.append(Fault(f"rules/{name}:1", "holds a value that cannot be read here"))
        else:
            self.lines[name] = Lines(text)
            if (fault := value_fault(raw)) is None:
                return raw
            path, what = fault
            self.add(Problem(name, path, f"{_dotted(path)}: {what}" if path else what))
        return None

    def _lists(self, name: str, raw: dict[str, Any]) -> None:
        known = {key: (kind, target) for key, kind, target in LISTS[name]}
        rules_inside = any(issubclass(kind, Rule) for kind, _ in known.values())
        shared = self._shared_review(name, raw.pop("review")) if rules_inside and "review" in raw else {}
        for key in raw:
            if key not in known:
                hint, _ = did_you_mean(key, known)
                self.add(Problem(name, (key,), f"unknown key `{key}`{hint}"))
        for key, (kind, target) in known.items():
            entries = raw.get(key, [])
            if not isinstance(entries, list):
                self.add(Problem(name, (key,), f"expected [[{key}]]"))
                continue
            kept: dict[int, Any] = {}
            reviewed = shared if issubclass(kind, Rule) else {}
            for index, entry in enumerate(entries):
                table = reviewed | entry if isinstance(entry, dict) else entry
                self._keep(kept, index, name, (key, index), table, kind)
            self.parts[target] = tuple(kept.values())

    def _shared_review(self, name: str, raw: Any) -> dict[str, Any]:
        """One review for every entry of a file of rules; a bad one is told once, not for each entry."""
        kept: dict[str, Any] = {}
        self._keep(kept, "review", name, ("review",), raw, Review)
        return {"review": raw if kept else {"status": "draft"}}

    def _keep(self, into: Any, key: Any, name: str, at: tuple[str | int, ...], raw: Any, kind: type) -> None:
        try:
            into[key] = self.converter.structure(raw, kind)
        except Exception as error:
            for path, what in faults_of(error):
                self.add(Problem(name, (*at, *path), f"{_dotted(path)}: {what}" if path else what))

    def ruleset(self, digest: str) -> Ruleset:
        """Returns the parts as a ruleset in which definitions are still names."""
        empty = {target: () for entries in LISTS.values() for _, _, target in entries}
        parts: dict[str, Any] = empty | self.parts
        for file, (_, key) in SINGLES.items():
            if key not in parts:
                self.faults.append(Fault(f"rules/{file}", "is missing"))
        for folder in ("findings", "exercises", "programmes", "sources"):
            if not parts[folder]:
                self.faults.append(Fault(f"rules/{folder}", "is missing or empty"))
        self.stop_if_faulty()
        return Ruleset(hash=digest, domains={}, forbidden=(), **parts)


def _dotted(path: tuple[str | int, ...]) -> str:
    return ".".join(str(part) for part in path)
