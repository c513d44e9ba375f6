"""The colours of the pictures; each pair that meets also differs in brightness, so that print works."""

from __future__ import annotations

import attrs

__all__ = ["DARK", "LIGHT", "Colours"]


@attrs.frozen
class Colours:
    """Paper, things, clothes, skin and marks; what is further away fades towards the paper."""

    paper: str
    thing: str
    edge: str
    line: str
    shirt: str
    trousers: str
    skin: str
    hair: str
    move: str
    sore: str

    def far(self, colour: str) -> str:
        """Returns the colour as it is seen on the far side: half of it is paper."""
        return mixed(colour, self.paper, 0.45)


def mixed(one: str, other: str, share: float) -> str:
    """Returns one colour with a share of another.

    >>> mixed("#000000", "#ffffff", 0.5)
    '#808080'
    """
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


LIGHT = Colours(
    paper="#ffffff", thing="#e4e9ee", edge="#9aa7b4", line="#5b6773",
    shirt="#4f8f96", trousers="#2b3f57", skin="#c08f6c", hair="#4a3428", move="#b3341c", sore="#b3341c",
)  # fmt: skip
DARK = Colours(
    paper="#14191f", thing="#2c3640", edge="#5d6b78", line="#a9b6c2",
    shirt="#5fa5ab", trousers="#c3d2e3", skin="#c39672", hair="#6b4e3d", move="#ff9d7a", sore="#ff9d7a",
)  # fmt: skip
