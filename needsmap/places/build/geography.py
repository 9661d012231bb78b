"""Outlines of English areas from GeoJSON and GeoParquet: what level a file is for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from needsmap.places.build.files import (
    as_features,
    features_of,
    parquet_columns,
    read_geoparquet,
    read_json,
    read_parquet,
)
from needsmap.places.build.report import Report
from needsmap.places.geojson import read_geojson
from needsmap.words import say

_CODE = re.compile(r"area_code|(lsoa|msoa|wd|ward|lad|ltla|oa)\d{0,2}_?(cd|code)", re.IGNORECASE)
_NAME = re.compile(r"area_name|(lsoa|msoa|wd|ward|lad|ltla|oa)\d{0,2}_?(nm|name)", re.IGNORECASE)
_LEVEL_OF_PREFIX = {"E00": "oa", "E01": "lsoa", "E02": "msoa", "E05": "ward", "E06": "authority",
                    "E07": "authority", "E08": "authority", "E09": "authority"}  # fmt: skip
BRITISH_GRID = 27700


@dataclass(frozen=True)
class OutlineFile:
    """A file of outlines: its level, code column, and the codes it holds."""

    path: Path
    name: str
    level: str
    code: str
    label: str | None
    codes: frozenset[str]

    def read(self, wanted: set[str] | None, report: Report) -> gpd.GeoDataFrame:
        """Return area_code, area_name, geometry (WGS84) of the wanted codes.

        Areas whose outline cannot be used are left aside, each named.
        """
        if self.path.suffix == ".parquet":
            frame = read_geoparquet(self.path, self.name)
            frame = frame[frame[self.code].isin(wanted)] if wanted is not None else frame
            blank = frame.geometry.isna() | frame.geometry.is_empty
            none = say("it has no outline.")
            report.leave_rows(self.name, [int(r) for r in frame.index[blank]], none)
            frame = frame[~blank]
            names = frame[self.label] if self.label else frame[self.code]
            return gpd.GeoDataFrame(
                {"area_code": frame[self.code].astype(str), "area_name": names.astype(str)},
                geometry=shapely.make_valid(frame.geometry.to_numpy()),
                crs=4326,
            ).reset_index(drop=True)
        content = read_json(self.path, self.name)
        rows = [
            (properties, geometry)
            for properties, geometry in features_of(content) or []
            if wanted is None or str(properties.get(self.code)) in wanted
        ]
        crs = content.get("crs")
        features = read_geojson(
            _with_crs(as_features(rows), crs), self.name, trusted=True, areas_only=True
        )
        for problem in features.problems:
            report.leave(self.name, problem.message, row=problem.row)
        kept = [
            (str(p[self.code]), str(p.get(self.label or self.code) or p[self.code]), shape)
            for p, shape in zip(features.properties, features.geometries, strict=True)
            if shape is not None
        ]
        grid = BRITISH_GRID if "27700" in features.crs else 4326
        return gpd.GeoDataFrame(
            {"area_code": [k[0] for k in kept], "area_name": [k[1] for k in kept]},
            geometry=gpd.GeoSeries([k[2] for k in kept], crs=grid),
            crs=grid,
        ).to_crs(4326)


def _with_crs(data: bytes, crs: Any) -> bytes:
    if not isinstance(crs, dict):
        return data
    text = str((crs.get("properties") or {}).get("name", ""))
    if "27700" not in text:
        return data
    name = b'"crs":{"type":"name","properties":{"name":"EPSG:27700"}},'
    return b"{" + name + data[1:]


def recognise(path: Path, name: str) -> tuple[OutlineFile | None, Any]:
    """Return the file as outlines, or None with its parsed content for others to look at.

    A file of outlines has a column of official codes, one of its own for each feature; a
    file of services has the code of the borough, the same for all.
    """
    if path.suffix == ".parquet":
        return _recognise_parquet(path, name), None
    content = read_json(path, name)
    rows = features_of(content)
    if rows is None:
        return None, content
    table = pd.DataFrame([properties for properties, _ in rows])
    kinds = {str(g["type"]) for _, g in rows if isinstance(g, dict) and "type" in g}
    if not kinds <= {"Polygon", "MultiPolygon"}:
        return None, content
    return _from_table(path, name, table), content


def _recognise_parquet(path: Path, name: str) -> OutlineFile | None:
    names, drawn = parquet_columns(path, name)
    if not drawn:
        return None
    columns = [c for c in names if _CODE.fullmatch(c) or _NAME.fullmatch(c)]
    return _from_table(path, name, read_parquet(path, name, columns))


def _from_table(path: Path, name: str, table: pd.DataFrame) -> OutlineFile | None:
    for column in table.columns:
        if not _CODE.fullmatch(str(column)):
            continue
        codes = table[column].dropna().astype(str)
        prefixes = codes.str[:3].map(_LEVEL_OF_PREFIX).dropna().unique()
        if len(prefixes) == 1 and codes.is_unique and len(codes) == len(table):
            # A service file of one feature has a name of its own beside the area's.
            own = {str(c).lower() for c in table.columns} & {"name", "site_name", "distname"}
            if own:
                return None
            stem = str(column).lower().removesuffix("cd").removesuffix("code").rstrip("_")
            label = next(
                (
                    str(c)
                    for c in table.columns
                    if _NAME.fullmatch(str(c)) and str(c).lower().startswith(stem[:4])
                ),
                None,
            )
            return OutlineFile(path, name, str(prefixes[0]), str(column), label, frozenset(codes))
    return None
