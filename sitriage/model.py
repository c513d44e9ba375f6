"""The rules that decide as values, one class per kind, and the `Ruleset` that holds all there are."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import attrs

from sitriage.conditions import Combination, Condition, Value, findings_in
from sitriage.notebook import Shown
from sitriage.poses import Poses
from sitriage.promises import (
    ApartPromise,
    DosePromise,
    LeafPromise,
    LimitPromise,
    SidePromise,
    UrgencyPromise,
)

# the snapshot of the public names knows it by this one
from sitriage.rule import Fact, Omission, Rule, SignedChange, Source, by_finding, frozen_map
from sitriage.verdict import Contact, Dose
from sitriage.wording import Activity, AdjunctRule, Advice, Cause, StopRule, Texts, Unwatched, Watch
from sitriage.words import Phase, Professional, Urgency

if TYPE_CHECKING:
    from sitriage.show.flowchart.tree import Tree

__all__ = [
    "Cell", "Column", "Contradiction", "Definition", "Exercise", "Finding", "Group", "Implication", "Item",
    "Level", "Manifest", "Node", "NotApplicable", "ProgrammeRule", "RedFlag", "Ruleset", "Rung", "Settings",
]  # fmt: skip


@attrs.frozen(kw_only=True)
class Finding(Shown, Rule):
    """One thing a person can be asked.

    `polarity` says whether a yes can raise urgency, can only reassure, or has no order; `need`
    whether a missing answer leaves the verdict provisional (`screen`) or picks the easier form.
    """

    label: str
    question: str
    help: str = ""
    group: str
    kind: Literal["yes_no", "number", "choice"]
    polarity: Literal["raises", "reassures", "none"]
    need: Literal["screen", "choice"]
    unsure_is_yes: bool = False
    min: int = 0
    max: int = 0
    unit: str = ""
    choices: tuple[str, ...] = ()
    choice_labels: Mapping[str, str] = attrs.field(factory=dict, converter=frozen_map)
    counts_weeks: bool = False


@attrs.frozen(kw_only=True)
class Group:
    """Up to ten findings that are shown on one screen."""

    id: str
    title: str
    ask: str
    why: str
    keeps_days: int = 1


@attrs.frozen(kw_only=True)
class Level:
    """A condition and where it leads: how soon, and to whom. `id` is `flag:urgency`."""

    id: str
    urgency: Urgency
    see: Professional
    when: Condition
    rows: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class RedFlag(Rule):
    """A reason to see somebody instead of exercising, with one or more levels."""

    label: str
    because: str
    tell_them: str = ""
    meanwhile: tuple[str, ...] = ()
    level: tuple[Level, ...]

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels, in the order of the file (the TOML key is the singular `level`)."""
        return self.level


@attrs.frozen(kw_only=True)
class Definition(Rule):
    """A condition with a name, used by several rules."""

    label: str
    when: Condition


@attrs.frozen(kw_only=True)
class Implication:
    """Where `when` holds, `finding` holds at least as much (D-38: data that only raises)."""

    finding: str
    when: Condition


@attrs.frozen(kw_only=True)
class NotApplicable:
    """Where `when` surely holds, these findings count as no unless they were answered (D-38)."""

    when: Condition
    findings: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Contradiction:
    """Answers that cannot be true together; `read_as_no` is dropped, the cautious reading (D-39)."""

    id: str
    both: Condition
    because: str
    read_as_no: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Column(Rule):
    """One contraindication or limit; the exercise files say the highest rung it allows them.

    With `start_dose_only`, nobody whom it limits works up to more than the dose they begin with.
    """

    label: str
    because: str
    when: Condition
    start_dose_only: bool = False


@attrs.frozen(kw_only=True)
class Cell:
    """What one column does to one exercise: the highest rung, or one only when cleared, and caps."""

    rung: str = "withheld"
    cleared: str = ""
    max_hold_s: int = 0
    max_effort_percent: int = 0


