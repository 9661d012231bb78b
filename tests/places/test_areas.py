"""Outlines of larger areas, joined from smaller ones."""

import shapely

from needsmap.places.areas import dissolve


def test_neighbours_that_share_their_edge_are_joined_into_one_outline():
    left, right = shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)

    (whole,) = dissolve([left, right], ["a", "a"], ["a"])

    assert whole.equals(shapely.box(0, 0, 2, 1))


def test_neighbours_drawn_badly_are_still_joined():
    # Their edges run along one another and cross in the middle: as a coverage they are refused.
    left = shapely.Polygon([(0, 0), (1, 0), (1.02, 0.5), (1, 1), (0, 1)])
    right = shapely.Polygon([(1, 0), (2, 0), (2, 1), (1, 1), (0.98, 0.5)])

    (whole,) = dissolve([left, right], ["a", "a"], ["a"])

    assert shapely.is_valid(whole)
    assert whole.area == shapely.union(left, right).area
