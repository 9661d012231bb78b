"""Finding one's way: areas and services of a place by postcode, name, code or kind."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from needsmap.picture import Viewpoint
from needsmap.places.areas import PackAsKey, outlines
from needsmap.places.lookups import is_uk_postcode, postcode_key
from needsmap.places.pack import Pack
from needsmap.words import say

MOST_HITS = 12
_SHORTEST = 2


@dataclass(frozen=True)
class Hit:
    """One thing found.

    Fields
    ------
    kind : "postcode" (the area a postcode lies in), "area" (of any level, by any of its
    names or by a street in it) or "service". label : what to show. level, code : the area to
    go to. latitude, longitude : where a service stands, None for areas. rank : 0 for the
    whole text, 1 for the start of the name, 2 for the start of a word in it, 3 for anywhere
    inside. category : kind of service, "" for areas.
    """

    kind: Literal["postcode", "area", "service"]
    label: str
    level: str
    code: str
    latitude: float | None = None
    longitude: float | None = None
    rank: int = 0
    category: str = ""


def find(
    pack: Pack, text: str, *, most: int = MOST_HITS, kinds: Mapping[str, str] | None = None
) -> list[Hit]:
    """Find areas and services of a place by what somebody types.

    Parameters
    ----------
    text
        A postcode or the start of one, a code, or part of a name; case, accents and
        punctuation do not count. Under two letters or digits nothing is found.
    kinds
        Words for kinds of service by category, so that "doctor" finds them too.

    Returns
    -------
    list of Hit
        At most `most`: exact ones first, larger areas before smaller ones of equal
        standing, services last; then by name.
    """
    wanted = plain(text)
    if len(wanted.replace(" ", "")) < _SHORTEST:
        return []
    found = [
        *_postcodes(pack, wanted), *_areas(pack, wanted), *_other_names(pack, wanted),
        *_services(pack, wanted, kinds or {}),
    ]  # fmt: skip
    order = {level.id: number for number, level in enumerate(reversed(pack.levels))}
    first = {"postcode": 0, "area": 1, "service": 2}
    found.sort(key=lambda hit: (hit.rank, first[hit.kind], order.get(hit.level, 0), hit.label))
    told: dict[tuple[str, str, str], Hit] = {}
    for hit in found:  # an area known by two names is told once, by the better one
        told.setdefault((hit.level, hit.code, "" if hit.code else hit.label), hit)
    return list(told.values())[:most]


def why_nothing(pack: Pack, text: str) -> str:
    """Return in words why nothing was found, and what to type instead."""
    if len(plain(text).replace(" ", "")) < _SHORTEST:
        return say("Type two letters or more.")
    if not is_uk_postcode(text):
        return say(
            "Nothing here is called “{text}”. Try fewer letters, or the name of a ward, street "
            "or service.",
            text=text.strip()[:40],
        )
    code = postcode_key(text)
    written = f"{code[:-3]} {code[-3:]}"
    if not (pack.lookups["kind"] == "postcode").any():
        return say(
            "This place’s files hold no postcodes, so {code} cannot be found. Type the name of "
            "an area.",
            code=written,
        )
    return say(
        "{code} is not among the postcodes of {place}. It may lie outside, or be newer than "
        "our list. Type the name of an area instead.",
        code=written, place=pack.title,
    )  # fmt: skip


_WINDOW = (560.0, 300.0)
"""Width and height in CSS pixels a found area should fit: a map on a laptop."""
_AT_A_SERVICE = 15.0
_CLOSEST = 14.0


def look_at(pack: Pack, hit: Hit) -> Viewpoint:
    """Return where a map should look for what was found: the whole area, or the service."""
    if hit.latitude is not None and hit.longitude is not None:
        return Viewpoint(hit.latitude, hit.longitude, _AT_A_SERVICE)
    drawn = outlines(pack, hit.level)
    west, south, east, north = drawn.loc[drawn["code"] == hit.code].total_bounds
    latitude, longitude = (south + north) / 2, (west + east) / 2
    # Web Mercator: at zoom 0 the earth is 256 pixels wide, a degree of latitude 1/cos wider.
    wide = 256 * max(east - west, 1e-6) / 360
    high = 256 * max(north - south, 1e-6) / 360 / math.cos(math.radians(latitude))
    zoom = min(math.log2(_WINDOW[0] / wide), math.log2(_WINDOW[1] / high), _CLOSEST)
    return Viewpoint(round(latitude, 5), round(longitude, 5), max(math.floor(4 * zoom) / 4, 0.0))


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
    for level, code, name, plain_code, plain_name in _named(PackAsKey(pack)):
        rank = 0 if plain_code == wanted else _rank(plain_name, wanted)
        if rank is not None:
            yield Hit("area", name, level, code, rank=rank)


@lru_cache(maxsize=12)
def _named(key: PackAsKey) -> list[tuple[str, str, str, str, str]]:
    """Return level, code, name, and both as they are compared, of every area of a place."""
    return [
        (level.id, str(code), str(name), plain(str(code)), plain(str(name)))
        for level in key.pack.levels
        for code, name in key.pack.names.get(level.id, {}).items()
    ]


def _other_names(pack: Pack, wanted: str) -> Iterator[Hit]:
    """Yield areas by other names they go by, and by streets that lie in them."""
    known = pack.lookups[pack.lookups["kind"].isin(["name", "street"])]
    for key, level, code in zip(known["key"], known["level"], known["area_code"], strict=True):
        rank = _rank(plain(str(key)), wanted)
        if rank is not None:
            name = pack.names.get(level, {}).get(code, code)
            same = plain(str(key)) == plain(str(name))
            label = str(name) if same else f"{str(key).title()}: {name}"
            yield Hit("area", label, str(level), str(code), rank=rank)


def _services(pack: Pack, wanted: str, kinds: Mapping[str, str]) -> Iterator[Hit]:
    if pack.services.empty:
        return
    named = {kind for kind, words in kinds.items() if _rank(plain(words), wanted) in (0, 1, 2)}
    finest = pack.levels[0].id
    columns = ("name", "category", "latitude", "longitude")
    for name, category, latitude, longitude in zip(
        *(pack.services[column].tolist() for column in columns), strict=True
    ):
        rank = _rank(plain(str(name)), wanted)
        of_kind = category in named or plain(str(category).replace("_", " ")) == wanted
        if rank is None and of_kind:
            rank = 2
        if rank is not None and latitude == latitude:  # not a number: no point known
            point = float(latitude), float(longitude)
            yield Hit("service", str(name), finest, "", *point, rank, str(category))
