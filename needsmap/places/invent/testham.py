"""Testham: nine squares, three wards, one authority. Every figure can be worked out by hand.

The answers to expect are written in docs/kindleford.md.
"""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd
from shapely import box

from needsmap.places.invent.index import HEADINGS, WEIGHTS, decile, heading, transformed
from needsmap.places.invent.kindleford import LICENCE, indicators, source
from needsmap.places.invent.people import TENURES
from needsmap.places.lookups import name_key
from needsmap.places.pack import Level
from needsmap.places.write import write_pack
from needsmap.tables import LOOKUPS, POPULATION, SERVICES

CODES = tuple(f"T{number:02d}" for number in range(1, 10))
WARDS = ("TW1", "TW2", "TW3")
WARD_NAMES = ("North", "Middle", "South")
WEST, SOUTH, SIDE = 2.0, 55.2, 0.01
"""Corner and side of a square, degrees: open sea."""

LEVELS = (
    Level("area", "square", "squares"),
    Level("ward", "ward", "wards"),
    Level("authority", "authority", "authorities"),
)
UP = (1, 2, 3, 4, 5, 6, 7, 8, 9)
DOWN = (9, 8, 7, 6, 5, 4, 3, 2, 1)
MIDDLE = (6, 2, 7, 3, 1, 4, 8, 5, 9)
RANKS = {"income": UP, "employment": UP, "education": UP, "health": MIDDLE, "crime": DOWN,
         "barriers": DOWN, "living": MIDDLE}  # fmt: skip
"""Rank of T01…T09 among the nine, by domain."""

HEADINGS_ASKED = ("Timestamp", "What is your postcode or ward?", "What does this place need most?",
                  "How old are you?")  # fmt: skip
PARKS, BUSES = "Parks, trees and green space", "Better buses"
DOCTORS, YOUTH = "Getting to see a doctor, nurse or dentist", "Somewhere for young people to go"
SAID = (
    (5, "TT1 1AA", (PARKS,)), (5, "TT1 1AA", (PARKS, BUSES)), (5, "TT1 1AA", (BUSES,)),
    (5, "TT1 1AA", (BUSES, DOCTORS)), (10, "TT2 1AA", (PARKS,)), (5, "TT4 1AA", (BUSES,)),
    (5, "TT4 1AA", (DOCTORS,)), (10, "TT5 1AA", (YOUTH,)), (5, "TT7 1AA", (PARKS,)),
    (1, "TT9 1AA", (BUSES,)), (2, "South", (DOCTORS,)), (2, "", (YOUTH,)),
)  # fmt: skip
"""How many people gave which place and which needs: 60 answers."""

_SERVICES = (
    ("O'Brien & Sons <Pharmacy>", "pharmacy", 1), ("Northern \"Line\" Surgery", "gp", 2),
    ("{{7*7}} Youth Club", "youth_club", 5), ("Park ${1}, east side", "park", 5),
    ("<b>Bold</b> Library", "library", 8), ("South Stop", "bus_stop", 9),
)  # fmt: skip
_GRANTS = (
    ("360G-invented-TEST-1", "Youth nights", "Open evenings for young people", 1000, "T05"),
    ("360G-invented-TEST-2", "New swings", "A play area", 2000, "T01"),
    ("360G-invented-TEST-3", "Village minibus", "A bus to the shops", 3000, "TW3"),
    ("360G-invented-TEST-4", "Summer carnival", "Music for everybody", 4000, "TA1"),
    ("360G-invented-TEST-5", "Warm hub", "Soup and company", 500, ""),
)


