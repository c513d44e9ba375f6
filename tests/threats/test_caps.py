"""T5: size and depth bombs are refused quickly, before a parser sees them, with one typed error."""

from __future__ import annotations

import json
import time
import tomllib
from collections.abc import Callable, Mapping

import pytest

from sitriage import AnswerError, RulesError, caps, triage
from sitriage.cli.files import answers_from_json
from sitriage.load import ruleset_from
from tests.small_pack import FILES, REVIEW, edited, pack

# of the processor, since other work may run beside; a refusal takes a few hundredths of a second, ten times
# that where coverage is measured, and the naive versions take minutes
SECONDS = 3.0

DEFINITION = f'label = "d"\nwhen.any = [%s]\nrows = ["R3"]\nsources = ["S1"]\n{REVIEW}'


def refused(files: Mapping[str, bytes]) -> list[str]:
    start = time.process_time()
    with pytest.raises(RulesError) as caught:
        ruleset_from(files)
    assert time.process_time() - start < SECONDS
    assert all(len(str(fault)) < 300 for fault in caught.value.faults)
    return [str(fault) for fault in caught.value.faults]


def doubling(steps: int) -> dict[str, str | None]:
    """Definitions of which each names the one before twice."""
    named = {f"definitions/d{i}.toml": DEFINITION % f'"d{i - 1}", "d{i - 1}"' for i in range(1, steps)}
    used = edited("columns/cold.toml", '["cold_skin"]', f'["cold_skin", "d{steps - 1}"]')
    return {**named, "definitions/d0.toml": DEFINITION % '"bitten"', **used}


BOMBS = {
    "bytes": (b"#" * (caps.FILE_BYTES + 1), "at most 262144 bytes"),
    "a long line": (b"# " + b"x" * 4000, "a line has at most 4000 characters"),
    "a dotted key of 40 kB": (b"a" + b".a" * 20_000 + b" = 1", "a line has at most 4000 characters"),
    "a dotted key of 4 kB": (b"a" + b".a" * 1900 + b" = 1", "a key has at most 8 parts"),
    "a dotted key with quotes": (b"'a' . " * 9 + b"b = 1", "a key has at most 8 parts"),
    "a dotted header": (b"[" + b"a." * 1900 + b"a]", "a key has at most 8 parts"),
    "brackets": (b"a = " + b"[" * 3000, "is nested too deeply"),
    "brackets over lines": (b"a = " + b"[\n" * 100_000, "is nested too deeply"),
    "brackets behind comments that close": (b"a = " + b"[ # ]\n" * 1000, "is nested too deeply"),
    "brackets behind texts that close": (b"a = " + b"[ ']', \n" * 1000, "is nested too deeply"),
    "inline tables": (b"a = " + b"{b = " * 700, "is nested too deeply"),
    "tables and keys": (b"a.a.a.a.a.a = {b.b.b.b.b.b = {c.c.c.c.c.c = 1}}", "is nested too deeply"),
    "values": (b"a = [" + b"1,\n" * 6000 + b"]", "at most 5000 values"),
    "a text": (b"a = '''\n" + b"some words\n" * 200 + b"'''", "a text has at most 2000 characters"),
    "digits": (b"a = " + b"9" * 3900, "unknown key"),
    "faults": (b"".join(b"k%d = 1\n" % i for i in range(4000)), "1000 are told at once"),
}


@pytest.mark.parametrize("what", sorted(BOMBS))
def test_a_bomb_in_a_rule_file_is_refused_at_once(what: str) -> None:
    data, words = BOMBS[what]
    assert any(words in fault for fault in refused(pack() | {"settings.toml": data}))


@pytest.mark.parametrize("steps", [9, 12, 60, 400])
def test_definitions_that_double_are_refused_at_once(steps: int) -> None:
    found = refused(pack(doubling(steps)))
    assert any(fault.startswith("rules/columns/cold.toml:3: ") for fault in found)


def test_definitions_of_a_few_steps_load() -> None:
    assert ruleset_from(pack(doubling(6))).columns["cold"]


def test_a_finding_implied_by_itself_through_a_definition_is_refused() -> None:
    loop = {
        **edited("implications.toml", 'when.any = ["bitten"]', 'when.any = ["loop"]'),
        "definitions/loop.toml": DEFINITION % '"fragile", "bitten"',
    }
    assert refused(pack(loop)) == ["rules/implications.toml:2: `fragile` implies itself"]


