"""The kit: requests with the verdicts that every implementation of these rules must give. See README.md."""

from __future__ import annotations

import gzip
import json
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from sitriage import Ruleset
from tests.independent.differ import SHIPPED, Seen, expected
from tests.independent.evaluator import evaluate, load
from tests.independent.people import Maker

__all__ = ["EQUIVALENT", "FILE", "LEAST", "Kit", "Writer", "equivalents", "read_kit", "verdict_of"]

FILE = Path(__file__).parent / "kit.json.gz"
EQUIVALENT = Path(__file__).parent / "EQUIVALENT.toml"
LEAST = 20_000
DOSE = ("reps", "sets", "per_day", "hold_s", "rest_s", "effort_percent", "days_per_week")

Answers = dict[str, Any]


def verdict_of(seen: Seen) -> list[Any]:
    """Returns a verdict as the kit writes it: kind, urgency, see, provisional, prescriptions."""
    given = [
        [each["exercise"], each["rung"], str(each["side"])]
        + [each[d][k] for d in ("dose", "target") for k in DOSE]
        for each in seen.get("prescriptions", ())
    ]
    kind = "programme" if given else "referral"
    return [kind, str(seen["urgency"]), seen["see"], bool(seen["provisional"]), given]


@attrs.frozen
class Kit:
    """The kit as it was read; `requests` are whole answers with the place of their verdict."""

    data: Mapping[str, Any] = attrs.field(repr=False)

    @property
    def requests(self) -> Iterator[tuple[Answers, list[Any], list[int]]]:
        """Yields the answers of each request, its verdict, and the places of the mutants it kills."""
        for at in range(len(self.data["requests"])):
            yield self.request(at)

    def request(self, at: int) -> tuple[Answers, list[Any], list[int]]:
        """Returns the answers of one request, its verdict, and the places of the mutants it kills."""
        base, changed, left_out, verdict, kills = self.data["requests"][at]
        answers = {**self.data["bases"][base], **changed}
        kind, urgency, see, provisional, given = self.data["verdicts"][verdict]
        prescriptions = [self.data["prescriptions"][each] for each in given]
        kept = {name: answer for name, answer in answers.items() if name not in left_out}
        return kept, [kind, urgency, see, provisional, prescriptions], kills


def read_kit() -> Kit:
    return Kit(json.loads(gzip.decompress(FILE.read_bytes())))


def equivalents() -> dict[str, str]:
    """Returns the proof of every mutant that is listed as equivalent."""
    listed = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8"))
    return {name: proof for proof, names in listed["proof"].items() for name in names}


class Writer:
    """Gathers requests; equal ones are one. The verdicts are the evaluator's: the engine is asked after."""

    def __init__(self, rules: Ruleset, healthy: Answers) -> None:
        self.rules, self.pack = rules, load(SHIPPED, as_built=True)
        self.maker = Maker(self.pack, 11)
        self.bases = {"healthy": healthy, "typical": self.maker.typical}
        self.places: dict[str, int] = {}
        self.requests: list[list[Any]] = []
        self.tables: dict[str, dict[str, int]] = {"prescriptions": {}, "verdicts": {}}
        self.mutants: list[str] = []
        self.pairs: list[list[Any]] = []
        self.implied: list[str] = []

    def add(self, answers: Answers, kills: str = "") -> int:
        """Adds a request, and the mutant that it kills, and returns its place."""
        key = json.dumps(answers, sort_keys=True)
        if key not in self.places:
            self.places[key] = len(self.requests)
            self.requests.append([*self._changed(answers), self.place_of(self._expected(answers)), []])
        if kills:
            self.requests[self.places[key]][4].append(len(self.mutants))
            self.mutants.append(kills)
        return self.places[key]

    def fill(self) -> None:
        """Adds aimed people until there are enough."""
        for answers in self.maker.complete():
            if len(self.requests) >= LEAST:
                return
            self.add(answers)

    def write(self) -> int:
        """Writes the kit and returns its size."""
        tables = {name: [json.loads(each) for each in table] for name, table in self.tables.items()}
        about = {"pack": self.rules.version, "hash": self.rules.hash, "bases": self.bases}
        data = {
            **about,
            **tables,
            "mutants": self.mutants,
            "pairs": self.pairs,
            "implied": self.implied,
            "requests": self.requests,
        }
        text = json.dumps(data, separators=(",", ":"), sort_keys=True)
        # no time inside: the same rules make the same bytes
        FILE.write_bytes(gzip.compress(text.encode(), mtime=0))
        return FILE.stat().st_size

    def _changed(self, answers: Answers) -> tuple[str, Answers, list[str]]:
        """The base that is nearest, what is answered otherwise, and what is left out."""
        ways = []
        for name, base in self.bases.items():
            same = {key for key in base.keys() & answers.keys() if _alike(base[key], answers[key])}
            changed = {key: answers[key] for key in sorted(answers) if key not in same}
            ways.append((name, changed, sorted(base.keys() - answers.keys())))
        return min(ways, key=lambda way: len(way[1]) + len(way[2]))

    def place_of(self, verdict: list[Any]) -> int:
        """Returns the place of a verdict in its table."""
        *said, given = verdict
        return self._place("verdicts", [*said, [self._place("prescriptions", each) for each in given]])

    def _expected(self, answers: Answers) -> list[Any]:
        return verdict_of(expected(evaluate(self.pack, answers)))

    def _place(self, table: str, value: Any) -> int:
        return self.tables[table].setdefault(json.dumps(value), len(self.tables[table]))


def _alike(first: object, second: object) -> bool:
    # True equals 1 and is another answer
    return first == second and type(first) is type(second)
