"""Worked numbers of the project's notes on methods (METHODS) that no other test holds.

Some are of libraries we decided not to follow: they are held here so that the reason stays
true. Numbers the notes take from data that are not at hand (ANES 2024 weights, the SIMD
evaluation, the R quick start of catchments) cannot be worked out again and are no test.
"""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from needsmap.analysis import deprivation
from needsmap.analysis.steadying import steady
from tests.analysis.test_deprivation import DECILE, HEADINGS, ORDER, RANK, SCORE

esda = pytest.importorskip("esda")

TRUE = (0.45, 0.40, 0.35, 0.30, 0.25, 0.20)
BALLOTS = [("ABC", 4), ("BC", 3), ("C", 2), ("AC", 1)]


@pytest.mark.parametrize(
    ("people", "chance"),
    [(12, 0.34), (20, 0.42), (30, 0.50), (60, 0.62), (100, 0.71), (200, 0.82), (500, 0.94)],
)
def test_how_often_the_true_first_wish_stands_first_alone(people: int, chance: float) -> None:
    # METHODS §4.2, rank honesty: 20,000 draws, which leave a third of a point of doubt.
    drawn = np.random.default_rng(people).binomial(people, TRUE, (20_000, len(TRUE)))
    alone = (drawn[:, :1] > drawn[:, 1:]).all(axis=1).mean()

    assert alone == pytest.approx(chance, abs=0.015)


def test_the_order_of_the_four_options_depends_on_how_one_counts() -> None:
    # METHODS §4.2: why leftover points are shared, by plain arithmetic over the ballots.
    options = "ABCD"
    nothing = {o: sum(n * (3 - b.index(o)) for b, n in BALLOTS if o in b) for o in options}
    modified = {o: sum(n * (len(b) - b.index(o)) for b, n in BALLOTS if o in b) for o in options}

    assert nothing == {"A": 15, "B": 17, "C": 18, "D": 0}
    assert {o: modified[o] for o in "ABC"} == {"A": 14, "B": 14, "C": 10}


def test_the_smoothers_of_esda_are_for_rare_events_and_do_not_hold_their_limits() -> None:
    # METHODS §4.4: the published values of esda, and what makes it unfit for wishes.
    events = np.array([30, 25, 25, 15, 33, 21, 30, 20])
    people = np.array([100, 100, 110, 90, 100, 90, 110, 90])
    published = [0.2435, 0.2522, 0.2567, 0.2650, 0.2383, 0.2548, 0.2478, 0.2565]
    rates = esda.smoothing.assuncao_rate(events, people)[:4]
    smoothed = esda.smoothing.Empirical_Bayes(events, people).r.ravel()
    # Four in ten stands for what the notes give: shares outside 0 to 1.
    ours = steady([5, 6, 5, 4], [10, 10, 10, 10]).share
    theirs = esda.smoothing.Empirical_Bayes(np.array([5, 6, 5, 4]), np.array([10] * 4)).r.ravel()

    assert rates == pytest.approx([1.0384, -0.0410, -0.5625, -1.7306], abs=5e-5)
    assert sorted(smoothed) == pytest.approx(sorted(published), abs=5e-5)
    assert theirs.min() < 0 < 1 < theirs.max()
    assert ours.tolist() == [0.5] * 4


@pytest.mark.parametrize(
    ("spread", "raw", "steadied"),
    [(0.02, 0.141, 0.062), (0.05, 0.123, 0.080), (0.10, 0.116, 0.089)],
)
def test_steadying_gains_what_the_notes_say(spread: float, raw: float, steadied: float) -> None:
    # METHODS §4.4: 40 areas of 3 to 39 answers. The middle of the shares is not given there,
    # so the raw error need only be near; what steadying takes off is what is held.
    random, strength, errors = np.random.default_rng(44), (1 - spread) / spread, []
    for _ in range(200):
        truth = random.beta(0.4 * strength, 0.6 * strength, 40)
        bases = random.integers(3, 40, 40)
        counts = random.binomial(bases, truth)
        made = steady(counts, bases).share
        errors.append([((counts / bases - truth) ** 2).mean(), ((made - truth) ** 2).mean()])
    found = np.sqrt(np.mean(errors, axis=0))

    assert found[1] == pytest.approx(steadied, abs=0.012)
    assert found[0] == pytest.approx(raw, abs=0.02)


