"""A question nobody knew the role of is a wish when its options are needs."""

from __future__ import annotations

import pytest

from needsmap.intake.choices import Choices
from needsmap.intake.survey import inspect

NEEDS = ["More buses", "Youth club", "Parks and trees", "Warm homes", "Food bank"]
COLOURS = ["Red", "Green with envy", "Blue", "Yellow", "Black"]


def role(heading: str, options: list[str], choices: Choices | None = None) -> str:
    rows = [f"{options[n % len(options)]},{n % 7}" for n in range(60)]
    text = f"{heading},Number\n" + "\n".join(rows) + "\n"
    return inspect(text.encode(), "x.csv", choices=choices).questions[0].role


@pytest.mark.parametrize(
    ("heading", "options", "expected"),
    [
        ("Tick your top three", NEEDS, "need"),
        ("Which do you use every week?", [*NEEDS[:3], "Library", "Doctor"], "other"),
        ("Which do you use already?", NEEDS, "other"),
        ("Have you heard of these?", NEEDS, "other"),
        ("Tick your top three", COLOURS, "other"),
        ("Tick your top three", NEEDS[:3], "other"),
    ],
)
def test_options_tell_a_wish_when_the_heading_asks_for_a_choice(
    heading: str, options: list[str], expected: str
) -> None:
    assert role(heading, options) == expected


def test_what_was_chosen_by_hand_stays() -> None:
    assert role("Tick your top three", NEEDS, Choices(roles={1: "other"})) == "other"


def ticked(options: list[str]) -> str:
    """Return the role of a question that has a column an option and no heading, as in Typeform."""
    heads = ["#", *options, "Why?", "Submit Date (UTC)"]
    lines = [",".join(heads)]
    for n in range(40):
        ticks = [o if (n + i) % 3 == 0 else "" for i, o in enumerate(options)]
        lines.append(",".join([f"{n:032x}", *ticks, f"since {n}", f"2026-01-01 10:{n:02d}:00"]))
    seen = inspect("\n".join(lines).encode(), "x.csv")
    return next(q.role for q in seen.questions if len(q.columns) == len(options))


@pytest.mark.parametrize(
    "options",
    [
        ["Babysit", "Give somebody a lift", "Sew curtains", "Play the piano"],
        ["Mentoring", "Baking for events", "Litter picking", "Visiting older people"],
        ["Volunteer at the library", "Repair bikes", "Look at the stars", "Reading to children"],
        ["Leipoa", "Opettaa suomea", "Kuljettaa vanhuksia"],
        ["Acompañar a mayores", "Traducir", "Coser"],
    ],
)
def test_what_one_person_can_do_for_others_is_an_offer_where_no_heading_says_so(options):
    assert ticked(options) == "offer"


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["Fix the pavements", "Plant more trees", "Run more buses", "Open a youth club"], "need"),
        (["Cooking lessons", "Gardens and parks", "A youth club", "Coach trips"], "need"),
        (["Help with bills", "Help with damp", "A dentist", "Night buses"], "need"),
        (["By bus", "On foot", "By car", "By bicycle"], "other"),
    ],
)
def test_what_is_asked_of_others_is_no_offer(options, expected):
    assert ticked(options) == expected
