"""An interview in the terminal: screen by screen, until no answer can change the verdict."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from textwrap import fill

from sitriage.cli.files import answers_from_file, written
from sitriage.cli.typed import chosen, hint, one
from sitriage.interview.question import Question
from sitriage.interview.session import Interview, Progress
from sitriage.model import Finding, Ruleset
from sitriage.verdict import AnswerValue
from sitriage.words import Urgency

__all__ = ["ask"]

Answers = Mapping[str, AnswerValue]
Read = Callable[[str], str]
Write = Callable[[str], None]

HOW = (
    "Type the numbers that apply, such as 1 3. A number with ? means unsure, such as 2?. "
    "Type 0 for none of these, h for help, or just press Enter to leave them open."
)
COMMANDS = "At any question: w says why it is asked, b goes back. Ctrl-C stops."
NOW = "What you said may be an emergency. If you stop here, get help now."
FEW = 20
"""How many screens more are worth saying: a far bound only frightens."""
WIDTH = 88


class _BackError(Exception):
    """Somebody wants the question before."""


def ask(
    rules: Ruleset, region: str, read: Read = input, write: Write = print, save: Path | None = None
) -> bool:
    """Asks until nothing that is open can change the verdict, then writes it.

    Returns whether the questions were finished; Ctrl-C and end of input end them politely with the
    verdict so far. With `save` the interview is kept in that file, and goes on from it. Raises ValueError
    for a region the rules do not have or a file that cannot be written, AnswerError for a file that holds
    no interview.
    """
    regions = [contact.region for contact in rules.contacts]
    if region not in regions:
        raise ValueError(f"no contact lines for this region; there are {', '.join(regions)}")
    interview, warned = Interview(rules=rules), False
    if save is not None:
        save = save.absolute()
        if save.exists():
            interview = Interview.from_dict(answers_from_file(str(save)), rules=rules)
        # what cannot be written is known before the first question
        _keep(interview, save)
    write(f"{rules.manifest.name}. {COMMANDS}")
    try:
        while (question := interview.question) is not None:
            urgent = interview.verdict.urgency is Urgency.EMERGENCY
            if urgent and not warned:
                write(f"\n{NOW}")
            warned = urgent
            interview = _asked(interview, question, read, write)
            if save is not None:
                _keep(interview, save)
    except (KeyboardInterrupt, EOFError):
        kept = "nothing was stored" if save is None else f"they are kept in `{save}`"
        write(f"\nStopped. This is the verdict for the answers so far; {kept}.")
    if interview.why_stop:
        write("\n" + fill(interview.why_stop.sentence, WIDTH))
    write("")
    write(interview.verdict.text(region))
    return interview.done


def _keep(interview: Interview, save: Path) -> None:
    written(save, json.dumps(interview.to_dict()).encode())


def _asked(interview: Interview, question: Question, read: Read, write: Write) -> Interview:
    """The interview after one more list, or after the first number or choice of a form."""
    findings = [interview.rules.findings[name] for name in question.items]
    listed = findings if findings[0].kind == "yes_no" else findings[:1]
    write(f"\n{_place(interview.progress)}")
    try:
        said = (
            _list(question, listed, read, write)
            if len(listed) > 1
            else _one(question, listed[0], read, write)
        )
    except _BackError:
        return interview.back()
    return interview.answer(said) if said else interview.skip(*(each.id for each in listed))


def _place(progress: Progress) -> str:
    more = progress.at_most - 1
    return f"Screen {progress.answered + 1}" + (f", at most {more} more" if more <= FEW else "")


def _list(question: Question, listed: list[Finding], read: Read, write: Write) -> Answers:
    write(fill(f"{question.text} ({question.why})", WIDTH))
    section = question.text
    for number, (item, part) in enumerate(zip(listed, question.parts, strict=True), 1):
        if part.section != section:
            write(fill(part.section, WIDTH))
            section = part.section
        # the question itself: nobody can answer to a label alone
        write(fill(f"{number}. {item.question}", WIDTH, initial_indent="  ", subsequent_indent="     "))
        if "\n" in item.help:
            # the question is about a list, which must be seen
            _write_help(item, write, "     ")
    write(fill(HOW, WIDTH))
    while said := _said(question, read, write).lower():
        if said == "h":
            for number, item in enumerate(listed, 1):
                write(fill(f"{number}. {item.question}", WIDTH, subsequent_indent="   "))
                _write_help(item, write, "   ")
            continue
        answers = chosen(said, len(listed))
        if answers is not None:
            return {item.id: answers.get(number, False) for number, item in enumerate(listed, 1)}
        write(f"Please type numbers from 1 to {len(listed)}, 0 for none, or press Enter.")
    return {}


def _one(question: Question, item: Finding, read: Read, write: Write) -> Answers:
    write(fill(item.question, WIDTH))
    _write_help(item, write, "")
    write(fill(hint(item), WIDTH))
    while said := _said(question, read, write):
        value = one(said, item)
        if value is not None:
            return {item.id: value}
        write("That cannot be read. " + hint(item))
    return {}


def _said(question: Question, read: Read, write: Write) -> str:
    """What was typed, once it is no wish to know why."""
    while (said := read("> ").strip()).lower() == "w":
        write(fill(question.why, WIDTH))
    if said.lower() == "b":
        raise _BackError
    return said


def _write_help(item: Finding, write: Write, indent: str) -> None:
    for line in item.help.splitlines():
        write(fill(line, WIDTH, initial_indent=indent, subsequent_indent=indent))
