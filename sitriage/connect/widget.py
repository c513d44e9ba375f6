"""An interview as a form in a notebook, with the extra `widget`: Jupyter, VS Code, Colab and marimo.

The interview lives here, in Python; the form shows one screen and sends what was pressed. Where no script
runs, as in a notebook that is not trusted, the same question or verdict is shown as HTML or text.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from sitriage.connect.dialogue import pressed, screen_of
from sitriage.interview.session import Interview
from sitriage.model import Ruleset
from sitriage.show.bundle import bundle
from sitriage.verdict import Verdict

try:
    import anywidget
    import traitlets
except ImportError:
    raise ImportError("the form needs an extra; install it with `pip install sitriage[widget]`") from None

__all__ = ["InterviewForm"]


class InterviewForm(anywidget.AnyWidget):
    """A form that asks question by question and ends with the verdict.

    `InterviewForm()` begins anew, or goes on from an interview. `.interview` and `.verdict` are as they stand
    after what was pressed so far.
    """

    _esm = (files("sitriage.connect") / "widget.js").read_text(encoding="utf-8")
    _css = (files("sitriage.connect") / "widget.css").read_text(encoding="utf-8")
    screen = traitlets.Dict().tag(sync=True)

    def __init__(self, interview: Interview | None = None, *, rules: Ruleset | None = None) -> None:
        """Raises ValueError for an interview together with other rules than its own."""
        if interview is not None and rules not in (None, interview.rules):
            raise ValueError("the interview has other rules than those given; leave `rules` out")
        self._interview = Interview(rules=rules) if interview is None else interview
        super().__init__(screen=screen_of(self._interview))
        self.on_msg(self._heard)

    @property
    def interview(self) -> Interview:
        """The interview as it stands."""
        return self._interview

    @property
    def verdict(self) -> Verdict:
        """The verdict of the answers so far; provisional while answers are missing."""
        return self._interview.verdict

    def _heard(self, _: object, message: object, __: object) -> None:
        self._interview, wrong = pressed(self._interview, message)
        self.screen = screen_of(self._interview) | ({"wrong": wrong} if wrong else {})

    def _repr_mimebundle_(self, **how: Any) -> Any:
        data, about = super()._repr_mimebundle_(**how)
        return data | bundle(self._interview), about
