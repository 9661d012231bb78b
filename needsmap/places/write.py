"""Write a place pack: the one writer, used by the builders and by the generator alike.

The bytes depend on the data only (rows in the order given, coordinates and figures rounded,
no times), so the same place made twice has the same version.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from needsmap.errors import UnreadableFile
from needsmap.places.contents import AREAS_FILE, COLUMNS
from needsmap.places.geojson import parse_json
from needsmap.places.pack import Indicator, Level, Source
from needsmap.places.package import PACKAGE_FILE, objects
from needsmap.tables import LEVELS, LOOKUPS, POPULATION, SERVICES

COORDINATE_DECIMALS = 6
"""Six decimals of a degree are about ten centimetres."""

_NUMBER_COLUMNS = {"people", "latitude", "longitude", "Amount Awarded"}


def write_pack(
    folder: Path,
    *,
    name: str,
    title: str,
    levels: Sequence[Level],
    areas: gpd.GeoDataFrame,
    invented: bool = False,
    country: str = "",
    version: str = "1.0.0",
    licence: str = "",
    membership: pd.DataFrame | None = None,
    names: Mapping[str, Mapping[str, str]] | None = None,
    indicators: pd.DataFrame | None = None,
    indicator_info: Sequence[Indicator] = (),
    services: pd.DataFrame | None = None,
    grants: pd.DataFrame | None = None,
    lookups: pd.DataFrame | None = None,
    population: pd.DataFrame | None = None,
    sources: Sequence[Source] = (),
    resource_sources: Mapping[str, Sequence[Source]] | None = None,
    surveys: Sequence[tuple[str, str, date | None]] = (),
    level_outlines: Mapping[str, gpd.GeoDataFrame] | None = None,
    themes: str = "",
) -> Path:
    """Write a pack into `folder` (made when it is not there) and return the folder.

    Parameters
    ----------
    levels
        Finest first.
    areas
        Finest level: `area_code`, `area_name`, `population` (people, NaN = unknown) and
        outlines in WGS84; written in the order of `area_code`.
    membership, names
        As in `pack.Pack`: index finest code, one column for each higher level (the finest
        may be there too); level id → code → name.
    indicators, indicator_info
        Index finest code, columns indicator ids; written under `Indicator.column`.
    services, lookups, population
        As in `tables`; grants with 360Giving headings. None or empty: the part is missing.
    sources, resource_sources
        Where the place's data is from, as a whole and for single files of the pack
        (such as "services.csv"); the package lists all of them, each once.
    surveys
        (path inside the folder, title, day asked) of sample surveys; the caller writes the
        files themselves.
    level_outlines
        Level id → `area_code`, `area_name`, geometry, where the publisher's own outlines are
        to be used instead of the finest ones dissolved.
    themes
        The text of themes.toml, or "".
    """
    folder.mkdir(parents=True, exist_ok=True)
    formerly = _written_before(folder)
    ordered = areas.sort_values("area_code", kind="stable").reset_index(drop=True)
    codes = pd.Index(ordered["area_code"].astype(str), name="area_code")
    written: list[tuple[str, pd.DataFrame | None]] = [(AREAS_FILE, None)]
    _write_outlines(folder / AREAS_FILE, ordered, with_people=True)
    tables = {
        "levels.csv": _level_rows(codes, levels, membership, names or {}),
        "indicators.csv": _indicator_rows(codes, indicators, indicator_info),
        "services.csv": _sorted(services, SERVICES, ["service_id"]),
        "population.csv": _sorted(population, POPULATION, ["area_code", "group"]),
        "lookups.csv": _sorted(lookups, LOOKUPS, list(LOOKUPS)),
        "grants.csv": grants,
    }
    for file, table in tables.items():
        if table is not None and len(table):
            _write_table(folder / file, table)
            written.append((file, table))
    for level_id, outlines in sorted((level_outlines or {}).items()):
        path = f"levels/{level_id}.geojson"
        (folder / "levels").mkdir(exist_ok=True)
        kept = outlines.sort_values("area_code", kind="stable").reset_index(drop=True)
        _write_outlines(folder / path, kept, with_people=False)
        written.append((path, None))
    if themes:
        (folder / "themes.toml").write_text(themes, encoding="utf-8", newline="\n")
    for path in formerly - {path for path, _ in written}:
        (folder / path).unlink(missing_ok=True)
    of_file = resource_sources or {}
    credited = [*sources, *(source for path, _ in written for source in of_file.get(path, ()))]
    package = {
        "profile": "data-package",
        "name": name,
        "title": title,
        "version": version,
        "licenses": [{"name": licence}] if licence else [],
        "sources": [_credit(source) for source in dict.fromkeys(credited)],
        "resources": [_resource(path, table, of_file.get(path, ())) for path, table in written],
        "needsmap": {
            "invented": invented,
            "country": country,
            "levels": [asdict(level) for level in levels],
            "indicators": [asdict(i) for i in indicator_info] if indicators is not None else [],
            "surveys": [
                {"path": path, "title": said, "asked": asked.isoformat() if asked else None}
                for path, said, asked in surveys
            ],
        },
    }
    text = json.dumps(package, ensure_ascii=False, indent=1)
    (folder / PACKAGE_FILE).write_text(text + "\n", encoding="utf-8", newline="\n")
    return folder


def _write_outlines(file: Path, areas: gpd.GeoDataFrame, *, with_people: bool) -> None:
    """Write one feature a line, so a change shows as a change of one line."""
    shapes = areas.geometry.to_numpy()
    # Snapping to the grid before writing keeps neighbours' shared edges shared and valid.
    shapes = shapely.set_precision(shapes, 10.0**-COORDINATE_DECIMALS)
    shapes = shapely.normalize(shapes)
    lines = []
    for position, shape in enumerate(shapes):
        row = areas.iloc[position]
        properties: dict[str, Any] = {
            "area_code": str(row["area_code"]),
            "area_name": str(row["area_name"]),
        }
        if with_people:
            people = row.get("population")
            properties["population"] = None if people is None else _plain(people)
        feature = {
            "type": "Feature",
            "properties": properties,
            "geometry": _rounded(shapely.geometry.mapping(shape)),
        }
        lines.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
    file.write_text(text, encoding="utf-8", newline="\n")


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return [_rounded(part) for part in value]
    if isinstance(value, float):
        return round(value, COORDINATE_DECIMALS) + 0.0  # never "-0.0"
    return value


def _level_rows(
    codes: pd.Index,
    levels: Sequence[Level],
    membership: pd.DataFrame | None,
    names: Mapping[str, Mapping[str, str]],
) -> pd.DataFrame:
    rows = []
    for level in levels[1:]:
        parents = membership[level.id].reindex(codes) if membership is not None else None
        if parents is None:
            continue
        known = names.get(level.id, {})
        rows += [
            (code, level.id, parent, known.get(parent, parent))
            for code, parent in parents.items()
            if isinstance(parent, str) and parent
        ]
    return pd.DataFrame(rows, columns=list(LEVELS))


def _indicator_rows(
    codes: pd.Index, indicators: pd.DataFrame | None, info: Sequence[Indicator]
) -> pd.DataFrame | None:
    if indicators is None or not info:
        return None
    table = indicators.reindex(codes)[[i.id for i in info]]
    table.columns = pd.Index([i.column for i in info])
    return table.rename_axis("area_code").reset_index()


def _sorted(
    table: pd.DataFrame | None, columns: Sequence[str], by: list[str]
) -> pd.DataFrame | None:
    if table is None:
        return None
    return table.reindex(columns=list(columns)).sort_values(by, kind="stable")


def _write_table(file: Path, table: pd.DataFrame) -> None:
    text = pd.DataFrame(
        {column: [_cell(value) for value in table[column]] for column in table.columns}, dtype=str
    )
    text.to_csv(file, index=False, lineterminator="\n", encoding="utf-8")


def _cell(value: Any) -> str:
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float | np.floating):
        return str(_plain(value))
    return str(value)


def _plain(value: Any) -> float | int | None:
    """Return a number as plainly as it can be written: 12, 0.25; None for NaN."""
    number = float(value)
    if math.isnan(number):
        return None
    rounded = round(number, 6)
    return int(rounded) if rounded == int(rounded) else rounded


def _resource(path: str, table: pd.DataFrame | None, sources: Sequence[Source]) -> dict[str, Any]:
    name = path.rpartition("/")[2].partition(".")[0]
    credits = {"sources": [_credit(source) for source in sources]} if sources else {}
    if table is None:
        return {
            "name": name,
            "path": path,
            "format": "geojson",
            "mediatype": "application/geo+json",
            **credits,
        }
    number = set(table.columns[1:]) if path == "indicators.csv" else _NUMBER_COLUMNS
    fields = [
        {"name": str(c), "type": "number" if c in number else "string"} for c in table.columns
    ]
    return {
        "name": name,
        "path": path,
        "profile": "tabular-data-resource",
        "format": "csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "missingValues": [""]},
        **credits,
    }


def _credit(source: Source) -> dict[str, str]:
    return {key: value for key, value in asdict(source).items() if value or key == "title"}


def _written_before(folder: Path) -> set[str]:
    """Return the files an earlier build wrote here, which this one may replace or remove.

    Only files of a pack's own names count, and only when the package lists them: nobody
    else's file is ever removed.
    """
    file = folder / PACKAGE_FILE
    if not file.is_file():
        return set()
    try:
        package = parse_json(file.read_bytes(), PACKAGE_FILE)
    except UnreadableFile:
        return set()
    listed = package.get("resources") if isinstance(package, dict) else None
    paths = {str(item.get("path")) for item in listed} if objects(listed) else set()
    levels = {path for path in paths if re.fullmatch(r"levels/[\w-]+\.geojson", path)}
    return levels | (paths & {AREAS_FILE, *COLUMNS})
