"""Laws of the pattern tree: everybody whom the screen clears comes to exactly one leaf."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sitriage.conditions import Answer
from sitriage.diagrams import Ref
from sitriage.programme import branch
from sitriage.prove.law import Breach, Checked, Law
from sitriage.prove.space import Space

__all__ = ["TREE", "leaves"]

_FILE = "tree/pattern.toml"


def leaves(space: Space) -> Mapping[str, Ref]:
    """Returns for each leaf, and each dead end, 1 for those who come to it."""
    store, nodes = space.store, {node.id: node for node in space.rules.pattern}
    here: dict[str, Ref] = {space.rules.pattern[0].id: store.constant(1)}
    for name, node in nodes.items():
        if name not in here:
            continue
        coming = here.pop(name)
        for end in {node.yes: None, node.otherwise: None}:
            # the branch is asked of the engine itself, for each of the four answers
            turns = [branch(node, answer) == end for answer in Answer]
            way = store.mapped(store.of(node.when), lambda place, turns=turns: int(turns[place]))  # type: ignore[misc]
            arriving = store.lowest([coming, way])
            here[end] = store.highest([here[end], arriving]) if end in here else arriving
    return here


def _total(space: Space) -> Iterator[Checked]:
    found, arrived = [], 0
    for name, ref in leaves(space).items():
        many = space.store.counts(ref).get(1, 0)
        if name in space.rules.programmes:
            arrived += many
        elif many:
            people = (space.store.calmest(ref, bool) or {},)
            found.append(Breach(_FILE, f"somebody comes to `{name}`, which is no programme", people))
    everybody = space.store.people()
    if arrived != everybody and not found:
        found.append(Breach(_FILE, "the leaves together do not hold everybody exactly once"))
    yield Checked("leaves", everybody, tuple(found))


def _one_leaf(space: Space) -> Iterator[Checked]:
    known = leaves(space)
    names = sorted(known)
    for index, name in enumerate(names):
        found = []
        for other in names[index + 1 :]:
            both = space.store.lowest([known[name], known[other]])
            if space.store.numbers(both) != {0}:
                people = (space.store.calmest(both, bool) or {},)
                found.append(Breach(_FILE, f"somebody comes to both `{name}` and `{other}`", people))
        yield Checked(name, space.store.counts(known[name]).get(1, 0), tuple(found))


TREE = (
    Law("P1", "a verdict for everybody", "The pattern tree leads everybody to a programme.", _total),
    Law("P2", "one verdict each", "Nobody comes to two leaves of the pattern tree.", _one_leaf),
)
