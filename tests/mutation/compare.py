"""What mutmut found, held against the list of equivalent mutants. It reads text and runs nothing."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping

import attrs

_STATUS = re.compile(r"^ *(\S+__mutmut_\d+): (.+)$", re.M)
_CHANGED = re.compile(r"^([-+])(?!--|\+\+) *(.*)$", re.M)


@attrs.frozen(order=True)
class Mutant:
    """One change of one function, known by its text: mutmut's numbers shift with every edit."""

    module: str
    function: str
    original: str
    mutated: str

    def __str__(self) -> str:
        sides = (("-", self.original), ("+", self.mutated))
        lines = [f"  {sign} {line}" for sign, text in sides for line in text.splitlines()]
        return "\n".join([f"{self.module}.{self.function}", *lines])


@attrs.frozen
class Report:
    """How many mutants each module has, and how many were killed; what is left and what is stale."""

    modules: Mapping[str, tuple[int, int]]
    equivalent: tuple[Mutant, ...]
    left: tuple[Mutant, ...]
    stale: tuple[Mutant, ...]

    @property
    def fine(self) -> bool:
        """Whether nothing is left, nothing is stale, and every module was mutated at all."""
        return not self.left and not self.stale and all(mutants for mutants, _ in self.modules.values())

    def __str__(self) -> str:
        rows = {
            module: (
                *counts,
                *(sum(each.module == module for each in some) for some in (self.equivalent, self.left)),
            )
            for module, counts in self.modules.items()
        }
        rows["all"] = tuple(map(sum, zip(*rows.values(), strict=True)))
        table = [_row("module", "mutants", "killed", "equivalent", "left")]
        table += [_row(name, *numbers) for name, numbers in rows.items()]
        told = [f"\nno test fails for {each}" for each in self.left]
        told += [f"\nlisted as equivalent, but no mutant that survives: {each}" for each in self.stale]
        return "\n".join(table + told)


def _row(name: str, *cells: object) -> str:
    return f"{name:<24}" + "".join(f"{each:>12}" for each in cells)


def statuses_in(results: str) -> dict[str, str]:
    """Returns the status of every mutant in what `mutmut results --all true` prints."""
    return dict(_STATUS.findall(results))


def mutant_of(name: str, diff: str) -> Mutant:
    """Returns the mutant of a name of mutmut's and the diff that `mutmut show` prints for it."""
    module, _, mangled = name.partition(".x")
    function = re.sub(r"__mutmut_\d+$", "", mangled)
    # `x_name` is a function, `xǁClassǁname` a method
    function = function[1:].replace("ǁ", ".")
    lines = _CHANGED.findall(diff)
    original, mutated = ("\n".join(text for sign, text in lines if sign == wanted) for wanted in "-+")
    return Mutant(module, function, original, mutated)


def listed_in(text: str) -> tuple[Mutant, ...]:
    """Returns the mutants listed as equivalent; each must say why."""
    entries = tomllib.loads(text).get("equivalent", [])
    for each in entries:
        if not each.pop("because", "").strip():
            raise ValueError(f"{each}: needs `because`")
    return tuple(Mutant(**each) for each in entries)


def compare(
    modules: Iterable[str], statuses: Mapping[str, str], unkilled: Iterable[Mutant], listed: Iterable[Mutant]
) -> Report:
    """Returns the report: whatever was not killed must be listed, and whatever is listed must be there."""
    # counted, not collected: the same change of the same line may stand in a function twice
    found, known = Counter(unkilled), Counter(listed)
    counts = {
        module: (len(mine), mine.count("killed"))
        for module in modules
        for mine in [[status for name, status in statuses.items() if name.startswith(f"{module}.")]]
    }
    parts = (found & known, found - known, known - found)
    return Report(counts, *(tuple(sorted(part.elements())) for part in parts))
