"""What we claim about doubt, tried on made-up towns whose truth is known (all seeded)."""

import numpy as np
import pytest

from needsmap.analysis.disclosure import publish_shares
from needsmap.analysis.priorities import order_themes

TRUE = np.array([0.45, 0.40, 0.35, 0.30, 0.25, 0.20])


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
    for _ in range(150):
        table = order_themes("abcdef", publish_shares(random.binomial(base, TRUE), base))
        true_place = table["column"] + 1
        held.append(table["first_place"].le(true_place) & table["last_place"].ge(true_place))

    assert np.mean(held) >= 0.9
