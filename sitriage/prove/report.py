"""Proofs as a table, and breaches as people with the verdicts they get."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sitriage.completions import Completions
from sitriage.conditions import Value
from sitriage.model import Ruleset
from sitriage.prove.law import Proof
from sitriage.prove.replay import answers_of, everybody, replayed

__all__ = ["laws_markdown", "proofs_data", "proofs_text"]


def proofs_text(rules: Ruleset, proofs: Iterable[Proof]) -> str:
    """Returns one line a law: does it hold, over how many states; and below it each breach, replayed."""
    calm = everybody(rules)
    lines = [f"{'law':4} {'':30} {'factors':>7} {'states':>12}  holds"]
    for proof in proofs:
        holds = "yes" if proof.holds else "NO"
        lines.append(f"{proof.law.id:4} {proof.law.name:30} {proof.factors:7} {_counted(proof):>12}  {holds}")
        for breach in proof.breaches:
            lines.append(f"     rules/{breach.file}: {breach.what}")
            lines += [f"       {line}" for line in _people(calm, breach.people)]
    return "\n".join(lines) + "\n"


def laws_markdown(rules: Ruleset, proofs: Iterable[Proof]) -> str:
    """Returns the laws as a table for somebody who reads no code."""
    lines = [
        "# What holds for everybody",
        "",
        f"Proved of the rules {rules.version} (sha256 {rules.hash[:12]}) over every answer there is: no,",
        "not asked, unsure, yes, and each number and choice that the rules tell apart.",
        "What is proved is that the rules keep these sentences, not that a rule is good medicine.",
        "",
        "| law | what holds | looked at | states |",
        "| --- | --- | --- | --- |",
    ]
    for proof in proofs:
        lines.append(
            f"| {proof.law.id} {proof.law.name} | {proof.law.says} | {proof.factors} | {_counted(proof)} |"
        )
    return "\n".join(lines) + "\n"


def proofs_data(rules: Ruleset, proofs: Iterable[Proof]) -> list[dict[str, object]]:
    """Returns the same as plain data; the counts are exact texts."""
    calm = everybody(rules)
    return [
        {
            "id": proof.law.id,
            "name": proof.law.name,
            "says": proof.law.says,
            "factors": proof.factors,
            "states": str(proof.states),
            "seconds": round(proof.seconds, 3),
            "breaches": [
                {
                    "file": each.file,
                    "what": each.what,
                    "people": [answers_of(calm, person) for person in each.people],
                }
                for each in proof.breaches
            ],
        }
        for proof in proofs
    ]


def _counted(proof: Proof) -> str:
    return f"{proof.states:,}" if proof.states < 10**9 else f"{proof.states:.3e}"


def _people(calm: Completions, people: tuple[Mapping[str, Value], ...]) -> Iterator[str]:
    for person in people:
        verdict = replayed(calm, person)
        kind = type(verdict).__name__.lower()
        said = answers_of(calm, person)
        named = ", ".join(f"{name} = {said.get(name, 'not asked')}" for name in sorted(person))
        yield f"{named or 'somebody without any sign'}: {kind}, {verdict.urgency}"
