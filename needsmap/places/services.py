"""Services: the categories there are, and which area each lies in."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

CATEGORIES = (
    "gp", "dentist", "pharmacy", "hospital", "mental_health", "school", "nursery", "library",
    "community_centre", "youth_club", "park", "playground", "sports", "food_bank", "post_office",
    "jobcentre", "bus_stop", "rail", "care_home", "worship", "shop", "allotment", "advice",
    "town_centre",
)  # fmt: skip
"""The categories every place shares; a place may have others of its own."""


def locate_points(
    codes: Sequence[str],
    shapes: npt.NDArray[np.object_],
    longitude: npt.NDArray[np.float64],
    latitude: npt.NDArray[np.float64],
) -> pd.Series:
    """Return the code of the shape each point (WGS84 degrees) lies in, "" for none.

    A point on a shared edge belongs to the shape that comes first.
    """
    points = shapely.points(longitude, latitude)
    which, where = shapely.STRtree(shapes).query(points, predicate="intersects")
    found = [""] * len(points)
    # From the last to the first, so that the first shape has the last word.
    for point, shape in sorted(zip(which, where, strict=True), reverse=True):
        found[point] = str(codes[shape])
    return pd.Series(found, dtype=str)
