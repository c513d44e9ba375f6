"""Checks of a whole ruleset: what no single file can know about itself.

Each check is a small generator of problems; all run, and all problems are reported together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

import attrs

from sitriage.check_exercises import check_exercises
from sitriage.check_names import check_name, check_names, parts_of, reads_of, too_large
from sitriage.check_poses import check_poses
from sitriage.check_promises import check_promises
from sitriage.check_watch import check_watch
from sitriage.conditions import Above, All, Any, AtLeast, Condition, Has, Not, OneOf, Within, findings_in
from sitriage.errors import did_you_mean
from sitriage.model import Finding, Ruleset
from sitriage.placed import conditions_of, rule_files
from sitriage.problem import Problem
from sitriage.words import UNSURE, Professional, Urgency

__all__ = ["problems"]

GROUP_SIZE = 10
TREE_SIZE = 60
_HASH = re.compile(r"[0-9a-f]{8,64}")


def problems(rules: Ruleset) -> Iterator[Problem]:
    """Yields every problem of the ruleset as a whole."""
    yield from _provenance(rules)
    yield from _facts(rules)
    yield from _findings(rules)
    yield from _conditions(rules)
    yield from _levels(rules)
    yield from _definitions(rules)
    yield from _implications(rules)
    yield from _tree(rules)
    yield from _causes(rules)
    yield from check_exercises(rules)
    yield from check_poses(rules)
    yield from check_promises(rules)
    yield from check_watch(rules)
    yield from _texts(rules)
    yield from _used(rules)
    yield from check_names(rules)
    yield from _signed(rules)
    yield from _sizes(rules)


def _provenance(rules: Ruleset) -> Iterator[Problem]:
    for file, rule in rule_files(rules):
        if not rule.rows and not rule.facts:
            yield Problem(file, (), "needs `rows` or `facts`: which evidence does it rest on?")
        if not rule.sources:
            yield Problem(file, ("sources",), "needs at least one source")
        for source in rule.sources:
            if source not in rules.sources:
                hint, _ = did_you_mean(source, rules.sources)
                yield Problem(file, ("sources",), f"unknown source `{source}`{hint}", source)
        known = [rules.sources[source] for source in rule.sources if source in rules.sources]
        if known and not any(source.alone for source in known):
            yield Problem(file, ("sources",), "rests on a source that may not stand alone")
        for fact in rule.facts if rules.facts else ():
            if fact not in rules.facts:
                hint, _ = did_you_mean(fact, rules.facts)
                yield Problem(file, ("facts",), f"unknown founding fact `{fact}`{hint}", fact)
        if rule.review.status == "reviewed" and not (rule.review.reviewer and rule.review.date):
            yield Problem(file, ("review",), "a reviewed rule names its `reviewer` and `date`")


def _facts(rules: Ruleset) -> Iterator[Problem]:
    cited = {fact for _, rule in rule_files(rules) for fact in rule.facts}
    for fact in rules.facts.values():
        if fact.use == "reject" and not fact.because:
            yield Problem("facts.toml", (fact.id,), f"`{fact.id}` is rejected without a reason (`because`)")
        if fact.use != "reject" and fact.id not in cited:
            yield Problem("facts.toml", (fact.id,), f"no rule cites `{fact.id}`")


def _findings(rules: Ruleset) -> Iterator[Problem]:
    groups = {group.id for group in rules.groups}
    for finding in rules.findings.values():
        file = f"findings/{finding.id}.toml"
        if finding.group not in groups:
            hint, _ = did_you_mean(finding.group, groups)
            yield Problem(file, ("group",), f"unknown group `{finding.group}`{hint}")
        if not finding.question.endswith("?"):
            yield Problem(file, ("question",), "a question ends with `?`")
        if not finding.label:
            yield Problem(file, ("label",), "needs a label")
        if finding.kind == "number" and (finding.min >= finding.max or not finding.unit):
            yield Problem(file, ("kind",), "a number needs `min` below `max` and a `unit`")
        if finding.kind == "choice" and (len(finding.choices) < 2 or UNSURE not in finding.choices):
            yield Problem(file, ("kind",), f"a choice needs `choices` with `{UNSURE}` among them")
        for name in sorted(set(finding.choice_labels) - set(finding.choices)):
            hint, _ = did_you_mean(name, finding.choices)
            what = f"labels the choice `{name}`, which does not exist{hint}"
            yield Problem(file, ("choice_labels", name), what)
    for index, group in enumerate(rules.groups):
        size = sum(finding.group == group.id for finding in rules.findings.values())
        if not 1 <= size <= GROUP_SIZE:
            what = f"a group shows 1 to {GROUP_SIZE} findings, `{group.id}` has {size}"
            yield Problem("groups.toml", ("group", index, "id"), what)


def _conditions(rules: Ruleset) -> Iterator[Problem]:
    for placed in conditions_of(rules):
        for what, mention in _faults(placed.condition, rules, placed.in_flag, negated=False):
            yield Problem(placed.file, placed.path, what, mention)


def _faults(condition: Condition, rules: Ruleset, in_flag: bool, negated: bool) -> Iterator[tuple[str, str]]:
    match condition:
        case Not(item):
            yield from _faults(item, rules, in_flag, not negated)
        case Any(items) | All(items) | AtLeast(items=items):
            for item in items:
                yield from _faults(item, rules, in_flag, negated)
        case Has(name) if name in rules.definitions:
            if in_flag and negated:
                yield f"`not` before the definition `{name}` does not load in a flag", name
            return
        case _:
            for name in findings_in(condition):
                finding = rules.findings.get(name)
                if finding is None:
                    hint, _ = did_you_mean(name, {**rules.findings, **rules.definitions})
                    yield f"unknown finding `{name}`{hint}", name
                else:
                    yield from _misused(condition, finding, in_flag, negated)


def _misused(
    condition: Condition, finding: Finding, in_flag: bool, negated: bool
) -> Iterator[tuple[str, str]]:
    name = finding.id
    wanted = {Has: "yes_no", Within: "number", Above: "number", OneOf: "choice"}[type(condition)]
    if finding.kind != wanted:
        yield f"`{name}` is a {finding.kind} finding and is used as {wanted}", name
        return
    known = set(finding.choices) - {UNSURE}
    for word in sorted(set(condition.words) - known) if isinstance(condition, OneOf) else ():
        hint, _ = did_you_mean(word, sorted(known))
        yield f"`{name}` has no choice `{word}`{hint}", name
    if not in_flag:
        return
    if negated and finding.polarity == "raises":
        yield f"`not` before `{name}`, which raises urgency, does not load in a flag", name
    if not negated and finding.polarity == "reassures":
        yield f"`{name}` reassures and may stand in a flag only behind `not`", name
    if isinstance(condition, Within) and condition.max is not None and finding.polarity == "raises":
        yield f"`{name}` raises urgency, so a flag may give it a `min` but no `max`", name


def _levels(rules: Ruleset) -> Iterator[Problem]:
    for folder, flags in (("red_flags", rules.red_flags), ("gates", rules.gates)):
        for flag in flags.values():
            file, seen = f"{folder}/{flag.id}.toml", Counter(level.urgency for level in flag.levels)
            if not flag.levels:
                yield Problem(file, (), "needs at least one [[level]]")
            for index, level in enumerate(flag.levels):
                if level.urgency == Urgency.SELF_CARE:
                    yield Problem(file, ("level", index, "urgency"), "a level is at least routine")
                if seen[level.urgency] > 1:
                    what = f"two levels are {level.urgency}; join their conditions with `any`"
                    yield Problem(file, ("level", index, "urgency"), what)
    for name in sorted(set(rules.red_flags) & set(rules.gates)):
        yield Problem(f"gates/{name}.toml", (), "a red flag has the same id")


def _definitions(rules: Ruleset) -> Iterator[Problem]:
    reads = {
        name: findings_in(each.when) & set(rules.definitions) for name, each in rules.definitions.items()
    }
    for name in sorted(rules.definitions):
        if name in rules.findings:
            yield Problem(f"definitions/{name}.toml", (), "a finding has the same id")
        reached, todo = set(), list(reads[name])
        while todo:
            if (each := todo.pop()) not in reached:
                reached.add(each)
                todo.extend(reads[each])
        if name in reached:
            yield Problem(f"definitions/{name}.toml", ("when",), f"`{name}` is defined by itself")


def _implications(rules: Ruleset) -> Iterator[Problem]:
    for index, each in enumerate(rules.implications):
        finding = rules.findings.get(each.finding)
        if finding is not None and (finding.polarity == "reassures" or finding.kind != "yes_no"):
            what = f"`{finding.id}` cannot be implied: implications only raise yes/no findings (D-38)"
            yield Problem("implications.toml", ("implies", index, "finding"), what)
    # through definitions too: what implies a finding may hide in one
    reads = reads_of(rules)
    for index, each in enumerate(rules.implications):
        reached, todo = set(), list(reads[each.finding])
        while todo:
            if (name := todo.pop()) not in reached:
                reached.add(name)
                todo.extend(reads.get(name, ()))
        if each.finding in reached:
            yield Problem(
                "implications.toml", ("implies", index, "finding"), f"`{each.finding}` implies itself"
            )


def _tree(rules: Ruleset) -> Iterator[Problem]:
    file, nodes = "tree/pattern.toml", {node.id: node for node in rules.pattern}
    if not rules.pattern:
        yield Problem(file, (), "needs at least one [[node]]")
        return
    if len(rules.pattern) > TREE_SIZE:
        yield Problem(file, (), f"at most {TREE_SIZE} nodes, found {len(rules.pattern)}")
    places = {node.id: index for index, node in enumerate(rules.pattern)}
    reached, todo = set(), [rules.pattern[0].id]
    while todo:
        at = todo.pop()
        if at in reached:
            continue
        reached.add(at)
        if (node := nodes.get(at)) is None:
            continue
        for key, target in (("yes", node.yes), ("otherwise", node.otherwise)):
            place = ("node", places[at], key)
            if target not in nodes and target not in rules.programmes:
                hint, _ = did_you_mean(target, {**nodes, **rules.programmes})
                yield Problem(file, place, f"unknown node or programme `{target}`{hint}")
            elif target in nodes and places[target] <= places[at]:
                yield Problem(file, place, f"leads back to `{target}`; a tree only goes on")
            todo.append(target)
    for name in sorted(set(nodes) - reached):
        yield Problem(file, ("node", places[name]), f"node `{name}` is unreachable")
    for name in sorted(set(rules.programmes) - reached):
        yield Problem(f"programmes/{name}.toml", (), f"no branch of the tree leads to programme `{name}`")


def _causes(rules: Ruleset) -> Iterator[Problem]:
    for cause in rules.causes.values():
        file, seen = f"causes/{cause.id}.toml", []
        if not cause.strongly_supporting and not cause.supporting:
            yield Problem(file, (), "needs a sign in `supporting` or in `strongly_supporting`")
        for key, (_, signs) in cause.signs.items():
            for index, sign in enumerate(signs):
                if sign in seen:
                    what = f"{key}: a sign counts once, and this one stands in the file twice"
                    yield Problem(file, (key, index), what)
                seen.append(sign)


def _texts(rules: Ruleset) -> Iterator[Problem]:
    texts = rules.texts
    urgencies, professionals = [each.value for each in Urgency], [each.value for each in Professional]
    tables: tuple[tuple[str, Mapping[str, object], list[str]], ...] = (
        ("urgency", texts.urgency, urgencies),
        ("who", texts.who, professionals),
        ("line", texts.line, professionals),
        ("meanwhile", texts.meanwhile, urgencies[1:]),
    )
    for key, words, wanted in tables:
        for word in wanted:
            if not words.get(word):
                yield Problem("texts.toml", (key,), f"text for `{word}` is missing")
        for word in sorted(set(words) - set(wanted)):
            hint, _ = did_you_mean(word, wanted)
            yield Problem("texts.toml", (key, word), f"unknown word `{word}`{hint}")
    if "international" not in {contact.region for contact in rules.contacts}:
        yield Problem("contacts.toml", (), "the region `international` is missing")
    for index, contact in enumerate(rules.contacts):
        lines = {field.name: getattr(contact, field.name) for field in attrs.fields(type(contact))}
        del lines["region"]
        for name, line in lines.items():
            if not line:
                yield Problem("contacts.toml", ("contact", index, name), f"the line `{name}` is empty")
        if contact.region == "international" and len(set(lines.values())) < len(lines):
            what = "the international lines must differ from one another"
            yield Problem("contacts.toml", ("contact", index), what)
    yield from _ids(rules)


def _ids(rules: Ruleset) -> Iterator[Problem]:
    lists: tuple[tuple[str, str, str, tuple[object, ...]], ...] = (
        ("groups.toml", "group", "id", rules.groups),
        ("tree/pattern.toml", "node", "id", rules.pattern),
        ("stop_rules.toml", "stop", "id", rules.stop_rules),
        ("activities.toml", "activity", "id", rules.activities),
        ("advice.toml", "advice", "id", rules.advice),
        ("watch.toml", "watch", "id", rules.watch),
        ("contradictions.toml", "contradiction", "id", rules.contradictions),
        ("contacts.toml", "contact", "region", rules.contacts),
        ("not_encoded.toml", "omission", "row", rules.omissions),
    )
    for file, key, name, entries in lists:
        ids = [getattr(entry, name) for entry in entries]
        seen: set[str] = set()
        for index, each in enumerate(ids):
            yield from check_name(file, (key, index, name), each)
            if each in seen:
                yield Problem(file, (key, index, name), f"`{each}` stands here twice")
            seen.add(each)


def _signed(rules: Ruleset) -> Iterator[Problem]:
    for index, each in enumerate(rules.signed):
        for name, text in attrs.asdict(each).items():
            if not text:
                yield Problem("signed.toml", ("change", index, name), f"`{name}` is empty; a note says all")
        if each.since and not _HASH.fullmatch(each.since):
            what = "`since` is the beginning of a hash: 8 to 64 letters from 0-9 and a-f"
            yield Problem("signed.toml", ("change", index, "since"), what)


def _sizes(rules: Ruleset) -> Iterator[Problem]:
    grown = parts_of(rules)
    for placed in conditions_of(rules):
        if (what := too_large(placed.condition, grown)) is not None:
            yield Problem(placed.file, placed.path, what)


def _used(rules: Ruleset) -> Iterator[Problem]:
    # a promise does nothing for anybody
    acting = [each.condition for each in conditions_of(rules) if not each.file.startswith("promises/")]
    read = {name for condition in acting for name in findings_in(condition)}
    read.add(rules.settings.side)
    for name in sorted(set(rules.findings) - read):
        yield Problem(f"findings/{name}.toml", (), f"no rule reads `{name}`")
    for name in sorted(set(rules.definitions) - read):
        yield Problem(f"definitions/{name}.toml", (), f"no rule uses `{name}`")
    named: list[tuple[str, tuple[str | int, ...], str]] = [
        ("implications.toml", ("implies", i, "finding"), each.finding)
        for i, each in enumerate(rules.implications)
    ]
    for index, rule in enumerate(rules.not_applicable):
        named += [
            ("implications.toml", ("not_applicable", index, "findings"), name) for name in rule.findings
        ]
    for index, pair in enumerate(rules.contradictions):
        named += [
            ("contradictions.toml", ("contradiction", index, "read_as_no"), name) for name in pair.read_as_no
        ]
    named.append(("settings.toml", ("side",), rules.settings.side))
    named += [("settings.toml", ("ask_first",), name) for name in rules.settings.ask_first]
    for file, path, name in named:
        if name not in rules.findings:
            hint, _ = did_you_mean(name, rules.findings)
            yield Problem(file, path, f"unknown finding `{name}`{hint}", name)
