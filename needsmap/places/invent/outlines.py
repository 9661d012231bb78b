"""The ground: a coast, a river, and small areas that share their borders exactly.

Areas start as Voronoi cells of points that crowd where people live. Every border is bent
once, so both neighbours hold the same line; coast, river and borders are then cut together
and the pieces put back to areas. So there are no gaps, no overlaps and no slivers.
Everything is computed in kilometres east and north of a corner in the North Sea.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely import LineString, MultiPoint, Point, Polygon
from shapely.geometry.base import BaseGeometry

from needsmap.places.invent.dice import Dice

WEST, SOUTH = 0.9, 54.8
"""Longitude and latitude of the corner: open sea, about 90 km off the English coast."""
KM_PER_DEGREE_EAST, KM_PER_DEGREE_NORTH = 64.0, 111.3

GRID_KM = 0.005
"""All corners lie on a grid of 5 m; far coarser than the 5 decimals written out (about 1 m)."""

LANDWARD = ((10.6, 0.7), (7.2, 1.0), (4.1, 0.5), (1.7, 1.3), (0.6, 3.4), (0.3, 6.2), (1.0, 9.4),
            (1.9, 12.2), (5.2, 13.5), (8.4, 13.0), (10.3, 13.4))  # fmt: skip
COAST = ((10.3, 13.4), (10.9, 11.9), (12.3, 10.9), (12.5, 9.9), (13.6, 9.3), (12.9, 8.6),
         (12.1, 8.1), (11.9, 7.2), (12.0, 6.2), (12.5, 5.3), (12.2, 4.1), (13.1, 3.0), (12.7, 1.5),
         (10.6, 0.7))  # fmt: skip
RIVER = ((-0.5, 8.1), (1.6, 8.5), (3.2, 7.6), (4.8, 8.0), (6.3, 7.0), (7.7, 7.5), (9.0, 6.9),
         (10.3, 7.4), (11.3, 7.1), (12.6, 7.2))  # fmt: skip
ESTUARY_FROM_KM = 8.6
"""East of this the river is wide water; west of it, a line that areas meet at."""

TOWN = (9.3, 7.1)
VILLAGES = ((4.0, 10.9), (3.2, 3.6), (7.1, 11.5), (6.6, 3.0), (11.6, 2.4), (1.9, 6.6))


@dataclass(frozen=True)
class Ground:
    """The finest areas: outlines and heart points in kilometres, and how built-up each is.

    `urban` is 0 (open country) to 1 (the middle of town); `borders[i][j]` the kilometres
    areas i and j share, with the river left out.
    """

    outlines: tuple[Polygon, ...]
    hearts: tuple[tuple[float, float], ...]
    urban: tuple[float, ...]
    borders: tuple[dict[int, float], ...]


def density(east: npt.NDArray[np.float64], north: npt.NDArray[np.float64]) -> npt.NDArray:
    """Return how crowded points are drawn at these kilometres: town, then villages, then land."""
    from_town = ((east - TOWN[0]) / 2.3) ** 2 + ((north - TOWN[1]) / 2.7) ** 2
    crowd = 1 + 900 * np.exp(-from_town)
    for village in VILLAGES:
        crowd = crowd + 45 * np.exp(-((east - village[0]) ** 2 + (north - village[1]) ** 2) / 0.5)
    return crowd


def bent(
    line: tuple[tuple[float, float], ...], dice: Dice, *, sway: float, shortest_km: float
) -> list[tuple[float, float]]:
    """Return the line with every piece bent at its middle, again and again.

    `sway` is the largest sideways step as a share of the piece; pieces shorter than
    `shortest_km` stay straight.
    """
    points = list(line)
    while True:
        finer = [points[0]]
        for start, end in itertools.pairwise(points):
            length = math.dist(start, end)
            if length > shortest_km:
                step = dice.between(-sway, sway)
                finer.append(
                    (
                        (start[0] + end[0]) / 2 - (end[1] - start[1]) * step,
                        (start[1] + end[1]) / 2 + (end[0] - start[0]) * step,
                    )
                )
            finer.append(end)
        if len(finer) == len(points):
            return [(round(east, 3), round(north, 3)) for east, north in points]
        points = finer


def make_ground(seed: int, areas: int) -> Ground:
    """Return `areas` small areas between the invented coast and the invented hills."""
    coast = bent(COAST, Dice(seed, "coast"), sway=0.2, shortest_km=0.12)
    inland = bent(LANDWARD, Dice(seed, "boundary"), sway=0.15, shortest_km=0.2)
    river = bent(RIVER, Dice(seed, "river"), sway=0.16, shortest_km=0.12)
    land = Polygon(coast + inland).difference(_estuary(river))
    land = max(shapely.get_parts(land), key=lambda part: part.area)
    hearts = _hearts(land, Dice(seed, "hearts"), areas)
    stream = LineString([point for point in river if point[0] < ESTUARY_FROM_KM + 0.3])
    lines = [*_cell_borders(hearts, Dice(seed, "borders")), stream, land.exterior]
    outlines = _areas_from_lines(lines, land, hearts, stream)
    borders = _borders(outlines, stream)
    crowd = density(*np.array(hearts).T)
    urban = np.clip(np.log(crowd) / math.log(500), 0, 1)
    return Ground(tuple(outlines), hearts, tuple(float(u) for u in urban), borders)


def degrees(outline: BaseGeometry) -> BaseGeometry:
    """Return an outline in kilometres as WGS84 longitude and latitude, 5 decimals."""
    return shapely.transform(outline, _to_degrees)


def _to_degrees(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    scale = np.array([KM_PER_DEGREE_EAST, KM_PER_DEGREE_NORTH])
    return np.round(points / scale + np.array([WEST, SOUTH]), 5)


def point_in_degrees(east: float, north: float) -> tuple[float, float]:
    """Return (latitude, longitude) of a point in kilometres, 5 decimals."""
    return round(SOUTH + north / KM_PER_DEGREE_NORTH, 5), round(WEST + east / KM_PER_DEGREE_EAST, 5)


def _estuary(river: list[tuple[float, float]]) -> BaseGeometry:
    """Return the wide water: the river's end, growing from 30 m to 500 m across."""
    wet = [point for point in river if point[0] > ESTUARY_FROM_KM]
    reach = wet[-1][0] - ESTUARY_FROM_KM
    circles = [
        Point(point).buffer(0.015 + 0.22 * ((point[0] - ESTUARY_FROM_KM) / reach) ** 1.6, 6)
        for point in wet
    ]
    pieces = [
        shapely.convex_hull(shapely.union(before, after))
        for before, after in itertools.pairwise(circles)
    ]
    return shapely.union_all(pieces)


