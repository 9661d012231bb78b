"""A pack of any place, as a recipe in TOML says: which file, which column is what.

The recipe's tables are described in docs/places.md; data/recipes holds real ones.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from needsmap.errors import NeedsmapError
from needsmap.places.build.report import Built, Report
from needsmap.places.build.table_files import open_table
from needsmap.places.geojson import read_geojson
from needsmap.places.lookups import key_of, name_key, name_lookups
from needsmap.places.pack import Indicator, Level, Source
from needsmap.places.write import write_pack
from needsmap.words import say


def slug(text: str) -> str:
    """Return a name as a code of small letters, digits and hyphens ("Itä-Pakila" → "ita-pakila").

    For places whose areas have names and no codes.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-") or "area"


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
    NeedsmapError
        When the recipe cannot be read, lacks a part, or names a file or column that is not
        there; the sentence names it.
    """
    plan = _read_recipe(recipe)
    report = Report(progress)
    kitchen = _Kitchen(plan, source, report)
    areas = kitchen.areas()
    levels, membership, names = kitchen.levels(areas)
    indicators, info = kitchen.indicators()
    population = kitchen.population()
    services = kitchen.services()
    for what, table in (
        (say("indicators"), indicators),
        (say("people of each age"), population),
        (say("services"), services),
    ):
        if table.empty:
            report.lack(what)
    variants = [
        (levels[0].id, variant, kitchen.code(name))
        for name, others in plan.get("names", {}).items()
        for variant in others
    ]
    write_pack(
        out,
        name=str(plan["name"]),
        title=str(plan["title"]),
        country=str(plan.get("country", "")),
        licence=str(plan.get("licence", "")),
        levels=levels,
        areas=areas,
        membership=membership,
        names=names,
        indicators=indicators if info else None,
        indicator_info=info,
        services=services,
        population=population,
        lookups=pd.concat([name_lookups(names, variants), kitchen.lookups()]).drop_duplicates(),
        sources=[
            Source(
                *(str(s.get(k, "")) for k in ("title", "licence", "attribution", "date", "path"))
            )
            for s in plan.get("sources", [])
        ],
    )
    return Built(out, str(plan["name"]), str(plan["title"]), len(areas), report)


def _read_recipe(recipe: Path) -> dict[str, Any]:
    try:
        plan = tomllib.loads(recipe.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise NeedsmapError(
            say("The recipe {file} cannot be read: {why}.", file=recipe.name, why=error),
            say("Compare it with the recipes in data/recipes."),
        ) from error
    lacking = [key for key in ("name", "title", "areas") if key not in plan]
    areas = plan.get("areas", {})
    lacking += [f"areas.{key}" for key in ("file", "name") if key not in areas]
    if lacking:
        raise NeedsmapError(
            say("The recipe {file} lacks: {what}.", file=recipe.name, what=", ".join(lacking)),
            say("The parts of a recipe are described in docs/places.md."),
        )
    return plan


class _Kitchen:
    """Reads the files a recipe names; knows which areas there are once they are read."""

    def __init__(self, plan: dict[str, Any], source: Path, report: Report) -> None:
        self.plan = plan
        self.source = source
        self.report = report
        self.codes: dict[str, str] = {}
        """Key of a name, or a code as written → area code."""
        self.noted: set[str] = set()

    def code(self, text: str) -> str:
        """Return the area code a name or code in a file means; "" when there is none."""
        return self.codes.get(text.strip()) or self.codes.get(name_key(text), "")

    def areas(self) -> gpd.GeoDataFrame:
        part = self.plan["areas"]
        shapes = self._outlines(part["file"])
        name = self._of(shapes, part["name"], part["file"]).astype(str).str.strip()
        if part.get("title_case"):
            name = name.str.title()
        code = self._of(shapes, part["code"], part["file"]).astype(str) if "code" in part else None
        shapes = gpd.GeoDataFrame(
            {
                "area_code": code.str.strip() if code is not None else name.map(slug),
                "area_name": name,
                "parent": self._of(shapes, part["parent"], part["file"]).astype(str)
                if "parent" in part
                else "",
                "population": pd.to_numeric(
                    self._of(shapes, part["population"], part["file"]), errors="coerce"
                )
                if "population" in part
                else float("nan"),
            },
            geometry=shapes.geometry,
            crs=shapes.crs,
        )
        twice = shapes["area_code"][shapes["area_code"].duplicated()]
        if len(twice):
            raise NeedsmapError(
                say("{file} has two areas with the code '{code}'.", file=part["file"],
                    code=twice.iloc[0]),
                say("Name a column with codes of their own as 'code' in the recipe."),
            )  # fmt: skip
        for area_code, area_name in zip(shapes["area_code"], shapes["area_name"], strict=True):
            self.codes[name_key(area_name)] = area_code
            self.codes[area_code] = area_code
        for area_name, others in self.plan.get("names", {}).items():
            for other in others:
                self.codes.setdefault(name_key(other), self.code(area_name))
        if "population" in self.plan:
            total = self._column_by_area(self.plan["population"], self.plan["population"]["total"])
            shapes["population"] = shapes["area_code"].map(total)
        self.report.use(part["file"], say("outlines of {n} areas", n=len(shapes)))
        return shapes

    def levels(
        self, areas: gpd.GeoDataFrame
    ) -> tuple[list[Level], pd.DataFrame, dict[str, dict[str, str]]]:
        first = self.plan.get("level", {"id": "area", "label": "area", "plural": "areas"})
        levels = [Level(first["id"], first["label"], first["plural"])]
        index = pd.Index(areas["area_code"], name="area_code")
        membership = pd.DataFrame(index=index)
        names = {first["id"]: dict(zip(index, areas["area_name"], strict=True))}
        parent = self.plan.get("parent")
        if parent and "parent" in self.plan["areas"]:
            levels.append(Level(parent["id"], parent["label"], parent["plural"]))
            membership[parent["id"]] = areas["parent"].map(slug).to_numpy()
            names[parent["id"]] = {slug(name): name for name in areas["parent"]}
        whole = self.plan.get("whole", {})
        whole_id = whole.get("id", "whole")
        levels.append(Level(whole_id, whole.get("label", "city"), whole.get("plural", "cities")))
        membership[whole_id] = str(self.plan["name"])
        names[whole_id] = {str(self.plan["name"]): str(self.plan["title"])}
        return levels, membership, names

    def indicators(self) -> tuple[pd.DataFrame, list[Indicator]]:
        info: list[Indicator] = []
        values: dict[str, pd.Series] = {}
        for part in self.plan.get("indicators", []):
            for item in part["columns"]:
                indicator = Indicator(
                    id=item.get("id") or slug(item["column"]).replace("-", "_"),
                    label=item.get("label", item["column"]),
                    unit=item.get("unit", ""),
                    direction=item.get("direction", "neither"),
                    domain=item.get("domain", ""),
                    statistic=item.get("statistic", "value"),
                    of=item.get("of"),
                    vintage=str(item.get("vintage", part.get("vintage", ""))),
                    source=item.get("source", part.get("source", "")),
                    column=item["column"],
                )
                scale = float(item.get("scale", 1))
                values[indicator.id] = self._column_by_area(part, item["column"]) * scale
                info.append(indicator)
            self.report.use(part["file"], say("{n} figures", n=len(part["columns"])))
        return pd.DataFrame(values, index=sorted(set(self.codes.values()))), info

    def population(self) -> pd.DataFrame:
        part = self.plan.get("population", {})
        rows = []
        for item in part.get("bands", []):
            people = self._column_by_area(part, item["column"])
            if item.get("share"):
                people = (people * self._column_by_area(part, part["total"])).round()
            rows += [(code, item["group"], item["band"], n) for code, n in people.items()]
        if rows:
            self.report.use(part["file"], say("people of each age"))
        table = pd.DataFrame(rows, columns=["area_code", "group", "band", "people"])
        return table.dropna(subset=["people"])

    def services(self) -> pd.DataFrame:
        parts = []
        for part in self.plan.get("services", []):
            rows = self._rows(part)
            name = self._of(rows, part["name"], part["file"]).astype(str).str.strip()
            digits = pd.DataFrame(
                {k: pd.to_numeric(self._of(rows, part[k], part["file"]), errors="coerce")
                 for k in ("latitude", "longitude")}
            ).round(6)  # fmt: skip
            unplaced = digits.isna().any(axis=1)
            lost = [int(r) for r in rows.index[unplaced]]
            self.report.leave_rows(part["file"], lost, say("it has no point."))
            made = pd.DataFrame(
                {
                    "service_id": [f"{part['category']}-{i}" for i in rows.index],
                    "name": name,
                    "category": part["category"],
                    **{k: digits[k] for k in ("latitude", "longitude")},
                    "address": rows[part["address"]] if "address" in part else "",
                    "checked_on": str(part.get("checked_on", "")),
                    "source": part.get("source", part["file"]),
                }
            )[~unplaced]
            parts.append(made)
            self.report.use(part["file"], say("{n} services", n=len(made)))
        return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()

    def lookups(self) -> pd.DataFrame:
        made = []
        level = self.plan.get("level", {}).get("id", "area")
        for part in self.plan.get("lookups", []):
            rows = self._rows(part)
            keys = self._of(rows, part["key"], part["file"])
            codes = self._of(rows, part["area"], part["file"]).map(self.code)
            lost = [int(r) for r in rows.index[codes == ""]]
            self.report.leave_rows(part["file"], lost, say("its area is not known."), part["area"])
            plain = [key_of(part["kind"], str(key)) for key in keys]
            table = pd.DataFrame(
                {"kind": part["kind"], "key": plain,
                 "level": level, "area_code": codes}
            )  # fmt: skip
            made.append(table[codes != ""])
            self.report.use(part["file"], say("{n} lookups", n=len(made[-1])))
        columns = ["kind", "key", "level", "area_code"]
        return pd.concat(made) if made else pd.DataFrame(columns=columns)

    def _column_by_area(self, part: dict[str, Any], column: str) -> pd.Series:
        """Return a column as numbers by area code; rows of unknown areas are left aside."""
        rows = self._rows(part)
        codes = self._of(rows, part["area"], part["file"]).astype(str).map(self.code)
        numbers = pd.to_numeric(self._of(rows, column, part["file"]), errors="coerce")
        if part["file"] not in self.noted:
            self.noted.add(part["file"])
            lost = [int(r) for r in rows.index[codes == ""]]
            why = say("its area is not one of this place's.")
            self.report.leave_rows(part["file"], lost, why, part["area"])
        known = pd.Series(numbers.to_numpy(dtype=float), index=codes.to_numpy())
        known = known[known.index != ""]
        twice = known.index[known.index.duplicated()]
        if len(twice):
            raise NeedsmapError(
                say("{file} has more than one row for '{code}'.", file=part["file"],
                    code=twice[0]),
                say("Narrow the rows in the recipe, e.g. where = {{ Year = \"2023\" }}."),
            )  # fmt: skip
        return known

    def _rows(self, part: dict[str, Any]) -> pd.DataFrame:
        """Return the rows of a part's file that its `where` asks for, as text."""
        path = self._path(part["file"])
        if path.suffix in (".shp", ".geojson"):
            rows = pd.DataFrame(self._outlines(part["file"]).drop(columns="geometry"))
            rows.index = pd.RangeIndex(1, len(rows) + 1)
        else:
            table = open_table(path, part["file"])
            if table is None:
                raise NeedsmapError(
                    say("{file} has no headings.", file=part["file"]),
                    say("Save it as CSV with a heading row."),
                )
            rows = table.read()
        for column, value in part.get("where", {}).items():
            rows = rows[self._of(rows, column, part["file"]).astype(str) == str(value)]
        return rows

    def _outlines(self, file: str) -> gpd.GeoDataFrame:
        path = self._path(file)
        if path.suffix == ".shp":
            # A shapefile of our own choosing, at build time: the one door to GDAL.
            return gpd.read_file(path).to_crs(4326)
        features = read_geojson(path, file, trusted=True)
        for problem in features.problems:
            self.report.leave(file, problem.message, row=problem.row)
        kept = [i for i, shape in enumerate(features.geometries) if shape is not None]
        table = pd.DataFrame([features.properties[i] for i in kept])
        shapes = gpd.GeoSeries([features.geometries[i] for i in kept], crs=4326)
        return gpd.GeoDataFrame(table, geometry=shapely.make_valid(shapes.to_numpy()), crs=4326)

    def _path(self, file: str) -> Path:
        path = self.source / file
        if not path.is_file():
            raise NeedsmapError(
                say("The recipe names {file}, which is not in {folder}.", file=file,
                    folder=self.source),
                say("Put the file there, or change the recipe."),
            )  # fmt: skip
        return path

    @staticmethod
    def _of(rows: pd.DataFrame, column: str, file: str) -> pd.Series:
        if column not in rows.columns:
            there = ", ".join(str(c) for c in rows.columns[:12])
            raise NeedsmapError(
                say("{file} has no column '{column}'.", file=file, column=column),
                say("Its columns are: {there}. Change the recipe.", there=there),
            )
        return rows[column]
