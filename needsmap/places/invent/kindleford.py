"""Kindleford: an invented district by the sea, whole enough to try everything on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd

from needsmap.places.invent.addresses import make_lookups, postcodes, streets
from needsmap.places.invent.dice import Dice
from needsmap.places.invent.forms import google_form, microsoft_form
from needsmap.places.invent.grants import HEADINGS as GRANT_HEADINGS
from needsmap.places.invent.grants import make_grants
from needsmap.places.invent.index import HEADINGS, RANKED_AMONG, heading, make_index
from needsmap.places.invent.outlines import Ground, degrees, make_ground
from needsmap.places.invent.people import make_population
from needsmap.places.invent.residents import make_residents
from needsmap.places.invent.services import make_services
from needsmap.places.invent.wards import Ward, grow_wards
from needsmap.places.parts import Indicator, Level, Source, Statistic
from needsmap.places.write import write_pack
from needsmap.tables import LOOKUPS, POPULATION, SERVICES

SEED = 2026
AREAS = 140
AUTHORITY = ("K08000001", "Kindleford")
LICENCE = "CC0-1.0"
LEVELS = (
    Level("lsoa", "LSOA", "LSOAs"),
    Level("ward", "ward", "wards"),
    Level("authority", "authority", "authorities"),
)
SURVEYS = (
    ("surveys/kindleford_spring_2026.csv", "Kindleford, spring 2026", date(2026, 3, 2)),
    ("surveys/kindleford_autumn_2025.csv", "Kindleford, autumn 2025", date(2025, 10, 6)),
)
SPRING_PEOPLE, AUTUMN_PEOPLE = 611, 240


def make_kindleford(folder: Path, seed: int = SEED) -> Path:
    """Write the pack of Kindleford into `folder` and return it; the same seed, the same bytes."""
    ground = make_ground(seed, AREAS)
    wards = _in_code_order(grow_wards(ground, seed))
    ward_codes = [f"K05{number:06d}" for number in range(1, len(wards) + 1)]
    codes, names, ward_of = _named(wards, ward_codes)
    index = make_index(ground, codes, seed).set_index("area_code")
    ranks = {name: index[heading(name, "rank")].tolist() for name in HEADINGS}
    totals, population = make_population(codes, ground.urban, ranks["income"], seed)
    by_area = postcodes(wards, AREAS, seed)
    street_names = streets(seed, 160)
    dice = Dice(seed, "streets in lookups")
    street_areas = [(name, dice.whole(0, AREAS - 1)) for name in street_names[:40]]
    grants = make_grants(
        codes, ward_of, {codes[a]: by_area[a][0] for a in by_area}, AUTHORITY, seed
    )
    (folder / "surveys").mkdir(parents=True, exist_ok=True)
    spring = make_residents(wards, ranks, by_area, seed, "spring", SPRING_PEOPLE)
    (folder / SURVEYS[0][0]).write_bytes(google_form(spring, seed))
    autumn = make_residents(wards, ranks, by_area, seed, "autumn", AUTUMN_PEOPLE)
    (folder / SURVEYS[1][0]).write_bytes(microsoft_form(autumn, seed))
    lookups = make_lookups(wards, ward_codes, codes, by_area, street_areas)
    info = indicators("invented", RANKED_AMONG)
    return write_pack(
        folder,
        name="kindleford",
        title="Kindleford (invented place)",
        levels=LEVELS,
        areas=_outlines(ground, codes, names, totals),
        invented=True,
        country="GB",
        licence=LICENCE,
        membership=pd.DataFrame(
            {"ward": [ward_of[c][0] for c in codes], "authority": AUTHORITY[0]},
            index=pd.Index(codes, name="area_code"),
        ),
        names={
            "lsoa": dict(zip(codes, names, strict=True)),
            "ward": dict(zip(ward_codes, (ward.name for ward in wards), strict=True)),
            "authority": dict([AUTHORITY]),
        },
        indicators=index.rename(columns={one.column: one.id for one in info}),
        indicator_info=info,
        services=pd.DataFrame(
            make_services(ground, wards, street_names, seed), columns=list(SERVICES)
        ),
        grants=pd.DataFrame(grants, columns=list(GRANT_HEADINGS)),
        lookups=pd.DataFrame(lookups, columns=list(LOOKUPS)),
        population=pd.DataFrame(population, columns=list(POPULATION)),
        sources=[source(seed)],
        surveys=SURVEYS,
    )


def source(seed: int) -> Source:
    """Return where everything in an invented pack is from."""
    said = f"Invented for demonstration by the Needs Map generator, seed {seed}"
    return Source(
        title=said, licence=LICENCE, attribution="Needs Map (invented)", date="2026-03-31", path=""
    )


def indicators(vintage: str, of: int) -> list[Indicator]:
    """Return what the File 7 (2025) columns mean: score, rank and decile of eight indices."""
    kinds: tuple[tuple[Statistic, str], ...] = (
        ("score", "score"), ("rank", "rank, 1 is worst off"), ("decile", "tenth, 1 is worst off"),
    )  # fmt: skip
    return [
        Indicator(
            id=f"iod2025_{name}_{statistic}",
            label=f"{label}: {statistic}",
            unit=unit,
            direction="higher_is_worse" if statistic == "score" else "higher_is_better",
            domain=name,
            statistic=statistic,
            of=of if statistic == "rank" else None,
            vintage=vintage,
            source="Invented, under the headings of the English Indices of Deprivation 2025",
            column=heading(name, statistic),
        )
        for name, (_, _, label) in HEADINGS.items()
        for statistic, unit in kinds
    ]


def _in_code_order(wards: tuple[Ward, ...]) -> tuple[Ward, ...]:
    """Return wards from north to south, the order of their codes (areas are sorted so too)."""
    return tuple(sorted(wards, key=lambda ward: sum(ward.areas) / len(ward.areas)))


def _named(
    wards: tuple[Ward, ...], ward_codes: list[str]
) -> tuple[list[str], list[str], dict[str, tuple[str, str]]]:
    """Return code and name of each area, and area code → (ward code, ward name)."""
    codes = [f"K01{number:06d}" for number in range(1, AREAS + 1)]
    names = [""] * AREAS
    ward_of: dict[str, tuple[str, str]] = {}
    for number, (ward, ward_code) in enumerate(zip(wards, ward_codes, strict=True), start=1):
        for letter, area in zip("ABCDEFGHIJKLMN", ward.areas, strict=False):
            names[area] = f"Kindleford {number:03d}{letter}"
            ward_of[codes[area]] = (ward_code, ward.name)
    return codes, names, ward_of


def _outlines(
    ground: Ground, codes: list[str], names: list[str], totals: list[int]
) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"area_code": codes, "area_name": names, "population": totals},
        geometry=[degrees(outline) for outline in ground.outlines],
        crs="EPSG:4326",
    )