@attrs.frozen(kw_only=True)
class Rung:
    """One form of an exercise, with a label of its own where that of the exercise does not fit."""

    label: str = ""
    position: str
    side: Literal["", "sore", "other", "each", "symmetric"] = ""
    steps: tuple[str, ...]
    steps_each: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    needs: Condition | None = None
    kneeling: bool = False
    flat_on_back: bool = False


@attrs.frozen(kw_only=True)
class Exercise(Rule):
    """A ladder of forms, hardest first, with doses, the side rule and a cell per column."""

    label: str
    because: str
    phase: Phase
    side: Literal["sore", "other", "each", "symmetric"]
    if_both: str
    if_midline: str
    if_unsure: str
    if_lying_hurts: bool = False
    rungs: tuple[str, ...]
    evidence: Literal["low", "very_low"]
    start: Dose
    target: Dose
    isometric: bool = False
    instead: str = ""
    stop_if: tuple[str, ...]
    rung: Mapping[str, Rung] = attrs.field(converter=frozen_map)
    column: Mapping[str, Cell] = attrs.field(factory=dict, converter=frozen_map)


@attrs.frozen(kw_only=True)
class Node:
    """One question of the pattern tree. `unsure` names the branch for unsure and not asked."""

    id: str
    label: str
    when: Condition
    yes: str
    otherwise: str
    unsure: Literal["yes", "otherwise"]


@attrs.frozen(kw_only=True)
class Item:
    """An exercise within a programme, with the highest rung, side or phase where it differs."""

    exercise: str
    rung: str = ""
    side: Literal["", "sore", "other", "each", "symmetric"] = ""
    phase: Phase | None = None
    needs: Condition | None = None


@attrs.frozen(kw_only=True)
class ProgrammeRule(Rule):
    """The exercises of one leaf of the pattern tree, in order."""

    label: str
    because: str
    item: tuple[Item, ...]
    warm_up: tuple[str, ...] = ()
    lowest_dose: bool = False
    advice: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Manifest:
    """Name and version of the pack, and what the two general referrals lead to."""

    name: str
    version: str
    incomplete_see: Professional
    too_little_left_see: Professional


@attrs.frozen(kw_only=True)
class Settings:
    """What the programme stage must know of this pack: which finding is the side, and the like.

    `fill` names exercises, and the three lists below it adjuncts: the first that suits warms up before
    every programme, `few_left` stands beside one of hardly any exercises, `beside_referral` replaces them.
    `ask_first` names the findings that an interview begins with; it decides nothing.
    """

    side: str
    both: Condition
    lying_hurts: Condition
    cleared: Condition
    no_heat: Condition
    fill: tuple[str, ...]
    warm_up: tuple[str, ...] = ()
    few_left: tuple[str, ...] = ()
    beside_referral: tuple[str, ...] = ()
    ask_first: tuple[str, ...] = ()


