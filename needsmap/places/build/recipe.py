"""A pack of any place, as a recipe in TOML says: which file, which column is what.

The recipe's parts are described in docs/places.md; data/recipes holds real ones.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from needsmap.errors import NeedsmapError
from needsmap.places.build.out_folder import claim
from needsmap.places.build.recipe_areas import RecipeAreas, make_areas
from needsmap.places.build.recipe_files import RecipeFiles, plain
from needsmap.places.build.recipe_plan import read_plan
from needsmap.places.build.report import Built, Report
from needsmap.places.lookups import key_of, name_lookups
from needsmap.places.parts import Indicator, Source
from needsmap.places.write import write_pack
from needsmap.words import count, say


def build_recipe(
    recipe: Path,
    source: Path,
    out: Path,
    *,
    progress: Callable[[str], None] = lambda sentence: None,
) -> Built:
    """Make a pack as `recipe` says, from the files in `source`, in the folder `out`.

    Raises
    ------
    BadPack
        When the recipe has faults; every one is named with its line.
    NeedsmapError
        When `source` is no folder, `out` holds something else, or two areas share a code.
    """
    report = Report(progress)
    if not source.is_dir():
        raise NeedsmapError(
            say("'{folder}' is a file, not a folder.", folder=source)
            if source.is_file()
            else say("There is no folder '{folder}'.", folder=source),
            say("Give --from the folder that holds the recipe's files."),
        )
    claim(out, source)
    files = RecipeFiles(source, report)
    plan = read_plan(recipe, files).parts
    areas = make_areas(plan, files, report)
    population = _population(plan, files, areas, report)
    indicators, info = _indicators(plan, files, areas, report)
    services = _services(plan, files, report)
    for what, table in (
        (say("indicators"), indicators),
        (say("people of each age"), population),
        (say("services"), services),
    ):
        if table.empty:
            report.lack(what)
    variants = [
        (areas.levels[0].id, variant, areas.code(name))
        for name, others in plan.get("names", {}).items()
        for variant in others
    ]
    lookups = [name_lookups(areas.names, variants), _lookups(plan, files, areas, report)]
    write_pack(
        out,
        name=str(plan["name"]),
        title=str(plan["title"]),
        country=str(plan.get("country", "")),
        licence=str(plan.get("licence", "")),
        levels=areas.levels,
        areas=areas.outlines,
        membership=areas.membership,
        names=areas.names,
        indicators=indicators if info else None,
        indicator_info=info,
        services=services,
        population=population,
        lookups=pd.concat(lookups).drop_duplicates(),
        sources=[
            Source(
                *(str(s.get(k, "")) for k in ("title", "licence", "attribution", "date", "path"))
            )
            for s in plan.get("sources", [])
        ],
    )
    return Built(out, str(plan["name"]), str(plan["title"]), len(areas.outlines), report)


def _indicators(
    plan: dict[str, Any], files: RecipeFiles, areas: RecipeAreas, report: Report
) -> tuple[pd.DataFrame, list[Indicator]]:
    info: list[Indicator] = []
    values: dict[str, pd.Series] = {}
    for part in plan.get("indicators", []):
        for item in part["columns"]:
            indicator = Indicator(
                id=item.get("id") or areas.slug(item["column"]).replace("-", "_"),
                label=item.get("label", plain(item["column"])),
                unit=item.get("unit", ""),
                direction=item.get("direction", "neither"),
                domain=item.get("domain", ""),
                statistic=item.get("statistic", "value"),
                of=item.get("of"),
                vintage=str(item.get("vintage", part.get("vintage", ""))),
                source=item.get("source", part.get("source", "")),
                column=plain(item["column"]),
            )
            scale = float(item.get("scale", 1))
            values[indicator.id] = areas.column(files, part, item["column"]) * scale
            info.append(indicator)
        said = count("{n} figure", "{n} figures", len(part["columns"]))
        report.use(part["file"], said)
    return pd.DataFrame(values, index=areas.outlines["area_code"]), info


def _population(
    plan: dict[str, Any], files: RecipeFiles, areas: RecipeAreas, report: Report
) -> pd.DataFrame:
    part = plan.get("population", {})
    rows: list[tuple[str, str, str, float]] = []
    for item in part.get("bands", []):
        people = areas.column(files, part, item["column"])
        if item.get("share"):
            people = (people * areas.column(files, part, part["total"])).round()
        rows += [(str(c), item["group"], item["band"], float(n)) for c, n in people.items()]
    if rows:
        report.use(part["file"], say("people of each age"))
    table = pd.DataFrame(rows, columns=["area_code", "group", "band", "people"])
    return table.dropna(subset=["people"])


def _services(plan: dict[str, Any], files: RecipeFiles, report: Report) -> pd.DataFrame:
    parts = []
    for part in plan.get("services", []):
        rows = files.wanted(part)
        digits = pd.DataFrame(
            {k: pd.to_numeric(rows[plain(part[k])], errors="coerce")
             for k in ("latitude", "longitude")}
        ).round(6)  # fmt: skip
        unplaced = digits.isna().any(axis=1)
        lost = [int(r) for r in rows.index[unplaced]]
        report.leave_rows(part["file"], lost, say("it has no point."))
        made = pd.DataFrame(
            {
                "service_id": [f"{part['category']}-{i}" for i in rows.index],
                "name": rows[plain(part["name"])],
                "category": part["category"],
                **{k: digits[k] for k in ("latitude", "longitude")},
                "address": rows[plain(part["address"])] if "address" in part else "",
                "checked_on": str(part.get("checked_on", "")),
                "source": part.get("source", part["file"]),
            }
        )[~unplaced]
        parts.append(made)
        report.use(part["file"], count("{n} service", "{n} services", len(made)))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()


def _lookups(
    plan: dict[str, Any], files: RecipeFiles, areas: RecipeAreas, report: Report
) -> pd.DataFrame:
    made = []
    for part in plan.get("lookups", []):
        rows = files.wanted(part)
        codes = rows[plain(part["area"])].map(areas.code)
        lost = [int(r) for r in rows.index[codes == ""]]
        report.leave_rows(part["file"], lost, say("its area is not known."), part["area"])
        keys = [key_of(part["kind"], key) for key in rows[plain(part["key"])]]
        table = pd.DataFrame(
            {"kind": part["kind"], "key": keys, "level": areas.levels[0].id, "area_code": codes}
        )
        made.append(table[codes != ""])
        report.use(part["file"], count("{n} lookup", "{n} lookups", len(made[-1])))
    columns = ["kind", "key", "level", "area_code"]
    return pd.concat(made) if made else pd.DataFrame(columns=columns)
