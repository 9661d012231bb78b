"""Orders of preference, however a form or a person writes them: in one cell or in columns.

The needs and their wording are invented; nothing in the code can know them.
"""

from __future__ import annotations

import random

import pytest

from needsmap.intake.choices import Choices
from needsmap.intake.files import read_table
from needsmap.intake.understanding import understand
from tests.intake.test_kinds import chosen, read

NEEDS = [
    "Allotments, orchards and hives",
    "A ferry that runs",
    "Damp put right",
    "Somewhere to skate",
    "Evening surgery",
    "Repair café",
]
NUMBERED = [
    ("{n}. {need}", ", "),
    ("{n}) {need}", "; "),
    ("({n}) {need}", " "),
    ("{n}: {need}", "\n"),
    ("#{n} {need}", " | "),
    ("{need} ({n})", "; "),
    ("{n} - {need}", ", "),
    ("{n}.{need}", ","),
    ("{th}: {need}", "; "),
    ("{th} {need}", ", "),
]
TH = ["", "1st", "2nd", "3rd", "4th", "5th", "6th"]


def orders(count: int, most: int, seed: int) -> list[list[str]]:
    chance = random.Random(seed)
    return [chance.sample(NEEDS, most) for _ in range(count)]


@pytest.mark.parametrize(("most", "count"), [(3, 12), (6, 12), (4, 70)])
@pytest.mark.parametrize(("style", "joint"), NUMBERED)
def test_a_numbered_list_in_a_cell_is_a_ranking_whatever_the_heading_says(
    style, joint, most, count
):
    given = orders(count, most, 31)
    cells = [
        joint.join(style.format(n=n, th=TH[n], need=need) for n, need in enumerate(each, 1))
        for each in given
    ]
    seen = read(["What does Osier Bank need?"], [[cell] for cell in cells])

    question = seen.questions[1]
    assert (question.role, question.kind) == ("need", "ranking")
    assert {option.text for option in question.options} == {n for each in given for n in each}
    assert chosen(seen, (2,)) == [
        {need: float(n) for n, need in enumerate(each, 1)} for each in given
    ]


def test_the_numbers_count_and_not_where_they_stand():
    given = orders(30, 3, 32)
    backwards = [
        ", ".join(f"{n}. {need}" for n, need in reversed(list(enumerate(each, 1))))
        for each in given
    ]
    seen = read(["Your needs"], [[cell] for cell in backwards])

    assert chosen(seen, (2,))[0] == {need: float(n) for n, need in enumerate(given[0], 1)}


@pytest.mark.parametrize("joint", [" > ", ">", " → ", " >> ", "; ", ";", " | "])
@pytest.mark.parametrize(("most", "count"), [(3, 12), (6, 70)])
def test_what_a_heading_asks_to_put_in_order_is_a_ranking(joint, most, count):
    given = orders(count, most, 33)
    seen = read(["Put what is most needed first"], [[joint.join(each)] for each in given])

    question = seen.questions[1]
    assert (question.role, question.kind) == ("need", "ranking")
    assert chosen(seen, (2,))[0] == {need: float(n) for n, need in enumerate(given[0], 1)}


@pytest.mark.parametrize("joint", [" > ", ">", " → "])
def test_arrows_between_needs_that_change_places_are_a_ranking_under_any_heading(joint):
    given = orders(30, 3, 34)
    seen = read(["What does Osier Bank need?"], [[joint.join(each)] for each in given])

    assert seen.questions[1].kind == "ranking"


def test_steps_down_a_tree_of_choices_are_no_ranking():
    chance = random.Random(35)
    tree = ["Outdoors > Parks", "Outdoors > Ponds", "Indoors > Hall", "Indoors > Library"]
    seen = read(["Where would you spend it?"], [[chance.choice(tree)] for _ in range(40)])

    assert seen.questions[1].kind == "one_choice"


@pytest.mark.parametrize(
    "own",
    [
        "1. the bins are late 2. nobody answers the phone number {n}",
        "1) {n} buses a day, 2) more trees",
        "We moved here in {n}. It was quieter",
    ],
)
def test_lists_in_peoples_own_words_stay_words(own):
    chance = random.Random(36)
    words = ["late", "dark", "cold", "far", "dear", "noisy", "bins", "dogs", "lamps", "mud"]
    said = [
        own.format(n=chance.randint(2, 99)).replace("quieter", " ".join(chance.sample(words, 4)))
        + f" and {' '.join(chance.sample(words, 5))}"
        for _ in range(40)
    ]
    seen = read(["Anything else you would like to say?"], [[text] for text in said])

    assert seen.questions[1].kind == "text"


@pytest.mark.parametrize("count", [14, 70])
@pytest.mark.parametrize(
    "headings",
    [
        ("Choice A", "Choice B", "Choice C"),
        ("1st choice", "2nd choice", "3rd choice"),
        ("Priority 1", "Priority 2", "Priority 3"),
        ("First priority", "Second priority", "Third priority"),
        ("Priority one", "Priority two", "Priority three"),
        ("Preference (a)", "Preference (b)", "Preference (c)"),
        ("Your need: first choice", "Your need: second choice", "Your need: third choice"),
        ("Top need", "2nd need", "3rd need"),
        ("Need i", "Need ii", "Need iii"),
        ("Which do you need most? [Rank 1]", "Which do you need most? [Rank 2]",
         "Which do you need most? [Rank 3]"),
    ],
)  # fmt: skip
def test_columns_for_first_second_and_third_choice_are_one_ranking(headings, count):
    given = orders(count, 3, 37)
    seen = read(list(headings), given)

    assert [(q.columns, q.kind) for q in seen.questions[1:]] == [((2, 3, 4), "ranking")]
    assert chosen(seen, (2, 3, 4))[0] == {need: float(n) for n, need in enumerate(given[0], 1)}


@pytest.mark.parametrize(
    "headings",
    [("Part A", "Part B", "Part C"), ("Vitamin A", "Vitamin B", "Vitamin C")],
)
def test_columns_lettered_alike_that_say_the_same_twice_are_no_ranking(headings):
    chance = random.Random(38)
    rows = [[chance.choice(NEEDS) for _ in range(3)] for _ in range(60)]
    seen = read(list(headings), rows)

    assert [q.columns for q in seen.questions[1:]] == [(2,), (3,), (4,)]


def test_a_few_cells_are_enough_where_somebody_says_they_are_a_ranking():
    content = b"Needs\n1. A ferry 2. A path\n1. A path 2. A lamp\n"
    seen = understand(read_table(content, "a.csv"), Choices(kinds={1: "ranking"}))

    assert chosen(seen, (1,)) == [
        {"A ferry": 1.0, "A path": 2.0},
        {"A path": 1.0, "A lamp": 2.0},
    ]


def test_cells_that_somebody_cuts_otherwise_stay_as_written():
    cells = [", ".join(f"{n}. {need}" for n, need in enumerate(o, 1)) for o in orders(30, 3, 39)]
    content = "Needs\n" + "\n".join(f'"{cell}"' for cell in cells)
    for choices in (Choices(separators={1: ";"}), Choices(kinds={1: "text"})):
        seen = understand(read_table(content.encode(), "a.csv"), choices)
        assert list(seen.answers.cells[0]) == cells
