"""What was settled for a form is used for the next file of it; corrections come first."""

from __future__ import annotations

from needsmap.intake.choices import Choices
from needsmap.intake.recall import corrections_made, laid_over, to_remember
from needsmap.intake.survey import inspect

FORM = "Our form\n\nWho,What would you like?\n"
MARCH = (FORM + "".join(f"x{n},{('The rec', 'Buses')[n % 2]}\n" for n in range(8))).encode()
APRIL = (FORM + "".join(f"y{n},{('Buses', 'The rec')[n % 2]}\n" for n in range(9))).encode()


def test_the_same_form_next_month_is_read_as_it_was_settled() -> None:
    settled = Choices(header_row=3, roles={2: "strength"}, themes={"The rec": ("green",)})
    march = inspect(MARCH, "march.csv", choices=settled)
    remembered = {march.form: to_remember(march.choices)}

    april = inspect(APRIL, "april.csv", recalled=remembered.get)

    assert april.recalled
    assert april.questions[1].role == "strength"
    named = {option.text: option.themes for option in april.questions[1].options}
    assert named["The rec"] == ("green",)
    assert not inspect(b"Another,Form\na,b\n", "x.csv", recalled=remembered.get).recalled


def test_what_is_chosen_now_stands_above_what_is_recalled() -> None:
    before = Choices(roles={1: "need", 2: "group"}, drop=frozenset({3}), sheet="One", language="cy")
    now = Choices(roles={2: "offer"}, drop=frozenset({4}), language="en")

    both = laid_over(now, before)

    assert both.roles == {1: "need", 2: "offer"}
    assert (both.drop, both.sheet, both.language) == (frozenset({3, 4}), "One", "en")


def test_nothing_personal_and_nothing_of_one_file_is_remembered() -> None:
    choices = Choices(
        title="March",
        keep_personal={2: "Sarah Jones asked"},
        themes={"My name is Sarah Jones": ("care",), "Parks": ("play",)},
        options={2: ("Parks", "ring 07700 900123")},
    )

    assert to_remember(choices) == Choices(themes={"Parks": ("play",)}, options={2: ("Parks",)})
    assert corrections_made(choices, "en") == [("parks", ("play",), "en")]


def test_corrections_stand_above_the_list_and_say_so() -> None:
    text = b"What do you need?\n" + b"Parks!\n" * 4 + b"Buses\n" * 4 + b"The rec\n" * 4
    corrections = {"en": {"parks": ("play",), "buses": (), "the rec": ("green", "gone")}}

    options = inspect(text, "x.csv", language="en", corrections=corrections).questions[0].options
    found = {option.text: (option.themes, option.reason) for option in options}

    # A theme the place no longer has falls away.
    assert found == {
        "Parks!": (("play",), "corrected here before"),
        "Buses": ((), "corrected here before"),
        "The rec": (("green",), "corrected here before"),
    }
