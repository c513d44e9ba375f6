"""The 360 cells of tables 4B, 4C and 4D against what the engine allows a person under each column.

What a cell must lead to is read from the cell and its note by D-44: a note that names a form is that rung,
one that names none is the next rung down, one that names another exercise puts it in its place. Where the
rules allow less than that, it stands in TIGHTER with the reason. They may never allow more.
"""

from __future__ import annotations

from functools import cache

import pytest

from sitriage.conditions import boxes
from sitriage.evidence import read_answers
from sitriage.limits import WITHHELD, applies, limits
from sitriage.show.tree import matrix_text
from tests.shipped.calm import CALM, MATRICES, RULES, Answers, consistent, edges, settled
from tests.shipped.leaves import STRONG

EXERCISES = sorted(RULES.exercises)

# who may do everything that no column forbids
ABLE = CALM | STRONG | {"duration_days": 60}

# D-44: the form that a note names; two where it leaves a choice
FORMS: dict[str, dict[str, set[str]]] = {
    "pelvic_tilt": {
        "all fours/standing": {"all_fours", "standing"},
        "all fours/sitting": {"all_fours", "seated"},
        "bed/chair": {"on_bed", "seated"},
    },
    "bridge": {
        "≤3 min, propped": {"propped_short"},
        "seated_squeeze only": {"seated_squeeze"},
        "small": {"small"},
    },
    "knee_to_chest": {
        "behind thigh": {"behind_thigh"},
        "≤90°, behind thigh": {"behind_thigh"},
        "bed": {"on_bed"},
    },
    "figure_four": {"chair": {"seated"}, "chair, straight back, no pull": {"seated"}},
    "side_plank_clam": {
        "clam only": {"clam"},
        "clam only; plank X": {"clam"},
        "clam": {"clam"},
        "bed clam": {"clam"},
        "clam, pillow, small": {"clam_small"},
        "tiny range or X": {"clam_small", WITHHELD},
    },
    "supine_twist": {"short/seated": {"small", "seated"}, "seated only": {"seated"}},
    "trunk_rotation": {"short/seated": {"small", "seated"}, "seated only": {"seated"}},
    "hip_abduction_band": {
        "light": {"light"},
        "seated": {"seated"},
        "chair": {"seated"},
        "pillow_squeeze only": {"pillow_squeeze"},
    },
    "bird_dog": {
        "one limb": {"one_limb"},
        "slide only": {"slide"},
        "leg slide/arm only": {"slide"},
        "slide/standing": {"slide", "standing"},
        "standing version": {"standing"},
        "pad/standing table": {"standing"},
    },
    "plank_leg_lift": {
        "knees/wall, only if used to it": {"knees", "wall"},
        "at the wall only": {"wall"},
        "wall": {"wall"},
        "≤10 s wall": {"wall"},
        "wall/table": {"wall", "table"},
        "elbows/wall": {"wall"},
    },
    "si_glute_bridge": {"bridge": {WITHHELD}},
}

# ok, but the note says in which manner: the rung with that manner
MANNER = {
    ("falls_or_dizziness", "pelvic_tilt"): "on_bed",
    ("falls_or_dizziness", "bridge"): "small",
    ("stenosis_or_arching_worse", "side_plank_clam"): "clam",
    ("pregnancy_before_16", "hip_abduction_band"): "light",
    ("caesarean_or_abdominal_operation_12_weeks", "hip_abduction_band"): "light",
    ("spine_or_pelvic_fragility_fracture", "hip_abduction_band"): "light",
}

# a cap in a note: seconds of hold, percent of effort
CAPS = {"≤2 s": (2, 0), "≤10 s wall": (10, 0), "≤30 %": (0, 30), "≤30 %, 6 s, breathe": (6, 30)}

