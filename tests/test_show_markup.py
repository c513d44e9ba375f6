"""The one writer of HTML and SVG: text stays text, and only what is of the list is written."""

from __future__ import annotations

import pytest

from sitriage.show.markup import data_uri, element, readable, render


def test_text_and_attributes_are_escaped() -> None:
    node = element("p", '<b>&"', element("img", alt="\"'<>&", src="data:image/png,x"), lang="en")
    said = '<p lang="en">&lt;b&gt;&amp;"<img alt="&quot;&#x27;&lt;&gt;&amp;" src="data:image/png,x"></p>'
    assert render(node) == said


def test_what_is_none_is_left_out_and_names_are_written_as_in_html() -> None:
    node = element("line", None, "a", stroke_width=2, class_="x", from_="0")
    assert render(node) == '<line stroke-width="2" class="x" from="0">a</line>'


@pytest.mark.parametrize(
    ("tag", "attributes"),
    [("script", {}), ("a", {}), ("style", {}), ("p", {"onclick": "x"}), ("p", {"href": "x"}), ("iframe", {})],
)
def test_what_is_not_of_the_list_is_refused(tag, attributes) -> None:
    with pytest.raises(ValueError, match="is not of the list"):
        element(tag, **attributes)


@pytest.mark.parametrize(
    "src", ["https://x.invalid/a.png", "javascript:alert(1)", "//x", "data:text/html,x", "a.png"]
)
def test_a_picture_from_elsewhere_is_refused(src) -> None:
    with pytest.raises(ValueError, match="must stand inside"):
        element("img", src=src)


def test_what_nobody_sees_is_left_out_and_what_turns_text_is_marked() -> None:
    assert readable("not\u200b \u202eurgent\U000e0041\x00\r") == "not \ufffdurgent"
    assert readable(readable("\u2066a")) == "\ufffda"
    assert readable("plain, é\tand\nlines") == "plain, é\tand\nlines"


def test_a_picture_is_held_by_its_address() -> None:
    assert data_uri("<svg>é</svg>") == "data:image/svg+xml;base64,PHN2Zz7DqTwvc3ZnPg=="
