"""Outlines of areas as one small file: shared borders once, on a grid, simplified together.

The file is JSON: `box` [west, south, east, north] in degrees; `origin` and `step` of the
grid in degrees; `arcs`, each a flat list of grid steps dx, dy from point to point (the
first step counts from the end of the arc before); `areas`, each a list of polygons, each
a list of rings, each a list of arc numbers, where -1 - n means arc n walked backwards;
`codes` and `names` in the order of `areas`. It is TopoJSON's idea (Bostock 2012) with
flat arcs. A border between two areas is one arc, so it can neither gap nor overlap.
"""

from __future__ import annotations

import gzip
import json
import math
from dataclasses import dataclass
from itertools import pairwise

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from needsmap.draw.packed import Packed, pack
from needsmap.errors import NeedsmapError

_SMALLEST_BUDGET_BYTES = 120_000
_BUDGET_BYTES_PER_AREA = 74
_DETAIL = (0.004, 0.01, 0.02, 0.04, 0.08, 0.12)
"""Largest shift of a border, as a part of a typical area's width; the finest that fits wins."""

_GRID_STEPS_PER_SHIFT = 2
_BYTES_PER_POINT = 1.2
"""Fewer than any outlines take, compressed: what would not fit even so is not written out."""

FORM = 1
"""Counts up when the file or its detail changes, so that files kept elsewhere are made anew."""


@dataclass(frozen=True)
class Outlines:
    """Outlines ready to publish.

    `codes` is the order in which class characters must be given; `box` is west, south,
    east, north in degrees; `packed` the compressed file.
    """

    codes: tuple[str, ...]
    box: tuple[float, float, float, float]
    packed: Packed


@dataclass(frozen=True)
class _Rings:
    """All rings on the grid: `points` in grid steps; each ring a list of numbers of points."""

    points: npt.NDArray[np.int64]
    rings: list[list[list[npt.NDArray[np.int64]]]]


def make_outlines(areas: gpd.GeoDataFrame) -> Outlines:
    """Make the outlines file of one level.

    Parameters
    ----------
    areas
        Columns code, name, geometry (polygons, WGS84 degrees). Order does not matter:
        the file is sorted by code, so equal areas give equal bytes.

    Raises
    ------
    NeedsmapError
        When there is no area, a code occurs twice, or an area has no outline.
    """
    ordered = areas.sort_values("code", kind="stable")
    codes = tuple(str(code) for code in ordered["code"])
    names = [str(name) for name in ordered["name"]]
    shapes = _polygons_only(ordered.geometry.to_numpy())
    _refuse_faults(codes, shapes)
    west, south, east, north = (float(edge) for edge in shapely.total_bounds(shapes))
    # Simplify on a plane where a step east is as long as a step north.
    shrink = math.cos(math.radians((south + north) / 2)) or 1.0
    plane = shapely.transform(shapes, lambda xy: xy * (shrink, 1.0))
    typical = math.sqrt(float(np.median(shapely.area(plane))) or 1e-9)
    budget = max(_SMALLEST_BUDGET_BYTES, _BUDGET_BYTES_PER_AREA * len(codes))
    for detail in _DETAIL:
        shift = typical * detail
        # The tolerance of coverage_simplify is the square root of the area a point may cut
        # off (Visvalingam and Whyatt 1993, Cartographic Journal 30:46).
        simple = shapely.coverage_simplify(plane, shift)
        points = shapely.get_num_coordinates(simple).sum() / 2  # most lie on two outlines
        if points * _BYTES_PER_POINT > budget and detail != _DETAIL[-1]:
            continue
        content = _content(simple, plane, shift, shrink, (west, south))
        content |= {"box": [west, south, east, north], "codes": codes, "names": names}
        plain = _bytes(content)
        if len(gzip.compress(plain, 6)) <= budget:
            break
    packed = pack(plain, "application/json")
    return Outlines(codes=codes, box=(west, south, east, north), packed=packed)


def _refuse_faults(codes: tuple[str, ...], shapes: npt.NDArray[np.object_]) -> None:
    if not codes:
        raise NeedsmapError(
            "This place has no outlines.", "Add areas.geojson to its folder, then try again."
        )
    if len(set(codes)) != len(codes):
        twice = next(code for code in codes if codes.count(code) > 1)
        raise NeedsmapError(
            f"The area '{twice}' has two outlines.", "Keep one of them in areas.geojson."
        )
    empty = np.flatnonzero(shapely.is_empty(shapes))
    if len(empty):
        raise NeedsmapError(
            f"The area '{codes[empty[0]]}' has no outline.",
            "Give it a polygon in areas.geojson.",
        )


