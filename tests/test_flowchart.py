"""The tree as a picture: everything that decides is in it, nothing hides anything, and the path is lit."""

from __future__ import annotations

import re
from itertools import pairwise

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitriage import load_rules, none_of, triage
from sitriage.model import Ruleset
from sitriage.show.flowchart.built import tree_of
from sitriage.show.flowchart.chart import Link, chart_of
from sitriage.show.flowchart.layout import cells_of, layout_of
from sitriage.show.flowchart.lettering import text_width, wrapped
from sitriage.show.flowchart.tree import STOREYS, Tree, TreeEdge, TreeNode
from sitriage.show.markup import ATTRIBUTES, TAGS
from sitriage.show.tree import tree_text
from tests import small_pack
from tests.drawn import NAMESPACE, Drawn, Rect, faults, read

WELL = {"sex": "male", "age": 40, "age_at_onset": 40, "si_region_pain": True, "pain_side": "left",
        "pain_severity": 3, "duration_days": 10}  # fmt: skip
PEOPLE = {
    "the gentle start": {},
    "both sides, equipped or not": {"pain_side": "both"},
    "stiff": {"stiffness": True},
    "pregnant": {"sex": "female", "pregnant": True, "pregnancy_week": 20},
    "an emergency": {"saddle_numbness": True, "fever": True},
    "unsure": {"unexplained_weight_loss": "unsure"},
    "a child": {"age": 12, "age_at_onset": 12},
    "not asked": {"fever": None},
}


def person(rules: Ruleset, changed: dict[str, object]) -> dict[str, object]:
    nothing = none_of(*(group.id for group in rules.groups), rules=rules)
    return {key: value for key, value in (nothing | WELL | changed).items() if value is not None}


def codes(rules: Ruleset) -> set[str]:
    """What can stand in a path and is no level: read from the rules, not from the tree."""
    screen = {
        f"screen:{word}" for word in ("emergency", "same_day", "soon", "routine", "incomplete", "clear")
    }
    return screen | {node.id for node in rules.pattern} | {*rules.programmes, "too_little_left"}


def branches(rules: Ruleset) -> set[tuple[str, str, str]]:
    """Each branch of the pattern with the words on its arrow: read from the rules, not from the tree."""
    found = set()
    for node in rules.pattern:
        found.add((node.id, node.yes, "yes or unsure" if node.unsure == "yes" else "yes"))
        found.add((node.id, node.otherwise, "no" if node.unsure == "yes" else "no or unsure"))
    return found


@pytest.fixture(scope="module", params=["shipped", "small", "ankle"])
def each_rules(request: pytest.FixtureRequest, rules: Ruleset, small: Ruleset) -> Ruleset:
    """Three packs, since a picture that fits one may not fit another."""
    if request.param == "ankle":
        return load_rules(request.config.rootpath / "examples" / "ankle_rules")
    return rules if request.param == "shipped" else small


def test_every_node_and_branch_is_in_the_whole(each_rules):
    drawn = read(each_rules.tree.svg())
    answers = {code for code in drawn.boxes if code.endswith(":yes")}
    assert drawn.boxes.keys() - answers == codes(each_rules) | {"gates"}
    assert {key for key in drawn.arrows if key[0] not in ("gates",) and ":" not in key[0]} == branches(
        each_rules
    )
    chain = [f"screen:{word}" for word in ("emergency", "same_day", "soon", "routine", "incomplete", "clear")]
    chain += ["gates", each_rules.pattern[0].id]
    assert set(pairwise(chain)) <= {(start, end) for start, end, _ in drawn.arrows}


def test_the_whole_counts_what_it_folds(each_rules):
    drawn = read(each_rules.tree.svg())
    levels = [level for flag in each_rules.red_flags.values() for level in flag.levels]
    for word in ("emergency", "same_day", "soon", "routine"):
        count = sum(level.urgency == word for level in levels)
        assert re.search(rf"\b{count} warning signs?", drawn.words(f"screen:{word}"))
        told = drawn.words(f"screen:{word}:yes")
        assert sum(map(int, re.findall(r"\((\d+)\)", told))) == count


