"""Plain tables as people lay them out: titles above, headings in two rows, ticks, totals."""

from __future__ import annotations

import csv
import io
import re

import pytest

from needsmap.intake.inspection import Inspection
from needsmap.intake.survey import inspect, prepare
from tests.intake.foreign import ENGLISH, people
from tests.intake.foreign_writers import cells, google, ticked

WHO = people(ENGLISH, 40, 9)
_GRID = re.compile(r"(.*) \[(.*)\]")


def table(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def whole() -> tuple[list[str], list[list[str]], dict]:
    """Return headings, rows and truth of the survey as one plain table without a time."""
    sheet = google(WHO, ENGLISH)
    rows = [list(row)[1:] for row in zip(*sheet.columns, strict=True)]
    meant = {
        tuple(c - 1 for c in columns): m for columns, m in sheet.meant.items() if columns != (1,)
    }
    return [heading[0] for heading in sheet.headings[1:]], rows, meant


HEADS, ROWS, MEANT = whole()
WIDTH = len(HEADS)
CUT = [_GRID.fullmatch(heading) for heading in HEADS]
QUESTIONS = [found[1] if found else heading for heading, found in zip(HEADS, CUT, strict=True)]
OPTIONS = [found[2] if found else "" for found in CUT]
FIRST = [q if i == 0 or q != QUESTIONS[i - 1] else "" for i, q in enumerate(QUESTIONS)]
PART = ["About the street", *[""] * 6, "What comes first", *[""] * (WIDTH - 8)]
BLANK = [""] * WIDTH

TABLES: dict[str, tuple[list[list[str]], list[int]]] = {
    "as it is": ([HEADS, *ROWS], [1]),
    "title, note and a blank line": (
        [["Brackenfold 2026"], ["By the hall committee", ""], [], HEADS, *ROWS],
        [4],
    ),
    "title over the whole width": ([["Brackenfold 2026", *BLANK[1:]], HEADS, *ROWS], [2]),
    "labels above": ([["Survey:", "Brackenfold"], ["Date:", "March"], HEADS, *ROWS], [3]),
    "headings over several lines": ([[h.replace(" ", "\n", 2) for h in HEADS], *ROWS], [1]),
    "titles of parts above": ([PART, HEADS, *ROWS], [2]),
    "options below their question": ([FIRST, OPTIONS, *ROWS], [1, 2]),
    "parts, questions, options": ([PART, FIRST, OPTIONS, *ROWS], [2, 3]),
    "single questions in the lower row": (
        [
            [f if o else "" for f, o in zip(FIRST, OPTIONS, strict=True)],
            [o or q for q, o in zip(QUESTIONS, OPTIONS, strict=True)],
            *ROWS,
        ],
        [1, 2],
    ),
    "question over each of its options": ([QUESTIONS, OPTIONS, *ROWS], [1, 2]),
    "codes above": ([[f"Q{i}" for i in range(1, WIDTH + 1)], HEADS, *ROWS], [1, 2]),
    "codes below": ([HEADS, [f"Q{i}" for i in range(1, WIDTH + 1)], *ROWS], [1, 2]),
    "numbers above": ([[str(i) for i in range(1, WIDTH + 1)], HEADS, *ROWS], [1, 2]),
    "blank lines between": ([HEADS, *(line for row in ROWS for line in (row, BLANK))], [1]),
    "a total at the foot": ([HEADS, *ROWS, BLANK, ["", "Total responses", "40", *BLANK[3:]]], [1]),
}


def wrong(seen: Inspection, meant: dict) -> list[str]:
    found = {tuple(sorted(q.columns)): (q.role, q.kind, q.group) for q in seen.questions}
    return [f"{c}: {found.get(c)} for {m}" for c, m in meant.items() if found.get(c) != m]


@pytest.mark.parametrize("name", list(TABLES))
def test_a_plain_table_is_understood_however_its_headings_stand(name):
    rows, header_rows = TABLES[name]
    seen = inspect(table(rows), "table.csv")

    assert (seen.evidence.tool, seen.raw.header_rows) == ("plain", header_rows)
    assert wrong(seen, MEANT) == []
    done = prepare(seen)
    assert len(seen.raw.cells) == len(ROWS)
    assert done.read == len(done.survey.answers) + done.set_aside


@pytest.mark.parametrize(("yes", "no"), [("x", ""), ("1", "0"), ("Yes", "No"), ("✓", "")])
@pytest.mark.parametrize(
    "style", ["{q} - {o}", "{q}: {o}", "{q} [{o}]", "two rows", "each", "lower"]
)
def test_a_column_an_option_is_one_question_however_it_is_headed(style, yes, no):
    asked = ENGLISH[1]
    columns = [ticked(WHO, asked, option, yes, no, "") for option in asked.options]
    rows = [list(row) for row in zip(cells(WHO, ENGLISH[7], ""), *columns, strict=True)]
    age, more = ENGLISH[7].text, [""] * (len(asked.options) - 1)
    heads = {
        "two rows": [[age, asked.text, *more], ["", *asked.options]],
        "each": [[age, *[asked.text] * len(asked.options)], ["", *asked.options]],
        "lower": [["", asked.text, *more], [age, *asked.options]],
    }.get(style) or [[age, *(style.format(q=asked.text, o=option) for option in asked.options)]]
    seen = inspect(table([*heads, *rows]), "table.csv")

    columns_of = tuple(range(2, len(asked.options) + 2))
    meant = {(1,): ("group", "one_choice", "age"), columns_of: ("need", "many_choices", "")}
    assert wrong(seen, meant) == []
    question = next(q for q in seen.questions if len(q.columns) > 1)
    # Counted from the people themselves.
    chosen = [sum(option in p.given.get("needs", []) for p in WHO) for option in asked.options]
    assert [option.count for option in question.options] == chosen


def test_marks_without_a_question_above_are_options_and_needs_when_they_name_needs():
    asked = ENGLISH[1]
    columns = [ticked(WHO, asked, option, "x", "", "") for option in asked.options]
    rows = [list(row) for row in zip(cells(WHO, ENGLISH[7], ""), *columns, strict=True)]
    seen = inspect(table([["Age", *asked.options], *rows]), "table.csv")

    assert wrong(seen, {tuple(range(2, 8)): ("need", "many_choices", "")}) == []


def test_two_rows_of_answers_are_never_taken_for_headings():
    rows = [
        ["Ward", "What is missing?", "Age"],
        ["Sale", "Parks", "16-24"],
        ["Sale", "Buses", "65+"],
        ["Hale", "Parks", "16-24"],
        ["Sale", "Jobs", "65+"],
    ]
    seen = inspect(table(rows), "table.csv")

    assert (seen.raw.header_rows, seen.raw.rows_seen) == ([1], 4)


def test_a_list_of_codes_is_told_from_answers():
    key = [
        ["Q1", "How old are you?"],
        ["1", "16-24"],
        ["2", "25 or over"],
        ["Q2", "What is missing?"],
        ["1", "Parks"],
        ["2", "Buses"],
        ["3", "Jobs"],
    ]
    named = [["code", "label"], ["parks", "Parks"], ["buses", "Buses"], ["jobs", "Jobs"]]
    for rows in (key, named):
        seen = inspect(table(rows), "list.csv")

        assert [p.code for p in seen.problems if p.code == "list_of_codes"] == ["list_of_codes"]
        assert {question.role for question in seen.questions} == {"other"}
    answers = inspect(
        table([["name", "type"], ["Ann Lee", "a"], ["Bo Ek", "b"], ["Cy Oz", "c"]]), "a.csv"
    )
    assert not [p for p in answers.problems if p.code == "list_of_codes"]
