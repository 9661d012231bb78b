"""Rows right under the headings that tell how to answer, or name parts of the form: no answers."""

from __future__ import annotations

import csv
import io
import random

import pytest

from needsmap.intake.survey import inspect, prepare

HEADINGS = ["Timestamp", "Your village", "What is missing here?", "Your age", "Anything else?"]
VILLAGES = ["Thrupp", "Nether Thrupp", "Coldwell"]
MISSING = ["A dry path", "A warm room", "A bus on Sundays", "Nothing"]
NOTES = [
    [
        "(automatic)",
        "(choose one)",
        "(tick up to three)",
        "(optional)",
        "(say as much as you like)",
    ],
    ["date", "single choice", "multiple choice", "single choice", "open text"],
    ["", "Please select one", "Please tick all that apply", "Select one", "Please write"],
    ["", "About you", "", "", "To finish"],
    ["", "PART ONE", "PART TWO", "", ""],
    ["filled in by the form", "pick from the list", "pick from the list", "years", "own words"],
    ["(automaattinen)", "(valitse yksi)", "(valitse kolme)", "(vapaaehtoinen)", "(vapaa teksti)"],
    ["", "[Q1]", "[Q2]", "[Q3]", "[Q4]"],
    ["", "↓", "↓", "↓", "↓"],
]


def answers(count: int) -> list[list[str]]:
    chance = random.Random(61)
    return [
        [
            f"2026-02-{i % 28 + 1:02d} 09:{i % 60:02d}:00",
            chance.choice(VILLAGES),
            chance.choice(MISSING),
            chance.choice(["16-24", "25-64", "65+"]),
            f"the lane by number {i} floods" if i % 3 else "",
        ]
        for i in range(count)
    ]


def read(rows: list[list[str]], headings: list[str] = HEADINGS):
    text = io.StringIO()
    csv.writer(text).writerows([headings, *rows])
    return prepare(inspect(text.getvalue().encode(), "a.csv"))


@pytest.mark.parametrize(("note", "count"), [*((note, 9) for note in NOTES), (NOTES[0], 60)])
def test_a_row_of_notes_is_set_aside_with_its_reason_and_every_answer_stays(note, count):
    plain, noted = read(answers(count)), read([note, *answers(count)])

    assert (noted.read, len(noted.survey.answers), noted.set_aside) == (count + 1, count, 1)
    told = [problem for problem in noted.problems if problem.code == "notes_row"]
    assert [problem.row for problem in told] == [2]
    assert [(q.role, q.kind, q.options) for q in noted.survey.questions] == [
        (q.role, q.kind, q.options) for q in plain.survey.questions
    ]


@pytest.mark.parametrize("count", [5, 40])
def test_notes_in_brackets_are_told_where_no_column_is_stamped(count):
    rows = [row[1:4] for row in answers(count)]
    noted = read([["(tick one)", "(tick up to three)", "(in years)"], *rows], HEADINGS[1:4])

    assert (len(noted.survey.answers), noted.set_aside) == (count, 1)


@pytest.mark.parametrize(
    "first",
    [
        ["2026-02-01 08:00:00", "Thrupp", "Please put the bus back", "65+", "(no more to say)"],
        ["2026-02-01 08:00:00", "Hill Farm", "The pub", "", "Please write to us"],
        ["", "Thrupp", "A warm room", "25-64", "sent on paper"],
        ["", "Coldwell", "A dry path, please", "65+", ""],
        ["yesterday", "Thrupp", "A dry path", "65+", "typed by hand"],
        ["2026-02-01 08:00:00", "", "", "", "Tick, tick, tick: time is running out"],
    ],
    ids=lambda first: first[-1] or "one word is new",
)
def test_the_first_person_may_answer_little_or_oddly(first):
    kept = read([first, *answers(40)])

    assert (len(kept.survey.answers), kept.set_aside) == (41, 0)


def test_people_without_a_stamp_who_speak_in_their_own_words_are_people():
    rows = [[f"more of {i}, please", f"less of {i * 7}"] for i in range(30)]
    kept = read(rows, ["What do you need?", "What is good here?"])

    assert (len(kept.survey.answers), kept.set_aside) == (30, 0)
