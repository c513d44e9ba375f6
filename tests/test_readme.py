"""The examples of the README work as printed, and its two commands are two lines."""

import doctest
import re
from pathlib import Path

README = Path(__file__).parent.parent / "README.md"


def test_every_example_of_the_readme_works():
    """Doctest finds the examples and none of them fails."""
    result = doctest.testfile(str(README), module_relative=False, encoding="utf-8")
    assert result.attempted >= 8
    assert result.failed == 0


def test_two_commands_are_exactly_two_lines():
    """One shell block of two lines, the first of which prints the sample person's programme."""
    section = README.read_text(encoding="utf-8").split("## Two commands\n")[1].split("\n## ")[0]
    (block,) = re.findall(r"```sh\n(.*?)```", section, re.S)
    first, second = block.splitlines()
    assert first.endswith("sitriage triage examples/person.json")
    assert ".venv-test/bin/python -m pytest" in second
