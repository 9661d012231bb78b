"""Which area lies in which: the levels of a pack, and rows that name no area of it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from needsmap.errors import Problems
from needsmap.places.contents import Contents
from needsmap.places.package import PACKAGE_FILE
from needsmap.words import say

MOST_NAMED = 50
"""So many faults of one kind in one file are named one by one; the rest are counted."""


@dataclass(frozen=True)
class LevelTables:
    """levels: (id, label, plural), finest first. membership and names: as in `Pack`."""

    levels: tuple[tuple[str, str, str], ...]
    membership: pd.DataFrame
    names: dict[str, dict[str, str]]


def read_levels(contents: Contents) -> LevelTables:
    """Read levels.csv against the levels the package lists, noting every fault.

    Faults: a level the package does not list, an area nobody knows, an area with no or
    with two parents at a level, a parent with two names.
    """
    listed = contents.own.get("levels")
    levels = tuple(
        (str(x["id"]), str(x.get("label") or x["id"]), str(x.get("plural") or x["id"]))
        for x in (listed if isinstance(listed, list) else [])
        if isinstance(x, dict) and isinstance(x.get("id"), str)
    )
    areas = contents.areas.drop_duplicates("area_code")
    codes = pd.Index(areas["area_code"].astype(str), name="area_code")
    finest = levels[0][0] if levels else "area"
    membership = pd.DataFrame({finest: codes}, index=codes)
    names = {finest: dict(zip(codes, areas["area_name"], strict=True))}
    table = contents.tables.get("levels.csv")
    if table is not None:
        _judge_rows(table, {x[0] for x in levels[1:]}, contents.problems)
    for level_id, _, _ in levels[1:]:
        rows = table[table["level"] == level_id] if table is not None else None
        if rows is None or rows.empty:
            contents.problems.add(
                "level_without_areas",
                say(
                    "The package lists the level '{level}', but levels.csv places no area in it.",
                    level=level_id,
                ),
                column=level_id,
                file="levels.csv" if table is not None else PACKAGE_FILE,
            )
            membership[level_id] = ""
            names[level_id] = {}
            continue
        first = rows.drop_duplicates("area_code").set_index("area_code")
        parents = first["parent_code"].reindex(codes)
        for code in codes[parents.isna() | (parents == "")]:
            contents.problems.add(
                "level_missing_area",
                say(
                    "The area '{code}' is in no {level}. Add a row for it to levels.csv.",
                    code=code,
                    level=level_id,
                ),
                column=level_id,
                file="levels.csv",
            )
        membership[level_id] = parents.fillna("")
        named = rows.drop_duplicates("parent_code")
        names[level_id] = dict(zip(named["parent_code"], named["parent_name"], strict=True))
    return LevelTables(levels, membership, names)


def _judge_rows(table: pd.DataFrame, levels: set[str], problems: Problems) -> None:
    def each(rows: pd.DataFrame, code: str, column: str, sentence: str) -> None:
        for row, values in rows.iterrows():
            message = say(sentence, row=row, **{str(k): v for k, v in values.items()})
            problems.add(code, message, row=int(str(row)), column=column, file="levels.csv")

    each(
        table[~table["level"].isin(levels)],
        "unknown_level",
        "level",
        "levels.csv, row {row}: the package lists no level '{level}' above the finest.",
    )
    each(
        table[table.duplicated(["area_code", "level"])],
        "two_parents",
        "area_code",
        "levels.csv, row {row}: '{area_code}' has a second {level}. Keep one.",
    )
    each(
        table[table["parent_code"] == ""],
        "missing_parent",
        "parent_code",
        "levels.csv, row {row}: '{area_code}' has no parent code.",
    )
    each(
        table[table["parent_name"] == ""],
        "missing_parent_name",
        "parent_name",
        "levels.csv, row {row}: the {level} '{parent_code}' has no name.",
    )
    pairs = table[table["parent_name"] != ""].drop_duplicates(
        ["level", "parent_code", "parent_name"]
    )
    each(
        pairs[pairs.duplicated(["level", "parent_code"])],
        "parent_two_names",
        "parent_name",
        "levels.csv, row {row}: the {level} '{parent_code}' has a second name, "
        "'{parent_name}'. Use one name throughout.",
    )


def find_strangers(contents: Contents) -> None:
    """Note rows of any table that name an area the place does not have, and double rows."""
    known = set(contents.areas["area_code"])
    for name in ("levels.csv", "indicators.csv", "population.csv"):
        table = contents.tables.get(name)
        if table is None:
            continue
        strange = table[~table["area_code"].isin(known)]
        for row, code in strange["area_code"].head(MOST_NAMED).items():
            contents.problems.add(
                "unknown_area",
                say(
                    "{file}, row {row}: the place has no area '{code}'.",
                    file=name,
                    row=row,
                    code=code[:40],
                ),
                row=int(str(row)),
                column="area_code",
                file=name,
            )
        if len(strange) > MOST_NAMED:
            contents.problems.add(
                "unknown_area",
                say(
                    "{file}: {n} more rows name areas the place does not have.",
                    file=name,
                    n=len(strange) - MOST_NAMED,
                ),
                column="area_code",
                file=name,
            )
    keys = {"indicators.csv": ["area_code"], "population.csv": ["area_code", "group", "band"]}
    for name, columns in keys.items():
        table = contents.tables.get(name)
        if table is None:
            continue
        for row in table.index[table.duplicated(columns)]:
            contents.problems.add(
                "duplicate_row",
                say(
                    "{file}, row {row} repeats an earlier row for '{code}'.",
                    file=name,
                    row=row,
                    code=table.loc[row, "area_code"],
                ),
                row=int(row),
                column=columns[-1],
                file=name,
            )
