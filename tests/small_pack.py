"""A whole rule pack in a few lines, for sore tails of ducks, so that engine tests need no shipped rule.

`pack()` gives its files in memory, `edited` one file with a change, `small_rules` the ruleset.
`CALM` answers every question of a duck whom the screen clears.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from sitriage.load import ruleset_from
from sitriage.model import Ruleset

REVIEW = """
[review]
status = "draft"
"""


def _finding(label: str, group: str, polarity: str, need: str, more: str = 'kind = "yes_no"') -> str:
    return f"""label = "{label}"
question = "Does it have this: {label}?"
help = "Look twice."
group = "{group}"
polarity = "{polarity}"
need = "{need}"
{more}
rows = ["R1"]
sources = ["S1"]
{REVIEW}"""


def _flag(label: str, *levels: str) -> str:
    head = f"""label = "{label}"
because = "Because of this: {label}."
tell_them = "My tail has this: {label}."
rows = ["R2"]
sources = ["S1"]
"""
    return head + "".join(f"\n[[level]]\n{level}\n" for level in levels) + REVIEW


def _adjunct(label: str, more: str = "") -> str:
    return f"""label = "{label}"
because = "It is gentle."
says = "{label} a little."
position = "water"
steps = ["{label} slowly."]
{more}
rows = ["R1"]
sources = ["S1"]
{REVIEW}"""


FILES: Mapping[str, str] = {
    "manifest.toml": """name = "sore tails"
version = "1.2.3"
incomplete_see = "doctor"
too_little_left_see = "physiotherapist"
""",
    "settings.toml": """side = "side"
fill = ["nod", "wag"]
both.any = [{ finding = "side", is = ["both"] }]
lying_hurts.any = ["lying_hurts"]
cleared.any = ["checked"]
no_heat.any = ["cold_skin"]
warm_up = ["paddle", "preen"]
few_left = ["soft_nod", "preen"]
beside_referral = ["paddle"]
""",
    "groups.toml": """[[group]]
id = "danger"
title = "Danger"
ask = "Is any of this there?"
why = "It may be dangerous."

[[group]]
id = "duck"
title = "The duck"
ask = "What is it like?"
why = "Ducks differ."

[[group]]
id = "limits"
title = "Limits"
ask = "Which of these fit?"
why = "We spare the tail."
""",
    "findings/fever.toml": _finding(
        "fever", "danger", "raises", "screen", 'kind = "yes_no"\nunsure_is_yes = true'
    ),
    "findings/chills.toml": _finding("chills", "danger", "raises", "screen"),
    "findings/numb.toml": _finding("numb tail", "danger", "raises", "screen"),
    "findings/weak.toml": _finding("weak tail", "danger", "raises", "screen"),
    "findings/swollen.toml": _finding("swollen tail", "danger", "raises", "screen"),
    "findings/night_pain.toml": _finding("pain at night", "danger", "raises", "screen"),
    "findings/bitten.toml": _finding("bitten tail", "danger", "raises", "screen"),
    "findings/worse.toml": _finding("getting worse", "danger", "raises", "screen"),
    "findings/easing.toml": _finding("getting better", "danger", "reassures", "choice"),
    "findings/severity.toml": _finding(
        "how bad", "danger", "raises", "screen", 'kind = "number"\nmin = 0\nmax = 10\nunit = "points"'
    ),
    "findings/age.toml": _finding(
        "age", "duck", "none", "screen", 'kind = "number"\nmin = 0\nmax = 120\nunit = "years"'
    ),
    "findings/onset_age.toml": _finding(
        "age at first pain", "duck", "none", "choice", 'kind = "number"\nmin = 0\nmax = 120\nunit = "years"'
    ),
    "findings/side.toml": _finding(
        "sore side",
        "duck",
        "none",
        "screen",
        'kind = "choice"\nchoices = ["left", "right", "both", "midline", "unsure"]',
    ),
    "findings/kind.toml": _finding(
        "kind of duck", "duck", "none", "screen", 'kind = "choice"\nchoices = ["hen", "drake", "unsure"]'
    ),
    "findings/egg.toml": _finding("egg", "duck", "raises", "screen"),
    "findings/egg_week.toml": _finding(
        "week of the egg", "duck", "none", "screen", 'kind = "number"\nmin = 1\nmax = 5\nunit = "weeks"'
    ),
    "findings/checked.toml": _finding("checked by a doctor", "duck", "reassures", "choice"),
    "findings/fragile.toml": _finding("fragile bones", "limits", "raises", "choice"),
    "findings/lying_hurts.toml": _finding("lying hurts", "limits", "raises", "choice"),
    "findings/can_balance.toml": _finding("can balance", "limits", "none", "choice"),
    "findings/has_perch.toml": _finding("has a perch", "limits", "none", "choice"),
    "findings/cold_skin.toml": _finding("cold skin", "limits", "raises", "choice"),
    "findings/splinted.toml": _finding("splinted tail", "limits", "raises", "choice"),
    "definitions/nerve_sign.toml": f"""label = "a sign of a nerve"
