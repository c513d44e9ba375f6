"""The shipped pictures: every form of every exercise, a body that can be, touching what the steps name."""

from __future__ import annotations

import pytest

import sitriage
from sitriage.poses import Scene
from sitriage.show.figures import picture
from sitriage.show.figures.motion import ends, way
from sitriage.words import Side
from tests.figure_checks import (
    balance_faults,
    bone_faults,
    contact_faults,
    covered,
    each_contact,
    one_sided,
    sunk,
)

RULES = sitriage.load_rules()
SCENES = {f"{poses.id}-{rung}": scene for poses in RULES.poses.values() for rung, scene in poses.rung.items()}
SCENES |= {
    f"{poses.id}-{rung}-alike": scene for poses in RULES.poses.values() for rung, scene in poses.alike.items()
}
FORMS = [(exercise.id, rung) for exercise in RULES.exercises.values() for rung in exercise.rung]
# the word of the equipment and what is drawn
DRAWN = {"swiss_ball": "ball", "doorway": "frame"}
# what the body leans on, pushes or lies on wherever it is needed
TOUCHED = {"wall", "doorway", "swiss_ball", "chair", "table"}
# half-way may be a little lower: joints turn on straight lines
ON_THE_WAY = 28

scenes = pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)
forms = pytest.mark.parametrize(("exercise", "rung"), FORMS, ids=[f"{one}-{other}" for one, other in FORMS])


@forms
def test_every_form_has_a_picture_of_what_it_needs(exercise: str, rung: str) -> None:
    scene, form = RULES.poses[exercise].rung[rung], RULES.exercises[exercise].rung[rung]
    drawn = {prop.kind for prop in scene.props}
    assert {DRAWN.get(thing, thing) for thing in form.equipment} <= drawn
    targets = {target for _, target in each_contact(scene)}
    assert {DRAWN.get(thing, thing) for thing in TOUCHED & set(form.equipment)} <= targets
    assert scene.contacts


def test_nobody_needs_equipment_that_no_picture_knows() -> None:
    every = {
        thing for one in RULES.exercises.values() for form in one.rung.values() for thing in form.equipment
    }
    assert TOUCHED <= every <= TOUCHED | {"mat", "bed", "pillow", "band", "towel"}


@scenes
def test_bones_keep_their_length(scene: Scene) -> None:
    assert [fault for body in way(scene, 6) for fault in bone_faults(body)] == []


@scenes
def test_nobody_sinks_into_the_ground(scene: Scene) -> None:
    assert [fault for body in ends(scene) for fault in sunk(body)] == []
    assert min(ball.at[1] - ball.radius for body in way(scene, 6) for ball in body.values()) > -ON_THE_WAY


@scenes
def test_what_touches_is_there(scene: Scene) -> None:
    assert list(contact_faults(scene)) == []


@scenes
def test_the_weight_lies_on_what_carries_it(scene: Scene) -> None:
    assert list(balance_faults(scene)) == []


@scenes
def test_start_and_end_differ_or_something_is_pushed(scene: Scene) -> None:
    bodies = ends(scene)
    if len(bodies) == 1:
        assert scene.pushes
    else:
        assert (
            max(
                abs(a - b)
                for name in bodies[0]
                for a, b in zip(bodies[0][name].at, bodies[1][name].at, strict=True)
            )
            > 8
        )
        assert scene.arrows or scene.pushes


# which part of the body is named by the steps at the decisive moment, and what it must touch or do
STEPS = (
    ("figure_four", "full", "this_ankle:other_thigh"),
    ("figure_four", "full", "this_hand:this_knee"),
    ("figure_four", "short", "this_ankle:other_thigh"),
    ("figure_four", "short", "both_hand:floor"),
    ("figure_four", "seated", "this_ankle:other_thigh"),
    ("dontigny_knee_brace", "full", "this_heel:frame"),
    ("dontigny_knee_brace", "light", "this_heel:frame"),
    ("inflare_correction", "full", "this_knee:wall"),
    ("inflare_correction", "light", "this_knee:wall"),
    ("knee_to_chest", "full", "both_hand:this_knee"),
    ("lumbar_roll", "full", "other_hand:this_knee"),
    ("lumbar_roll", "short", "this_knee:pillow"),
    ("pelvic_tilt", "full", "waist:floor"),
    ("pelvic_tilt", "standing", "waist:wall"),
    ("plank_leg_lift", "full", "other_toes:floor"),
    ("plank_leg_lift", "knees", "both_knee:floor"),
    ("plank_leg_lift", "wall", "both_hand:wall"),
    ("si_glute_bridge", "full", "both_hand:other_knee"),
    ("si_glute_bridge", "full", "this_heel:floor"),
    ("si_glute_bridge", "one_second", "both_hand:other_thigh"),
    ("side_plank_clam", "full", "other_elbow:floor"),
    ("side_plank_clam", "full", "other_hand:floor"),
    ("side_plank_clam", "full", "this_heel:other_heel"),
    ("side_plank_clam", "clam", "this_heel:other_heel"),
    ("side_plank_clam", "clam_small", "this_heel:other_heel"),
    ("swiss_ball_superman", "full", "waist:ball"),
    ("bird_dog", "full", "this_hand:floor"),
    ("bird_dog", "slide", "this_toes:floor"),
    ("hip_abduction_band", "seated", "this_hand:this_knee"),
    ("hip_abduction_band", "pillow_squeeze", "both_knee:pillow"),
    ("bridge", "propped_short", "both_knee:pillow"),
)


