"""A place pack: everything known about one place, from one folder.

`open_pack` gives a frozen `Pack` that the other rooms read. The folder's format is in
docs/places.md; `needsmap.places.write` writes it and `needsmap.places.check` judges it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from needsmap.errors import BadPack, NotFound, Problems
from needsmap.places.contents import COLUMNS, Contents, read_contents
from needsmap.places.membership import LevelTables, find_strangers, read_levels
from needsmap.places.parts import Indicator, Level, SampleSurvey, Source
from needsmap.tables import LOOKUPS, POPULATION, SERVICES
from needsmap.words import count, say

PARTS = ("indicators", "services", "population", "lookups", "grants")
"""The parts a pack may lack. `Pack.missing` names those it does."""


@dataclass(frozen=True, eq=False)
class Pack:
    """One place, opened. Tables are to be read, never changed in place.

    Fields
    ------
    folder, name, title : where it lies, its short name for links, its name for people.
    version : short hash over all files, part of every picture's mark.
    invented : True when nobody lives there; shown wherever the place is shown.
    country : ISO 3166 code, "" when the place is nowhere.
    levels : finest first.
    areas : `tables.AREAS`, one row an area of the finest level, in the order of the pack.
    membership : index finest area_code; one column a level id; the finest column is the
        code itself. The order is that of `areas`.
    names : level id → code → name.
    indicators : index finest area_code; one float column an indicator id; NaN = not given.
    indicator_info : indicator id → `Indicator`, in the order of the pack.
    services, population, lookups : `tables.SERVICES`, `POPULATION`, `LOOKUPS`; empty when
        missing.
    grants : 360Giving headings; "Amount Awarded" is a number, everything else text.
    sources : where all this is from.
    missing : which of `PARTS` the pack does not have.
    sample_surveys : surveys shipped with it.
    """

    folder: Path
    name: str
    title: str
    version: str
    invented: bool
    country: str
    levels: tuple[Level, ...]
    areas: pd.DataFrame
    membership: pd.DataFrame
    names: dict[str, dict[str, str]]
    indicators: pd.DataFrame
    indicator_info: dict[str, Indicator]
    services: pd.DataFrame
    population: pd.DataFrame
    lookups: pd.DataFrame
    grants: pd.DataFrame
    sources: tuple[Source, ...]
    missing: tuple[str, ...]
    sample_surveys: tuple[SampleSurvey, ...]

    @property
    def finest(self) -> Level:
        """Return the finest level."""
        return self.levels[0]

    def level(self, level_id: str) -> Level:
        """Return the level called `level_id`; raise `NotFound` when there is none."""
        for level in self.levels:
            if level.id == level_id:
                return level
        raise NotFound(
            say("{title} has no level called '{level}'.", title=self.title, level=level_id),
            say("Choose one of: {levels}.", levels=", ".join(x.id for x in self.levels)),
        )

    def people(self, level_id: str) -> pd.Series:
        """Return people by code of a level (float; NaN where any area's number is unknown)."""
        codes = self.membership[self.level(level_id).id]
        people = self.areas.set_index("area_code")["population"].reindex(codes.index)
        found = people.groupby(codes, sort=False).sum()
        found = found.mask(people.isna().groupby(codes, sort=False).any())
        return found.rename("people").rename_axis("area_code")

    def level_of(self, code: str) -> str | None:
        """Return the finest level id that has an area with this code, or None."""
        return next((x.id for x in self.levels if code in self.names[x.id]), None)

    def areas_in(self, level_id: str, code: str) -> list[str]:
        """Return the finest area codes that lie in `code` of a level (empty when unknown)."""
        codes = self.membership[self.level(level_id).id]
        return [str(c) for c in codes.index[codes == code]]

    def parent(self, code: str, level_id: str) -> str | None:
        """Return the code of `level_id` in which an area of any finer level lies.

        None when the area lies in several (MSOAs and wards do not nest). Raises `NotFound`
        when the pack has no such area.
        """
        column = self.membership[self.level(level_id).id]
        own = self.level_of(code)
        if own is None:
            raise NotFound(
                say("{title} has no area '{code}'.", title=self.title, code=code),
                say("Choose an area on the map or in the list."),
            )
        parents = column[self.membership[own] == code].unique()
        return str(parents[0]) if len(parents) == 1 else None


def open_pack(folder: Path) -> Pack:
    """Open a place pack.

    Faults that leave every figure right (a service outside the place) do not stop it;
    `check.check_pack` names those too.

    Raises
    ------
    NotFound
        When there is no such folder.
    BadPack
        When it cannot be used as it is; `problems` carries every fault of the folder.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise NotFound(
            say("There is no place pack at '{folder}'.", folder=folder),
            say("Run 'python -m needsmap place list' to see the places there are."),
        )
    contents = read_contents(folder)
    levels = read_levels(contents)
    find_strangers(contents)
    if contents.problems:
        raise refusal(folder, contents.problems)
    return _assemble(contents, levels)


def refusal(folder: Path, problems: Problems) -> BadPack:
    """Return the error for a pack that cannot be opened, with all its problems."""
    first = "\n".join(f"- {p.message}" for p in list(problems)[:5])
    more = len(problems) - 5
    said = count("{n} thing is wrong", "{n} things are wrong", len(problems))
    return BadPack(
        say("The place '{name}' cannot be opened: {said}.", name=folder.name, said=said)
        + f"\n{first}"
        + (count("\n- and {n} more", "\n- and {n} more", more) if more > 0 else ""),
        say("Mend the files, then run 'python -m needsmap place check' on the folder."),
        problems,
    )


def pack_version(folder: Path) -> str:
    """Return a short hash over the names and bytes of all files of a pack.

    Files whose names start with a dot do not count: they are not part of the data.
    """
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        inside = file.relative_to(folder)
        if file.is_file() and not any(part.startswith(".") for part in inside.parts):
            content = hashlib.sha256(file.read_bytes()).hexdigest()
            digest.update(f"{inside.as_posix()}\0{content}\n".encode())
    return digest.hexdigest()[:12]


def _assemble(contents: Contents, levels: LevelTables) -> Pack:
    package, own, tables = contents.package, contents.own, contents.tables
    areas = contents.areas.reset_index(drop=True)
    index = pd.Index(areas["area_code"], name="area_code")
    info = {
        i["id"]: Indicator(
            id=i["id"],
            label=i["label"],
            unit=_text(i, "unit"),
            direction=i["direction"],
            domain=_text(i, "domain"),
            statistic=i["statistic"],
            of=i.get("of"),
            vintage=_text(i, "vintage"),
            source=_text(i, "source"),
            column=i["column"],
        )
        for i in own.get("indicators", [])
    }
    figures = tables.get("indicators.csv")
    values = pd.DataFrame(index=index, columns=list(info), dtype=float)
    if figures is not None:
        by_code = figures.set_index("area_code").reindex(index)
        values = pd.DataFrame(
            {i: by_code[indicator.column].astype(float) for i, indicator in info.items()},
            index=index,
        )
    parts = {
        "indicators": len(info) and figures is not None and len(figures),
        **{p: len(tables.get(f"{p}.csv", ())) for p in PARTS if p != "indicators"},
    }
    return Pack(
        folder=contents.folder,
        name=package["name"].strip(),
        title=package["title"].strip(),
        version=pack_version(contents.folder),
        invented=bool(own.get("invented", False)),
        country=_text(own, "country"),
        levels=tuple(Level(*level) for level in levels.levels),
        areas=areas,
        membership=levels.membership,
        names=levels.names,
        indicators=values,
        indicator_info=info,
        services=_table(tables, "services.csv", SERVICES),
        population=_table(tables, "population.csv", POPULATION),
        lookups=_table(tables, "lookups.csv", LOOKUPS),
        grants=_table(tables, "grants.csv", COLUMNS["grants.csv"]),
        sources=tuple(
            Source(
                title=_text(s, "title"),
                licence=_text(s, "licence"),
                attribution=_text(s, "attribution"),
                date=_text(s, "date"),
                path=_text(s, "path"),
            )
            for s in package.get("sources", [])
        ),
        missing=tuple(part for part in PARTS if not parts[part]),
        sample_surveys=tuple(
            SampleSurvey(contents.folder / s["path"], _text(s, "title"), _day(_text(s, "asked")))
            for s in own.get("surveys", [])
        ),
    )


def _table(tables: dict[str, pd.DataFrame], name: str, columns: tuple[str, ...]) -> pd.DataFrame:
    table = tables.get(name)
    if table is None:
        table = pd.DataFrame({column: pd.Series(dtype=str) for column in columns})
    if name != "grants.csv":
        table = table[list(columns)]
    return table.reset_index(drop=True)


def _text(mapping: dict[str, Any], key: str) -> str:
    value = mapping.get(key)
    return "" if value is None else str(value)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
