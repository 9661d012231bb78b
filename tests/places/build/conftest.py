"""A folder of official-style files of an invented borough, small enough to see at once.

Four areas of a degree tenth each, side by side from 0.0 to 0.4 east, 50.0 to 50.1 north:
E01000001 and 2 in ward Ash, 3 and 4 in ward Beech. The headings are those publishers use.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

CODES = ("E01000001", "E01000002", "E01000003", "E01000004")
FILE7 = (
    "LSOA code (2021),LSOA name (2021),Local Authority District code (2024),"
    "Local Authority District name (2024),"
    "Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived),"
    "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs),"
    "Income Score (rate)\n"
    "E01000001,Smallham 001A,E06000001,Smallham,1,1,0.4\n"
    "E01000002,Smallham 001B,E06000001,Smallham,3375,1,0.3\n"
    "E01000003,Smallham 001C,E06000001,Smallham,3376,2,0.2\n"
    "E01000004,Smallham 001D,E06000001,Smallham,33755,10,0.1\n"
    "E01000009,Elsewhere 001A,E06000002,Elsewhere,5,1,0.4\n"
)


def box(west: float, east: float, south: float = 50.0, north: float = 50.1) -> dict[str, Any]:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def collection(rows: Iterable[tuple[dict[str, Any], Any]]) -> str:
    features = [{"type": "Feature", "properties": p, "geometry": g} for p, g in rows]
    return json.dumps({"type": "FeatureCollection", "features": features})


def areas(codes: Iterable[str] = CODES, heading: str = "LSOA21CD") -> str:
    return collection(({heading: code}, box(i / 10, i / 10 + 0.1)) for i, code in enumerate(codes))


@pytest.fixture
def official(tmp_path: Path) -> Path:
    """Return the folder with outlines and File 7 only."""
    folder = tmp_path / "official"
    folder.mkdir()
    (folder / "lsoa.geojson").write_text(areas())
    # With the byte order mark the official file has.
    (folder / "index.csv").write_text(FILE7, encoding="utf-8-sig")
    return folder


@pytest.fixture
def complete(official: Path) -> Path:
    """Return the folder with a file of every kind."""
    wards = collection(
        [({"WD24CD": "E05000001", "WD24NM": "Ash"}, box(0, 0.2)),
         ({"WD24CD": "E05000002", "WD24NM": "Beech"}, box(0.2, 0.4))]
    )  # fmt: skip
    (official / "wards.geojson").write_text(wards)
    (official / "best_fit.csv").write_text(
        "lsoa21cd,lsoa21nm,wd24cd,wd24nm,lad24cd,lad24nm\n"
        + "".join(
            f"{code},x,E0500000{1 + i // 2},{('Ash', 'Beech')[i // 2]},E06000001,Smallham\n"
            for i, code in enumerate(CODES)
        )
    )
    (official / "postcodes.csv").write_text(
        "Postcode,LSOA_Code,LA_Code,Lat,Long\n"
        "ZZ1 1AA,E01000001,E06000001,50.05,0.05\n"
        "zz1 1ab,E01000004,E06000001,50.05,0.35\n"
    )
    (official / "old_and_new.csv").write_text(
        "LSOA11CD,LSOA21CD\nE01999999,E01000001\nE01999999,E01000002\nE01000003,E01000003\n"
    )
    (official / "people.csv").write_text(
        "area_code,period,indicator,value\n"
        + "".join(
            f"{code},2021-03-21,Aged {band} years,{n}\n"
            for code in CODES
            for band, n in (("0 to 15", 10), ("16 to 64", 20))
        )
    )
    (official / "libraries.csv").write_text(
        "Library name,Post Code,GeoY,GeoX\nAsh Library,ZZ1 1AA,50.05,0.05\n"
        "Beech Library,ZZ1 1AB,,\nFar Library,ZZ9 9ZZ,55,0.05\n"
    )
    (official / "allotments.csv").write_text("name,osm_id,lon,lat\nThe Plots,1,0.15,50.05\n")
    (official / "grants.json").write_text(
        json.dumps(
            {
                "license": "https://creativecommons.org/licenses/by/4.0/",
                "grants": [
                    {
                        "id": "360G-x-1",
                        "title": "Choir",
                        "amountAwarded": 1000,
                        "awardDate": "2025-04-01T00:00:00+00:00",
                        "fundingOrganization": [{"name": "The Fund"}],
                        "beneficiaryLocation": [{"geoCode": "E05000001", "geoCodeType": "WD"}],
                    },
                    {
                        "id": "360G-x-2",
                        "amountAwarded": 5,
                        "beneficiaryLocation": [{"geoCode": "E05009999"}],
                    },
                ],
            }
        )
    )
    return official
