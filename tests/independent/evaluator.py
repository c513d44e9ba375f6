"""A second reading of the rules, from rules/README.md and the rule files: it shares no code with the engine.

Texts, reasons and causes are not made. Whether a missing answer matters is found by trying answers.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from operator import itemgetter
from pathlib import Path
from typing import Any

NO, NOT_ASKED, UNSURE, YES = range(4)
NOT_APPLICABLE = "not applicable"
# what a comparison says of a number or choice that is not there
BLANK = {None: NOT_ASKED, "unsure": UNSURE, NOT_APPLICABLE: NO}
URGENCIES = ("self_care", "routine", "soon", "same_day", "emergency")
IF_UNSURE, WORST = (0, 1, 1, 2, 4), (4, 9)
SEES = [None, "physiotherapist", "doctor", "midwife", "treating_team", "urgent_care", "eye_casualty"]
SEES += ["crisis_line", "maternity_unit", "emergency_department"]
how_far = lambda each: (URGENCIES.index(each.urgency), SEES.index(each.see))  # noqa: E731
PHASES = ("warm_up", "mobilise", "stretch", "stabilise", "finish")
FOLDERS = ("findings", "definitions", "columns", "red_flags", "gates", "exercises", "programmes")
FILES = ("manifest", "settings", "implications", "contradictions", "tree/pattern")
MOST_TRIES = 500

Values = dict[str, Any]
Test = Callable[[Values], int]


@dataclass(frozen=True)
class Outcome:
    kind: str
    urgency: str
    see: str | None
    provisional: bool | None = False
    prescriptions: tuple[dict[str, Any], ...] = ()
    withheld: tuple[str, ...] = ()
    fired: tuple[tuple[str, str], ...] = ()
    gates: tuple[tuple[str, str], ...] = ()
    path: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    least: tuple[int, int] = (0, 0)  # how far the calmest of the answers tried leads


class Pack:
    """The files as they are, and every condition in them as a function of the values."""

    def __init__(self, files: dict[str, dict[str, Any]], as_built: bool) -> None:
        self.files, self.as_built = files, as_built
        self.blank, self.cuts, self.tests = {}, {}, {}
        self.levels, self.screen, self.choices, self.soothing = [], [], [], []

    def holds(self, when: Any, counted: bool = False) -> Test:
        key = (when if isinstance(when, str) else id(when), counted)
        if key not in self.tests:
            self.tests[key] = condition(when, self, counted)
        return self.tests[key]


def load(folder: Path, as_built: bool = False) -> Pack:
    """Reads a pack; `as_built`: what test_evaluator.py lists as disputed, in the engine's reading."""
    toml = lambda path: tomllib.loads(path.read_text("utf-8")) if path.exists() else {}  # noqa: E731
    files = {name: {each.stem: toml(each) for each in sorted((folder / name).glob("*"))} for name in FOLDERS}
    pack = Pack(files | {name: toml(folder / f"{name}.toml") for name in FILES}, as_built)
    for name, finding in files["findings"].items():
        pack.blank[name] = NOT_ASKED if finding["kind"] == "yes_no" else None
        pack.soothing += [name] if finding["polarity"] == "reassures" else []
    for kind in ("red_flags", "gates"):
        for name, flag in files[kind].items():
            for level in flag["level"]:
                test, place = pack.holds(level["when"]), SEES.index(level["see"])
                pack.levels.append((test, kind == "gates", name, URGENCIES.index(level["urgency"]), place))
    # what makes others not applicable stands in fewer of these lists than they do, and is tried before them
    lists = [rule["findings"] for rule in pack.files["implications"].get("not_applicable", ())]
    for name in sorted(pack.blank, key=lambda name: (sum(name in names for names in lists), name)):
        (pack.screen if files["findings"][name]["need"] == "screen" else pack.choices).append(name)
    return pack


