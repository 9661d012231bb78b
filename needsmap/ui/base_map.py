"""A base map a place brings along: pictures of streets and land from one PMTiles file.

The file is `basemap.pmtiles` in the place's folder. Its tiles are read here and served one
by one at /tiles/…, so a browser needs no plug-in and nothing leaves the machine. Only
picture tiles (PNG, JPEG, WebP, AVIF) are served: vector tiles would need a style and
typefaces of their own, so a file of those is left aside, as is one that cannot be read.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import logging
import mmap
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import streamlit as st
from pmtiles.reader import Reader
from pmtiles.tile import Compression, TileType

from needsmap.draw.maps import BaseTiles
from needsmap.places.pack import Pack

FILE = "basemap.pmtiles"
_LOG = logging.getLogger(__name__)
_PICTURES = {
    TileType.PNG: "image/png", TileType.JPEG: "image/jpeg", TileType.WEBP: "image/webp",
    TileType.AVIF: "image/avif",
}  # fmt: skip


@dataclass(frozen=True)
class Opened:
    """A file of picture tiles, open for reading."""

    reader: Reader
    media_type: str
    least: int
    most: int
    credit: str
    bounds: tuple[tuple[float, float], tuple[float, float]]

    def tile(self, zoom: int, column: int, row: int) -> bytes | None:
        """Return one tile, None where the file has none."""
        inside = self.least <= zoom <= self.most and all(0 <= n < 2**zoom for n in (column, row))
        found = self.reader.get(zoom, column, row) if inside else None
        return None if found is None else bytes(found)


_opened: dict[str, Opened] = {}
_lock = Lock()


def tile(name: str, zoom: int, column: int, row: int) -> tuple[bytes, str] | None:
    """Return (picture, media type) of one tile of a base map served by that name, else None."""
    found = _opened.get(name)
    picture = None if found is None else found.tile(zoom, column, row)
    return None if found is None or picture is None else (picture, found.media_type)


def base_tiles(pack: Pack) -> BaseTiles | None:
    """Serve the base map of a place and return its address, None when it has none.

    Never raises: without a base map the outlines are the map.
    """
    file = pack.folder / FILE
    try:
        state = file.stat()
    except OSError:
        return None
    return _served(pack.name, str(file), state.st_size, state.st_mtime_ns)


@st.cache_resource(show_spinner=False, max_entries=32)
def _served(place: str, file: str, size: int, changed: int) -> BaseTiles | None:
    try:
        found = open_tiles(Path(file))
    except ValueError as fault:
        _LOG.warning("The base map %s is left aside: %s", file, fault)
        return None
    name = hashlib.sha256(f"{place} {size} {changed}".encode()).hexdigest()[:12]
    with _lock:
        _opened[name] = found
    return BaseTiles(
        f"tiles/{name}/{{z}}/{{x}}/{{y}}", found.credit, found.least, found.most, found.bounds
    )


def open_tiles(file: Path) -> Opened:
    """Open a PMTiles file of pictures.

    Raises
    ------
    ValueError
        When it is not PMTiles, is damaged, or holds something else than pictures.
    """
    try:
        with file.open("rb") as stream:
            mapping = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        reader = Reader(_bytes_of(mapping))
        header = reader.header()
        credit = _credit(reader, header)
    # The reader's own faults are of many kinds: whatever it meets, the file is damaged.
    except Exception as fault:
        raise ValueError("it is not PMTiles or it is damaged") from fault
    if header["tile_type"] not in _PICTURES:
        raise ValueError("its tiles are not pictures; PNG, JPEG, WebP or AVIF are served")
    if header["tile_compression"] not in (Compression.NONE, Compression.UNKNOWN):
        raise ValueError("its tiles are compressed once more")
    return Opened(
        reader, _PICTURES[header["tile_type"]], header["min_zoom"], header["max_zoom"], credit,
        ((header["min_lat_e7"] / 1e7, header["min_lon_e7"] / 1e7),
         (header["max_lat_e7"] / 1e7, header["max_lon_e7"] / 1e7)),
    )  # fmt: skip


def _bytes_of(mapping: mmap.mmap) -> Callable[[int, int], bytes]:
    return lambda offset, length: mapping[offset : offset + length]


def _credit(reader: Reader, header: dict[str, int]) -> str:
    """Return who is to be named, as plain text: it is shown as such, never as markup."""
    held = reader.get_bytes(header["metadata_offset"], header["metadata_length"])
    if header["internal_compression"] == Compression.GZIP:
        held = gzip.decompress(held)
    told = json.loads(held or b"{}")
    return str(told.get("attribution", ""))[:200] if isinstance(told, dict) else ""