@pytest.mark.parametrize(("exercise", "rung", "contact"), STEPS)
def test_the_contacts_that_the_steps_name_are_measured(exercise: str, rung: str, contact: str) -> None:
    assert contact in RULES.poses[exercise].rung[rung].contacts


def test_arm_and_leg_of_the_bird_dog_are_of_opposite_sides() -> None:
    for exercise in ("bird_dog", "swiss_ball_superman"):
        end = ends(RULES.poses[exercise].rung["full"])[-1]
        # lifted as high as the trunk, the others on the ground
        assert min(end["this_ankle"].at[1], end["other_hand"].at[1]) > 200
        assert max(end["other_toes"].at[1], end["this_hand"].at[1]) < 40


@pytest.mark.parametrize("rung", ["full", "clam", "clam_small"])
def test_the_knee_of_the_clam_opens_upwards(rung: str) -> None:
    start, end = ends(RULES.poses["side_plank_clam"].rung[rung])
    assert end["this_knee"].at[1] > start["this_knee"].at[1] + 20
    assert end["this_knee"].at[1] > end["other_knee"].at[1] + 60


def test_smaller_forms_move_less() -> None:
    def moved(exercise: str, rung: str, point: str) -> float:
        start, end = ends(RULES.poses[exercise].rung[rung])
        return sum((a - b) ** 2 for a, b in zip(start[point].at, end[point].at, strict=True)) ** 0.5

    assert moved("bridge", "small", "pelvis") < 0.6 * moved("bridge", "full", "pelvis")
    assert moved("trunk_rotation", "full", "other_knee") < moved("supine_twist", "full", "other_knee")
    assert moved("trunk_rotation", "small", "other_knee") < moved("trunk_rotation", "full", "other_knee")
    assert moved("supine_twist", "small", "other_knee") < moved("supine_twist", "full", "other_knee")
    assert moved("hip_abduction_band", "light", "this_knee") < moved(
        "hip_abduction_band", "full", "this_knee"
    )
    assert moved("side_plank_clam", "clam_small", "this_knee") < moved("side_plank_clam", "clam", "this_knee")


def test_all_pictures_together_are_small() -> None:
    made = [picture(RULES, exercise, rung, Side.RIGHT) for exercise, rung in FORMS]
    assert sum(len(each.svg.encode()) for each in made if each is not None) < 1_000_000
    assert None not in made


def sides_of(exercise: str, rung: str) -> set[str]:
    """Every side for which a form may be prescribed, in the words of the rules."""
    found = RULES.exercises[exercise]
    own = found.rung[rung].side or found.side
    if own not in ("sore", "other"):
        return {own}
    return {own, found.if_both, found.if_midline, found.if_unsure} & {"sore", "other", "symmetric", "each"}


BOTH = [(*form, Side(side)) for form in FORMS for side in sorted(sides_of(*form)) if side in list(Side)]
of_both_sides = pytest.mark.parametrize(("exercise", "rung", "side"), BOTH)


@of_both_sides
@pytest.mark.parametrize("sore", [Side.LEFT, Side.RIGHT])
def test_what_is_for_both_sides_shows_the_sore_side_near_the_reader(
    exercise: str, rung: str, side: Side, sore: Side
) -> None:
    made = picture(RULES, exercise, rung, side, sore=sore)
    assert made is not None
    assert made.svg.count("<circle") > 3
    assert "stroke-dasharray" not in made.svg


@forms
@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("sore", [Side.LEFT, Side.RIGHT])
def test_no_arrow_touches_the_ring_of_the_sore_side(exercise: str, rung: str, side: Side, sore: Side) -> None:
    made = picture(RULES, exercise, rung, side, sore=sore)
    assert made is not None
    assert list(covered(made.svg)) == []


SYMMETRIC = [(exercise, rung) for exercise, rung, side in BOTH if side is Side.SYMMETRIC]


@pytest.mark.parametrize(("exercise", "rung"), SYMMETRIC)
def test_where_both_sides_do_it_alike_nothing_is_done_by_one(exercise: str, rung: str) -> None:
    poses = RULES.poses[exercise]
    scene = poses.alike.get(rung) or poses.rung[rung]
    assert list(one_sided(scene)) == []
    made = picture(RULES, exercise, rung, Side.SYMMETRIC)
    assert made is not None
    # both are named, or neither
    assert made.description.count("Press one ") == made.description.count("Press the other ")
    assert made.description.count("One ") == made.description.count("The other ")


def test_the_plank_for_both_sides_keeps_both_feet_down() -> None:
    poses = RULES.poses["plank_leg_lift"]
    assert set(poses.alike) == {"full", "plain", "knees"}
    for rung, scene in poses.alike.items():
        assert not scene.pushes
        assert f"both_{'knee' if rung == 'knees' else 'toes'}:floor" in scene.contacts
    assert list(one_sided(poses.rung["full"]))


def test_what_sinks_by_its_own_weight_is_not_pushed() -> None:
    for exercise, rung in FORMS:
        if "by its own weight" in " ".join(RULES.exercises[exercise].rung[rung].steps):
            assert not RULES.poses[exercise].rung[rung].pushes
