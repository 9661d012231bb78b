"""Blanks, codes, rankings, sums and points, and the forms of tools no file of ours has.

All files here are invented; what is expected was settled when each was written.
"""

# ruff: noqa: E501 - invented files read best in rows
from __future__ import annotations

import io
import random

import pytest
import xlsxwriter

from needsmap.errors import UnreadableFile
from needsmap.intake.answers import encode
from needsmap.intake.choices import Choices
from needsmap.intake.codes import read_codes
from needsmap.intake.files import read_table
from needsmap.intake.survey import inspect, prepare
from needsmap.intake.understanding import Understood, understand


def table(headings: list[str], rows: list[list[str]]) -> bytes:
    lines = [headings, *rows]
    return "\n".join(",".join(f'"{cell}"' for cell in line) for line in lines).encode()


def understood(data: bytes, choices: Choices | None = None) -> Understood:
    return understand(read_table(data, "answers.csv"), choices or Choices())


def questions(data: bytes, choices: Choices | None = None):
    return {q.columns: q for q in understood(data, choices).questions}


def chosen(data: bytes, columns: tuple[int, ...]) -> list[dict[str, float]]:
    """Return what each row chose: option text → value."""
    seen = understood(data)
    question = next(q for q in seen.questions if q.columns == columns)
    column = encode(seen.answers, question)
    return [
        {question.options[i].text: value for i, value in column.choices[code]} if code >= 0 else {}
        for code in column.codes
    ]


# --- Marks for "not answered" -------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "cells", "answered"),
    [
        ("How safe do you feel? (1-5)", ["1", "5", "3", "9", "4", "2"], 5),
        ("Rate the parks", ["1", "5", "3", "99", "4", "2"], 5),
        ("Rate the parks", ["0", "-1", "3", "1", "4", "2"], 5),
        # Nine people may live in a house, and 99 is an age.
        ("How many people live with you?", ["1", "5", "3", "9", "4", "2"], 6),
        ("Your age in years", ["18", "45", "33", "99", "64", "72"], 6),
        ("Your ward", ["East", "-", "West", "East", "West", "East"], 5),
        # One choice of the form, as far as anybody can tell.
        ("Do you drive?", ["Yes", "No", "N/A", "Yes", "No", "Yes"], 6),
        ("How many cars?", ["1", "2", "n/a", "0", "1", "1"], 5),
    ],
)  # fmt: skip
def test_a_mark_is_no_answer_only_where_it_cannot_be_one(heading, cells, answered):
    data = table([heading, "Row"], [[cell, f"r{i}"] for i, cell in enumerate(cells)])

    assert questions(data)[(1,)].answered == answered


def test_a_mark_in_many_unlike_columns_is_no_answer_in_any_and_is_told():
    rows = [["East", "Yes", "16-24", "2"], ["n/a"] * 4, ["West", "No", "65+", "n/a"]] * 4
    seen = understood(table(["Ward", "Do you drive?", "Age", "Cars"], rows))

    assert [q.answered for q in seen.questions] == [8, 8, 8, 4]
    assert [p.code for p in seen.problems] == ["read_as_blank"]
    assert "In 4 columns 'n/a'" in seen.problems[0].message


def test_what_means_nothing_can_be_settled_by_hand():
    data = table(["Rate the parks", "Row"], [[c, c] for c in ["1", "9", "3", "2", "4", "5"]])

    assert questions(data, Choices(missing={1: ()}))[(1,)].answered == 6
    assert questions(data, Choices(missing={1: ("3", "4")}))[(1,)].answered == 4


def test_keys_of_rows_do_not_depend_on_what_is_read_as_blank():
    data = table(
        ["Rate the parks", "Say"], [[c, f"it is {c} to me"] for c in ["1", "9", "3", "2", "4", "5"]]
    )
    with_nine = prepare(inspect(data, "a.csv", choices=Choices(missing={1: ()})))
    without = prepare(inspect(data, "a.csv"))

    assert list(with_nine.survey.answers["key"]) == list(without.survey.answers["key"])


