"""GeoJSON geometries as shapely ones, under limits, with every fault named.

Numbers must be finite and within the world, rings closed, kinds among those allowed; a
shape that crosses itself is repaired and said.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from needsmap.errors import Problems
from needsmap.words import say

MOST_VERTICES = 2_000_000
_AREA_TYPES = ("Polygon", "MultiPolygon")
_KNOWN_TYPES = ("Point", "MultiPoint", "LineString", "MultiLineString", *_AREA_TYPES)


class _Fault(Exception):
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class ShapeReader:
    """Turns GeoJSON geometries into shapely ones, noting what is wrong with each."""

    def __init__(
        self, name: str, problems: Problems, any_range: bool, large: bool, areas_only: bool
    ) -> None:
        self.name = name
        self.problems = problems
        self.any_range = any_range
        self.large = large
        self.allowed = _AREA_TYPES if areas_only else _KNOWN_TYPES
        self.vertices = 0

    def shapes(self, geometries: Sequence[Any]) -> list[Any]:
        """Return the shapely geometries, None where unusable; features count from 1 in problems."""
        found = np.empty(len(geometries), dtype=object)
        faults: dict[int, _Fault] = {}
        for number, geometry in enumerate(geometries):
            try:
                found[number] = self._build(geometry)
            except _Fault as fault:
                faults[number] = fault
        # Asked of all at once: a country's hundred thousand would each pay for the asking.
        for number in np.flatnonzero(~shapely.is_valid(found)).tolist():
            if (told := faults.get(number)) is not None:
                self.problems.add(told.code, str(told), row=number + 1, file=self.name)
            else:
                found[number] = self._repaired(found[number], number + 1)
        return list(found)

    def _repaired(self, shape: Any, number: int) -> Any:
        reason = shapely.is_valid_reason(shape)
        self.problems.add(
            "geometry_invalid",
            say(
                "Feature {n} has a broken outline ({reason}). It crosses or touches itself: "
                "repair it in a map program.",
                n=number,
                reason=reason,
            ),
            row=number,
            file=self.name,
        )
        return _areas_of(shapely.make_valid(shape))

    def _build(self, geometry: Any) -> Any:
        kind = geometry.get("type") if isinstance(geometry, dict) else None
        if kind is None:
            raise _Fault("geometry_missing", say("A feature has no geometry."))
        if kind not in self.allowed:
            raise _Fault(
                "geometry_type",
                say(
                    "A feature is a {kind}; expected {allowed}.",
                    kind=str(kind)[:40],
                    allowed=" or ".join(self.allowed),
                ),
            )
        coordinates = geometry.get("coordinates")
        if kind == "Point":
            return shapely.points(self._line([coordinates])[0])
        if kind == "MultiPoint":
            return shapely.multipoints(self._line(coordinates))
        if kind == "LineString":
            return _made(shapely.linestrings, self._line(coordinates))
        if kind == "MultiLineString":
            lines = [_made(shapely.linestrings, self._line(part)) for part in _list(coordinates)]
            return shapely.multilinestrings(lines)
        if kind == "Polygon":
            return self._polygon(coordinates)
        return shapely.multipolygons([self._polygon(part) for part in _list(coordinates)])

    def _polygon(self, rings: Any) -> Any:
        made = [self._ring(ring) for ring in _list(rings)]
        if not made:
            raise _Fault("geometry_missing", say("An outline has no points."))
        return shapely.polygons(made[0], made[1:] or None)

    def _ring(self, points: Any) -> Any:
        line = self._line(points)
        if len(line) < 4:
            raise _Fault("geometry_invalid", say("A ring has fewer than four points."))
        if not (line[0] == line[-1]).all():
            raise _Fault(
                "geometry_unclosed",
                say("A ring is not closed: its last point must repeat its first."),
            )
        return shapely.linearrings(line)

    def _line(self, points: Any) -> npt.NDArray[np.float64]:
        self.vertices += len(_list(points))
        if self.vertices > MOST_VERTICES and not self.large:
            raise _Fault(
                "geometry_too_detailed",
                say("The file has more than {n} points. Simplify it.", n=f"{MOST_VERTICES:,}"),
            )
        try:
            line = np.asarray(points, dtype=np.float64)
        except (TypeError, ValueError, OverflowError) as error:
            raise _Fault("geometry_numbers", say("A coordinate is not a number.")) from error
        if line.ndim != 2 or line.shape[1] not in (2, 3):
            raise _Fault("geometry_numbers", say("A point is not a pair of numbers."))
        line = line[:, :2]
        if not np.isfinite(line).all():
            raise _Fault("geometry_numbers", say("A coordinate is not a finite number."))
        if not self.any_range and (np.abs(line) > (180.0, 90.0)).any():
            raise _Fault(
                "geometry_range",
                say(
                    "A point lies outside the world ({point}). Coordinates must be longitude, "
                    "latitude in degrees.",
                    point=", ".join(f"{v:.6g}" for v in line[(np.abs(line) > (180, 90)).any(1)][0]),
                ),
            )
        return line


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise _Fault("geometry_numbers", say("Coordinates are not a list."))
    return value


def _made(make: Any, line: npt.NDArray[np.float64]) -> Any:
    try:
        return make(line)
    except shapely.errors.GEOSException as error:
        raise _Fault("geometry_invalid", say("A line has fewer than two points.")) from error


def _areas_of(shape: Any) -> Any:
    """Keep the polygons of a repaired shape; repairing may leave stray lines behind."""
    parts = [p for p in shapely.get_parts(shape) if shapely.get_dimensions(p) == 2]
    flat = [q for p in parts for q in shapely.get_parts(p)]
    if not flat:
        return shape
    return flat[0] if len(flat) == 1 else shapely.multipolygons(flat)
