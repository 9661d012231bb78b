"""How people answer, in shapes that no form tool announces: told from the answers alone."""

from __future__ import annotations

import csv
import io
import random

import pytest

from needsmap.intake.answers import encode, scale_points
from needsmap.intake.choices import Choices
from needsmap.intake.files import read_table
from needsmap.intake.scales import scale_of
from needsmap.intake.understanding import Understood, understand
from needsmap.tables import Question

ITEMS = ["Cycle racks", "Warm hall", "Buses at night", "Dentist places", "Litter bins"]
PEOPLE = 40


def read(headings: list[str], rows: list[list[str]]) -> Understood:
    text = io.StringIO()
    lines = [["Said by", *headings], *([f"person {i}", *row] for i, row in enumerate(rows))]
    csv.writer(text).writerows(lines)
    return understand(read_table(text.getvalue().encode(), "a.csv"), Choices())


def column(heading: str, cells: list[str]) -> Question:
    return read([heading], [[cell] for cell in cells]).questions[1]


def chosen(seen: Understood, columns: tuple[int, ...]) -> list[dict[str, float]]:
    question = next(q for q in seen.questions if q.columns == columns)
    answers = encode(seen.answers, question)
    return [
        {question.options[i].text: value for i, value in answers.choices[code]} if code >= 0 else {}
        for code in answers.codes
    ]


def picks(seed: int, most: int, items: list[str] = ITEMS) -> list[list[str]]:
    chance = random.Random(seed)
    return [chance.sample(items, chance.randint(1, most)) for _ in range(PEOPLE)]


# --- Many choices -------------------------------------------------------------------------


@pytest.mark.parametrize("joint", ["\n", "; ", ";", " | ", "|", ", ", ",", " / "])
def test_options_joined_by_any_mark_are_many_choices(joint):
    given = picks(1, 3)
    question = column("What does the area need most?", [joint.join(each) for each in given])

    assert (question.role, question.kind) == ("need", "many_choices")
    counted = {option.text: option.count for option in question.options}
    assert counted == {item: sum(item in each for each in given) for item in ITEMS}


@pytest.mark.parametrize("joint", [" ", ",", ", "])
@pytest.mark.parametrize("codes", [["parks", "night_buses", "jobs", "gp"], list("12345")])
def test_codes_joined_by_spaces_or_commas_are_many_choices_and_no_point(codes, joint):
    given = picks(2, 3, codes)
    question = column("Which of these do you need?", [joint.join(each) for each in given])

    assert (question.role, question.kind) == ("need", "many_choices")
    counted = {option.text: option.count for option in question.options}
    assert counted == {code: sum(code in each for each in given) for code in codes}


def test_short_words_of_peoples_own_are_no_codes():
    said = [
        "more buses please",
        "a park",
        "nothing",
        "safer roads for kids",
        "the park",
        "buses on sunday",
        "a shop",
        "more police",
        "less traffic please",
        "clean streets",
    ]

    assert column("What do you need?", said).kind == "text"


# --- Rankings -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "places",
    [list("12345"), ["1st", "2nd", "3rd", "4th", "5th"], [f"{n}. choice" for n in "12345"]],
)
@pytest.mark.parametrize("style", ["Rank these needs [{}]", "Rank from 1 (most needed): {}", "{}"])
def test_a_column_an_item_with_its_place_is_a_ranking(places, style):
    chance = random.Random(3)
    orders = [chance.sample(range(5), 5) for _ in range(PEOPLE)]
    seen = read([style.format(item) for item in ITEMS], [[places[p] for p in o] for o in orders])

    assert [q.kind for q in seen.questions if len(q.columns) == 5] == ["ranking"]
    first = {item: place + 1.0 for item, place in zip(ITEMS, orders[0], strict=True)}
    assert chosen(seen, (2, 3, 4, 5, 6))[0] == first


