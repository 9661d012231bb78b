"""Every file of a folder, recognised: which of the official kinds each is."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from needsmap.errors import UnreadableFile
from needsmap.places.build import (
    england_grants,
    england_lookups,
    england_people,
    england_services,
    file7,
    geography,
)
from needsmap.places.build.files import (
    as_features,
    features_of,
    is_outline,
    parquet_columns,
    walk,
)
from needsmap.places.build.report import Report
from needsmap.places.build.table_files import TableFile, is_table, open_table
from needsmap.places.geojson import Features, read_geojson
from needsmap.words import say

_NOT_DATA = (".md", ".txt", ".pdf", ".html")


@dataclass
class Found:
    """The files of a folder by kind."""

    file7: list[file7.File7] = field(default_factory=list)
    people: list[england_people.PeopleFile] = field(default_factory=list)
    postcodes: list[england_lookups.PostcodeFile] = field(default_factory=list)
    old_codes: list[england_lookups.OldCodes] = field(default_factory=list)
    wards: list[england_lookups.Wards] = field(default_factory=list)
    outlines: list[geography.OutlineFile] = field(default_factory=list)
    services: list[TableFile] = field(default_factory=list)
    service_features: list[tuple[Features, str]] = field(default_factory=list)
    grants: list[tuple[Path, str, pd.DataFrame]] = field(default_factory=list)


def look_through(folder: Path, out: Path, report: Report) -> Found:
    """Recognise every file below `folder`; what is none of the kinds is noted as left aside.

    `out`, where the pack goes, is not looked into. Raises `NeedsmapError` when there is no
    such folder or nothing in it.
    """
    found = Found()
    for path, name in walk(folder, apart_from=out):
        report.progress(say("Looking at {file} …", file=name))
        try:
            if is_table(path):
                known = _table(path, name, found, report)
            elif is_outline(path):
                known = _outline(path, name, found, report)
            elif path.suffix.lower() in _NOT_DATA:
                continue
            else:
                report.leave(
                    name, say("only CSV, Excel, GeoJSON, GeoParquet and JSON are read here.")
                )
                continue
        except UnreadableFile as error:
            report.leave(name, str(error))
            continue
        if not known:
            report.leave(name, say("its contents are none of the kinds that are known."))
    return found


def _table(path: Path, name: str, found: Found, report: Report) -> bool:
    table = open_table(path, name, report)
    return table is not None and _by_headings(table, found)


def _by_headings(table: TableFile, found: Found) -> bool:
    if (index := file7.recognise(table)) is not None:
        found.file7.append(index)
    elif england_grants.is_grants(table):
        found.grants.append((table.path, table.name, england_grants.from_table(table)))
    elif (people := england_people.recognise(table)) is not None:
        found.people.append(people)
    elif (old := england_lookups.recognise_old_codes(table)) is not None:
        found.old_codes.append(old)
    elif (codes := england_lookups.recognise_postcodes(table)) is not None:
        found.postcodes.append(codes)
    elif (wards := england_lookups.recognise_wards(table)) is not None:
        found.wards.append(wards)
    elif england_services.is_services(table):
        found.services.append(table)
    else:
        return False
    return True


def _outline(path: Path, name: str, found: Found, report: Report) -> bool:
    if path.suffix == ".parquet":
        outlines, _ = geography.recognise(path, name)
        if outlines is not None:
            found.outlines.append(outlines)
            return True
        table = TableFile(path, name, parquet_columns(path, name)[0])
        codes = england_lookups.recognise_postcodes(table)
        if codes is not None:
            found.postcodes.append(codes)
        return codes is not None
    outlines, content = geography.recognise(path, name)
    if outlines is not None:
        found.outlines.append(outlines)
    elif england_grants.is_grants_json(content):
        found.grants.append((path, name, england_grants.from_json(content)))
    elif england_services.is_services_json(content):
        found.service_features.append((_features(content, name, report), name))
    else:
        return False
    return True


def _features(content: Any, name: str, report: Report) -> Features:
    features = read_geojson(as_features(features_of(content) or []), name, trusted=True)
    for problem in features.problems:
        report.leave(name, problem.message, row=problem.row)
    return features
