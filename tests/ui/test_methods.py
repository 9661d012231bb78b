"""What is folded away of a method: all of it is there, and words of others run nowhere."""

from __future__ import annotations

import html

from needsmap.briefs.shapes import Example, Method
from needsmap.ui.methods import written


def _method(**changed: object) -> Method:
    said = {
        "id": "share",
        "title": "A share",
        "words": "How many of all.",
        "formula": "p = x ÷ n",
        "source": "A paper",
        "date": "1927",
        "examples": (Example((("named", "81"),), (("share", "0.31"),), "Somebody (1998)"),),
    }
    return Method(**{**said, **changed})  # type: ignore[arg-type]


def test_words_formula_example_and_source_are_all_told() -> None:
    markup = html.unescape(written(_method()))

    for words in (
        "How many of all.", "p = x ÷ n", "Example 1", "named", "81", "share", "0.31",
        "Worked out by: Somebody (1998)", "Where it comes from: A paper (1927)",
    ):  # fmt: skip
        assert words in markup


def test_words_that_look_like_markup_show_as_themselves() -> None:
    markup = written(_method(words="<img src=x onerror=alert(1)>", formula="a < b & c"))

    assert "<img" not in markup
    assert "<img src=x onerror=alert(1)>" in html.unescape(markup)
    assert "a < b & c" in html.unescape(markup)


def test_a_method_without_formula_or_examples_is_its_words_and_source() -> None:
    markup = written(_method(formula="", examples=(), date=""))

    assert "<pre" not in markup and "<table" not in markup
    assert "Where it comes from: A paper<" in markup
