"""Places a wish could hold, against a plain bootstrap over people."""

import numpy as np
import pytest

from needsmap.analysis.common_ground import jeffreys, shared_by_all
from needsmap.analysis.disclosure import publish_shares
from needsmap.analysis.rank_bands import rank_bands


def town(people: int, seed: int = 4) -> np.ndarray:
    """Return people x themes of up to three picks of six, so picks exclude one another."""
    random = np.random.default_rng(seed)
    liking = np.array([3.0, 2.5, 1.8, 1.5, 1.0, 0.5])
    scores = np.log(liking) + random.gumbel(size=(people, 6))
    return np.argsort(np.argsort(-scores, axis=1), axis=1) < 3


@pytest.mark.parametrize("people", [200, 600, 2000])
def test_bands_agree_with_a_bootstrap_over_people_to_one_place(people: int) -> None:
    facts = town(people)
    random = np.random.default_rng(5)
    weights = random.multinomial(people, np.full(people, 1 / people), size=2000)
    drawn = weights @ facts
    places = 1 + (drawn[:, :, None] < drawn[:, None, :]).sum(axis=2)
    first = np.quantile(places, 0.025, axis=0)
    last = np.quantile(places, 0.975, axis=0)

    shares = publish_shares(facts.sum(axis=0), people)
    bands = rank_bands(shares, (facts.T.astype(float) @ facts))

    # Rounding may widen a band, never narrow it by more than the draws' own noise.
    assert (bands.first <= first + 1).all()
    assert (bands.last >= last - 1).all()
    assert (np.abs(bands.first - first) + np.abs(bands.last - last)).max() <= 3


def test_ties_stay_ties() -> None:
    bands = rank_bands(publish_shares([101, 99, 40, 5], 300))

    # 101 and 99 are both published as 100.
    assert bands.place.tolist() == [1, 1, 3, 4]
    assert (bands.first[0], bands.last[0]) == (bands.first[1], bands.last[1])


def test_the_same_published_numbers_have_the_same_bands() -> None:
    one = rank_bands(publish_shares([101, 62, 55], 300))
    other = rank_bands(publish_shares([99, 58, 57], 301))

    assert one.first.tolist() == other.first.tolist()
    assert one.likely_last.tolist() == other.likely_last.tolist()


def test_one_person_more_changes_nothing_until_a_rounded_number_changes() -> None:
    facts = town(601)
    before, after = facts[:600], facts
    bands = [
        rank_bands(publish_shares(f.sum(axis=0), len(f)), f.T.astype(float) @ f)
        for f in (before, after)
    ]
    same = [
        np.array_equal(publish_shares(x(before), 600).count, publish_shares(x(after), 601).count)
        for x in (lambda f: f.sum(axis=0), lambda f: (f.T.astype(int) @ f.astype(int)).ravel())
    ]

    if all(same):
        assert bands[0].first.tolist() == bands[1].first.tolist()
        assert bands[0].last.tolist() == bands[1].last.tolist()
    assert bands[0].place.tolist() == bands[1].place.tolist()


def test_clear_wishes_have_one_place() -> None:
    bands = rank_bands(publish_shares([900, 500, 100], 1000))

    assert bands.first.tolist() == bands.last.tolist() == [1, 2, 3]


def test_a_hidden_base_has_no_places() -> None:
    assert rank_bands(publish_shares([2, 3], 6)).place.tolist() == [0, 0]
    assert len(rank_bands(publish_shares([], 100)).place) == 0


def test_shares_are_smoothed_as_jeffreys_does() -> None:
    # (k + 1/2) / (n + 1): 0 of 9 is 5 %, 9 of 9 is 95 %.
    assert jeffreys([0, 9], [9, 9]) == pytest.approx([0.05, 0.95])


def test_common_ground_is_what_every_group_names_not_what_one_shouts() -> None:
    young = publish_shares([90, 50], 100)
    old = publish_shares([10, 50], 100)

    score = shared_by_all([young, old])

    # By hand: sqrt(90.5 x 10.5) / 101 and 50.5 / 101.
    assert score == pytest.approx([0.3052, 0.5], abs=5e-5)
    assert np.isnan(shared_by_all([young])).all()
