"""Which areas an English authority has, and their outlines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import geopandas as gpd
import pandas as pd
import shapely

from needsmap.errors import NeedsmapError
from needsmap.places.build import england_sources
from needsmap.places.build.england_found import Found
from needsmap.places.build.file7 import File7
from needsmap.places.build.report import Report
from needsmap.words import say


@dataclass(frozen=True)
class Areas:
    """The areas of the authority: `outlines` has area_code, area_name and geometry.

    index: the File 7 they were taken from, and its rows of this authority; None when the
    folder has none, and other files said which areas these are.
    """

    title: str
    outlines: gpd.GeoDataFrame
    index: tuple[File7, pd.DataFrame] | None


def choose_areas(found: Found, authority: str, report: Report) -> Areas:
    """Return the areas of the newest File 7, or else those other files name.

    Without a File 7 the areas are those a ward lookup or a list of postcodes puts into the
    authority, or those inside its outline, of the newest year that is drawn in full.

    Raises
    ------
    NeedsmapError
        When no file has areas of the authority, or not all their outlines.
    """
    index = _choose_file7(found, authority, report)
    if index is not None:
        file, rows = index
        names = rows[file.authority_name] if file.authority_name else None
        title = str(names.iloc[0]).strip() if names is not None else authority
        codes = set(rows[file.code].str.strip())
        report.progress(say("{title}: {n} areas.", title=title or authority, n=len(codes)))
        outlines = _outlines(found, codes, str(file.areas_year), report)
        if file.name:
            given = dict(zip(rows[file.code].str.strip(), rows[file.name].str.strip(), strict=True))
            outlines["area_name"] = outlines["area_code"].map(given)
        return Areas(title or authority, outlines, index)
    report.lack(say("official figures: no File 7 of the Indices of Deprivation that can be read"))
    for said_by, title, codes in _named_by_others(found, authority, report):
        if any(file.level == "lsoa" and codes <= file.codes for file in found.outlines):
            report.note(say("{file} says which {n} areas these are.", file=said_by, n=len(codes)))
            outlines = _outlines(found, codes, "", report)
            return Areas(title or authority, outlines, None)
    raise NeedsmapError(
        say("No file here has areas of {code} with their outlines.", code=authority),
        say("Put File 7 (2025) and the LSOA outlines into the folder, and check the "
            "authority's code."),
    )  # fmt: skip


def _choose_file7(
    found: Found, authority: str, report: Report
) -> tuple[File7, pd.DataFrame] | None:
    read = []
    for file in found.file7:
        rows = report.attempt(file.table.name, partial(file.read, authority))
        if rows is not None and len(rows):
            read.append((file, rows))
    if not read:
        return None
    read.sort(key=lambda pair: (-pair[0].edition, -len(pair[0].table.headings),
                                pair[0].table.path.stat().st_size))  # fmt: skip
    chosen, rows = read[0]
    report.use(
        chosen.table.name,
        say("figures of the Indices of Deprivation {year} for {n} areas",
            year=chosen.edition, n=len(rows)),
        "indicators.csv",
        england_sources.index(chosen.table.name, chosen.edition),
    )  # fmt: skip
    for file, _ in read[1:]:
        why = say("the same figures were taken from {file}.", file=chosen.table.name)
        if file.areas_year != chosen.areas_year:
            why = say(
                "its areas are those of {year}; this place has those of {used}, and years are "
                "not mixed.",
                year=file.areas_year,
                used=chosen.areas_year,
            )
        report.leave(file.table.name, why)
    return chosen, rows.drop_duplicates(chosen.code)


def _named_by_others(
    found: Found, authority: str, report: Report
) -> Iterator[tuple[str, str, set[str]]]:
    """Yield (file, the authority's name, codes of areas), the newest areas first."""
    sets: list[tuple[str, str, str, set[str]]] = []
    for wards in found.wards:
        if wards.authority:
            columns = [wards.code, wards.authority]
            columns += [wards.authority_name] if wards.authority_name else []
            rows = report.attempt(wards.table.name, partial(wards.table.read, columns))
            if rows is not None:
                here = rows[rows[wards.authority].str.strip() == authority]
                title = (
                    str(here[wards.authority_name].iloc[0])
                    if wards.authority_name and len(here)
                    else ""
                )
                codes = set(here[wards.code].str.strip())
                sets.append((england_sources.year_of(wards.code), wards.table.name, title, codes))
    for postcodes in found.postcodes:
        if postcodes.columns["authority"]:
            rows = report.attempt(postcodes.table.name, partial(postcodes.read, set(), authority))
            if rows is not None and len(rows):
                title = str(rows["authority_name"].iloc[0])
                year = england_sources.year_of(postcodes.lsoa)
                sets.append((year, postcodes.table.name, title, set(rows["lsoa"]) - {""}))
    for _, file, title, codes in sorted(sets, key=lambda s: s[0], reverse=True):
        if codes:
            yield file, title, codes
    yield from _inside_outline(found, authority, report)


def _inside_outline(
    found: Found, authority: str, report: Report
) -> Iterator[tuple[str, str, set[str]]]:
    """Yield the LSOAs of each outline file that lie inside the authority's own outline."""
    whole = [f for f in found.outlines if f.level == "authority" and authority in f.codes]
    small = [f for f in found.outlines if f.level == "lsoa"]
    small.sort(key=lambda file: england_sources.year_of(file.code), reverse=True)
    for outer in whole:
        drawn = report.attempt(outer.name, partial(outer.read, {authority}, report))
        if drawn is None or drawn.empty:
            continue
        for file in small:
            areas = report.attempt(file.name, partial(file.read, None, report))
            if areas is None:
                continue
            inner = shapely.point_on_surface(areas.geometry.to_numpy())
            inside = shapely.contains(drawn.geometry.iloc[0], inner)
            if inside.any():
                yield outer.name, str(drawn["area_name"].iloc[0]), set(areas["area_code"][inside])


def _outlines(found: Found, codes: set[str], year: str, report: Report) -> gpd.GeoDataFrame:
    files = [file for file in found.outlines if file.level == "lsoa"]
    whole = [file for file in files if codes <= file.codes]
    # The file that is about this place alone first; of those, the more detailed.
    whole.sort(key=lambda file: (len(file.codes), -file.path.stat().st_size, file.name))
    for file in files:
        lacking = len(codes - file.codes)
        if lacking:
            why = say("it has no outline for {n} of this place's areas, so its areas are of "
                      "another year or place.", n=lacking)  # fmt: skip
            report.leave(file.name, why)
    chosen: gpd.GeoDataFrame | None = None
    used = ""
    for file in whole:
        if chosen is not None:
            report.leave(file.name, say("outlines were taken from {file}.", file=used))
            continue
        read = report.attempt(file.name, partial(file.read, codes, report))
        if read is None or set(read["area_code"]) != codes:
            lost = sorted(codes - set(read["area_code"] if read is not None else ()))
            why = say("the outline of {code} cannot be used.", code=lost[0])
            report.leave(file.name, why)
            continue
        chosen, used = read, file.name
        source = england_sources.outlines(file.name, "lsoa", file.code)
        report.use(used, say("outlines of {n} areas", n=len(read)), "areas.geojson", source)
    if chosen is None:
        raise NeedsmapError(
            say("No file has usable outlines of all {n} areas.", n=len(codes)),
            say("Put the {year} LSOA outlines (GeoJSON or GeoParquet) into the folder.",
                year=year or "2021"),
        )  # fmt: skip
    return chosen.sort_values("area_code").reset_index(drop=True)
