"""Reaching services: distances, people a place, and floating catchments.

Distances are straight lines unless a name says otherwise. Walking is the straight line times
1.3, because streets bend, at 80 metres a minute.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

EARTH_RADIUS_M = 6_371_009.0
DETOUR = 1.3
"""How much longer the way is than the straight line; it differs between countries, see Ballou,
Rahardja and Sakai (2002), Transportation Research A 36:843."""
WALKING_M_PER_MINUTE = 80.0
"""4.8 km an hour, as in Transport for London's public transport access levels."""
ZONES = {10.0: 1.0, 20.0: 0.68, 30.0: 0.22}
"""Minutes → weight of the enhanced two-step method: Luo and Qi (2009), Health & Place 15:1100."""

Numbers = npt.NDArray[np.float64]


def straight_line_m(
    latitude: npt.ArrayLike,
    longitude: npt.ArrayLike,
    latitudes: npt.ArrayLike,
    longitudes: npt.ArrayLike,
) -> Numbers:
    """Return metres as the crow flies; WGS84 degrees; shapes broadcast.

    Haversine formula on a sphere of the mean Earth radius (R. W. Sinnott, Sky and Telescope
    68:159, 1984).
    """
    one = np.radians(np.asarray(latitude, dtype=float))
    others = np.radians(np.asarray(latitudes, dtype=float))
    across = np.radians(np.asarray(longitudes, dtype=float) - np.asarray(longitude, dtype=float))
    half = np.sin((others - one) / 2) ** 2 + np.cos(one) * np.cos(others) * np.sin(across / 2) ** 2
    return np.asarray(2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(half)))


def walking_minutes(metres: npt.ArrayLike) -> Numbers:
    """Return minutes on foot for straight-line metres: x 1.3 for bends, at 80 m a minute."""
    return np.asarray(metres, dtype=float) * DETOUR / WALKING_M_PER_MINUTE


@dataclass(frozen=True, eq=False)
class Nearest:
    """The nearest service to each point: its number and the metres to it.

    number : -1 where there is none. metres : straight line, NaN where there is none.
    """

    number: npt.NDArray[np.int64]
    metres: Numbers


def nearest(metres: Numbers) -> Nearest:
    """Return the nearest column of each row of points x services (NaN: not known)."""
    if not metres.shape[1] or np.isnan(metres).all():
        nothing = np.full(metres.shape[0], np.nan)
        return Nearest(np.full(metres.shape[0], -1), nothing)
    filled = np.where(np.isnan(metres), np.inf, metres)
    number = filled.argmin(axis=1)
    return Nearest(number, filled[np.arange(len(filled)), number])


def per_person(reached: npt.ArrayLike, people: npt.ArrayLike) -> Numbers:
    """Return what is reached divided by people; 0 where nobody lives."""
    living = np.asarray(people, dtype=float)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(living > 0, np.asarray(reached, dtype=float) / living, 0.0)


def people_per_place(people: npt.ArrayLike, places: npt.ArrayLike) -> Numbers:
    """Return people for each place; NaN where no place is listed or people are unknown."""
    served = np.asarray(places, dtype=float)
    with np.errstate(invalid="ignore", divide="ignore"):
        found = np.asarray(people, dtype=float) / served
    return np.where(served > 0, found, np.nan)


def step_weights(costs: npt.ArrayLike, zones: Mapping[float, float] = ZONES) -> Numbers:
    """Return the weight of each cost: that of the first zone it lies in, 0 beyond the last.

    `zones`: upper edge → weight, both in the unit of the costs.
    """
    cost = np.asarray(costs, dtype=float)
    edges = np.array(sorted(zones))
    weights = np.array([*(zones[edge] for edge in sorted(zones)), 0.0])
    # NaN sorts behind every edge, so an unknown cost weighs nothing.
    return weights[np.searchsorted(edges, cost, side="left")]


def two_step(*, people: npt.ArrayLike, supply: npt.ArrayLike, weights: npt.ArrayLike) -> Numbers:
    """Return how much supply a person of each area can reach: the two-step floating catchment.

    `people`: one an area. `supply`: one a service (its doctors, its places, or 1). `weights`:
    areas x services, 0 out of reach, else 1 (plain) or a weight that falls with distance
    (enhanced). First the supply of each service is divided by the people who reach it, then
    each area adds up what it reaches: R_j = S_j / sum_i P_i f(d_ij), A_i = sum_j R_j f(d_ij).
    A service nobody reaches gives nothing. Luo and Wang (2003), Environment and Planning B
    30:865; enhanced: Luo and Qi (2009), Health & Place 15:1100.
    """
    reach = np.asarray(weights, dtype=float)
    demand = reach.T @ np.asarray(people, dtype=float)
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = np.where(demand > 0, np.asarray(supply, dtype=float) / demand, 0.0)
    return np.asarray(reach @ ratio)
