"""Exercise pictures: the skeleton, the drawing, the words; each check of the poses finds a planted fault."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from math import isclose
from typing import get_args
from xml.etree import ElementTree

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitriage.poses import FURTHEST, JOINTS, POINTS, Arrow, Poses, Prop, PropKind, Push, Scene, View
from sitriage.show.figures import Picture, picture
from sitriage.show.figures.camera import Disc, camera, outline, path
from sitriage.show.figures.colours import DARK, LIGHT, Colours
from sitriage.show.figures.motion import ends, way
from sitriage.show.figures.skeleton import BONES, Ball, body
from sitriage.show.figures.space import about, along, apart, times
from sitriage.show.figures.things import boxes, round_things
from sitriage.show.markup import ATTRIBUTES, TAGS
from sitriage.words import Side
from tests.figure_checks import balance_faults, bone_faults, contact_faults, covered, gap, one_sided, sunk
from tests.small_pack import small_rules

STANDING = {"y": 530}
MAT = Prop(kind="mat", size=(900, 10, 400))
LIFT = Scene(
    view=View(turn=-20, tilt=10),
    props=(MAT,),
    contacts=("other_heel:floor",),
    arrows=(Arrow(at="this_knee", shift=(0, 30, 0)),),
    start=STANDING,
    end={"this_hip": 60, "this_knee": 70, "both_shoulder": 20},
)
HOLD = Scene(
    pushes=(Push(at="this_hand", to=(80, 0, 0)), Push(at="waist", to=(0, -80, 0), into=True)), start=STANDING
)
EVERYTHING = tuple(
    Prop(kind=kind, at=(at, 0, -100), size=(90, 60, 80))
    for at, kind in (
        (-600, "bed"), (-450, "floor"), (-300, "wall"), (-150, "frame"),
        (150, "chair"), (300, "table"), (450, "ball"), (600, "pillow"),
        (620, "pillow"), (0, "band"), (0, "towel"),
    )
)  # fmt: skip


def rules_with(**scenes: Scene):
    """The small pack with pictures of its exercise `wag`."""
    return attrs.evolve(small_rules(), poses={"wag": Poses(id="wag", rung=scenes)})


def made(scene: Scene, side: Side = Side.RIGHT, **how) -> Picture:
    found = picture(rules_with(full=scene), "wag", "full", side, **how)
    assert found is not None
    return found


# --- the skeleton ---


def test_somebody_who_stands_faces_along_x_with_this_side_near() -> None:
    stood = body(STANDING)
    assert stood["head"].at[1] > stood["pelvis"].at[1] > stood["this_knee"].at[1] > stood["this_toes"].at[1]
    assert stood["nose"].at[0] > stood["head"].at[0]
    assert stood["this_toes"].at[0] > stood["this_heel"].at[0]
    assert stood["this_hip"].at[2] > 0 > stood["other_hip"].at[2]
    assert stood["hair"].at[1] + stood["hair"].radius == pytest.approx(1000, abs=20)


def test_joints_bend_the_way_that_people_bend() -> None:
    assert body({"this_knee": 60})["this_ankle"].at[0] < body({})["this_ankle"].at[0]
    assert body({"this_elbow": 60})["this_wrist"].at[0] > body({})["this_wrist"].at[0]
    assert body({"this_hip": 60})["this_knee"].at[0] > body({})["this_knee"].at[0]
    assert body({"this_shoulder": 60})["this_elbow"].at[0] > body({})["this_elbow"].at[0]
    assert body({"this_hip_out": 30})["this_knee"].at[2] > body({})["this_knee"].at[2]
    assert body({"other_hip_out": 30})["other_knee"].at[2] < body({})["other_knee"].at[2]
    assert body({"this_hip_turn": 40})["this_toes"].at[2] > body({})["this_toes"].at[2]
    assert body({"this_ankle": 40})["this_toes"].at[1] < body({})["this_toes"].at[1]
    assert body({"bend": 40})["head"].at[0] > body({})["head"].at[0]
    assert body({"nod": 40})["nose"].at[1] < body({})["nose"].at[1]
    assert body({"look": 40})["nose"].at[2] > 0
    assert body({"twist": 40})["other_shoulder"].at[0] > body({"twist": 40})["this_shoulder"].at[0]
    # lying on the back the face is up, on the front it is down, on the side this hip is up
    assert body({"lean": 90})["nose"].at[1] > body({"lean": 90})["head"].at[1]
    assert body({"lean": -90})["nose"].at[1] < body({"lean": -90})["head"].at[1]
    assert (
        body({"lean": -90, "roll": -90})["this_hip"].at[1]
        > body({"lean": -90, "roll": -90})["other_hip"].at[1]
    )


def test_a_body_with_both_sides_alike_is_its_own_mirror() -> None:
    pose = {
        f"{whose}_{joint}": 17
        for whose in ("this", "other")
        for joint in ("hip", "hip_out", "hip_turn", "knee")
    }
    pose |= {
        f"{whose}_{joint}": 21 for whose in ("this", "other") for joint in ("shoulder_out", "shoulder_turn")
    }
    shown = body(pose)
    for name, ball in shown.items():
        if name.startswith("this_"):
            x, y, z = shown[f"other_{name.removeprefix('this_')}"].at
            assert ball.at == pytest.approx((x, y, -z))


def test_every_bone_and_every_point_is_of_the_body() -> None:
    shown = body({})
    assert set(POINTS) <= set(shown)
    assert list(bone_faults(shown)) == []
    assert sum(BONES.values()) > 1000


def test_every_joint_moves_something() -> None:
    """No key of a pose is without effect."""
    bent = {f"{whose}_{joint}": 30 for whose in ("this", "other") for joint in ("elbow", "knee")}
    still = body(bent)
    for joint in JOINTS:
        if not joint.startswith("both_"):
            moved = body(bent | {joint: 20})
            assert any(moved[name] != still[name] for name in still), joint


# --- each check of the poses finds the fault that is planted ---


def test_a_stretched_bone_is_found() -> None:
    stood = body(STANDING)
    knee = stood["this_knee"]
    longer = stood | {"this_knee": Ball((knee.at[0], knee.at[1] + 9, knee.at[2]), knee.radius)}
    assert set(bone_faults(longer)) == {"this_hip-knee", "this_knee-ankle"}
    neck = stood["chest"]
    assert "waist-chest" in set(bone_faults(stood | {"chest": Ball((40, neck.at[1], 0), 40)}))


def test_a_sunk_foot_is_found() -> None:
    assert list(sunk(body(STANDING))) == []
    assert [each.split()[0] for each in sunk(body({"y": 505}))] == [
        f"{whose}_{part}" for whose in ("other", "this") for part in ("ball", "heel", "toes")
    ]


@pytest.mark.parametrize(
    ("contact", "pose"),
    [
        ("other_heel:floor", {"y": 560}),
        ("this_hand:this_knee", STANDING),
        ("both_hand:wall", STANDING),
        ("waist:pillow", STANDING),
        ("this_hand:other_thigh", STANDING),
        ("pelvis:chair", STANDING),
    ],
)
def test_a_contact_that_is_not_there_is_found(contact: str, pose: dict[str, int]) -> None:
    props = tuple(
        Prop(kind=kind, at=(-500, 0, 0), size=(90, 200, 200)) for kind in ("wall", "pillow", "chair")
    )  # fmt: skip
    scene = Scene(props=props, contacts=(contact,), start=pose)
    assert list(contact_faults(scene))


def test_a_contact_that_is_there_is_none() -> None:
    # the soles, the back of the trunk and a hand: each beside a thing that just reaches it
    wall = Prop(kind="wall", at=(-62 - 20, 0, 0), size=(40, 900, 400))
    table = Prop(kind="table", at=(0, 0, 160), size=(400, 295, 200))
    cushion = Prop(kind="pillow", at=(110, 500, 0), size=(100, 100, 100))
    scene = Scene(
        props=(wall, table, cushion),
        contacts=("both_heel:floor", "pelvis:wall", "pelvis:pillow", "this_hand:this_thigh"),
        start=STANDING | {"this_shoulder_out": -8, "this_shoulder": 8},
    )
    assert list(contact_faults(scene)) == []
    assert gap(body({"y": 530}), "this_hand", "table", scene) < gap(
        body({"y": 600}), "this_hand", "table", scene
    )


def test_a_body_that_would_fall_is_found() -> None:
    assert list(balance_faults(Scene(start=STANDING))) == []
    assert list(balance_faults(Scene(start=STANDING | {"lean": -25})))
    assert list(balance_faults(Scene(start=STANDING | {"roll": 25})))
    leant = Scene(
        props=(Prop(kind="wall", at=(-300, 0, 0), size=(40, 900, 400)),),
        contacts=("head:wall",),
        start=STANDING | {"lean": 12},
    )
    assert list(balance_faults(attrs.evolve(leant, contacts=())))
    assert list(balance_faults(leant)) == []


def test_what_one_side_does_alone_is_found() -> None:
    both = Scene(
        start=STANDING,
        arrows=(Arrow(at="pelvis"), Arrow(at="this_knee"), Arrow(at="other_knee")),
        end={"both_hip": 40, "both_shoulder": 30},
    )
    assert list(one_sided(both)) == []
    assert list(one_sided(attrs.evolve(both, arrows=(Arrow(at="this_knee"),)))) == ["this_knee"]
    assert list(one_sided(attrs.evolve(both, pushes=(Push(at="other_toes", to=(0, -80, 0)),)))) == [
        "other_toes"
    ]
    lifted = {each.split()[0] for each in one_sided(attrs.evolve(both, end={"this_hip": 40}))}
    assert lifted == {"thigh", "knee", "calf", "ankle", "heel", "toes"}


@pytest.mark.parametrize(
    "planted",
    [
        {"arrows": (Arrow(at="pelvis"),), "end": {"y": 700}},
        {"pushes": (Push(at="this_hip", to=(90, 0, 0)),)},
        # its head alone, and its line alone
        {"pushes": (Push(at="this_hip", to=(90, 0, 0), into=True),)},
        {"arrows": (Arrow(at="this_hip", shift=(200, 0, 0)),), "end": {"x": 400}},
    ],
)
def test_an_arrow_over_the_ring_is_found(planted: dict) -> None:
    props = (Prop(kind="band"),)
    shown = made(Scene(start=STANDING, props=props, **planted), sore=Side.RIGHT).svg
    assert list(covered(shown))
    moved = {
        key: tuple(attrs.evolve(each, shift=(0, 350, 0)) for each in marks)
        if isinstance(marks, tuple)
        else marks
        for key, marks in planted.items()
    }
    assert list(covered(made(Scene(start=STANDING, props=props, **moved), sore=Side.RIGHT).svg)) == []
    assert list(covered(made(Scene(start=STANDING, props=props, **planted)).svg)) == []


# --- motion ---


def test_the_way_leads_from_start_over_the_middle_to_the_end() -> None:
    scene = Scene(start=STANDING, middle={"this_hip": 80}, end={"this_hip": 10, "both_knee": 5})
    bodies = way(scene, 6)
    assert len(bodies) == 7
    assert bodies[3] == body(STANDING | {"this_hip": 80})
    assert [bodies[0], bodies[-1]] == ends(scene)
    assert bodies[-1] == body(STANDING | {"this_hip": 10, "this_knee": 5, "other_knee": 5})
    assert way(HOLD, 6) == ends(HOLD) == [body(STANDING)]
    assert not any(fault for each in bodies for fault in bone_faults(each))


# --- the drawing ---


def test_turns_follow_one_another() -> None:
    x, y, z = along(times(about("z", 90), about("x", 90)), (0.0, 1.0, 0.0))
    assert (round(x), round(y), round(z)) == (0, 0, 1)
    assert apart(along(about("y", 90), (1.0, 0.0, 0.0)), (0.0, 0.0, -1.0)) < 1e-9


def test_an_outline_wraps_its_discs_closely() -> None:
    discs = [Disc(0, 0, 10, 0), Disc(100, 0, 5, 0)]
    points = outline(discs)
    assert len(points) == len(outline(discs[:1]))
    for x, y in points:
        gaps = [((x - disc.x) ** 2 + (y - disc.y) ** 2) ** 0.5 - disc.radius for disc in discs]
        assert isclose(min(gaps), 0, abs_tol=1e-9)
    assert min(x for x, _ in outline(discs, 3)) == pytest.approx(-13)


def test_a_path_holds_every_point_or_leaves_out_doubles() -> None:
    points = ((0.0, 0.0), (0.2, 0.2), (10.0, -5.0))
    assert path(points) == "M0 0l10-5z"
    assert path(points, whole=True) == "M0 0l0 0 10-5z"
    assert path(points[:1], closed=False) == "M0 0"


def test_from_above_what_is_further_is_higher() -> None:
    seen = camera(View(tilt=30))
    assert seen.point((0, 0, -100))[1] < seen.point((0, 0, 100))[1]
    assert seen.near((0, 0, 100)) > seen.near((0, 0, -100))


def test_things_are_blocks_or_round() -> None:
    for prop in EVERYTHING:
        assert bool(boxes(prop)) + bool(round_things(prop)) == (prop.kind not in ("band", "towel"))
    (mat,) = boxes(MAT)
    assert mat.high[1] == 0
    (ball,) = round_things(Prop(kind="ball", size=(120, 0, 0)))
    assert ball.at[1] == ball.radius == 120


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attributes)))


SCENES = {"lift": LIFT, "hold": HOLD, "everything": attrs.evolve(LIFT, props=EVERYTHING)}


@pytest.mark.parametrize("name", SCENES)
@pytest.mark.parametrize("how", [{}, {"dark": True}, {"animated": True}, {"sore": Side.LEFT}])
def test_a_picture_is_xml_of_listed_tags(name: str, how: dict) -> None:
    shown = made(SCENES[name], **how)
    tree = ElementTree.fromstring(shown.svg)
    assert tree.get("viewBox") == f"0 0 {3 * shown.width} {3 * shown.height}"
    assert (tree.get("width"), tree.get("height")) == (str(shown.width), str(shown.height))
    names = {each.tag.rpartition("}")[2] for each in tree.iter()}
    assert names <= set(TAGS)
    assert {key for each in tree.iter() for key in each.attrib} <= set(ATTRIBUTES)
    assert not names & {"style", "script", "image", "a", "use", "foreignObject"}
    assert {each.text for each in tree if each.tag.endswith(("title", "desc"))} == {
        shown.alt,
        shown.description,
    }


@pytest.mark.parametrize("name", SCENES)
def test_everything_stands_within_the_picture(name: str) -> None:
    shown = made(SCENES[name])
    tree = ElementTree.fromstring(shown.svg)
    figures = next(each for each in tree if each.tag.endswith("}g"))
    panels = list(figures)
    for panel in panels:
        for each in panel.iter():
            if each.tag.endswith("path"):
                x, y, points = 0, 0, []
                for step in re.findall(r"-?\d+", each.get("d", "")):
                    points.append(int(step))
                for a, b in zip(points[::2], points[1::2], strict=True):
                    x, y = x + a, y + b
                    assert -40 <= x <= 3 * shown.width / len(panels) + 40
                    assert -40 <= y <= 3 * shown.height + 40
    assert len(panels) == (1 if name == "hold" else 2)


def panels_of(svg: str) -> list[tuple[str, list[bytes]]]:
    tree = ElementTree.fromstring(svg)
    figures = next(each for each in tree if each.tag.endswith("}g"))
    return [(panel.get("transform", ""), [ElementTree.tostring(each) for each in panel]) for panel in figures]


@pytest.mark.parametrize("animated", [False, True])
def test_left_is_the_mirror_of_right(animated: bool) -> None:
    right, left = made(LIFT, Side.RIGHT, animated=animated), made(LIFT, Side.LEFT, animated=animated)
    width = 1020
    for index, (one, other) in enumerate(zip(panels_of(right.svg), panels_of(left.svg), strict=True)):
        assert one[1] == other[1]
        assert one[0] == f"matrix(1 0 0 1 {index * width} 0)"
        assert other[0] == f"matrix(-1 0 0 1 {(index + 1) * width} 0)"
    # what is written is not turned over
    numbers = re.compile(r"<text.*?</text>")
    assert numbers.findall(right.svg) == numbers.findall(left.svg)
    assert made(LIFT, Side.EACH).svg.count("<path") == right.svg.count("<path") or animated


def test_the_sore_side_is_marked_on_the_body_and_in_words() -> None:
    plain = made(LIFT)
    assert "sore" not in plain.svg
    for side, sore in ((Side.RIGHT, Side.RIGHT), (Side.RIGHT, Side.LEFT), (Side.LEFT, Side.RIGHT)):
        shown = made(LIFT, side, sore=sore)
        assert f"sore side: {sore.value}" in shown.svg
        assert f"the sore side is the {sore.value}" in shown.alt
        # a ring in each panel and one beside the words; in dashes where the body hides it
        assert shown.svg.count("<circle") == plain.svg.count("<circle") + 9
        assert shown.svg.count('stroke-dasharray="15 12"') == (0 if side == sore else 2)
    assert "sore" not in made(LIFT, sore=Side.EACH).svg
    assert "the sore side is the left" in made(LIFT, Side.SYMMETRIC, sore=Side.LEFT).alt


@pytest.mark.parametrize("side", [Side.SYMMETRIC, Side.EACH])
def test_what_is_for_both_sides_is_drawn_from_the_sore_one(side: Side) -> None:
    right, left = made(LIFT, side, sore=Side.RIGHT), made(LIFT, side, sore=Side.LEFT)
    assert [inside for _, inside in panels_of(right.svg)] == [inside for _, inside in panels_of(left.svg)]
    assert [moved.split()[0] for moved, _ in panels_of(right.svg)] == ["matrix(1"] * 2
    assert [moved.split()[0] for moved, _ in panels_of(left.svg)] == ["matrix(-1"] * 2
    assert "stroke-dasharray" not in right.svg + left.svg
    # what is written differs in the name of the side alone
    assert right.description.replace("right", "left") == left.description
    assert panels_of(made(LIFT, side).svg) == panels_of(made(LIFT, side, sore=Side.EACH).svg)


def test_what_both_sides_do_alike_may_look_otherwise() -> None:
    poses = Poses(id="wag", rung={"full": LIFT, "small": LIFT}, alike={"full": HOLD})
    rules = attrs.evolve(small_rules(), poses={"wag": poses})
    shown = {
        (rung, side): picture(rules, "wag", rung, side).description.partition(". ")[2]
        for rung in ("full", "small")
        for side in (Side.RIGHT, Side.EACH, Side.SYMMETRIC)
    }
    assert "hand" in shown["full", Side.SYMMETRIC]
    assert all("knee" in each for form, each in shown.items() if form != ("full", Side.SYMMETRIC))


def test_start_and_end_differ_and_carry_numbers() -> None:
    (_, start), (_, end) = panels_of(made(LIFT).svg)
    assert start != end[: len(start)]
    assert re.findall(r"<text[^>]*>(\d)</text>", made(LIFT).svg) == ["1", "2"]
    assert not re.search(r"<text[^>]*>\d</text>", made(HOLD).svg)


def test_what_the_arrows_mean_is_told_for_those_that_are_there() -> None:
    both = attrs.evolve(LIFT, pushes=HOLD.pushes)
    for scene, told in ((LIFT, ["move"]), (HOLD, ["push"]), (both, ["move", "push"])):
        shown = made(scene, Side.LEFT)
        assert sorted(re.findall(r">(move|push)</text>", shown.svg)) == told
        assert ("A line arrow shows where something moves." in shown.description) == ("move" in told)
        assert ("A hollow arrow shows where you push." in shown.description) == ("push" in told)
        # beside the number of the last pose, on the page
        corners = [float(each) for each in re.findall(r"matrix\(0\.7 0 0 0\.7 (\d+)", shown.svg)]
        assert len(corners) == len(told)
        width = 3 * shown.width
        assert all(width - 510 + 34 < each < width - 100 for each in corners)


def test_a_moving_picture_moves_what_moves_and_rests_at_both_ends() -> None:
    shown = made(LIFT, animated=True)
    assert shown.width == made(LIFT).width // 2
    moving = re.findall(r'<animate attributeName="d" values="([^"]*)"', shown.svg)
    assert 0 < len(moving) < shown.svg.count("<path")
    for values in moving:
        shapes = values.split(";")
        assert shapes[0] == shapes[-1] != shapes[len(shapes) // 2]
        assert len({len(re.findall(r"-?\d+", shape)) for shape in shapes}) == 1
    assert "<animate" not in made(HOLD, animated=True).svg


def test_dark_and_light_differ_in_colours_only() -> None:
    colour = re.compile(r"#[0-9a-f]{6}")
    light, dark = made(LIFT).svg, made(LIFT, dark=True).svg
    assert colour.sub("", light) == colour.sub("", dark)
    assert not set(colour.findall(light)) & set(colour.findall(dark))


def brightness(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((brightness(one), brightness(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_marks_and_words_stand_out_from_the_paper_also_in_grey(colours: Colours) -> None:
    assert contrast(colours.line, colours.paper) >= 4.5
    assert contrast(colours.move, colours.paper) >= 4.5
    assert contrast(colours.trousers, colours.paper) >= 4.5
    assert contrast(colours.trousers, colours.shirt) >= 1.7
    # what is far is paler, and still to be seen
    assert (
        1.7
        <= contrast(colours.far(colours.trousers), colours.paper)
        < contrast(colours.trousers, colours.paper)
    )


@st.composite
def any_scene(draw: st.DrawFn) -> Scene:
    """A scene that loads, of whatever pose and thing."""
    pose = st.fixed_dictionaries(
        {}, optional={joint: st.integers(*limits) for joint, limits in JOINTS.items()}
    )
    room = st.tuples(*[st.integers(-FURTHEST, FURTHEST)] * 3)
    size = st.tuples(*[st.integers(0, FURTHEST)] * 3)
    point = st.sampled_from(POINTS)
    kinds = st.sampled_from(get_args(PropKind))
    return Scene(
        view=View(turn=draw(st.integers(-360, 360)), tilt=draw(st.integers(-90, 90))),
        props=tuple(draw(st.lists(st.builds(Prop, kind=kinds, at=room, size=size), max_size=2))),
        arrows=tuple(draw(st.lists(st.builds(Arrow, at=point, shift=room), max_size=2))),
        pushes=tuple(draw(st.lists(st.builds(Push, at=point, to=room, into=st.booleans()), max_size=2))),
        start=draw(pose),
        end=draw(pose) | {"this_elbow": 1},
    )


@given(any_scene(), st.sampled_from(Side), st.booleans())
@settings(max_examples=40)
def test_whatever_loads_is_drawn_with_bones_of_one_length(scene: Scene, side: Side, animated: bool) -> None:
    shown = made(scene, side, animated=animated)
    assert "nan" not in shown.svg
    assert "inf" not in shown.svg
    assert 0 < shown.height <= 260
    ElementTree.fromstring(shown.svg)
    assert not [fault for each in way(scene, 4) for fault in bone_faults(each)]


def test_a_push_towards_the_reader_is_drawn_beside_it() -> None:
    scene = Scene(pushes=(Push(at="this_hand", to=(0, 0, 80)),), start=STANDING)
    assert made(scene).svg.count('stroke="#b3341c"') == 2


# --- the words ---


def test_the_words_come_from_the_record() -> None:
    right = made(LIFT).description
    assert right == (
        "Drawing: Wag, right side. You see a mat. Touching the floor at the end: the left heel. "
        "The right knee moves forwards. A line arrow shows where something moves."
    )
    assert "the right heel" in made(LIFT, Side.LEFT).description
    assert "forwards. Then it is done with the other side." in made(LIFT, Side.EACH).description
    assert "The other heel" not in right
    assert "the other heel" in made(LIFT, Side.SYMMETRIC).description


def test_pushes_are_told_with_their_direction() -> None:
    assert made(HOLD).description == (
        "Drawing: Wag, right side. Press the right hand forwards. Press the lower back down. "
        "A hollow arrow shows where you push."
    )


def moves(point: str, start: dict[str, int], end: dict[str, int], side: Side = Side.RIGHT) -> str:
    scene = Scene(arrows=(Arrow(at=point),), start=start, end=end)
    return made(scene, side).description.partition("side. ")[2].partition(" A line arrow")[0]


def test_directions_are_those_of_a_body() -> None:
    lying = {"lean": 90, "y": 62}
    assert moves("this_knee", lying, {"this_hip_out": 30}) == "The right knee moves outwards."
    assert moves("other_knee", lying, {"other_hip_out": 30}) == "The left knee moves outwards."
    assert (
        moves("other_knee", lying | {"other_hip_out": 30}, {"other_hip_out": 0})
        == "The left knee moves inwards."
    )
    assert moves("this_toes", lying, {"x": -50}) == "The right toes move towards the head."
    assert moves("pelvis", lying, {"x": 50}) == "The hips move away from the head."
    assert moves("this_calf", STANDING, {"this_hip": -20}) == "The right shin moves back."
    assert moves("pelvis", STANDING, {"y": 500}) == "The hips move down."
    assert moves("nose", STANDING, {"look": 40}) == "The face moves to the right side."
    scene = Scene(arrows=(Arrow(at="nose"),), start=STANDING, end={"look": 40})
    assert "The face moves to one side." in made(scene, Side.EACH).description


def test_things_and_contacts_are_listed() -> None:
    pillows = tuple(Prop(kind="pillow", at=(at, 0, 0), size=(60, 60, 60)) for at in (0, 100))
    frames = tuple(Prop(kind="frame", at=(at, 0, 0), size=(60, 60, 60)) for at in (300, 400))
    scene = Scene(
        props=(MAT, *pillows, *frames),
        contacts=("both_toes:floor", "both_hand:frame", "this_hand:other_calf", "pelvis:pillow"),
        start=STANDING,
    )
    assert made(scene).description == (
        "Drawing: Wag, right side. You see a mat, pillows and a door frame. Touching the floor: both toes. "
        "Touching the door frame: both hands. Touching the left shin: the right hand. "
        "Touching the pillow: the hips."
    )


def test_where_there_are_no_poses_there_is_no_picture() -> None:
    assert picture(small_rules(), "wag", "full", Side.LEFT) is None
    assert picture(rules_with(full=LIFT), "wag", "small", Side.LEFT) is None
    assert picture(rules_with(full=LIFT), "nothing", "full", Side.LEFT) is None
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        made(LIFT).svg = ""  # type: ignore[misc]