# less than the cell allows: (rung, rung once cleared) and why
TIGHTER = {
    ("pelvic_girdle_pattern", "bridge"): (
        ("propped_short", "propped_short"),
        "the note wants a pillow between the knees, which only this form has",
    ),
    ("caesarean_or_abdominal_operation_12_weeks", "bridge"): (
        ("seated_squeeze", "seated_squeeze"),
        "the note wants six weeks first, and the weeks since the operation are not asked",
    ),
    ("spine_or_pelvic_fragility_fracture", "pelvic_tilt"): (
        (WITHHELD, "on_bed"),
        "a physiotherapist first: only after an assessment",
    ),
    ("spine_or_pelvic_fragility_fracture", "bridge"): (
        (WITHHELD, "small"),
        "a physiotherapist first: only after an assessment",
    ),
    ("pregnancy_16_27", "knee_to_chest"): (
        ("on_bed", "on_bed"),
        "propped up, and the knee passes outside the bump, in this form only",
    ),
    ("hip_replacement_later", "figure_four"): (
        (WITHHELD, "seated"),
        "the note allows it only once cleared, and crossing is then kept to the chair",
    ),
    ("hip_replacement_later", "side_plank_clam"): (
        ("seated_band", "seated_band"),
        "which hip was replaced, and how long ago, is not asked: this form lies on neither",
    ),
    ("hip_replacement_later", "supine_twist"): (
        ("seated", "seated"),
        "the note wants the knees apart, and the small form holds them together",
    ),
    ("hip_replacement_later", "trunk_rotation"): (
        ("seated", "seated"),
        "the note wants the knees apart, and the small form holds them together",
    ),
    ("hip_osteoarthritis", "side_plank_clam"): (
        ("clam_small", "clam_small"),
        "the note wants a pillow, which lies between the knees in this form",
    ),
    ("knee_problem", "plank_leg_lift"): (
        ("table", "table"),
        "the forms before it rest on the knees, or lead to one that does",
    ),
    ("weeks_0_6_after_birth", "bird_dog"): (
        ("standing", "standing"),
        "the note wants two to six weeks first, and this form suits the first two as well",
    ),
    ("spine_or_pelvic_fragility_fracture", "bird_dog"): (
        ("standing", "standing"),
        "supported: both arms rest on a table in this form",
    ),
}

# a cap of ours where the note has none: "brief" is ten seconds
OUR_CAPS = {("pregnancy_16_27", "knee_to_chest"): (10, 0)}


def _places(exercise, rungs):
    return {RULES.exercises[exercise].rungs.index(rung) for rung in rungs}


def contract(column, exercise):
    """The rungs that the table allows, as places on the ladder: (not cleared, cleared)."""
    ladder = RULES.exercises[exercise].rungs
    last, cell = len(ladder) - 1, MATRICES[column][exercise]
    match cell["cell"]:
        case "ok":
            manner = MANNER.get((column, exercise), ladder[0])
            return _places(exercise, [manner]), _places(exercise, [manner])
        case "x":
            return {last}, {last}
        case "m_x":
            return {last}, {1}
    form = FORMS.get(exercise, {}).get(cell.get("note", ""), {ladder[1]})
    return _places(exercise, form), _places(exercise, form)


def expected(column, exercise, cleared):
    """The places that the rules may give: those of the table, or the one that TIGHTER states."""
    if (column, exercise) in TIGHTER:
        rungs, _ = TIGHTER[column, exercise]
        return _places(exercise, [rungs[cleared]])
    return contract(column, exercise)[cleared]


@cache
def people_under(column: str) -> list[tuple[Answers, frozenset[str]]]:
    """People on whom a column acts, each way it can, with all columns of the tables that act on them."""
    found = []
    for box in boxes(RULES.columns[column].when, 3, True, lambda name: RULES.domains[name]):
        for end in (0, -1):
            answers = {
                name: edges(name, allowed)[end] for name, allowed in box.items() if edges(name, allowed)
            }
            person = consistent(settled(ABLE | answers))
            values = read_answers(person, RULES).values
            acting = {name for name, each in RULES.columns.items() if applies(each.when, values)}
            if acting <= set(MATRICES) and column in acting:
                found.append((person, frozenset(acting)))
    return found


CELLS = [
    pytest.param(column, exercise, id=f"{column}-{exercise}")
    for column, row in MATRICES.items()
    for exercise in row
]


def test_the_tables_are_whole():
    assert len(MATRICES) == 24
    assert set(MATRICES) <= set(RULES.columns)
    assert all(sorted(row) == EXERCISES for row in MATRICES.values())
    assert len(CELLS) == 360


# hip rules imply a new hip; a broken spine implies thin bones: nobody has the one without the other
NEVER_ALONE = {
    "hip_precautions": {"hip_replacement_later"},
    "spine_or_pelvic_fragility_fracture": {"osteoporosis"},
}


@pytest.mark.parametrize("column", sorted(MATRICES))
def test_somebody_is_under_the_column_alone(column):
    alone = {column} | NEVER_ALONE.get(column, set())
    assert alone in [set(acting) for _, acting in people_under(column)]