def test_a_storey_alone_lists_every_level(each_rules):
    """Each level of each flag stands once in its box, under whom to see."""
    screen, gates = (each_rules.tree.storey(name) for name in ("screen", "gates"))
    for tree, flags in ((screen, each_rules.red_flags), (gates, each_rules.gates)):
        drawn = read(tree.svg())
        for code in drawn.boxes:
            levels = [
                flag.label
                for flag in flags.values()
                for level in flag.levels
                if code in (f"screen:{level.urgency}", "gates")
            ]
            assert drawn.words(code).count("•") == len(levels)
            for label in levels:
                assert label in drawn.words(code)


def test_the_pattern_alone_lists_the_exercises(each_rules):
    drawn = read(each_rules.tree.storey("pattern").svg())
    assert drawn.boxes.keys() == {code for code in codes(each_rules) if ":" not in code}
    assert drawn.arrows.keys() == branches(each_rules)
    for programme in each_rules.programmes.values():
        assert programme.label in drawn.words(programme.id)
        assert drawn.words(programme.id).count("•") == len(programme.item)
    for node in each_rules.pattern:
        assert node.label.lower() in drawn.words(node.id).lower()


def test_the_pattern_alone_says_what_each_question_means(rules):
    """Its condition in words, with a definition opened; not a second time what the label says already."""
    drawn = read(rules.tree.storey("pattern").svg())
    assert drawn.words("T18") == (
        "T18 The plain bridge is easy, or a plank is? One of these: "
        "• an easy, pain-free bridge • holding a plank with ease"
    )
    assert "All of these: • holding a plank with ease • having a small exercise ball" in drawn.words("T15")
    assert "“the pattern of pain at the SI joint”" in drawn.words("T16")
    assert drawn.words("T08") == "T08 A replaced hip?"
    assert read(rules.tree.svg()).words("T18") == "T18 The plain bridge is easy, or a plank is?"
    for node in rules.pattern:
        assert len(drawn.words(node.id)) > len(f"{node.id} {node.label}?") or node.id == "T08"


@pytest.mark.parametrize("name", ["whole", *STOREYS])
def test_nothing_hides_anything(each_rules, name):
    tree = each_rules.tree if name == "whole" else each_rules.tree.storey(name)
    assert list(faults(read(tree.svg()))) == []


def test_the_picture_of_the_shipped_rules_fits_a_page_across(rules):
    """It is folded, not shrunk: as wide as a notebook, and no text is smaller than 11 pixels (see `read`)."""
    for tree in (rules.tree, *(rules.tree.storey(name) for name in STOREYS)):
        assert read(tree.svg()).size.width <= 1040


@pytest.mark.parametrize("changed", PEOPLE.values(), ids=PEOPLE)
def test_what_is_lit_is_the_path(rules, changed):
    """The boxes that are lit, and the signs that are marked, are the codes of the path and no others."""
    path = triage(person(rules, changed)).path
    levels = {level.id: flag.label for flag in rules.gated for level in flag.levels}
    whole = read(rules.tree.lit(path).svg())
    assert {code for code in whole.lit_boxes if not code.endswith(":yes")} == set(path) - levels.keys()
    marked = sorted(levels[code] for code in path if code in levels)
    shown = {code: whole.words(code) for code in whole.boxes if not code.endswith(":yes")}
    lit_headings = len(whole.lit_boxes) - sum(code.endswith(":yes") for code in whole.lit_boxes)
    assert sum(words.count("✓") for words in shown.values()) == lit_headings + len(marked)
    assert all(any(label in words for words in shown.values()) for label in marked)
    assert list(faults(whole)) == []


