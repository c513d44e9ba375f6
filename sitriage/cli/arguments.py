"""The words of the command line: one entry for each command, with its arguments."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable
from typing import Any

import attrs

from sitriage.cli import commands
from sitriage.cli.handouts import run_handout
from sitriage.cli.pictures import run_picture
from sitriage.cli.reviews import run_review
from sitriage.cli.trees import run_tree
from sitriage.show.flowchart.tree import STOREYS

__all__ = ["COMMANDS", "Command", "arguments_parser"]

EPILOG = """exit codes:
  0    done; for `triage` a verdict was given, whatever it is
  1    `check` found faults, `prove` a broken law, `diff` an urgency that falls or an exercise gained,
       `diff --records` that for a record, or one that the old rules do not repeat,
       `findings` nothing, or there is no such `schema`
  2    the answers, the rules or the arguments cannot be used
  130  `ask` was stopped before its end
"""

Adds = Callable[[Any], object]
"""Adds an argument to a parser, or to a group of one."""


@attrs.frozen
class Command:
    """A command with what it is for, what it does, and what adds its arguments."""

    name: str
    about: str
    run: Callable[[Namespace], int]
    arguments: tuple[Adds, ...] = ()


def _word(name: str, about: str, **how: Any) -> Adds:
    return lambda to: to.add_argument(name.lower(), metavar=name, help=about, **how)


def _option(name: str, about: str, **how: Any) -> Adds:
    return lambda to: to.add_argument(name, help=about, **how)


def _switch(name: str, about: str) -> Adds:
    return _option(name, about, action="store_true")


def _either(*choices: Adds) -> Adds:
    """Adds arguments of which only one may be given."""
    return lambda to: _add_all(to.add_mutually_exclusive_group(), choices)


def _add_all(to: Any, arguments: tuple[Adds, ...]) -> None:
    for add in arguments:
        add(to)


_ANSWERS = _word("FILE", "a JSON file, or - for standard input")
_FOLDER = _word("FOLDER", "a folder like rules/", nargs="?")
_RULES = _option("--rules", "use the rules of this folder, not the shipped ones", metavar="FOLDER")
_REGION = _option(
    "--region", "whose phone lines to print: international, gb, us, eu", default="international"
)
_SAVE = _option("--save", "a file to keep the interview in, and to go on from", metavar="FILE")
_FORMAT = _option(
    "--format",
    "text: one fault a line; json: a list of file, line, what; github: annotations of a workflow",
    choices=("text", "json", "github"),
    default="text",
)

COMMANDS = (
    Command(
        "triage",
        "print the verdict for a JSON file of answers",
        commands.run_triage,
        (_ANSWERS, _switch("--json", "print the verdict as JSON"), _REGION),
    ),
    Command(
        "handout",
        "print what to take along: a programme to do at home, or a letter to show",
        run_handout,
        (
            _ANSWERS,
            _REGION,
            _option("--html", "write it into this file instead", metavar="OUT.html"),
            _option("--pdf", "write it as PDF (extra `print`)", metavar="OUT.pdf"),
            _option("--ics", "write the exercise times as a calendar (extra `calendar`)", metavar="OUT.ics"),
            _option("--start", "with --ics: the first day, such as 2026-12-01", metavar="DAY"),
            _option("--at", "with --ics: the time of day; 08:00 where it is left out", metavar="TIME"),
        ),
    ),
    Command("why", "print the path, the reasons and the sources of a verdict", commands.run_why, (_ANSWERS,)),
    Command("check", "check a folder of rules, or the shipped ones", commands.run_check, (_FOLDER, _FORMAT)),
    Command(
        "prove",
        "prove the safety laws of a folder of rules, or of the shipped ones",
        commands.run_prove,
        (
            _FOLDER,
            _either(
                _switch("--json", "print the proofs as JSON"),
                _switch("--table", "print the laws as a table for readers of no code"),
            ),
            _option("--write", "write what was proved, with the hash of the rules", metavar="FILE"),
        ),
    ),
    Command(
        "diff",
        "print who gets another verdict under new rules",
        commands.run_diff,
        (
            _word("OLD", "the folder of the old rules"),
            _word("NEW", "the folder of the new rules"),
            _either(
                _switch("--json", "print the changes as JSON, with whole people"),
                _switch("--markdown", "print the changes as a table for a review"),
            ),
            _option(
                "--records", "put these stored verdicts to both rules: a file, or a folder", metavar="PATH"
            ),
        ),
    ),
    Command(
        "schema",
        "list or write the JSON Schemas of rules, answers and verdict",
        commands.run_schema,
        (
            _word("NAME", "print this one", nargs="?"),
            _option("--write", "write all of them into a folder", metavar="FOLDER"),
            _option("--types", "write the answers as a TypedDict into a Python file", metavar="FILE"),
            _option(
                "--point",
                "with --write: begin each rule file of a folder with its #:schema",
                metavar="FOLDER",
            ),
        ),
    ),
    Command(
        "findings",
        "list what can be asked",
        commands.run_findings,
        (_word("WORD", "only those with this word", nargs="?"),),
    ),
    Command(
        "tree",
        "print the decision tree of the rules",
        run_tree,
        (
            _either(
                _switch("--svg", "print it as a picture"),
                _switch("--mermaid", "print it as mermaid"),
                _switch("--matrix", "print the limits: what each allows of each exercise"),
                _switch("--facts", "print where every founding fact went"),
            ),
            _option("--storey", "this storey alone, with every entry", choices=STOREYS),
            _option("--path", "light the path of the person in this file of answers", metavar="FILE"),
            _switch("--dark", "with --svg: for a dark background"),
        ),
    ),
    Command(
        "picture",
        "print the picture of an exercise as SVG, or write all pictures",
        run_picture,
        (
            _word("EXERCISE", "the id of the exercise", nargs="?"),
            _option("--rung", "the form of the exercise; the first where it is left out", metavar="RUNG"),
            _option(
                "--side",
                "whose leg moves: left, right, each, symmetric; else both for --all, and the right one",
                choices=("left", "right", "each", "symmetric"),
            ),
            _option("--sore", "mark the sore side: left, right", choices=("left", "right")),
            _switch("--dark", "draw it for dark paper"),
            _switch("--animated", "let it move by itself"),
            _switch("--all", "write every picture, with --write FOLDER"),
            _option("--write", "write it into a file, or all into a folder", metavar="PATH"),
        ),
    ),
    Command(
        "review",
        "print every rule in words, with sources, pictures and worked cases, to read and sign",
        run_review,
        (
            _option("--html", "write it into this file instead", metavar="OUT.html"),
            _option("--csv", "write it as a table for a spreadsheet", metavar="OUT.csv"),
        ),
    ),
    Command("ask", "ask in the terminal, screen by screen", commands.run_ask, (_REGION, _SAVE)),
    Command(
        "mcp",
        "serve the tools for language models over standard input and output",
        commands.run_mcp,
        (
            _option(
                "--http", "serve over HTTP on this port of this machine instead", metavar="PORT", type=int
            ),
        ),
    ),
)


def arguments_parser() -> ArgumentParser:
    """Returns the parser of all commands; what it reads knows how to `run`."""
    parser = ArgumentParser(
        prog="sitriage",
        description="Triage of pain at the base of the back: exercises, or a reasoned referral.",
        epilog=EPILOG,
        formatter_class=RawDescriptionHelpFormatter,
    )
    _RULES(parser)
    kinds = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        kind = kinds.add_parser(command.name, help=command.about)
        _add_all(kind, command.arguments)
        kind.set_defaults(run=command.run)
    return parser
