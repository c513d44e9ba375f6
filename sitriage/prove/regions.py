"""Regions of people: split into cubes around their calmest people, and said in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from sitriage.conditions import Answer, Box, Value
from sitriage.diagrams import Diagrams, Ref
from sitriage.model import Finding, Ruleset
from sitriage.prove.space import Space

__all__ = ["Person", "calmest_people", "in_words", "values_in_words"]

Person = Mapping[str, Value]


def calmest_people(
    space: Space, region: Ref, alike: Callable[[Person, Person], bool]
) -> Iterator[tuple[dict[str, Value], Box, Ref]]:
    """Yields somebody in the region, what they may answer and stay alike, and all who answer so."""
    store = space.store
    while (person := store.calmest(region, bool)) is not None:
        box = {
            name: tuple(v for v in _others(store, region, person, name) if alike(person, {**person, name: v}))
            for name in person
        }
        inside = [store.read(name, [int(v in box[name]) for v in store.domains[name]]) for name in person]
        those = store.lowest([region, *inside])
        yield person, box, those
        region = store.above(region, those)


def _others(store: Diagrams, region: Ref, person: Person, name: str) -> tuple[Value, ...]:
    """The answers to one question with which this person is in the region too."""
    values = store.domains[name]
    calm = {each: states[0] for each, states in store.domains.items()}
    return tuple(v for v in values if store.number(region, {**calm, **person, name: v}))


def in_words(rules: Ruleset, store: Diagrams, box: Box) -> str:
    """Returns what people answer beside the calmest, as a reader would say it."""
    said = [
        values_in_words(rules.findings[name], values, store.domains[name])
        for name, values in sorted(box.items())
    ]
    return " with ".join(said) or "nothing out of the ordinary"


def values_in_words(finding: Finding, values: Sequence[Value], domain: Sequence[Value]) -> str:
    """Returns one of several answers to a question, of a domain, as a reader would say it."""
    label = finding.label[:1].lower() + finding.label[1:]
    if finding.kind == "number":
        return f"{label} {_bands(finding, values, domain)}"
    if finding.kind == "choice":
        return f"{label}: {' or '.join(finding.choice_labels.get(str(each), str(each)) for each in values)}"
    if Answer.YES in values:
        return label if Answer.NO not in values else f"{label} or not"
    # by identity: the number 1 equals Answer.NOT_ASKED
    words = {id(Answer.NO): "no", id(Answer.UNSURE): "unsure", id(Answer.NOT_ASKED): "not asked"}
    said = " or ".join(words[id(each)] for each in values)
    return f"no {label}" if said == "no" else f"{label} ({said})"


def _bands(finding: Finding, values: Sequence[Value], domain: Sequence[Value]) -> str:
    """A number stands for a band that the rules do not tell apart: for its first, or for its last."""
    known = [each for each in domain if isinstance(each, int)]
    lasts = finding.min not in known
    edges = [finding.min - 1, *known] if lasts else [*(each - 1 for each in known), finding.max]
    runs: list[list[int]] = []
    for each, (before, end) in zip(known, pairwise(edges), strict=True):
        if each in values and runs and runs[-1][1] == before:
            runs[-1][1] = end
        elif each in values:
            runs.append([before + 1, end])
    said = [str(low) if low == high else f"{low} to {high}" for low, high in runs]
    said += [str(each).replace("_", " ") for each in values if isinstance(each, str)]
    return " or ".join(said)
