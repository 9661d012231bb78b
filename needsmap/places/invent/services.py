"""Invented services: what there is to go to, where people live or where it is central."""

from __future__ import annotations

import shapely
from shapely import Point

from needsmap.places.invent.dice import Dice
from needsmap.places.invent.outlines import Ground, point_in_degrees
from needsmap.places.invent.wards import Ward

KINDS = (
    ("gp", 13, 0.5, "{ward} Surgery"), ("dentist", 9, 0.8, "{street} Dental Practice"),
    ("pharmacy", 15, 0.6, "{street} Pharmacy"), ("hospital", 1, 1.0, "Kindleford General Hospital"),
    ("mental_health", 3, 0.9, "{street} Wellbeing Centre"), ("school", 26, 0.3, "{ward} School"),
    ("nursery", 18, 0.4, "Little {street} Nursery"), ("library", 5, 0.6, "{ward} Library"),
    ("community_centre", 13, 0.2, "{ward} Community Hall"),
    ("youth_club", 5, 0.7, "{ward} Youth Club"), ("park", 16, 0.4, "{street} Park"),
    ("playground", 22, 0.4, "{street} Play Area"), ("sports", 8, 0.5, "{ward} Sports Ground"),
    ("food_bank", 5, 0.8, "{ward} Food Bank"), ("post_office", 9, 0.3, "{ward} Post Office"),
    ("jobcentre", 1, 1.0, "Kindleford Jobcentre"), ("bus_stop", 52, 0.7, "{street} (stop)"),
    ("rail", 1, 1.0, "Kindleford Station"), ("care_home", 9, 0.5, "{street} House"),
    ("worship", 12, 0.3, "{street} Chapel"), ("allotment", 6, 0.4, "{street} Allotments"),
    ("advice", 3, 0.9, "{ward} Advice Centre"),
)  # fmt: skip
"""Category, how many, how much they keep to the town (0-1), and how they are named."""


def make_services(
    ground: Ground, wards: tuple[Ward, ...], street_names: list[str], seed: int
) -> list[tuple[str, str, str, float, float, str, str, str]]:
    """Return rows of `tables.SERVICES`. Every point lies inside an area of the place."""
    dice = Dice(seed, "services")
    ward_of = {area: ward for ward in wards for area in ward.areas}
    rows: list[tuple[str, str, str, float, float, str, str, str]] = []
    used: set[str] = set()
    for category, how_many, central, pattern in KINDS:
        weights = [0.02 + (1 - central) * 0.5 + central * u**3 for u in ground.urban]
        if how_many == 1:
            # The only one of its kind stands in the middle of town.
            weights = [u**30 for u in ground.urban]
        areas = dice.some(range(len(weights)), how_many, weights)
        for area in areas:
            east, north = _spot(ground, area, dice)
            latitude, longitude = point_in_degrees(east, north)
            street = dice.pick(street_names)
            ward = ward_of[area].name.split(" / ")[0].split(" and ")[0]
            name = pattern.format(ward=ward, street=street if category == "bus_stop"
                                  else street.rsplit(" ", 1)[0])  # fmt: skip
            while name in used:
                other = dice.pick(street_names)
                name = pattern.format(ward=other.rsplit(" ", 1)[0], street=other.rsplit(" ", 1)[0])
            used.add(name)
            number = len(rows) + 1
            checked = f"2026-{dice.whole(1, 3):02d}-{dice.whole(1, 28):02d}"
            address = "" if category == "bus_stop" else f"{dice.whole(1, 180)} {street}"
            rows.append((f"KS{number:04d}", name, category, latitude, longitude, address, checked,
                         "invented"))  # fmt: skip
    return rows


def _spot(ground: Ground, area: int, dice: Dice) -> tuple[float, float]:
    """Return a point of chance well inside an area."""
    outline = ground.outlines[area]
    inner = outline.buffer(-0.03)
    west, south, east, north = outline.bounds
    for _ in range(60):
        point = Point(dice.between(west, east), dice.between(south, north))
        if shapely.contains(inner, point):
            return round(point.x, 4), round(point.y, 4)
    point = outline.representative_point()
    return round(point.x, 4), round(point.y, 4)
