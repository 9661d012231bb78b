"""Answers encoded: each row's code leads to what that row said."""

from __future__ import annotations

from pathlib import Path

import pytest

from needsmap.intake import tools
from needsmap.intake.answers import encode
from needsmap.intake.choices import Choices
from needsmap.intake.columns import guess_questions
from needsmap.intake.files import read_table
from needsmap.intake.raw_table import RawTable
from needsmap.tables import Option, Question


def table(*rows: str) -> RawTable:
    return read_table("\n".join(rows).encode(), "answers.csv", delimiter="|", header_row=1)


def said(raw: RawTable, question: Question) -> list[dict[str, float] | None]:
    """Return what each row says, by option text; None where it says nothing."""
    column = encode(raw, question)
    assert len(column.codes) == len(raw.cells)
    return [
        None if code < 0 else {question.options[i].text: value for i, value in column.choices[code]}
        for code in column.codes
    ]


def test_many_choices_keep_options_with_commas_and_own_words():
    raw = table("What?|n", "Parks, gardens, Buses|1", "|2", " Buses |3", "Buses, a bench|4")
    options = (Option("Parks, gardens"), Option("Buses"), Option("Other", offered=False))
    question = Question("q1", "What?", "need", "many_choices", (1,), ", ", options)

    assert said(raw, question) == [
        {"Parks, gardens": 1, "Buses": 1},
        None,
        {"Buses": 1},
        {"Buses": 1, "Other": 1},
    ]


def test_an_ordered_cell_gives_places():
    raw = table("Rank|n", "Buses;Parks;Homes;|1", "Homes;Buses;Parks;|2")
    options = (Option("Parks"), Option("Buses"), Option("Homes"))
    question = Question("q1", "Rank", "need", "ranking", (1,), ";", options)

    assert said(raw, question) == [
        {"Buses": 1, "Parks": 2, "Homes": 3},
        {"Homes": 1, "Buses": 2, "Parks": 3},
    ]


def test_columns_an_item_and_columns_a_place_both_give_places():
    raw = table("Parks|Buses|Homes", "2|1|3", "1||2")
    options = (Option("Parks"), Option("Buses"), Option("Homes"))
    question = Question("q1", "Rank", "need", "ranking", (1, 2, 3), None, options)
    assert said(raw, question) == [{"Buses": 1, "Parks": 2, "Homes": 3}, {"Parks": 1, "Homes": 2}]

    raw = table("First|Second", "Buses|Parks", "Homes|")
    question = Question("q1", "Rank", "need", "ranking", (1, 2), None, options)
    assert said(raw, question) == [{"Buses": 1, "Parks": 2}, {"Homes": 1}]


def test_amounts_become_shares_of_each_persons_own_total():
    raw = table("Parks|Buses", "75|25", "£1,000|£3,000", "0|0", "|")
    options = (Option("Parks"), Option("Buses"))
    question = Question("q1", "Share out", "need", "amount", (1, 2), None, options)

    # 75 of 100; 1,000 of 4,000; a row of noughts gives nothing to anybody.
    assert said(raw, question)[:3] == [
        {"Parks": 0.75, "Buses": 0.25},
        {"Parks": 0.25, "Buses": 0.75},
        {},
    ]


def test_ratings_give_the_point_on_the_scale_and_nought_for_dont_know():
    raw = table("Clean?|n", "Agree|1", "Strongly disagree|2", "Don't know|3", "Strongly agree|4",
                "Disagree|5")  # fmt: skip
    options = tuple(
        Option(text)
        for text in ("Agree", "Strongly disagree", "Don't know", "Strongly agree", "Disagree")
    )
    question = Question("q1", "Clean?", "other", "rating", (1,), None, options)

    # Four of the five usual points were used: strongly disagree 1 … strongly agree 4.
    assert [next(iter(row.values())) for row in said(raw, question)] == [3, 1, 0, 4, 2]


def test_two_halves_of_a_point_become_one_text():
    raw = table("lat|lon", "60.17|24.94", "60.2|", "|")
    question = Question("q1", "lat", "location", "point", (1, 2))
    column = encode(raw, question)

    assert [column.cells[c] if c >= 0 else None for c in column.codes] == ["60.17, 24.94", None]


def test_ticks_in_columns_are_read_with_noughts_as_not_chosen():
    raw = table("Parks|Buses|Else", "1|0|", "0|0|", "1|1|a bench", "||a bin", "||a tree")
    options = (Option("Parks"), Option("Buses"), Option("Other", offered=False))
    question = Question("q1", "What?", "need", "many_choices", (1, 2, 3), None, options)

    assert said(raw, question) == [
        {"Parks": 1},
        {},
        {"Parks": 1, "Buses": 1, "Other": 1},
        {"Other": 1},
        {"Other": 1},
    ]


def test_counts_of_options_agree_with_the_encoded_answers():
    rows = ["Which are missing?|n"]
    rows += ["Parks, Buses|1", "Parks|1", "Buses, Homes|1", "Homes, Jobs|1", "Jobs|1"] * 20
    rows += ["Parks, a bench for the old|1"]
    raw = table(*rows)
    _, groups = tools.recognise(raw)
    question = guess_questions(raw, groups, Choices())[0]
    answers = said(raw, question)

    assert question.kind == "many_choices"
    for option in question.options:
        assert option.count == sum(option.text in row for row in answers if row)


@pytest.mark.parametrize(
    "name",
    [
        "google_forms_oakland_budget_priorities_2025_en.csv",
        "surveymonkey_two_header_rows_star_wars.csv",
        "limesurvey_rse_uk_2017.csv",
        "typeform_fcc_2016_part1_first1500lines.csv",
        "jisc_online_surveys_open_data_en.csv",
    ],
)
def test_in_real_exports_every_option_is_encoded_as_often_as_it_was_counted(shelf: Path, name):
    raw = read_table(shelf / "surveys" / name, name)
    for question in guess_questions(raw, tools.recognise(raw)[1], Choices()):
        column = encode(raw, question)
        counted = [0] * len(question.options)
        for code in column.codes:
            for option, _ in column.choices[code] if code >= 0 else ():
                counted[option] += 1
        assert counted == [option.count for option in question.options], question.text
