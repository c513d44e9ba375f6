"""F2: a rule file cut, flipped, emptied or recoded is refused with its name, or is another pack."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from random import Random

import pytest

from sitriage import RulesError, Ruleset, triage
from sitriage.load import ruleset_from
from tests.faults.figures import DEEP, told
from tests.small_pack import CALM, FILES, pack

FLIPS = 2000 if DEEP else 200
Load = Callable[[Mapping[str, bytes]], Ruleset]


def kind_of(name: str) -> str:
    return name.rpartition("/")[0] or name


KINDS = {kind_of(name): name for name in sorted(FILES)}


def wrong(load: Load, name: str, data: bytes, whole: Ruleset) -> str | None:
    """What a loader does wrong with a broken file: nothing if it refuses by name or gives another hash."""
    files = pack() | {name: data}
    try:
        rules = load(files)
    except RulesError as error:
        faults = [str(fault) for fault in error.faults]
        # a fault may show where the broken thing is used; it always names a place in the pack
        named = all(fault.startswith("rules/") and ": " in fault for fault in faults)
        return None if faults and named else f"unnamed: {faults[:1]}"
    except Exception as error:
        return type(error).__name__
    return "the same hash" if rules.hash == whole.hash and data != pack()[name] else None


def cuts(data: bytes) -> Iterator[bytes]:
    """The file up to the end of each line, with and without that end, and in the midst of the line."""
    at = 0
    for line in data.splitlines(keepends=True):
        yield data[:at]
        yield data[: at + len(line) // 2]
        at += len(line)
        yield data[: at - 1]


def flips(data: bytes, count: int, seed: str) -> Iterator[bytes]:
    """The file with one random bit turned."""
    chance = Random(seed)
    for _ in range(count):
        broken = bytearray(data)
        broken[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        yield bytes(broken)


def test_a_file_cut_anywhere_is_refused_or_another_pack(small) -> None:
    names = sorted(FILES) if DEEP else sorted(KINDS.values())
    tried = [
        (name, data) for name in names for data in cuts(FILES[name].encode()) if data != FILES[name].encode()
    ]
    found = {(name, what) for name, data in tried if (what := wrong(ruleset_from, name, data, small))}
    assert found == set()
    told(f"F2: {len(tried)} cuts in {len(names)} files, each refused by name or another pack")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_flipped_bit_is_refused_or_another_pack(kind: str, small) -> None:
    name = KINDS[kind]
    tried = list(flips(FILES[name].encode(), FLIPS, name))
    assert {what for data in tried if (what := wrong(ruleset_from, name, data, small))} == set()
    told(f"F2: {len(tried)} flips in {name}")


def test_a_value_of_another_kind_is_refused(small) -> None:
    """Each key of each kind of file alone, with a value that nobody expects there."""
    tried = [
        (name, f"{key} = {value}\n".encode())
        for name in KINDS.values()
        for key in tomllib.loads(FILES[name])
        for value in ("3", "[3]", "{ a = 3 }")
    ]
    assert {what for name, data in tried if (what := wrong(ruleset_from, name, data, small))} == set()


@pytest.mark.parametrize("coding", ["utf-16", "utf-8-sig", "utf-32", "cp037"])
def test_another_coding_is_refused(coding: str, small) -> None:
    for name in KINDS.values():
        with pytest.raises(RulesError):
            ruleset_from(pack() | {name: FILES[name].encode(coding)})


def test_other_line_ends_change_the_hash_and_no_verdict(small) -> None:
    other = ruleset_from({name: data.replace(b"\n", b"\r\n") for name, data in pack().items()})
    assert other.hash != small.hash
    for answers in (CALM, {}, {"numb": True}):
        first, second = triage(answers, rules=small).to_dict(), triage(answers, rules=other).to_dict()
        assert first.pop("record") != second.pop("record")
        assert first == second


def test_naive_loaders_fail_the_same_checks(small) -> None:
    """Negative control: one that skips what it cannot read, and one that lets errors of a parser out."""

    def skipping(files: Mapping[str, bytes]) -> Ruleset:
        try:
            return ruleset_from(files)
        except RulesError:
            return small

    def open_hearted(files: Mapping[str, bytes]) -> Ruleset:
        for data in files.values():
            data.decode("ascii")
        return ruleset_from(files)

    name = "red_flags/hot.toml"
    tried = list(flips(FILES[name].encode(), 60, name))
    assert {wrong(skipping, name, data, small) for data in tried} >= {"the same hash"}
    assert {wrong(open_hearted, name, data, small) for data in tried} >= {"UnicodeDecodeError"}
