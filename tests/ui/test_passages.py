"""Passages of a page: everything said is there, encoded, and written once for everybody."""

from __future__ import annotations

import html
import re
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from needsmap.briefs.shapes import Example, Method
from needsmap.ui import passages

HOSTILE = "<img src=x onerror=alert(1)>{{7*7}}${1}`x`&amp;"


class Facts(SimpleNamespace):
    """Something with the facts of a brief; a plain namespace cannot be remembered weakly."""


def said(markup: str) -> str:
    """Return what a reader sees of markup: its text, a line for each element."""
    return html.unescape(re.sub(r"<[^>]+>", "\n", markup))


def overview(**more: Any) -> Any:
    facts = {
        "coverage_line": "610 people answered", "question": "What is needed?",
        "lead": ("One in ten asked.", "Most in the north."), "strengths": (1,), "wishes": (),
        "sentences": ("Parks are good.", "One in ten asked.", "Buses come next."),
        "cautions": ("Numbers are rounded.",),
    }  # fmt: skip
    return Facts(**{**facts, **more})


def place(name: str) -> Any:
    return Facts(name=name)


def compared(name: str) -> Any:
    kinds = ("said_measured", "said_not_measured", "measured_not_said", "neither", "not_clear")
    boxes = [Facts(id=k, title=k, areas=(place(name),)) for k in kinds]
    boxes[0].areas = ()
    themes = pd.DataFrame({"People asked for": [name], "Neither": [3]})
    return Facts(
        domain="crime", boxes=boxes, cautions=("Not clear yet.", "Said before."), unmeasured=(),
        tables=lambda: {"themes": themes},
    )  # fmt: skip


def test_the_head_says_who_was_asked_what_and_the_finding():
    lines = said(passages.head(overview())).split("\n")

    assert [line for line in lines if line] == [
        "610 people answered",
        "They were asked: “What is needed?”",
        "One in ten asked. Most in the north.",
    ]


def test_a_head_without_question_or_finding_leaves_no_empty_line():
    markup = passages.head(overview(question="", lead=()))

    assert said(markup).split() == ["610", "people", "answered"]
    assert "<p></p>" not in markup


def test_the_panel_says_no_sentence_twice_that_the_head_says():
    words = said(passages.panel(overview()))

    assert "One in ten asked." not in words
    assert words.index("Parks are good.") < words.index("Buses come next.")
    assert words.index("Buses come next.") < words.index("Numbers are rounded.")


def test_an_area_not_shown_is_named_and_nothing_more_is_said():
    hidden = Facts(
        area=place("Stannick"), shown=False, strengths=(Facts(label="Parks"),),
        wishes=(), heard="3 people", missing="",
    )  # fmt: skip

    assert said(passages.area(hidden)).split() == ["Stannick"]


def test_the_lists_name_their_areas_and_leave_out_what_stands_on_the_page_already():
    words = said(passages.lists(compared("Dunmoor"), ("Said before.",)))

    assert "said_measured (0 areas)" in words and "None." in words
    assert "neither (1 area)" in words
    assert "not_clear: Dunmoor." in words
    assert "Not clear yet." in words and "Said before." not in words


def test_nothing_to_compare_gives_no_passage():
    nothing = Facts(domain="", boxes=(), cautions=(), unmeasured=())

    assert passages.lists(nothing) == ""


@pytest.mark.parametrize(
    "markup",
    [
        passages.head(overview(coverage_line=HOSTILE, question=HOSTILE, lead=(HOSTILE,))),
        passages.panel(overview(sentences=(HOSTILE, HOSTILE), cautions=(HOSTILE,))),
        passages.area(
            Facts(
                area=place(HOSTILE), shown=True, strengths=(Facts(label=HOSTILE),),
                wishes=(), heard=HOSTILE, missing=HOSTILE,
            )
        ),
        passages.lists(compared(HOSTILE)),
    ],
    ids=["head", "panel", "area", "lists"],
)  # fmt: skip
def test_names_that_are_code_are_shown_and_run_nowhere(markup: str):
    assert "<img" not in markup
    assert "{{" not in markup and "${" not in markup and "`" not in markup
    assert HOSTILE in said(markup)


def test_a_passage_is_written_once_for_all_who_look_at_a_brief():
    brief = overview()

    assert passages.head(brief) is passages.head(brief)
    assert passages.panel(brief) is passages.panel(brief)
    other = overview(coverage_line="12 people answered")
    assert "12 people answered" in passages.head(other)


def a_method(**changed: object) -> Method:
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
    markup = html.unescape(passages.method(a_method()))

    for words in (
        "How many of all.", "p = x ÷ n", "Example 1", "named", "81", "share", "0.31",
        "Worked out by: Somebody (1998)", "Where it comes from: A paper (1927)",
    ):  # fmt: skip
        assert words in markup


def test_words_that_look_like_markup_show_as_themselves() -> None:
    markup = passages.method(a_method(words="<img src=x onerror=alert(1)>", formula="a < b & c"))

    assert "<img" not in markup
    assert "<img src=x onerror=alert(1)>" in html.unescape(markup)
    assert "a < b & c" in html.unescape(markup)


def test_a_method_without_formula_or_examples_is_its_words_and_source() -> None:
    markup = passages.method(a_method(formula="", examples=(), date=""))

    assert "<pre" not in markup and "<table" not in markup
    assert "Where it comes from: A paper<" in markup
