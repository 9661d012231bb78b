"""Workbooks of both kinds through the whole way: read, understood, ready to be kept.

The .ods is written by hand as OASIS OpenDocument 1.3 lays it down, for no program that
writes it is among our own; the .xlsx by XlsxWriter.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from html import escape

import pytest
import xlsxwriter

from needsmap.errors import UnreadableFile
from needsmap.intake.choices import Choices
from needsmap.intake.survey import inspect, prepare

Sheets = dict[str, list[list[object]]]
HEAD: list[object] = [
    "When", "How old are you?", "What does your area need most?", "Anything else?",
]  # fmt: skip
BANDS = ("16-24", "25-34", "65+")
ROWS: list[list[object]] = [
    [datetime(2026, 3, 1 + n, 10, 30), BANDS[n % 3], ("Parks; Buses", "Buses", "Parks")[n % 3],
     f"What we said, number {n}: =1+1 & <b>"]
    for n in range(24)
]  # fmt: skip
SHEETS: Sheets = {
    "Notes": [["Our forum's survey"], ["Asked in March"]],
    "Answers": [["Forum survey, as of 25 March"], [], HEAD, *ROWS],
    "Empty": [],
}


def as_xlsx(sheets: Sheets) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"strings_to_formulas": False})
    when = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, datetime):
                    sheet.write_datetime(number, column, cell, when)
                else:
                    sheet.write(number, column, cell)
    book.close()
    return file.getvalue()


def as_ods(sheets: Sheets) -> bytes:
    def cell(value: object) -> str:
        if isinstance(value, datetime):
            moment = value.isoformat()
            return (f'<table:table-cell office:value-type="date" office:date-value="{moment}">'
                    f"<text:p>{moment}</text:p></table:table-cell>")  # fmt: skip
        return (f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}'
                "</text:p></table:table-cell>")  # fmt: skip

    tables = "".join(
        f'<table:table table:name="{name}">'
        + "".join(
            f"<table:table-row>{''.join(map(cell, row)) or '<table:table-cell/>'}</table:table-row>"
            for row in rows or [[]]
        )
        + "</table:table>"
        for name, rows in sheets.items()
    )
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{spaces} '
        f'office:version="1.3"><office:body><office:spreadsheet>{tables}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", kind, zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return file.getvalue()


both = pytest.mark.parametrize("write", [as_xlsx, as_ods], ids=["xlsx", "ods"])
Write = Callable[[Sheets], bytes]


@both
def test_a_workbook_is_read_from_bytes_to_answers(write: Write) -> None:
    seen = inspect(write(SHEETS), "forum.book")
    ready = prepare(seen)

    assert (seen.raw.format, seen.raw.sheet) == (write.__name__[3:], "Answers")
    assert seen.raw.sheets == ("Notes", "Answers")
    assert seen.raw.header_rows == [3]
    assert seen.raw.row_numbers.tolist() == list(range(4, 28))
    assert (ready.read, len(ready.survey.answers), ready.set_aside) == (24, 24, 0)
    told = {q.text: (q.role, q.kind) for q in seen.questions}
    assert told == {
        "When": ("when", "date"),
        "How old are you?": ("group", "one_choice"),
        "What does your area need most?": ("need", "many_choices"),
        "Anything else?": ("open_text", "text"),
    }
    needs = next(q for q in seen.questions if q.role == "need")
    # Of 24: eight say both, eight buses alone, eight parks alone.
    assert {o.text: o.count for o in needs.options} == {"Parks": 16, "Buses": 16}
    words = ready.survey.columns[next(q.id for q in seen.questions if q.role == "open_text")]
    assert words.cells[words.codes[5]] == "What we said, number 5: =1+1 & <b>"
    assert ready.survey.answers["answered_on"].tolist()[5] == str(date(2026, 3, 6))


@both
def test_another_sheet_can_be_chosen_and_both_kinds_read_alike(write: Write) -> None:
    chosen = inspect(write(SHEETS), "forum.book", choices=Choices(sheet="Notes"))

    assert chosen.raw.sheet == "Notes"
    assert chosen.raw.cells.iloc[:, 0].tolist() == ["Asked in March"]
    assert inspect(as_xlsx(SHEETS), "a").raw.cells.equals(inspect(as_ods(SHEETS), "b").raw.cells)


@both
@pytest.mark.parametrize(
    ("sheets", "said"),
    [
        ({"One": []}, "No sheet of this workbook holds anything"),
        ({"One": [[f"Q{n}" for n in range(501)], [str(n) for n in range(501)]]}, "500"),
    ],
    ids=["empty", "too wide"],
)
def test_what_no_survey_is_gets_refused_in_words(write: Write, sheets: Sheets, said: str) -> None:
    with pytest.raises(UnreadableFile, match=said):
        inspect(write(sheets), "forum.book")
