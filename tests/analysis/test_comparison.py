"""The nine boxes and the four plain lists."""

import numpy as np

from needsmap.analysis.comparison import beside_classes, boxes, index_class, voice_class
from needsmap.analysis.disclosure import publish_shares


def test_only_clear_differences_are_called_said() -> None:
    # The place's share is 40 %. 200 of 300: clearly more; 40 of 300: clearly less; 12 of 30:
    # cannot tell; 400 of 1,000: about the same; 5 people: hidden.
    shares = publish_shares([200, 40, 12, 400, 5], [300, 300, 30, 1000, 5], confidence=0.8)

    assert voice_class(shares, 0.4).tolist() == [2, 0, -1, 1, -2]


def test_thirds_of_ranks_are_exact() -> None:
    # Of nine ranked areas the first three are the most deprived third.
    ranks = np.arange(1, 10)

    assert index_class((9 + 1 - ranks) / 9).tolist() == [2, 2, 2, 1, 1, 1, 0, 0, 0]
    assert index_class([np.nan]).tolist() == [-2]


def test_boxes_and_classes_agree() -> None:
    said = np.array([2, 2, 0, 0, -1, -2, 1, 2])
    measured = np.array([2, 0, 2, 1, 2, 2, 2, -2])

    assert beside_classes(said, measured) == ["8", "6", "2", "1", "u", "h", "5", "m"]
    assert boxes(said, measured) == [
        "said_measured", "said_not_measured", "measured_not_said", "neither", "not_clear",
        "hidden", "between", "hidden",
    ]  # fmt: skip
