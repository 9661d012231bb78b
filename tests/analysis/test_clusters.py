"""Clusters against PySAL's esda, and against chance."""

import numpy as np
import pytest

from needsmap.analysis.clusters import enough, false_discoveries, local_clusters

libpysal = pytest.importorskip("libpysal")
esda = pytest.importorskip("esda")

SIDS2 = [3, 4, 3, 4, 2, 1, 4, 4, 2, 4]
"""First ten quadrants of PySAL's documented example (METHODS 4.5; Moran_Local_BV docstring)."""


@pytest.fixture(scope="module")
def carolina():
    """The counties of North Carolina: sudden infant deaths 1979 and 1974, from libpysal."""
    table = libpysal.io.open(libpysal.examples.get_path("sids2.dbf"))
    deaths = [np.array(table.by_col[year]) for year in ("SIDR79", "SIDR74")]
    table.close()
    file = libpysal.io.open(libpysal.examples.get_path("sids2.gal"))
    weights = file.read()
    file.close()
    ids = weights.id_order
    neighbours = [[ids.index(n) for n in weights.neighbors[i]] for i in ids]
    return (*deaths, neighbours, weights)


def test_quadrants_are_those_of_the_published_example(carolina) -> None:
    x, y, neighbours, _ = carolina
    found = local_clusters(x, y, neighbours)

    assert found.quadrant[:10].tolist() == SIDS2


def test_values_and_chances_agree_with_esda(carolina) -> None:
    x, y, neighbours, weights = carolina
    found = local_clusters(x, y, neighbours, hurry=False)
    with pytest.warns(DeprecationWarning, match="alternative hypothesis"):
        oracle = esda.Moran_Local_BV(
            x, y, weights, permutations=9_999, seed=1, keep_simulations=False
        )

    # esda multiplies by (n - 1) / sum(zx^2), which is a constant here.
    ratio = oracle.Is / found.value
    assert np.allclose(ratio, ratio[0])
    # Its chance counts one side; ours both. Two sets of shuffles differ by chance only.
    assert np.abs(found.chance - np.minimum(1, 2 * oracle.p_sim)).max() < 0.03


def test_ending_the_shuffles_early_leaves_the_same_clusters(carolina) -> None:
    x, y, neighbours, _ = carolina
    random = np.random.default_rng(9)
    noise = random.random(len(x)) * x.std()
    for said, measured in ((x, y), (x + noise, x), (noise, y), (np.sort(x), np.sort(y))):
        fast, whole = (
            local_clusters(said, measured, neighbours, hurry=hurry) for hurry in (True, False)
        )
        clear = whole.chance <= 0.05

        assert fast.cluster.tolist() == whole.cluster.tolist()
        assert fast.chance[clear].tolist() == whole.chance[clear].tolist()
        assert (fast.chance[~clear] > 0.05).all()


def test_the_correction_is_that_of_esda(carolina) -> None:
    random = np.random.default_rng(3)
    for _ in range(20):
        chance = random.random(40) ** 3
        ours, oracle = false_discoveries(chance), esda.fdr(chance, 0.05)
        # esda gives the limit k / m x rate itself, we the largest chance under it.
        assert (chance <= ours).tolist() == (chance <= oracle).tolist() or ours == -1


def test_the_correction_of_benjamini_and_hochberg_s_own_example() -> None:
    # Benjamini and Hochberg (1995), section 3.1: fifteen tests; four are kept at 0.05.
    listed = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240,
        0.4262, 0.5719, 0.6528, 0.7590, 1.0,
    ]  # fmt: skip

    assert false_discoveries(listed) == 0.0095
    assert false_discoveries([0.9, np.nan]) == -1


def test_without_any_pattern_hardly_a_cluster_is_called() -> None:
    neighbours = _grid(8)
    random = np.random.default_rng(5)
    towns = [
        local_clusters(random.random(64), random.random(64), neighbours, permutations=1999)
        for _ in range(40)
    ]

    # At most one town in twenty may hold a false alarm; 40 towns allow a few more by chance.
    assert sum(bool(town.cluster.any()) for town in towns) <= 5


def test_a_corner_of_much_said_and_much_measured_is_found() -> None:
    place = np.arange(100)
    corner = ((place // 10 < 4) & (place % 10 < 4)).astype(float)
    random = np.random.default_rng(6)
    found = local_clusters(
        corner + random.normal(0, 0.1, 100), corner + random.normal(0, 0.1, 100), _grid(10)
    )

    inside = (place // 10 < 3) & (place % 10 < 3)  # all or most neighbours in the corner too
    assert found.cluster[inside].mean() > 0.8
    assert set(found.quadrant[found.cluster & corner.astype(bool)]) <= {1}


def test_islands_have_no_neighbours_to_compare_with() -> None:
    neighbours = _grid(6)
    neighbours[0] = []
    found = local_clusters(np.arange(36.0), np.arange(36.0), neighbours)

    assert found.quadrant[0] == 0
    assert np.isnan(found.chance[0])
    assert not found.cluster[0]


def test_thirty_areas_are_the_fewest() -> None:
    assert not enough(29)
    assert enough(30)
    with pytest.raises(ValueError, match="30 areas or more"):
        local_clusters(np.arange(29.0), np.arange(29.0), [[]] * 29)


def test_the_same_question_gives_the_same_clusters(carolina) -> None:
    x, y, neighbours, _ = carolina

    assert local_clusters(x, y, neighbours).chance == pytest.approx(
        local_clusters(x, y, neighbours).chance, abs=0
    )


def _grid(side: int) -> list[list[int]]:
    found = []
    for cell in range(side * side):
        row, column = divmod(cell, side)
        around = [(row + r, column + c) for r in (-1, 0, 1) for c in (-1, 0, 1) if r or c]
        found.append([r * side + c for r, c in around if 0 <= r < side and 0 <= c < side])
    return found


def test_where_nothing_stands_out_there_is_no_cluster() -> None:
    # Every shuffle of an even field is as extreme as the field itself: its chance is 1.
    ring = [[(area + 1) % 40] for area in range(40)]
    some = np.random.default_rng(5).normal(size=40)

    for said, measured in ((np.zeros(40), some), (some, np.zeros(40))):
        found = local_clusters(said, measured, ring)
        assert not found.cluster.any()
        assert found.chance.tolist() == [1.0] * 40