when.any = ["numb", "weak"]
rows = ["R3"]
sources = ["S1"]
{REVIEW}""",
    "red_flags/hot.toml": _flag(
        "hot duck",
        'urgency = "same_day"\nsee = "urgent_care"\nwhen.any = ["fever", "chills"]\nrows = ["R2a"]',
        'urgency = "emergency"\nsee = "emergency_department"\n'
        'when.all = [{ any = ["fever", "chills"] }, "nerve_sign"]',
    ),
    "red_flags/nerve.toml": _flag(
        "nerve",
        'urgency = "soon"\nsee = "treating_team"\nwhen.any = ["nerve_sign"]',
        'urgency = "emergency"\nsee = "emergency_department"\nwhen.all = ["numb", "weak"]',
    ),
    "red_flags/counted.toml": _flag(
        "two of three signs",
        'urgency = "soon"\nsee = "doctor"\n'
        'when = { at_least = 2, of = ["swollen", "night_pain", "bitten"], unsure_counts = false }',
    ),
    "red_flags/growing.toml": _flag(
        "growing pain",
        'urgency = "soon"\nsee = "doctor"\nwhen.all = ["worse", { not = "checked" }]',
    ),
    "red_flags/lasting.toml": _flag(
        "lasting pain",
        'urgency = "routine"\nsee = "physiotherapist"\nwhen.all = ["night_pain", { not = "easing" }]',
    ),
    "red_flags/strong_pain.toml": _flag(
        "strong pain",
        'urgency = "same_day"\nsee = "urgent_care"\nwhen = { finding = "severity", min = 8 }',
    ),
    "gates/too_young.toml": _flag(
        "duckling",
        'urgency = "routine"\nsee = "doctor"\nwhen = { finding = "age", max = 15 }',
    ),
    "implications.toml": """[[implies]]
finding = "fragile"
when.any = ["bitten"]

[[not_applicable]]
when.any = [{ finding = "kind", is = ["drake"] }]
findings = ["egg", "egg_week"]

[[not_applicable]]
when.any = [{ not = "egg" }]
findings = ["egg_week"]
""",
    "contradictions.toml": """[[contradiction]]
id = "easing_and_worse"
both.all = ["easing", "worse"]
read_as_no = ["easing"]
because = "It is easing and getting worse."

[[contradiction]]
id = "began_after_now"
both = { finding = "onset_age", above = "age" }
because = "The pain began after today."
""",
    "tree/pattern.toml": """[[node]]
id = "N1"
label = "an egg"
when.any = ["egg"]
yes = "N2"
otherwise = "N3"
unsure = "yes"

[[node]]
id = "N2"
label = "a late egg"
when.any = [{ finding = "egg_week", min = 3 }]
yes = "resting"
otherwise = "gentle"
unsure = "yes"

