"""The levels above LSOAs: MSOAs, wards and the authority itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

import geopandas as gpd
import pandas as pd
import shapely

from needsmap.places.build import england_sources
from needsmap.places.build.england_found import Found
from needsmap.places.build.england_postcodes import Postcodes
from needsmap.places.build.geography import OutlineFile
from needsmap.places.build.report import Report
from needsmap.places.pack import Level
from needsmap.words import say


@dataclass
class Levels:
    """As `write_pack` takes them; more_names: further (level, name, code)."""

    levels: list[Level]
    membership: pd.DataFrame
    names: dict[str, dict[str, str]]
    outlines: dict[str, gpd.GeoDataFrame] = field(default_factory=dict)
    more_names: list[tuple[str, str, str]] = field(default_factory=list)
    old_codes: pd.DataFrame = field(default_factory=pd.DataFrame)


def make_levels(
    found: Found,
    outlines: gpd.GeoDataFrame,
    postcodes: Postcodes,
    authority: str,
    title: str,
    report: Report,
) -> Levels:
    """Return the levels for which every area's parent is known; the others are missing."""
    codes = pd.Index(outlines["area_code"], name="area_code")
    own = dict(zip(outlines["area_code"], outlines["area_name"], strict=True))
    made = Levels([Level("lsoa", "LSOA", "LSOAs")], pd.DataFrame(index=codes), {"lsoa": own})
    msoas = _msoas(found, outlines, postcodes, made, report)
    if msoas is None:
        report.lack(say("MSOAs: no file says which area lies in which"))
    else:
        made.levels.append(Level("msoa", "MSOA", "MSOAs"))
        made.membership["msoa"] = msoas
    wards = _wards(found, outlines, postcodes, made, report)
    if wards is None:
        report.lack(say("wards: no file says which area lies in which"))
    else:
        made.levels.append(Level("ward", say("ward"), say("wards")))
        made.membership["ward"] = wards
    made.levels.append(Level("authority", say("borough or district"), say("boroughs or districts")))
    made.membership["authority"] = authority
    made.names["authority"] = {authority: title}
    made.old_codes = _old_codes(found, set(codes), report)
    for file in found.outlines:
        if file.level in ("oa", "authority"):
            report.leave(file.name, say("outlines of this level are not needed."))
    return made


def _of_outlines(
    found: Found, level: str, outlines: gpd.GeoDataFrame, report: Report
) -> tuple[OutlineFile, gpd.GeoDataFrame] | None:
    """Return the smallest outline file of a level that covers the place, cut to it."""
    inner = shapely.point_on_surface(outlines.geometry.to_numpy())
    files = [file for file in found.outlines if file.level == level]
    best: tuple[OutlineFile, gpd.GeoDataFrame] | None = None
    for file in sorted(files, key=lambda f: (len(f.codes), f.name)):
        if best is not None:
            report.leave(file.name, say("outlines were taken from {file}.", file=best[0].name))
            continue
        read = report.attempt(file.name, partial(file.read, None, report))
        if read is None:
            continue
        tree = shapely.STRtree(read.geometry.to_numpy())
        which, where = tree.query(inner, predicate="intersects")
        if len(set(which)) == len(inner):
            best = (file, read.iloc[sorted(set(where))].reset_index(drop=True))
        else:
            report.leave(file.name, say("it does not cover this place."))
    return best


def _most_often(frame: pd.DataFrame, column: str, codes: pd.Index) -> pd.Series | None:
    """Return for each area the value most of its postcodes have; None when any has none."""
    named = frame[(frame[column] != "") & (frame["area_code"] != "")]
    if set(codes) - set(named["area_code"]):
        return None
    counts = named.groupby(["area_code", column]).size().reset_index(name="n")
    counts = counts.sort_values(["area_code", "n", column], ascending=[True, False, True])
    return counts.drop_duplicates("area_code").set_index("area_code")[column].reindex(codes)


def _msoas(
    found: Found,
    outlines: gpd.GeoDataFrame,
    postcodes: Postcodes,
    made: Levels,
    report: Report,
) -> pd.Series | None:
    """MSOAs are whole LSOAs put together, so any inner point and any postcode tells."""
    codes = pd.Index(outlines["area_code"])
    drawn = _of_outlines(found, "msoa", outlines, report)
    names: dict[str, str] = {}
    parents: pd.Series | None = None
    if drawn is not None:
        outline, shapes = drawn
        inner = shapely.point_on_surface(outlines.geometry.to_numpy())
        which, where = shapely.STRtree(shapes.geometry.to_numpy()).query(inner, "intersects")
        parents = pd.Series(shapes["area_code"].to_numpy()[where], index=codes[which])
        parents = parents[~parents.index.duplicated()].reindex(codes)
        names = dict(zip(shapes["area_code"], shapes["area_name"], strict=True))
        source = england_sources.outlines(outline.name, "msoa", outline.code)
        report.use(outline.name, say("{n} MSOAs", n=parents.nunique()), "levels.csv", source)
    for file, frame in postcodes.frames:
        if parents is None:
            parents = _most_often(frame, "msoa", codes)
            if parents is not None:
                source = england_sources.postcodes(file)
                report.use(file, say("{n} MSOAs", n=parents.nunique()), "levels.csv", source)
        said = frame[(frame["msoa"] != "") & (frame["msoa_name"] != "")]
        local = dict(zip(said["msoa"], said["msoa_name"], strict=True))
        if parents is not None and set(parents) <= set(local):
            # Names people use ("Old Trafford") before those of the census ("Trafford 001").
            made.more_names += [("msoa", n, c) for c, n in names.items() if c in set(parents)]
            names = local
            break
    if parents is None:
        return None
    made.names["msoa"] = {code: names.get(code, code) for code in parents.unique()}
    return parents