@pytest.mark.parametrize(("column", "exercise"), CELLS)
@pytest.mark.parametrize("cleared", [False, True])
def test_a_person_under_the_column_gets_the_form_of_the_cell(column, exercise, cleared):
    for person, acting in people_under(column):
        values = read_answers(person | {"assessed_and_cleared": cleared}, RULES).values
        limit = limits(RULES.exercises[exercise], RULES, values)
        # a person gets the lowest over all columns
        allowed = [expected(each, exercise, cleared) for each in acting]
        lowest = max(min(places) for places in allowed)
        highest = max(max(places) for places in allowed)
        assert lowest <= limit.place <= highest, (acting, limit)
        assert limit.place in set().union(*allowed), (acting, limit)


@pytest.mark.parametrize(("column", "exercise"), CELLS)
def test_an_unsure_answer_limits_as_a_yes_does(column, exercise):
    """D-44 and the pattern tree: in a limit, unsure is yes."""
    for person, acting in people_under(column):
        names = [name for name, value in person.items() if value != ABLE.get(name)]
        assert names
        unsure = read_answers(person | dict.fromkeys(names, "unsure"), RULES).values
        sure = read_answers(person, RULES).values
        ladder = RULES.exercises[exercise]
        assert limits(ladder, RULES, unsure).place >= limits(ladder, RULES, sure).place, acting


@pytest.mark.parametrize(("column", "exercise"), CELLS)
def test_the_caps_of_a_note_are_kept(column, exercise):
    cell = MATRICES[column][exercise]
    hold, effort = CAPS.get(cell.get("note", ""), (0, 0))
    if exercise in ("dontigny_knee_brace", "inflare_correction") and cell["cell"] in ("m", "m_x"):
        # D-44: the easier form of these two is an effort of 30 %
        effort = 30
    hold, effort = OUR_CAPS.get((column, exercise), (hold, effort))
    for person, acting in people_under(column):
        if acting != {column}:
            continue
        values = read_answers(person | {"assessed_and_cleared": True}, RULES).values
        limit = limits(RULES.exercises[exercise], RULES, values)
        assert (limit.max_hold_s, limit.max_effort_percent) == (hold, effort)


@pytest.mark.parametrize("cell", sorted(TIGHTER), ids="-".join)
def test_what_is_tighter_than_the_table_is_never_looser(cell):
    rungs, why = TIGHTER[cell]
    for cleared in (False, True):
        allowed = contract(*cell)[cleared]
        (chosen,) = _places(cell[1], [rungs[cleared]])
        assert chosen >= max(allowed)
    assert any(_places(cell[1], [rungs[c]]) != contract(*cell)[c] for c in (False, True))
    assert len(why.split()) >= 5


def test_another_exercise_named_by_a_note_takes_its_place():
    named = {
        (column, exercise): cell["note"]
        for column, row in MATRICES.items()
        for exercise, cell in row.items()
        if cell.get("note") in RULES.exercises
    }
    assert named
    for (_, exercise), other in named.items():
        assert RULES.exercises[exercise].instead == other


