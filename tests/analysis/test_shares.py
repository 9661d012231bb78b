"""Wilson limits against published values and another implementation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from needsmap.analysis.shares import wilson, wilson_extremes

# Newcombe (1998), Statistics in Medicine 17:857, table I, method 3.
NEWCOMBE = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0, 0.1611),
    (1, 29, 0.0061, 0.1718),
]
# Hall-size examples, METHODS notes §4.2, recomputed outside the project.
HALL = [
    (3, 5, 0.231, 0.882),
    (5, 12, 0.193, 0.680),
    (20, 60, 0.227, 0.459),
    (60, 200, 0.241, 0.367),
]
# PHEindicatormethods' worked examples, STYLE notes.
PHE = [(65, 100, 0.5525, 0.7364), (1045, 5000, 0.1980, 0.2205)]


@pytest.mark.parametrize(("count", "base", "low", "high"), NEWCOMBE + PHE)
def test_limits_equal_published_ones(count: int, base: int, low: float, high: float) -> None:
    assert wilson(count, base) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(("count", "base", "low", "high"), HALL)
def test_limits_of_hall_sized_counts(count: int, base: int, low: float, high: float) -> None:
    assert wilson(count, base) == pytest.approx((low, high), abs=5e-4)


@given(st.integers(1, 5000), st.data(), st.sampled_from([0.8, 0.95, 0.99]))
def test_limits_equal_statsmodels(base: int, data: st.DataObject, confidence: float) -> None:
    count = data.draw(st.integers(0, base))
    expected = proportion_confint(count, base, alpha=1 - confidence, method="wilson")

    assert wilson(count, base, confidence=confidence) == pytest.approx(expected, abs=1e-9)


def test_nobody_asked_has_no_limits() -> None:
    low, high = wilson([0], [0])

    assert np.isnan(low).all()
    assert np.isnan(high).all()


def test_extremes_hold_every_count_and_base_within() -> None:
    low, high = wilson_extremes(12.5, 17.5, 32.5, 37.5)
    inside = [wilson(c, b) for c in range(13, 18) for b in range(33, 38)]

    assert all(low <= one and high >= other for one, other in inside)
