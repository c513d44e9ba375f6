"""What a reply may quote of its verdict word for word, and what of it must not be missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import attrs

from sitriage.connect.reply import Phrases
from sitriage.verdict import Contact, Programme, Referral, Verdict

__all__ = ["lines_of", "needed_of"]


def lines_of(verdict: Verdict) -> Phrases:
    """The sentences of the verdict, for every region; each that is needed means itself."""
    lines, data = Phrases(), verdict.to_dict()
    left_out = (
        " ".join([each["label"], *(why["sentence"] for why in each["reasons"])])
        for each in data.get("withheld", ())
    )
    lines.add_all(_in_regions((*_sentences(data), *left_out), verdict), "")
    for line in needed_of(verdict):
        lines.add_all(_in_regions([line], verdict), line)
    return lines


def needed_of(verdict: Verdict) -> Mapping[str, str]:
    """The lines that must be in a reply, each with the code of a reply without it."""
    stop = verdict.stop_rules if isinstance(verdict, Programme) else ()
    how = {verdict.how: "no_way_to_help"} if isinstance(verdict, Referral) else {}
    return how | dict.fromkeys((*verdict.safety_net, *stop), "no_safety_net")


def _sentences(data: object) -> Iterator[str]:
    """Every text that ends as a sentence does; a label alone excuses nothing."""
    if isinstance(data, str) and data.endswith((".", "!", "?")):
        yield data
    elif isinstance(data, dict | list | tuple):
        for each in data.values() if isinstance(data, dict) else data:
            yield from _sentences(each)


def _in_regions(lines: Iterable[str], verdict: Verdict) -> frozenset[str]:
    """The lines with the contact lines of each region in turn."""
    whole = frozenset(lines)
    names = [field.name for field in attrs.fields(Contact) if field.name != "region"]
    (usual,) = (each for each in verdict.contacts if each.region == "international")
    found = set()
    for contact in verdict.contacts:
        for line in whole:
            for name in names:
                line = line.replace(getattr(usual, name), getattr(contact, name))
            found.add(line)
    return frozenset(found)
