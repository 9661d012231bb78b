"""Invented areas for the benchmarks: Voronoi cells with winding borders, and classes."""

from __future__ import annotations

from itertools import pairwise

import geopandas as gpd
import numpy as np
import shapely

LAYERS = ("voice", "index", "heard")


def areas(size: int, *, vertices_a_side: int = 14) -> gpd.GeoDataFrame:
    """Return `size` areas (code, name, geometry) with about 98 points each, as real ones have."""
    random = np.random.default_rng(size)
    points = random.uniform((-2.6, 53.2), (-2.0, 53.6), (size, 2))
    frame = shapely.box(-2.62, 53.19, -1.98, 53.61)
    cells = shapely.get_parts(
        shapely.voronoi_polygons(shapely.multipoints(points), extend_to=frame, ordered=True)
    )
    cells = shapely.intersection(cells, frame)
    shift = 0.6 / size**0.5 * 0.05
    bent = [
        shapely.Polygon(_bend(shapely.get_coordinates(cell), vertices_a_side, shift))
        for cell in cells
    ]
    return gpd.GeoDataFrame(
        {
            "code": [f"E{i:08d}" for i in range(size)],
            "name": [f"Somewhere {i:05d}" for i in range(size)],
        },
        geometry=bent,
        crs=4326,
    )


def _bend(ring: np.ndarray, steps: int, shift: float) -> np.ndarray:
    """Bend each side into a wave that depends only on its two ends: neighbours share it."""
    found = []
    for a, b in pairwise(ring):
        low, high = sorted([tuple(a), tuple(b)])
        seed = int(abs(hash((round(low[0], 9), round(high[1], 9)))) % 2**32)
        along = np.linspace(0, 1, steps, endpoint=False)
        wave = np.sin(along * np.pi * (1 + seed % 4)) * shift
        if (tuple(a), tuple(b)) != (low, high):
            along = 1 - along
            wave = np.sin(along * np.pi * (1 + seed % 4)) * shift
        side = np.array(low) + along[:, None] * (np.array(high) - np.array(low))
        across = np.array([low[1] - high[1], high[0] - low[0]])
        found.append(side + wave[:, None] * across / (np.linalg.norm(across) or 1))
    return np.vstack([*found, found[0][:1]])


def classes(layer: str, codes: tuple[str, ...]) -> dict[str, str]:
    """Return area code → class "0" to "4", different for each layer, the same every run."""
    drawn = np.random.default_rng(LAYERS.index(layer)).integers(0, 5, len(codes))
    return {code: str(c) for code, c in zip(codes, drawn, strict=True)}
