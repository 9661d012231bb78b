"""The postcodes of a place, from whichever lookup fits its areas best."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import geopandas as gpd
import pandas as pd

from needsmap.places.build import england_sources
from needsmap.places.build.england_found import Found
from needsmap.places.build.report import Report
from needsmap.places.services import locate_points
from needsmap.words import say


@dataclass(frozen=True)
class Postcodes:
    """The postcodes of a place.

    lookups: `tables.LOOKUPS`. points: index key; longitude, latitude (all files together).
    frames: each file as read, for the wards and MSOAs it names.
    """

    lookups: pd.DataFrame
    points: pd.DataFrame
    frames: list[tuple[str, pd.DataFrame]]


def read_postcodes(
    found: Found, outlines: gpd.GeoDataFrame, authority: str, report: Report
) -> Postcodes:
    """Read every postcode lookup and keep the one that places most postcodes.

    A postcode goes to the area its row names. Where that is an area of another year, it goes
    to the area its own point lies in; without a point it is left aside, not guessed.
    """
    codes = set(outlines["area_code"])
    read = []
    for file in found.postcodes:
        frame = report.attempt(file.table.name, partial(file.read, codes, authority))
        if frame is None:
            continue
        known = frame["lsoa"].isin(codes)
        pointed = ~known & frame["longitude"].notna() & frame["latitude"].notna()
        frame["area_code"] = frame["lsoa"].where(known, "")
        if pointed.any():
            frame.loc[pointed, "area_code"] = locate_points(
                outlines["area_code"].tolist(),
                outlines.geometry.to_numpy(),
                frame.loc[pointed, "longitude"].to_numpy(),
                frame.loc[pointed, "latitude"].to_numpy(),
            ).to_numpy()
        if len(frame):
            read.append((file, frame))
        else:
            report.leave(file.table.name, say("it has no postcode of this place."))
    read.sort(key=lambda pair: int((pair[1]["area_code"] != "").sum()), reverse=True)
    empty = pd.DataFrame(columns=["kind", "key", "level", "area_code"])
    points = pd.DataFrame(columns=["longitude", "latitude"], dtype=float)
    if not read:
        report.lack(say("postcodes"))
        return Postcodes(empty, points, [])
    file, frame = read[0]
    placed = frame[frame["area_code"] != ""]
    report.use(
        file.table.name,
        say("{n} postcodes", n=len(placed)),
        "lookups.csv",
        england_sources.postcodes(file.table.name),
    )
    moved = int((placed["lsoa"] != placed["area_code"]).sum())
    if moved:
        report.note(
            say("{n} postcodes in areas that were redrawn were placed by their own points.",
                n=moved)
        )  # fmt: skip
    lost = [int(row) for row in frame.index[frame["area_code"] == ""]]
    report.leave_rows(
        file.table.name,
        lost,
        say("its area is not one of this place's, and no point says which is."),
        file.lsoa,
    )
    for other, _ in read[1:]:
        report.leave(other.table.name, say("postcodes were taken from {file}.",
                                           file=file.table.name))  # fmt: skip
    every = pd.concat([part for _, part in read])
    every = every[every["longitude"].notna() & every["latitude"].notna()]
    points = every.drop_duplicates("key").set_index("key")[["longitude", "latitude"]]
    lookups = pd.DataFrame(
        {
            "kind": "postcode",
            "key": placed["key"],
            "level": "lsoa",
            "area_code": placed["area_code"],
        }
    )
    return Postcodes(lookups, points, [(f.table.name, part) for f, part in read])