def _wards(
    found: Found,
    outlines: gpd.GeoDataFrame,
    postcodes: Postcodes,
    made: Levels,
    report: Report,
) -> pd.Series | None:
    """Wards that are drawn first, then the newest lookup: old wards are nobody's today."""
    codes = pd.Index(outlines["area_code"])
    drawn = _of_outlines(found, "ward", outlines, report)
    shapes = drawn[1] if drawn else None
    current = set(shapes["area_code"]) if shapes is not None else None
    parents: pd.Series | None = None
    names: dict[str, str] = {}
    for table in sorted(found.wards, key=lambda w: -w.year):
        rows = report.attempt(table.table.name, partial(table.read, set(codes)))
        if rows is None:
            continue
        if parents is not None:
            report.leave(table.table.name, say("wards were taken from another file."))
        elif set(codes) - set(rows["area_code"]):
            report.leave(table.table.name, say("it does not have all of this place's areas."))
        elif current is not None and not set(rows["ward"]) <= current:
            why = say("its wards are not those that are drawn; they are of another year.")
            report.leave(table.table.name, why)
        else:
            parents = rows.set_index("area_code")["ward"].reindex(codes)
            names = dict(zip(rows["ward"], rows["ward_name"], strict=True))
            source = england_sources.lookup(
                table.table.name, say("Which ward each LSOA counts to"), table.ward
            )
            said = say("{n} wards", n=parents.nunique())
            report.use(table.table.name, said, "levels.csv", source)
    if parents is None:
        for file, frame in postcodes.frames:
            voted = _most_often(frame, "ward", codes)
            if voted is not None and (current is None or set(voted) <= current):
                parents = voted
                names = dict(zip(frame["ward"], frame["ward_name"], strict=True))
                source = england_sources.postcodes(file)
                report.use(file, say("{n} wards", n=parents.nunique()), "levels.csv", source)
                report.note(say("Each area counts to the ward that has most of its postcodes."))
                break
    if parents is None and shapes is not None:
        parents = _largest_share(outlines, shapes)
        report.note(say("Each area counts to the ward that has most of its land."))
    if parents is None:
        return None
    if shapes is not None and drawn is not None:
        kept = shapes[shapes["area_code"].isin(set(parents))]
        names |= dict(zip(kept["area_code"], kept["area_name"], strict=True))
        made.outlines["ward"] = kept
        source = england_sources.outlines(drawn[0].name, "ward", drawn[0].code)
        said = say("outlines of {n} wards", n=len(kept))
        report.use(drawn[0].name, said, "levels/ward.geojson", source)
    made.names["ward"] = {code: names.get(code) or code for code in parents.unique()}
    return parents


def _largest_share(outlines: gpd.GeoDataFrame, shapes: gpd.GeoDataFrame) -> pd.Series:
    areas, wards = outlines.geometry.to_numpy(), shapes.geometry.to_numpy()
    which, where = shapely.STRtree(wards).query(areas, predicate="intersects")
    shared = pd.DataFrame(
        {
            "area": outlines["area_code"].to_numpy()[which],
            "ward": shapes["area_code"].to_numpy()[where],
            "land": shapely.area(shapely.intersection(areas[which], wards[where])),
        }
    ).sort_values(["area", "land"], ascending=[True, False])
    return shared.drop_duplicates("area").set_index("area")["ward"].reindex(outlines["area_code"])


def _old_codes(found: Found, codes: set[str], report: Report) -> pd.DataFrame:
    """Keep all successors of an old area that was split: which one is meant is not known."""
    rows = []
    for file in found.old_codes:
        pairs = report.attempt(file.table.name, partial(file.read, codes))
        if pairs is None:
            continue
        if pairs.empty:
            report.leave(file.table.name, say("it has no old code of this place."))
            continue
        split = int(pairs["key"].duplicated(keep=False).sum())
        source = england_sources.lookup(
            file.table.name, say("Which areas of 2021 the areas of 2011 became"), file.new
        )
        said = say("{n} old area codes", n=pairs["key"].nunique())
        report.use(file.table.name, said, "lookups.csv", source)
        if split:
            report.note(
                say("{n} old areas were split; an answer that gives one is not placed finer "
                    "than it says.", n=pairs.loc[pairs["key"].duplicated(), "key"].nunique())
            )  # fmt: skip
        rows.append(pairs.assign(kind="old_code", level="lsoa"))
    if not rows:
        return pd.DataFrame(columns=["kind", "key", "level", "area_code"])
    return pd.concat(rows).drop_duplicates()[["kind", "key", "level", "area_code"]]
