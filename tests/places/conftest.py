"""Small places made on the spot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from needsmap.places.pack import Indicator, Level, Source
from needsmap.places.write import write_pack

CODES = ("A1", "A2", "B1", "B2")


@pytest.fixture
def small_pack(tmp_path: Path) -> Callable[..., Path]:
    """Return a maker of a 2×2 place: A1 A2 in ward A, B1 B2 in ward B, 100–400 people."""

    def make(name: str = "fourfold", **changes: object) -> Path:
        boxes = [shapely.box(x, y, x + 0.1, y + 0.1) for y in (50.0, 50.1) for x in (0.0, 0.1)]
        parts: dict[str, object] = {
            "name": name,
            "title": "Fourfold",
            "invented": True,
            "levels": [
                Level("area", "area", "areas"),
                Level("ward", "ward", "wards"),
                Level("authority", "borough", "boroughs"),
            ],
            "areas": gpd.GeoDataFrame(
                {
                    "area_code": CODES,
                    "area_name": [f"Area {c}" for c in CODES],
                    "population": [100.0, 200.0, 300.0, 400.0],
                },
                geometry=boxes,
                crs=4326,
            ),
            "membership": pd.DataFrame(
                {"ward": ["WA", "WA", "WB", "WB"], "authority": "F"}, index=list(CODES)
            ),
            "names": {"ward": {"WA": "Ash", "WB": "Beech"}, "authority": {"F": "Fourfold"}},
            "indicators": pd.DataFrame(
                {"crime_rank": [1.0, 10.0, 11.0, 100.0], "crime_decile": [1.0, 1.0, 2.0, 10.0]},
                index=list(CODES),
            ),
            "indicator_info": [
                Indicator(
                    "crime_rank", "Crime", "rank", "higher_is_better", "crime", "rank", 100,
                    "2025", "Test", "Crime Rank",
                ),
                Indicator(
                    "crime_decile", "Crime", "tenth", "higher_is_better", "crime", "decile", None,
                    "2025", "Test", "Crime Decile",
                ),
            ],
            "services": pd.DataFrame(
                [["s1", "Ash Library", "library", 50.05, 0.05, "1 Ash Street", "2026-01-01", "x"]],
                columns=[
                    "service_id", "name", "category", "latitude", "longitude", "address",
                    "checked_on", "source",
                ],
            ),
            "population": pd.DataFrame(
                [(c, "age", band, 50.0) for c in CODES for band in ("0-15", "16+")],
                columns=["area_code", "group", "band", "people"],
            ),
            "lookups": pd.DataFrame(
                [("postcode", "ZZ11AA", "area", "A1"), ("name", "ash", "ward", "WA")],
                columns=["kind", "key", "level", "area_code"],
            ),
            "grants": pd.DataFrame(
                [
                    ["g1", "Choir", "1000", "2025-04-01", "WA"],
                    ["g2", "Rent", "50", "2025-05-01", "F"],
                ],
                columns=[
                    "Identifier", "Title", "Amount Awarded", "Award Date",
                    "Beneficiary Location:Geographic Code",
                ],
            ),
            "sources": [Source("Invented", "CC0-1.0", "Nobody", "2026-01-01", "")],
        }  # fmt: skip
        parts.update(changes)
        return write_pack(tmp_path / name, **parts)  # type: ignore[arg-type]

    return make
