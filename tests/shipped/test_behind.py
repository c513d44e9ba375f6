"""Forms that nobody is given, though a limit names them: kept on purpose, and listed here.

By the diagrams there is nobody whom the screen clears, to whom the exercise comes in a programme, and whom
the ladder leads to this form. Whoever adds to the list says why.
"""

from __future__ import annotations

import pytest

from sitriage.model import Ruleset
from sitriage.prove.people import People
from sitriage.prove.space import space_of

pytestmark = pytest.mark.checkout

FORMS = {
    # on a chair in pregnancy and with a hip replacement: those programmes hold neither exercise
    ("supine_twist", "seated"),
    ("trunk_rotation", "seated"),
}


@pytest.fixture(scope="module")
def people(rules: Ruleset) -> People:
    return People(space_of(rules))


def test_the_forms_that_nobody_is_given_are_these(rules: Ruleset, people: People):
    store, found = people.space.store, set()
    for name, exercise in rules.exercises.items():
        items = (item for leaf in rules.programmes.values() for item in leaf.item)
        asked = {item.rung for item in items if item.exercise == name}
        for place, rung in enumerate(exercise.rungs[:-1]):
            at = people.space.at(people.space.rungs[name], place)
            if rung not in asked and all(
                people.whom(store.lowest([at, way])) is None for way in people.ways(name)
            ):
                found.add((name, rung))
    assert found == FORMS
