"""Services from lists whose headings drift: names, points, categories, duplicates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import shapely

from needsmap.places.build.report import Report
from needsmap.places.build.service_kinds import category_of, name_of
from needsmap.places.build.table_files import TableFile, heading_like
from needsmap.places.lookups import name_key, postcode_key
from needsmap.places.services import locate_points
from needsmap.tables import SERVICES
from needsmap.words import count, say

_NAME = (
    "name", "(pharmacy|practice|site|common|service|centre|center|school|establishment|property|"
    "library|hospital|organisation|facility|stop)_?name", "community_hub", "distname", "location",
    "title",
)  # fmt: skip
_LONGITUDE = ("lon", "long", "lng", "longitude", "geox", "x", "x_?coord(inate)?")
_LATITUDE = ("lat", "latitude", "geoy", "y", "y_?coord(inate)?")
_POSTCODE = ("postcode", "post_?code", ".*_postcode", "postal_?code", "pcds")
_ADDRESS = ("address", "address_?1", "street", "street_?name")
_CHECKED = ("checked_on", "inspection_date", ".*last_updated.*", "date_modified", "effectivedate")

_MIXED = ("site_type", "category", "classification", "classifica")
_UNNAMED = {"", "unknown", "na", "n a", "unnamed", "none"}


@dataclass(frozen=True)
class Surroundings:
    """What places a service: area codes and outlines, and postcodes with points.

    postcodes: index key; longitude, latitude.
    """

    codes: list[str]
    shapes: Any
    postcodes: pd.DataFrame


def is_services(table: TableFile) -> bool:
    """Return whether headings name things and say where they are."""
    point = table.column(*_LONGITUDE) and table.column(*_LATITUDE)
    return bool(table.column(*_NAME) and (point or table.column(*_POSTCODE)))


def from_table(table: TableFile, around: Surroundings, report: Report) -> pd.DataFrame:
    """Return the services of a CSV that lie in the place (`tables.SERVICES`)."""
    rows = table.read()
    longitude = _numbers(rows, table.column(*_LONGITUDE))
    latitude = _numbers(rows, table.column(*_LATITUDE))
    return _services(rows, longitude, latitude, table.name, around, report)


def is_services_json(content: Any) -> bool:
    """Return whether parsed JSON is a FeatureCollection."""
    return isinstance(content, dict) and isinstance(content.get("features"), list)


def from_features(
    properties: list[dict[str, Any]],
    geometries: list[Any],
    file: str,
    around: Surroundings,
    report: Report,
) -> pd.DataFrame:
    """Return the services of GeoJSON features; an outline becomes a point inside it."""
    rows = pd.DataFrame(properties).map(lambda v: "" if v is None else str(v)).fillna("")
    rows.index = pd.RangeIndex(1, len(rows) + 1)
    inner = [None if g is None else shapely.point_on_surface(g) for g in geometries]
    longitude = pd.Series([np.nan if p is None else p.x for p in inner], index=rows.index)
    latitude = pd.Series([np.nan if p is None else p.y for p in inner], index=rows.index)
    return _services(rows, longitude, latitude, file, around, report)


def _numbers(rows: pd.DataFrame, column: str | None) -> pd.Series:
    if column is None:
        return pd.Series(np.nan, index=rows.index)
    return pd.to_numeric(rows[column], errors="coerce").astype(float)


def _column(rows: pd.DataFrame, patterns: tuple[str, ...]) -> str | None:
    return heading_like((str(heading) for heading in rows.columns), patterns)


def _services(
    rows: pd.DataFrame,
    longitude: pd.Series,
    latitude: pd.Series,
    file: str,
    around: Surroundings,
    report: Report,
) -> pd.DataFrame:
    of_file = category_of(file.rpartition("/")[2].partition(".")[0])
    mixed = _column(rows, _MIXED)
    own = rows[mixed].map(category_of) if mixed and of_file is None else None
    if of_file == "" or (of_file is None and (own is None or not own.astype(bool).any())):
        report.leave(file, say("it is not a kind of service Needs Map shows."))
        return pd.DataFrame(columns=list(SERVICES))
    category = own.fillna("") if own is not None else pd.Series(of_file, index=rows.index)
    unshown = [int(row) for row in rows.index[category == ""]]
    report.leave_rows(file, unshown, say("not a kind of service Needs Map shows."), mixed)
    shown = category != ""
    rows, longitude, latitude = rows[shown], longitude[shown], latitude[shown]
    category = category[shown]
    name_column = _column(rows, _NAME)
    name = rows[name_column].str.strip() if name_column else pd.Series("", index=rows.index)
    unnamed = name.map(name_key).isin(_UNNAMED)
    name = name.mask(unnamed, category.map(name_of))
    longitude, latitude, how = _placed(rows, longitude, latitude, file, around, report)
    known = longitude.notna() & latitude.notna()
    nowhere = [int(row) for row in rows.index[~known]]
    report.leave_rows(file, nowhere, say("its place is not known: no point, and no postcode of "
                                         "this place with a point."),
                      _column(rows, _POSTCODE))  # fmt: skip
    area = pd.Series("", index=rows.index)
    if known.any():
        located = locate_points(
            around.codes, around.shapes, longitude[known].to_numpy(), latitude[known].to_numpy()
        )
        area.loc[known] = located.to_numpy()
    outside = int((known & (area == "")).sum())
    if outside:
        said = count(
            "{n} row lies outside this place.", "{n} rows lie outside this place.", outside
        )
        report.leave(file, said)
    inside = known & (area != "")
    if not inside.any():
        return pd.DataFrame(columns=list(SERVICES))
    checked = _column(rows, _CHECKED)
    days = rows[checked].str.strip() if checked else pd.Series("", index=rows.index)
    address = _column(rows, _ADDRESS)
    postcode = _column(rows, _POSTCODE)
    made = pd.DataFrame(
        {
            "service_id": "",
            "name": name,
            "category": category,
            "latitude": latitude.round(6),
            "longitude": longitude.round(6),
            "address": _address(rows, address, postcode),
            "checked_on": days.where(days.str.fullmatch(r"\d{4}-\d{2}-\d{2}"), ""),
            "source": file.rpartition("/")[2] + how,
        }
    )[inside]
    return made.assign(unnamed=unnamed[inside])


def _address(rows: pd.DataFrame, address: str | None, postcode: str | None) -> pd.Series:
    parts = [rows[c].str.strip() for c in (address, postcode) if c]
    if not parts:
        return pd.Series("", index=rows.index)
    if len(parts) == 1:
        return parts[0]
    return (parts[0] + ", " + parts[1]).str.strip(", ")


def _placed(
    rows: pd.DataFrame,
    longitude: pd.Series,
    latitude: pd.Series,
    file: str,
    around: Surroundings,
    report: Report,
) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Set aside points that are not points; place the rest by postcode, and mark it.

    Some lists give every row the middle of the borough; a point that a tenth of a list of
    twenty or more shares is no service's own point.
    """
    pair = pd.Series(list(zip(longitude, latitude, strict=True)), index=rows.index)
    shared = pair.map(pair.value_counts()) > max(10, len(rows) / 10)
    shared &= longitude.notna()
    if shared.any():
        report.leave(
            file,
            say("{n} rows share one point, so it is nobody's own; the point is not used.",
                n=int(shared.sum())),
        )  # fmt: skip
        longitude, latitude = longitude.mask(shared), latitude.mask(shared)
    how = pd.Series("", index=rows.index)
    column = _column(rows, _POSTCODE)
    lacking = longitude.isna() | latitude.isna()
    if column and lacking.any() and len(around.postcodes):
        keys = rows.loc[lacking, column].map(postcode_key)
        points = around.postcodes.reindex(keys)
        longitude, latitude = longitude.copy(), latitude.copy()
        longitude.loc[lacking] = points["longitude"].to_numpy()
        latitude.loc[lacking] = points["latitude"].to_numpy()
        how.loc[lacking] = " " + say("(placed by its postcode)")
    return longitude, latitude, how
