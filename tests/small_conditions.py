"""Random conditions over a few findings, and everybody who may answer them."""

from __future__ import annotations

from itertools import product

from hypothesis import strategies as st

from sitriage.conditions import NOT_APPLICABLE, Above, All, Answer, Any, AtLeast, Has, Not, OneOf, Within

NO, OPEN, UNSURE, YES = Answer
A, B, C = Has("a"), Has("b"), Has("c")
AGE, SIDE = Within("age", 10, 20), OneOf("side", ("left", "right"))

DOMAINS = {
    "a": (NO, UNSURE, YES),
    "b": (NO, UNSURE, YES),
    "c": (YES, UNSURE, NO),
    "age": (NOT_APPLICABLE, 5, 10, 20, 21, "unsure"),
    "onset": (5, 15, "unsure"),
    "side": ("left", "right", "both", "unsure"),
}

atoms = st.sampled_from([A, B, C, AGE, SIDE, Above("onset", "age"), Not(C, only_yes=True)])


def _joined(inner: st.SearchStrategy) -> st.SearchStrategy:
    several = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        several.map(Any),
        several.map(All),
        inner.map(Not),
        several.flatmap(
            lambda items: st.builds(
                AtLeast, st.integers(1, len(items)), st.just(items), unsure_counts=st.booleans()
            )
        ),
    )


conditions = st.recursive(atoms, _joined, max_leaves=6)


def everybody(names: frozenset[str]) -> list[dict]:
    ordered = sorted(names)
    return [dict(zip(ordered, each, strict=True)) for each in product(*(DOMAINS[name] for name in ordered))]
