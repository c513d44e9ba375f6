"""What each command does. Each returns its exit code."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from functools import partial
from itertools import pairwise
from pathlib import Path

from sitriage.cli.ask import ask
from sitriage.cli.faults import faults_text
from sitriage.cli.files import answers_from_file, written
from sitriage.cli.typed import span_text
from sitriage.errors import RulesError, did_you_mean
from sitriage.load import read_folder, ruleset_from
from sitriage.model import Finding, Ruleset
from sitriage.placed import rule_files
from sitriage.show.text import why_text
from sitriage.triage import load_rules, triage, unproved_rules

__all__ = [
    "FINE",
    "FOUND",
    "STOPPED",
    "UNUSABLE",
    "run_ask",
    "run_check",
    "run_diff",
    "run_findings",
    "run_mcp",
    "run_prove",
    "run_schema",
    "run_triage",
    "run_why",
]

FINE, FOUND, UNUSABLE, STOPPED = 0, 1, 2, 130


def run_triage(options: Namespace) -> int:
    """Prints the verdict for a file of answers."""
    rules = load_rules(options.rules)
    verdict = triage(answers_from_file(options.file), rules=rules)
    if options.json:
        print(json.dumps(verdict.to_dict(), ensure_ascii=False, indent=1))
    else:
        print(verdict.text(options.region), end="")
    return FINE


def run_why(options: Namespace) -> int:
    """Prints the path, the reasons with rows and sources, and what is open."""
    rules = load_rules(options.rules)
    verdict = triage(answers_from_file(options.file), rules=rules)
    print(why_text(verdict, _names(rules, verdict.path)), end="")
    return FINE


def _names(rules: Ruleset, path: tuple[str, ...]) -> dict[str, str]:
    """What the codes of a path mean: levels, the nodes of the tree with the branch taken, the programme."""
    names = {level.id: flag.label for flag in rules.gated for level in flag.levels}
    names |= {each.id: each.label for each in rules.programmes.values()}
    after = dict(pairwise(path))
    for node in rules.pattern:
        names[node.id] = f"{node.label}? {'yes' if after.get(node.id) == node.yes else 'no'}"
    return names


def run_check(options: Namespace) -> int:
    """Checks a folder of rules and prints every fault, one a line or as a program wants it."""
    try:
        rules = load_rules(options.folder)
    except RulesError as error:
        print(faults_text(error, options.format, options.folder), end="")
        print(f"{len(error.faults)} fault{'s' if len(error.faults) > 1 else ''}", file=sys.stderr)
        return FOUND
    # a program reads a list, whether or not there is anything in it
    print("[]" if options.format == "json" else _summary(rules))
    return FINE


def _summary(rules: Ruleset) -> str:
    levels = sum(len(flag.levels) for flag in rules.gated)
    drafts = sum(rule.review.status == "draft" for _, rule in rule_files(rules))
    return (
        f"{rules.manifest.name} {rules.version}: no faults. {len(rules.findings)} findings, "
        f"{len(rules.red_flags)} red flags and {len(rules.gates)} gates with {levels} levels, "
        f"{len(rules.exercises)} exercises, {len(rules.programmes)} programmes. "
        f"{drafts} rules are drafts that no clinician has signed. sha256 {rules.hash}"
    )


def run_prove(options: Namespace) -> int:
    """Proves the laws of a folder of rules and prints for whom one does not hold."""
    # only this command and rules of somebody else wait for the proofs
    from sitriage.prove.catalogue import prove
    from sitriage.prove.certificate import certificate_text
    from sitriage.prove.report import laws_markdown, proofs_data, proofs_text

    rules = _unproved(options.folder or options.rules)
    proofs = tuple(prove(rules))
    fine = all(proof.holds for proof in proofs)
    if options.write and fine:
        written(Path(options.write), certificate_text(rules, proofs).encode())
    if options.table:
        print(laws_markdown(rules, proofs), end="")
    elif options.json:
        print(json.dumps(proofs_data(rules, proofs), ensure_ascii=False, indent=1))
    else:
        print(proofs_text(rules, proofs), end="")
    return FINE if fine else FOUND


def run_diff(options: Namespace) -> int:
    """Prints who gets another verdict under new rules; 1 where it opens something."""
    from sitriage.prove.diff_report import diff_data, diff_markdown, diff_text
    from sitriage.prove.differences import differences

    old, new = (ruleset_from(read_folder(Path(each))) for each in (options.old, options.new))
    if options.records:
        return _replay(old, new, options)
    changes = differences(old, new)
    if options.json:
        print(json.dumps(diff_data(old, new, changes), ensure_ascii=False, indent=1))
    else:
        print((diff_markdown if options.markdown else diff_text)(old, new, changes), end="")
    return FOUND if any(each.opens and not each.signed_in(old, new) for each in changes) else FINE


def _replay(old: Ruleset, new: Ruleset, options: Namespace) -> int:
    """Prints who of those in stored records gets another verdict under new rules."""
    from sitriage.cli.records import stored_in
    from sitriage.prove.records import replay
    from sitriage.prove.records_report import replay_data, replay_markdown, replay_text

    found = replay(old, new, stored_in(Path(options.records)))
    if options.json:
        print(json.dumps(replay_data(old, new, found), ensure_ascii=False, indent=1))
    else:
        print((replay_markdown if options.markdown else replay_text)(old, new, found), end="")
    return FOUND if found.alarms else FINE


def _unproved(folder: str | None) -> Ruleset:
    """The rules of a folder, or the shipped ones, before any law is asked of them."""
    return unproved_rules() if folder is None else ruleset_from(read_folder(Path(folder)))


def run_findings(options: Namespace) -> int:
    """Lists the findings, or those with a word in their id, label or question."""
    rules = load_rules(options.rules)
    word = (options.word or "").lower()
    shown = [
        each for each in rules.findings.values() if word in f"{each.id} {each.label} {each.question}".lower()
    ]
    for group in rules.groups:
        members = [each for each in shown if each.group == group.id]
        if members:
            print(f"{group.id}: {group.title}")
            for each in members:
                print(f"  {each.id} ({_answers(each)}): {each.question}")
    if not shown:
        print("no finding has this word in its id, label or question", file=sys.stderr)
        return FOUND
    return FINE


def _answers(finding: Finding) -> str:
    if finding.kind == "number":
        return span_text(finding)
    return "yes or no" if finding.kind == "yes_no" else ", ".join(finding.choices)


def run_schema(options: Namespace) -> int:
    """Lists the schemas, prints one, or writes all of them and what belongs to them."""
    # generating them is rare, so the other commands do not wait for it
    from sitriage.schema.files import schema_texts, write_schemas
    from sitriage.schema.point import point_at
    from sitriage.schema.typed import answers_module

    if options.point and not options.write:
        raise ValueError("`--point` needs `--write`: where do the schemas lie?")
    if options.point and not Path(options.point).is_dir():
        raise ValueError(f"`{options.point}` is not a folder of rules")
    rules = load_rules(options.rules)
    files: list[Path] = []
    try:
        if options.write:
            files += write_schemas(rules, Path(options.write))
        if options.types:
            files.append(written(Path(options.types), answers_module(rules).encode()))
        if options.point:
            files += point_at(Path(options.point), Path(options.write))
    except OSError as error:
        raise ValueError(f"cannot write `{error.filename}`: {error.strerror}") from None
    texts = {name.removesuffix(".json"): text for name, text in schema_texts(rules).items()}
    if options.name and options.name not in texts:
        hint, _ = did_you_mean(options.name, texts)
        print(f"no schema `{options.name}`{hint}", file=sys.stderr)
        return FOUND
    lines = [str(each) for each in files] or list(texts)
    print(texts[options.name] if options.name else "\n".join(lines) + "\n", end="")
    return FINE


def run_ask(options: Namespace) -> int:
    """Asks screen by screen in the terminal, then prints the verdict."""
    save = Path(options.save) if options.save else None
    return FINE if ask(load_rules(options.rules), options.region, save=save) else STOPPED


def run_mcp(options: Namespace) -> int:
    """Serves the tools for language models until the client leaves."""
    try:
        from sitriage.connect.mcp_server import serve_http, serve_stdio
    except ImportError:
        served = None
    else:
        served = serve_stdio if options.http is None else partial(serve_http, port=options.http)
    if served is None:
        raise ValueError("the command `mcp` needs an extra; install it with `pip install sitriage[mcp]`")
    served(load_rules(options.rules))
    return FINE