def condition(when: Any, pack: Pack, counted: bool) -> Test:
    """Its value in the chain no < not asked < unsure < yes."""
    if isinstance(when, str):
        if when in pack.files["definitions"]:
            return pack.holds(pack.files["definitions"][when]["when"], counted)
        # D-2: a choice that was not asked does not count
        if counted and not pack.as_built and pack.files["findings"][when]["need"] == "choice":
            return lambda values: NO if values[when] == NOT_ASKED else values[when]
        return itemgetter(when)
    if "finding" in when:
        return comparison(when, pack)
    if "not" in when:
        denied = pack.holds(when["not"])
        reassures = pack.files["findings"].get(str(when["not"]), {}).get("polarity") == "reassures"
        # D-1: only a yes reassures; elsewhere doubt about a thing is doubt about its contrary
        turned = (YES, YES, YES, NO) if reassures else (YES, NOT_ASKED, UNSURE, NO)
        return lambda values: turned[denied(values)]
    inner = when.get("of") or next(iter(when.values()))
    parts = [pack.holds(each, counted or "of" in when) for each in inner]
    if "of" in when:
        least, doubt = when["at_least"], UNSURE if when.get("unsure_counts", True) else NO
        turned = (NO, NOT_ASKED, doubt, YES)
        return lambda values: sorted([turned[part(values)] for part in parts])[-least]
    pick = max if "any" in when else min
    if len(inner) > 1 and not counted and all(str(each) in pack.blank for each in inner):
        answers = itemgetter(*inner)
        return lambda values: pick(answers(values))
    return lambda values: pick([part(values) for part in parts])


def comparison(when: Mapping[str, Any], pack: Pack) -> Test:
    name, other = when["finding"], when.get("above")
    choices, low, high = when.get("is", ()), when.get("min", -1), when.get("max", 10**9)
    if not choices and not other:
        pack.cuts.setdefault(name, set()).update({low - 1, low, high, high + 1})

    def compare(values: Values) -> int:
        value, limit = values[name], values[other or name]
        if value in BLANK or limit in BLANK:
            return BLANK[value if value in BLANK else limit]
        met = value > limit if other else value in choices if choices else low <= value <= high
        return YES if met else NO

    return compare


def read(pack: Pack, answers: Mapping[str, Any]) -> tuple[Values, tuple[str, ...]]:
    """What is known, with what follows from it (D-38), and the contradictions (D-39)."""
    findings, rules = pack.files["findings"], pack.files["implications"]
    values, conflicts, doubted = dict(pack.blank), [], set()

    def put(name: str, answer: Any) -> None:
        as_yes = answer == UNSURE and findings[name].get("unsure_is_yes")
        values[name] = YES if as_yes else answer
        doubted.update({name} if as_yes and not pack.as_built else ())

    for name, answer in answers.items():
        blank = values[name] is None
        put(name, answer if blank else UNSURE if answer == "unsure" else YES if answer else NO)
    for rule in rules.get("implies", ()):
        if (answer := pack.holds(rule["when"])(values)) > max(values[rule["finding"]], NOT_ASKED):
            put(rule["finding"], answer)
    for rule in rules.get("not_applicable", ()) * 2:
        if pack.holds(rule["when"])(values) == YES:
            for name in rule["findings"]:
                if values[name] == pack.blank[name]:
                    values[name] = NOT_APPLICABLE if values[name] is None else NO
                elif (values[name], pack.blank[name]) == (YES, NOT_ASKED) and name not in doubted:
                    conflicts.append(f"not_applicable:{name}")
    contradictory = pack.files["contradictions"].get("contradiction", ())
    for rule in [each for each in contradictory if pack.holds(each["both"])(values) == YES]:
        conflicts.append(rule["id"])
        values.update(dict.fromkeys(rule.get("read_as_no", ()), NO))
    return values, tuple(dict.fromkeys(conflicts))


def possible(pack: Pack, name: str) -> list[Any]:
    """An answer of each kind that a rule can tell apart."""
    finding = pack.files["findings"][name]
    if finding["kind"] != "number":
        return list(finding.get("choices", (False, True, "unsure")))
    cuts = {cut for cut in pack.cuts.get(name, ()) if finding["min"] <= cut <= finding["max"]}
    return [*sorted(cuts | {finding["min"], finding["max"]}), "unsure"]