@pytest.mark.parametrize(
    ("joint", "many"),
    [("; ", 5), (" > ", 5), ("\n", 5), (", ", 5), ("; ", 3), ("\n", 3), (", ", 3)],
)
def test_a_cell_that_names_things_in_order_is_a_ranking(joint, many):
    chance = random.Random(4)
    orders = [chance.sample(ITEMS, many) for _ in range(PEOPLE)]
    question = column("Your needs, the most important first", [joint.join(o) for o in orders])

    assert (question.role, question.kind) == ("need", "ranking")


@pytest.mark.parametrize(
    "headings",
    [
        ("Biggest problem", "Second biggest problem", "Third biggest problem"),
        ("Your first need", "Your second need", "Your third need"),
        ("Problem #1", "Problem #2", "Problem #3"),
        ("Most important", "Next most important", "Third most important"),
        ("1. Main need", "2. Second need", "3. Third need"),
    ],
)
def test_first_second_third_are_a_ranking_of_choices_and_single_needs_in_own_words(headings):
    chance = random.Random(5)
    orders = [chance.sample(ITEMS, 3) for _ in range(PEOPLE)]
    ranked = read(list(headings), orders)
    own = read(
        list(headings),
        [[f"{item} at {chance.randint(2, 900)}, we have asked" for item in o] for o in orders],
    )

    assert [(q.columns, q.role, q.kind) for q in ranked.questions[1:]] == [
        ((2, 3, 4), "need", "ranking")
    ]
    assert [(q.role, q.kind) for q in own.questions[1:]] == [("need", "text")] * 3


# --- Ratings ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "points"),
    [
        # Lowest to highest as English has it; no such list is kept anywhere.
        (
            ["Not at all welcoming", "Slightly welcoming", "Fairly welcoming", "Very welcoming"],
            [1, 2, 3, 4],
        ),
        (["Very unhelpful", "Unhelpful", "Helpful", "Very helpful"], [1, 2, 3, 4]),
        (["Not tidy at all", "Quite tidy", "Very tidy", "Don't know"], [1, 2, 3, 0]),
        (["★", "★★", "★★★", "★★★★"], [1, 2, 3, 4]),
        (["1/5", "2/5", "3/5", "4/5"], [1, 2, 3, 4]),
        (["1", "2", "3", "4", "Don't know"], [1, 2, 3, 4, 0]),
        (["1 (excellent)", "2", "3", "4", "5 (terrible)"], [5, 4, 3, 2, 1]),
    ],
)
def test_a_scale_nobody_listed_runs_from_low_to_high(options, points):
    chance = random.Random(6)
    question = column("How is the library?", chance.choices(options, k=PEOPLE))

    assert question.kind == "rating"
    expected = dict(zip(options, map(float, points), strict=True))
    assert scale_points(options) == expected


@pytest.mark.parametrize(
    ("heading", "turned"),
    [
        ("How are the parks? (1 = very bad, 5 = very good)", False),
        ("How are the parks? (1 = very good, 5 = very bad)", True),
        ("From 1 (very important) to 5 (not at all important): more trees", True),
        ("Where 1 is not important and 5 is very important, how about trees?", False),
        ("Rate the parks, 1 being the best", True),
        ("On a scale of 1 to 5, with 5 being the worst, how are the parks?", True),
        ("Parks (very poor = 1, excellent = 5)", False),
        ("Puistot (1 = erittäin hyvä, 5 = erittäin huono)", True),
        ("Parques (1 = muy malo, 5 = muy bueno)", False),
        ("How often does line 3 - the bus - come?", False),
    ],
)
def test_the_heading_may_say_that_one_is_best(heading, turned):
    points = scale_points(list("12345"), heading)

    assert points == {str(n): float(6 - n if turned else n) for n in range(1, 6)}


@pytest.mark.parametrize("texts", [["Parks", "Buses"], ["Yes", "No", "Maybe"], ["In town", "Town"]])
def test_what_is_no_scale_has_no_points(texts):
    assert scale_of(texts) is None


