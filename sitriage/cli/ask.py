"""Questions in the terminal, group by group, until no answer can change the verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from textwrap import fill
from types import MappingProxyType

from sitriage.conditions import Answer, Value, findings_in
from sitriage.evidence import read_answers
from sitriage.model import Finding, Group, Ruleset
from sitriage.ranges import span
from sitriage.triage import triage
from sitriage.verdict import AnswerValue
from sitriage.words import UNSURE, Urgency

__all__ = ["ask", "span_text"]

Answers = dict[str, AnswerValue]
Read = Callable[[str], str]
Write = Callable[[str], None]

HOW = (
    "Type the numbers that apply, such as 1 3. A number with ? means unsure, such as 2?. "
    "Type 0 for none of these, h for help, or just press Enter to leave them open."
)
YES_OR_NO = "y for yes, n for no, ? for unsure, Enter to leave it open."
# in a list, 0 says no and 1 is the first item
_PLAIN: Mapping[str, AnswerValue] = MappingProxyType({
    "y": True, "yes": True, "1": True, "n": False, "no": False, "0": False, "?": UNSURE,
})  # fmt: skip


def ask(rules: Ruleset, region: str, read: Read = input, write: Write = print) -> bool:
    """Asks until nothing that is open can change the verdict, then writes it.

    Returns whether the questions were finished; Ctrl-C and end of input end them politely with the
    verdict so far. A question is asked once, and once more if answers contradict each other.
    Raises ValueError for a region the rules do not have.
    """
    regions = [contact.region for contact in rules.contacts]
    if region not in regions:
        raise ValueError(f"no contact lines for this region; there are {', '.join(regions)}")
    answers: Answers = {}
    asked: Counter[str] = Counter()
    title = ""
    write(f"{rules.manifest.name}. Ctrl-C stops at any time.")
    finished = True
    try:
        while following := _next(rules, answers, asked):
            group, items = following
            write("" if group.title == title else f"\n{group.title}")
            title = group.title
            _ask(group, items, answers, read, write)
            asked.update(item.id for item in items)
    except (KeyboardInterrupt, EOFError):
        write("\nStopped. This is the verdict for the answers so far; nothing was stored.")
        finished = False
    write("")
    write(triage(answers, rules=rules).text(region))
    return finished


def _next(rules: Ruleset, answers: Answers, asked: Mapping[str, int]) -> tuple[Group, list[Finding]] | None:
    """What to ask next: the open list of a group, else one number or choice; nothing in an emergency.

    What could show that a question does not apply is asked before that question.
    """
    verdict = triage(answers, rules=rules)
    if verdict.urgency is Urgency.EMERGENCY:
        return None
    again = {name for conflict in verdict.conflicts for name in conflict.findings}
    wanted = {name for name in verdict.open_questions if asked.get(name, 0) <= (name in again)}
    for group in rules.groups:
        items = {name for name in wanted if rules.findings[name].group == group.id}
        if items:
            return _before(rules, group, items, _keepers(rules, answers, asked))
    return None


Keepers = Mapping[str, set[str]]


def _keepers(rules: Ruleset, answers: Answers, asked: Mapping[str, int]) -> Keepers:
    """For each finding, the unasked ones that could show that it does not apply."""
    evidence = read_answers(answers, rules)

    def domain(name: str) -> tuple[Value, ...]:
        return rules.domains[name] if evidence.missing(name) else (evidence.values[name],)

    keepers: dict[str, set[str]] = {}
    for rule in rules.not_applicable:
        if span(rule.when, domain)[1] is Answer.YES:
            fresh = {
                each for each in findings_in(rule.when) if evidence.missing(each) and not asked.get(each)
            }
            for name in rule.findings:
                keepers.setdefault(name, set()).update(fresh - {name})
    return keepers


def _before(rules: Ruleset, group: Group, items: set[str], keepers: Keepers) -> tuple[Group, list[Finding]]:
    """The items of a group, or what is asked before some of them."""
    first, todo = set[str](), list(items)
    while todo:
        fresh = keepers.get(todo.pop(), set()) - first
        first |= fresh
        todo += fresh
    ready = [
        each for name, each in rules.findings.items() if name in items | first and not keepers.get(name)
    ] or [rules.findings[name] for name in items]
    ahead = [each for each in ready if each.id in first and (each.group != group.id or each.kind != "yes_no")]
    shown = next((each for each in rules.groups if ahead and each.id == ahead[0].group), group)
    together = [each for each in ahead or ready if each.group == shown.id]
    return shown, [each for each in together if each.kind == "yes_no"] or together[:1]


def _ask(
    group: Group,
    items: list[Finding],
    answers: Answers,
    read: Read,
    write: Write,
) -> None:
    if len(items) == 1:
        _ask_one(items[0], answers, read, write)
        return
    write(fill(f"{group.ask} ({group.why})", 88))
    for number, item in enumerate(items, 1):
        write(f"  {number}. {item.label}")
        if "\n" in item.help:
            # the question is about a list, which must be seen
            _write_help(item, write, "     ")
    write(fill(HOW, 88))
    _ask_list(items, answers, read, write)


def _write_help(item: Finding, write: Write, indent: str) -> None:
    for line in item.help.splitlines():
        write(fill(line, 88, initial_indent=indent, subsequent_indent=indent))


def _ask_list(listed: list[Finding], answers: Answers, read: Read, write: Write) -> None:
    while True:
        said = read("> ").strip().lower()
        if not said:
            return
        if said == "h":
            for number, item in enumerate(listed, 1):
                write(fill(f"{number}. {item.question}", 88, subsequent_indent="   "))
                _write_help(item, write, "   ")
            continue
        chosen = _chosen(said, len(listed))
        if chosen is not None:
            answers.update({item.id: chosen.get(number, False) for number, item in enumerate(listed, 1)})
            return
        write(f"Please type numbers from 1 to {len(listed)}, 0 for none, or press Enter.")


def _chosen(said: str, count: int) -> dict[int, AnswerValue] | None:
    """What was typed, by number, or None if it cannot be read."""
    chosen: dict[int, AnswerValue] = {}
    words = said.replace(",", " ").split()
    for word in words:
        number = word.removesuffix("?")
        if not (number.isascii() and number.isdigit() and len(number) <= 2 and int(number) <= count):
            return None
        if int(number) == 0 and len(words) > 1:
            return None
        chosen[int(number)] = UNSURE if word.endswith("?") else True
    return {} if chosen == {0: True} else None if 0 in chosen else chosen


def _ask_one(item: Finding, answers: Answers, read: Read, write: Write) -> None:
    write(fill(item.question, 88))
    _write_help(item, write, "")
    hint = _hint(item)
    write(fill(hint, 88))
    while True:
        said = read("> ").strip()
        if not said:
            return
        value = _one(said, item)
        if value is not None:
            answers[item.id] = value
            return
        write("That cannot be read. " + hint)


def _hint(item: Finding) -> str:
    match item.kind:
        case "yes_no":
            return YES_OR_NO
        case "number":
            return f"A whole number from {span_text(item)}, ? for unsure, Enter to leave it open."
        case _:
            names = [item.choice_labels.get(choice, choice) for choice in item.choices]
            return "; ".join(f"{number} {name}" for number, name in enumerate(names, 1))


def span_text(item: Finding) -> str:
    """Returns what a number may be, with its unit; a unit that names the span is not said again."""
    named = f"{item.min}-{item.max}" in item.unit
    return f"{item.min} to {item.max}" + ("" if named else f" {item.unit}")


def _one(said: str, item: Finding) -> AnswerValue | None:
    if item.kind == "yes_no":
        return _PLAIN.get(said.lower())
    if said == "?":
        return UNSURE
    if not (said.isascii() and said.isdigit() and len(said) <= 6):
        return None
    number = int(said)
    if item.kind == "number":
        return number if item.min <= number <= item.max else None
    return item.choices[number - 1] if 1 <= number <= len(item.choices) else None
