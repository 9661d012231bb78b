"""Weights of made-up samples, raked by balance: what `raking.json` holds.

balance would put numpy, pandas and scipy back, so it never stands beside the product. Run it
in an environment of its own, whenever a newer release should be the judge:

    python -m venv oracle && oracle/bin/pip install "balance==0.23.0"
    oracle/bin/python tests/oracles/raking.py
"""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
from balance.stats_and_plots.weights_stats import design_effect
from balance.weighting_methods.rake import rake

FILE = Path(__file__).with_name("raking.json")
SAMPLES = 40
PEOPLE = 1000
"""People of the made-up population; its shares are whole thousandths."""


def make_sample(seed: int) -> tuple[np.ndarray, list[list[int]]]:
    """Return answers by two or three groups, every cell answered, and people of each band."""
    random = np.random.default_rng(seed)
    shape = tuple(int(n) for n in random.integers(2, 5, 2 + seed % 2))
    wanted = [
        (1 + random.multinomial(PEOPLE - bands, random.dirichlet([4.0] * bands))).tolist()
        for bands in shape
    ]
    return 1 + random.poisson(random.gamma(4.0, 6.0, shape)), wanted


def judge(counts: np.ndarray, wanted: list[list[int]]) -> dict[str, object]:
    """Return balance's weight of each cell, mean 1 over answers, and the design effect."""
    names = [f"g{axis}" for axis in range(counts.ndim)]
    cells = np.repeat(np.indices(counts.shape).reshape(counts.ndim, -1).T, counts.ravel(), axis=0)
    sample = pd.DataFrame(cells.astype(str), columns=names)
    target = pd.DataFrame(
        {name: np.repeat(np.arange(len(w)), w).astype(str)
         for name, w in zip(names, wanted, strict=True)}
    )  # fmt: skip
    found = rake(
        sample, pd.Series(np.ones(len(sample))), target, pd.Series(np.ones(PEOPLE)),
        variables=names, transformations=None, convergence_rate=1e-13, rate_tolerance=1e-15,
    )["weight"].to_numpy(dtype=float)  # fmt: skip
    weights = np.zeros(counts.shape)
    weights[tuple(cells.T)] = found / found.mean()
    return {"weights": weights.round(9).tolist(), "design": float(design_effect(pd.Series(found)))}


def main() -> None:
    """Write the file."""
    samples = []
    for seed in range(SAMPLES):
        counts, wanted = make_sample(seed)
        samples.append({"counts": counts.tolist(), "wanted": wanted, **judge(counts, wanted)})
    head = {"made_by": f"balance {version('balance')}", "script": "tests/oracles/raking.py"}
    lines = ",\n".join(json.dumps(s, separators=(",", ":")) for s in samples)
    FILE.write_text(json.dumps(head)[:-1] + ', "samples": [\n' + lines + "\n]}\n", "utf-8")


if __name__ == "__main__":
    main()
