"""Every claim about doubt, in many made-up towns: what was measured, and its own error.

    python -m tests.benchmarks.simulations [--times 20]

The same worlds as in tests/simulation, with so many times more towns. A claim holds when
what was measured lies within it; ± is one Monte Carlo standard error.
"""

from __future__ import annotations

import argparse
import sys
import zlib

import numpy as np

from tests.simulation.worlds import CLAIMS, measured


def main() -> int:
    """Measure and print; return 1 when a claim does not hold."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=20, help="times the towns of the tests")
    times = parser.parse_args().times
    broken = 0
    print(f"{'claim':58}{'towns':>9}{'measured':>10}{'±':>9}{'claimed':>14}")
    for name, claim in CLAIMS.items():
        random = np.random.default_rng(zlib.crc32(f"many {name}".encode()))
        towns = claim.towns * times
        mean, error = measured(claim.world(towns, random))
        ends = [f"{end:g}" if np.isfinite(end) else "" for end in (claim.least, claim.most)]
        holds = claim.least <= mean <= claim.most
        broken += not holds
        told = "" if holds else "  NOT MET"
        claimed = " to ".join(ends).strip()
        print(f"{name:58}{towns:>9,}{mean:>10.4f}{error:>9.4f}{claimed:>14}{told}", flush=True)
    return int(broken > 0)


if __name__ == "__main__":
    sys.exit(main())
