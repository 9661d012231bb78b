"""Points on the British National Grid: eastings and northings in metres, or "SJ 812 945"."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

_REFERENCE = re.compile(r"\s*([HNOST])([A-HJ-Z])\s*([0-9]{3,5})\s*([0-9]{3,5})\s*\Z", re.IGNORECASE)
_METRES = r"([0-9]{5,7}(?:\.[0-9]+)?)"
_PAIR = re.compile(rf"\s*\(?\s*{_METRES}\s*[,; ]\s*{_METRES}\s*\)?\s*\Z")
_LETTERS = "ABCDEFGHJKLMNOPQRSTUVWXYZ"
_EAST, _NORTH = 700_000.0, 1_300_000.0
"""How far the grid reaches east and north of its origin, in metres."""


def read_grid(text: str) -> tuple[float, float] | None:
    """Return (easting, northing) in metres of a text, or None when it is no point of the grid.

    Letters stand for squares of 500 km and, inside, of 100 km (Ordnance Survey, "A guide to
    coordinate systems in Great Britain", section 5); the figures are read to the middle of
    the square they name.
    """
    if pair := _PAIR.match(text):
        return float(pair[1]), float(pair[2])
    found = _REFERENCE.match(text)
    digits = found[3] + found[4] if found else ""
    if found is None or len(digits) % 2:
        return None
    half = len(digits) // 2
    # The letters run A-Z without I, five to a row, from the north-west corner.
    large, small = (_LETTERS.index(letter.upper()) for letter in found.group(1, 2))
    east = ((large - 2) % 5) * 5 + small % 5
    north = 19 - (large // 5) * 5 - small // 5
    step = 10 ** (5 - half)
    easting = east * 100_000 + (int(digits[:half]) + 0.5) * step
    northing = north * 100_000 + (int(digits[half:]) + 0.5) * step
    return float(easting), float(northing)


def on_grid(
    eastings: npt.NDArray[np.float64], northings: npt.NDArray[np.float64]
) -> npt.NDArray[np.bool_]:
    """Say of each pair whether it can be metres on the grid, which degrees never are."""
    with np.errstate(invalid="ignore"):
        large = (np.abs(eastings) > 180) & (np.abs(northings) > 180)
        return large & (eastings > 0) & (eastings < _EAST) & (northings > 0) & (northings < _NORTH)


def to_degrees(
    eastings: npt.NDArray[np.float64], northings: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return (longitude, latitude) in WGS84 degrees of points in metres (EPSG:27700 → 4326)."""
    # Drawn up only for surveys that give such points: the library takes a second to load.
    import geopandas as gpd

    points = gpd.GeoSeries.from_xy(eastings, northings, crs="EPSG:27700").to_crs("EPSG:4326")
    return points.x.to_numpy(), points.y.to_numpy()
