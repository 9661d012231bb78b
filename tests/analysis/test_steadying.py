"""Steadied shares: METHODS notes §4.4, worked out there by hand."""

import numpy as np
import pytest

from needsmap.analysis.disclosure import publish_shares
from needsmap.analysis.steadying import steadied_shares, steady


def test_shares_are_drawn_toward_the_wide_one_by_how_little_they_rest_on() -> None:
    found = steady([3, 1, 14, 6, 40], [4, 8, 30, 25, 50])

    assert found.wide == pytest.approx(0.5470, abs=5e-5)
    assert found.alike == pytest.approx(0.3288, abs=5e-5)
    assert found.share == pytest.approx([0.6814, 0.2108, 0.4718, 0.2632, 0.7901], abs=5e-5)


def test_areas_no_more_apart_than_chance_all_stand_at_the_wide_share() -> None:
    found = steady([1, 2, 9, 30, 18], [2, 6, 30, 60, 40])

    assert found.alike == 0
    assert found.share == pytest.approx([0.4348] * 5, abs=5e-5)


@pytest.mark.parametrize("counts", [(5, 5, 5, 5), (5, 6, 5, 4)])
def test_the_trap_of_the_poisson_smoother_is_not_stepped_in(counts: tuple) -> None:
    # esda's Empirical_Bayes gives NaN here, or shares of -0.4 and 1.4 (same notes).
    assert steady(counts, [10] * 4).share == pytest.approx([0.5] * 4)


@pytest.mark.parametrize(
    ("counts", "bases"),
    [([], []), ([0, 0], [0, 0]), ([3], [10]), ([0, 0], [5, 9]), ([5, 9], [5, 9])],
)
def test_nothing_odd_comes_out_of_little(counts: list, bases: list) -> None:
    share = steady(counts, bases).share

    known = share[~np.isnan(share)]
    assert ((known >= 0) & (known <= 1)).all()
    assert np.isnan(share).sum() == sum(b == 0 for b in bases)


def test_published_tables_keep_what_is_hidden_hidden() -> None:
    table = publish_shares([[3], [40], [2], [30]], [[30], [60], [6], [100]])
    found = steadied_shares(table)

    assert found.shown.tolist() == table.shown.tolist()
    assert np.isnan(found.share[2, 0])
    # A count shown as "fewer than 8" is taken as 4 of 30 and drawn toward the rest.
    wide = (4 + 40 + 30) / (30 + 60 + 100)
    assert 4 / 30 < found.share[0, 0] < wide
    assert (found.low[found.shown] <= found.share[found.shown]).all()
    assert (found.share[found.shown] <= found.high[found.shown]).all()
