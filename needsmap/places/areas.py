"""Outlines of the areas of a pack, at any level."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely

from needsmap.errors import BadPack, UnreadableFile
from needsmap.places.contents import AREAS_FILE
from needsmap.places.geojson import read_geojson
from needsmap.places.pack import Pack
from needsmap.words import say


def outlines(pack: Pack, level_id: str) -> gpd.GeoDataFrame:
    """Return code, name, geometry (EPSG:4326) of all areas of a level, in the pack's order.

    The publisher's own outlines in levels/<level>.geojson are used where they hold every
    area of the level; else the finest outlines are dissolved.

    Raises
    ------
    NotFound
        When the pack has no such level.
    BadPack
        When the outlines cannot be read or an area has none.
    """
    level = pack.level(level_id)
    return _outlines(PackAsKey(pack), level.id).copy()


class PackAsKey:
    """A pack as a cache key: two openings of the same bytes are the same place."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.identity = (str(pack.folder), pack.version)

    def __hash__(self) -> int:
        return hash(self.identity)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PackAsKey) and self.identity == other.identity


@lru_cache(maxsize=24)
def _outlines(key: PackAsKey, level_id: str) -> gpd.GeoDataFrame:
    pack = key.pack
    if level_id == pack.finest.id:
        return _read(pack.folder / AREAS_FILE, dict.fromkeys(pack.areas["area_code"]), pack, None)
    own = pack.folder / "levels" / f"{level_id}.geojson"
    codes = dict.fromkeys(pack.membership[level_id])
    if own.is_file():
        read = _read(own, codes, pack, level_id)
        if len(read) == len(codes):
            return read
    finest = _outlines(key, pack.finest.id)
    parents = pack.membership[level_id].reindex(finest["code"]).to_numpy()
    return _frame(dissolve(finest.geometry.to_numpy(), parents, list(codes)), codes, pack, level_id)


def dissolve(shapes: Iterable[Any], parents: Iterable[str], order: list[str]) -> list[Any]:
    """Return one outline for each code of `order`: the shapes whose parent it is, joined.

    Neighbours that share their edges exactly are joined as a coverage, which is quick and
    exact; where they overlap or gape, as an ordinary union.
    """
    groups: dict[str, list[Any]] = {}
    for shape, parent in zip(shapes, parents, strict=True):
        groups.setdefault(parent, []).append(shape)
    joined = {}
    for code, pieces in groups.items():
        joined[code] = _without_collection(_joined(pieces))
    return [joined[code] for code in order]


def _joined(pieces: list[Any]) -> Any:
    try:
        whole = shapely.coverage_union_all(pieces)
    except shapely.errors.GEOSException:  # edges that run along one another without meeting
        return shapely.union_all(shapely.make_valid(pieces))
    return whole if shapely.is_valid(whole) else shapely.union_all(pieces)


def _without_collection(shape: Any) -> Any:
    if shapely.get_type_id(shape) != shapely.GeometryType.GEOMETRYCOLLECTION:
        return shape
    return shapely.union_all(shapely.get_parts(shape))


def _read(file: Path, codes: dict[str, None], pack: Pack, level_id: str | None) -> gpd.GeoDataFrame:
    try:
        features = read_geojson(file, file.name, areas_only=True, large=True)
    except UnreadableFile as error:
        raise BadPack(error.what, error.fix) from error
    found = {
        str(properties.get("area_code", "")): shape
        for properties, shape in zip(features.properties, features.geometries, strict=True)
        if shape is not None
    }
    lacking = [code for code in codes if code not in found]
    if level_id is None and lacking:
        raise BadPack(
            say("The area '{code}' has no usable outline.", code=lacking[0]),
            say("Run 'python -m needsmap place check' on the folder to see what is wrong."),
        )
    kept = {code: None for code in codes if code in found}
    return _frame([found[code] for code in kept], kept, pack, level_id or pack.finest.id)


def _frame(
    shapes: list[Any], codes: dict[str, None], pack: Pack, level_id: str
) -> gpd.GeoDataFrame:
    names = pack.names[level_id]
    return gpd.GeoDataFrame(
        {"code": list(codes), "name": [names.get(code, code) for code in codes]},
        geometry=gpd.GeoSeries(shapes, crs=4326),
        crs=4326,
    )
