"""Finding one's way: areas and services of a place by postcode, name, code or kind."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from needsmap.places.pack import Pack

MOST_HITS = 12
_SHORTEST = 2


@dataclass(frozen=True)
class Hit:
    """One thing found.

    Fields
    ------
    kind : "postcode" (the area a postcode lies in), "area" (of any level) or "service".
    label : what to show. level, code : the area to go to. latitude, longitude : where a
    service stands, None for areas. rank : 0 for the whole text, 1 for the start of the
    name, 2 for the start of a word in it, 3 for anywhere inside.
    """

    kind: Literal["postcode", "area", "service"]
    label: str
    level: str
    code: str
    latitude: float | None = None
    longitude: float | None = None
    rank: int = 0


def find(pack: Pack, text: str, *, most: int = MOST_HITS) -> list[Hit]:
    """Find areas and services of a place by what somebody types.

    Parameters
    ----------
    text
        A postcode or the start of one, a code, or part of a name; case, accents and
        punctuation do not count. Under two letters or digits nothing is found.

    Returns
    -------
    list of Hit
        At most `most`: exact ones first, larger areas before smaller ones of equal
        standing, services last; then by name.
    """
    wanted = plain(text)
    if len(wanted.replace(" ", "")) < _SHORTEST:
        return []
    found = [*_postcodes(pack, wanted), *_areas(pack, wanted), *_services(pack, wanted)]
    order = {level.id: number for number, level in enumerate(reversed(pack.levels))}
    kinds = {"postcode": 0, "area": 1, "service": 2}
    found.sort(key=lambda hit: (hit.rank, kinds[hit.kind], order.get(hit.level, 0), hit.label))
    return found[:most]


def plain(text: str) -> str:
    """Return a text as it is compared: small letters and digits, no accents, one space."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(c for c in letters if not unicodedata.combining(c)).replace("'", "")
    return re.sub(r"[^\w]+|_+", " ", kept.replace("’", "")).strip()


def _rank(name: str, wanted: str) -> int | None:
    """Return how well a compared name answers; None when it does not."""
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    at = name.find(wanted)
    if at < 0:
        return None
    return 2 if name[at - 1] == " " else 3


def _postcodes(pack: Pack, wanted: str) -> Iterator[Hit]:
    """Yield the areas of postcodes that start as `wanted` does, each area once."""
    key = wanted.replace(" ", "").upper()
    if pack.lookups.empty or not any(c.isdigit() for c in key):
        return
    known = pack.lookups[pack.lookups["kind"] == "postcode"]
    match = known[known["key"].astype(str).str.startswith(key)]
    told: set[tuple[str, str]] = set()
    for row in match.sort_values("key").itertuples(index=False):
        area = (str(row.level), str(row.area_code))
        if area in told:
            continue
        told.add(area)
        name = pack.names.get(area[0], {}).get(area[1], area[1])
        yield Hit("postcode", f"{row.key}: {name}", *area, rank=0 if row.key == key else 1)


def _areas(pack: Pack, wanted: str) -> Iterator[Hit]:
    for level in pack.levels:
        for code, name in pack.names.get(level.id, {}).items():
            rank = 0 if plain(str(code)) == wanted else _rank(plain(str(name)), wanted)
            if rank is not None:
                yield Hit("area", str(name), level.id, str(code), rank=rank)


def _services(pack: Pack, wanted: str) -> Iterator[Hit]:
    if pack.services.empty:
        return
    finest = pack.levels[0].id
    columns = ("name", "category", "latitude", "longitude")
    for name, category, latitude, longitude in zip(
        *(pack.services[column].tolist() for column in columns), strict=True
    ):
        rank = _rank(plain(str(name)), wanted)
        if rank is None and plain(str(category).replace("_", " ")) == wanted:
            rank = 2
        if rank is not None and latitude == latitude:  # not a number: no point known
            yield Hit("service", str(name), finest, "", float(latitude), float(longitude), rank)
