"""Worked numbers of the project's notes on methods (METHODS) that no other test holds.

Some are of libraries we decided not to follow: they are held here so that the reason stays
true. Numbers the notes take from data that are not at hand cannot be worked out again and are
no test; docs/method.md lists them.
"""

from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from needsmap.analysis import deprivation
from needsmap.analysis.access import two_step
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
    ours = steady([5, 6, 5, 4], [10, 10, 10, 10]).share
    theirs = esda.smoothing.Empirical_Bayes(np.array([5, 6, 5, 4]), np.array([10] * 4)).r.ravel()
    with np.errstate(divide="ignore", invalid="ignore"):
        alike = esda.smoothing.Empirical_Bayes(np.array([5] * 4), np.array([10] * 4)).r.ravel()

    assert rates == pytest.approx([1.0384, -0.0410, -0.5625, -1.7306], abs=5e-5)
    assert sorted(smoothed) == pytest.approx(sorted(published), abs=5e-5)
    assert theirs == pytest.approx([0.5, -0.4, 0.5, 1.4])
    assert np.isnan(alike).all()
    assert steady([5] * 4, [10] * 4).share.tolist() == [0.5] * 4
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


def test_the_quick_start_of_sdc_catchment_comes_out() -> None:
    # METHODS §4.6 and the page of sdc-catchment 0.1 (pypi.org/project/sdc-catchment): 100 people
    # at 0, 1 and 2 on a line, 10 places at 0 and at 2, a Gaussian of width 1.
    apart = np.abs(np.array([[0.0], [1.0], [2.0]]) - np.array([[0.0, 2.0]]))
    found = two_step(people=[100] * 3, supply=[10, 10], weights=np.exp(-(apart**2) / 2))

    assert found == pytest.approx([0.065179, 0.069641, 0.065179], abs=5e-7)


THIRTEEN = np.array([1, 1, 1, 2, 2, 3, 5, 8, 13, 21, 34, 55, 89])


def test_each_way_of_cutting_classes_puts_the_same_areas_elsewhere() -> None:
    # METHODS §4.5: the four breaks mapclassify gives by three rules, worked out without it. It
    # is why a map here has fixed steps of share: the same share is the same colour everywhere.
    fourths = np.quantile(THIRTEEN, [0.25, 0.5, 0.75, 1]).tolist()
    equal = [1 + (89 - 1) / 4 * step for step in (1, 2, 3, 4)]
    cuts = [(0, *inner, 13) for inner in combinations(range(1, 13), 3)]

    def spread(cut: tuple[int, ...]) -> float:
        return sum(((part - part.mean()) ** 2).sum() for part in
                   (THIRTEEN[a:b] for a, b in pairwise(cut)))  # fmt: skip

    # Fisher and Jenks: of all ways to cut, the one with the least spread within classes.
    natural = [int(THIRTEEN[end - 1]) for end in min(cuts, key=spread)[1:]]

    assert fourths == [2, 5, 21, 89]
    assert equal == [23, 45, 67, 89]
    assert natural == [13, 34, 55, 89]


def test_a_high_and_a_low_domain_average_to_the_90th_percentile() -> None:
    # METHODS §4.1: why scores are transformed; 100 and 0 average to 50, reached at R = 0.898.
    reached = np.interp(50, deprivation.transform(np.linspace(0, 1, 10_001)), range(10_001))

    assert reached / 10_000 == pytest.approx(0.90, abs=0.005)


@pytest.mark.shelf
def test_ranks_of_our_scores_are_the_published_ones_but_for_a_tie_or_two(shelf: Path) -> None:
    # METHODS §4.1: ranks agree on 99.994 %, otherwise off by 1.
    table = pd.read_csv(shelf / "uk/england/iod2025_file7_reconstructed_england.csv.gz")
    ranks = table[list(HEADINGS.values())].set_axis(ORDER, axis=1)
    score = deprivation.overall_score(ranks, of=len(table))
    off = (score.rank(ascending=False, method="first") - table[RANK]).abs()

    assert (off == 0).mean() == pytest.approx(0.99994, abs=5e-6)
    assert off.max() == 1


PUBLISHED_2025 = {
    "Blackpool": (26536.86, 43.467, 0.4043, 0.5217, 33748.14),
    "Hartlepool": (23075.98, 37.58, 0.4211, 0.5259, 33623.27),
    "Middlesbrough": (23840.54, 40.037, 0.5, 0.5657, 33672.10),
}
"""METHODS §4.1: average rank, average score, proportion, extent, local concentration."""


@pytest.mark.shelf
def test_summaries_of_2025_come_as_near_as_they_can_without_the_numbers_of_people(
    shelf: Path,
) -> None:
    # The people the official summaries of 2025 are weighted by are not at hand, so every small
    # area counts the same here: the proportion, which has no weights, must be exact.
    table = pd.read_csv(shelf / "uk/england/iod2025_file7_reconstructed_england.csv.gz")
    areas = pd.DataFrame(
        {
            "authority": table["Local Authority District name (2024)"],
            "score": table[SCORE], "rank": table[RANK], "people": 1.0,
        }
    )  # fmt: skip
    found = deprivation.summarise(areas, of=len(areas))

    for name, (rank, score, proportion, extent, concentration) in PUBLISHED_2025.items():
        ours = found.loc[name]
        assert ours["proportion"] == pytest.approx(proportion, abs=5e-5)
        assert ours["average_rank"] == pytest.approx(rank, rel=0.025)
        assert ours["average_score"] == pytest.approx(score, rel=0.025)
        assert ours["extent"] == pytest.approx(extent, rel=0.025)
        assert ours["concentration"] == pytest.approx(concentration, rel=0.001)