# who is under a column of the tables, and who just is not; written from the tables' own words
BORN = {"birth_in_last_year": True}
UNDER = {
    "pregnancy_before_16": (
        [{"pregnant": True, "pregnancy_week": 15}, {"could_be_pregnant": True, "pregnancy_week": 5}],
        [{"pregnant": True, "pregnancy_week": 16}, {}],
    ),
    "pregnancy_16_27": (
        [{"pregnant": True, "pregnancy_week": 16}, {"pregnant": True, "pregnancy_week": 27}],
        [{"pregnant": True, "pregnancy_week": 15}, {"pregnant": True, "pregnancy_week": 28}],
    ),
    "pregnancy_from_28": (
        [{"pregnant": True, "pregnancy_week": week} for week in (28, 45, "unsure")] + [{"pregnant": True}],
        [{"pregnant": True, "pregnancy_week": 27}, {}],
    ),
    "pelvic_girdle_pattern": (
        [
            {"pregnant": True, "pregnancy_week": 20, "pubic_pain": True},
            BORN | {"weeks_since_birth": 26, "worse_stairs": True, "worse_turning_in_bed": True},
            BORN | {"weeks_since_birth": 26, "worse_standing_on_one_leg": True, "worse_parting_legs": True},
        ],
        [
            {"pubic_pain": True},
            BORN | {"weeks_since_birth": 27, "pubic_pain": True},
            BORN | {"weeks_since_birth": 26, "worse_stairs": True},
        ],
    ),
    "weeks_0_6_after_birth": (
        [BORN | {"weeks_since_birth": 0}, BORN | {"weeks_since_birth": 5}],
        [BORN | {"weeks_since_birth": 6}, {}],
    ),
    "caesarean_or_abdominal_operation_12_weeks": (
        [{"recent_abdominal_surgery": True}, BORN | {"caesarean": True, "weeks_since_birth": 12}],
        [BORN | {"caesarean": True, "weeks_since_birth": 13}, BORN | {"weeks_since_birth": 3}],
    ),
    "osteoporosis": (
        [
            {name: True}
            for name in (
                "osteoporosis", "previous_fragility_fracture", "height_loss_or_new_stoop",
                "long_term_steroids",
            )
        ],
        [{"osteopenia": True}, {"osteoarthritis": True}],
    ),
    "spine_or_pelvic_fragility_fracture": (
        [{"spine_fragility_fracture": True}],
        [{"previous_fragility_fracture": True}],
    ),
    "hip_precautions": ([{"hip_precautions": True}], [{"hip_replacement": True}]),
    "hip_replacement_later": ([{"hip_replacement": True}], [{"hip_osteoarthritis": True}]),
    "hip_osteoarthritis": ([{"hip_osteoarthritis": True}], [{"osteoarthritis": True}]),
    "knee_problem": ([{"knee_problem": True}], [{"knee_pain": True}]),
    "wrist_problem": ([{"wrist_problem": True}], [{"shoulder_problem": True}]),
    "shoulder_problem": ([{"shoulder_problem": True}], [{"wrist_problem": True}]),
    "blood_pressure_over_180_110_or_chest_symptoms": (
        [{"blood_pressure_over_180_110": True}, {"chest_symptoms_on_effort": True}],
        [{"treated_high_blood_pressure": True}],
    ),
    "treated_high_blood_pressure": ([{"treated_high_blood_pressure": True}], [{}]),
    "falls_or_dizziness": ([{"falls_or_dizziness": True}], [{"feels_unstable": True}]),
    "cannot_get_on_floor": ([{"cannot_get_on_floor": True}], [{"limited_mobility": True}]),
    "radicular_or_flexion_worse": (
        [
            {name: True}
            for name in (
                "worse_bending_forward", "leg_pain_below_knee", "leg_numbness", "numbness_below_knee",
            )
        ],
        [{"thigh_pain": True}, {"worse_arching_back": True}],
    ),
    "stenosis_or_arching_worse": (
        [{"worse_arching_back": True}, {"eased_sitting_or_leaning": True}],
        [{"worse_bending_forward": True}],
    ),
    "untreated_hernia": ([{"untreated_hernia": True}], [{"recent_abdominal_surgery": True}]),
    "diastasis": ([{"diastasis": True}], [{}]),
    "hypermobility": ([{"hypermobility": True}], [{"feels_unstable": True}]),
    "prolapse_or_leaking": ([{"prolapse_or_leaking": True}], [{}]),
}  # fmt: skip


@pytest.mark.parametrize("column", sorted(MATRICES))
def test_the_column_is_for_whom_the_table_says(column):
    under, beside = UNDER[column]
    for answers in under:
        assert applies(RULES.columns[column].when, read_answers(ABLE | answers, RULES).values), answers
    for answers in beside:
        assert not applies(RULES.columns[column].when, read_answers(ABLE | answers, RULES).values), answers


def test_somebody_without_limits_gets_the_full_form_of_everything():
    free = read_answers(ABLE, RULES).values
    assert {limits(each, RULES, free).rung for each in RULES.exercises.values()} == {"full"}


