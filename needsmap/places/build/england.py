"""A pack of an English authority from a folder of official-style files."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import geopandas as gpd
import pandas as pd

from needsmap.places.build import england_people, england_services, england_sources, services_joined
from needsmap.places.build.england_areas import choose_areas
from needsmap.places.build.england_found import Found, look_through
from needsmap.places.build.england_levels import Levels, make_levels
from needsmap.places.build.england_postcodes import Postcodes, read_postcodes
from needsmap.places.build.england_sources import OGL
from needsmap.places.build.file7 import File7
from needsmap.places.build.out_folder import claim
from needsmap.places.build.report import Built, Report
from needsmap.places.grants import GEO_CODE
from needsmap.places.lookups import name_lookups
from needsmap.places.parts import Indicator
from needsmap.places.write import write_pack
from needsmap.words import count, say


def build_england(
    authority: str,
    source: Path,
    out: Path,
    *,
    name: str = "",
    progress: Callable[[str], None] = lambda sentence: None,
) -> Built:
    """Make a pack of an English authority.

    Files are told apart by their headings and contents, at any depth of `source`. The
    finest level are the LSOAs of the newest File 7; files about areas of another year are
    left aside, never mixed in. A file that cannot be read is left aside and said; only
    when no file has the outlines there is no pack.

    Parameters
    ----------
    authority
        The nine-character code, e.g. E08000009.
    out
        The pack's folder; what a former build left there is replaced.

    Raises
    ------
    NeedsmapError
        When the areas of the authority, or their outlines, are not in the folder, or `out`
        holds something else.
    """
    report = Report(progress)
    claim(out, source)
    found = look_through(source, out, report)
    areas = choose_areas(found, authority, report)
    outlines, title = areas.outlines, areas.title
    codes = set(outlines["area_code"])
    postcodes = read_postcodes(found, outlines, authority, report)
    levels = make_levels(found, outlines, postcodes, authority, title, report)
    population = _population(found, codes, report)
    people = population[population["group"] == "age"].groupby("area_code")["people"].sum()
    outlines["population"] = outlines["area_code"].map(people)
    services = _services(found, outlines, postcodes, report)
    grants = _grants(found, levels, report)
    indicators, info = _indicators(*areas.index, report) if areas.index else (None, [])
    pack_name = name or title.lower().replace(" ", "_").replace(",", "")
    write_pack(
        out,
        name=pack_name,
        title=title,
        country="GB",
        licence=OGL,
        levels=levels.levels,
        areas=outlines,
        membership=levels.membership,
        names=levels.names,
        indicators=indicators,
        indicator_info=info,
        services=services,
        grants=grants,
        lookups=_lookups(levels, postcodes),
        population=population,
        resource_sources=report.sources,
        level_outlines=levels.outlines,
    )
    return Built(out, pack_name, title, len(codes), report)


def _indicators(
    file: File7, rows: pd.DataFrame, report: Report
) -> tuple[pd.DataFrame, list[Indicator]]:
    table = rows.set_index(rows[file.code].str.strip())
    kept: list[Indicator] = []
    values: dict[str, pd.Series] = {}
    for indicator in file.indicators:
        text = table[indicator.column].str.strip()
        numbers = pd.to_numeric(text, errors="coerce")
        wrong = [int(r) for r in rows.index[(numbers.isna() & (text != "")).to_numpy()]]
        report.leave_rows(file.table.name, wrong, say("not a number."), indicator.column)
        if numbers.notna().any():
            kept.append(indicator)
            values[indicator.id] = numbers.astype(float)
        else:
            report.leave(file.table.name, say("the column is blank."), column=indicator.column)
    return pd.DataFrame(values), kept


def _population(found: Found, codes: set[str], report: Report) -> pd.DataFrame:
    read = []
    for file in found.people:
        result = report.attempt(file.table.name, partial(england_people.read, file, codes, report))
        if result is not None:
            read.append((file, *result))
    # The latest count first; of the same time, the finer bands.
    read.sort(key=lambda r: (r[1], r[2]["band"].nunique()), reverse=True)
    if not read:
        report.lack(say("how many people of each age live in each area"))
        return pd.DataFrame(columns=["area_code", "group", "band", "people"])
    file, period, table = read[0]
    source = england_sources.people(file.table.name, period)
    said = say("people of each age ({when})", when=period or "?")
    report.use(file.table.name, said, "population.csv", source)
    for other, when, _ in read[1:]:
        why = say("people were taken from {file}; this one is about {when}.",
                  file=file.table.name, when=when or "?")  # fmt: skip
        report.leave(other.table.name, why)
    return table


def _services(
    found: Found, outlines: gpd.GeoDataFrame, postcodes: Postcodes, report: Report
) -> pd.DataFrame:
    around = england_services.Surroundings(
        outlines["area_code"].tolist(), outlines.geometry.to_numpy(), postcodes.points
    )
    parts: list[tuple[str, list[str], pd.DataFrame]] = []
    for table in found.services:
        made = report.attempt(
            table.name, partial(england_services.from_table, table, around, report)
        )
        if made is not None:
            parts.append((table.name, list(table.headings), made))
    for features, name in found.service_features:
        made = england_services.from_features(
            features.properties, features.geometries, name, around, report
        )
        headings = sorted({str(key) for row in features.properties for key in row})
        parts.append((name, headings, made))
    for name, headings, part in parts:
        if len(part):
            kinds = ", ".join(sorted(part["category"].unique()))
            one, many = "{n} service ({kinds})", "{n} services ({kinds})"
            said = count(one, many, len(part), kinds=kinds)
            credit = england_sources.services(name, headings, part["checked_on"])
            report.use(name, said, "services.csv", credit)
    joined = services_joined.joined([part for _, _, part in parts if len(part)], report)
    if joined.empty:
        report.lack(say("services"))
    return joined


def _grants(found: Found, levels: Levels, report: Report) -> pd.DataFrame:
    known = {code for of_level in levels.names.values() for code in of_level}
    kept: list[pd.DataFrame] = []
    seen: set[str] = set()
    for path, file, table in found.grants:
        cells = table[GEO_CODE].str.split(";")
        here = cells.map(lambda codes: any(code.strip() in known for code in codes)).astype(bool)
        amounts = pd.to_numeric(table["Amount Awarded"], errors="coerce")
        wrong = [int(r) for r in table.index[here & (amounts.isna() | (table["Identifier"] == ""))]]
        report.leave_rows(file, wrong, say("it has no id or no amount."), "Amount Awarded")
        elsewhere = int((~here).sum())
        if elsewhere:
            one = "{n} grant names no area of this place."
            many = "{n} grants name no area of this place."
            report.leave(file, count(one, many, elsewhere))
        usable = table[here & amounts.notna() & (table["Identifier"] != "")]
        again = usable["Identifier"].isin(seen) | usable["Identifier"].duplicated()
        if again.any():
            one, many = "{n} grant was known already.", "{n} grants were known already."
            report.leave(file, count(one, many, int(again.sum())))
        usable = usable[~again]
        usable = usable.assign(**{"Award Date": usable["Award Date"].str[:10]})
        seen |= set(usable["Identifier"])
        if len(usable):
            credit = england_sources.grants(
                path, file, usable["Funding Org:Name"], usable["Award Date"]
            )
            said = count("{n} grant", "{n} grants", len(usable))
            report.use(file, said, "grants.csv", credit)
            kept.append(usable)
    if not kept:
        report.lack(say("grants"))
        return pd.DataFrame()
    return pd.concat(kept).sort_values("Identifier")


def _lookups(levels: Levels, postcodes: Postcodes) -> pd.DataFrame:
    named = name_lookups(levels.names, levels.more_names)
    return pd.concat([named, postcodes.lookups, levels.old_codes], ignore_index=True)