# --- One question over several columns ----------------------------------------------------

NEEDS = ["Parks", "Buses", "Jobs", "Homes", "Doctors"]


def ballots(n: int, places: int) -> list[list[str]]:
    chance = random.Random(5)
    return [chance.sample(NEEDS, places) for _ in range(n)]


@pytest.mark.parametrize(
    "headings",
    [
        ["What is the biggest problem here?", "The second biggest problem", "The third biggest problem"],
        ["First priority", "Second priority", "Third priority"],
        ["Priority 1", "Priority 2", "Priority 3"],
        ["Mikä on tärkein asia?", "Mikä on toiseksi tärkein asia?", "Mikä on kolmanneksi tärkein asia?"],
        ["Primera prioridad", "Segunda prioridad", "Tercera prioridad"],
        ["Choose [1st choice]", "Choose [2nd choice]", "Choose [3rd choice]"],
    ],
)  # fmt: skip
def test_first_second_and_third_are_one_ranking(headings):
    data = table(["Row", *headings], [[f"r{i}", *b] for i, b in enumerate(ballots(30, 3))])

    assert questions(data)[(2, 3, 4)].kind == "ranking"
    first = ballots(30, 3)[0]
    assert chosen(data, (2, 3, 4))[0] == {text: float(i) for i, text in enumerate(first, 1)}


def test_statements_on_one_scale_are_no_ranking():
    chance = random.Random(1)
    scale = ["Agree", "Disagree", "Neutral", "Strongly agree"]
    rows = [[f"r{i}", *chance.choices(scale, k=3)] for i in range(30)]
    found = questions(table(["Row", "Statement 1", "Statement 2", "Statement 3"], rows))

    assert {q.kind for columns, q in found.items() if columns != (1,)} == {"rating"}


def test_a_column_an_item_with_its_place_is_a_ranking_and_ratings_are_not():
    chance = random.Random(2)
    places = [chance.sample("1234", 4) for _ in range(30)]
    heads = ["Row", *(f"Put in order: {need}" for need in NEEDS[:4])]
    ranked = table(heads, [[f"r{i}", *row] for i, row in enumerate(places)])
    rated = table(heads, [[f"r{i}", *chance.choices("1234", k=4)] for i in range(30)])

    question = questions(ranked)[(2, 3, 4, 5)]
    assert (question.kind, [o.text for o in question.options]) == ("ranking", NEEDS[:4])
    assert {q.kind for columns, q in questions(rated).items() if columns != (1,)} == {"rating"}


@pytest.mark.parametrize("separator", ["; ", ", ", " > ", "|"])
def test_one_cell_that_orders_the_same_things_is_a_ranking(separator):
    rows = [[f"r{i}", separator.join(b)] for i, b in enumerate(ballots(20, 5))]
    data = table(["Row", "Put these in order"], rows)

    assert questions(data)[(2,)].kind == "ranking"
    assert chosen(data, (2,))[3] == {t: float(i) for i, t in enumerate(ballots(20, 5)[3], 1)}


@pytest.mark.parametrize(
    ("mark", "heads"),
    [
        ("", [f"How would you spend 100 points? [{need}]" for need in NEEDS[:3]]),
        ("£", [f"£ for {need}" for need in NEEDS[:3]]),
        ("%", NEEDS[:3]),
    ],
)
def test_money_or_points_shared_out_are_amounts_whose_odd_sums_are_told(mark, heads):
    def said(number: int) -> str:
        return f"{mark}{number}" if mark != "%" else f"{number}%"

    shares = [(50, 30, 20), (100, 0, 0), (20, 40, 40), (10, 10, 80), (40, 40, 10), (60, 20, 20)]
    data = table(["Say", *heads], [[f"word {s}", *map(said, s)] for s in shares])
    seen = understood(data)

    question = next(q for q in seen.questions if q.columns == (2, 3, 4))
    assert (question.kind, [o.text for o in question.options]) == ("amount", NEEDS[:3])
    # METHODS 4.2: each amount as a share of the person's own total; odd sums are flagged.
    assert chosen(data, (2, 3, 4))[4] == {"Parks": 40 / 90, "Buses": 40 / 90, "Jobs": 10 / 90}
    told = [p for p in seen.problems if p.code == "amounts_rescaled"]
    assert [p.row for p in told] == [6]
    assert "add up to 90, not 100" in told[0].message


