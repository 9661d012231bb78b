"""A pack of an English authority from a folder of official-style files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pandas as pd

from needsmap.errors import NeedsmapError, UnreadableFile
from needsmap.places.build import england_people, england_services
from needsmap.places.build.england_found import Found, look_through
from needsmap.places.build.england_levels import Levels, make_levels
from needsmap.places.build.england_postcodes import Postcodes, read_postcodes
from needsmap.places.build.file7 import File7
from needsmap.places.build.report import Built, Report
from needsmap.places.grants import GEO_CODE
from needsmap.places.lookups import name_lookups
from needsmap.places.pack import Indicator, Source
from needsmap.places.write import write_pack
from needsmap.words import say

OGL = "Open Government Licence v3.0"
CROWN = (
    "Contains National Statistics and OS data © Crown copyright and database right. "
    "Contains Royal Mail data © Royal Mail copyright and database right."
)


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
    left aside, never mixed in.

    Parameters
    ----------
    authority
        The nine-character code, e.g. E08000009.
    out
        The pack's folder; what a former build left there is replaced.

    Raises
    ------
    NeedsmapError
        When the areas of the authority, or their outlines, are not in the folder.
    """
    report = Report(progress)
    found = look_through(source, report)
    edition, rows = _choose_file7(found, authority, report)
    codes = set(rows[edition.code].str.strip())
    title = str(rows[edition.authority_name].iloc[0]) if edition.authority_name else authority
    progress(say("{title}: {n} areas.", title=title, n=len(codes)))
    outlines = _choose_outlines(found, codes, edition.areas_year, report)
    if edition.name:
        names = dict(zip(rows[edition.code].str.strip(), rows[edition.name], strict=True))
        outlines["area_name"] = outlines["area_code"].map(names)
    postcodes = read_postcodes(found, outlines, authority, report)
    levels = make_levels(found, outlines, postcodes, authority, title, report)
    population = _population(found, codes, report)
    people = population[population["group"] == "age"].groupby("area_code")["people"].sum()
    outlines["population"] = outlines["area_code"].map(people)
    services = _services(found, outlines, postcodes, report)
    grants = _grants(found, levels, report)
    indicators, info = _indicators(edition, rows, report)
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
        sources=_sources(report),
        level_outlines=levels.outlines,
    )
    return Built(out, pack_name, title, len(codes), report)


def _choose_file7(found: Found, authority: str, report: Report) -> tuple[File7, pd.DataFrame]:
    read = [(file, file.read(authority)) for file in found.file7]
    read = [(file, rows) for file, rows in read if len(rows)]
    if not read:
        raise NeedsmapError(
            say("No File 7 of the Indices of Deprivation here has areas of {code}.",
                code=authority),
            say("Put File 7 (2025) into the folder, and check the authority's code."),
        )  # fmt: skip
    read.sort(key=lambda pair: (-pair[0].edition, len(pair[0].table.headings) * -1,
                                pair[0].table.path.stat().st_size))  # fmt: skip
    chosen, rows = read[0]
    report.use(
        chosen.table.name,
        say("figures of the Indices of Deprivation {year} for {n} areas",
            year=chosen.edition, n=len(rows)),
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


def _choose_outlines(found: Found, codes: set[str], year: int, report: Report) -> gpd.GeoDataFrame:
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
    if not whole:
        raise NeedsmapError(
            say("No file has the outlines of all {n} areas of {year}.", n=len(codes), year=year),
            say("Put the {year} LSOA outlines (GeoJSON or GeoParquet) into the folder.", year=year),
        )
    for file in whole[1:]:
        report.leave(file.name, say("outlines were taken from {file}.", file=whole[0].name))
    outlines = whole[0].read(codes, report)
    if set(outlines["area_code"]) != codes:
        raise NeedsmapError(
            say("Outlines in {file} are broken.", file=whole[0].name),
            say("Fetch it again, or repair it in a map program."),
        )
    report.use(whole[0].name, say("outlines of {n} areas", n=len(outlines)))
    return outlines.sort_values("area_code").reset_index(drop=True)


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
        result = england_people.read(file, codes, report)
        if result is not None:
            read.append((file, *result))
    # The latest count first; of the same time, the finer bands.
    read.sort(key=lambda r: (r[1], r[2]["band"].nunique()), reverse=True)
    if not read:
        report.lack(say("how many people of each age live in each area"))
        return pd.DataFrame(columns=["area_code", "group", "band", "people"])
    file, period, table = read[0]
    report.use(file.table.name, say("people of each age ({when})", when=period or "?"))
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
    parts = []
    for table in found.services:
        try:
            parts.append((table.name, england_services.from_table(table, around, report)))
        except UnreadableFile as error:
            report.leave(table.name, str(error))
    for features, name in found.service_features:
        made = england_services.from_features(
            features.properties, features.geometries, name, around, report
        )
        parts.append((name, made))
    for name, part in parts:
        if len(part):
            kinds = ", ".join(sorted(part["category"].unique()))
            report.use(name, say("{n} services ({kinds})", n=len(part), kinds=kinds))
    table = england_services.joined([part for _, part in parts if len(part)], report)
    if table.empty:
        report.lack(say("services"))
    return table


def _grants(found: Found, levels: Levels, report: Report) -> pd.DataFrame:
    known = {code for of_level in levels.names.values() for code in of_level}
    kept: list[pd.DataFrame] = []
    seen: set[str] = set()
    for file, table in found.grants:
        cells = table[GEO_CODE].str.split(";")
        here = cells.map(lambda codes: any(code.strip() in known for code in codes))
        amounts = pd.to_numeric(table["Amount Awarded"], errors="coerce")
        wrong = [int(r) for r in table.index[here & (amounts.isna() | (table["Identifier"] == ""))]]
        report.leave_rows(file, wrong, say("it has no id or no amount."), "Amount Awarded")
        elsewhere = int((~here).sum())
        if elsewhere:
            report.leave(file, say("{n} grants name no area of this place.", n=elsewhere))
        usable = table[here & amounts.notna() & (table["Identifier"] != "")]
        again = usable["Identifier"].isin(seen) | usable["Identifier"].duplicated()
        if again.any():
            report.leave(file, say("{n} grants were known already.", n=int(again.sum())))
        usable = usable[~again]
        usable = usable.assign(**{"Award Date": usable["Award Date"].str[:10]})
        seen |= set(usable["Identifier"])
        if len(usable):
            report.use(file, say("{n} grants", n=len(usable)))
            kept.append(usable)
    if not kept:
        report.lack(say("grants"))
        return pd.DataFrame()
    return pd.concat(kept).sort_values("Identifier")


def _lookups(levels: Levels, postcodes: Postcodes) -> pd.DataFrame:
    named = name_lookups(levels.names, levels.more_names)
    return pd.concat([named, postcodes.lookups, levels.old_codes], ignore_index=True)


def _sources(report: Report) -> list[Source]:
    purposes: dict[str, list[str]] = {}
    for used in report.used:
        purposes.setdefault(used["file"], []).append(used["for"])
    return [
        Source(f"{file.rpartition('/')[2]}: {'; '.join(what)}", OGL, CROWN, "", "")
        for file, what in purposes.items()
    ]