def _hearts(land: Polygon, dice: Dice, areas: int) -> tuple[tuple[float, float], ...]:
    """Return the points areas grow around: k-means over land, weighted by how crowded it is."""
    west, south, east, north = land.bounds
    steps = np.arange(0.05, max(east - west, north - south), 0.12)
    grid_east, grid_north = (part.ravel() for part in np.meshgrid(west + steps, south + steps))
    inside = shapely.contains_xy(land, grid_east, grid_north)
    spots = np.column_stack([grid_east[inside], grid_north[inside]])
    weight = density(spots[:, 0], spots[:, 1])
    hearts = np.array(dice.some([tuple(spot) for spot in spots], areas, list(np.sqrt(weight))))
    for _ in range(25):
        nearest = ((spots[:, None, :] - hearts[None, :, :]) ** 2).sum(axis=2).argmin(axis=1)
        total = np.bincount(nearest, weights=weight, minlength=areas)
        for axis in (0, 1):
            moved = np.bincount(nearest, weights=weight * spots[:, axis], minlength=areas)
            hearts[:, axis] = np.where(total > 0, moved / np.maximum(total, 1e-9), hearts[:, axis])
    # North to south, then west to east: the order codes are given in.
    return tuple(
        sorted(((round(e, 3), round(n, 3)) for e, n in hearts), key=lambda p: (-p[1], p[0]))
    )


def _cell_borders(hearts: tuple[tuple[float, float], ...], dice: Dice) -> list[LineString]:
    """Return the bent borders between the Voronoi cells of `hearts`."""
    frame = Polygon([(-9, -9), (25, -9), (25, 25), (-9, 25)])
    edges = shapely.voronoi_polygons(MultiPoint(hearts), extend_to=frame, only_edges=True)
    straight: set[tuple[tuple[float, float], tuple[float, float]]] = set()
    for line in shapely.get_parts(shapely.node(edges)):
        corners = [(round(east, 3), round(north, 3)) for east, north in line.coords]
        for start, end in itertools.pairwise(corners):
            if start != end:
                straight.add((min(start, end), max(start, end)))
    borders = []
    for start, end in sorted(straight):
        crowd = float(density(np.array([start[0]]), np.array([start[1]]))[0])
        in_town = crowd > 60
        points = bent(
            (start, end),
            dice,
            sway=0.11 if in_town else 0.17,
            shortest_km=0.09 if in_town else 0.22,
        )
        borders.append(LineString(points))
    return borders


def _areas_from_lines(
    lines: list[BaseGeometry],
    land: Polygon,
    hearts: tuple[tuple[float, float], ...],
    stream: LineString,
) -> list[Polygon]:
    """Cut the land along all lines at once and join the pieces to one outline per heart."""
    cut = shapely.union_all(np.array(lines, dtype=object), grid_size=GRID_KM)
    pieces = [
        piece
        for piece in shapely.get_parts(shapely.polygonize(shapely.get_parts(cut)))
        if land.contains(piece.representative_point())
    ]
    tree = shapely.STRtree(pieces)
    owner: dict[int, int] = {}
    for heart, point in enumerate(hearts):
        home = int(tree.nearest(Point(point)))
        owner.setdefault(home, heart)
    if len(owner) != len(hearts):
        raise ValueError("two hearts fell into one piece; choose another seed")
    near_stream = stream.buffer(0.004)
    while len(owner) < len(pieces):
        best: tuple[float, int, int] | None = None
        for loose in (index for index in range(len(pieces)) if index not in owner):
            for other in tree.query(pieces[loose], predicate="touches"):
                if int(other) in owner:
                    edge = pieces[loose].intersection(pieces[int(other)])
                    dry = edge.difference(near_stream).length
                    found = (dry or edge.length * 1e-6, -loose, int(other))
                    best = found if best is None or found > best else best
        if best is None:
            raise ValueError("a piece of land touches no area; choose another seed")
        owner[-best[1]] = owner[best[2]]
    return [
        shapely.normalize(
            shapely.union_all([pieces[index] for index in sorted(owner) if owner[index] == heart])
        )
        for heart in range(len(hearts))
    ]


def _borders(outlines: list[Polygon], stream: LineString) -> tuple[dict[int, float], ...]:
    """Return for each area the kilometres of dry border with each neighbour."""
    tree = shapely.STRtree(outlines)
    near_stream = stream.buffer(0.004)
    borders: list[dict[int, float]] = [{} for _ in outlines]
    for first, second in sorted(tree.query(outlines, predicate="touches").T.tolist()):
        if first < second:
            edge = outlines[first].intersection(outlines[second])
            # Across the river counts a little: in open country wards do reach over it.
            shared = round(edge.difference(near_stream).length + 0.02 * edge.length, 4)
            if shared > 0.001:
                borders[first][second] = borders[second][first] = shared
    return tuple(borders)
