"""Simultaneous limits: METHODS notes §4.2 and statsmodels."""

import numpy as np
import pytest
from statsmodels.stats.proportion import multinomial_proportions_confint

from needsmap.analysis.simultaneous import goodman, sison_glaz


def test_goodman_s_published_example() -> None:
    low, high = goodman([44, 55, 43, 32, 67, 78])

    assert (low[0], high[0]) == pytest.approx((0.0947, 0.1966), abs=5e-5)
    assert (low[-1], high[-1]) == pytest.approx((0.1869, 0.3130), abs=5e-5)


def test_sison_and_glaz_s_published_example() -> None:
    low, high = sison_glaz([56, 72, 73, 59, 62, 87, 68])

    assert (low[0], high[0]) == pytest.approx((0.0755, 0.1596), abs=5e-5)
    assert (low[5], high[5]) == pytest.approx((0.1405, 0.2246), abs=5e-5)


@pytest.mark.parametrize("counts", [[5, 9, 2, 30, 40, 11, 8, 3], [91, 49, 37, 43], [3, 3, 3]])
def test_statsmodels_agrees(counts: list[int]) -> None:
    for ours, name in ((goodman, "goodman"), (sison_glaz, "sison-glaz")):
        theirs = multinomial_proportions_confint(counts, method=name)
        assert np.column_stack(ours(counts)) == pytest.approx(theirs, abs=1e-6)


def test_nobody_has_no_limits() -> None:
    assert np.isnan(sison_glaz([0, 0, 0])).all()


def test_an_option_nobody_chose_starts_at_nothing() -> None:
    low, high = sison_glaz([0, 50, 50, 40, 30, 20, 60])

    assert low[0] == 0
    assert 0 < high[0] < 0.15
