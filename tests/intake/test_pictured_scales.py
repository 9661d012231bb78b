"""Scales answered with faces, stars and thumbs: which end is high, and what is no scale."""

from __future__ import annotations

import random

import pytest

from needsmap.intake.answers import scale_points
from needsmap.intake.scales import scale_of
from tests.intake.test_kinds import PEOPLE, chosen, column, read

# From low to high, as Unicode's own names have it: angry or crying to grinning.
FACES = [
    ["😡", "🙁", "😐", "🙂", "😀"],
    ["😢", "😕", "😐", "😊", "😄"],
    ["☹️", "😐", "☺️"],
    ["😞", "🙂", "😍"],
    ["👎", "👍"],
    ["👎🏽", "👍🏽"],
]


@pytest.mark.parametrize("faces", FACES, ids=str)
def test_faces_run_from_sad_to_glad(faces):
    assert scale_points(faces) == {face: float(n) for n, face in enumerate(faces, 1)}
    assert scale_points(list(reversed(faces))) == scale_points(faces)


@pytest.mark.parametrize("style", ["{} {}", "{1} {0}"])
def test_a_face_with_its_word_counts_as_its_word(style):
    words = ["Very unhappy", "Unhappy", "Neutral", "Happy", "Very happy"]
    said = [style.format(face, word) for face, word in zip(FACES[0], words, strict=True)]

    assert scale_points(said) == {text: float(n) for n, text in enumerate(said, 1)}


@pytest.mark.parametrize(
    "stars",
    [
        ["★☆☆☆☆", "★★☆☆☆", "★★★☆☆", "★★★★☆", "★★★★★"],
        ["⭐", "⭐⭐", "⭐⭐⭐", "⭐⭐⭐⭐", "⭐⭐⭐⭐⭐"],
        ["1 star", "2 stars", "3 stars", "4 stars", "5 stars"],
        ["⭐️ (1)", "⭐️⭐️ (2)", "⭐️⭐️⭐️ (3)", "⭐️⭐️⭐️⭐️ (4)", "⭐️⭐️⭐️⭐️⭐️ (5)"],
    ],
    ids=lambda each: each[2],
)
def test_stars_are_counted_even_where_some_number_was_never_given(stars):
    assert scale_points(stars) == {text: float(n) for n, text in enumerate(stars, 1)}
    seldom = [stars[2], stars[4]]
    assert scale_points(seldom) == {stars[2]: 3.0, stars[4]: 5.0}


@pytest.mark.parametrize("options", [*FACES[:4], ["★☆☆", "★★☆", "★★★"]], ids=str)
def test_a_grid_answered_in_pictures_is_a_row_of_ratings(options):
    chance = random.Random(41)
    rows = [[chance.choice(options), chance.choice(options)] for _ in range(PEOPLE)]
    seen = read(
        ["How important is this to you? [Ponds]", "How important is this to you? [Trams]"], rows
    )

    assert [(q.role, q.kind) for q in seen.questions[1:]] == [("need", "rating")] * 2
    points = {text: float(n) for n, text in enumerate(options, 1)}
    assert chosen(seen, (2,))[0] == {rows[0][0]: points[rows[0][0]]}


@pytest.mark.parametrize("options", [["🚌", "🌳", "🏥"], ["🔴", "🟢"], ["★ Star Inn", "The Ship"]])
def test_pictures_of_things_are_choices_and_no_scale(options):
    chance = random.Random(42)

    assert scale_of(options) is None
    assert column("What do you need?", chance.choices(options, k=PEOPLE)).kind == "one_choice"
