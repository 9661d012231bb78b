"""Which finest area a point lies in, with its two numbers as given and the other way round."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import shapely

from needsmap.intake.british_grid import on_grid, to_degrees
from needsmap.places.pack import Pack

_Numbers = npt.NDArray[np.float64]


class Points:
    """Finds the areas of points. Outlines are drawn up when the first point comes."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self.british = pack.country in {"", "GB"}
        self._tree: shapely.STRtree | None = None
        self._codes: list[str] = []

    def areas(self, latitude: np.ndarray, longitude: np.ndarray) -> tuple[list[str], list[str]]:
        """Return the areas of points, and of the same points with their axes swapped.

        Inputs: float arrays, WGS84 degrees; in British places also metres of the National
        Grid, the northing as `latitude`. NaN when unknown. "" where there is no area.
        """
        first, second = latitude.astype(float), longitude.astype(float)
        return self._areas_at(*self._degrees(first, second)), self._areas_at(
            *self._degrees(second, first)
        )

    def _degrees(self, latitude: _Numbers, longitude: _Numbers) -> tuple[_Numbers, _Numbers]:
        """Return (latitude, longitude) in degrees, those given in metres of the grid turned."""
        metres = on_grid(longitude, latitude)
        if not self.british or not metres.any():
            return latitude, longitude
        latitude, longitude = latitude.copy(), longitude.copy()
        longitude[metres], latitude[metres] = to_degrees(longitude[metres], latitude[metres])
        return latitude, longitude

    def _areas_at(self, y: _Numbers, x: _Numbers) -> list[str]:
        if self._tree is None:
            from needsmap.places.areas import outlines

            shapes = outlines(self._pack, self._pack.levels[0].id)
            self._tree = shapely.STRtree(shapes.geometry.to_numpy())
            self._codes = [str(code) for code in shapes["code"]]
        place = np.full(len(x), len(self._codes))
        real = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
        hits, areas = self._tree.query(shapely.points(x[real], y[real]), predicate="intersects")
        # A point on a border belongs to the first area in the order of the pack.
        np.minimum.at(place, real[hits], areas)
        return [*np.array([*self._codes, ""], dtype=object)[place]]
