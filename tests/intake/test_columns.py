"""Questions understood: role, kind, separator and options, from answers in sight."""

from __future__ import annotations

from pathlib import Path

import pytest

from needsmap.intake import tools
from needsmap.intake.choices import Choices
from needsmap.intake.columns import guess_questions
from needsmap.intake.files import read_table


def understood(text: str, choices: Choices | None = None):
    raw = read_table(text.encode(), "answers.csv")
    _, groups = tools.recognise(raw)
    return guess_questions(raw, groups, choices or Choices())


def column(heading: str, cells: list[str]):
    lines = [f'"{heading}",row'] + [f'"{cell}",r{i}' for i, cell in enumerate(cells)]
    return understood("\n".join(lines))[0]


@pytest.mark.parametrize(
    ("heading", "cells", "role", "kind"),
    [
        ("Timestamp", ["2025/03/01 10:00:01", "2025/03/02 11:30:00"], "when", "date"),
        ("Aikaleima", ["1.3.2025 klo 10.11.12", "1.3.2025 klo 9.05.00"], "when", "date"),
        ("Postcode", ["M33 2AB", "m331dd", "WA14 3EF"], "location", "text"),
        ("Whatever", ["M33 2AB", "M33 1DD", "WA14 3EF"], "location", "text"),
        ("Zone", ["E01006074", "E01006075", "E01006076"], "location", "text"),
        ("Where", ["60.17, 24.94", "60.20, 24.96"], "location", "point"),
        ("Your ward", ["Ashton", "Sale", "Sale", "Ashton", "Broad"], "location", "one_choice"),
        ("E-mail address", ["a@example.org", "b@example.org"], "identity", "text"),
        ("Contact", ["a@example.org", "b@example.org"], "identity", "text"),
        ("Your name", ["Ann", "Bob"], "identity", None),
        ("Welche Gruppe?", ["16-24", "25-34", "65+", "16-24", "65+", "25-34"], "group",
         "one_choice"),
        ("How old are you?", ["16-24", "65+", "16-24", "65+", "16-24"], "group", "one_choice"),
        ("Gender", ["Female", "Male", "Female", "Male"], "group", "one_choice"),
        ("The streets are clean", ["Agree", "Disagree", "Strongly agree", "Agree", "Don't know"],
         "other", "rating"),
        ("Rate the buses", ["1", "5", "3", "4", "2", "3"], "other", "rating"),
        ("How many hours a week?", ["20", "35", "37.5", "8", "16", "0", "12", "40", "1", "2", "3",
         "4"], "other", "number"),
        ("What is missing here?", ["A park for the children", "Buses at night, every night",
         "More doctors", "Somewhere to meet", "A bench by the river"], "need", "text"),
        ("What is good about living here?", ["The park", "My neighbours", "The canal walk",
         "Quiet streets", "Good people, all of them"], "strength", "text"),
        ("What could you offer?", ["I can cook", "Time on Mondays", "A van, if needed",
         "Bookkeeping", "Nothing yet"], "offer", "text"),
        ("What do you like least?", ["The noise", "Litter on the road", "Fast cars",
         "No buses", "The rain that never ends"], "need", "text"),
        ("Anything else?", ["Thank you for asking us", "No", "Come to the hall on Friday",
         "I have said it all", "Well done"], "open_text", "text"),
    ],
)  # fmt: skip
def test_role_and_kind_of_a_question(heading, cells, role, kind):
    question = column(heading, cells)

    assert question.role == role
    if kind:
        assert question.kind == kind


def test_every_question_has_its_position_and_its_number_of_answers():
    first, second = understood("Your ward,Anything else?\nEast,\nWest,a long word\nEast,\n")

    assert (first.id, first.columns, first.answered) == ("q1", (1,), 3)
    assert (second.id, second.columns, second.answered) == ("q2", (2,), 1)


def test_one_choice_with_own_wording_counts_it_as_other():
    cells = ["Yes, often"] * 30 + ["Yes, sometimes"] * 20 + ["No"] * 30 + ["Only in May", "Ask Sue"]
    question = column("Do you go out?", cells)

    assert question.kind == "one_choice"
    assert {(o.text, o.count, o.offered) for o in question.options} == {
        ("No", 30, True),
        ("Yes, often", 30, True),
        ("Yes, sometimes", 20, True),
        ("Other", 2, False),
    }


def test_what_was_chosen_by_hand_stands_above_every_guess():
    text = "Row,What?\n" + "".join(f"r{i},Parks, trees\n".replace("Parks, trees", '"Parks, trees"')
                                   for i in range(5))  # fmt: skip
    choices = Choices(
        roles={2: "need"}, kinds={2: "many_choices"}, separators={2: ", "}, drop=frozenset({1})
    )

    (question,) = understood(text, choices)

    assert (question.role, question.kind, question.separator) == ("need", "many_choices", ", ")


def test_a_group_chosen_by_hand_makes_the_question_a_group():
    question = understood("Row,Which?\na,x\nb,y\n", Choices(groups={2: "tenure"}))[1]

    assert (question.role, question.group) == ("group", "tenure")


# Read by hand off the frequency table of each question's pieces in the published file:
# the wordings given by hundreds of people; everything else is one person's own.
OAKLAND = {
    6: {
        "Robust small business economy",
        "Clean and well-maintained streets",
        "Feeling safe when walking and/or leaving my car alone",
        "Timely and effective emergency responders",
        "Affordable housing",
        "Vibrant arts and culture scene",
        "Accessible after-school programs and other youth programming",
        "Affordable and healthy food",
    },
    7: {
        "Reduced maintenance (e.g. more potholes, more vandalism, more illegal dumping, "
        "reduced cleanliness, reduced sidewalk and bike accessibility)",
        "Reduced public safety resources",
        "Reduced support for small businesses",
        "Reduced access to affordable housing",
        "Reduced access to after-school programs and other youth programming",
        "Reduced access to affordable and healthy food",
        "Reduced grant funding",
        "I have not noticed any changes in the last 5 years",
    },
}


def test_oakland_gives_the_forms_own_options(shelf: Path):
    name = "google_forms_oakland_budget_priorities_2025_en.csv"
    raw = read_table(shelf / "surveys" / name, name)
    evidence, groups = tools.recognise(raw)
    questions = {q.columns[0]: q for q in guess_questions(raw, groups, Choices())}

    assert evidence.tool == "google_forms"
    many = {position for position, q in questions.items() if q.kind == "many_choices"}
    assert many == set(OAKLAND)
    for position, expected in OAKLAND.items():
        options = questions[position].options
        assert {o.text for o in options if o.offered} == expected
        assert [o.text for o in options if not o.offered] == ["Other"]
    assert [questions[i].role for i in (1, 5, 6, 7, 14, 15, 17, 18, 19)] == [
        "when", "need", "need", "other", "open_text", "location", "group", "group", "group",
    ]  # fmt: skip
    # What to spend less on, and how the budget affected people, is nobody's wish.
    assert [q.columns[0] for q in questions.values() if q.role == "need"] == [5, 6]
    assert [questions[i].group for i in (17, 18, 19)] == ["age", "ethnicity", "gender"]