def test_two_columns_of_degrees_are_one_point():
    rows = [["a", "53.41", "-2.32"], ["b", "53.42", "-2.31"], ["c", "53.44", "-2.30"]]
    found = questions(table(["Say", "Latitude", "Longitude"], rows))

    assert (found[(2, 3)].kind, found[(2, 3)].role) == ("point", "location")


@pytest.mark.parametrize(
    ("cells", "points"),
    [
        (["1 (not at all)", "2", "3", "4", "5 (completely)", "3"], [1, 2, 3, 4, 5, 3]),
        (["0 - Never", "5", "10 - Always", "7", "6", "8", "9", "4", "3"], [1, 6, 11, 8, 7, 9, 10, 5, 4]),
        (["Very poor", "Good", "Don't know", "Fair", "Very good", "Poor"], [1, 4, 0, 3, 5, 2]),
    ],
)  # fmt: skip
def test_ratings_run_from_low_to_high_and_not_knowing_stands_apart(cells, points):
    # A scale from 0 counts from 1: the point 0 is for those who gave none.
    data = table(["Row", "How are the parks?"], [[f"r{i}", c] for i, c in enumerate(cells)])

    assert questions(data)[(2,)].kind == "rating"
    assert [next(iter(row.values())) for row in chosen(data, (2,))] == points


# --- Codes in words -----------------------------------------------------------------------

JISC = b"""URN,Q1,Q2_1,Q2_2,Q3,Q4_1_a_1,Q4_1_b_1
55-1,1,1,0,2,1,0
55-2,2,0,1,3,1,1
55-3,1,1,1,3,0,1
"""
KEY = b"""URN,Unique number
Q1,How old are you?
1,16 to 24
2,25 or over
Q2,What is missing?
1,"Parks, gardens"
2,Buses
Q3,How is the area?
2,Poor
3,Good
Q4,When do you use them?
Q4_1_a,The park
1,Summer
Q4_1_b,The park
1,Winter
"""


def test_codes_of_a_key_file_become_words():
    codes = read_codes(KEY, "key.csv")
    seen = understand(read_table(JISC, "a.csv"), Choices(codes=codes))
    by = {q.columns: q for q in seen.questions}

    assert seen.evidence.tool == "jisc"
    assert (by[(2,)].text, by[(2,)].role, by[(2,)].group) == ("How old are you?", "group", "age")
    assert {o.text: o.count for o in by[(2,)].options} == {"16 to 24": 2, "25 or over": 1}
    assert {o.text: o.count for o in by[(3, 4)].options} == {"Parks, gardens": 2, "Buses": 2}
    assert by[(3, 4)].role == "need"
    assert by[(5,)].kind == "rating"
    assert by[(6, 7)].text == "When do you use them? [The park]"
    assert [o.text for o in by[(6, 7)].options] == ["Summer", "Winter"]


def test_codes_survive_being_written_down_as_choices():
    choices = Choices(codes=read_codes(KEY, "key.csv"), missing={2: ("9",)})

    assert Choices.from_json(choices.to_json()) == choices