@pytest.mark.parametrize("changed", PEOPLE.values(), ids=PEOPLE)
def test_the_lit_arrows_are_one_way_from_the_root_to_the_end(rules, changed):
    path = triage(person(rules, changed)).path
    drawn = read(rules.tree.lit(path).svg())
    at, walked = "screen:emergency", ["screen:emergency"]
    on = {start: end for start, end, _ in drawn.lit_arrows if not end.endswith(":yes")}
    while at in on:
        at = on.pop(at)
        walked.append(at)
    assert on == {}
    main = [code for code in path if code in drawn.boxes]
    assert [code for code in walked if code in main] == main
    assert at == main[-1]


def test_a_pattern_that_was_not_reached_is_one_box(rules):
    """Who is sent on by the screen comes to no question of the pattern; who has too little left does."""
    sent_on = read(rules.tree.lit(triage({"fever": True}).path).svg())
    assert {code for code in codes(rules) if ":" not in code} & sent_on.boxes.keys() == set()
    assert f"{len(rules.pattern)} questions and their programmes, not reached" in sent_on.words("pattern")
    assert ("gates", "pattern", "no") in sent_on.arrows
    assert list(faults(sent_on)) == []
    assert codes(rules) <= read(rules.tree.lit(["too_little_left"]).svg()).boxes.keys()
    alone = read(rules.tree.lit(triage({"fever": True}).path).storey("pattern").svg())
    assert alone.boxes.keys() == {code for code in codes(rules) if ":" not in code}


def test_a_verdict_of_a_referral_lights_where_it_leads(rules):
    drawn = read(rules.tree.lit(triage({"fever": True}).path).svg())
    assert ("screen:same_day", "screen:same_day:yes", "yes") in drawn.lit_arrows
    assert "screen:same_day:yes" in drawn.lit_boxes


def test_one_storey_can_be_lit(rules):
    path = triage(person(rules, {})).path
    drawn = read(rules.tree.lit(path).storey("pattern").svg())
    assert drawn.lit_boxes == set(path) - {"screen:clear"}
    assert len(drawn.lit_arrows) == len(path) - 2
    levels = read(rules.tree.lit(triage({"fever": True}).path).storey("screen").svg())
    assert levels.words("screen:same_day").count("✓") == 2


def test_too_little_left_is_lit_alone(small):
    drawn = read(small.tree.lit(["too_little_left"]).svg())
    assert drawn.lit_boxes == {"too_little_left"}
    assert drawn.lit_arrows == set()


def test_a_path_of_other_rules_is_refused(small, rules):
    with pytest.raises(ValueError, match="2 codes that are not of this tree"):
        small.tree.lit(["screen:clear", "T01", "S0"])
    with pytest.raises(ValueError, match="no storey `cellar`; there are screen, gates, pattern"):
        rules.tree.storey("cellar")


def test_title_and_description_come_first_and_say_what_is_shown(rules):
    path = triage({"saddle_numbness": True}).path
    for tree in (rules.tree, rules.tree.lit(path), rules.tree.storey("gates")):
        root = read(tree.svg(dark=True)).root
        assert root.get("role") == "img"
        assert [each.tag for each in root][:2] == [f"{NAMESPACE}title", f"{NAMESPACE}desc"]
        assert root[0].text == f"Decision tree: {rules.manifest.name} {rules.version}"
    assert read(rules.tree.svg()).root[1].text == (
        f"From the top down: a screen of {sum(len(flag.levels) for flag in rules.red_flags.values())} "
        f"warning signs by urgency; {sum(len(flag.levels) for flag in rules.gates.values())} gates; "
        f"{len(rules.pattern)} questions that lead to {len(rules.programmes)} programmes."
    )
    assert read(rules.tree.lit(path).svg()).root[1].text.endswith(f" Lit: {', '.join(path)}.")


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True])
def test_text_and_lines_stand_out_on_both_backgrounds(rules, dark):
    """Text 4.5 to 1 on every ground, lines and bars 3 to 1 (WCAG 2.2)."""
    root = read(rules.tree.lit(triage(person(rules, {})).path).svg(dark=dark)).root
    grounds = {each.get("fill") for each in root.iter(f"{NAMESPACE}rect") if float(each.get("width")) > 10}
    (text,) = {each.get("fill") for each in root.iter(f"{NAMESPACE}text")}
    bars = {each.get("fill") for each in root.iter(f"{NAMESPACE}rect")} - grounds
    strokes = {each.get("stroke") for each in root.iter() if each.get("stroke")}
    assert min(contrast(text, ground) for ground in grounds) >= 4.5
    assert min(contrast(each, ground) for each in bars | strokes for ground in grounds) >= 3
    assert contrast("#777777", "#ffffff") < 4.5 < contrast("#767676", "#ffffff")


