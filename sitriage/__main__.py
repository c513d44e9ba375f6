# PYTHON_ARGCOMPLETE_OK
"""`python -m sitriage` and the command `sitriage`: reads the arguments and calls a command."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from io import TextIOWrapper

from sitriage.cli import commands
from sitriage.cli.arguments import arguments_parser
from sitriage.errors import AnswerError, RulesError

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line and returns its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # a terminal that lacks a letter shows ? for it instead of failing
            stream.reconfigure(errors="replace")
    parser = arguments_parser()
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


if __name__ == "__main__":
    sys.exit(main())