def _polygons_only(shapes: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    """Return multi-polygons: broken rings mended, points and lines left out."""
    mended = np.where(shapely.is_valid(shapes), shapes, shapely.make_valid(shapes))
    found = np.empty(len(mended), dtype=object)
    for i, shape in enumerate(mended):
        parts = [] if shape is None else shapely.get_parts(shapely.get_parts(shape))
        found[i] = shapely.MultiPolygon([p for p in parts if p.geom_type == "Polygon"])
    return found


def _content(
    simple: npt.NDArray[np.object_],
    plane: npt.NDArray[np.object_],
    shift: float,
    shrink: float,
    corner: tuple[float, float],
) -> dict[str, object]:
    step = shift / _GRID_STEPS_PER_SHIFT
    origin = (corner[0] * shrink, corner[1])
    on_grid = _rings(simple, plane, origin, step)
    arcs, areas = _cut(on_grid)
    return {
        "origin": list(corner),
        "step": [step / shrink, step],
        "arcs": _steps(on_grid.points, arcs),
        "areas": areas,
    }


def _rings(
    simple: npt.NDArray[np.object_],
    plane: npt.NDArray[np.object_],
    origin: tuple[float, float],
    step: float,
) -> _Rings:
    """Put every ring on the grid; vertices become numbers, equal points equal numbers."""
    shapes = np.array([s if s.geom_type == "MultiPolygon" else shapely.multipolygons([s])
                       for s in simple])  # fmt: skip
    _, coordinates, (ring_ends, polygon_ends, shape_ends) = shapely.to_ragged_array(shapes)
    cells = np.rint((coordinates[:, :2] - origin) / step).astype(np.int64)
    points, numbers = np.unique(cells, axis=0, return_inverse=True)
    numbers = numbers.ravel()
    found: list[list[list[npt.NDArray[np.int64]]]] = []
    extra: list[tuple[int, int]] = []
    for first, last in pairwise(shape_ends):
        polygons = []
        for polygon in range(first, last):
            rings = []
            for ring in range(polygon_ends[polygon], polygon_ends[polygon + 1]):
                walked = _without_repeats(numbers[ring_ends[ring] : ring_ends[ring + 1] - 1])
                if len(walked) >= 3:
                    rings.append(walked)
                elif ring == polygon_ends[polygon]:
                    break  # the outer ring is gone, its holes go with it
            if rings:
                polygons.append(rings)
        if not polygons:
            # Smaller than the grid: keep a triangle, so the area can still be found.
            centre = shapely.get_coordinates(shapely.point_on_surface(plane[len(found)]))[0]
            x, y = np.rint((centre - origin) / step).astype(int)
            start = len(points) + len(extra)
            extra += [(x, y), (x + 1, y), (x, y + 1)]
            polygons = [[np.arange(start, start + 3)]]
        found.append(polygons)
    if extra:
        points = np.vstack([points, np.array(extra)])
    return _Rings(points, found)


def _without_repeats(ring: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    return ring[ring != np.roll(ring, 1)] if len(ring) else ring


def _cut(on_grid: _Rings) -> tuple[list[tuple[int, ...]], list[list[list[list[int]]]]]:
    """Cut rings where borders meet; give each piece once. A piece is vertex numbers."""
    every = [ring for shape in on_grid.rings for polygon in shape for ring in polygon]
    ends = np.concatenate([np.column_stack([ring, np.roll(ring, -1)]) for ring in every])
    edges = np.unique(np.sort(ends, axis=1), axis=0)
    # A vertex with two edges lies inside one border; with any other number borders meet.
    meeting = np.bincount(edges.ravel(), minlength=len(on_grid.points)) != 2
    known: dict[tuple[int, ...], int] = {}
    arcs: list[tuple[int, ...]] = []

    def number(piece: tuple[int, ...]) -> int:
        backwards = piece[::-1]
        if backwards < piece:
            return -1 - number(backwards)
        if piece not in known:
            known[piece] = len(arcs)
            arcs.append(piece)
        return known[piece]

    areas = [
        [[[number(piece) for piece in _pieces(ring, meeting)] for ring in polygon]
         for polygon in shape]
        for shape in on_grid.rings
    ]  # fmt: skip
    return arcs, areas


def _pieces(ring: npt.NDArray[np.int64], meeting: npt.NDArray[np.bool_]) -> list[tuple[int, ...]]:
    at = np.flatnonzero(meeting[ring])
    start = int(at[0]) if len(at) else int(np.argmin(ring))
    turned = np.append(np.roll(ring, -start), ring[start]).tolist()
    cuts = [*(int(i) - start for i in at), len(ring)] if len(at) else [0, len(ring)]
    return [tuple(turned[a : b + 1]) for a, b in pairwise(cuts)]


def _steps(points: npt.NDArray[np.int64], arcs: list[tuple[int, ...]]) -> list[list[int]]:
    flat = points[np.fromiter((v for arc in arcs for v in arc), dtype=np.int64)]
    steps = np.diff(flat, axis=0, prepend=np.zeros((1, 2), dtype=np.int64)).tolist()
    found, done = [], 0
    for arc in arcs:
        found.append([value for step in steps[done : done + len(arc)] for value in step])
        done += len(arc)
    return found


def _bytes(content: dict[str, object]) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