def completions(pack: Pack, answers: Values, names: list[str]) -> Iterator[Values]:
    """Every way to answer these questions, as far as they apply, without a contradiction."""
    values, conflicts = read(pack, answers)
    open_ = [] if conflicts else [each for each in names if values[each] == pack.blank[each]]
    for value in possible(pack, open_[0]) if open_ else ():
        yield from completions(pack, {**answers, open_[0]: value}, names)
    if not open_ and not conflicts:
        yield answers


def evaluate(pack: Pack, answers: Mapping[str, Any]) -> Outcome:
    values, conflicts = read(pack, answers)
    found = replace(decide(pack, values), provisional=bool(conflicts), conflicts=conflicts)
    if not conflicts and any(values[name] == pack.blank[name] for name in pack.screen):
        changes, some = can_change(pack, dict(answers))
        # what no answer can change is as any answer has it, whatever levels that one reaches
        found = max(found, some, key=how_far) if changes is False else found
        found = replace(found, provisional=changes, least=how_far(some))
    if found.provisional and not found.fired + found.gates:
        see = pack.files["manifest"]["incomplete_see"]
        return Outcome("referral", "routine", see, True, conflicts=conflicts, least=found.least)
    return found


def can_change(pack: Pack, answers: Values) -> tuple[bool | None, Outcome]:
    """Whether a question of the screen can change the verdict, and the calmest tried; None: too many."""
    least, tries = decide(pack, read(pack, dict.fromkeys(pack.soothing, True) | answers)[0]), 0
    for chosen in () if how_far(least) == WORST else completions(pack, answers, pack.choices):
        seen: list[tuple[Any, ...]] = []
        for each in completions(pack, chosen, pack.screen):
            some = replace(decide(pack, read(pack, each)[0]), fired=(), gates=())
            seen.append((some.kind, some.urgency, some.see, some.prescriptions))
            least = min(least, some, key=how_far) if tries else some
            if (differs := seen[-1] != seen[0]) or (tries := tries + 1) > MOST_TRIES:
                return differs or None, least
    return False, least


def decide(pack: Pack, values: Values) -> Outcome:
    fired, top = ([], []), (0, 0)
    for holds, gate, flag, urgency, see in pack.levels:
        if (answer := holds(values)) >= UNSURE:
            fired[gate].append((flag, URGENCIES[urgency]))
            if answer == UNSURE and IF_UNSURE[urgency] < urgency:
                urgency, see = IF_UNSURE[urgency], SEES.index("doctor") if SEES[see] == "urgent_care" else see
            top = max(top, (urgency, see))
    if top[0]:
        return Outcome("referral", URGENCIES[top[0]], SEES[top[1]], fired=(*fired[0],), gates=(*fired[1],))
    nodes = {each["id"]: each for each in pack.files["tree/pattern"]["node"]}
    path = [next(iter(nodes))]
    while node := nodes.get(path[-1]):
        branch = (node["otherwise"], node[node["unsure"]], node[node["unsure"]], node["yes"])
        path.append(branch[pack.holds(node["when"])(values)])
    given = (person := Person(pack, values)).programme(pack.files["programmes"][path[-1]])
    if len({each["exercise"] for each in given}) < 2:
        return Outcome("referral", "routine", pack.files["manifest"]["too_little_left_see"], path=tuple(path))
    withheld = tuple(name for name, phases in person.given.items() if not phases)
    return Outcome("programme", "self_care", None, False, given, withheld, path=tuple(path))


