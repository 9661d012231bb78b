"""Files of a folder, told apart by what is in them, not by what they are called."""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import pandas as pd

from needsmap.errors import NeedsmapError, UnreadableFile
from needsmap.places.geojson import MOST_BYTES_LARGE, parse_json
from needsmap.words import say

_TABLE = (".csv", ".csv.gz", ".tsv")
_OUTLINE = (".geojson", ".geojson.gz", ".json", ".parquet")


@dataclass(frozen=True)
class TableFile:
    """A CSV on disk, known so far by its headings only."""

    path: Path
    name: str
    headings: tuple[str, ...]
    encoding: str
    delimiter: str

    def column(self, *patterns: str) -> str | None:
        """Return the first heading that matches a pattern as a whole, case apart."""
        for pattern in patterns:
            for heading in self.headings:
                if re.fullmatch(pattern, heading.strip(), re.IGNORECASE):
                    return heading
        return None

    def read(self, columns: list[str] | None = None) -> pd.DataFrame:
        """Return the cells as text, index the row in the file as a spreadsheet counts.

        Raises
        ------
        UnreadableFile
            When the rows do not fit the headings.
        """
        try:
            table = pd.read_csv(
                self.path,
                dtype=str,
                keep_default_na=False,
                encoding=self.encoding,
                sep=self.delimiter,
                usecols=columns,
                skip_blank_lines=False,
                compression="infer",
            )
        except (pd.errors.ParserError, UnicodeDecodeError, ValueError) as error:
            raise UnreadableFile(
                say("{file} cannot be read as a table ({why}).", file=self.name, why=error),
                say("Open it in a spreadsheet program and save it as CSV again."),
            ) from error
        table.index = pd.RangeIndex(2, len(table) + 2, name="row")
        return table.fillna("")


def walk(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield every file below a folder with its name seen from there, in a fixed order.

    Raises
    ------
    NeedsmapError
        When there is no such folder.
    """
    if not folder.is_dir():
        raise NeedsmapError(
            say("There is no folder '{folder}'.", folder=folder),
            say("Give --from the folder that holds the official files."),
        )
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            yield path, path.relative_to(folder).as_posix()


def is_table(path: Path) -> bool:
    """Return whether a file may be a table."""
    return path.name.lower().endswith(_TABLE)


def is_outline(path: Path) -> bool:
    """Return whether a file may hold outlines, points or JSON."""
    return path.name.lower().endswith(_OUTLINE)


def open_table(path: Path, name: str) -> TableFile | None:
    """Read the headings of a CSV; None when it has none."""
    head = _head(path)
    try:
        # The last bytes read may be half a character.
        text = head[: head.rfind(b"\n") + 1 or len(head)].decode("utf-8-sig")
        encoding = "utf-8-sig"
    except UnicodeDecodeError:
        text, encoding = head.decode("cp1252", errors="replace"), "cp1252"
    if not text.strip() or "\0" in text:
        return None
    first = text.splitlines()[0]
    delimiter = max(",;\t|", key=first.count)
    try:
        headings = next(csv.reader(text.splitlines(), delimiter=delimiter))
    except (csv.Error, StopIteration):
        return None
    return TableFile(path, name, tuple(headings), encoding, delimiter)


def _open(path: Path) -> IO[bytes]:
    return gzip.open(path) if path.suffix == ".gz" else path.open("rb")  # type: ignore[return-value]


def _head(path: Path) -> bytes:
    try:
        with _open(path) as stream:
            return stream.read(65536)
    except (OSError, EOFError):
        return b""


def read_json(path: Path, name: str) -> Any:
    """Return the content of a JSON file, packed or not; raises `UnreadableFile`."""
    try:
        with _open(path) as stream:
            data = stream.read(MOST_BYTES_LARGE)
    except (OSError, EOFError) as error:
        raise UnreadableFile(
            say("{name} is damaged.", name=name), say("Fetch it again.")
        ) from error
    return parse_json(data, name)


def as_features(rows: list[tuple[dict[str, Any], Any]]) -> bytes:
    """Return properties and GeoJSON geometries as the bytes of a FeatureCollection."""
    features = [
        {"type": "Feature", "properties": properties, "geometry": geometry}
        for properties, geometry in rows
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()
