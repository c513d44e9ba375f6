"""Laws of the pattern tree: everybody whom the screen clears comes to exactly one leaf."""

from __future__ import annotations

from collections.abc import Iterator

from sitriage.prove.law import Breach, Checked, Law
from sitriage.prove.space import Space

__all__ = ["TREE"]

_FILE = "tree/pattern.toml"


def _total(space: Space) -> Iterator[Checked]:
    found, arrived = [], 0
    for name, ref in space.leaves.items():
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
    """Each leaf against all before it together: whoever comes to two is met at the second."""
    store, before = space.store, space.store.constant(0)
    for name, here in space.leaves.items():
        both = store.lowest([before, here])
        person = store.calmest(both, bool)
        what = f"somebody comes to `{name}` and to another leaf"
        found = () if person is None else (Breach(_FILE, what, (person,)),)
        yield Checked(name, store.counts(here).get(1, 0), found)
        before = store.highest([before, here])


TREE = (
    Law("P1", "a verdict for everybody", "The pattern tree leads everybody to a programme.", _total),
    Law("P2", "one verdict each", "Nobody comes to two leaves of the pattern tree.", _one_leaf),
)
