"""Grants as points on the map: one for each area that grants were given for."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import pandas as pd

from needsmap.briefs.catalogue import GRANTS, themes_of
from needsmap.briefs.grants import Grants, Piece, read_grants
from needsmap.briefs.money_shape import amount_words, sign_of
from needsmap.briefs.pack_key import PackKey
from needsmap.briefs.rows import each_row
from needsmap.places.areas import outlines
from needsmap.tables import SERVICES
from needsmap.words import count as plural
from needsmap.words import say

if TYPE_CHECKING:
    from needsmap.places.pack import Pack


def grant_points(pack: Pack, years: tuple[int, ...] = ()) -> pd.DataFrame:
    """Return a point for each area that grants were given for: columns as `tables.SERVICES`.

    It lies inside the area's outline; `name` says the area, how many grants and their sum. A
    grant for several areas is split by the people who live in them (`Grants`). What is for the
    whole place or names no area has no point, nor does an office a grant was sent to. `years`:
    first and last award year, empty for all.
    """
    return _points(PackKey(pack, "grants"), tuple(years)).copy()


def grant_points_words(pack: Pack, years: tuple[int, ...] = ()) -> str:
    """Return what to keep in mind when grants are drawn, and how many are not."""
    found = _read(pack, years)
    table = found.table
    drawn = int(table["where"].isin(("area", "several")).sum())
    return say(
        "Grants are drawn in the middle of the area they were for, not where the work is done. "
        "{drawn} of {all} are on the map; the others are for the whole place, for areas "
        "elsewhere too, or name no area.",
        drawn=drawn,
        all=len(table),
    )


def _read(pack: Pack, years: tuple[int, ...]) -> Grants:
    return read_grants(pack, themes_of(pack.folder), years=years)


@lru_cache(maxsize=32)
def _points(key: PackKey, years: tuple[int, ...]) -> pd.DataFrame:
    pack, found = key.pack, _read(key.pack, years)
    sums: dict[tuple[str, str], float] = {}
    numbers: dict[tuple[str, str], int] = {}
    shared: set[tuple[str, str]] = set()
    for grant in each_row(found.table[found.table["where"].isin(("area", "several"))]):
        pieces: tuple[Piece, ...] = grant.pieces
        for piece in pieces:
            at = (piece.level, piece.code)
            sums[at] = sums.get(at, 0.0) + grant.amount * piece.part
            numbers[at] = numbers.get(at, 0) + 1
            if len(pieces) > 1:
                shared.add(at)
    middles = {
        level: outlines(pack, level).set_index("code").geometry.representative_point()
        for level in {level for level, _ in sums}
    }
    sign = sign_of(found.currency)
    rows = []
    for (level, code), money in sums.items():
        name = say(
            "{area}: {grants}, {money}",
            area=pack.names[level][code],
            grants=plural("{n} grant", "{n} grants", numbers[level, code]),
            money=amount_words(money, sign),
        )
        if (level, code) in shared:
            name = say("{name} (some shared with other areas, split by people)", name=name)
        middle = middles[level][code]
        rows.append((f"grant {level} {code}", name, GRANTS, middle.y, middle.x, "", "", ""))
    return pd.DataFrame(rows, columns=list(SERVICES))
