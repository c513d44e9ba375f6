"""The tree of the rules as one value: nodes and edges of its three storeys, and a path through them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import pairwise
from types import MappingProxyType
from typing import Literal, Self, get_args

import attrs

from sitriage.words import Professional, Urgency

__all__ = ["STOREYS", "Storey", "Tree", "TreeEdge", "TreeNode", "in_words"]

Storey = Literal["screen", "gates", "pattern"]
STOREYS: tuple[Storey, ...] = get_args(Storey)


@attrs.frozen(kw_only=True)
class TreeNode:
    """A place in the tree. `id` is the code that the path of a verdict has for it.

    A level stands `within` the node that lists it. A programme has its exercises as `items`, in ids,
    and as `moves`, in words. A question `means` its condition in words: a head, and the parts below it.
    """

    id: str
    label: str
    storey: Storey
    kind: Literal[
        "urgency", "level", "incomplete", "clear", "gates", "question", "programme", "too_little", "unreached"
    ]
    within: str = ""
    urgency: Urgency | None = None
    see: Professional | None = None
    items: tuple[str, ...] = ()
    moves: tuple[str, ...] = ()
    means: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class TreeEdge:
    """Where a node leads on an answer; with `unsure`, for an answer that is unsure or missing as well."""

    start: str
    end: str
    branch: Literal["yes", "otherwise"]
    unsure: bool = False


@attrs.frozen(kw_only=True)
class Tree:
    """The tree of a ruleset: the whole, or some storeys of it, with the path of a verdict lit.

    The last expression of a notebook cell shows it as a picture; `str` is the whole as text.
    """

    name: str
    version: str
    nodes: tuple[TreeNode, ...] = attrs.field(repr=False)
    edges: tuple[TreeEdge, ...] = attrs.field(repr=False)
    storeys: tuple[Storey, ...] = STOREYS
    path: tuple[str, ...] = ()

    @cached_property
    def by_id(self) -> Mapping[str, TreeNode]:
        """The nodes by their id."""
        return MappingProxyType({node.id: node for node in self.nodes})

    @cached_property
    def passed(self) -> tuple[TreeEdge, ...]:
        """The edges that the path goes along, from the first node on."""
        stops = [each for each in self.path if each in self.by_id and not self.by_id[each].within]
        roots = [self.nodes[0].id] if self.nodes[0].storey in ("screen", "gates") else stops[:1]
        steps = [*roots, *stops]
        return tuple(edge for a, b in pairwise(steps) for edge in self._way(a, b))

    def _way(self, start: str, end: str) -> tuple[TreeEdge, ...]:
        """The edges from one stop to the next: a direct one, or past nodes that do not hold."""
        way: list[TreeEdge] = []
        while start != end:
            leaving = [edge for edge in self.edges if edge.start == start]
            leaving.sort(key=lambda edge: (edge.end != end, edge.branch != "otherwise"))
            if not leaving or leaving[0] in way:
                return ()
            way.append(leaving[0])
            start = leaving[0].end
        return tuple(way)

    def storey(self, name: Storey) -> Self:
        """Returns one storey alone: `screen`, `gates` or `pattern`; raises ValueError for another word."""
        if name not in STOREYS:
            raise ValueError(f"there is no storey `{name}`; there are {', '.join(STOREYS)}")
        nodes = tuple(node for node in self.nodes if node.storey == name)
        kept = {node.id for node in nodes}
        edges = tuple(edge for edge in self.edges if {edge.start, edge.end} <= kept)
        return attrs.evolve(self, nodes=nodes, edges=edges, storeys=(name,))

    def lit(self, path: Iterable[str]) -> Self:
        """Returns the tree with the path of a verdict lit; raises ValueError if it is of other rules."""
        codes = tuple(path)
        if self.storeys == STOREYS and (foreign := [each for each in codes if each not in self.by_id]):
            raise ValueError(
                f"the path has {len(foreign)} codes that are not of this tree; is it of other rules?"
            )
        return attrs.evolve(self, path=codes)

    def without_unreached(self) -> Self:
        """Returns the tree with the pattern as one node, if the path that is lit ends before it."""
        pattern = [node for node in self.nodes if node.storey == "pattern"]
        if not self.path or len(self.storeys) == 1 or any(node.id in self.path for node in pattern):
            return self
        count = sum(node.kind == "question" for node in pattern)
        label = f"{count} questions and their programmes, not reached"
        one = TreeNode(id="pattern", label=label, storey="pattern", kind="unreached")
        kept = tuple(node for node in self.nodes if node.storey != "pattern")
        ids = {node.id for node in kept}
        edges = (edge for edge in self.edges if edge.start in ids)
        joined = tuple(edge if edge.end in ids else attrs.evolve(edge, end=one.id) for edge in edges)
        return attrs.evolve(self, nodes=(*kept, one), edges=joined)

    def text(self) -> str:
        """Returns the tree as text, with the path below if one is lit."""
        from sitriage.show.tree import storeys_text

        return storeys_text(self)

    def svg(self, *, dark: bool = False) -> str:
        """Returns the tree as a picture: readable as it is, folded where it is long."""
        from sitriage.show.flowchart.svg import tree_svg

        return tree_svg(self, dark=dark)

    def mermaid(self) -> str:
        """Returns the tree as text that GitHub, JupyterLab and marimo draw."""
        from sitriage.show.flowchart.mermaid import tree_mermaid

        return tree_mermaid(self)

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        from sitriage.show.flowchart.svg import tree_html

        return tree_html(self)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {
            "text/plain": self.text(),
            "text/html": self._repr_html_(),
            "text/vnd.mermaid": self.mermaid(),
        }


def in_words(code: str) -> str:
    """Returns an urgency, a professional or a form of an exercise as words."""
    return code.replace("_", " ")
