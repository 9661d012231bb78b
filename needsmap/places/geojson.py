"""GeoJSON read by `json` and shapely under limits, never by GDAL.

A file somebody else made may be endless, deep, broken or a disguise for another format
that GDAL would follow; here it is text, then numbers, then shapes, and every step has a
limit. Faults are collected with the number of the feature, not raised one by one.
"""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import numpy as np

from needsmap.errors import Problems, UnreadableFile
from needsmap.places.shapes import ShapeReader
from needsmap.words import say

MOST_BYTES = 25 * 1024 * 1024
MOST_BYTES_LARGE = 1024 * 1024 * 1024
MOST_DEPTH = 64

_TEXT = re.compile(rb'"(?:[^"\\]|\\.)*"')
# The two names GeoJSON files give to longitude and latitude in degrees.
_DEGREES = re.compile(r"CRS84|EPSG:{1,2}(?:[\d.]*:)?4326$", re.IGNORECASE)


@dataclass(frozen=True)
class Features:
    """What a GeoJSON file holds: `geometries[i]` (or None when unusable) has `properties[i]`.

    `crs` is the name of another coordinate system the file declares, or "" for WGS84.
    """

    properties: list[dict[str, Any]]
    geometries: list[Any]
    crs: str
    problems: Problems


def read_geojson(
    source: bytes | Path,
    name: str,
    *,
    trusted: bool = False,
    large: bool = False,
    areas_only: bool = False,
) -> Features:
    """Read a GeoJSON FeatureCollection.

    Parameters
    ----------
    source
        The bytes, or the file; a file ending in ``.gz`` is unpacked.
    name
        What to call the file in messages.
    trusted
        An official file we build from: it may be large and in another coordinate system.
    large
        Size and number of points are not limited (a pack of a whole country).
    areas_only
        Take polygons only; anything else is a problem.

    Raises
    ------
    UnreadableFile
        When it is too large, too deep, not JSON, or not a FeatureCollection.
    """
    large = large or trusted
    data = _load(source, name, MOST_BYTES_LARGE if large else MOST_BYTES)
    found = parse_json(data, name)
    features = found.get("features") if isinstance(found, dict) else None
    if (
        not isinstance(found, dict)
        or found.get("type") != "FeatureCollection"
        or not isinstance(features, list)
    ):
        raise UnreadableFile(
            say("{name} is not a GeoJSON FeatureCollection.", name=name),
            say("Export it again as GeoJSON in WGS84 (longitude, latitude)."),
        )
    problems = Problems()
    crs = _declared_crs(found)
    if crs and not trusted:
        problems.add(
            "geometry_crs",
            say(
                "The file says its coordinates are {crs}. Export it in WGS84 "
                "(longitude, latitude).",
                crs=crs[:60],
            ),
            file=name,
        )
    reader = ShapeReader(name, problems, bool(crs) and trusted, large, areas_only)
    properties: list[dict[str, Any]] = []
    given_shapes: list[Any] = []
    for feature in features:
        given = feature.get("properties") if isinstance(feature, dict) else None
        properties.append(given if isinstance(given, dict) else {})
        given_shapes.append(feature.get("geometry") if isinstance(feature, dict) else None)
    return Features(properties, reader.shapes(given_shapes), crs, problems)


def parse_json(data: bytes, name: str) -> Any:
    """Parse JSON that may be hostile: limited depth, no NaN or Infinity, UTF-8.

    Raises
    ------
    UnreadableFile
        When the text is not JSON or is nested deeper than `MOST_DEPTH`.
    """
    if data[:3] == b"\xef\xbb\xbf":
        data = data[3:]
    if _depth(data) > MOST_DEPTH:
        raise UnreadableFile(
            say("{name} is nested too deeply to be a real file.", name=name),
            say("Export it again from the program it came from."),
        )
    try:
        return json.loads(data.decode("utf-8"), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            say("{name} is not in the UTF-8 encoding.", name=name),
            say("Save it again as UTF-8."),
        ) from error
    except (ValueError, RecursionError) as error:
        where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise UnreadableFile(
            say("{name} is not valid JSON{where}.", name=name, where=where),
            say("Export it again from the program it came from."),
        ) from error


def _load(source: bytes | Path, name: str, most: int) -> bytes:
    too_large = UnreadableFile(
        say("{name} is larger than {most} MB.", name=name, most=most // 2**20),
        say("Simplify the outlines, then try again."),
    )
    if isinstance(source, bytes):
        data = source
    elif source.suffix == ".gz":
        try:
            with gzip.open(source) as stream:
                data = stream.read(most + 1)
        except (OSError, EOFError) as error:
            raise UnreadableFile(
                say("{name} is damaged.", name=name), say("Fetch or export it again.")
            ) from error
    else:
        if source.stat().st_size > most:
            raise too_large
        data = source.read_bytes()
    if len(data) > most:
        raise too_large
    return data


def _depth(data: bytes) -> int:
    """Return how deeply brackets nest, without recursion and without parsing."""
    marks = np.frombuffer(_TEXT.sub(b"", data), dtype=np.uint8)
    opens = (marks == ord("[")) | (marks == ord("{"))
    closes = (marks == ord("]")) | (marks == ord("}"))
    steps = opens.astype(np.int32) - closes.astype(np.int32)
    return int(np.cumsum(steps).max(initial=0))


def _refuse_constant(word: str) -> NoReturn:
    raise ValueError(f"{word} is not a number in JSON")


def _declared_crs(found: dict[str, Any]) -> str:
    crs = found.get("crs")
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if not isinstance(name, str) or _DEGREES.search(name):
        return ""
    return name