def test_an_xlsform_names_questions_and_choices():
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    sheets = {
        "survey": [["type", "name", "label"], ["select_multiple n", "needs", "What is missing?"],
                   ["select_one w", "ward", "Which ward?"]],
        "choices": [["list_name", "name", "label"], ["n", "bus", "Buses at night"],
                    ["n", "park", "A park, please"], ["w", "e", "East"], ["w", "s", "South"]],
    }  # fmt: skip
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for i, row in enumerate(rows):
            sheet.write_row(i, 0, row)
    book.close()
    data = table(
        ["start", "g/needs", "g/ward", "_uuid"],
        [["2025-03-01T10:00", needs, ward, f"7d0a4f3e-1111-4222-8333-44445555666{i}"]
         for i, (needs, ward) in enumerate([("bus park", "e"), ("bus", "s"), ("park bus", "e"),
                                            ("park", "s"), ("bus park", "s")])],
    )  # fmt: skip
    seen = understood(data, Choices(codes=read_codes(made.getvalue(), "form.xlsx")))
    by = {q.columns: q for q in seen.questions}

    assert by[(2,)].text == "What is missing?"
    assert {o.text: o.count for o in by[(2,)].options} == {"Buses at night": 4, "A park, please": 4}
    assert {o.text: o.count for o in by[(3,)].options} == {"East": 2, "South": 3}


def test_a_list_of_two_columns_serves_every_question():
    data = table(
        ["Row", "First", "Second"], [["a", "b1", "p1"], ["b", "p1", "b1"], ["c", "b1", "b1"]]
    )
    codes = read_codes(b"code,label\nb1,Buses\np1,Parks\n", "codes.csv")
    by = questions(data, Choices(codes=codes))

    assert {o.text for o in by[(2,)].options} == {"Buses", "Parks"}


@pytest.mark.parametrize("data", [b"just one column\nx\n", b"%PDF-1.7", b""])
def test_what_is_no_list_of_codes_is_refused(data):
    with pytest.raises(UnreadableFile) as refusal:
        read_codes(data, "x")
    assert refusal.value.fix


# --- Tools' forms that no file of ours has ------------------------------------------------


def test_surveymonkey_in_one_row_of_headings():
    rows = [[f"1143212345{60 + i}", "44332211", "03/01/2025", "Parks" if i % 2 else "",
             "Buses - late ones" if i % 3 else "", "16-24"] for i in range(6)]  # fmt: skip
    heads = ["Antwort-ID", "Sammler-ID", "Start", "Was fehlt? - Parks", "Was fehlt? - Buses - late ones",
             "Alter?"]  # fmt: skip
    seen = understood(table(heads, rows))

    assert seen.evidence.tool == "surveymonkey"
    question = next(q for q in seen.questions if len(q.columns) == 2)
    assert (question.text, question.kind, question.role) == ("Was fehlt?", "many_choices", "need")
    assert [o.text for o in question.options] == ["Parks", "Buses - late ones"]


def test_surveymonkey_condensed_codes():
    rows = [[f"1143212345{60 + i}", "Parks" if i % 2 else "", "Buses" if i % 3 else "", "East"]
            for i in range(6)]  # fmt: skip
    seen = understood(table(["respondent_id", "q0001_0001", "q0001_0002", "q0002"], rows))

    assert seen.evidence.tool == "surveymonkey"
    assert [o.text for o in seen.questions[1].options] == ["Parks", "Buses"]


def test_qualtrics_with_a_column_an_option_and_what_people_typed():
    heads = ["ResponseId", "Q5_1", "Q5_2", "Q5_3", "Q5_3_TEXT", "Q6"]
    texts = ["Antwort-ID", "Was fehlt? - Selected Choice - Parks", "Was fehlt? - Selected Choice - Bus",
             "Was fehlt? - Selected Choice - Sonstiges", "Was fehlt? - Sonstiges - Text", "Mehr?"]  # fmt: skip
    ids = ["_recordId", "QID5_1", "QID5_2", "QID5_3", "QID5_3_TEXT", "QID6_TEXT"]
    imports = ",".join('"{""ImportId"":""' + name + '""}"' for name in ids)
    lines = [",".join(heads), ",".join(f'"{t}"' for t in texts), imports]
    lines += ["R_1,Parks,,Sonstiges,eine Bank,ja", "R_2,,Bus,,,nein", "R_3,Parks,Bus,Sonstiges,Licht,ok",
              "R_4,,,Sonstiges,Bäume,nö"]  # fmt: skip
    seen = understood("\n".join(lines).encode())
    by = {q.columns: q for q in seen.questions}

    assert seen.evidence.tool == "qualtrics"
    assert by[(2, 3, 4, 5)].text == "Was fehlt?"
    assert [o.text for o in by[(2, 3, 4, 5)].options if o.offered] == ["Parks", "Bus", "Sonstiges"]
    assert by[(6,)].kind == "text"


