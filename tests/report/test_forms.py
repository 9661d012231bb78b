"""A questionnaire as files: each opens, asks every question, and runs nothing."""

from __future__ import annotations

import io
from xml.etree import ElementTree

import pytest
import pyxform.xls2xform
from python_calamine import CalamineWorkbook

from needsmap.intake.forms import code_of, known_forms, load_form
from needsmap.intake.themes import load_themes
from needsmap.report.forms import as_entry, as_paper, as_text, as_xlsform
from needsmap.tables import Form, FormQuestion

FORM = Form(
    "tiny",
    "About #here",
    "Skip *any* question.",
    "Thank you.",
    (
        FormQuestion(
            "good", "strength", "many", "What is good?", options=("Parks", "=1+1"), most=2
        ),
        FormQuestion(
            "age", "group", "one", "How old are you?", options=("16-24", "25+"), group="age"
        ),
        FormQuestion("words", "open_text", "text", "Anything else?", hint="No names."),
        FormQuestion("points", "need", "budget", "Share 10", options=("Buses", "Homes"), total=10),
    ),
)


def sheet(data: bytes, name: str) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(name).to_python()


def test_the_xlsform_has_the_parts_xlsform_org_asks_for() -> None:
    data = as_xlsform(FORM)
    survey, choices = sheet(data, "survey"), sheet(data, "choices")

    # https://xlsform.org/en: columns type, name, label; list_name, name, label.
    assert survey[0][:3] == ["type", "name", "label"]
    assert choices[0] == ["list_name", "name", "label"]
    asked = {row[1]: row[0] for row in survey[1:]}
    assert asked["good"] == "select_multiple good"
    assert asked["age"] == "select_one age"
    assert (asked["words"], asked["points_buses"]) == ("text", "integer")
    limits = {row[1]: row[5] for row in survey[1:]}
    assert limits["good"] == "count-selected(.) <= 2"
    lists = {(row[0], row[2]) for row in choices[1:]}
    assert lists == {("good", "Parks"), ("good", "=1+1"), ("age", "16-24"), ("age", "25+")}
    names = [(row[0], row[1]) for row in choices[1:]]
    assert len(set(names)) == len(names)
    assert sheet(data, "settings")[1] == ["About #here", "needsmap_tiny"]


@pytest.mark.parametrize("name", [*known_forms(), "tiny"])
def test_the_xlsform_is_one_to_the_program_kobo_and_odk_read_it_with(name: str) -> None:
    form = FORM if name == "tiny" else load_form(name, load_themes())

    # pyxform turns an XLSForm into the XForm that phones open, or says what is wrong with it.
    made = pyxform.xls2xform.convert(io.BytesIO(as_xlsform(form)), validate=False)

    xform = ElementTree.fromstring(made.xform)
    asked = [
        each.attrib["ref"].rsplit("/", 1)[-1]
        for each in xform.iter()
        if each.tag.rsplit("}", 1)[-1] in {"select", "select1", "input"}
        and each.attrib.get("readonly") is None
    ]
    expected = [
        line
        for q in form.questions
        for line in (
            [f"{q.id}_{code_of(option)}" for option in q.options] if q.kind == "budget" else [q.id]
        )
    ]
    assert [each for each in asked if each in expected] == expected
    assert form.title in made.xform
    assert made.warnings == []


def test_the_text_asks_every_question_in_order() -> None:
    text = as_text(FORM).decode("utf-8")

    places = [text.index(question.text) for question in FORM.questions]
    assert places == sorted(places)
    assert "Share 10 [Buses]" in text


def test_the_paper_is_a_tagged_pdf() -> None:
    paper = as_paper(FORM)

    assert paper.startswith(b"%PDF-")
    assert b"/MarkInfo" in paper or b"/StructTreeRoot" in paper


@pytest.mark.parametrize("column", range(6))
def test_the_template_has_a_column_for_each_answer(column: int) -> None:
    headings = ["Paper number", "What is good?", "How old are you?", "Anything else?",
                "Share 10 [Buses]", "Share 10 [Homes]"]  # fmt: skip

    assert sheet(as_entry(FORM), "Answers")[0][column] == headings[column]
