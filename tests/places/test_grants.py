"""Which area a grant was for: as exactly as the funder said, never more."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from needsmap.places.grants import GEO_CODE, POSTCODE, placed_grants
from needsmap.places.pack import open_pack

MakePack = Callable[..., Path]
CODES = {
    "one area": "A1",
    "spaces around": " A1 ; A1 ",
    "a ward": "WA",
    "the whole borough": "F",
    "two areas": "A1;A2",
    "elsewhere": "Z9",
    "here and elsewhere": "A1;Z9",
    "an old area that became one": "OLD2",
    "an old area that was split": "OLD1",
    "none": "",
}
# By hand from docs: one code of this place is a place; several areas, or none, are nowhere.
EXPECTED = {
    "one area": ("area", "A1"),
    "spaces around": ("area", "A1"),
    "a ward": ("ward", "WA"),
    "the whole borough": ("authority", "F"),
    "two areas": ("", ""),
    "elsewhere": ("", ""),
    "here and elsewhere": ("", ""),
    "an old area that became one": ("area", "B1"),
    "an old area that was split": ("", ""),
    "none": ("", ""),
}


def test_a_grant_is_placed_where_its_funder_said_and_no_finer(small_pack: MakePack) -> None:
    grants = pd.DataFrame(
        [(name, name, "10", "2025-01-01", code, "ZZ1 1AA") for name, code in CODES.items()],
        columns=["Identifier", "Title", "Amount Awarded", "Award Date", GEO_CODE, POSTCODE],
    )
    lookups = pd.DataFrame(
        [
            ("postcode", "ZZ11AA", "area", "A1"),
            ("old_code", "OLD1", "area", "A1"),
            ("old_code", "OLD1", "area", "A2"),
            ("old_code", "OLD2", "area", "B1"),
        ],
        columns=["kind", "key", "level", "area_code"],
    )
    placed = placed_grants(open_pack(small_pack(grants=grants, lookups=lookups)))

    found = {r["Identifier"]: (r["level"], r["area_code"]) for _, r in placed.iterrows()}
    assert found == EXPECTED


def test_grants_without_a_place_column_are_nowhere(small_pack: MakePack) -> None:
    grants = pd.DataFrame(
        [("g", "t", "10", "2025-01-01")],
        columns=["Identifier", "Title", "Amount Awarded", "Award Date"],
    )
    placed = placed_grants(open_pack(small_pack(grants=grants)))

    assert placed[["level", "area_code"]].to_numpy().tolist() == [["", ""]]


def test_a_pack_without_grants_has_none_to_place(small_pack: MakePack) -> None:
    assert placed_grants(open_pack(small_pack(grants=None))).empty
