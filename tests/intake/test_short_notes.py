"""Notes of one to three words stay what people wrote; printed choices stay choices.

What each column is was settled by reading it as a person would, before the code was asked.
"""

from __future__ import annotations

import csv
import io

import pytest

from needsmap.intake.survey import inspect
from needsmap.tables import Question


def asked(heading: str, answers: list[str]) -> Question:
    file = io.StringIO()
    rows = csv.writer(file)
    rows.writerow(["Ref", heading])
    rows.writerows([f"r{number}", answer] for number, answer in enumerate(answers))
    return inspect(file.getvalue().encode(), "a.csv").questions[1]


@pytest.mark.parametrize(
    ("heading", "answers", "role"),
    [
        ("Anything else?", ["No", "no", "None", "Litter", "litter", "Thank you", "No", "No"],
         "open_text"),
        ("Anything else you want to say?", ["No", "None", "Litter", "Parking", "Thank you"] * 40,
         "open_text"),
        ("Any comments?", ["Parks", "litter", "buses"], "open_text"),
        ("Comments", ["ok", "ok", "good", "fine", "ok", "good"], "open_text"),
        ("What is the one thing you would change?",
         ["Buses", "buses", "parks", "Parks", "litter", "Litter", "litter!", "Dog mess"] * 4,
         "need"),
        ("What is good about living here?",
         ["parks", "quiet", "Neighbours", "Parks", "the river", "Quiet", "neighbours", "parks"],
         "strength"),
    ],
)  # fmt: skip
def test_short_notes_are_words_of_their_own(heading: str, answers: list[str], role: str) -> None:
    found = asked(heading, answers)

    assert (found.role, found.kind) == (role, "text")


@pytest.mark.parametrize(
    ("heading", "answers", "kind"),
    [
        ("What does your area need most?", ["Parks", "Buses", "Jobs", "Parks", "Homes"] * 4,
         "one_choice"),
        ("What does your area need most?",
         ["Parks", "Buses", "Jobs", "Homes"] * 6 + ["a lido", "bins please", "More trees"],
         "one_choice"),
        # Names that KoboToolbox gives to options are all in small letters.
        ("What does your area need most?", ["parks", "buses", "jobs", "parks", "homes"] * 4,
         "one_choice"),
        ("Please tell us how you heard of us", ["Facebook", "Friend", "Poster", "Friend"] * 9,
         "one_choice"),
        ("Any other comments for us to read?", ["Yes", "No", "No", "Yes", "No"] * 3, "one_choice"),
        ("What do you need?", ["🚌", "🌳", "🏥", "🌳"] * 6, "one_choice"),
        # A fact about people is one choice however it was typed.
        ("What is your gender?", ["female", "Female", "male", "Male", "female", "Male"] * 3,
         "one_choice"),
        ("Which ward do you live in?", ["east", "East", "west", "West", "West", "east"] * 3,
         "one_choice"),
    ],
)  # fmt: skip
def test_choices_stay_choices(heading: str, answers: list[str], kind: str) -> None:
    assert asked(heading, answers).kind == kind
