"""Postcodes, old codes and wards of English areas from lookup tables."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from pyproj import Transformer

from needsmap.places.build.files import read_parquet
from needsmap.places.build.table_files import TableFile
from needsmap.places.lookups import is_uk_postcode, postcode_key

_POSTCODE = ("postcode", "pcds", "pcd8", "pcd7", "pcd", "post_?code")
_LSOA = ("lsoa21_?(cd|code)", "lsoa_?(cd|code)", "lsoa11_?(cd|code)")
_LONGITUDE = ("lon", "long", "lng", "longitude")
_LATITUDE = ("lat", "latitude")
_NUMBERS = ("longitude", "latitude", "easting", "northing")


@dataclass(frozen=True)
class PostcodeFile:
    """A table of postcodes and the columns it has; None for those it has not."""

    table: TableFile
    postcode: str
    lsoa: str
    columns: dict[str, str | None]

    def read(self, wanted: set[str], authority: str) -> pd.DataFrame:
        """Return the postcodes of the wanted areas, or of the authority where it is given.

        Out: key, lsoa, longitude, latitude (NaN when not given), ward, ward_name, msoa,
        msoa_name, authority and authority_name ("" when not given); index: row in the file.
        """
        used = [self.postcode, self.lsoa, *(c for c in self.columns.values() if c)]
        if self.table.path.suffix == ".parquet":
            rows = read_parquet(self.table.path, self.table.name, used)
            texts = [
                self.postcode,
                self.lsoa,
                *(c for p, c in self.columns.items() if c and p not in _NUMBERS),
            ]
            rows[texts] = rows[texts].astype(str)
        else:
            rows = self.table.read(used)
        here = rows[self.lsoa].str.strip().isin(wanted)
        if self.columns["authority"]:
            here |= rows[self.columns["authority"]].str.strip() == authority
        rows = rows[here]
        made = pd.DataFrame({"key": rows[self.postcode].map(postcode_key)}, index=rows.index)
        made["lsoa"] = rows[self.lsoa].str.strip()
        for part in ("ward", "ward_name", "msoa", "msoa_name", "authority", "authority_name"):
            column = self.columns[part]
            made[part] = rows[column].str.strip() if column else ""
        if self.columns["longitude"] and self.columns["latitude"]:
            for part in ("longitude", "latitude"):
                made[part] = pd.to_numeric(rows[str(self.columns[part])], errors="coerce")
        elif self.columns["easting"] and self.columns["northing"]:
            grid = Transformer.from_crs(27700, 4326, always_xy=True)
            east = pd.to_numeric(rows[self.columns["easting"]], errors="coerce").to_numpy(float)
            north = pd.to_numeric(rows[self.columns["northing"]], errors="coerce").to_numpy(float)
            longitude, latitude = grid.transform(east, north)
            made["longitude"] = np.where(np.isfinite(longitude), longitude, np.nan)
            made["latitude"] = np.where(np.isfinite(latitude), latitude, np.nan)
        else:
            made["longitude"] = made["latitude"] = np.nan
        return made[made["key"].map(is_uk_postcode)].drop_duplicates("key")


def recognise_postcodes(table: TableFile) -> PostcodeFile | None:
    """Return the table as a postcode lookup when its headings say so.

    A list of services may hold postcodes and area codes too; it also has names of its own,
    streets or telephone numbers.
    """
    postcode, lsoa = table.column(*_POSTCODE), table.column(*_LSOA)
    other = table.column("(site_|practice_|.*_)?name", "telephone", "street", "address.*")
    areas = table.column("(ward|la|lsoa|msoa|msoa_hcl|locality|lad)_?name")
    if not postcode or not lsoa or (other and other != areas):
        return None
    return PostcodeFile(
        table,
        postcode,
        lsoa,
        {
            "ward": table.column("ward_?code", r"(wd|ward)\d*_?(cd|code)"),
            "ward_name": table.column("ward_?name", r"(wd|ward)\d*_?(nm|name)"),
            "msoa": table.column("msoa_?code", r"msoa\d*_?(cd|code)"),
            "msoa_name": table.column("msoa_hcl_?name", "msoa_?name", r"msoa\d*_?(nm|name)"),
            "authority": table.column("la_?code", r"(lad|laua|ltla|oslaua)\d*_?(cd|code)?"),
            "authority_name": table.column("la_?name", r"(lad|ltla)\d*_?(nm|name)"),
            "longitude": table.column(*_LONGITUDE),
            "latitude": table.column(*_LATITUDE),
            "easting": table.column("easting", "oseast1m"),
            "northing": table.column("northing", "osnrth1m"),
        },
    )


@dataclass(frozen=True)
class OldCodes:
    """A lookup from 2011 to 2021 areas."""

    table: TableFile
    old: str
    new: str

    def read(self, codes: set[str]) -> pd.DataFrame:
        """Return key (old code), area_code: all rows that lead to `codes`, unchanged ones not."""
        rows = self.table.read([self.old, self.new])
        pairs = pd.DataFrame({"key": rows[self.old].str.strip(),
                              "area_code": rows[self.new].str.strip()})  # fmt: skip
        return pairs[pairs["area_code"].isin(codes) & (pairs["key"] != pairs["area_code"])]


def recognise_old_codes(table: TableFile) -> OldCodes | None:
    """Return the table as a lookup from 2011 to 2021 codes when its headings say so."""
    old, new = table.column("lsoa11_?(cd|code)"), table.column("lsoa21_?(cd|code)")
    return OldCodes(table, old, new) if old and new else None


@dataclass(frozen=True)
class Wards:
    """A lookup from areas to wards; `year` is the wards' year as the heading says, or 0."""

    table: TableFile
    code: str
    ward: str
    ward_name: str
    authority: str | None
    authority_name: str | None
    year: int

    def read(self, codes: set[str]) -> pd.DataFrame:
        """Return area_code, ward, ward_name for `codes`."""
        rows = self.table.read([self.code, self.ward, self.ward_name]).map(str.strip)
        rows = rows.rename(
            columns={self.code: "area_code", self.ward: "ward", self.ward_name: "ward_name"}
        )
        return rows[rows["area_code"].isin(codes)].drop_duplicates("area_code")


def recognise_wards(table: TableFile) -> Wards | None:
    """Return the table as a lookup from areas to wards when its headings say so."""
    code = table.column("lsoa21_?(cd|code)", "lsoa11_?(cd|code)", "lsoa_?(cd|code)",
                        r"LSOA\d\dCD")  # fmt: skip
    ward = table.column(r"(wd|ward)\d*_?(cd|code)")
    name = table.column(r"(wd|ward)\d*_?(nm|name)")
    if not code or not ward or not name or table.column(*_POSTCODE):
        return None
    # A list of places with coordinates is not a lookup, whatever codes it also gives.
    if table.column(*_LONGITUDE) or table.column("name", ".*_postcode", "site_name"):
        return None
    digits = "".join(c for c in ward if c.isdigit())
    return Wards(
        table,
        code,
        ward,
        name,
        table.column(r"(lad|ltla)\d*_?(cd|code)"),
        table.column(r"(lad|ltla)\d*_?(nm|name)"),
        2000 + int(digits) if digits else 0,
    )