# the columns beside the tables (decisions.md, "Further columns"): what each must do at least
FURTHER = {
    "sharp_pain": {
        "lumbar_roll": "short", "figure_four": "short", "supine_twist": "small",
        "knee_to_chest": "behind_thigh",
    },
    "worse_coughing": {"knee_to_chest": WITHHELD, "figure_four": "seated", "supine_twist": "small"},
    "worse_twisting": {"lumbar_roll": WITHHELD, "supine_twist": WITHHELD, "trunk_rotation": "small"},
    "running_pain": {"si_glute_bridge": WITHHELD, "plank_leg_lift": "plain"},
    "axial_spondyloarthritis": {
        "plank_leg_lift": "knees", "swiss_ball_superman": WITHHELD, "supine_twist": "small",
        "trunk_rotation": "small",
    },
    "lumbar_fusion": {"lumbar_roll": WITHHELD, "supine_twist": WITHHELD, "trunk_rotation": "small"},
    "knee_replacement": {"figure_four": "seated"},
    "latex_allergy": {"hip_abduction_band": "no_band"},
    "prone_or_strain_limit": {
        "swiss_ball_superman": WITHHELD, "plank_leg_lift": WITHHELD, "bird_dog": "standing",
    },
    "severe_pain": {name: RULES.exercises[name].rungs[1] for name in EXERCISES},
}  # fmt: skip

# how somebody comes under one of them, and under no column of the tables
BROUGHT_ON = {
    "sharp_pain": {"sharp_pain": True},
    "worse_coughing": {"worse_coughing": True},
    "worse_twisting": {"worse_twisting": True},
    "running_pain": {"runner_or_jumper": True, "worse_on_impact": True},
    "axial_spondyloarthritis": {"known_axial_spondyloarthritis": True},
    "lumbar_fusion": {"lumbar_fusion": True},
    "knee_replacement": {"knee_replacement": True},
    "latex_allergy": {"latex_allergy": True},
    "prone_or_strain_limit": {"prone_or_strain_limit": True},
    "severe_pain": {"pain_severity": 6},
}


@pytest.mark.parametrize("column", sorted(FURTHER))
def test_the_further_columns_do_what_the_decision_says(column):
    values = read_answers(ABLE | BROUGHT_ON[column], RULES).values
    for exercise, rung in FURTHER[column].items():
        limit = limits(RULES.exercises[exercise], RULES, values)
        assert limit.rung == rung, exercise


def test_nothing_kneels_after_a_knee_replacement():
    values = read_answers(ABLE | {"knee_replacement": True}, RULES).values
    for exercise in RULES.exercises.values():
        rung = limits(exercise, RULES, values).rung
        assert rung == WITHHELD or not exercise.rung[rung].kneeling, exercise.id


AS_OSTEOPOROSIS = ["previous_fragility_fracture", "height_loss_or_new_stoop", "long_term_steroids"]


@pytest.mark.parametrize("name", AS_OSTEOPOROSIS)
def test_what_counts_as_thin_bones_limits_like_thin_bones(name):
    thin = read_answers(ABLE | {"osteoporosis": True}, RULES).values
    like = read_answers(ABLE | {name: True}, RULES).values
    for exercise in RULES.exercises.values():
        assert limits(exercise, RULES, like).place == limits(exercise, RULES, thin).place, exercise.id


# ---------------------------------------------------------------- the table that a reviewer prints


@cache
def printed() -> dict[str, dict[str, str]]:
    """`sitriage tree --matrix`, read back from its Markdown."""
    head, _, *rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in matrix_text(RULES).splitlines()
    ]
    return {name: dict(zip(head[1:], cells, strict=True)) for name, *cells in rows}


def read_cell(cell: str, cleared: bool) -> str:
    """The highest rung that a printed cell allows."""
    form = cell.partition(",")[0]
    if form.startswith("cleared: "):
        return form.removeprefix("cleared: ") if cleared else WITHHELD
    return "full" if form == "ok" else form.partition(" (")[0]


@pytest.mark.parametrize(("column", "exercise"), CELLS)
@pytest.mark.parametrize("cleared", [False, True])
def test_the_printed_matrix_says_what_the_table_says(column, exercise, cleared):
    rung = read_cell(printed()[column][exercise], cleared)
    assert RULES.exercises[exercise].rungs.index(rung) in expected(column, exercise, cleared)


def test_the_printed_matrix_names_the_exercise_that_takes_the_place():
    for column, row in MATRICES.items():
        for exercise, cell in row.items():
            if cell.get("note") in RULES.exercises:
                assert f"({cell['note']} instead)" in printed()[column][exercise]


def test_a_wrong_printed_cell_would_be_seen():
    assert read_cell("ok", False) == "full"
    assert read_cell("withheld (bridge instead), at most 2 s", True) == WITHHELD
    assert read_cell("cleared: seated", False) == WITHHELD
    assert read_cell("cleared: seated", True) == "seated"
    assert _places("figure_four", ["full"]).isdisjoint(expected("pregnancy_from_28", "figure_four", True))
