"""What was made of a cell is printed as the JSON of it is, whoever writes that JSON."""

from __future__ import annotations

import hashlib
import json

import numpy as np
import pytest

from needsmap.store.prints import _meaning
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