@attrs.frozen(kw_only=True, eq=False)
class Ruleset(Shown):
    """The loaded, checked rules. `hash` changes with every byte of every rule file.

    `forbidden` lists the combinations that no person free of conflicts answers; `domains` holds, per
    finding, one value for each band of answers that the rules tell apart, the least dangerous first.
    """

    manifest: Manifest
    settings: Settings
    hash: str
    findings: Mapping[str, Finding] = attrs.field(converter=frozen_map, repr=False)
    groups: tuple[Group, ...] = attrs.field(repr=False)
    definitions: Mapping[str, Definition] = attrs.field(converter=frozen_map, repr=False)
    implications: tuple[Implication, ...] = attrs.field(repr=False)
    not_applicable: tuple[NotApplicable, ...] = attrs.field(repr=False)
    contradictions: tuple[Contradiction, ...] = attrs.field(repr=False)
    red_flags: Mapping[str, RedFlag] = attrs.field(converter=frozen_map, repr=False)
    gates: Mapping[str, RedFlag] = attrs.field(converter=frozen_map, repr=False)
    pattern: tuple[Node, ...] = attrs.field(repr=False)
    programmes: Mapping[str, ProgrammeRule] = attrs.field(converter=frozen_map, repr=False)
    exercises: Mapping[str, Exercise] = attrs.field(converter=frozen_map, repr=False)
    columns: Mapping[str, Column] = attrs.field(converter=frozen_map, repr=False)
    causes: Mapping[str, Cause] = attrs.field(converter=frozen_map, repr=False)
    activities: tuple[Activity, ...] = attrs.field(repr=False)
    adjuncts: Mapping[str, AdjunctRule] = attrs.field(converter=frozen_map, repr=False)
    stop_rules: tuple[StopRule, ...] = attrs.field(repr=False)
    sources: Mapping[str, Source] = attrs.field(converter=frozen_map, repr=False)
    contacts: tuple[Contact, ...] = attrs.field(repr=False)
    texts: Texts = attrs.field(repr=False)
    omissions: tuple[Omission, ...] = attrs.field(repr=False)
    advice: tuple[Advice, ...] = attrs.field(repr=False)
    watch: tuple[Watch, ...] = attrs.field(repr=False)
    unwatched: tuple[Unwatched, ...] = attrs.field(repr=False)
    facts: Mapping[str, Fact] = attrs.field(converter=frozen_map, repr=False)
    promised_urgency: tuple[UrgencyPromise, ...] = attrs.field(repr=False)
    promised_limits: tuple[LimitPromise, ...] = attrs.field(repr=False)
    promised_doses: tuple[DosePromise, ...] = attrs.field(repr=False)
    promised_sides: tuple[SidePromise, ...] = attrs.field(repr=False)
    promised_leaves: tuple[LeafPromise, ...] = attrs.field(repr=False)
    promised_apart: tuple[ApartPromise, ...] = attrs.field(repr=False)
    signed: tuple[SignedChange, ...] = attrs.field(repr=False)
    poses: Mapping[str, Poses] = attrs.field(converter=frozen_map, repr=False)
    forbidden: tuple[Combination, ...] = attrs.field(repr=False)
    domains: Mapping[str, tuple[Value, ...]] = attrs.field(converter=frozen_map, repr=False)

    @property
    def version(self) -> str:
        """The version its authors gave the pack."""
        return self.manifest.version

    @property
    def gated(self) -> tuple[RedFlag, ...]:
        """Every rule that can end in a referral: the red flags, then the gates."""
        return (*self.red_flags.values(), *self.gates.values())

    @cached_property
    def levels(self) -> tuple[Level, ...]:
        """Every level of every red flag and gate."""
        return tuple(level for flag in self.gated for level in flag.levels)

    @cached_property
    def places(self) -> tuple[Mapping[str, tuple[int, ...]], Mapping[str, tuple[int, ...]]]:
        """Which of `levels`, and which of `forbidden`, read each finding."""
        bars = [frozenset().union(*(findings_in(each) for each, _ in every)) for every in self.forbidden]
        reads = [findings_in(level.when) for level in self.levels]
        return by_finding(enumerate(reads)), by_finding(enumerate(bars))

    @cached_property
    def readers(self) -> Mapping[str, tuple[Level, ...]]:
        """The levels that read each finding, those that lead furthest first."""
        levels = sorted(self.levels, key=lambda level: (level.urgency, level.see), reverse=True)
        return by_finding((level, findings_in(level.when)) for level in levels)

    @cached_property
    def barred(self) -> Mapping[str, tuple[Combination, ...]]:
        """The forbidden combinations that read each finding."""
        return by_finding(
            (each, frozenset().union(*(findings_in(condition) for condition, _ in each)))
            for each in self.forbidden
        )

    @cached_property
    def tree(self) -> Tree:
        """The decision tree as one value, to be shown as text, as a picture or as mermaid."""
        from sitriage.show.flowchart.built import tree_of

        return tree_of(self)

    def _repr_pretty_(self, printer: Any, _: bool) -> None:
        # notebooks and Hypothesis would print every rule, though `repr` leaves them out
        printer.text(repr(self))
