"""Services from lists whose headings drift: names, points, categories, duplicates."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import shapely

from needsmap.places.build.files import TableFile
from needsmap.places.build.report import Report
from needsmap.places.lookups import name_key, postcode_key
from needsmap.places.services import locate_points
from needsmap.tables import SERVICES
from needsmap.words import say

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

_CATEGORY_WORDS = (
    # (category, what a file's name or a row's own kind says); the first that fits is taken
    ("", r"charit|defib|fast[ _]?food|patient_reg|assets|access_point|town[ _]?centre|golf|cemetery"
         r"|religious grounds"),
    ("care_home", r"care[ _]?home|nursing|residential home"),
    ("food_bank", r"food[ _]?bank|foodbank"),
    ("mental_health", r"mental"),
    ("dentist", r"dentist|dental"),
    ("pharmacy", r"pharmac|chemist"),
    ("hospital", r"hospital"),
    ("gp", r"general[ _]?practi|\bgps?\b|gp_|doctor|surger"),
    ("nursery", r"childrens?[ _]?cent|nurser|child[ _]?care|early years"),
    ("school", r"school|college|education"),
    ("library", r"librar"),
    ("youth_club", r"youth"),
    ("community_centre", r"community[ _]?(hub|cent|hall)|village[ _]?hall"),
    ("playground", r"play[ _]?(space|ground|area)"),
    ("allotment", r"allotment"),
    ("sports", r"sport|leisure|gym|bowling green|tennis|playing field|swimming|pitch"),
    ("park", r"\bparks?\b|public park|green[ _]?flag|garden"),
    ("post_office", r"post[ _]?office"),
    ("jobcentre", r"job[ _]?cent"),
    ("bus_stop", r"bus[ _]?stop"),
    ("rail", r"metrolink|tram|train|rail|tube|station"),
    ("worship", r"worship|church|mosque|temple"),
    ("advice", r"advice|citizens"),
    ("shop", r"supermarket|\bshops?\b|grocer"),
)  # fmt: skip
_MIXED = ("site_type", "category", "classification", "classifica")
_UNNAMED = {"", "unknown", "na", "n a", "unnamed", "none"}
_NAME_OF = {
    "gp": "GP practice", "post_office": "Post office", "worship": "Place of worship",
    "hospital": "Hospital", "playground": "Playground", "park": "Park", "sports": "Sports ground",
    "allotment": "Allotments", "rail": "Station", "bus_stop": "Bus stop",
}  # fmt: skip
SAME_PLACE_DEGREES = 0.002
"""Two entries of the same name this near (about 150–200 m) are one service."""


@dataclass(frozen=True)
class Surroundings:
    """What places a service: area codes and outlines, and postcodes with points.

    postcodes: index key; longitude, latitude.
    """

    codes: list[str]
    shapes: Any
    postcodes: pd.DataFrame


def category_of(text: str) -> str | None:
    """Return the category a file name or a row's own kind says; "" = known and not shown."""
    plain = text.casefold().replace("-", "_")
    for category, words in _CATEGORY_WORDS:
        if re.search(words, plain) or re.search(words, plain.replace("_", " ")):
            return category
    return None


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
    for pattern in patterns:
        for heading in rows.columns:
            if re.fullmatch(pattern, str(heading).strip(), re.IGNORECASE):
                return str(heading)
    return None


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
    rows, longitude, latitude = (t[category != ""] for t in (rows, longitude, latitude))
    category = category[category != ""]
    name_column = _column(rows, _NAME)
    name = rows[name_column].str.strip() if name_column else pd.Series("", index=rows.index)
    unnamed = name.map(name_key).isin(_UNNAMED)
    name = name.mask(unnamed, category.map(lambda c: _NAME_OF.get(c, c.replace("_", " ").title())))
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
        report.leave(file, say("{n} rows lie outside this place.", n=outside))
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


def joined(parts: list[pd.DataFrame], report: Report) -> pd.DataFrame:
    """Return all services once, with ids that stay the same when the pack is made again."""
    if not parts:
        return pd.DataFrame(columns=list(SERVICES))
    table = pd.concat(parts, ignore_index=True)
    table["exact"] = ~table["source"].str.contains("(", regex=False)
    table = table.sort_values(
        ["category", "unnamed", "exact", "name", "latitude", "longitude"],
        ascending=[True, True, False, True, True, True],
    ).reset_index(drop=True)
    keep: list[int] = []
    seen: dict[str, list[tuple[str, float, float, bool]]] = {}
    for row in table.itertuples():
        key, known = name_key(row.name), seen.setdefault(row.category, [])
        again = any(
            (other == key or row.unnamed or blank)
            and abs(row.latitude - north) < SAME_PLACE_DEGREES
            and abs(row.longitude - east) < SAME_PLACE_DEGREES * (2 if other == key else 0.5)
            for other, north, east, blank in known
        )
        if not again:
            known.append((key, row.latitude, row.longitude, bool(row.unnamed)))
            keep.append(int(row.Index))
    repeated = len(table) - len(keep)
    if repeated:
        report.note(say("{n} services stood in more than one list; each is kept once.", n=repeated))
    table = table.loc[keep].reset_index(drop=True)
    facts = table["category"] + "|" + table["name"] + "|" + table["latitude"].astype(str)
    facts += "|" + table["longitude"].astype(str)
    digests = facts.map(lambda f: hashlib.sha256(f.encode()).hexdigest()[:10])
    table["service_id"] = table["category"] + "-" + digests
    return table.drop_duplicates("service_id")[list(SERVICES)]
