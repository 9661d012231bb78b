"""The areas of a recipe: outlines, codes, names and the levels above them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import pandas as pd

from needsmap.errors import NeedsmapError
from needsmap.places.build.recipe_files import RecipeFiles, plain
from needsmap.places.build.report import Report
from needsmap.places.lookups import name_key
from needsmap.places.parts import Level
from needsmap.words import count, say


def slug(text: str) -> str:
    """Return a name as a code of small letters, digits and hyphens ("Itä-Pakila" → "ita-pakila").

    For places whose areas have names and no codes.
    """
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", folded.casefold()).strip("-") or "area"


@dataclass
class RecipeAreas:
    """As `write_pack` takes them. codes: a plain name, or a code as written → area code."""

    outlines: gpd.GeoDataFrame
    levels: list[Level]
    membership: pd.DataFrame
    names: dict[str, dict[str, str]]
    codes: dict[str, str]
    report: Report
    noted: set[str] = field(default_factory=set)

    @staticmethod
    def slug(text: str) -> str:
        """Return a heading as an id; see `slug`."""
        return slug(text)

    def code(self, text: str) -> str:
        """Return the area code a name or code in a file means; "" when there is none."""
        return self.codes.get(text.strip()) or self.codes.get(name_key(text), "")

    def column(self, files: RecipeFiles, part: dict[str, Any], column: str) -> pd.Series:
        """Return a column as numbers by area code; rows of unknown areas are left aside.

        Raises
        ------
        NeedsmapError
            When an area has more than one row.
        """
        file = part["file"]
        rows = files.wanted(part)
        codes = rows[plain(part["area"])].map(self.code)
        texts = rows[plain(column)].str.replace(",", "", regex=False).str.strip()
        numbers = pd.to_numeric(texts, errors="coerce")
        if file not in self.noted:
            self.noted.add(file)
            # Notes below a table fill other cells; a row without an area is no row of it.
            lost = [int(r) for r in rows.index[(codes == "") & (rows[plain(part["area"])] != "")]]
            why = say("its area is not one of this place's.")
            self.report.leave_rows(file, lost, why, part["area"])
        wrong = [int(r) for r in rows.index[numbers.isna() & (texts != "") & (codes != "")]]
        self.report.leave_rows(file, wrong, say("not a number."), column)
        known = pd.Series(numbers.to_numpy(dtype=float), index=codes.to_numpy())
        known = known[known.index != ""]
        twice = known.index[known.index.duplicated()]
        if len(twice):
            raise NeedsmapError(
                say("{file} has more than one row for '{code}'.", file=file, code=twice[0]),
                say("Narrow the rows in the recipe, e.g. where = { Year = \"2023\" }."),
            )  # fmt: skip
        return known


def make_areas(plan: dict[str, Any], files: RecipeFiles, report: Report) -> RecipeAreas:
    """Return the areas a recipe describes.

    Raises
    ------
    NeedsmapError
        When two areas share a code, or a level does not have all of them.
    """
    part = plan["areas"]
    drawn = files.outlines(part["file"])
    rows = files.rows(part["file"])
    names = rows[plain(part["name"])]
    if part.get("title_case"):
        names = names.map(_title_case)
    codes = rows[plain(part["code"])] if "code" in part else names.map(slug)
    twice = codes[codes.duplicated()]
    if len(twice):
        raise NeedsmapError(
            say("{file} has two areas with the code '{code}'.", file=part["file"],
                code=twice.iloc[0]),
            say("Name a column with codes of their own as 'code' in the recipe."),
        )  # fmt: skip
    known: dict[str, str] = {}
    for code, name in zip(codes, names, strict=True):
        known[name_key(name)] = code
    known |= {code: code for code in codes}
    for name, others in plan.get("names", {}).items():
        for other in others:
            known.setdefault(name_key(other), known.get(name) or known.get(name_key(name), ""))
    outlines = gpd.GeoDataFrame(
        {"area_code": codes, "area_name": names, "population": float("nan")},
        geometry=drawn.geometry,
        crs=4326,
    )
    if "population" in part:
        outlines["population"] = pd.to_numeric(rows[plain(part["population"])], errors="coerce")
    areas = RecipeAreas(outlines, [], pd.DataFrame(), {}, known, report)
    people = plan.get("population", {})
    if "total" in people:
        total = areas.column(files, people, people["total"])
        outlines["population"] = outlines["area_code"].map(total)
        report.use(people["file"], say("people of each area"))
    said = count("outline of {n} area", "outlines of {n} areas", len(outlines))
    report.use(part["file"], said)
    _add_levels(plan, files, areas, rows)
    return areas


def _add_levels(
    plan: dict[str, Any], files: RecipeFiles, areas: RecipeAreas, rows: pd.DataFrame
) -> None:
    first = plan.get("level", {"id": "area", "label": say("area"), "plural": say("areas")})
    index = pd.Index(areas.outlines["area_code"], name="area_code")
    areas.membership = pd.DataFrame(index=index)
    areas.levels.append(Level(first["id"], first["label"], first["plural"]))
    areas.names[first["id"]] = dict(zip(index, areas.outlines["area_name"], strict=True))
    parent = plan.get("parent")
    if parent and "parent" in plan["areas"]:
        named = rows[plain(plan["areas"]["parent"])]
        codes = pd.Series(named.map(slug).to_numpy(), index=index)
        _add_level(areas, parent, codes, dict(zip(codes, named, strict=True)))
    for part in plan.get("levels", []):
        table = files.wanted(part)
        table = table.assign(of=table[plain(part["area"])].map(areas.code))
        table = table[table["of"] != ""].drop_duplicates("of").set_index("of")
        named = table[plain(part["name"])]
        codes = table[plain(part["code"])] if "code" in part else named.map(slug)
        lacking = [str(code) for code in index if not codes.get(code)]
        if lacking:
            raise NeedsmapError(
                say("{file} does not say in which {level} {n} areas lie, such as '{code}'.",
                    file=part["file"], level=part["label"], n=len(lacking), code=lacking[0]),
                say("Complete the file, or leave this level out of the recipe."),
            )  # fmt: skip
        _add_level(areas, part, codes.reindex(index), dict(zip(codes, named, strict=True)))
        areas.report.use(part["file"], say("which {level} each area lies in", level=part["label"]))
    whole = plan.get("whole", {})
    whole = {"id": whole.get("id", "whole"), "label": whole.get("label", say("place")),
             "plural": whole.get("plural", say("places"))}  # fmt: skip
    everywhere = pd.Series(str(plan["name"]), index=index)
    _add_level(areas, whole, everywhere, {str(plan["name"]): str(plan["title"])})


def _add_level(
    areas: RecipeAreas, level: dict[str, Any], codes: pd.Series, names: dict[str, str]
) -> None:
    areas.levels.append(Level(level["id"], level["label"], level["plural"]))
    areas.membership[level["id"]] = codes
    areas.names[level["id"]] = {str(code): str(names[code]) for code in codes.unique()}


def _title_case(text: str) -> str:
    """Return a name in capitals as people write it ("ARMOUR SQUARE" → "Armour Square")."""
    return re.sub(r"[^\W\d_]+('[^\W\d_]+)?", lambda word: word[0].capitalize(), text.casefold())
