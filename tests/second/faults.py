"""Planted faults: rule files that break one law, and encodings that make one mistake."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import attrs
import z3

from tests.second.answers import Stage
from tests.second.chain import FALSE, TRUE, Chain, Term
from tests.second.encoding import Person


@attrs.frozen
class Fault:
    """A fault in the shipped rules that still loads."""

    law: str
    """The law that it breaks, by its name in the library and here."""
    file: str
    old: str
    new: str
    more: Mapping[str, str] = attrs.field(factory=dict)
    """Files that come with it."""

    def planted(self, files: Mapping[str, bytes]) -> dict[str, bytes]:
        text = files[self.file].decode()
        assert text.count(self.old) == 1, f"{self.file} holds {self.old!r} {text.count(self.old)} times"
        added = {name: text.encode() for name, text in self.more.items()}
        return {**files, **added, self.file: text.replace(self.old, self.new).encode()}


_DENIED = """label = "no breathlessness"
when = { not = "breathless" }
rows = ["D-1"]
sources = ["S01"]
review = { status = "draft" }
"""

FAULTS = {
    "a danger is denied in a definition": Fault(
        "danger never calms", "red_flags/breathless.toml", 'when.any = ["breathless"]',
        'when.any = ["can_breathe"]', {"definitions/can_breathe.toml": _DENIED},
    ),
    "a column for whoever is well": Fault(
        "danger opens nothing", "columns/sharp_pain.toml", '{ any = ["sharp_pain"] }',
        '{ not = "sharp_pain" }',
    ),
    "a column for little pain": Fault(
        "danger opens nothing", "columns/severe_pain.toml", "min = 6", "max = 6"
    ),
    "a danger that lifts a cell": Fault(
        "danger opens nothing", "settings.toml", 'cleared.any = ["assessed_and_cleared"]',
        'cleared.any = ["sharp_pain"]',
    ),
    "a form that needs a danger": Fault(
        "danger opens nothing", "exercises/bird_dog.toml", "[rung.full]\n",
        '[rung.full]\nneeds.all = ["sharp_pain"]\n',
    ),
    "a column that does not count unsure": Fault(
        "doubt opens nothing", "columns/hypermobility.toml", '{ any = ["hypermobility"] }',
        '{ at_least = 1, of = ["hypermobility"], unsure_counts = false }',
    ),
    "an emergency sign that may stay unasked": Fault(
        "unknown is never no", "findings/chest_pain.toml", 'need = "screen"', 'need = "choice"'
    ),
    "a grave level on an optional answer": Fault(
        "unknown is never no", "red_flags/breathless.toml", '"breathless"]', '"breathless", "knee_pain"]'
    ),
    "a column for the left side": Fault(
        "mirror", "columns/hypermobility.toml", 'any = ["hypermobility"]',
        'any = ["hypermobility", { finding = "pain_side", is = ["left"] }]',
    ),
    "a branch for the left side": Fault(
        "mirror", "tree/pattern.toml", 'is = ["left", "right"] }', 'is = ["left"] }'
    ),
}  # fmt: skip

DANGLING = Fault("a verdict for everybody", "tree/pattern.toml", 'yes = "S4c"', 'yes = "nowhere"')
"""A branch to nowhere. It does not load, so that the first method must be given the loaded rules, changed."""


class UnsureIsNo(Person):
    """Reads unsure as no."""

    def _said(self, name: str) -> Term:
        answer = super()._said(name)
        if not isinstance(answer, Chain):
            return answer._replace(unsure=FALSE)
        asked = z3.Or(answer.sure, z3.And(answer.open, z3.Not(answer.maybe)))
        return Chain(asked, answer.sure, answer.sure)


class UnaskedLimitsNobody(Person):
    """Takes a limit that was not asked for a clear no."""

    @cached_property
    def limits(self) -> dict[str, z3.BoolRef]:
        return {name: self.evidence.chain(each["when"]).maybe for name, each in self.pack.columns.items()}


class UnaskedIsNo(Person):
    """Reads what was not asked as no on the screen."""

    @cached_property
    def incomplete(self) -> z3.BoolRef:
        return FALSE


class NothingImplied(Person):
    """Forgets what one answer says about another."""

    @cached_property
    def evidence(self) -> Stage:
        return self.said


class UnsureIsYes(Person):
    """Keeps the urgency of a level that is only unsure."""

    @cached_property
    def outcomes(self) -> dict[str, list[tuple[z3.BoolRef, int, str]]]:
        found = super().outcomes
        return {
            name: [yes, (maybe, yes[1], yes[2])] for name, (yes, (maybe, *_)) in found.items()
        }  # fmt: skip


class EmergencyIsSoon(Person):
    """Lets an emergency wait."""

    @cached_property
    def outcomes(self) -> dict[str, list[tuple[z3.BoolRef, int, str]]]:
        return {
            name: [(holds, min(urgency, 2), see) for holds, urgency, see in each]
            for name, each in super().outcomes.items()
        }


class BothWays(Person):
    """Takes both branches of the tree for whoever is unsure."""

    @cached_property
    def reaches(self) -> dict[str, z3.BoolRef]:
        found: dict[str, z3.BoolRef] = {self.pack.nodes[0]["id"]: TRUE}
        for node in self.pack.nodes:
            here, answer = found.get(node["id"], FALSE), self.evidence.chain(node["when"])
            for end, way in ((node["yes"], answer.open), (node["otherwise"], z3.Not(answer.sure))):
                found[end] = z3.Or(found.get(end, FALSE), z3.And(here, way))
        return found


class OnlyGrave(Person):
    """Gives exercises beside a visit that can wait."""

    @cached_property
    def clear(self) -> z3.BoolRef:
        return z3.Not(self.at_least[2])


class ClearedOpensAll(Person):
    """Lifts every limit for whoever was assessed and cleared."""

    @cached_property
    def lowered(self) -> dict[str, list[z3.BoolRef]]:
        return {
            name: [z3.And(each, z3.Not(self.cleared)) for each in rungs]
            for name, rungs in super().lowered.items()
        }


MISTAKES = (
    UnsureIsNo, UnaskedLimitsNobody, NothingImplied, UnsureIsYes, EmergencyIsSoon, BothWays, OnlyGrave,
    ClearedOpensAll,
)  # fmt: skip
"""Mistakes that people who answer the real engine bring to light."""

BREAKS: dict[type[Person], str] = {
    UnaskedLimitsNobody: "what is withheld is not given",
    UnaskedIsNo: "no open question hides a level",
    EmergencyIsSoon: "nothing undercuts a level",
    BothWays: "one verdict each",
    OnlyGrave: "exercises only when clear",
}
"""Mistakes that a law notices, for the laws that no file can break."""