def test_the_least_and_mean_ratio_of_the_go_vocal_example() -> None:
    # METHODS §4.3: 100, 75 and 80 of 1,000 each; a silent group makes the least ratio 0,
    # which is why neither is a headline here.
    rates = np.array([100, 75, 80]) / 1000

    assert rates.min() / rates.max() == pytest.approx(0.75)
    assert rates.min() / rates.mean() == pytest.approx(0.882, abs=5e-4)


@pytest.mark.shelf
def test_people_of_the_most_and_least_deprived_tenths_of_england(shelf: Path) -> None:
    # METHODS §4.1, ecological fallacy: 54.8 % (25 to 99.8 %) and 5.8 % (up to 13.8 %).
    file = shelf / "uk/england/iod2025_file7_reconstructed_england.csv.gz"
    table = pd.read_csv(file)
    short_of_income = table.groupby(DECILE)["Income Score (rate)"]
    mean, most, least = short_of_income.mean(), short_of_income.max(), short_of_income.min()

    assert mean[1] == pytest.approx(0.548, abs=5e-4)
    assert (least[1], most[1]) == (pytest.approx(0.25, abs=5e-3), 0.998)
    assert mean[10] == pytest.approx(0.058, abs=5e-4)
    assert most[10] == 0.138


@pytest.mark.shelf
def test_weights_and_tenths_of_england_are_ours_and_not_the_usual_ones(shelf: Path) -> None:
    # METHODS §4.1: 0.00069 as they are, 0.094 divided by their sum; qcut is off for 3 areas.
    table = pd.read_csv(shelf / "uk/england/iod2025_file7_reconstructed_england.csv.gz")
    ranks = table[list(HEADINGS.values())].set_axis(ORDER, axis=1)
    score = deprivation.overall_score(ranks, of=len(table))
    by_qcut = pd.qcut(table[RANK], 10, labels=False) + 1

    assert np.abs(score - table[SCORE]).max() == pytest.approx(0.00069, abs=5e-6)
    whole = score / sum(deprivation.WEIGHTS.values())
    assert np.abs(whole - table[SCORE]).max() == pytest.approx(0.094, abs=5e-4)
    assert int((by_qcut != table[DECILE]).sum()) == 3


def test_the_published_chance_of_the_first_county_comes_out() -> None:
    # METHODS §4.5, from the docstring of Moran_Local_BV: sids2, 99 shuffles, seed 12345.
    libpysal = pytest.importorskip("libpysal")
    table = libpysal.io.open(libpysal.examples.get_path("sids2.dbf"))
    later, earlier = (np.array(table.by_col[year]) for year in ("SIDR79", "SIDR74"))
    table.close()
    file = libpysal.io.open(libpysal.examples.get_path("sids2.gal"))
    weights = file.read()
    file.close()
    with pytest.warns(DeprecationWarning, match="alternative hypothesis"):
        found = esda.Moran_Local_BV(later, earlier, weights, permutations=99, seed=12345)

    assert found.q[:10].tolist() == [3, 4, 3, 4, 2, 1, 4, 4, 2, 4]
    assert found.p_z_sim[0] == pytest.approx(0.091648, abs=5e-7)


def test_the_gaussian_weights_of_access_fall_as_the_notes_say() -> None:
    # METHODS §4.6: the library's Gaussian of width 20; our steps are those of Luo and Qi.
    weights = pytest.importorskip("access").weights.gaussian(20)

    assert weights(np.array([20.0]))[0] == pytest.approx(0.60653, abs=5e-6)
    assert weights(np.array([40.0]))[0] == pytest.approx(0.13534, abs=5e-6)
    assert all(a > b for a, b in pairwise(weights(np.arange(0.0, 60.0, 10.0))))
