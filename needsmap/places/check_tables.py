"""The rows of a pack's tables, judged one table after another."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import shapely

from needsmap.errors import Problems
from needsmap.places.contents import Contents
from needsmap.places.indicators import decile_of_rank
from needsmap.places.lookups import key_of
from needsmap.places.membership import MOST_NAMED, LevelTables
from needsmap.places.services import CATEGORIES
from needsmap.words import say

NEAR_DEGREES = 0.05
"""A service so far outside the place (about 5 km) may still serve it; further is a mistake."""

_KINDS = ("postcode", "old_code", "name", "street")


def check_tables(contents: Contents, levels: LevelTables) -> None:
    """Note every fault in the rows of indicators, services, people, lookups and grants."""
    _check_indicators(contents)
    _check_services(contents)
    _check_population(contents)
    _check_lookups(contents, levels)
    _check_grants(contents)


class _Rows:
    """Adds row faults of one file; beyond `MOST_NAMED` of a kind they are only counted."""

    def __init__(self, problems: Problems, file: str) -> None:
        self.problems = problems
        self.file = file

    def add(self, rows: pd.Index, code: str, column: str, sentence: str, table: Any) -> None:
        for row in rows[:MOST_NAMED]:
            value = str(table.loc[row, column])[:60] if column in table else ""
            message = f"{self.file}, {say('row')} {row}: " + say(sentence, value=value)
            self.problems.add(code, message, row=int(row), column=column, file=self.file)
        if len(rows) > MOST_NAMED:
            more = say("{file}: {n} more rows like this.", file=self.file, n=len(rows) - MOST_NAMED)
            self.problems.add(code, more, column=column, file=self.file)


def _check_indicators(contents: Contents) -> None:
    table = contents.tables.get("indicators.csv")
    listed = [i for i in contents.own.get("indicators", []) if isinstance(i, dict)]
    if table is None:
        if listed:
            contents.problems.add(
                "missing_file",
                say("The package lists indicators, but there is no usable indicators.csv."),
                file="indicators.csv",
            )
        return
    rows = _Rows(contents.problems, "indicators.csv")
    by_key = {(str(i.get("id", "")).rpartition("_")[0], i.get("statistic")): i for i in listed}
    for (stem, statistic), item in by_key.items():
        column = str(item.get("column"))
        if column not in table or not pd.api.types.is_float_dtype(table[column]):
            continue
        numbers = table[column]
        if statistic == "decile":
            wrong = numbers.notna() & ~numbers.isin(range(1, 11))
            sentence = "the decile {value} is not a whole number from 1 to 10."
            rows.add(table.index[wrong], "decile_range", column, sentence, table)
            partner = by_key.get((stem, "rank"), {})
            ranks, of = table.get(str(partner.get("column"))), partner.get("of")
            if ranks is not None and of and pd.api.types.is_float_dtype(ranks):
                expected = decile_of_rank(ranks, of)
                wrong = ~wrong & numbers.notna() & expected.between(1, 10) & (numbers != expected)
                sentence = "the decile {value} does not agree with the rank."
                rows.add(table.index[wrong], "decile_rank", column, sentence, table)
        elif statistic == "rank":
            of = item.get("of") or np.inf
            wrong = numbers.notna() & ((numbers < 1) | (numbers > of) | (numbers * 2 % 1 != 0))
            # Areas that tie share the middle of their ranks, so a half is right (SIMD 2020).
            sentence = "the rank {value} is not a place from 1 to the number of areas."
            rows.add(table.index[wrong], "rank_range", column, sentence, table)
        elif statistic == "share":
            wrong = numbers.notna() & ~numbers.between(0, 1)
            sentence = "the share {value} is not between 0 and 1."
            rows.add(table.index[wrong], "share_range", column, sentence, table)


def _check_services(contents: Contents) -> None:
    table = contents.tables.get("services.csv")
    if table is None:
        return
    rows = _Rows(contents.problems, "services.csv")
    _check_ids(table, "service_id", rows)
    for column in ("name", "category"):
        blank = table.index[table[column] == ""]
        rows.add(blank, "missing_value", column, f"the {column} is blank.", table)
    odd = ~table["category"].str.fullmatch(r"[a-z][a-z0-9_]*") & (table["category"] != "")
    known = ", ".join(CATEGORIES)
    rows.add(
        table.index[odd],
        "category",
        "category",
        "'{value}' is not a category. " + say("Use one of {known}, or a short id.", known=known),
        table,
    )
    dates = pd.to_datetime(table["checked_on"], format="%Y-%m-%d", errors="coerce")
    wrong = table.index[dates.isna() & (table["checked_on"] != "")]
    rows.add(wrong, "date", "checked_on", "'{value}' is not a date like 2026-03-01.", table)
    shapes = [shape for shape in contents.geometries if shape is not None]
    if not shapes or not pd.api.types.is_float_dtype(table["latitude"]):
        return
    there = table[table["latitude"].notna() & table["longitude"].notna()]
    points = shapely.points(there["longitude"].astype(float), there["latitude"].astype(float))
    place = shapely.STRtree(np.array(shapes, dtype=object))
    nearby = place.query(points, predicate="dwithin", distance=NEAR_DEGREES)[0]
    outside = ~np.isin(np.arange(len(there)), nearby)
    sentence = "'{value}' lies far outside the place. Are latitude and longitude swapped?"
    rows.add(there.index[outside], "service_outside", "name", sentence, table)


def _check_ids(table: pd.DataFrame, column: str, rows: _Rows) -> None:
    blank = table.index[table[column] == ""]
    rows.add(blank, "missing_value", column, f"the {column} is blank.", table)
    twice = table.index[table.duplicated(column) & (table[column] != "")]
    rows.add(twice, "duplicate_id", column, "the id '{value}' is there already.", table)


def _check_population(contents: Contents) -> None:
    table = contents.tables.get("population.csv")
    if table is None:
        return
    rows = _Rows(contents.problems, "population.csv")
    negative = table.index[table["people"] < 0]
    rows.add(negative, "negative_people", "people", "{value} people is below zero.", table)
    for column in ("group", "band"):
        blank = table.index[table[column] == ""]
        rows.add(blank, "missing_value", column, f"the {column} is blank.", table)
    ages = (table["group"] == "age") & ~table["band"].str.fullmatch(r"\d+(-\d+|\+)")
    sentence = "'{value}' is not a band of age like 16-24 or 65+."
    rows.add(table.index[ages], "age_band", "band", sentence, table)


def _check_lookups(contents: Contents, levels: LevelTables) -> None:
    table = contents.tables.get("lookups.csv")
    if table is None:
        return
    rows = _Rows(contents.problems, "lookups.csv")
    kinds = table["kind"].isin(_KINDS)
    sentence = "'{value}' is not a kind of lookup: " + ", ".join(_KINDS) + "."
    rows.add(table.index[~kinds], "lookup_kind", "kind", sentence, table)
    known = table["level"].isin(levels.names)
    sentence = "the package lists no level '{value}'."
    rows.add(table.index[~known], "unknown_level", "level", sentence, table)
    pairs = {(level, code) for level, names in levels.names.items() for code in names}
    here = pd.Series(
        [pair in pairs for pair in zip(table["level"], table["area_code"], strict=True)],
        index=table.index,
        dtype=bool,
    )
    sentence = "the place has no area '{value}' at this level."
    rows.add(table.index[known & ~here], "unknown_area", "area_code", sentence, table)
    written = [key_of(k, v) for k, v in zip(table["kind"], table["key"], strict=True)]
    wrong = table.index[kinds & (table["key"] != pd.Series(written, index=table.index, dtype=str))]
    sentence = "the key '{value}' is not in its plain form (docs/places.md says how)."
    rows.add(wrong, "lookup_key", "key", sentence, table)
    twice = table.index[table.duplicated()]
    rows.add(twice, "duplicate_row", "key", "'{value}' is there already.", table)


def _check_grants(contents: Contents) -> None:
    table = contents.tables.get("grants.csv")
    if table is None:
        return
    rows = _Rows(contents.problems, "grants.csv")
    _check_ids(table, "Identifier", rows)
    dates = pd.to_datetime(table["Award Date"].str[:10], format="%Y-%m-%d", errors="coerce")
    wrong = table.index[dates.isna() & (table["Award Date"] != "")]
    rows.add(wrong, "date", "Award Date", "'{value}' is not a date like 2026-03-01.", table)
