"""Wards: neighbouring areas grown together until every ward has a similar number."""

from __future__ import annotations

import math
from dataclasses import dataclass

from needsmap.places.invent.dice import Dice
from needsmap.places.invent.outlines import Ground

NAMED_PLACES = (
    ("Harbourside", 10.9, 6.6),
    ("Old Town", 9.3, 6.5),
    ("St Oswin's", 9.2, 8.0),
    ("Kettlegate", 8.3, 7.3),
    ("Quay Hill", 10.6, 8.0),
    ("Dunmoor", 7.3, 9.0),
    ("Brackwell Heath", 8.6, 9.6),
    ("Skerry Point", 12.2, 9.4),
    ("Marram Sands", 11.4, 5.0),
    ("Winmarsh", 7.3, 6.2),
    ("Corrow-on-the-Hill", 8.3, 4.4),
    ("Tollbeck", 9.4, 5.3),
    ("Nether Ashlow", 10.2, 3.7),
    ("Ellershope", 10.2, 9.8),
    ("Pinfold", 6.2, 7.9),
    ("Great Ormering and the Saltmarsh Villages", 9.2, 1.8),
    ("Stannick", 10.2, 11.6),
    ("Llanwyth / Lanwith", 3.4, 10.8),
    ("Upper Kindle", 2.4, 6.2),
    ("Thrupley and Holme", 4.3, 2.9),
)
"""Invented ward names and about where (kilometres) they lie."""


@dataclass(frozen=True)
class Ward:
    """A ward: its name, its areas (positions) in code order, and how built-up it is (0-1)."""

    name: str
    areas: tuple[int, ...]
    urban: float


def grow_wards(ground: Ground, seed: int) -> tuple[Ward, ...]:
    """Group all areas into one connected ward per `NAMED_PLACES`, as even as they come.

    Every ward starts at the area nearest to its name; the smallest ward takes the next
    area, preferring long shared borders and its own middle; the middles then move and all
    is grown again. Wards come in the order of their names.
    """
    dice = Dice(seed, "wards")
    hearts, borders = ground.hearts, ground.borders
    middles = [(east, north) for _, east, north in NAMED_PLACES]
    owner: dict[int, int] = {}
    for _ in range(6):
        owner = _grow(hearts, borders, middles, dice)
        middles = [
            _middle([hearts[area] for area in owner if owner[area] == ward])
            for ward in range(len(middles))
        ]
    return tuple(
        Ward(
            name,
            mine := tuple(sorted(area for area in owner if owner[area] == ward)),
            sum(ground.urban[area] for area in mine) / len(mine),
        )
        for ward, (name, _, _) in enumerate(NAMED_PLACES)
    )


def _grow(
    hearts: tuple[tuple[float, float], ...],
    borders: tuple[dict[int, float], ...],
    middles: list[tuple[float, float]],
    dice: Dice,
) -> dict[int, int]:
    owner: dict[int, int] = {}
    for ward, middle in enumerate(middles):
        free = [area for area in range(len(hearts)) if area not in owner]
        owner[min(free, key=lambda area: math.dist(hearts[area], middle))] = ward
    while len(owner) < len(hearts):
        sizes = [0] * len(middles)
        for ward in owner.values():
            sizes[ward] += 1
        found: list[tuple[float, int, int]] = []
        for ward, middle in enumerate(middles):
            for area in (area for area in owner if owner[area] == ward):
                for other, shared in borders[area].items():
                    if other not in owner:
                        away = math.dist(hearts[other], middle)
                        held = sum(km for n, km in borders[other].items() if owner.get(n) == ward)
                        price = 3 * sizes[ward] + 2 * away - 2 * held / max(shared, held)
                        found.append((price - 0.001 * dice.fraction(), ward, other))
        _, ward, area = min(found)
        owner[area] = ward
    return owner


def _middle(points: list[tuple[float, float]]) -> tuple[float, float]:
    return (
        sum(east for east, _ in points) / len(points),
        sum(north for _, north in points) / len(points),
    )
