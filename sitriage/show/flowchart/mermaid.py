"""The tree as mermaid: text that draws itself on GitHub, in JupyterLab and in marimo."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sitriage.show.flowchart.chart import LIT, Card, Link, chart_of
from sitriage.show.flowchart.tree import Tree

__all__ = ["tree_mermaid"]

_SHAPES = {"question": ("([", "])"), "gates": ("([", "])"), "incomplete": ("([", "])")}


def tree_mermaid(tree: Tree) -> str:
    """Returns the tree as a mermaid flowchart with an accessible title and description."""
    chart = chart_of(tree)
    names = {card.id: f"n{number}" for number, card in enumerate(chart.cards)}
    lines = ["flowchart TD", f"  accTitle: {_plain(chart.title)}", f"  accDescr: {_plain(chart.about)}"]
    for storey, title, _ in chart.bands:
        lines.append(f'  subgraph {storey}["{_escaped(title)}"]')
        lines += (f"    {_node(card, names)}" for card in chart.cards if card.storey == storey)
        lines.append("  end")
    lines += (f"  {_link(link, names)}" for link in chart.links)
    lines += _lit(chart.cards, chart.links, names)
    return "\n".join(lines) + "\n"


def _node(card: Card, names: Mapping[str, str]) -> str:
    begin, end = _SHAPES.get(card.kind, ("[", "]"))
    heading = f"{LIT} {card.heading}" if card.lit else card.heading
    listed = [line for title, entries in card.lists for line in (title, *entries)]
    label = "<br/>".join(map(_escaped, (heading, *card.lines, *card.items, *listed)))
    return f'{names[card.id]}{begin}"{label}"{end}'


def _link(link: Link, names: Mapping[str, str]) -> str:
    arrow = f'-->|"{_escaped(link.label)}"|' if link.label else "-->"
    return f"{names[link.start]} {arrow} {names[link.end]}"


def _lit(cards: tuple[Card, ...], links: tuple[Link, ...], names: Mapping[str, str]) -> Iterator[str]:
    lit = [names[card.id] for card in cards if card.lit]
    if lit:
        yield "  classDef lit stroke:#0b4fa8,stroke-width:4px"
        yield f"  class {','.join(lit)} lit"
    numbers = [str(number) for number, link in enumerate(links) if link.lit]
    if numbers:
        yield f"  linkStyle {','.join(numbers)} stroke:#0b4fa8,stroke-width:4px"


def _escaped(text: str) -> str:
    """A text that stays text: all but letters, digits and the plainest marks is written as numbers."""
    return "".join(
        each if each.isalnum() or each in " ,.?()-/" else f"#{ord(each)};" for each in " ".join(text.split())
    )


def _plain(text: str) -> str:
    """A text for a title or a description, which know no numbers: whatever mermaid could read is left out."""
    return "".join(each if each.isalnum() or each in " ,.:?()-/_" else " " for each in " ".join(text.split()))
