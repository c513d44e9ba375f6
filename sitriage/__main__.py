# PYTHON_ARGCOMPLETE_OK
"""`python -m sitriage` and the command `sitriage`: reads the arguments and calls a command."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Sequence
from io import TextIOWrapper

from sitriage.cli import commands
from sitriage.errors import AnswerError, RulesError

__all__ = ["main"]

EPILOG = """exit codes:
  0    done; for `triage` a verdict was given, whatever it is
  1    `check` found faults, `prove` a broken law, `diff` an urgency that falls or an exercise gained,
       `diff --records` that for a record, or one that the old rules do not repeat,
       `findings` nothing, or there is no such `schema`
  2    the answers, the rules or the arguments cannot be used
  130  `ask` was stopped before its end
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line and returns its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # a terminal that lacks a letter shows ? for it instead of failing
            stream.reconfigure(errors="replace")
    parser = _parser()
    try:
        import argcomplete  # completion in the shell, with the extra `cli`

        argcomplete.autocomplete(parser)
    except ImportError:
        pass
    options = parser.parse_args(arguments)
    try:
        return int(options.run(options))
    except (AnswerError, RulesError, ValueError) as error:
        print(error, file=sys.stderr)
        return commands.UNUSABLE
    except BrokenPipeError:
        sys.stderr.close()
        return commands.FINE


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="sitriage",
        description="Triage of pain at the base of the back: exercises, or a reasoned referral.",
        epilog=EPILOG,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--rules", metavar="FOLDER", help="use the rules of this folder, not the shipped ones"
    )
    kinds = parser.add_subparsers(required=True, metavar="COMMAND")

    triage = kinds.add_parser("triage", help="print the verdict for a JSON file of answers")
    triage.add_argument("file", metavar="FILE", help="a JSON file, or - for standard input")
    triage.add_argument("--json", action="store_true", help="print the verdict as JSON")
    _region(triage)
    triage.set_defaults(run=commands.run_triage)

    why = kinds.add_parser("why", help="print the path, the reasons and the sources of a verdict")
    why.add_argument("file", metavar="FILE", help="a JSON file, or - for standard input")
    why.set_defaults(run=commands.run_why)

    check = kinds.add_parser("check", help="check a folder of rules, or the shipped ones")
    check.add_argument("folder", metavar="FOLDER", nargs="?", help="a folder like rules/")
    check.add_argument(
        "--format",
        choices=("text", "json", "github"),
        default="text",
        help="text: one fault a line; json: a list of file, line, what; github: annotations of a workflow",
    )
    check.set_defaults(run=commands.run_check)

    prove = kinds.add_parser(
        "prove", help="prove the safety laws of a folder of rules, or of the shipped ones"
    )
    prove.add_argument("folder", metavar="FOLDER", nargs="?", help="a folder like rules/")
    form = prove.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print the proofs as JSON")
    form.add_argument("--table", action="store_true", help="print the laws as a table for readers of no code")
    prove.add_argument("--write", metavar="FILE", help="write what was proved, with the hash of the rules")
    prove.set_defaults(run=commands.run_prove)

    diff = kinds.add_parser("diff", help="print who gets another verdict under new rules")
    diff.add_argument("old", metavar="OLD", help="the folder of the old rules")
    diff.add_argument("new", metavar="NEW", help="the folder of the new rules")
    form = diff.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print the changes as JSON, with whole people")
    form.add_argument("--markdown", action="store_true", help="print the changes as a table for a review")
    diff.add_argument(
        "--records", metavar="PATH", help="put these stored verdicts to both rules: a file, or a folder"
    )
    diff.set_defaults(run=commands.run_diff)

    schema = kinds.add_parser("schema", help="list or write the JSON Schemas of rules, answers and verdict")
    schema.add_argument("name", metavar="NAME", nargs="?", help="print this one")
    schema.add_argument("--write", metavar="FOLDER", help="write all of them into a folder")
    schema.add_argument("--types", metavar="FILE", help="write the answers as a TypedDict into a Python file")
    schema.add_argument(
        "--point", metavar="FOLDER", help="with --write: begin each rule file of a folder with its #:schema"
    )
    schema.set_defaults(run=commands.run_schema)

    findings = kinds.add_parser("findings", help="list what can be asked")
    findings.add_argument("word", metavar="WORD", nargs="?", help="only those with this word")
    findings.set_defaults(run=commands.run_findings)

    tree = kinds.add_parser("tree", help="print the decision tree of the rules")
    tree.add_argument(
        "--matrix", action="store_true", help="print the limits: what each allows of each exercise"
    )
    tree.add_argument("--facts", action="store_true", help="print where every founding fact went")
    tree.set_defaults(run=commands.run_tree)

    ask = kinds.add_parser("ask", help="ask in the terminal, group by group")
    _region(ask)
    ask.set_defaults(run=commands.run_ask)
    return parser


def _region(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--region", default="international", help="whose phone lines to print: international, gb, us, eu"
    )


if __name__ == "__main__":
    sys.exit(main())