def make_testham(folder: Path, seed: int = 0) -> Path:
    """Write the pack of Testham into `folder` and return it. Nothing in it is left to chance."""
    people = pd.Series({code: 1000 + 100 * place for place, code in enumerate(CODES)})
    ward_of = {code: WARDS[place // 3] for place, code in enumerate(CODES)}
    info = indicators("invented", len(CODES))
    (folder / "surveys").mkdir(parents=True, exist_ok=True)
    (folder / "surveys" / "testham.csv").write_bytes(_survey())
    return write_pack(
        folder,
        name="testham",
        title="Testham (invented place)",
        levels=LEVELS,
        areas=gpd.GeoDataFrame(
            {
                "area_code": CODES,
                "area_name": [f"Testham {code}" for code in CODES],
                "population": people.to_list(),
            },
            geometry=[_square(place) for place in range(9)],
            crs="EPSG:4326",
        ),
        invented=True,
        licence=LICENCE,
        membership=pd.DataFrame(
            {"ward": list(ward_of.values()), "authority": "TA1"},
            index=pd.Index(CODES, name="area_code"),
        ),
        names={
            "ward": dict(zip(WARDS, WARD_NAMES, strict=True)),
            "authority": {"TA1": "Testham"},
        },
        indicators=_index().rename(columns={one.column: one.id for one in info}),
        indicator_info=info,
        services=pd.DataFrame(_services(), columns=list(SERVICES)),
        grants=_grants(),
        lookups=pd.DataFrame(
            [("postcode", f"TT{n}1AA", "area", code) for n, code in enumerate(CODES, start=1)]
            + [
                ("name", name_key(name), "ward", code)
                for name, code in zip(WARD_NAMES, WARDS, strict=True)
            ],
            columns=list(LOOKUPS),
        ),
        population=pd.DataFrame(_population(people), columns=list(POPULATION)),
        sources=[source(seed)],
        surveys=[("surveys/testham.csv", "Testham, spring 2026", date(2026, 3, 1))],
    )


def _square(place: int):  # type: ignore[no-untyped-def]  # shapely's box has no type of its own
    row, column = divmod(place, 3)
    west, north = WEST + column * SIDE, SOUTH + (3 - row) * SIDE
    return box(round(west, 5), round(north - SIDE, 5), round(west + SIDE, 5), round(north, 5))


def _index() -> pd.DataFrame:
    """Return the eight indices; a domain's score is 10 minus its rank."""
    overall = [
        round(sum(WEIGHTS[name] * transformed(RANKS[name][i], 9) for name in WEIGHTS), 3)
        for i in range(9)
    ]
    order = sorted(range(9), key=lambda i: -overall[i])
    table: dict[str, list[float]] = {}
    for name in HEADINGS:
        ranks = list(RANKS[name]) if name != "imd" else [order.index(i) + 1 for i in range(9)]
        scores = [10 - rank for rank in ranks] if name != "imd" else overall
        table[heading(name, "score")] = [float(score) for score in scores]
        table[heading(name, "rank")] = [float(rank) for rank in ranks]
        table[heading(name, "decile")] = [float(decile(rank, 9)) for rank in ranks]
    return pd.DataFrame(table, index=pd.Index(CODES, name="area_code"))


def _population(people: pd.Series) -> list[tuple[str, str, str, int]]:
    """Return bands in exact tenths of the people of each square."""
    tenths = {
        "age": {"0-15": 2, "16-24": 1, "25-64": 5, "65+": 2},
        "gender": {"Female": 5, "Male": 5},
        "tenure": dict(zip(TENURES, (6, 2, 2), strict=True)),
    }
    return [
        (str(code), group, band, int(total) // 10 * part)
        for code, total in people.items()
        for group, bands in tenths.items()
        for band, part in bands.items()
    ]


def _services() -> list[tuple[str, str, str, float, float, str, str, str]]:
    rows = []
    for number, (name, category, area) in enumerate(_SERVICES, start=1):
        middle = _square(area - 1).centroid
        where = (round(middle.y + 0.0005 * number, 5), round(middle.x, 5))
        rows.append((f"TS{number}", name, category, *where, f"{number} Test Street", "2026-03-01",
                     "invented"))  # fmt: skip
    return rows


def _grants() -> pd.DataFrame:
    kinds = {"T": "LSOA", "TW": "WD", "TA": "MD", "": ""}
    return pd.DataFrame(
        {
            "Identifier": key,
            "Title": title,
            "Description": description,
            "Currency": "GBP",
            "Amount Awarded": amount,
            "Award Date": "2025-06-01",
            "Recipient Org:Identifier": "XX-INVENTED-testham",
            "Recipient Org:Name": "Friends of Testham",
            "Recipient Org:Postal Code": "TT1 1AA" if not code else "",
            "Beneficiary Location:Name": "Testham" if code else "",
            "Beneficiary Location:Geographic Code": code,
            "Beneficiary Location:Geographic Code Type": kinds[code.rstrip("0123456789")],
            "Funding Org:Identifier": "XX-INVENTED-TEST",
            "Funding Org:Name": "Testham Fund (invented)",
        }
        for key, title, description, amount, code in _GRANTS
    )


def _survey() -> bytes:
    """Return 60 answers: each tenth person is 16-24, other odd ones 65+, the rest 25-64."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADINGS_ASKED)
    number = 0
    for how_many, place, needs in SAID:
        for _ in range(how_many):
            number += 1
            age = "16-24" if number % 10 == 0 else "65+" if number % 2 else "25-64"
            writer.writerow([f"01/03/2026 10:{number - 1:02d}:00", place, ", ".join(needs), age])
    return out.getvalue().encode()