_SAID = r"(?:[\w\ ,.?()/-]|\#\d+;|<br/>)*"
GRAMMAR = re.compile(
    rf"""flowchart\ TD | \ {{2}}acc(Title|Descr):\ [\w\ ,.:?()/-]* | \ {{2}}end
    | \ {{2}}subgraph\ \w+\["{_SAID}"\]
    | \ {{4}}n\d+(\(\["{_SAID}"\]\)|\["{_SAID}"\]) | \ {{2}}n\d+\ -->(\|"[\w ]+"\|)?\ n\d+
    | \ {{2}}classDef\ [\w #:,-]+ | \ {{2}}class\ [n\d,]+\ lit | \ {{2}}linkStyle\ [\d,]+\ [\w #:,-]+""",
    re.VERBOSE,
)
HOSTILE = "</text></svg><script>alert(1)</script> \"'&#60; --> end; `x` %% {a}"


def test_hostile_labels_stay_text():
    """A label that would break out of the SVG, the HTML or the mermaid is shown as it is written."""
    rules = small_pack.small_rules()
    flags = {key: attrs.evolve(flag, label=HOSTILE) for key, flag in rules.red_flags.items()}
    nodes = tuple(attrs.evolve(node, label=HOSTILE) for node in rules.pattern)
    manifest = attrs.evolve(rules.manifest, name=HOSTILE)
    tree = tree_of(attrs.evolve(rules, red_flags=flags, pattern=nodes, manifest=manifest))
    for shown in (tree, *(tree.storey(name) for name in STOREYS)):
        drawn = read(shown.svg())
        assert list(faults(drawn)) == []
        assert {each.tag.removeprefix(NAMESPACE) for each in drawn.root.iter()} <= TAGS
        assert {name for each in drawn.root.iter() for name in each.attrib} <= ATTRIBUTES
        assert "<script" not in shown._repr_html_()
        assert [line for line in shown.mermaid().splitlines() if not GRAMMAR.fullmatch(line)] == []
    question = read(tree.svg()).words(rules.pattern[0].id)
    assert "<script>alert(1)</script>" in question.replace(" ", "")


def test_long_labels_turn_over_in_their_box(small):
    """A sentence, one word of 300 letters, and letters as wide as they are high."""
    for label in ("stiff in the morning " * 12, "w" * 300, "骶" * 80):
        nodes = tuple(attrs.evolve(node, label=label) for node in small.pattern)
        drawn = read(tree_of(attrs.evolve(small, pattern=nodes)).svg())
        assert list(faults(drawn)) == []
        kept = "".join(drawn.words(small.pattern[0].id).split())
        assert "".join(label.split()).lower() in kept.lower()


def test_text_is_complete_and_unchanged(each_rules):
    """`text/plain` is the printed tree; a storey is its part; a path stands below."""
    tree = each_rules.tree
    assert str(tree) == tree_text(each_rules)
    assert "\n".join(str(tree.storey(name)) for name in STOREYS) == str(tree)
    assert str(tree.lit(["screen:clear"])) == f"{tree}\nPath: screen:clear\n"


