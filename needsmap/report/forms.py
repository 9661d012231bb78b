"""A questionnaire as files: XLSForm, text to paste, a paper sheet, a template to type into."""

from __future__ import annotations

import io
import json
from pathlib import Path

import fontpkg_atkinson_hyperlegible
import xlsxwriter

from needsmap.errors import NeedsmapError
from needsmap.intake.forms import code_of, points_heading
from needsmap.tables import Form, FormQuestion
from needsmap.words import say

_PAPER = Path(__file__).parent / "form.typ"
_TYPEFACE = Path(fontpkg_atkinson_hyperlegible.ROOT) / "files"
_BOXES = 400
"""Rows the template has room for."""


def as_xlsform(form: Form) -> bytes:
    """Return the form as an XLSForm workbook (xlsform.org) for KoboToolbox and ODK."""
    survey: list[list[str]] = [
        ["type", "name", "label", "hint", "required", "constraint", "constraint_message"],
        ["start", "start", "", "", "", "", ""],
        ["end", "end", "", "", "", "", ""],
        ["note", "intro", form.intro, "", "", "", ""],
    ]
    choices: list[list[str]] = [["list_name", "name", "label"]]
    for question in form.questions:
        limit = f"count-selected(.) <= {question.most}" if question.most else ""
        told = say("Choose up to {n}.", n=question.most) if question.most else ""
        if question.kind == "budget":
            survey += _points(question)
            continue
        kind = {
            "one": f"select_one {question.id}", "many": f"select_multiple {question.id}",
        }.get(question.kind, "text")  # fmt: skip
        survey.append([kind, question.id, question.text, question.hint, "", limit, told])
        choices += [[question.id, code_of(option), option] for option in question.options]
    survey.append(["note", "thanks", form.thanks, "", "", "", ""])
    settings = [["form_title", "form_id"], [form.title, f"needsmap_{form.name}"]]
    return _workbook({"survey": survey, "choices": choices, "settings": settings})


def as_text(form: Form) -> bytes:
    """Return the form as text to paste into Google Forms or Microsoft Forms, with how to."""
    how = {
        "one": say("Multiple choice (one answer)"),
        "many": say("Checkboxes (several answers)"),
        "text": say("Long answer"),
        "postcode": say("Short answer"),
        "budget": say("One short answer for each line, numbers only"),
    }
    lines = [form.title, "", form.intro, ""]
    for number, question in enumerate(form.questions, start=1):
        lines.append(f"{number}. {question.text}")
        lines.append(f"   [{how[question.kind]}]")
        if question.hint:
            lines.append(f"   {say('Description')}: {question.hint}")
        shown = question.options
        if question.kind == "budget":
            shown = tuple(points_heading(question.text, option) for option in shown)
        lines += [*(f"   {option}" for option in shown), ""]
    lines += [form.thanks, ""]
    return "\r\n".join(lines).encode("utf-8")


def as_paper(form: Form) -> bytes:
    """Return the form as a PDF to print, with boxes to tick (PDF/UA-1, tagged).

    Raises
    ------
    NeedsmapError
        When the page cannot be set.
    """
    import typst

    content = {
        "title": form.title,
        "intro": form.intro,
        "thanks": form.thanks,
        "questions": [
            {"text": q.text, "hint": q.hint, "kind": q.kind, "options": list(q.options)}
            for q in form.questions
        ],
    }
    try:
        # Texts go in as data, never as markup, so none of them can act as a command.
        return typst.compile(
            str(_PAPER),
            sys_inputs={"content": json.dumps(content).replace("\\u0000", "")},
            pdf_standards=["ua-1"],
            font_paths=[str(_TYPEFACE)],
            ignore_system_fonts=True,
        )
    except (RuntimeError, ValueError) as error:
        raise NeedsmapError(
            say("The paper form could not be made."), say("Take the text and print that.")
        ) from error


def as_entry(form: Form) -> bytes:
    """Return a workbook to type paper forms into: a row a sheet of paper, a column a question.

    One-choice questions offer their options; several ticks are typed with "; " between.
    """
    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    )
    sheet, guide = book.add_worksheet(say("Answers")), book.add_worksheet(say("How to"))
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    text = book.add_format({"num_format": "@"})
    sheet.write_string(0, 0, say("Paper number"), bold)
    place = 1
    for question in form.questions:
        headings = [question.text]
        if question.kind == "budget":
            headings = [points_heading(question.text, option) for option in question.options]
        for heading in headings:
            sheet.write_string(0, place, heading, bold)
            # Cells are text: a spreadsheet would turn "16-24" into a day.
            sheet.set_column(place, place, 28, None if question.kind == "budget" else text)
            if question.kind == "one":
                allowed = list(question.options)
                if len(",".join(allowed)) <= 255:
                    rule = {"validate": "list", "source": allowed}
                    sheet.data_validation(1, place, _BOXES, place, rule)
            place += 1
    sheet.freeze_panes(1, 1)
    told = [
        say("Write one row for each sheet of paper, in any order."),
        say("Write several ticks in one cell with a semicolon and a space between."),
        say("Leave a cell blank where nothing was answered."),
        say("Do not write names, telephone numbers or addresses."),
    ]
    for row, sentence in enumerate(told):
        guide.write_string(row, 0, sentence)
    book.close()
    return file.getvalue()


def _points(question: FormQuestion) -> list[list[str]]:
    """Return the XLSForm rows of a budget question: a whole number a line, in one group."""
    names = [f"{question.id}_{code_of(option)}" for option in question.options]
    rows = [["begin_group", question.id, question.text, question.hint, "", "", ""]]
    for name, option in zip(names, question.options, strict=True):
        limit = f". >= 0 and . <= {question.total}"
        told = say("From 0 to {n} points.", n=question.total)
        rows.append(["integer", name, option, "", "", limit, told])
    rows.append(["end_group", "", "", "", "", "", ""])
    return rows


def _workbook(sheets: dict[str, list[list[str]]]) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    )
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
    book.close()
    return file.getvalue()
