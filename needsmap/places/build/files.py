"""Files of a folder, told apart by what is in them, not by what they are called."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
from pyarrow import ArrowException

from needsmap.errors import NeedsmapError, UnreadableFile
from needsmap.places.geojson import MOST_BYTES_LARGE, parse_json
from needsmap.words import say

DAMAGED = (OSError, EOFError, ValueError, KeyError, ArrowException, zlib.error)
"""What the readers of packed files and of Parquet raise for a file that is not whole."""

_OUTLINE = (".geojson", ".geojson.gz", ".json", ".parquet")


def damaged(name: str) -> UnreadableFile:
    """Return the error for a file that is not whole."""
    return UnreadableFile(say("{name} is damaged.", name=name), say("Fetch it again."))


def walk(folder: Path, *, apart_from: Path | None = None) -> Iterator[tuple[Path, str]]:
    """Yield every file below a folder with its name seen from there, in a fixed order.

    `apart_from` is a folder inside it to skip: the pack that is being made.

    Raises
    ------
    NeedsmapError
        When there is no such folder, it is a file, or it holds nothing.
    """
    say_where = say("Give --from the folder that holds the official files.")
    if folder.is_file():
        raise NeedsmapError(say("'{folder}' is a file, not a folder.", folder=folder), say_where)
    if not folder.is_dir():
        raise NeedsmapError(say("There is no folder '{folder}'.", folder=folder), say_where)
    skip = apart_from.resolve() if apart_from is not None else None
    paths = [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and not path.name.startswith(".")
        and (skip is None or skip not in path.resolve().parents)
    ]
    if not paths:
        raise NeedsmapError(say("The folder '{folder}' is empty.", folder=folder), say_where)
    for path in paths:
        yield path, path.relative_to(folder).as_posix()


def is_outline(path: Path) -> bool:
    """Return whether a file may hold outlines, points or JSON."""
    return path.name.lower().endswith(_OUTLINE)


def unpacked(path: Path) -> IO[bytes]:
    """Open a file for its bytes, unpacking .gz on the way."""
    return gzip.open(path) if path.suffix == ".gz" else path.open("rb")  # type: ignore[return-value]


def read_json(path: Path, name: str) -> Any:
    """Return the content of a JSON file, packed or not; raises `UnreadableFile`."""
    try:
        with unpacked(path) as stream:
            data = stream.read(MOST_BYTES_LARGE)
    except (OSError, EOFError, zlib.error) as error:
        raise damaged(name) from error
    return parse_json(data, name)


def parquet_columns(path: Path, name: str) -> tuple[tuple[str, ...], bool]:
    """Return a Parquet file's columns and whether it holds outlines (GeoParquet)."""
    try:
        schema = pq.read_schema(path)
    except DAMAGED as error:
        raise damaged(name) from error
    return tuple(str(n) for n in schema.names), b"geo" in (schema.metadata or {})


def read_parquet(path: Path, name: str, columns: list[str]) -> pd.DataFrame:
    """Return columns of a Parquet file; the index counts rows from 1."""
    try:
        rows = pq.read_table(path, columns=columns).to_pandas()
    except DAMAGED as error:
        raise damaged(name) from error
    rows.index = pd.RangeIndex(1, len(rows) + 1)
    return rows


def read_geoparquet(path: Path, name: str) -> gpd.GeoDataFrame:
    """Return a GeoParquet file in WGS84; the index counts rows from 1."""
    try:
        rows = gpd.read_parquet(path)
        rows = rows.set_crs(4326) if rows.crs is None else rows.to_crs(4326)
    except DAMAGED as error:
        raise damaged(name) from error
    rows.index = pd.RangeIndex(1, len(rows) + 1)
    return rows


def features_of(content: Any) -> list[tuple[dict[str, Any], Any]] | None:
    """Return (properties, geometry) of a parsed FeatureCollection; None when it is none.

    Properties that are no object count as none.
    """
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list) or not features:
        return None
    found: list[tuple[dict[str, Any], Any]] = []
    for feature in features:
        given = feature.get("properties") if isinstance(feature, dict) else None
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        found.append((given if isinstance(given, dict) else {}, geometry))
    return found


def as_features(rows: list[tuple[dict[str, Any], Any]]) -> bytes:
    """Return properties and GeoJSON geometries as the bytes of a FeatureCollection."""
    features = [
        {"type": "Feature", "properties": properties, "geometry": geometry}
        for properties, geometry in rows
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()