def test_a_notebook_gets_an_image_text_and_mermaid(rules):
    bundle = rules.tree._repr_mimebundle_()
    assert bundle["text/plain"] == str(rules.tree)
    assert bundle["text/vnd.mermaid"] == rules.tree.mermaid()
    html = bundle["text/html"]
    assert html.count("<img ") == 1
    assert re.search(r'<img alt="Decision tree: [^"]+" src="data:image/svg\+xml;base64,[^"]+"', html)
    assert "saddle_numbness:emergency: Numbness between the legs" in html
    assert len(html) < 200_000
    assert "<svg" not in html
    assert "<style" not in html


def test_mermaid_holds_the_same_cards_and_links(each_rules):
    for tree in (each_rules.tree, *(each_rules.tree.storey(name) for name in STOREYS)):
        text, chart = tree.mermaid(), chart_of(tree)
        lines = text.splitlines()
        assert lines[0] == "flowchart TD"
        assert [line.split(":")[0] for line in lines[1:3]] == ["  accTitle", "  accDescr"]
        assert sum(re.match(r'    n\d+\(?\["', line) is not None for line in lines) == len(chart.cards)
        assert sum(re.match(r"  n\d+ --", line) is not None for line in lines) == len(chart.links)
        assert text.count("subgraph") == text.count("\n  end\n") == len(tree.storeys)
    for word in ("classDef", "linkStyle"):
        assert word not in each_rules.tree.mermaid()
        assert word in each_rules.tree.lit(["screen:incomplete"]).mermaid()
    assert "linkStyle" not in each_rules.tree.lit(["too_little_left"]).mermaid()


def test_the_checks_find_what_is_planted(rules):
    """An overlap, a text too long, words under a box, an arrow that ends nowhere or runs through a box."""
    drawn = read(rules.tree.svg())
    assert not list(faults(drawn))
    t01, t02 = drawn.boxes["T01"], drawn.boxes["T02"]

    def found(**changed):
        return " ".join(faults(attrs.evolve(drawn, **changed)))

    assert "T01 lies over T02" in found(boxes=drawn.boxes | {"T02": attrs.evolve(t02, x=t01.x + 9)})
    assert "T02 is cut off" in found(boxes=drawn.boxes | {"T02": attrs.evolve(t02, x=2000)})
    long = [("x" * 60, Rect(t01.x, t01.y, 400, 12))]
    assert "a text of T01 leaves its box" in found(texts=drawn.texts | {"T01": long})
    assert "two texts of T01" in found(texts=drawn.texts | {"T01": drawn.texts["T01"] * 2})
    assert "are hidden: no" in found(labels=[("no", Rect(t01.x + 5, t01.y + 5, 9, 9))])
    assert "are hidden: far" in found(labels=[("far", Rect(drawn.size.width - 5, 5, 9, 9))])
    key = ("T01", "T02", "yes or unsure")
    assert "does not end at its boxes" in found(
        arrows=drawn.arrows | {key: [(t01.x, t01.y + 9), (0, t01.y + 9)]}
    )
    assert "runs aslant" in found(arrows=drawn.arrows | {key: [(t01.x, t01.y), (t02.x, t02.y + 3)]})
    middle = t01.y + 9
    assert "runs through T01" in found(arrows=drawn.arrows | {key: [(t01.x, middle), (t02.x, middle)]})
    line = [(t01.x - 9, 0.0), (t01.x - 9, 50.0)]
    both = {("T01", "T02", "a"): line, ("T01", "T04", "b"): line}
    assert "the arrows to T02 and T04 run along each other" in found(arrows=both)
    lost = attrs.evolve(rules.tree, nodes=tuple(node for node in rules.tree.nodes if node.id != "S4c"),
                        edges=tuple(edge for edge in rules.tree.edges if edge.end != "S4c"))  # fmt: skip
    assert codes(rules) - read(lost.svg()).boxes.keys() == {"S4c"}
    assert branches(rules) - read(lost.svg()).arrows.keys() == {("T13", "S4c", "yes")}


