"""T12 and T13: a changed verdict or pack is refused, or says by its hash that it is another one.

There are no session tokens yet (T12): what is stored is a verdict, and its record is read strictly.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from random import Random

import pytest

import sitriage
from sitriage import Referral, RulesError, Ruleset, Verdict, triage
from sitriage.load import ruleset_from
from sitriage.triage import _shipped
from tests.small_pack import CALM, FILES, pack


def read_back(text: str) -> Verdict | None:
    """The verdict in a text, or None where it is refused as it should be."""
    try:
        data = json.loads(text)
    except ValueError:
        return None
    try:
        return Referral.from_dict(data)
    except ValueError:
        return None


def test_a_stored_verdict_that_was_changed_is_refused_or_is_a_whole_verdict(small) -> None:
    text = json.dumps(triage({**CALM, "numb": True}, rules=small).to_dict())
    chance = Random(0)
    for _ in range(300):
        at = chance.randrange(len(text))
        other = text[:at] + chance.choice('0123456789abc"[]{},: ') + text[at + 1 :]
        verdict = read_back(other)
        assert verdict is None or Referral.from_dict(verdict.to_dict()) == verdict
    for at in range(0, len(text), 97):
        assert read_back(text[:at]) is None


def test_the_record_of_a_verdict_repeats_it_under_the_same_hash_only(small) -> None:
    verdict = triage({"numb": True}, rules=small)
    assert verdict.record.hash == small.hash
    assert triage(dict(verdict.record.answers), rules=small) == verdict
    other = ruleset_from(pack({"manifest.toml": FILES["manifest.toml"] + "# edited\n"}))
    assert triage(dict(verdict.record.answers), rules=other).record.hash != verdict.record.hash


def loaded(files: dict[str, bytes]) -> Ruleset | None:
    try:
        return ruleset_from(files)
    except RulesError:
        return None


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(FILES))
def test_a_pack_that_was_copied_in_half_is_refused_or_has_another_hash(name: str, small) -> None:
    whole = pack()
    without = {each: data for each, data in whole.items() if each != name}
    names = sorted(name for name in FILES)
    other = names[names.index(name) - 1]
    swapped = {**whole, name: whole[other], other: whole[name]}
    for files in (without, swapped, {**whole, name: b""}, {**whole, name: whole[name] + b"\n"}):
        rules = loaded(files)
        assert rules is None or rules.hash != small.hash


def test_a_naive_hash_fails_the_same_check() -> None:
    """Negative control: a hash of the texts alone does not see that two files changed places."""
    import hashlib

    def naive(files: dict[str, bytes]) -> str:
        return hashlib.sha256(b"".join(sorted(files.values()))).hexdigest()

    whole = pack()
    swapped = {
        **whole,
        "columns/cold.toml": whole["columns/splint.toml"],
        "columns/splint.toml": whole["columns/cold.toml"],
    }
    assert naive(whole) == naive(swapped)
    assert ruleset_from(whole).hash != ruleset_from(swapped).hash


def test_no_byte_may_move_between_name_and_text_unseen() -> None:
    """A name and its length go into the hash, so that files cannot be cut elsewhere."""
    first = ruleset_from(pack({"advice.toml": FILES["advice.toml"] + "# a\n"}))
    second = ruleset_from(pack({"causes/chill.toml": "# a\n" + FILES["causes/chill.toml"]}))
    assert first.hash != second.hash


def test_rules_inside_the_package_are_those_of_the_release_or_none(
    rules, tmp_path: Path, monkeypatch
) -> None:
    """Where an installed package keeps them; a checkout has them beside it, to be edited."""
    package = Path(sitriage.__file__).parent
    inside = package / "rules"
    shutil.copytree(inside if inside.is_dir() else package.parent / "rules", tmp_path / "rules")
    monkeypatch.setattr("importlib.resources.files", lambda _: tmp_path)
    assert _shipped.__wrapped__().hash == rules.hash
    with (tmp_path / "rules" / "manifest.toml").open("a", encoding="utf-8") as file:
        file.write("# edited\n")
    with pytest.raises(RulesError, match="rules: are not the rules of this release; install it again"):
        _shipped.__wrapped__()
