"""The command `tree`: the decision tree as text, as a picture or as mermaid, and the tables beside it."""

from __future__ import annotations

from argparse import Namespace

from sitriage.cli.commands import FINE
from sitriage.cli.files import answers_from_file
from sitriage.model import Ruleset
from sitriage.placed import rule_files
from sitriage.show.facts import facts_text
from sitriage.show.tree import matrix_text
from sitriage.triage import load_rules, triage

__all__ = ["run_tree"]


def run_tree(options: Namespace) -> int:
    """Prints the decision tree, the matrix of limits, or where every founding fact went.

    Raises ValueError for an option of the tree beside a table, and for a background of what is no picture.
    """
    if (options.matrix or options.facts) and (options.storey or options.path):
        raise ValueError("`--storey` and `--path` are of the tree; leave out `--matrix` and `--facts`")
    if options.dark and not options.svg:
        raise ValueError("`--dark` is of the picture; add `--svg`")
    rules = load_rules(options.rules)
    if options.facts:
        print(facts_text(rules, rule_files(rules)), end="")
    elif options.matrix:
        print(matrix_text(rules), end="")
    else:
        print(_tree(rules, options), end="")
    return FINE


def _tree(rules: Ruleset, options: Namespace) -> str:
    tree = rules.tree
    if options.path:
        tree = tree.lit(triage(answers_from_file(options.path), rules=rules).path)
    if options.storey:
        tree = tree.storey(options.storey)
    if options.svg:
        return tree.svg(dark=options.dark) + "\n"
    return tree.mermaid() if options.mermaid else tree.text()
