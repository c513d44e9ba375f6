"""The verdict as plain values: `Programme` or `Referral`. Nothing here decides or reads rules."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from types import MappingProxyType
from typing import Any, NoReturn

import attrs

from sitriage.notebook import Shown
from sitriage.structure import strict_converter
from sitriage.words import Phase, Professional, Side, Urgency

__all__ = [
    "Adjunct", "CauseFit", "Conflict", "Contact", "Dose", "Prescription", "Programme", "Reason", "Record",
    "Referral", "Verdict", "Withheld",
]  # fmt: skip

AnswerValue = bool | int | str


@attrs.frozen
class Reason:
    """Why: the rule's id, a plain sentence, the findings that determine it, rows and sources."""

    rule: str
    sentence: str
    findings: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@attrs.frozen
class Conflict:
    """Answers that cannot be true together, to be asked again."""

    id: str
    sentence: str
    findings: tuple[str, ...]


@attrs.frozen
class CauseFit:
    """A cause whose pattern fits, never a diagnosis; `does` says what the rules do about it.

    The findings that speak for it and against it, and those not known that could speak for it.
    """

    cause: str
    label: str
    sentence: str
    does: str
    supporting: tuple[str, ...]
    conflicting: tuple[str, ...]
    unconfirmed: tuple[str, ...]
    rows: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@attrs.frozen
class Record:
    """What a verdict was made from: `triage(dict(record.answers))` under the same hash repeats it."""

    version: str
    hash: str
    answers: tuple[tuple[str, AnswerValue], ...] = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class Contact:
    """The lines to call in one region."""

    region: str
    emergency: str
    urgent: str
    maternity: str
    crisis: str


@attrs.frozen(kw_only=True)
class Dose:
    """How much: repetitions, sets, times a day, days a week, seconds of hold and rest, percent of effort."""

    reps: int
    sets: int
    per_day: int
    hold_s: int = 0
    rest_s: int = 0
    effort_percent: int = 0
    days_per_week: int = 7


@attrs.frozen(kw_only=True)
class Adjunct:
    """Something gentle beside the exercises: a warm-up, a short walk, a change of position."""

    adjunct: str
    label: str
    position: str
    steps: tuple[str, ...]
    reasons: tuple[Reason, ...]


@attrs.frozen(kw_only=True)
class Prescription(Shown):
    """One exercise for this person. `side` is the leg that does the named movement."""

    exercise: str
    label: str
    rung: str
    side: Side
    dose: Dose
    target: Dose
    phase: Phase
    position: str
    steps: tuple[str, ...]
    stop_if: tuple[str, ...]
    equipment: tuple[str, ...]
    evidence: str
    reasons: tuple[Reason, ...]


@attrs.frozen(kw_only=True)
class Withheld:
    """An exercise that was left out or replaced, and the rules that did it."""

    exercise: str
    label: str
    reasons: tuple[Reason, ...]


@attrs.frozen(kw_only=True)
class _Verdict(Shown):
    urgency: Urgency
    headline: str
    reasons: tuple[Reason, ...]
    causes: tuple[CauseFit, ...]
    path: tuple[str, ...]
    open_questions: tuple[str, ...]
    urgency_range: tuple[Urgency, Urgency]
    provisional: bool
    safety_net: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    record: Record
    contacts: tuple[Contact, ...]
    note: str

    def __bool__(self) -> NoReturn:
        raise TypeError("a verdict is neither true nor false; look at `verdict.urgency`")

    def __str__(self) -> str:
        return self.text()

    def text(self, region: str = "international") -> str:
        """Returns the whole verdict as plain text, with the contact lines of a region."""
        from sitriage.show.text import verdict_text

        return verdict_text(self, region)  # type: ignore[arg-type]

    def to_dict(self) -> dict[str, Any]:
        """Returns plain data (texts, numbers, lists) with the `kind` of verdict."""
        return {"kind": type(self).__name__.lower(), **_CONVERTER.unstructure(self)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Any:
        """Returns the verdict that `to_dict` wrote; raises ValueError for anything else."""
        return _verdict_from(cls, data)


@attrs.frozen(kw_only=True)
class Programme(_Verdict):
    """A safe exercise set: ordered, dosed, sided, with what was withheld and when to stop."""

    warm_up: tuple[Adjunct, ...]
    prescriptions: tuple[Prescription, ...]
    also: tuple[Adjunct, ...]
    withheld: tuple[Withheld, ...]
    avoid: tuple[str, ...]
    stop_rules: tuple[str, ...]
    self_care: tuple[str, ...]
    review: tuple[str, ...]
    minutes: int
    equipment: tuple[str, ...]

    def __attrs_post_init__(self) -> None:
        if self.urgency != Urgency.SELF_CARE or self.provisional or not self.prescriptions:
            raise ValueError("a programme is self-care, never provisional and never empty")


@attrs.frozen(kw_only=True)
class Referral(_Verdict):
    """See a professional: how soon, who, why, what to tell them and what to do meanwhile."""

    see: Professional
    who: str
    how: str
    red_flags: tuple[str, ...]
    still_to_ask: tuple[str, ...]
    tell_them: tuple[str, ...]
    meanwhile: tuple[str, ...]

    def __attrs_post_init__(self) -> None:
        if self.urgency == Urgency.SELF_CARE:
            raise ValueError("a referral is at least routine")


Verdict = Programme | Referral

_KINDS: Mapping[str, type[Programme] | type[Referral]] = MappingProxyType(
    {"programme": Programme, "referral": Referral}
)
_CONVERTER = strict_converter()
for _words in (Urgency, Professional, Side, Phase):
    _CONVERTER.register_unstructure_hook(_words, lambda word: word.value)
_CONVERTER.register_structure_hook_func(lambda kind: kind == AnswerValue, lambda raw, _: _answer(raw))


def _answer(raw: Any) -> AnswerValue:
    if type(raw) not in (bool, int, str):
        raise ValueError("expected true, false, a whole number or a text")
    return raw  # type: ignore[no-any-return]


def _verdict_from(cls: type, data: Mapping[str, Any]) -> Verdict:
    kind = data.get("kind") if isinstance(data, Mapping) else None
    wanted = _KINDS.get(kind) if isinstance(kind, str) else None
    if wanted is None or not issubclass(wanted, cls):
        raise ValueError(f"`kind` must be one of {', '.join(_KINDS)}")
    made: Verdict | None = None
    with suppress(Exception):
        made = _CONVERTER.structure({k: v for k, v in data.items() if k != "kind"}, wanted)
    if made is None:
        # raised here, so that no error with the answers of a person hangs on it
        raise ValueError("not a verdict that `to_dict` wrote")
    return made
