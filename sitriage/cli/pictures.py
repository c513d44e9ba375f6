"""The command that prints or writes exercise pictures."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from sitriage.cli.files import writing, written
from sitriage.errors import did_you_mean
from sitriage.model import Ruleset
from sitriage.show.figures import picture
from sitriage.triage import load_rules
from sitriage.words import Side

__all__ = ["run_picture"]


def run_picture(options: Namespace) -> int:
    """Prints or writes one picture, or writes all into a folder; raises ValueError for a wrong name."""
    rules = load_rules(options.rules)
    if options.all:
        if options.exercise or options.rung or not options.write:
            raise ValueError("`--all` needs `--write` with a folder, and names no exercise")
        folder = Path(options.write)
        with writing(folder):
            folder.mkdir(exist_ok=True)
        for each in rules.poses.values():
            for rung in each.rung:
                file = folder / f"{each.id}-{rung}-{options.side}.svg"
                print(written(file, _svg(rules, each.id, rung, options).encode()))
        return 0
    name = options.exercise or ""
    poses = rules.poses.get(name)
    # the first form is the one that asks most
    svg = _svg(rules, name, options.rung or (next(iter(poses.rung)) if poses else ""), options)
    if options.write:
        print(written(Path(options.write), svg.encode()))
    else:
        print(svg, end="")
    return 0


def _svg(rules: Ruleset, name: str, rung: str, options: Namespace) -> str:
    sore = Side(options.sore) if options.sore else None
    how = {"dark": options.dark, "animated": options.animated}
    made = picture(rules, name, rung, Side(options.side), sore=sore, **how)
    if made is None:
        poses = rules.poses.get(name)
        word, known = (rung, poses.rung) if poses else (name, rules.poses)
        hint, _ = did_you_mean(word, known)
        raise ValueError(f"there is no picture of `{word}`{hint}; there are {', '.join(known) or 'none'}")
    return f"{made.svg}\n"
