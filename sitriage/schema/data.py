"""Schemas of what goes in, the answers to the findings of a pack, and of what comes out, the verdict."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sitriage.model import Finding, Ruleset
from sitriage.schema.described import TEXTS
from sitriage.schema.shape import Schema, Shapes
from sitriage.verdict import Programme, Referral
from sitriage.words import UNSURE, Urgency

__all__ = ["answers_schema", "verdict_schema"]

_FILLED: Mapping[str, int] = MappingProxyType({"minItems": 1})

# what a verdict promises beyond its shape: `__attrs_post_init__`, and lines that no app may drop
_PROMISED: Mapping[str, Schema] = MappingProxyType(
    {
        "_Verdict.headline": {"minLength": 1},
        "_Verdict.reasons": dict(_FILLED),
        "_Verdict.path": dict(_FILLED),
        "_Verdict.safety_net": dict(_FILLED),
        "_Verdict.contacts": dict(_FILLED),
        "Programme.urgency": {"const": Urgency.SELF_CARE.value},
        "Programme.provisional": {"const": False},
        "Programme.prescriptions": dict(_FILLED),
        "Programme.stop_rules": dict(_FILLED),
        "Programme.review": dict(_FILLED),
        "Prescription.steps": dict(_FILLED),
        "Prescription.stop_if": dict(_FILLED),
        "Referral.urgency": {"enum": [each.value for each in Urgency if each != Urgency.SELF_CARE]},
        "Referral.how": {"minLength": 1},
        "Referral.meanwhile": dict(_FILLED),
    }
)


def answers_schema(rules: Ruleset) -> Schema:
    """Returns the schema of the answers to the findings of a pack: what `triage` reads, no more, no less.

    JSON Schema takes `44.0` for a whole number, `triage` does not.
    """
    return {
        "title": f"answers, {rules.manifest.name} {rules.version}",
        "description": "Finding ids and answers. Leave a finding out if it was not asked: that is never no.",
        "type": "object",
        "properties": {each.id: _answer(each) for each in rules.findings.values()},
        "additionalProperties": False,
    }


def _answer(finding: Finding) -> Schema:
    about = {"title": finding.label, "description": f"{finding.question} {finding.help}".strip()}
    if finding.kind == "choice":
        return about | {"enum": list(dict.fromkeys((*finding.choices, UNSURE)))}
    known: Schema = {"type": "boolean"}
    if finding.kind == "number":
        known = {"type": "integer", "minimum": finding.min, "maximum": finding.max}
        about["description"] += f" ({finding.unit})"
    return about | {"anyOf": [known, {"const": UNSURE}]}


def verdict_schema() -> Schema:
    """Returns the schema of `verdict.to_dict()`: a programme or a referral, told apart by `kind`."""
    shapes = Shapes(TEXTS, _PROMISED, complete=True)
    for kind in (Programme, Referral):
        table, word = shapes.table(kind), kind.__name__.lower()
        table["properties"] = {"kind": {"const": word}, **table["properties"]}
        table["required"] = ["kind", *table["required"]]
        shapes.defs[kind.__name__] = table
    return {
        "title": "verdict",
        "description": "What `triage` returns, as `to_dict` writes it. Always show its safety lines.",
        "oneOf": [{"$ref": f"#/$defs/{kind.__name__}"} for kind in (Programme, Referral)],
        "$defs": dict(sorted(shapes.defs.items())),
    }