[[node]]
id = "N3"
label = "mild and easing"
when.all = ["easing", { finding = "severity", max = 3 }]
yes = "strong"
otherwise = "gentle"
unsure = "otherwise"
""",
    "programmes/gentle.toml": f"""label = "Gentle"
because = "A gentle start."
advice = ["Swim a little."]
rows = ["R4"]
facts = ["F1"]
sources = ["S2"]
warm_up = ["bask"]

[[item]]
exercise = "wag"

[[item]]
exercise = "lean"

[[item]]
exercise = "flap"
{REVIEW}""",
    "programmes/strong.toml": f"""label = "Strong"
because = "More work."
rows = ["R4"]
sources = ["S2"]

[[item]]
exercise = "wag"
rung = "small"

[[item]]
exercise = "lean"
side = "other"

[[item]]
exercise = "roll"
needs.all = ["has_perch"]

[[item]]
exercise = "flap"

[[item]]
exercise = "wag"
phase = "finish"
{REVIEW}""",
    "programmes/resting.toml": f"""label = "Resting"
because = "Spare the egg."
rows = ["R4"]
sources = ["S2"]
lowest_dose = true

[[item]]
exercise = "lean"

[[item]]
exercise = "flap"
{REVIEW}""",
    "exercises/nod.toml": f"""label = "Nod"
because = "Nodding is easy."
phase = "warm_up"
side = "symmetric"
if_both = "symmetric"
if_midline = "symmetric"
if_unsure = "symmetric"
rungs = ["full", "withheld"]
rows = ["R5"]
sources = ["S2"]
evidence = "low"
start = {{ reps = 5, sets = 1, per_day = 1 }}
target = {{ reps = 5, sets = 1, per_day = 2 }}
stop_if = ["sharp_pain"]

[rung.full]
position = "standing"
steps = ["Nod."]

[column]
splint = "withheld"
{REVIEW}""",
    "exercises/wag.toml": f"""label = "Wag"
because = "Wagging moves the tail."
phase = "mobilise"
side = "symmetric"
if_both = "symmetric"
if_midline = "symmetric"
if_unsure = "symmetric"
rungs = ["full", "small", "withheld"]
rows = ["R5"]
sources = ["S2"]
evidence = "low"
start = {{ reps = 8, sets = 2, per_day = 2, hold_s = 2 }}
target = {{ reps = 10, sets = 3, per_day = 2, hold_s = 3 }}
stop_if = ["sharp_pain", "dizzy"]

[rung.full]
position = "standing"
equipment = ["mat"]
steps = ["Wag wide."]

[rung.small]
position = "standing"
steps = ["Wag a little."]

[column]
fragile = "small"
splint = "withheld"
{REVIEW}""",
    "exercises/lean.toml": f"""label = "Lean"
because = "Leaning stretches the tail."
phase = "stretch"
side = "sore"
if_both = "each"
if_midline = "wag"
if_unsure = "left_out"
instead = "nod"
rungs = ["full", "seated", "withheld"]
rows = ["R5"]
sources = ["S2"]
evidence = "very_low"
start = {{ reps = 2, sets = 1, per_day = 1, hold_s = 20 }}
target = {{ reps = 2, sets = 2, per_day = 2, hold_s = 30 }}
stop_if = ["dizzy"]

[rung.full]
position = "standing"
equipment = ["tall_wall"]
steps = ["Lean on the {{this}} foot and lift the {{other}} one."]
steps_each = ["Lean on one foot, then on the other."]

[rung.seated]
position = "sitting"
steps = ["Sit on the {{this}} side."]

[column]
fragile = {{ cleared = "seated" }}
cold = {{ rung = "full", max_hold_s = 10 }}
{REVIEW}""",
    "exercises/roll.toml": f"""label = "Roll"
because = "Rolling loosens."
phase = "stretch"
side = "each"
if_both = "each"
if_midline = "each"
if_unsure = "each"
if_lying_hurts = true
rungs = ["full", "small", "withheld"]
rows = ["R5"]
sources = ["S2"]
evidence = "low"
start = {{ reps = 3, sets = 1, per_day = 1 }}
target = {{ reps = 6, sets = 1, per_day = 1 }}
stop_if = ["dizzy"]

