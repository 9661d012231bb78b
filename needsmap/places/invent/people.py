"""How many people of each age, gender and tenure live in each area."""

from __future__ import annotations

import math

from needsmap.places.invent.dice import Dice

AGES = (*(f"{low}-{low + 4}" for low in range(0, 85, 5)), "85+")
_NATIONAL = (5.4, 5.7, 6.0, 5.8, 6.1, 6.6, 7.0, 6.8, 6.4, 6.1, 6.7, 6.9, 6.1, 5.2, 4.8, 4.2, 2.6,
             2.6)  # fmt: skip
"""Roughly how ages are spread in an English district, in per cent."""
TENURES = ("Owns", "Rents from council or housing association", "Rents privately")


def shared_out(total: int, weights: list[float]) -> list[int]:
    """Return whole numbers in proportion to `weights` that add up to `total` exactly."""
    exact = [total * weight / sum(weights) for weight in weights]
    parts = [math.floor(x) for x in exact]
    order = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in order[: total - sum(parts)]:
        parts[i] += 1
    return parts


def make_population(
    codes: list[str], urban: tuple[float, ...], income_ranks: list[int], seed: int
) -> tuple[list[int], list[tuple[str, str, str, int]]]:
    """Return people per area (1,200-2,200) and rows (area_code, group, band, people).

    Every group's bands add up to the area's people. Villages are older, the middle of town
    has more people in their twenties and private tenants, poorer areas more children and
    social tenants.
    """
    dice = Dice(seed, "people")
    totals: list[int] = []
    rows: list[tuple[str, str, str, int]] = []
    for code, built, rank in zip(codes, urban, income_ranks, strict=True):
        total = dice.whole(1200, 2200)
        hardship = 1 - rank / 33_755
        ages = []
        for band, usual in zip(AGES, _NATIONAL, strict=True):
            middle = 87.0 if band == "85+" else int(band.split("-")[0]) + 2.5
            tilt = 1 + (0.6 - built) * (middle - 42) / 60
            if middle < 18:
                tilt *= 0.8 + 0.5 * hardship
            if 20 < middle < 35:
                tilt *= 0.8 + 0.6 * built**2
            ages.append(usual * max(tilt, 0.2) * dice.between(0.9, 1.1))
        women = 0.508 + dice.normal(0, 0.008)
        social = 0.04 + 0.5 * hardship**2
        private = 0.08 + 0.25 * built**3
        homes = [max(0.1, 1 - social - private), social, private]
        totals.append(total)
        for group, bands, weights in (
            ("age", AGES, ages),
            ("gender", ("Female", "Male"), [women, 1 - women]),
            ("tenure", TENURES, homes),
        ):
            people = shared_out(total, list(weights))
            rows.extend((code, group, b, n) for b, n in zip(bands, people, strict=True))
    return totals, rows
