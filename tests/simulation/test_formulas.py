"""Rank bands, steadying, simultaneous limits and change, on towns whose truth is known."""

import numpy as np
import pytest

from needsmap.analysis.change import differences, newcombe
from needsmap.analysis.disclosure import publish_shares
from needsmap.analysis.rank_bands import rank_bands
from needsmap.analysis.shares import wilson
from needsmap.analysis.simultaneous import goodman, sison_glaz
from needsmap.analysis.steadying import steadied_shares, steady

TRUE = np.array([0.45, 0.40, 0.35, 0.30, 0.25, 0.20])
CHOICE = np.array([0.25, 0.2, 0.16, 0.14, 0.1, 0.08, 0.07])


@pytest.mark.parametrize("base", [12, 30, 60, 200, 500])
def test_rank_bands_contain_the_true_place_nine_times_in_ten(base: int) -> None:
    random = np.random.default_rng(21)
    held = []
    for _ in range(150):
        facts = random.random((base, 6)) < TRUE
        bands = rank_bands(publish_shares(facts.sum(axis=0), base), facts.T.astype(float) @ facts)
        true = np.arange(1, 7)
        held.append((bands.first <= true) & (true <= bands.last))

    assert np.mean(held) >= 0.9


def test_rank_bands_hold_when_people_choose_one_of_several() -> None:
    random = np.random.default_rng(22)
    held = []
    for _ in range(150):
        counts = random.multinomial(150, CHOICE)
        bands = rank_bands(publish_shares(counts, 150), np.diag(counts.astype(float)))
        true = np.arange(1, 8)
        held.append((bands.first <= true) & (true <= bands.last))

    assert np.mean(held) >= 0.9


def test_bands_are_not_so_wide_that_they_say_nothing() -> None:
    random = np.random.default_rng(23)
    facts = random.random((500, 6)) < TRUE
    bands = rank_bands(publish_shares(facts.sum(axis=0), 500), facts.T.astype(float) @ facts)

    assert (bands.last - bands.first).mean() <= 1.5


@pytest.mark.parametrize("people", [100, 300, 1000])
def test_simultaneous_limits_hold_all_options_at_once(people: int) -> None:
    random = np.random.default_rng(24)
    held = {"goodman": [], "sison_glaz": []}
    for _ in range(250):
        counts = random.multinomial(people, CHOICE)
        for name, limits in (("goodman", goodman(counts)), ("sison_glaz", sison_glaz(counts))):
            held[name].append(((limits[0] <= CHOICE) & (limits[1] >= CHOICE)).all())

    # One standard error of 250 draws is 1.4 points. Both are known to hold a little
    # more than they promise (May and Johnson 1997, Journal of Statistical Software 5:6).
    assert np.mean(held["goodman"]) >= 0.92
    assert np.mean(held["sison_glaz"]) >= 0.92


def test_95_percent_limits_cover_93_to_97_percent() -> None:
    random = np.random.default_rng(25)
    truth = random.uniform(0.08, 0.6, (2, 40_000))
    bases = random.choice([30, 60, 120, 300, 600], (2, 40_000))
    counts = random.binomial(bases, truth)
    low, high = wilson(counts[0], bases[0])
    alone = ((low <= truth[0]) & (truth[0] <= high)).mean()
    low, high = newcombe(counts[0], bases[0], counts[1], bases[1])
    change = truth[0] - truth[1]
    both = ((low <= change) & (change <= high)).mean()

    assert 0.93 <= alone <= 0.97
    assert 0.93 <= both <= 0.97


@pytest.mark.parametrize("base", [30, 100, 400])
def test_where_nothing_changed_a_change_is_seldom_claimed(base: int) -> None:
    random = np.random.default_rng(26)
    truth = random.uniform(0.1, 0.6, 20_000)
    later, earlier = (publish_shares(random.binomial(base, truth), base) for _ in range(2))
    said = differences(later, earlier)[3]

    assert np.isin(said, (-1, 1)).mean() <= 0.05


@pytest.mark.parametrize("spread", [0.02, 0.05, 0.10])
@pytest.mark.parametrize("sizes", [(3, 40), (10, 80), (10, 300)], ids=str)
def test_steadied_shares_are_nearer_the_truth_than_raw_ones(spread: float, sizes: tuple) -> None:
    random = np.random.default_rng(27)
    raw_off, steadied_off, found = [], [], []
    strength = (1 - spread) / spread
    for _ in range(60):
        truth = random.beta(0.4 * strength, 0.6 * strength, 40)
        bases = random.integers(*sizes, 40)
        counts = random.binomial(bases, truth)
        made = steady(counts, bases)
        found.append(made.alike)
        raw_off.append((counts / bases - truth) ** 2)
        steadied_off.append((made.share - truth) ** 2)

    assert np.mean(steadied_off) < np.mean(raw_off)
    # METHODS notes §4.4: .02/.05/.10 were estimated .0206/.0499/.1008.
    assert np.mean(found) == pytest.approx(spread, abs=0.012)


@pytest.mark.parametrize("spread", [0.02, 0.10])
def test_steadying_published_counts_helps_too(spread: float) -> None:
    random = np.random.default_rng(28)
    strength = (1 - spread) / spread
    raw_off, steadied_off = [], []
    for _ in range(60):
        truth = random.beta(0.4 * strength, 0.6 * strength, 40)
        bases = random.integers(10, 80, 40)
        table = publish_shares(random.binomial(bases, truth)[:, None], bases[:, None])
        made = steadied_shares(table)
        known = (table.shown & ~table.few)[:, 0]
        raw_off.append(((table.share[:, 0] - truth) ** 2)[known].mean())
        steadied_off.append(((made.share[:, 0] - truth) ** 2)[known].mean())

    assert np.mean(steadied_off) < np.mean(raw_off)
