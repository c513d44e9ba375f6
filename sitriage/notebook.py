"""What notebooks ask of a value that they show; the showing itself lives above, in `sitriage.show`."""

from __future__ import annotations

from collections.abc import Container

__all__ = ["Shown"]


class Shown:
    """Shows itself in notebooks: as a card where HTML can be shown, else as text with every line of it."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        from sitriage.show.bundle import html_of

        return html_of(self)

    def _repr_mimebundle_(
        self, include: Container[str] | None = None, exclude: Container[str] | None = None
    ) -> dict[str, str]:
        from sitriage.show.bundle import bundle

        wanted = bundle(self)
        return {
            kind: text
            for kind, text in wanted.items()
            if (not include or kind in include) and not (exclude and kind in exclude)
        }