def kobo(headings: list[str], rows: list[list[str]]) -> bytes:
    ids = [
        [f"7d0a4f3e-1111-4222-8333-4444555566{i:02d}", "2025-03-01T10:00:00"]
        for i in range(len(rows))
    ]
    return table(
        [*headings, "_uuid", "_submission_time"], [r + i for r, i in zip(rows, ids, strict=True)]
    )


def test_kobo_ticks_alone_and_with_the_joined_column():
    rows = [["bus park", "1", "1"], ["bus", "1", "0"], ["", "", ""]]
    both = questions(kobo(["a/needs", "a/needs/bus", "a/needs/park"], rows))
    alone = questions(kobo(["a/needs/bus", "a/needs/park"], [row[1:] for row in rows]))

    assert [o.count for o in both[(1, 2, 3)].options] == [2, 1]
    assert [o.count for o in alone[(1, 2)].options] == [2, 1]
    assert both[(1, 2, 3)].answered == 2


def test_kobo_points_in_one_cell_or_in_five():
    one = questions(kobo(["place"], [["53.4 -2.3 0 5"], ["53.5 -2.4 0 5"]]))
    five = questions(
        kobo(["place", "_place_latitude", "_place_longitude", "_place_altitude", "_place_precision"],
             [["53.4 -2.3 0 5", "53.4", "-2.3", "0", "5"], ["53.5 -2.4 0 5", "53.5", "-2.4", "0", "5"]])
    )  # fmt: skip

    assert (one[(1,)].kind, one[(1,)].role) == ("point", "location")
    assert (five[(2, 3, 4, 5, 1)].kind, five[(2, 3, 4, 5, 1)].role) == ("point", "location")


def test_kobo_repeats_are_refused_in_words():
    repeat = table(["age", "_index", "_parent_table_name", "_parent_index"],
                   [["4", "1", "form", "1"], ["6", "2", "form", "1"]])  # fmt: skip
    with pytest.raises(UnreadableFile, match="repeats"):
        understood(repeat)

    seen = read_table(kobo(["ward", "kids[1]/age", "kids[2]/age"], [["East", "4", "6"]]), "a.csv")
    found = understand(seen, Choices())
    assert (2,) not in {q.columns for q in found.questions}
    assert [p.code for p in seen.problems] == ["repeats_left_out"]


def test_a_spreadsheets_answers_are_found_among_other_sheets():
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    notes, first, again, other = (
        book.add_worksheet(n) for n in ("Notes", "Answers", "Copy", "May")
    )
    for i in range(60):
        notes.write_row(i, 0, [f"Note {i}", "about the survey"])
    for sheet, word in ((first, "Parks"), (again, "Parks"), (other, "Buses")):
        sheet.write_row(0, 0, ["Ward", "What is missing?", "Age", "Say"])
        for i in range(12):
            sheet.write_row(i + 1, 0, ["East", word, "16-24", f"word {i}"])
    book.close()
    raw = read_table(made.getvalue(), "a.xlsx")

    assert (raw.sheet, raw.rows_seen, raw.sheets) == (
        "Answers",
        12,
        ("Notes", "Answers", "Copy", "May"),
    )
    assert [p.message.split("'")[1] for p in raw.problems if p.code == "another_sheet"] == ["May"]
    assert read_table(made.getvalue(), "a.xlsx", sheet="May").cells[1][0] == "Buses"


def test_no_workbook_is_opened_on_a_full_disk(monkeypatch):
    import shutil

    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    book.add_worksheet("A").write_row(0, 0, ["a", "b"])
    book.close()
    usage = type("Usage", (), {"free": 199 * 1024 * 1024})
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)

    with pytest.raises(UnreadableFile, match="too little room"):
        read_table(made.getvalue(), "a.xlsx")
