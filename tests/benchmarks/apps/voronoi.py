"""Areas for the benchmarks: invented Voronoi cells with winding borders, or real ones.

`prepare` writes them once, before any app is started; the apps read them (`full`,
`simple`) from MAP_BENCH_FOLDER. Real ones: any file GDAL reads; the first column ending
in CD holds the code, the first ending in NM the name.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
from functools import cache
from itertools import pairwise
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

LAYERS = ("voice", "index", "heard")
MOST_IN_FULL = 5000
"""Above this many areas the naive way could not be drawn from full outlines at all."""


def prepare(folder: Path, size: int, outlines: str = "") -> None:
    """Write `size` areas in full and simplified, and the latter as GeoJSON, into a folder."""
    found = _real(outlines).head(size) if outlines else areas(size, _points_a_side(size))
    found.to_parquet(folder / f"full-{size}.parquet")
    plain = _simplified(found)
    plain.to_parquet(folder / f"simple-{size}.parquet")
    content = json.loads(plain[["code", "geometry"]].to_json(drop_id=True))
    for feature in content["features"]:
        feature["id"] = feature["properties"]["code"]
    (folder / f"simple-{size}.json").write_text(json.dumps(content, separators=(",", ":")))


def full(size: int) -> gpd.GeoDataFrame:
    """Return the areas prepared, in full: code, name, geometry."""
    return gpd.read_parquet(Path(os.environ["MAP_BENCH_FOLDER"]) / f"full-{size}.parquet")


def simple(size: int) -> gpd.GeoDataFrame:
    """Return the areas prepared, simplified together with five decimals, as peers are fed."""
    return gpd.read_parquet(Path(os.environ["MAP_BENCH_FOLDER"]) / f"simple-{size}.parquet")


def geojson(size: int) -> dict[str, object]:
    """Return the simplified areas as GeoJSON: `id` and property `code`."""
    path = Path(os.environ["MAP_BENCH_FOLDER"]) / f"simple-{size}.json"
    found: dict[str, object] = json.loads(path.read_text())
    return found


def _points_a_side(size: int) -> int:
    return 14 if size <= MOST_IN_FULL else 4


def areas(size: int, vertices_a_side: int = 14) -> gpd.GeoDataFrame:
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


@cache
def _real(path: str) -> gpd.GeoDataFrame:
    found = gpd.read_file(f"/vsigzip/{path}" if path.endswith(".gz") else path).to_crs(4326)
    code = next(c for c in found.columns if c.upper().endswith(("CD", "CODE")))
    name = next((c for c in found.columns if c.upper().endswith(("NM", "NAME"))), code)
    frame = gpd.GeoDataFrame(
        {"code": found[code].astype(str), "name": found[name].astype(str)},
        geometry=found.geometry, crs=4326,
    )  # fmt: skip
    # A part of a country is taken from its densest region, so that its areas lie together.
    middle = frame.geometry.representative_point()
    return frame.iloc[((middle.x + 0.12) ** 2 + (middle.y - 51.5) ** 2).argsort()]


def _simplified(found: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    typical = float(np.sqrt(np.median(shapely.area(found.geometry.to_numpy()))))
    plain = shapely.coverage_simplify(found.geometry.to_numpy(), typical * 0.04)
    return found.assign(geometry=shapely.set_precision(plain, 1e-5, mode="pointwise"))


def zoom(box: np.ndarray) -> float:
    """Return the zoom (512-pixel tiles) at which a box of degrees fills about 700 x 450."""
    across = math.log2(700 * 360 / 512 / (box[2] - box[0]))
    down = math.log2(450 * 360 * math.cos(math.radians(box[1])) / 512 / (box[3] - box[1]))
    return round(min(across, down) - 0.1, 2)


def _bend(ring: np.ndarray, steps: int, shift: float) -> np.ndarray:
    """Bend each side into a wave that depends only on its two ends: neighbours share it."""
    found = []
    for a, b in pairwise(ring):
        low, high = sorted([tuple(a), tuple(b)])
        seed = hashlib.md5(repr((round(low[0], 9), round(high[1], 9))).encode()).digest()[0]
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