def test_a_pack_of_many_bad_files_is_refused_at_once() -> None:
    many = {f"findings/x{i}.toml": b"k = 1\n" * 1 for i in range(900)}
    assert len(refused(pack() | many)) <= caps.FAULTS + 1


def test_the_time_for_faults_grows_with_their_number() -> None:
    """Each fault once looked for its line in the whole text: 14 kB took 76 s."""
    for name, entry in (
        ("contacts.toml", b"[[contact]]\nregion = 'a'\n"),
        ("activities.toml", b"[[activity]]\n"),
    ):
        few, many = (_spent(pack() | {name: entry * count}) for count in (100, 800))
        # eight times as many: linear is 8, the search of old was 64
        assert many < 32 * max(few, 0.005), name
    found = refused(pack() | {"sources.toml": b"".join(b"[S%d]\nx = 1\n" % i for i in range(1200))})
    assert len(found) == caps.FAULTS + 1
    assert any("has more faults" in fault for fault in found)


def _spent(files: Mapping[str, bytes]) -> float:
    """The shorter of two times of the processor; ratios only, never seconds."""
    times = []
    for _ in range(2):
        start = time.process_time()
        assert refused(files)
        times.append(time.process_time() - start)
    return min(times)


def test_the_naive_loader_hangs_on_the_same_texts() -> None:
    """Negative control: a tenth of the key of 40 kB already costs the parser more than our whole refusal."""
    data = BOMBS["a dotted key of 4 kB"][0].decode()
    start = time.process_time()
    tomllib.loads(data)
    naive = time.process_time() - start
    start = time.process_time()
    assert caps.text_fault(data) is not None
    assert time.process_time() - start < naive
    with pytest.raises(RecursionError):
        tomllib.loads("a = " + "[" * 3000)
    # counting brackets without regard to comments is fooled
    text = BOMBS["brackets behind comments that close"][0].decode()
    assert text.count("[") - text.count("]") < caps.BRACKETS
    assert caps.text_fault(text) is not None


@pytest.mark.parametrize(
    "text", ["a = ['[[[[[[[[[[[[[[']", 'a = """[[[[[[[[[[[[[[\n\\"""" # [[[[[[[[[[[[', "a = '''x''''' # ["]
)
def test_brackets_in_texts_and_comments_do_not_count(text: str) -> None:
    assert caps.text_fault(text) is None
    assert tomllib.loads(text)


def deep_json(depth: int) -> bytes:
    return b'{"fever": ' + b"[" * depth + b"]" * depth + b"}"


@pytest.mark.parametrize("depth", [8, 100, 900, 5000, 30_000])
@pytest.mark.parametrize("naive", [False, True])
def test_deep_answers_are_refused_alike_everywhere(depth: int, naive: bool) -> None:
    """With the naive reader the outcome depends on the version of Python and the depth of the caller."""
    read: Callable[[bytes], object] = json.loads if naive else answers_from_json
    try:
        read(deep_json(depth))
        outcome = "read"
    except AnswerError as error:
        outcome = str(error)
    except RecursionError:
        outcome = "RecursionError"
    assert (outcome == "the answers are nested too deeply; give one flat object") != naive


def test_a_bracket_in_a_text_is_no_depth() -> None:
    assert answers_from_json(b'{"a": "' + b"[" * 50 + b'"}') == {"a": "[" * 50}
    assert answers_from_json(b'{"a": "\\"' + b"[" * 50 + b'"}')


@pytest.mark.parametrize("count", [1, 20, 21, 1000, 1001, 50_000])
def test_many_unknown_answers_are_refused_at_once(count: int) -> None:
    start = time.process_time()
    with pytest.raises(AnswerError) as caught:
        triage({f"fev{i}er": True for i in range(count)})
    assert time.process_time() - start < SECONDS
    assert len(caught.value.faults) == (count if count <= 1000 else 1)
    # a hint for each costs a look at every finding
    assert bool(caught.value.faults[0].suggestions) == (count <= 20)


def test_a_mapping_without_end_is_refused() -> None:
    class Endless(dict[str, bool]):
        def __iter__(self):
            while True:
                yield "fever"

        def __getitem__(self, key: str) -> bool:
            return True

    # the same key again and again is one answer; no more of them are read than may be given
    assert triage(Endless(), rules=ruleset_from(pack())).record.answers == (("fever", True),)


def test_the_shipped_rules_are_far_below_every_cap(rules) -> None:
    assert len(FILES) < 450 < caps.PACK_FILES / 2
    assert all(len(name) <= 60 and caps.ID.fullmatch(name) for name in rules.findings)
