"""What was made of a cell is printed as the JSON of it is; a digest knows all answers, no order."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable

import numpy as np
import pytest

from needsmap.store.prints import Prints, _meaning, content_digest
from needsmap.tables import AnswerColumn


@pytest.mark.parametrize(
    ("choices", "themes"),
    [
        (((0, 1.0),), ()),
        (((2, 1.0), (0, 1.0), (11, 0.125)), ("homes", "green")),
        (((np.int64(3), np.float64(1 / 3)),), ()),
        (((1, 0),), ('a "b"', "häuser\n", "🚌")),
        (((1, -0.0), (2, 1e-9), (3, 1e22)), ()),
        ((), ("jobs",)),
    ],
)
def test_a_meaning_is_the_json_of_question_choices_and_themes(choices, themes) -> None:
    column = AnswerColumn("q1", np.zeros(1, np.int32), ("x",), (choices,), (themes,))

    # `prints.py`: eight bytes of BLAKE2b over the JSON; points are floats, and -0 is 0.
    plain = [[[int(option), float(value) + 0.0] for option, value in choices], list(themes)]
    written = json.dumps(["q1", plain]).encode()
    expected = int.from_bytes(hashlib.blake2b(written, digest_size=8).digest(), "big")
    assert int(_meaning(column, choices, themes)) == expected


def test_no_choice_and_no_theme_mean_nothing() -> None:
    column = AnswerColumn("q1", np.zeros(1, np.int32), ("x",), ((),), ((),))

    assert int(_meaning(column, (), ())) == 0


def _prints(**lanes: list[int]) -> Prints:
    plain = {
        "key_high": [1, 2, 3],
        "key_low": [4, 5, 6],
        "words": [7, 8, 9],
        "meaning": [10, 11, 12],
    }
    return Prints(**{name: np.array(lane, np.uint64) for name, lane in (plain | lanes).items()})


def test_the_order_of_answers_does_not_change_a_digest(make_survey: Callable) -> None:
    survey, prints = make_survey(3), _prints()

    turned = prints.take(np.array([2, 0, 1]))

    assert content_digest(survey, turned) == content_digest(survey, prints)


@pytest.mark.parametrize(
    "other",
    [
        _prints(words=[8, 7, 9]),
        _prints(meaning=[11, 10, 12]),
        _prints(key_low=[5, 4, 6]),
        _prints(words=[8, 7, 9], meaning=[11, 10, 12]),
        _prints(key_high=[1, 2, 2**64 - 1]),
        _prints().take(slice(0, 2)),
        _prints().take(np.array([0, 1, 2, 2])),
        _prints().take(np.array([0, 1, 1])),
    ],
    ids=["words changed places", "meanings did", "halves of keys did", "words and meanings did",
         "another key", "one left out", "one twice", "one for another"],
)  # fmt: skip
def test_answers_that_differ_in_anything_have_another_digest(
    make_survey: Callable, other: Prints
) -> None:
    survey = make_survey(3)

    assert content_digest(survey, other) != content_digest(survey, _prints())
