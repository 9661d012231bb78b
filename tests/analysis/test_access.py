"""Reaching services: worked numbers of others, and the library `access` as oracle."""

import numpy as np
import pandas as pd
import pyproj
import pytest

from needsmap.analysis.access import (
    ZONES,
    nearest,
    people_per_place,
    step_weights,
    straight_line_m,
    two_step,
    walking_minutes,
)

HOSPITALS = np.array([[1.0, 80, 40], [80, 1, 40], [40, 40, 1]])
"""pysal/access tests/test_hospital_example.py: 1 at home, 40 between centre and outside, 80
across (METHODS 4.6)."""


def test_a_degree_of_latitude_is_111_195_metres() -> None:
    # The mean Earth radius 6,371,009 m times pi / 180.
    assert straight_line_m(55.0, 1.0, 56.0, 1.0) == pytest.approx(111_195, abs=1)
    # An independent source: PROJ on a sphere of the same radius.
    sphere = pyproj.Geod(a=6_371_009, b=6_371_009)
    _, _, metres = sphere.inv(-3.1899, 55.9521, -4.2576, 55.8590)
    assert straight_line_m(55.9521, -3.1899, 55.8590, -4.2576) == pytest.approx(metres)


def test_a_kilometre_as_the_crow_flies_is_a_quarter_of_an_hour_on_foot() -> None:
    # By hand: 1,000 m x 1.3 / 80 = 16.25 minutes.
    assert walking_minutes([1000, 0]).tolist() == [16.25, 0]


def test_the_nearest_service_of_each_point() -> None:
    found = nearest(np.array([[3.0, 1.0], [np.nan, 2.0], [5.0, 5.0]]))

    assert found.number.tolist() == [1, 1, 0]
    assert found.metres.tolist() == [1.0, 2.0, 5.0]


def test_where_no_service_is_listed_the_distance_is_unknown_not_zero() -> None:
    found = nearest(np.empty((2, 0)))

    assert found.number.tolist() == [-1, -1]
    assert np.isnan(found.metres).all()


def test_people_a_place_are_unknown_without_a_place() -> None:
    found = people_per_place([1200, 800, np.nan], [3, 0, 1])

    assert found[0] == 400
    assert np.isnan(found[1:]).all()


def test_the_hospital_example_of_access_comes_out() -> None:
    weights = np.where(HOSPITALS <= 61, 1 / HOSPITALS, 0)
    found = two_step(people=[100, 50, 10], supply=[15, 20, 100], weights=weights)

    assert found == pytest.approx([0.331444, 0.579828, 7.286418], abs=1e-6)


def test_the_published_steps_weigh_as_published() -> None:
    # Luo and Qi (2009): 1, 0.68 and 0.22 for three zones; METHODS 4.6 step_fn.
    zones = {20.0: 1.0, 40.0: 0.68, 60.0: 0.22}

    assert step_weights([0, 20, 20.1, 40, 60, 60.1, np.nan], zones).tolist() == [
        1, 1, 0.68, 0.68, 0.22, 0, 0,
    ]  # fmt: skip


def test_with_an_endless_reach_everybody_gets_the_same() -> None:
    # The grid test of pysal/access: total supply over total people.
    found = two_step(people=[10, 20, 30], supply=[3, 3], weights=np.ones((3, 2)))

    assert found == pytest.approx([0.1, 0.1, 0.1])


def test_what_is_shared_out_adds_up_to_what_there_is() -> None:
    random = np.random.default_rng(8)
    people, supply = random.integers(100, 2000, 30), random.integers(1, 9, 12)
    weights = step_weights(random.random((30, 12)) * 45)

    reached = supply[(weights > 0).any(axis=0)].sum()
    found = two_step(people=people, supply=supply, weights=weights)
    assert (people * found).sum() == pytest.approx(reached)


def test_two_step_agrees_with_the_library_access() -> None:
    fca = pytest.importorskip("access.fca")
    weights = pytest.importorskip("access.weights")
    random = np.random.default_rng(9)
    minutes = random.random((25, 8)) * 60
    people, supply = random.integers(100, 3000, 25), random.integers(1, 20, 8)
    areas, services = pd.RangeIndex(25, name="origin"), pd.RangeIndex(8, name="dest")
    costs = pd.DataFrame(
        {
            "origin": np.repeat(areas, 8), "dest": np.tile(services, 25), "cost": minutes.ravel(),
        }
    )  # fmt: skip
    oracle = fca.two_stage_fca(
        demand_df=pd.DataFrame({"people": people}, areas),
        supply_df=pd.DataFrame({"supply": supply}, services),
        cost_df=costs, max_cost=60, demand_name="people", supply_name="supply",
        demand_index=True, supply_index=True,
        cost_origin="origin", cost_dest="dest", cost_name="cost",
        weight_fn=weights.step_fn({20: 1, 40: 0.68, 60: 0.22}),
    )  # fmt: skip

    ours = two_step(
        people=people, supply=supply,
        weights=step_weights(minutes, {20.0: 1.0, 40.0: 0.68, 60.0: 0.22}),
    )  # fmt: skip
    assert ours == pytest.approx(oracle.reindex(areas).fillna(0).to_numpy())


def test_the_zones_fall_with_distance() -> None:
    assert list(ZONES.values()) == sorted(ZONES.values(), reverse=True)
