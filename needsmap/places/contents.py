"""The files of a pack's folder, read as they are, with every fault noted.

Nothing is judged here beyond "can it be used at all": `check` asks the finer questions.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from needsmap.errors import Problems, UnreadableFile
from needsmap.places.geojson import Features, read_geojson
from needsmap.places.package import objects, read_package
from needsmap.tables import LEVELS, LOOKUPS, POPULATION, SERVICES
from needsmap.words import say

AREAS_FILE = "areas.geojson"
COLUMNS: dict[str, tuple[str, ...]] = {
    "levels.csv": LEVELS,
    "indicators.csv": ("area_code",),
    "services.csv": SERVICES,
    "population.csv": POPULATION,
    "lookups.csv": LOOKUPS,
    "grants.csv": ("Identifier", "Title", "Amount Awarded", "Award Date"),
}
"""The columns each table must have; indicators and grants may have any others too."""

NUMBERS: dict[str, tuple[str, ...]] = {
    "services.csv": ("latitude", "longitude"),
    "population.csv": ("people",),
    "grants.csv": ("Amount Awarded",),
}
"""The columns that must hold numbers (indicators.csv: all the package lists)."""

_MAY_BE_BLANK = {("grants.csv", "Amount Awarded")}


@dataclass
class Contents:
    """A folder as read: `tables` hold text, `numbers` the same cells as floats where asked."""

    folder: Path
    package: dict[str, Any]
    own: dict[str, Any]
    areas: pd.DataFrame
    geometries: list[Any]
    tables: dict[str, pd.DataFrame]
    problems: Problems


def read_contents(folder: Path) -> Contents:
    """Read all files of a pack's folder; never raises for faults inside it.

    The tables keep the order of the file, so row i of a table is row i + 2 of its file.
    """
    problems = Problems()
    package = read_package(folder, problems)
    own = package.get("needsmap")
    own = own if isinstance(own, dict) else {}
    areas, geometries = _read_areas(folder, problems)
    tables = {}
    for name, needed in COLUMNS.items():
        if (folder / name).is_file():
            table = read_table(folder / name, name, needed, problems)
            if table is not None:
                tables[name] = table
    _read_numbers(tables, own, problems)
    return Contents(folder, package, own, areas, geometries, tables, problems)


def read_table(
    file: Path, name: str, needed: Iterable[str], problems: Problems
) -> pd.DataFrame | None:
    """Read a CSV of the pack as text ("" = blank). None when it cannot be used at all.

    Faults: not UTF-8, no heading, a heading twice, a needed column missing, rows with too
    many or too few cells (those rows are left out, each named by its row).
    """
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = file.read_bytes()[: error.start].count(b"\n") + 1
        problems.add(
            "encoding",
            say("{file} is not in the UTF-8 encoding. Save it again as UTF-8.", file=name),
            row=row,
            file=name,
        )
        return None
    if "\0" in text:
        problems.add(
            "encoding",
            say("{file} is not text. Save it again as CSV in UTF-8.", file=name),
            file=name,
        )
        return None
    try:
        rows = list(csv.reader(io.StringIO(text)))
    except csv.Error as error:
        problems.add("bad_csv", say("{file} is not a CSV: {why}.", file=name, why=error), file=name)
        return None
    if not rows or not any(cell.strip() for cell in rows[0]):
        problems.add("no_headings", say("{file} has no heading row.", file=name), file=name)
        return None
    headings = [cell.strip() for cell in rows[0]]
    for heading in sorted({h for h in headings if headings.count(h) > 1}):
        problems.add(
            "duplicate_column",
            say("{file} has the column '{column}' twice.", file=name, column=heading),
            row=1,
            column=heading,
            file=name,
        )
    missing = [column for column in needed if column not in headings]
    for column in missing:
        problems.add(
            "missing_column",
            say("{file} has no column '{column}'. Add it.", file=name, column=column),
            row=1,
            column=column,
            file=name,
        )
    if missing or len(set(headings)) < len(headings):
        return None
    kept: list[list[str]] = []
    places: list[int] = []
    for number, cells in enumerate(rows[1:], start=2):
        if not cells:
            continue
        if len(cells) != len(headings):
            problems.add(
                "row_length",
                say(
                    "{file}, row {row} has {found} cells; the heading row has {wanted}.",
                    file=name,
                    row=number,
                    found=len(cells),
                    wanted=len(headings),
                ),
                row=number,
                file=name,
            )
            continue
        kept.append([cell.strip() for cell in cells])
        places.append(number)
    return pd.DataFrame(kept, columns=headings, index=pd.Index(places, name="row"), dtype=str)


def _read_areas(folder: Path, problems: Problems) -> tuple[pd.DataFrame, list[Any]]:
    """Return area_code, area_name, population (index: number of the feature) and outlines."""
    empty = pd.DataFrame({"area_code": [], "area_name": [], "population": []})
    file = folder / AREAS_FILE
    if not file.is_file():
        problems.add(
            "missing_file",
            say(
                "There is no {file}. A place needs the outlines of its areas: export them as "
                "GeoJSON with area_code and area_name.",
                file=AREAS_FILE,
            ),
            file=AREAS_FILE,
        )
        return empty, []
    try:
        # Our own packs hold whole countries, so size is not limited; everything else is.
        features = read_geojson(file, AREAS_FILE, areas_only=True, large=True)
    except UnreadableFile as error:
        problems.add("bad_json", str(error), file=AREAS_FILE)
        return empty, []
    problems.extend(features.problems)
    if not features.properties:
        problems.add("no_areas", say("{file} holds no areas.", file=AREAS_FILE), file=AREAS_FILE)
    return _area_rows(features, problems), features.geometries


def _area_rows(features: Features, problems: Problems) -> pd.DataFrame:
    codes: list[str] = []
    names: list[str] = []
    people: list[float] = []
    seen: dict[str, int] = {}
    for number, properties in enumerate(features.properties, start=1):
        code = _text(properties.get("area_code"))
        name = _text(properties.get("area_name"))
        codes.append(code)
        names.append(name or code)
        people.append(_people(properties.get("population"), number, problems))
        for column, value in (("area_code", code), ("area_name", name)):
            if not value:
                problems.add(
                    f"missing_{column}",
                    say("Feature {n} has no {column}.", n=number, column=column),
                    row=number,
                    column=column,
                    file=AREAS_FILE,
                )
        if code and code in seen:
            problems.add(
                "duplicate_area_code",
                say(
                    "The area code '{code}' is there twice: features {first} and {second}.",
                    code=code,
                    first=seen[code],
                    second=number,
                ),
                row=number,
                column="area_code",
                file=AREAS_FILE,
            )
        seen.setdefault(code, number)
    index = pd.RangeIndex(1, len(codes) + 1)
    return pd.DataFrame({"area_code": codes, "area_name": names, "population": people}, index=index)


def _text(value: Any) -> str:
    return "" if value is None or isinstance(value, dict | list) else str(value).strip()


def _people(value: Any, number: int, problems: Problems) -> float:
    if value is None or value == "":
        return np.nan
    fault = ""
    if isinstance(value, bool) or not isinstance(value, int | float) or not np.isfinite(value):
        fault = say("is not a number")
    elif value < 0:
        fault = say("is below zero")
    if fault:
        problems.add(
            "population",
            say("Feature {n}: the population {fault}.", n=number, fault=fault),
            row=number,
            column="population",
            file=AREAS_FILE,
        )
        return np.nan
    return float(value)


def _read_numbers(tables: dict[str, pd.DataFrame], own: dict[str, Any], problems: Problems) -> None:
    """Turn the columns that must hold numbers into floats, naming each cell that does not."""
    wanted = {name: list(columns) for name, columns in NUMBERS.items()}
    listed = own.get("indicators", [])
    if objects(listed):
        wanted["indicators.csv"] = [
            str(i["column"]) for i in listed if isinstance(i.get("column"), str)
        ]
    for name, columns in wanted.items():
        table = tables.get(name)
        if table is None:
            continue
        for column in dict.fromkeys(columns):
            if column not in table.columns:
                problems.add(
                    "missing_column",
                    say(
                        "{file} has no column '{column}', which the package lists.",
                        file=name,
                        column=column,
                    ),
                    row=1,
                    column=column,
                    file=name,
                )
                continue
            blank = table[column] == ""
            numbers = pd.to_numeric(table[column].where(~blank), errors="coerce").astype(float)
            numbers = numbers.where(np.isfinite(numbers))
            wrong = numbers.isna() & ~blank
            if name != "indicators.csv" and (name, column) not in _MAY_BE_BLANK:
                wrong |= blank
            for row in table.index[wrong]:
                problems.add(
                    "not_a_number",
                    say(
                        "{file}, row {row}, column '{column}': '{value}' is not a number.",
                        file=name,
                        row=row,
                        column=column,
                        value=table.loc[row, column][:40],
                    ),
                    row=int(row),
                    column=column,
                    file=name,
                )
            table[column] = numbers
