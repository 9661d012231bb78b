"""What we claim about doubt, tried on made-up towns whose truth is known (all seeded)."""

import numpy as np
import pytest

from needsmap.analysis.comparison import CONFIDENCE, voice_class
from needsmap.analysis.disclosure import publish_shares
from needsmap.analysis.priorities import order_themes
from needsmap.analysis.shares import wilson

TRUE = np.array([0.45, 0.40, 0.35, 0.30, 0.25, 0.20])


def test_wilson_limits_hold_the_truth_95_times_in_100() -> None:
    random = np.random.default_rng(11)
    held = []
    for base in (30, 60, 120, 300, 600):
        truth = random.uniform(0.05, 0.6, 20_000)
        low, high = wilson(random.binomial(base, truth), base)
        held.append(((low <= truth) & (truth <= high)).mean())

    assert 0.93 <= np.mean(held) <= 0.97
    assert min(held) > 0.93


@pytest.mark.parametrize("base", [10, 30, 60, 300])
def test_published_limits_never_claim_more_than_that(base: int) -> None:
    random = np.random.default_rng(12)
    truth = random.uniform(0.05, 0.6, 20_000)
    shares = publish_shares(random.binomial(base, truth), base)

    assert ((shares.low <= truth) & (truth <= shares.high)).mean() >= 0.94


@pytest.mark.parametrize("base", [12, 30, 60, 200, 500])
def test_places_a_wish_could_hold_contain_its_true_one(base: int) -> None:
    random = np.random.default_rng(13)
    held = []
    for _ in range(300):
        table = order_themes("abcdef", publish_shares(random.binomial(base, TRUE), base))
        true_place = table["column"] + 1
        held.append(table["first_place"].le(true_place) & table["last_place"].ge(true_place))

    assert np.mean(held) >= 0.9


@pytest.mark.parametrize("base", [20, 40, 100, 400])
def test_said_more_or_less_is_wrong_in_fewer_than_one_box_in_ten(base: int) -> None:
    random = np.random.default_rng(14)
    truth = np.clip(random.normal(0.35, 0.12, (200, 40)), 0.02, 0.95)
    counts = random.binomial(base, truth)
    filled = wrong = 0
    for town in range(len(truth)):
        place = counts[town].sum() / (40 * base)
        classes = voice_class(
            publish_shares(counts[town], base, confidence=CONFIDENCE), float(place)
        )
        more, less = classes == 2, classes == 0
        filled += int(more.sum() + less.sum())
        wrong += int((more & (truth[town] <= 0.35)).sum() + (less & (truth[town] >= 0.35)).sum())

    assert filled > 100
    assert wrong < 0.1 * filled
