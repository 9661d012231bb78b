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
