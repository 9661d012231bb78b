"""Years of birth and ages in years: kept as bands of age, never as they were given."""

from __future__ import annotations

import csv
import io
import random
from datetime import date

import pytest

from needsmap.intake.choices import Choices
from needsmap.intake.recall import as_kept, form_as_kept
from needsmap.intake.survey import inspect, prepare
from needsmap.report.mending import as_mend_csv

ASKED = 2021
# (born, band of the age reached in 2021), worked out by hand.
BORN = [
    ("2007", "0-15"), ("2005", "16-24"), ("1997", "16-24"), ("1996", "25-34"), ("1987", "25-34"),
    ("1980", "35-44"), ("1970", "45-54"), ("1960", "55-64"), ("1950", "65-74"), ("1946", "75+"),
    ("1925", "75+"),
]  # fmt: skip
BIRTH = [
    "What year were you born?", "Year of birth", "birth_year", "Syntymävuosi", "Geburtsjahr",
    "Année de naissance", "Año de nacimiento",
]  # fmt: skip


def file(heading: str, cells: list[str], stamped: str = "2021-05-{:02d} 10:15:00") -> bytes:
    text = io.StringIO()
    rows = [[stamped.format(i % 28 + 1), cell, f"more shade {i}"] for i, cell in enumerate(cells)]
    csv.writer(text).writerows([["Timestamp", heading, "What do you need?"], *rows])
    return text.getvalue().encode()


def people(count: int) -> list[tuple[str, str]]:
    chance = random.Random(51)
    return [chance.choice(BORN) for _ in range(count)]


def said(ready, position: int) -> list[str]:
    column = ready.survey.columns[f"q{position}"]
    return [column.cells[code] if code >= 0 else "" for code in column.codes]


@pytest.mark.parametrize("count", [3, 60])
@pytest.mark.parametrize("heading", BIRTH)
def test_a_year_of_birth_is_kept_as_a_band_of_age(heading, count):
    given = people(count)
    ready = prepare(inspect(file(heading, [year for year, _ in given]), "a.csv"))

    question = ready.survey.questions[0]
    assert (question.role, question.group, question.kind) == ("group", "age", "one_choice")
    assert said(ready, 2) == [band for _, band in given]
    kept = [cell for column in ready.survey.columns.values() for cell in column.cells]
    assert not any(year in cell for cell in kept for year, _ in given)


def test_bands_go_by_the_day_people_were_asked_when_it_is_given():
    content = file("Year of birth", [year for year, _ in BORN])
    ready = prepare(inspect(content, "a.csv", choices=Choices(asked=date(ASKED + 10, 3, 1))))

    # In 2031: 24, 26, 34, 35, 44, 51, 61, 71, 81, 85, 106.
    assert said(ready, 2) == [
        "16-24", "25-34", "25-34", "35-44", "35-44", "45-54", "55-64", "65-74", "75+", "75+", "75+",
    ]  # fmt: skip


def test_what_was_made_of_years_is_said_and_impossible_ones_are_named():
    cells = [year for year, _ in people(40)]
    cells[4], cells[9] = "1871", "2035"
    seen = inspect(file("Year of birth", cells), "a.csv")

    told = {problem.code: problem for problem in seen.problems}
    assert str(ASKED) in told["age_from_year"].message
    wrong = [problem for problem in seen.problems if problem.code == "age_cannot_be"]
    assert [(p.row, str(p.row) in p.message) for p in wrong] == [(6, True), (11, True)]
    assert ["1871" in wrong[0].message, "2035" in wrong[1].message] == [True, True]
    ready = prepare(seen)
    assert (said(ready, 2)[4], said(ready, 2)[9]) == ("", "")
    assert ready.read == len(ready.survey.answers) == 40


def test_ages_in_years_are_kept_in_the_same_bands():
    cells = [str(ASKED - int(year)) for year, _ in people(60)]
    cells[7] = "Prefer not to say"
    ready = prepare(inspect(file("How old are you?", cells), "a.csv"))

    bands = [band for _, band in people(60)]
    bands[7] = "Prefer not to say"
    assert said(ready, 2) == bands
    assert ready.survey.questions[0].kind == "one_choice"


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Age group", ["1", "2", "3", "4", "5", "6"]),
        ("Age", ["16-24", "25-44", "45-64", "65+"]),
        ("What year did you move here?", ["1999", "2005", "2011", "2018"]),
    ],
)
def test_codes_bands_and_other_years_stay_as_they_are(heading, cells):
    chance = random.Random(52)
    given = [chance.choice(cells) for _ in range(60)]
    ready = prepare(inspect(file(heading, given), "a.csv"))

    assert said(ready, 2) == given


def test_a_column_somebody_calls_something_else_is_left_as_it_is():
    given = [year for year, _ in people(30)]
    choices = Choices(roles={2: "other"})
    ready = prepare(inspect(file("Year of birth", given), "a.csv", choices=choices))

    assert said(ready, 2) == given


@pytest.mark.parametrize("heading", ["Year of birth", "How old are you?"])
def test_a_row_that_comes_back_mended_is_made_as_coarse_as_the_others(heading):
    years = [year for year, _ in people(40)]
    wrong, right = ("1871", "1987") if heading == "Year of birth" else ("400", "34")
    cells = years if heading == "Year of birth" else [str(ASKED - int(year)) for year in years]
    # Somebody is 34 already, so that the form kept knows the band.
    cells[0], cells[4] = right, wrong
    seen = inspect(file(heading, cells), "a.csv")
    ready = prepare(seen)
    kept = {form_as_kept(seen.form): as_kept(seen.as_read.values(), seen.choices, seen.language)}

    lines = as_mend_csv(ready.to_mend).decode("utf-8-sig").replace(wrong, right)
    again = prepare(inspect(lines.encode(), "mended.csv", recalled=kept.get))

    assert (again.read, said(again, 2)) == (1, ["25-34"])
