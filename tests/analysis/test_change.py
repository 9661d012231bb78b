"""Differences between waves: Newcombe (1998), Statistics in Medicine 17:873, Table II."""

import numpy as np
import pytest
from statsmodels.stats.proportion import confint_proportions_2indep

from needsmap.analysis.change import (
    CANNOT_TELL,
    FELL,
    HIDDEN,
    ROSE,
    differences,
    likeness,
    newcombe,
    same_question,
)
from needsmap.analysis.disclosure import publish_shares


@pytest.mark.parametrize(
    ("now", "then", "limits"),
    [
        ((56, 70), (48, 80), (0.0524, 0.3339)),
        ((9, 10), (3, 10), (0.1705, 0.8090)),
        ((6, 7), (2, 7), (0.0582, 0.8062)),
        ((10, 10), (0, 10), (0.6075, 1.0000)),
    ],
)
def test_the_published_intervals_come_out(now: tuple, then: tuple, limits: tuple) -> None:
    # Newcombe's method 10, cases a, b, c and h.
    assert newcombe(*now, *then) == pytest.approx(limits, abs=5e-5)


def test_statsmodels_agrees() -> None:
    random = np.random.default_rng(3)
    for _ in range(50):
        n, m = random.integers(10, 400, 2)
        x, y = random.integers(0, n + 1), random.integers(0, m + 1)
        theirs = confint_proportions_2indep(x, n, y, m, method="newcomb", compare="diff")
        assert newcombe(x, n, y, m) == pytest.approx(theirs, abs=1e-9)


def test_rose_fell_cannot_tell_and_hidden_are_said_from_published_counts() -> None:
    later = publish_shares([200, 60, 105, 3], [400, 400, 400, 6])
    earlier = publish_shares([100, 150, 100, 2], [400, 400, 400, 400])

    change, low, high, said = differences(later, earlier)

    assert said.tolist() == [ROSE, FELL, CANNOT_TELL, HIDDEN]
    assert change[0] == pytest.approx(0.25)
    assert np.isnan([change[3], low[3], high[3]]).all()
    # What rounding adds makes the published interval wider than Newcombe's own.
    own = newcombe(200, 400, 100, 400)
    assert low[0] < own[0]
    assert high[0] > own[1]


def test_a_change_is_never_worked_out_from_the_middle_of_a_hidden_count() -> None:
    later = publish_shares([5, 90, 5, 0], 200)
    earlier = publish_shares([90, 5, 4, 40], 200)

    change, low, high, said = differences(later, earlier)

    # Three of the four rest on a count shown as "fewer than 8"; 0 is shown as 0.
    assert np.isnan(change).tolist() == [True, True, True, False]
    assert np.isnan(low).tolist() == np.isnan(high).tolist() == [True, True, True, False]
    assert said.tolist() == [FELL, ROSE, CANNOT_TELL, FELL]


def test_the_same_question_is_told_by_its_wording() -> None:
    one = "What does your area need most? (choose up to 3)"

    assert same_question(one, "What does your area need most?  (Choose up to 3)")[0]
    assert not same_question(one, "Which of these would you pay more council tax for?")[0]
    assert same_question(one, one, ["Buses", "Parks"], ["buses", "Libraries"])[1:] == (
        ("Parks",), ("Libraries",),
    )  # fmt: skip


def test_likeness_of_night_and_nacht() -> None:
    # Dice's coefficient of letter pairs: one shared pair of eight, "ht".
    assert likeness("night", "nacht") == 0.25
    assert likeness("", "") == 1