[rung.full]
position = "back"
steps = ["Roll over."]

[rung.small]
position = "back"
steps = ["Rock a little."]

[column]
late_egg = "withheld"
{REVIEW}""",
    "exercises/flap.toml": f"""label = "Flap"
because = "Flapping makes steady."
phase = "stabilise"
side = "other"
if_both = "symmetric"
if_midline = "symmetric"
if_unsure = "symmetric"
isometric = true
rungs = ["full", "small", "withheld"]
rows = ["R5"]
facts = ["F2"]
sources = ["S2"]
evidence = "low"
start = {{ reps = 4, sets = 2, per_day = 1, hold_s = 5, rest_s = 5, effort_percent = 30 }}
target = {{ reps = 6, sets = 2, per_day = 1, hold_s = 10, rest_s = 5, effort_percent = 50 }}
stop_if = ["sharp_pain"]

[rung.full]
position = "standing"
steps = ["Flap the {{this}} wing."]
needs.all = ["can_balance"]

[rung.small]
position = "sitting"
steps = ["Flap a little."]

[column]
fragile = "withheld"
cold = {{ rung = "small", max_effort_percent = 20 }}
{REVIEW}""",
    "columns/fragile.toml": f"""label = "Fragile bones"
because = "Your bones are fragile."
when.any = ["fragile"]
rows = ["R6"]
sources = ["S1"]
{REVIEW}""",
    "columns/cold.toml": f"""label = "Cold skin"
because = "Your skin is cold."
when.any = ["cold_skin"]
rows = ["R6"]
sources = ["S1"]
{REVIEW}""",
    "columns/splint.toml": f"""label = "A splint"
because = "Your tail is in a splint."
when.any = ["splinted"]
rows = ["R6"]
sources = ["S1"]
{REVIEW}""",
    "columns/late_egg.toml": f"""label = "A late egg"
because = "Your egg is late."
when.all = ["egg", {{ finding = "egg_week", min = 3 }}]
rows = ["R6"]
sources = ["S1"]
{REVIEW}""",
    "causes/sprain.toml": f"""label = "A Sprain"
because = "The pattern fits a sprain."
does = "So you rest the tail."
supporting = ["swollen", "bitten"]
conflicting = ["fever"]
rows = ["R7"]
sources = ["S1"]
{REVIEW}""",
    "causes/chill.toml": f"""label = "A chill"
because = "The pattern fits a chill."
does = "It changes nothing."
supporting = ["cold_skin", "bitten", "chills", {{ finding = "age", min = 70 }}]
strongly_conflicting = [{{ all = ["numb", "weak"] }}]
rows = ["R7"]
sources = ["S1"]
{REVIEW}""",
    "causes/egg_ache.toml": f"""label = "An ache of the egg"
because = "The pattern fits an egg."
does = "So you sit softly."
strongly_supporting = ["swollen"]
needs.any = ["egg"]
rows = ["R7"]
sources = ["S1"]
{REVIEW}""",
    "advice.toml": f"""[[advice]]
id = "dry"
topic = "about"
says = "Keep dry."
rows = ["R10"]
facts = ["F2"]
sources = ["S1"]

[[advice]]
id = "nest"
topic = "sleeping"
says = "Sit soft."
when.any = ["egg"]
rows = ["R10"]
sources = ["S1"]
{REVIEW}""",
    "facts.toml": """[F1]
about = "a gentle start"
use = "encode"

[F2]
about = "how hard to flap"
use = "resolve"
because = "Settled by a goose."

[F3]
about = "magic"
use = "reject"
because = "It does not help."
""",
    "activities.toml": f"""[[activity]]
id = "diving"
label = "Diving"
because = "It bends the tail."
rows = ["R8"]
sources = ["S1"]
{REVIEW}""",
    "stop_rules.toml": f"""[[stop]]
