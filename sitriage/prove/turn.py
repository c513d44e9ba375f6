"""The verdicts on one person before and after a change: what fell, what was gained and what was lost."""

from __future__ import annotations

import attrs

from sitriage.verdict import Dose, Programme, Referral, Verdict

__all__ = ["Turn", "decision"]


@attrs.frozen(kw_only=True)
class Turn:
    """Somebody's verdict before and after."""

    before: Verdict = attrs.field(repr=False)
    after: Verdict = attrs.field(repr=False)

    @property
    def moved(self) -> bool:
        """Whether these are two different verdicts."""
        return decision(self.before) != decision(self.after)

    @property
    def fell(self) -> int:
        """By how many steps the urgency falls; less than 0 where it rises."""
        return self.before.urgency.rank - self.after.urgency.rank

    @property
    def lesser(self) -> bool:
        """Whether the urgency stays and a lesser professional is named."""
        before, after = self.before, self.after
        if not (isinstance(before, Referral) and isinstance(after, Referral)):
            return False
        return self.fell == 0 and before.see > after.see

    @property
    def gained(self) -> tuple[str, ...]:
        """The exercises, forms, sides and doses that are given after the change and not before."""
        return tuple(each for each in _given(self.after) if each not in _given(self.before))

    @property
    def lost(self) -> tuple[str, ...]:
        """The exercises, forms, sides and doses that were given before the change only."""
        return tuple(each for each in _given(self.before) if each not in _given(self.after))

    @property
    def opens(self) -> bool:
        """Whether it must be signed: less urgency, a lesser professional, or something gained."""
        return self.fell > 0 or self.lesser or (self.fell == 0 and bool(self.gained))


def decision(verdict: Verdict) -> tuple[object, ...]:
    """Returns what two verdicts share if they decide the same."""
    if isinstance(verdict, Programme):
        # the dose to work up to as well: a review must see where it leads
        return tuple((p.exercise, p.rung, p.side, p.dose, p.target) for p in verdict.prescriptions)
    return (verdict.urgency, verdict.see)


def _given(verdict: Verdict) -> tuple[str, ...]:
    if not isinstance(verdict, Programme):
        return ()
    return tuple(
        f"{each.exercise} ({each.rung}, {each.side}, {_dosed(each.dose)}, up to {_dosed(each.target)})"
        for each in verdict.prescriptions
    )


def _dosed(dose: Dose) -> str:
    hold = f", hold {dose.hold_s} s" if dose.hold_s else ""
    effort = f", effort {dose.effort_percent} %" if dose.effort_percent else ""
    return f"{dose.sets} x {dose.reps}{hold}{effort}, {dose.per_day} a day, {dose.days_per_week} days a week"
