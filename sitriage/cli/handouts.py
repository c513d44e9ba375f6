"""The command `handout`: what somebody takes along, on paper and in a calendar."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time
from pathlib import Path

from sitriage.cli.files import answers_from_file, written
from sitriage.model import Ruleset
from sitriage.show.handout import handout_html
from sitriage.triage import load_rules, triage
from sitriage.verdict import Programme, Verdict

__all__ = ["run_handout"]

EARLY = "08:00"
NO_TIMES = "these answers lead to a referral, so there are no exercises to put in a calendar"


def run_handout(options: Namespace) -> int:
    """Prints the handout of a verdict as HTML, or writes it as HTML, PDF and calendar."""
    for name in ("start", "at"):
        if getattr(options, name) and not options.ics:
            raise ValueError(f"`--{name}` is of the calendar; add `--ics`")
    rules = load_rules(options.rules)
    verdict = triage(answers_from_file(options.file), rules=rules)
    made: dict[str, bytes] = {}
    html = handout_html(verdict, rules=rules, region=options.region)
    if options.html:
        made[options.html] = html.encode()
    if options.pdf:
        made[options.pdf] = _pdf(verdict, rules, options.region)
    if options.ics:
        if isinstance(verdict, Programme):
            made[options.ics] = _ics(verdict, options)
        elif made:
            print(f"{NO_TIMES}: `{options.ics}` was not written", file=sys.stderr)
        else:
            raise ValueError(f"{NO_TIMES}; ask for `--html` or `--pdf`: the letter to show")
    for name, data in made.items():
        print(written(Path(name), data))
    if not made:
        print(html, end="")
    return 0


def _pdf(verdict: Verdict, rules: Ruleset, region: str) -> bytes:
    handout_pdf: Callable[..., bytes] | None = None
    with suppress(ImportError):
        from sitriage.show.handout.pdf import handout_pdf
    if handout_pdf is None:
        raise ValueError("`--pdf` needs an extra; install it with `pip install sitriage[print]`")
    return handout_pdf(verdict, rules=rules, region=region)


def _ics(verdict: Programme, options: Namespace) -> bytes:
    start = _start(options.start, options.at)
    calendar_of: Callable[[Programme, datetime], bytes] | None = None
    with suppress(ImportError):
        from sitriage.show.handout.times import calendar_of
    if calendar_of is None:
        raise ValueError("`--ics` needs an extra; install it with `pip install sitriage[calendar]`")
    return calendar_of(verdict, start)


def _start(day: str | None, at: str | None) -> datetime:
    if day is None:
        raise ValueError("`--ics` needs `--start`: the first day, such as 2026-12-01")
    with suppress(ValueError):
        return datetime.combine(date.fromisoformat(day), time.fromisoformat(at or EARLY))
    raise ValueError("`--start` is a day such as 2026-12-01, and `--at` a time such as 08:00")
