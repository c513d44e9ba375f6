"""T4: no regular expression of the library takes time that grows faster than its text."""

from __future__ import annotations

import ast
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import sitriage
from sitriage import caps, check, check_names, lines
from sitriage.cli import faults

PATTERNS = {
    "caps.ID": caps.ID,
    "caps._FILE_NAME": caps._FILE_NAME,
    "caps._UNFIT": caps._UNFIT,
    "caps.UNFIT": caps.UNFIT,
    "caps._LONG_KEY": caps._LONG_KEY,
    "caps._TEXTS": caps._TEXTS,
    "caps._TOML": caps._TOML,
    "caps._JSON": caps._JSON,
    "check._HASH": check._HASH,
    "check_names.NAME": check_names.NAME,
    "faults._PLACE": faults._PLACE,
    "lines._HEADER": lines._HEADER,
    "lines._KEY": lines._KEY,
    "lines._TOKEN": lines._TOKEN,
    "lines._ARRAY": lines._ARRAY,
    "lines.mention": re.compile(r'"w"|^[ \t]*\[?\[?w\b', re.MULTILINE),
    "structure.path": re.compile(r"[\w-]+"),
    "load.line": re.compile(r"line (\d+)"),
}
# only ever asked whether they match here
AT_START = {
    "faults._PLACE",
    "caps.ID",
    "caps._FILE_NAME",
    "check._HASH",
    "check_names.NAME",
    "lines._HEADER",
    "lines._KEY",
    "lines._ARRAY",
}
# in small places of the code, with the numbers of uses there
INLINE = {"lines": 1, "structure": 1, "load": 1}

PIECES = [
    "a", "a.", "a .", "1", " ", "\t", '"', "'", '""', "''", '"a"', '"a".', "'a'.", '"a', "'a", "\\", '\\"',
    '"\\', "[", "]", "[[", "{", "a=", "#", "\n", " \n", '"""', "'''", '"""a', "'''a", '""""', "line ",
    "line 1", "-", "é", "a b ", '"a" . ', "a-", "[a", '["a"', "\\\n",
]  # fmt: skip
HEADS = ["", '"', '"""']

# linear is 2 (and noise), quadratic 4, cubic 8
MOST_GROWTH = 3.2


def scan(pattern: re.Pattern[str], at_start: bool = False) -> Callable[[str], object]:
    return pattern.match if at_start else lambda text: sum(1 for _ in pattern.finditer(text))


def seconds(run: Callable[[str], object], text: str, times: int = 3) -> float:
    found = []
    for _ in range(times):
        start = time.process_time()
        run(text)
        found.append(time.process_time() - start)
    return min(found)


def growth(run: Callable[[str], object], head: str, piece: str, tail: str) -> float:
    """How the time grows when the text doubles, measured where it can be measured."""
    count = 1000
    while (taken := seconds(run, head + piece * count + tail, 1)) < 0.002 and count < 8000:
        count *= 2
    if taken < 0.002:
        return 1.0
    for _ in range(3):
        small = seconds(run, head + piece * count + tail)
        large = seconds(run, head + piece * 2 * count + tail)
        if large / small <= MOST_GROWTH:
            break
    return large / small


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_a_pattern_takes_time_in_line_with_its_text(name: str) -> None:
    run = scan(PATTERNS[name], name in AT_START)
    slow = [
        (head, piece) for piece in PIECES for head in HEADS if growth(run, head, piece, "!") > MOST_GROWTH
    ]
    assert slow == []


@pytest.mark.parametrize("pattern", [r"(\w+\s?)+$", r".*pain.*leg.*numb$", r"(a|a)*$", r"[\w-]+\."])
def test_a_naive_pattern_fails_the_same_check(pattern: str) -> None:
    """Negative control; the exponential ones on a text of a few letters only."""
    run = scan(re.compile(pattern))
    if "(" in pattern:
        assert seconds(run, "a" * 18 + "!", 1) > 4 * seconds(run, "a" * 14 + "!", 1)
    else:
        # a busy machine may hide it once
        tries = [piece for piece in ("a", "pain leg ") for _ in range(3)]
        assert any(growth(run, "", piece, "!") > MOST_GROWTH for piece in tries)


def test_every_pattern_of_the_library_is_measured() -> None:
    named, inline = set(), {}
    for path in Path(sitriage.__file__).parent.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        top = {id(node.value): node for node in tree.body if isinstance(node, ast.Assign)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                owner = node.func.value
                if isinstance(owner, ast.Name) and owner.id == "re" and node.func.attr != "escape":
                    if id(node) in top:
                        named.add(f"{path.stem}.{top[id(node)].targets[0].id}")
                    else:
                        inline[path.stem] = inline.get(path.stem, 0) + 1
    assert named <= set(PATTERNS), "measure the new pattern here too"
    assert inline == INLINE, "measure the new pattern here too"