@st.composite
def trees(draw):
    """Questions in order, each leading to one of the next or to a programme, with labels of any length."""
    questions = [f"N{number}" for number in range(draw(st.integers(1, 14)))]
    leaves = [f"L{number}" for number in range(draw(st.integers(1, 8)))]
    edges, reached = [], {questions[0]}
    for number, start in enumerate(questions):
        for branch in ("yes", "otherwise"):
            end = draw(st.sampled_from([*questions[number + 1 : number + 4], *leaves]))
            if start in reached:
                edges.append(TreeEdge(start=start, end=end, branch=branch, unsure=draw(st.booleans())))
                reached.add(end)
    words = st.integers(1, 40).map(lambda count: "sore " * count)
    nodes = [
        TreeNode(id=each, label=draw(words), storey="pattern", kind=kind, moves=(draw(words),) * 3)
        for kind, names in (("question", questions), ("programme", leaves))
        for each in names
        if each in reached
    ]
    return Tree(name="any", version="1", nodes=tuple(nodes), edges=tuple(edges), storeys=("pattern",))


@settings(max_examples=40, deadline=None)
@given(trees())
def test_any_tree_is_drawn_without_a_fault(tree):
    drawn = read(tree.svg())
    assert drawn.boxes.keys() == tree.by_id.keys()
    assert len(drawn.arrows) == len(tree.edges)
    assert list(faults(drawn)) == []


def test_arrows_that_cannot_go_straight_take_lanes():
    """A yes back to a column further left, two goals in one gutter, and an end that three lead to."""
    pairs = {"a": ("b", "c"), "b": ("e", "d"), "c": ("d", "e"), "d": ("e", "f"), "e": ("f", "g")}
    links = [
        Link(start=start, end=end, label="yes" if yes else "no", yes=yes)
        for start, (aside, down) in pairs.items()
        for yes, end in ((True, aside), (False, down))
    ]
    sizes = dict.fromkeys("abcdefg", (100.0, 40.0))
    cells = cells_of(tuple(sizes), links)
    assert len(set(cells.values())) == len(cells)
    assert all(cells[link.start] < cells[link.end] for link in links)
    layout = layout_of(sizes, links, {"yes": 20.0, "no": 14.0}, {})
    boxes = {each: Rect(*attrs.astuple(place)) for each, place in layout.places.items()}
    arrows = {(r.link.start, r.link.end, r.link.label): list(r.points) for r in layout.routes}
    whole = Rect(0, 0, layout.width, layout.height)
    labels = [(r.link.label, Rect(*r.label, 1, 1)) for r in layout.routes]
    empty = {each: [] for each in sizes}
    root = read(small_pack.small_rules().tree.svg()).root
    assert list(faults(Drawn(root, whole, boxes, empty, arrows, labels, set(), set()))) == []


@pytest.mark.parametrize(
    ("text", "plain", "bold"),
    [
        ("Pregnant, or possibly so?", 1252, 1431),
        ("Week 28 or later, or the week is not known", 2152, 2420),
        ("illicit, it still fell", 754, 893),
        ("WWW MMM 100 %", 936, 1042),
    ],
)
def test_widths_are_estimated_rather_too_wide(text, plain, bold):
    """Against the widths of DejaVu Sans at 100 pixels, as the font has them: up to 15 % more, never less."""
    assert plain <= text_width(text, 100) <= 1.15 * plain
    assert bold <= text_width(text, 100, bold=True) <= 1.15 * bold


def test_lines_turn_over_between_words_and_within_long_ones():
    assert wrapped("", 12, 100) == ("",)
    assert wrapped("a bb ccc", 10, 20) == ("a", "bb", "ccc")
    assert wrapped("mmmm", 10, 21) == ("mm", "mm")


def test_a_tree_that_does_not_hold_together_lights_no_way(small):
    """A path whose steps no edge joins lights its boxes, and no arrow."""
    tree: Tree = attrs.evolve(small.tree, edges=())
    assert tree.lit(["screen:clear"]).passed == ()