class Person:
    def __init__(self, pack: Pack, values: Values) -> None:
        self.pack, self.values, settings = pack, values, pack.files["settings"]
        self.limits = [name for name, each in pack.files["columns"].items() if self.holds(each["when"])]
        self.cleared = self.holds(settings["cleared"]) == YES
        self.lying_hurts = self.holds(settings["lying_hurts"])
        named, both = values[settings["side"]], self.holds(settings["both"])
        self.side = "unsure" if named in BLANK else named
        if both and (self.side in ("left", "right") or (both == YES and not pack.as_built)):
            self.side = "both"
        self.sides = {"sore": self.side, "other": "left" if self.side == "right" else "right"}
        self.given: dict[str, set[str]] = {}

    def holds(self, when: Any) -> int:
        return self.pack.holds(when)(self.values)

    def programme(self, rule: dict[str, Any]) -> tuple[dict[str, Any], ...]:
        given = [each for item in rule["item"] for each in self.prescribe(item["exercise"], item, rule)]
        have = {each["exercise"] for each in given}
        for name in self.pack.files["settings"]["fill"] if len(have) < 2 else ():
            more = self.prescribe(name, {}, rule)
            if len(have) < 2 and name not in have:
                given, have = given + more, have | {each["exercise"] for each in more}
        return tuple(sorted(given, key=lambda each: PHASES.index(each["phase"])))

    def prescribe(self, name: str, item: dict[str, Any], rule: dict[str, Any]) -> list[dict[str, Any]]:
        exercise, sided = self.pack.files["exercises"][name], self.side in ("left", "right")
        self.given.setdefault(name, set())
        instead = {"phase": item["phase"]} if "phase" in item else {}
        if "needs" in item and self.holds(item["needs"]) < YES:
            return []
        side = item.get("side", exercise["side"])
        side = side if sided or side not in self.sides else exercise[f"if_{self.side}"]
        if side in self.pack.files["exercises"]:
            return self.prescribe(side, instead, rule)
        rung, caps = self.allowed(exercise, item.get("rung"))
        if rung == "withheld" or side == "left_out":
            return self.prescribe(exercise["instead"], instead, rule) if "instead" in exercise else []
        if (phase := item.get("phase", exercise["phase"])) in self.given[name]:
            return []
        self.given[name].add(phase)
        easy = rule.get("lowest_dose", False)
        start = exercise["start"] | ({"sets": 1, "per_day": 1} if easy else {})
        easy |= any(self.pack.files["columns"][each].get("start_dose_only") for each in self.limits)
        dose = capped(exercise, start, caps)
        target = capped(exercise, start if easy else exercise["target"], caps)
        if exercise.get("if_lying_hurts") and self.lying_hurts:
            # the side table: lie only on the good side
            easiest = exercise["rungs"][-2]
            ways = (("sore", rung), ("other", easiest)) if sided else ((side, easiest),)
        else:
            ways = ((exercise["rung"][rung].get("side", side) if side in self.sides else side, rung),)
        made = {"exercise": name, "phase": phase, "dose": dose, "target": target}
        return [{**made, "rung": form, "side": self.sides.get(way, way)} for way, form in ways]

    def allowed(self, exercise: dict[str, Any], hardest: str | None) -> tuple[str, dict[str, int]]:
        """The hardest rung that every limit and ability allows, and the caps of the dose."""
        rungs, caps = exercise["rungs"], {"hold_s": 999, "effort_percent": 999}
        at = rungs.index(hardest or rungs[0])
        for cell in filter(None, map(exercise.get("column", {}).get, self.limits)):
            cell = cell if isinstance(cell, dict) else {"rung": cell}
            rung = cell.get("rung") or (cell["cleared"] if self.cleared else "withheld")
            at = max(at, rungs.index(rung))
            caps = {key: min(cap, cell.get(f"max_{key}", cap)) for key, cap in caps.items()}
        while (needs := exercise["rung"].get(rungs[at], {}).get("needs")) and self.holds(needs) < YES:
            at += 1
        return rungs[at], caps


def capped(exercise: dict[str, Any], dose: dict[str, int], caps: dict[str, int]) -> dict[str, int]:
    dose = {"hold_s": 0, "rest_s": 0, "effort_percent": 0, "days_per_week": 7} | dose
    caps = caps | {"days_per_week": 6 if exercise["phase"] == "stabilise" else 7}
    return dose | {key: min(dose[key], cap) for key, cap in caps.items()}