def test_how_important_something_is_tells_a_need_and_how_good_it_is_does_not():
    chance = random.Random(7)
    numbers = chance.choices("12345", k=PEOPLE)

    assert column("How important are more trees?", numbers).role == "need"
    assert column("How good are the trees?", numbers).role == "other"


# --- Amounts ------------------------------------------------------------------------------


@pytest.mark.parametrize(("sign", "total"), [("", 100), ("£", 1000), ("%", 100)])
def test_shares_are_rescaled_and_odd_sums_told_in_any_unit(sign, total):
    chance = random.Random(8)
    rows, odd = [], []
    for i in range(PEOPLE):
        parts = [0] * 5
        for _ in range(8 if i % 8 == 3 else 10):
            parts[chance.randrange(5)] += total // 10
        odd += [i + 2] if i % 8 == 3 else []
        said = [f"{n}%" if sign == "%" else f"{sign}{n}" for n in parts]
        rows.append([text if n else "" for text, n in zip(said, parts, strict=True)])
    seen = read([f"Your budget for {item}" for item in ITEMS], rows)

    assert [(q.kind, q.role) for q in seen.questions if len(q.columns) == 5] == [("amount", "need")]
    assert [p.row for p in seen.problems if p.code == "amounts_rescaled"] == odd
    assert all(abs(sum(row.values()) - 1) < 1e-9 for row in chosen(seen, (2, 3, 4, 5, 6)))


# --- What is no answer --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "texts", "mark", "blank"),
    [
        ("How good are the parks (1-5)?", list("12345"), "9", True),
        ("How good are the parks (1-5)?", list("12345"), "99", True),
        ("How many people live with you?", list("12345678"), "9", False),
        ("Your main need", ITEMS, "-", True),
        ("Your main need", ITEMS, "n/a", False),
        ("When did you move here?", ["2001-02-03", "2011-05-06", "2020-07-08"], "NA", True),
    ],
)
def test_a_mark_is_blank_only_where_it_can_be_no_answer(heading, texts, mark, blank):
    chance = random.Random(9)
    seen = read([heading], [[text] for text in chance.choices([*texts, mark], k=PEOPLE)])

    assert (mark in seen.answers.column(2).texts) is not blank


@pytest.mark.parametrize(
    ("options", "group"),
    [
        (["Female", "Male", "Prefer not to say"], "gender"),
        (["Council rent", "Private rent", "Own home", "With family"], "tenure"),
        (["16-24", "25-44", "45-64", "65+"], "age"),
    ],
)
def test_options_tell_a_group_whose_heading_says_nothing(options, group):
    chance = random.Random(10)
    question = column("Merkitse", chance.choices(options, k=PEOPLE))

    assert (question.role, question.group) == ("group", group)


def test_what_people_meant_by_other_belongs_to_their_question():
    chance = random.Random(11)
    rows = [
        [chance.choice(ITEMS), f"the {i}th bench", chance.choice(["Rent", "Own"]), f"a boat {i}"]
        for i in range(PEOPLE)
    ]
    seen = read(
        [
            "What do you need most?",
            "Other (please specify)",
            "Do you rent or own your home?",
            "If other, please say",
        ],
        rows,
    )

    assert [q.role for q in seen.questions[1:]] == ["need", "need", "group", "other"]


def test_odk_ranks_in_one_cell_of_codes():
    # ODK's question type "rank" joins all codes with spaces, in order (XLSForm reference).
    chance = random.Random(12)
    orders = [chance.sample(["parks", "jobs", "night_buses", "gp"], 4) for _ in range(30)]
    lines = ["most_needed,meta-instanceID,KEY"]
    lines += [f"{' '.join(order)},uuid:{i},uuid:{i}" for i, order in enumerate(orders)]
    seen = understand(read_table("\n".join(lines).encode(), "a.csv"), Choices())

    assert (seen.evidence.tool, seen.questions[0].kind) == ("kobo", "ranking")
    assert chosen(seen, (1,))[0] == {code: float(n) for n, code in enumerate(orders[0], 1)}