id = "sharp_pain"
says = "Stop at a sharp pain."
rows = ["R9"]
sources = ["S1"]

[[stop]]
id = "dizzy"
says = "Stop if you are dizzy."
rows = ["R9"]
sources = ["S1"]
{REVIEW}""",
    "contacts.toml": """[[contact]]
region = "international"
emergency = "Quack loudly."
urgent = "Quack today."
maternity = "Quack to the nest."
crisis = "Quack to a friend."

[[contact]]
region = "gb"
emergency = "Call 999."
urgent = "Call 111."
maternity = "Call the nest line."
crisis = "Call the friend line."
""",
    "sources.toml": """[S1]
grade = "G"
title = "Guideline of ducks"
addresses = ["https://ducks.invalid/guideline"]

[S2]
grade = "O"
title = "Opinion of a goose"

[S3]
grade = "O"
title = "A rumour"
alone = false
""",
    "adjuncts/paddle.toml": _adjunct("Paddle", 'unless.any = ["splinted"]'),
    "adjuncts/preen.toml": _adjunct("Preen"),
    "adjuncts/bask.toml": _adjunct("Bask", 'unless.any = ["cold_skin"]'),
    "adjuncts/soft_nod.toml": _adjunct("Soft nod", 'exercise = "nod"'),
    "promises/urgency.toml": """[[urgency]]
rows = ["R2"]
when.any = ["fever", "chills"]
at_least = "same_day"
unsure = "soon"

[[urgency]]
rows = ["R2", "R3"]
when.all = [{ any = ["fever", "chills"] }, "nerve_sign"]
at_least = "emergency"
see = "emergency_department"
""",
    "promises/limits.toml": """[[limit]]
rows = ["R6"]
column = "fragile bones"
when.any = ["fragile"]

[limit.allows]
wag = "small"
lean = "withheld"
flap = "withheld"

[limit.when_cleared]
lean = "seated"

[[limit]]
rows = ["R6"]
column = "cold skin"
when.any = ["cold_skin"]

[limit.max_hold_s]
lean = 10

[limit.max_effort_percent]
flap = 20

[[limit]]
rows = ["R6"]
column = "a splint"
when.any = ["splinted"]

[limit.never]
wag = ["full", "small"]
""",
    "promises/doses.toml": """[[dose]]
rows = ["R5"]
exercise = "flap"
start = { reps = 4, sets = 2, per_day = 1, hold_s = 5, rest_s = 5, effort_percent = 30 }
target = { reps = 6, sets = 3, per_day = 1, hold_s = 10, rest_s = 5, effort_percent = 50 }
""",
    # no two exercises of ducks are always apart
    "promises/sides.toml": """[[side]]
rows = ["R5"]
exercise = "flap"
phase = "stabilise"
one_sore = "other"
both = "symmetric"
midline = "symmetric"
unsure = "symmetric"
rungs = { small = "other" }

[[leaf]]
rows = ["R4"]
programme = "gentle"
may_give = ["wag", "lean", "flap"]
forms = { wag = "full" }

[[leaf]]
rows = ["R4"]
programme = "resting"
may_give = ["lean", "flap"]
lowest_dose = true
""",
    "signed.toml": """[[change]]
since = "0123456789abcdef"
who = "swollen tail"
because = "Nobody had it."
reviewer = "A. Drake"
date = "2026-11-21"
""",
    "not_encoded.toml": """[[omission]]
row = "R99"
because = "No duck can do it."
""",
    "watch.toml": f"""[[watch]]
id = "hot"
says = "the tail gets hot"
findings = ["fever", "chills"]
rows = ["R2"]
sources = ["S1"]

[[watch]]
id = "nerve"
says = "the tail goes numb or weak"
findings = ["numb", "weak"]
rows = ["R3"]
sources = ["S1"]

[[watch]]
id = "growing"
says = "it hurts more each day"
findings = ["worse"]
rows = ["R2"]
sources = ["S1"]

