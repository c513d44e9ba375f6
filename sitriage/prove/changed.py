"""Where two packs come out otherwise: every changed rule, with those for whom it did.

What both packs share cannot differ, so only changed functions are looked at: levels, branches, ladders, and
the exercises and programmes whose own data changed.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from sitriage.diagrams import Ref
from sitriage.limits import WITHHELD
from sitriage.model import Exercise, Ruleset
from sitriage.prove.space import Space

__all__ = ["Region", "changed_regions", "unfollowed"]

Region = tuple[str, Ref, bool]
"""A rule that came out otherwise, for whom, and whether these people differ among themselves."""


def changed_regions(before: Space, after: Space) -> Iterator[Region]:
    """Yields every rule that came out otherwise, with those for whom it did."""
    yield from _screen(before, after)
    yield from _pattern(before, after)
    yield from _ladders(before, after)
    yield from _programmes(before, after)


def _screen(before: Space, after: Space) -> Iterator[Region]:
    store, kept = before.store, set(before.ranks.values()) & set(after.ranks.values())
    gone = {name: ref for name, ref in before.ranks.items() if ref not in kept}
    come = {name: ref for name, ref in after.ranks.items() if ref not in kept}
    for mine, other in ((gone, come), (come, gone)):
        for name, ref in mine.items():
            # where nothing else leads as far
            region = store.above(ref, store.highest(list(other.values())))
            findings = store.findings(region)
            for each in kept:
                if findings & store.findings(each) and store.numbers(region) != {0}:
                    region = store.lowest([region, store.above(ref, each)])
            yield name, region, True


def _pattern(before: Space, after: Space) -> Iterator[Region]:
    old, new = before.leaves, after.leaves
    for name, ref in old.items():
        for other, arriving in new.items():
            if name != other:
                moved = before.store.lowest([ref, arriving])
                if before.store.numbers(moved) != {0}:
                    yield f"{name} -> {other}", moved, True


def _ladders(before: Space, after: Space) -> Iterator[Region]:
    store = before.store
    for name, exercise in after.rules.exercises.items():
        old = before.rules.exercises.get(name)
        if old is None:
            continue
        # by name: a ladder may have got another form
        names = list(dict.fromkeys((*old.rungs, *exercise.rungs)))
        functions = [
            (
                store.mapped(space.rungs[name], [names.index(each) for each in ladder].__getitem__),
                *space.caps_of(name),
            )
            for space, ladder in ((before, old.rungs), (after, exercise.rungs))
        ]
        changed = store.highest([store.differing(one, two) for one, two in zip(*functions, strict=True)])
        for leaf in after.rules.programmes if store.numbers(changed) != {0} else ():
            for way in _ways(after, leaf, name):
                yield name, store.lowest([changed, way]), True


def _ways(space: Space, leaf: str, name: str) -> Iterator[Ref]:
    """Those to whom a leaf may give an exercise: itself, in the place of another, or to fill up."""
    store, exercises = space.store, space.rules.exercises
    here = space.leaves.get(leaf, store.constant(0))
    items = space.rules.programmes[leaf].item
    for item in items:
        coming = here if item.needs is None else store.lowest([here, space.surely(item.needs)])
        each = exercises[item.exercise]
        if item.exercise == name:
            yield coming
        for answer, instead in (
            ("both", each.if_both),
            ("midline", each.if_midline),
            ("unsure", each.if_unsure),
        ):
            if instead == name:
                yield store.lowest([coming, _sore(space, answer)])
        if each.instead == name:
            yield store.lowest([coming, _withheld(space, item.exercise)])
    if name in space.rules.settings.fill:
        yield store.lowest([here, *(_withheld(space, item.exercise) for item in items)])


def _sore(space: Space, answer: object) -> Ref:
    side = space.rules.settings.side
    return space.store.read(side, [int(each == answer) for each in space.store.domains[side]])


def _withheld(space: Space, name: str) -> Ref:
    last = space.rules.exercises[name].rungs.index(WITHHELD)
    return space.store.mapped(space.rungs[name], lambda place: int(place == last))


def _programmes(before: Space, after: Space) -> Iterator[Region]:
    """Programmes and exercises whose own data changed: somebody for each side, in each leaf concerned."""
    store, old, new = before.store, before.rules, after.rules
    changed = {name for name, each in new.exercises.items() if _deciding(old.exercises.get(name), each)}
    settings = old.settings != new.settings
    sides = [_sore(after, value) for value in store.domains[new.settings.side][:-1]]
    forms = {
        name
        for name in changed
        if name in old.exercises and old.exercises[name].rung != new.exercises[name].rung
    }
    for leaf, programme in new.programmes.items():
        touched = changed if not settings and old.programmes.get(leaf) == programme else set(new.exercises)
        for name in sorted(touched):
            for way in _ways(after, leaf, name):
                # a form that changed is seen by those who are lowered to it
                for given in _each_form(after, name) if name in forms else (way,):
                    for sore in sides:
                        yield name if name in changed else leaf, store.lowest([way, given, sore]), False


def _each_form(space: Space, name: str) -> Iterator[Ref]:
    for at, _ in enumerate(space.rules.exercises[name].rung):
        yield space.store.mapped(space.rungs[name], lambda place, at=at: int(place == at))  # type: ignore[misc]


def unfollowed(old: Ruleset, new: Ruleset) -> Iterator[str]:
    """Yields what else decides and was changed: for whom, no region says."""
    for name, finding in new.findings.items():
        was = old.findings.get(name)
        for key in ("need", "polarity", "unsure_is_yes"):
            if was is not None and getattr(was, key) != getattr(finding, key):
                yield f"findings/{name}: {key}"
    if [(each.both, each.read_as_no) for each in old.contradictions] != [
        (each.both, each.read_as_no) for each in new.contradictions
    ]:
        yield "contradictions"
    if (old.implications, old.not_applicable) != (new.implications, new.not_applicable):
        yield "implications"
    for key in ("side", "both", "lying_hurts", "cleared", "fill"):
        if getattr(old.settings, key) != getattr(new.settings, key):
            yield f"settings: {key}"
    for key in ("incomplete_see", "too_little_left_see"):
        if getattr(old.manifest, key) != getattr(new.manifest, key):
            yield f"manifest: {key}"


def _deciding(old: Exercise | None, new: Exercise) -> bool:
    """Whether anything but the columns, which are ladders, and the words of an exercise changed."""
    if old is None:
        return True
    kept = {"column", "label", "because", "review", "sources", "rows", "facts", "stop_if", "evidence"}
    fields = [each.name for each in attrs.fields(Exercise) if each.name not in kept]
    return any(getattr(old, each) != getattr(new, each) for each in fields)
