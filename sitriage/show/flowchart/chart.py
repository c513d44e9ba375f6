"""What of the tree is shown as cards: the whole folds the lists, a storey alone unfolds them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from types import MappingProxyType

import attrs

from sitriage.show.flowchart.tree import Storey, Tree, TreeEdge, TreeNode, in_words
from sitriage.words import Urgency

__all__ = ["LIT", "Card", "Chart", "Link", "chart_of"]

LIT, PLAIN = "✓", "•"
"""What stands before an item: what is lit says so with a mark too, never by its colour or border alone."""

_TITLES = MappingProxyType(
    {
        "screen": "1 Screen: is there a warning sign? The most urgent one decides.",
        "gates": "2 Gates: are these rules for this person at all?",
        "pattern": "3 Pattern: which programme fits?",
    }
)
_NOTES = MappingProxyType(
    {
        "screen": "An unsure answer counts one step lower, but for an emergency it stays one.",
        "gates": "A gate counts like a warning sign: the most urgent of all decides.",
        "pattern": "Each exercise is then made easier, or left out, where a limit of this person says so.",
    }
)


@attrs.frozen(kw_only=True)
class Card:
    """A box of the picture: a heading, lines and items below it, and long lists under headings of their own.

    An item, of a list as well, begins with its mark and a space.
    """

    id: str
    kind: str
    storey: Storey
    heading: str
    lines: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    lists: tuple[tuple[str, tuple[str, ...]], ...] = ()
    urgency: Urgency | None = None
    lit: bool = False


@attrs.frozen(kw_only=True)
class Link:
    """An arrow from one card to another. The arrow of a `yes` goes to the side, any other one down."""

    start: str
    end: str
    label: str = ""
    yes: bool = False
    lit: bool = False


@attrs.frozen(kw_only=True)
class Chart:
    """Cards and links, with a title, what is said of the whole, and a heading and a note for each storey."""

    title: str
    about: str
    cards: tuple[Card, ...]
    links: tuple[Link, ...]
    bands: tuple[tuple[Storey, str, str], ...]


def chart_of(tree: Tree) -> Chart:
    """Returns the cards of a tree: folded if it is the whole, with every entry if it is one storey."""
    about, tree = _about(tree), tree.without_unreached()
    folded = len(tree.storeys) > 1
    cards: list[Card] = []
    links = [_link(edge, tree) for edge in tree.edges]
    for node in tree.nodes:
        if not node.within:
            made = _card(node, tree, folded)
            cards.append(made)
            if folded and (answer := _answer(node, tree, made.lit)):
                cards.append(answer)
                links.append(Link(start=node.id, end=answer.id, label="yes", yes=True, lit=made.lit))
    return Chart(
        title=f"Decision tree: {tree.name} {tree.version}",
        about=about,
        cards=tuple(cards),
        links=tuple(links),
        bands=tuple((name, _TITLES[name], _NOTES[name]) for name in tree.storeys),
    )


def _about(tree: Tree) -> str:
    kinds = Counter(node.kind for node in tree.nodes)
    flags = sum(bool(node.within) for node in tree.nodes if node.storey == "screen")
    parts = {
        "screen": f"a screen of {flags} warning signs by urgency",
        "gates": f"{kinds['level'] - flags} gates",
        "pattern": f"{kinds['question']} questions that lead to {kinds['programme']} programmes",
    }
    said = "From the top down: " + "; ".join(parts[name] for name in tree.storeys) + "."
    return f"{said} Lit: {', '.join(tree.path)}." if tree.path else said


def _card(node: TreeNode, tree: Tree, folded: bool) -> Card:
    listed = _within(node, tree)
    reached = [each for each in listed if each.id in tree.path]
    heading, lines = _words(node, len(listed), folded)
    unfolded = [f"{PLAIN} {each}" for each in (*node.moves, *node.means[1:])]
    items = [_item(each, tree) for each in reached] if folded else unfolded
    return Card(
        id=node.id,
        kind=node.kind,
        storey=node.storey,
        heading=heading,
        lines=lines,
        items=tuple(items),
        lists=() if folded else tuple(_lists(node, listed, tree)),
        urgency=node.urgency,
        lit=node.id in tree.path,
    )


def _words(node: TreeNode, count: int, folded: bool) -> tuple[str, tuple[str, ...]]:
    """The heading of a card and the lines below it."""
    match node.kind:
        case "urgency":
            return f"{_capital(node.label)}: {_many(count, 'warning sign')}", ()
        case "gates":
            return _many(count, "gate"), (_capital(node.label),)
        case "question":
            head = "".join(node.means[:1]) + (":" if node.means[1:] else "")
            means = "" if folded or head == node.label else _capital(head)
            return f"{node.id} {_capital(node.label)}?", (means,) if means else ()
        case "programme":
            return f"{node.id} {node.label}", (_many(len(node.moves), "exercise"),) if folded else ()
        case "clear":
            return "Clear", (f"{_capital(node.label)}: on to the gates.",)
        case "unreached":
            return "Pattern", (_capital(node.label),)
        case "too_little":
            return "Too little left", (f"If {node.label}: referral, {_to(node)}.",)
        case _:
            return "Incomplete", (
                f"{_capital(node.label)}?",
                *(() if folded else (f"Then {_to(node)} for now.",)),
            )


def _answer(node: TreeNode, tree: Tree, lit: bool) -> Card | None:
    """Where a node of the screen or the gates leads if it holds."""
    within = _within(node, tree)
    match node.kind:
        case "incomplete":
            heading, lines = (
                "Referral for now",
                [f"{_capital(_to(node))}; the open questions come first"],
            )
        case "urgency":
            heading, lines = f"Referral: {node.label}", _counted(each.see for each in within)
        case "gates":
            heading, lines = "Referral", _counted(each.urgency for each in within)
        case _:
            return None
    return Card(
        id=f"{node.id}:yes", kind="answer", storey=node.storey, heading=heading, lines=tuple(lines),
        urgency=node.urgency, lit=lit,
    )  # fmt: skip


def _within(node: TreeNode, tree: Tree) -> list[TreeNode]:
    return [each for each in tree.nodes if each.within == node.id]


def _counted(words: Iterable[str | None]) -> list[str]:
    counts = Counter(in_words(str(word)) for word in words)
    return [f"{word} ({count})" for word, count in counts.most_common()]


def _lists(node: TreeNode, listed: list[TreeNode], tree: Tree) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The entries of a card, under whom to see, the most urgent first."""
    groups: dict[str, list[str]] = {}
    ordered = sorted(listed, key=lambda each: (each.urgency, each.see), reverse=True) if listed else []
    for each in ordered:
        how = _to(each) if node.kind == "gates" else f"see {in_words(str(each.see))}"
        groups.setdefault(_capital(how), []).append(_item(each, tree))
    for title, entries in groups.items():
        yield f"{title} ({len(entries)})", tuple(entries)


def _item(node: TreeNode, tree: Tree) -> str:
    return f"{LIT if node.id in tree.path else PLAIN} {node.label}"


def _to(node: TreeNode) -> str:
    return f"{in_words(str(node.urgency))}, see {in_words(str(node.see))}"


def _link(edge: TreeEdge, tree: Tree) -> Link:
    node = tree.by_id[edge.start]
    said = {"question": "yes" if edge.branch == "yes" else "no", "clear": ""}.get(node.kind, "no")
    return Link(
        start=edge.start, end=edge.end, label=f"{said} or unsure" if edge.unsure else said,
        yes=edge.branch == "yes", lit=edge in tree.passed,
    )  # fmt: skip


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
