"""Weighting: METHODS notes §4.3, and the raking of samplics and balance as oracles."""

import json
import warnings
from pathlib import Path

import numpy as np
import pytest

from needsmap.analysis.weighting import HEAVIEST, LIGHTEST, effective_number, fit, rake


def test_effective_number_and_design_effect() -> None:
    effective = effective_number([1, 3], [80, 20])

    assert effective == pytest.approx(75.38, abs=0.005)
    assert 100 / effective == pytest.approx(1.3265, abs=5e-5)


def test_iterative_fitting_gives_the_known_table() -> None:
    seed = [[40, 30, 20, 10], [35, 50, 100, 75], [30, 80, 70, 120], [20, 30, 40, 50]]
    table = fit(seed, [[150, 300, 400, 150], [200, 300, 400, 100]])

    assert table[0] == pytest.approx([64.56, 46.23, 35.38, 3.82], abs=0.006)
    assert table.sum(axis=0) == pytest.approx([200, 300, 400, 100])


def test_raking_agrees_with_samplics() -> None:
    with warnings.catch_warnings():
        # The package says on import that it has a successor; its raking stands.
        warnings.simplefilter("ignore", FutureWarning)
        from samplics.weighting import SampleWeight
    counts = np.array([[40, 25, 35], [30, 45, 25]])
    sex, age = np.indices(counts.shape)
    people = counts.ravel()
    one = np.repeat(sex.ravel(), people)
    other = np.repeat(age.ravel(), people)
    targets = [np.array([0.5, 0.5]), np.array([0.3, 0.3, 0.4])]

    found = SampleWeight().rake(
        samp_weight=np.ones(people.sum()),
        margins={"sex": one, "age": other},
        control={
            name: {i: float(share * people.sum()) for i, share in enumerate(wanted)}
            for name, wanted in zip(("sex", "age"), targets, strict=True)
        },
        tol=1e-10,
    )  # fmt: skip
    ours = rake(counts, targets)

    assert np.asarray(found) == pytest.approx(ours.weights[one, other], abs=1e-4)
    assert ours.off < 1e-6


def test_raking_agrees_with_balance() -> None:
    # tests/oracles/raking.json, worked out by balance 0.23.0 in an environment of its own.
    held = json.loads((Path(__file__).parents[1] / "oracles/raking.json").read_text("utf-8"))

    assert (held["made_by"], len(held["samples"])) == ("balance 0.23.0", 40)
    for sample in held["samples"]:
        shares = [np.array(wanted) / sum(wanted) for wanted in sample["wanted"]]
        ours = rake(sample["counts"], shares, lightest=1e-6, heaviest=1e6)
        assert ours.weights == pytest.approx(np.array(sample["weights"]), abs=1e-6)
        assert ours.design == pytest.approx(sample["design"], abs=1e-6)


def test_weights_are_trimmed_and_what_stays_uneven_is_told() -> None:
    found = rake([[95, 5]], [[1.0], [0.5, 0.5]])

    assert found.weights.max() / found.weights.min() <= HEAVIEST / LIGHTEST + 1e-9
    assert found.off > 0.1


def test_a_band_nobody_answered_from_is_refused_by_name() -> None:
    found = rake([100, 0], [[0.8, 0.2]], names=[["25+", "16-24"]])

    assert "16-24" in found.refused
    assert found.effective == 0


def test_too_few_effective_answers_are_refused() -> None:
    assert "30" in rake([20, 8], [[0.5, 0.5]]).refused
    assert rake([40, 40], [[0.5, 0.5]]).refused == ""


def test_margins_that_do_not_fit_the_table_are_a_fault() -> None:
    with pytest.raises(ValueError, match="`margins`"):
        fit([[1, 2]], [[3]])
    with pytest.raises(ValueError, match="nobody"):
        fit([1, 0], [[1, 1]])