[[unwatched]]
findings = ["bitten"]
because = "Who bites a duck tells it."
{REVIEW}""",
    "texts.toml": """screen_clear = "No danger was found."
provisional = "Not enough is known to call exercises safe."
conflict = "Some answers do not fit."
too_little_left = "Too little is left."
not_reviewed = "No vet has signed this."
ask_list = "Please look at each of these. Which of them fit you?"
ask_form = "A few things about you and your pain:"
why_danger = "A yes here can mean that somebody should look at you before you exercise."
why_again = "Some of your answers do not fit together, so we ask these once more."
why_programme = "This decides which exercises suit you and which would be too much."
stop_emergency = "This is an emergency, so we ask nothing more."
stop_settled = "Whatever else you told us, the result would stay the same."
stop_left_open = "Some open questions could still change the result, so it stays on the safe side."
avoid_frame = "Ease off these."
needs = "The harder form is for those who told us about: {needs}."
needs_withheld = "It waits for those who told us about: {needs}."
no_side = "It works one side alone."
lying_hurts = "Lying hurts."
no_heat = "No heat, please."
safety_net = ["If it gets worse: {emergency}"]
self_care = ["Keep paddling."]
review = ["Look again in a week."]

[urgency]
self_care = "You may exercise."
routine = "Book a visit."
soon = "Within days."
same_day = "Today."
emergency = "Now."

[who]
physiotherapist = "a physiotherapist"
doctor = "a doctor"
midwife = "a midwife"
treating_team = "your team"
urgent_care = "urgent care"
eye_casualty = "an eye clinic"
crisis_line = "a crisis line"
maternity_unit = "a maternity unit"
emergency_department = "an emergency department"

[line]
physiotherapist = "Book a visit."
doctor = "Book a visit with a doctor."
midwife = "Call your midwife."
treating_team = "Call your team."
urgent_care = "{urgent}"
eye_casualty = "Ask for an eye clinic. {urgent}"
crisis_line = "{crisis}"
maternity_unit = "{maternity}"
emergency_department = "{emergency}"

[meanwhile]
routine = ["Move gently."]
soon = ["Do no exercises for now."]
same_day = ["Rest.", "If it goes numb: {emergency}"]
emergency = ["Do not fly yourself."]

[come_back]
soon = "Within days, if this is new."
same_day = "Today, if this is new."
emergency = "Now, if this is new."
""",
}

CALM = {
    "fever": False,
    "chills": False,
    "numb": False,
    "weak": False,
    "swollen": False,
    "night_pain": False,
    "bitten": False,
    "worse": False,
    "easing": False,
    "severity": 2,
    "age": 40,
    "onset_age": 40,
    "side": "left",
    "kind": "hen",
    "egg": False,
    "checked": False,
    "fragile": False,
    "lying_hurts": False,
    "can_balance": True,
    "has_perch": False,
    "cold_skin": False,
    "splinted": False,
}
"""Leads to the programme *gentle*; `egg_week` is left out, since there is no egg."""


def pack(changes: Mapping[str, str | None] | None = None) -> dict[str, bytes]:
    """Returns the files of the pack; `changes` gives the new text of a file, or None to leave it out."""
    texts = {**FILES, **(changes or {})}
    return {name: text.encode() for name, text in texts.items() if text is not None}


def edited(name: str, old: str, new: str, texts: Mapping[str, str] = FILES) -> dict[str, str]:
    """Returns one file with its only `old` replaced, as a change for `pack`."""
    assert texts[name].count(old) == 1, f"{name} holds {old!r} {texts[name].count(old)} times"
    return {name: texts[name].replace(old, new)}


def small_rules(changes: Mapping[str, str | None] | None = None) -> Ruleset:
    """Returns the ruleset of the pack."""
    return ruleset_from(pack(changes)) if changes else _unchanged()


@cache
def _unchanged() -> Ruleset:
    return ruleset_from(pack())
