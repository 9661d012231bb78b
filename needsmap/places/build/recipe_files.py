"""The files a recipe names: opened by kind, their headings and rows as text."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from needsmap.errors import NeedsmapError, UnreadableFile
from needsmap.places.build.files import read_geoparquet, read_parquet
from needsmap.places.build.report import Report
from needsmap.places.build.table_files import TableFile, open_table
from needsmap.places.geojson import read_geojson
from needsmap.words import say

_DRAWN = (".shp", ".geojson", ".geojson.gz", ".parquet")


def plain(heading: object) -> str:
    """Return a heading with every run of spaces and line breaks as one space."""
    return re.sub(r"\s+", " ", str(heading)).strip()


class RecipeFiles:
    """Opens what lies in `source`; each file is read once. Faults of rows go to `report`."""

    def __init__(self, source: Path, report: Report) -> None:
        self.source = source
        self.report = report
        self._outlines: dict[str, gpd.GeoDataFrame] = {}
        self._tables: dict[str, pd.DataFrame] = {}

    def headings(self, file: str) -> list[str] | str:
        """Return the columns of a file, or the sentence that says why there are none."""
        try:
            path = self._path(file)
            if path.name.endswith(_DRAWN):
                return [str(c) for c in self.outlines(file).columns if c != "geometry"]
            return [plain(heading) for heading in self._table(file).headings]
        except NeedsmapError as error:
            return str(error)

    def outlines(self, file: str) -> gpd.GeoDataFrame:
        """Return a file of outlines or points in WGS84, index counting from 1.

        Raises
        ------
        NeedsmapError
            When it is not there, not readable, or holds no outline.
        """
        if file not in self._outlines:
            self._outlines[file] = self._read_outlines(file, self._path(file))
        return self._outlines[file]

    def rows(self, file: str) -> pd.DataFrame:
        """Return the rows of any file as text, columns by their plain headings."""
        if file not in self._tables:
            if self._path(file).name.endswith(_DRAWN):
                table = pd.DataFrame(self.outlines(file).drop(columns="geometry"))
            else:
                table = self._table(file).read()
            table.columns = pd.Index([plain(column) for column in table.columns])
            self._tables[file] = table.map(_text)
        return self._tables[file]

    def wanted(self, part: dict[str, Any]) -> pd.DataFrame:
        """Return the rows of a part's file that its `where` asks for."""
        rows = self.rows(part["file"])
        for column, value in part.get("where", {}).items():
            rows = rows[rows[plain(column)] == str(value)]
        return rows

    def _path(self, file: str) -> Path:
        path = self.source / file
        if not path.is_file():
            raise NeedsmapError(
                say("{file} is not in {folder}.", file=file, folder=self.source),
                say("Put it there, or change the recipe."),
            )
        return path

    def _table(self, file: str) -> TableFile:
        table = open_table(self._path(file), file, self.report)
        if table is None:
            raise UnreadableFile(
                say("{file} has no headings.", file=file),
                say("Save it as CSV with a heading row."),
            )
        return table

    def _read_outlines(self, file: str, path: Path) -> gpd.GeoDataFrame:
        if path.suffix == ".shp":
            # A shapefile of our own choosing, at build time: the one door to GDAL.
            try:
                read = gpd.read_file(path)
            except (OSError, ValueError, RuntimeError) as error:
                raise UnreadableFile(
                    say("{file} is damaged.", file=file), say("Fetch all its parts again.")
                ) from error
            read = read.set_crs(4326) if read.crs is None else read.to_crs(4326)
        elif path.suffix == ".parquet":
            try:
                read = read_geoparquet(path, file)
            except UnreadableFile:
                plain_rows = read_parquet(path, file, [])
                raise UnreadableFile(
                    say("{file} holds {n} rows and no outlines.", file=file, n=len(plain_rows)),
                    say("Choose a file of outlines."),
                ) from None
        else:
            features = read_geojson(path, file, trusted=True)
            for problem in features.problems:
                self.report.leave(file, problem.message, row=problem.row)
            read = gpd.GeoDataFrame(
                pd.DataFrame(features.properties),
                geometry=gpd.GeoSeries(features.geometries, crs=4326),
                crs=4326,
            )
        read.index = pd.RangeIndex(1, len(read) + 1)
        read = read[read.geometry.notna() & ~read.geometry.is_empty]
        if read.empty:
            raise UnreadableFile(
                say("{file} has no outline that can be used.", file=file),
                say("Export it again from a map program."),
            )
        return read.set_geometry(shapely.make_valid(read.geometry.to_numpy()), crs=4326)


def _text(value: Any) -> str:
    if value is None or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value).strip()
