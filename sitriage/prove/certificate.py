"""What was proved of the shipped rules, and the rule that no other pack loads unproved.

The certificate names the hash of the shipped pack; every pack with another hash is proved when it loads.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

import attrs

from sitriage.errors import Fault, RulesError
from sitriage.model import Ruleset
from sitriage.prove.catalogue import SAFETY, prove
from sitriage.prove.law import Breach, Law, Proof

__all__ = ["CERTIFICATE", "Certificate", "certificate_text", "is_certified", "vouch"]

CERTIFICATE = "certificate.json"


@attrs.frozen
class Certificate:
    """The hash of a pack, and for each law that was proved of it the states it was proved over."""

    hash: str
    version: str
    laws: tuple[tuple[str, str, int], ...]


@cache
def shipped_certificate() -> Certificate:
    """Returns the certificate that came with this release."""
    raw = json.loads((files("sitriage") / CERTIFICATE).read_text(encoding="utf-8"))
    laws = tuple((each["id"], each["name"], int(each["states"])) for each in raw["laws"])
    return Certificate(raw["hash"], raw["version"], laws)


def is_certified(rules: Ruleset) -> bool:
    """Whether these are byte for byte the rules that the laws were proved of for this release."""
    return rules.hash == shipped_certificate().hash


def vouch(rules: Ruleset, command: str = "sitriage prove") -> Ruleset:
    """Returns the rules if every safety law holds for everybody; raises RulesError with each breach.

    The `command` shows the people for whom a law does not hold.
    """
    if not is_certified(rules):
        faults = [
            _fault(proof.law, each, command) for proof in prove(rules, SAFETY) for each in proof.breaches
        ]
        if faults:
            raise RulesError(sorted(faults))
    return rules


def certificate_text(rules: Ruleset, proofs: Iterable[Proof]) -> str:
    """Returns the certificate of a pack as JSON. The counts are texts: they are exact and very large."""
    laws = [{"id": each.law.id, "name": each.law.name, "states": str(each.states)} for each in proofs]
    whole = {"hash": rules.hash, "version": rules.version, "laws": laws}
    return json.dumps(whole, indent=1) + "\n"


def _fault(law: Law, breach: Breach, command: str) -> Fault:
    where = f"rules/{breach.file}" if breach.file else "rules"
    return Fault(where, f"breaks law {law.id} ({law.name}): {breach.what}; `{command}` shows for whom")
