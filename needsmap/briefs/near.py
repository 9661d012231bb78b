"""What is near an area: services as the crow flies, and the areas it touches."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import pandas as pd

from needsmap.analysis.access import straight_line_m
from needsmap.briefs.catalogue import service_label
from needsmap.briefs.rows import each_row
from needsmap.briefs.saying import distance
from needsmap.briefs.shapes import NearService

if TYPE_CHECKING:
    import geopandas as gpd

    from needsmap.places.pack import Pack


def nearest_services(pack: Pack, level: str, code: str) -> tuple[NearService, ...]:
    """Return the nearest service of each kind from a point inside the area, nearest first."""
    shapes = _outlines(pack, level)
    services = pack.services
    if not len(services) or code not in shapes.index:
        return ()
    point = shapes.geometry.loc[code].representative_point()
    metres = straight_line_m(
        point.y, point.x,
        services["latitude"].to_numpy(dtype=float), services["longitude"].to_numpy(dtype=float),
    )  # fmt: skip
    table = services.assign(metres=metres).dropna(subset=["metres"])
    table = table.sort_values("metres", kind="stable").drop_duplicates("category")
    return tuple(
        NearService(
            category=str(row.category),
            label=service_label(str(row.category)),
            name=str(row.name),
            metres=float(row.metres),
            words=distance(float(row.metres)),
            checked_on=_text(row.checked_on),
            source=_text(row.source),
        )
        for row in each_row(table)
    )


def middle_points(pack: Pack, level: str) -> pd.DataFrame:
    """Return a point inside each area: latitude, longitude (WGS84), indexed by area code."""
    shapes = _outlines(pack, level)
    points = shapes.geometry.representative_point()
    return pd.DataFrame(
        {"latitude": points.y.to_numpy(), "longitude": points.x.to_numpy()},
        index=pd.Index(shapes.index.astype(str), name="area_code"),
    )


def touching(pack: Pack, level: str) -> dict[str, tuple[str, ...]]:
    """Return area code → codes of the areas of the same level that touch it, all at once.

    The very same for every viewer: it is never changed.
    """
    return _touching(_Key(pack, level))


def neighbours(pack: Pack, level: str, code: str) -> tuple[str, ...]:
    """Return codes of areas of the same level that touch this one, in order of code."""
    shapes = _outlines(pack, level)
    if code not in shapes.index:
        return ()
    touching = shapes.sindex.query(shapes.geometry.loc[code], predicate="intersects")
    return tuple(sorted(str(c) for c in shapes.index[touching] if c != code))


def _text(value: object) -> str:
    return "" if value is None or value != value else str(value)


def _outlines(pack: Pack, level: str) -> gpd.GeoDataFrame:
    return _kept(_Key(pack, level))


class _Key:
    """A pack's version and a level, as something the memory below can look up by."""

    def __init__(self, pack: Pack, level: str) -> None:
        self.pack, self.level = pack, level
        self.words = (str(pack.folder), pack.version, level)

    def __hash__(self) -> int:
        return hash(self.words)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.words == other.words


@lru_cache(maxsize=16)
def _kept(key: _Key) -> gpd.GeoDataFrame:
    from needsmap.places.areas import outlines

    return outlines(key.pack, key.level).set_index("code")


@lru_cache(maxsize=16)
def _touching(key: _Key) -> dict[str, tuple[str, ...]]:
    shapes = _kept(key)
    ones, others = shapes.sindex.query(shapes.geometry, predicate="intersects")
    codes = [str(c) for c in shapes.index]
    found: dict[str, list[str]] = {code: [] for code in codes}
    for one, other in zip(ones, others, strict=True):
        if one != other:
            found[codes[one]].append(codes[other])
    return {code: tuple(sorted(near)) for code, near in found.items()}
