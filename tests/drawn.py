"""Reads a picture of the tree back from its SVG, and finds what is wrong with it as a drawing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, pairwise
from xml.etree import ElementTree

import attrs

NAMESPACE = "{http://www.w3.org/2000/svg}"
# about the mean width of a letter of DejaVu Sans, in sizes of the font: another estimate than the
# library's; a test in tests/web measures the real widths
LETTER = 0.52


@attrs.frozen
class Rect:
    x: float
    y: float
    width: float
    height: float

    def overlaps(self, other: Rect) -> bool:
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )

    def holds(self, other: Rect) -> bool:
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.x + other.width <= self.x + self.width
            and other.y + other.height <= self.y + self.height
        )

    def runs_along(self, other: Rect) -> bool:
        """Whether two lines share more than a point."""
        wide = min(self.x + self.width, other.x + other.width) - max(self.x, other.x)
        high = min(self.y + self.height, other.y + other.height) - max(self.y, other.y)
        return (abs(wide) < 0.1 and high > 1) or (abs(high) < 0.1 and wide > 1)

    def has_on_border(self, x: float, y: float) -> bool:
        across = abs(x - self.x) < 0.1 or abs(x - self.x - self.width) < 0.1
        along = abs(y - self.y) < 0.1 or abs(y - self.y - self.height) < 0.1
        inside_x = self.x <= x <= self.x + self.width
        inside_y = self.y <= y <= self.y + self.height
        return (across and inside_y) or (along and inside_x)


@attrs.frozen
class Drawn:
    """Boxes by the code in their title, with their texts; arrows with their corners; and what is lit.

    `labels` are the words that stand outside boxes: on arrows, and over a storey.
    """

    root: ElementTree.Element
    size: Rect
    boxes: dict[str, Rect]
    texts: dict[str, list[tuple[str, Rect]]]
    arrows: dict[tuple[str, str, str], list[tuple[float, float]]]
    labels: list[tuple[str, Rect]]
    lit_boxes: set[str]
    lit_arrows: set[tuple[str, str, str]]

    def words(self, code: str) -> str:
        return " ".join(text for text, _ in self.texts[code])


def read(svg: str) -> Drawn:
    """Returns what stands in a picture."""
    root = ElementTree.fromstring(svg)
    (inside,) = [each for each in root if each.tag == f"{NAMESPACE}g"]
    top = float(re.findall(r"[\d.]+", inside.get("transform"))[1])
    heads = [_text(each, 0, -top) for each in root.findall(f"{NAMESPACE}text")]
    heads += [_text(each, 0, 0) for each in inside.findall(f"{NAMESPACE}text")]
    drawn = Drawn(
        root,
        Rect(0, -top, float(root.get("width")), float(root.get("height"))),
        *({} for _ in "123"),
        heads,
        set(),
        set(),
    )
    for group in inside.findall(f"{NAMESPACE}g"):
        kind, *lit = group.get("class").split()
        title = group.findtext(f"{NAMESPACE}title")
        if kind == "card":
            assert title not in drawn.boxes, title
            dx, dy = map(float, re.findall(r"-?[\d.]+", group.get("transform")))
            rect = group.find(f"{NAMESPACE}rect")
            drawn.boxes[title] = Rect(dx, dy, float(rect.get("width")), float(rect.get("height")))
            drawn.texts[title] = [_text(each, dx, dy) for each in group.iter(f"{NAMESPACE}text")]
            drawn.lit_boxes.update([title] if lit else [])
        elif kind == "link":
            labels = [_text(each, 0, 0) for each in group.iter(f"{NAMESPACE}text")]
            key = (*title.split(" > "), labels[0][0] if labels else "")
            corners = re.findall(r"(-?[\d.]+) (-?[\d.]+)", group.find(f"{NAMESPACE}path").get("d"))
            tip = group.find(f"{NAMESPACE}polygon").get("points").split()[0].split(",")
            points = [(float(x), float(y)) for x, y in corners]
            drawn.arrows[key] = [*points[:-1], (float(tip[0]), float(tip[1]))]
            drawn.labels.extend(labels)
            drawn.lit_arrows.update([key] if lit else [])
    return drawn


def _text(text: ElementTree.Element, dx: float, dy: float) -> tuple[str, Rect]:
    size, said = float(text.get("font-size")), text.text or ""
    assert size >= 11
    wide = LETTER * size * len(said)
    return said, Rect(float(text.get("x")) + dx, float(text.get("y")) + dy - size, wide, size * 1.2)


def faults(drawn: Drawn) -> Iterator[str]:
    """Yields what a reader would stumble over."""
    for (one, a), (two, b) in combinations(drawn.boxes.items(), 2):
        if a.overlaps(b):
            yield f"{one} lies over {two}"
    for code, box in drawn.boxes.items():
        if not drawn.size.holds(box):
            yield f"{code} is cut off"
        for text, place in drawn.texts[code]:
            if not box.holds(place):
                yield f"a text of {code} leaves its box: {text}"
        for (text, a), (_, b) in combinations(drawn.texts[code], 2):
            if a.overlaps(b):
                yield f"two texts of {code} lie over each other: {text}"
    for text, place in drawn.labels:
        if any(place.overlaps(box) for box in drawn.boxes.values()) or not drawn.size.holds(place):
            yield f"words between the boxes are hidden: {text}"
    for (start, end, _), points in drawn.arrows.items():
        if not (drawn.boxes[start].has_on_border(*points[0]) and drawn.boxes[end].has_on_border(*points[-1])):
            yield f"the arrow {start} > {end} does not end at its boxes"
        for line in _lines(points):
            if line.width and line.height:
                yield f"the arrow {start} > {end} runs aslant"
            yield from (
                f"the arrow {start} > {end} runs through {code}"
                for code, box in drawn.boxes.items()
                if line.overlaps(box)
            )
    # arrows to one goal may join; others may cross, but not run along each other
    for ((_, end, _), one), ((_, goal, _), two) in combinations(drawn.arrows.items(), 2):
        if end != goal and any(a.runs_along(b) for a in _lines(one) for b in _lines(two)):
            yield f"the arrows to {end} and {goal} run along each other"


def _lines(points: list[tuple[float, float]]) -> list[Rect]:
    return [
        Rect(min(a[0], b[0]), min(a[1], b[1]), abs(a[0] - b[0]), abs(a[1] - b[1]))
        for a, b in pairwise(points)
    ]
