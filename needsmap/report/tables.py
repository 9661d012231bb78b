"""Briefs as spreadsheets and map files. No text in them can act as a formula."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely
import xlsxwriter

from needsmap.report.export import Export
from needsmap.tables import MapLayer
from needsmap.words import count, say

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

# OWASP ASVS 5 §1.2.10 (= + - @ TAB NUL), CR and LF besides, and their full-width twins; a
# spreadsheet skips quotes, spaces and a byte order mark before it looks.
_FORMULA = re.compile("[\\s'\"\ufeff]*?[=+\\-@\t\x00\r\n＝＋－＠]")
_LONGEST_XLSX_CELL = 32_767
"""Letters a cell of a workbook takes (Microsoft, Excel specifications and limits)."""
_CUT = " […]"
Cell = str | int | float


def guard(text: str) -> str:
    """Return `text` with an apostrophe before it when a spreadsheet might run it."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguard(text: str) -> str:
    """Return what `guard` was given: takes off exactly the apostrophe it put there."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text


def as_csv(export: Export) -> bytes:
    """Return the export as CSV: UTF-8 with BOM, CRLF, all fields quoted, formula-safe.

    Each table stands under a line with its name; the last part is the notes. Numbers stay
    numbers; a missing figure is an empty field.
    """
    rows: list[list[Cell]] = [[export.title], []]
    for name, table in export.tables.items():
        rows += [[name], [str(heading) for heading in table.columns], *_rows(table), []]
    rows.append([say("Notes")])
    rows += [list(note) for note in export.notes]
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([guard(c) if isinstance(c, str) else c for c in row] for row in rows)
    # The csv format has no place for NUL, and no reader agrees on it.
    return ("\ufeff" + text.getvalue().replace("\x00", "\u2400")).encode("utf-8", "replace")


def as_xlsx(export: Export) -> bytes:
    """Return the export as a workbook: a sheet a table, then the notes.

    Text is stored as text: no formula, no link, whatever it looks like.
    """
    file = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": False,
    }
    book = xlsxwriter.Workbook(file, options)
    book.set_properties({"title": export.title})
    heading = book.add_format({"bold": True, "text_wrap": True, "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    cut = 0

    def fitting(text: str) -> str:
        nonlocal cut
        if len(text) <= _LONGEST_XLSX_CELL:
            return text
        cut += 1
        return text[: _LONGEST_XLSX_CELL - len(_CUT)] + _CUT

    names = _sheet_names([*export.tables, say("Notes")])
    for name, table in zip(names, export.tables.values(), strict=False):
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, max(len(table.columns) - 1, 0), 22)
        for column, text in enumerate(table.columns):
            sheet.write_string(0, column, fitting(str(text)), heading)
        for number, row in enumerate(_rows(table), start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, column, fitting(cell))
                else:
                    sheet.write_number(number, column, cell)
    sheet = book.add_worksheet(names[-1])
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, export.title, heading)
    lines = [*(("", said) for said in (*export.sentences, *export.cautions)), *export.notes]
    for number, (label, text) in enumerate(lines, start=1):
        sheet.write_string(number, 0, fitting(label), wrapped)
        sheet.write_string(number, 1, fitting(text), wrapped)
    if cut:
        label, text = _said_of_cut(cut)
        sheet.write_string(len(lines) + 1, 0, label, wrapped)
        sheet.write_string(len(lines) + 1, 1, text, wrapped)
    book.close()
    return file.getvalue()


def _said_of_cut(cut: int) -> tuple[str, str]:
    return say("Cut texts"), count(
        "{n} text is longer than a cell takes, so its end was cut; the CSV file has all of it.",
        "{n} texts are longer than a cell takes, so their ends were cut; the CSV file has all "
        "of them.",
        cut,
    )


def as_geojson(export: Export, layer: MapLayer, outlines: GeoDataFrame) -> bytes:
    """Return a map layer as GeoJSON (RFC 7946): outlines with published figures.

    Parameters
    ----------
    layer
        What the map shows; its `table` gives the properties of each area.
    outlines
        Columns code, name, geometry; WGS84 degrees, as RFC 7946 §4 wants them. Areas the
        layer does not name are left out.
    """
    table = layer.table.set_index("area_code", drop=False)
    features = []
    for code, shape in zip(outlines["code"], outlines["geometry"], strict=True):
        if code not in table.index:
            continue
        row = dict(zip(table.columns, next(_rows(table.loc[[code]])), strict=True))
        features.append(
            {
                "type": "Feature",
                "id": code,
                "geometry": _right_handed(shape),
                "properties": {name: None if cell == "" else cell for name, cell in row.items()}
                | {"area_code": code},
            }
        )
    collection = {
        "type": "FeatureCollection",
        "title": export.title,
        "shows": layer.title,
        "notes": [{"label": label, "text": text} for label, text in export.notes],
        "features": features,
    }
    return json.dumps(collection, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace")


def _right_handed(shape: shapely.Geometry) -> dict | None:
    # RFC 7946 §3.1.6: outer rings go anticlockwise.
    if shape is None or shape.is_empty:
        return None
    turned = shapely.orient_polygons(shapely.set_precision(shape, 1e-6, mode="pointwise"))
    return shapely.geometry.mapping(turned)


def _rows(table: pd.DataFrame) -> Iterator[list[Cell]]:
    for row in table.itertuples(index=False, name=None):
        yield [plain(cell) for cell in row]


def plain(cell: object) -> Cell:
    """Return a cell as a number, or as text; "" where there is no figure."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, (bool, np.bool_)):
        return say("yes") if cell else say("no")
    if isinstance(cell, (int, np.integer)):
        return int(cell)
    if isinstance(cell, (float, np.floating)):
        return float(cell) if math.isfinite(cell) else ""
    if cell is None or cell is pd.NA or cell is pd.NaT:
        return ""
    if isinstance(cell, (tuple, list)):
        return ", ".join(map(str, cell))
    return str(cell)


def _sheet_names(names: Iterable[str]) -> list[str]:
    """Return names a workbook accepts: no sign it forbids, 31 long, none twice."""
    found: list[str] = []
    for name in names:
        clean = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", name).strip("' ")[:31] or say("Table")
        number = 2
        unique = clean
        while unique.lower() in {other.lower() for other in found}:
            unique = f"{clean[:27]} ({number})"
            number += 1
        found.append(unique)
    return found
