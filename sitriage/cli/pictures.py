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
                for side in _sides(rules, each.id, rung, options):
                    marked = "" if side is Side.SYMMETRIC else f"-{side.value}"
                    file = folder / f"{each.id}-{rung}{marked}.svg"
                    print(written(file, _svg(rules, each.id, rung, side, options).encode()))
        return 0
    name = options.exercise
    if not name:
        raise ValueError("give the id of an exercise, or `--all --write FOLDER`")
    poses = rules.poses.get(name)
    # the first form is the one that asks most
    rung = options.rung or (next(iter(poses.rung)) if poses else "")
    svg = _svg(rules, name, rung, _sides(rules, name, rung, options)[0], options)
    if options.write:
        print(written(Path(options.write), svg.encode()))
    else:
        print(svg, end="")
    return 0


def _sides(rules: Ruleset, name: str, rung: str, options: Namespace) -> tuple[Side, ...]:
    """The side that is asked for, or each one that the form can have."""
    if options.side:
        return (Side(options.side),)
    exercise, poses = rules.exercises.get(name), rules.poses.get(name)
    form = exercise.rung.get(rung) if exercise else None
    if exercise and form and (form.side or exercise.side) == Side.SYMMETRIC.value:
        return (Side.SYMMETRIC,)
    alike = (Side.SYMMETRIC,) if poses and rung in poses.alike else ()
    return (Side.RIGHT, Side.LEFT, *alike)


def _svg(rules: Ruleset, name: str, rung: str, side: Side, options: Namespace) -> str:
    sore = Side(options.sore) if options.sore else None
    how = {"dark": options.dark, "animated": options.animated}
    made = picture(rules, name, rung, side, sore=sore, **how)
    if made is None:
        poses = rules.poses.get(name)
        word, known = (rung, poses.rung) if poses else (name, rules.poses)
        hint, _ = did_you_mean(word, known)
        raise ValueError(f"there is no picture of `{word}`{hint}; there are {', '.join(known) or 'none'}")
    return f"{made.svg}\n"
