"""Every claim about doubt, in made-up towns whose truth is known, with its Monte Carlo error.

Few towns, so that it is quick: a claim passes when what was measured does not lie outside it
by more than the error of so few towns (two standard errors). The many towns that settle it
closely are run by `python -m tests.benchmarks.simulations`; their figures stand in
docs/method.md.
"""

import zlib

import numpy as np
import pytest

from tests.simulation.worlds import CLAIMS, measured

SLACK = 2.0
"""Standard errors."""


@pytest.mark.parametrize("name", CLAIMS)
def test_claim_holds(name: str) -> None:
    claim = CLAIMS[name]
    found = claim.world(claim.towns, np.random.default_rng(zlib.crc32(name.encode())))
    mean, error = measured(found)

    assert error < 0.02
    assert claim.least - SLACK * error <= mean <= claim.most + SLACK * error
