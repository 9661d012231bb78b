"""The index worked out again: METHODS notes §4.1, and the official files themselves."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from needsmap.analysis import deprivation

N2025 = 33_755
N2019 = 32_844
ORDER = list(deprivation.WEIGHTS)
HEADINGS = {
    "income": "Income Rank (where 1 is most deprived)",
    "employment": "Employment Rank (where 1 is most deprived)",
    "education": "Education, Skills and Training Rank (where 1 is most deprived)",
    "health": "Health Deprivation and Disability Rank (where 1 is most deprived)",
    "crime": "Crime Rank (where 1 is most deprived)",
    "barriers": "Barriers to Housing and Services Rank (where 1 is most deprived)",
    "living": "Living Environment Rank (where 1 is most deprived)",
}
SCORE = "Index of Multiple Deprivation (IMD) Score"
RANK = "Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)"
DECILE = "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)"


@pytest.mark.parametrize(
    ("where", "score"),
    [(1, 100), (0.1, 2.3903), (0.5, 15.6468), (0.9, 50.4267), (0.95, 63.8476), (0.99, 86.9573)],
)
def test_transformation_has_its_published_property(where: float, score: float) -> None:
    assert deprivation.transform(where) == pytest.approx(score, abs=5e-5)


def test_weights_add_to_0_999_and_stay_so() -> None:
    assert sum(deprivation.WEIGHTS.values()) == pytest.approx(0.999)


@pytest.mark.parametrize(
    ("ranks", "score", "rank", "decile"),
    [
        ((33730, 33708, 33755, 33108, 33698, 29220, 244), 8.742, 26525, 8),
        ((805, 124, 627, 66, 260, 20405, 28372), 71.945, 216, 1),
    ],
    ids=["E01000001", "E01011978 Hartlepool 012D"],
)
def test_published_scores_come_out(ranks: tuple, score: float, rank: int, decile: int) -> None:
    table = pd.DataFrame([ranks], columns=ORDER)

    assert deprivation.overall_score(table, of=N2025)[0] == pytest.approx(score, abs=0.001)
    assert deprivation.tenth(rank, of=N2025) == decile


def test_domain_scores_of_the_city_of_london_come_out() -> None:
    ranks = np.array([33730, 33708, 33755, 33108, 33698, 29220, 244])
    scores = deprivation.transform(deprivation.position(ranks, of=N2025))

    assert scores == pytest.approx([0.0175, 0.0323, 0.0007, 0.44, 0.039, 3.273, 89.9298], abs=6e-5)


@pytest.mark.shelf
def test_all_of_england_2025_comes_out(shelf: Path) -> None:
    file = shelf / "uk/england/iod2025_file7_reconstructed_england.csv.gz"
    table = pd.read_csv(file)
    ranks = table[list(HEADINGS.values())].set_axis(ORDER, axis=1)

    score = deprivation.overall_score(ranks, of=len(table))
    tenths = deprivation.tenth(table[RANK], of=len(table))

    assert len(table) == N2025
    assert int(((score - table[SCORE]).abs() < 0.001).sum()) == N2025
    assert int((tenths == table[DECILE]).sum()) == N2025


GOLDEN_2019 = {
    "Hartlepool": (35.037, 0.3621, 0.4973),
    "Middlesbrough": (40.460, 0.4884, 0.5710),
    "Blackpool": (45.039, 0.4149, 0.5766),
    "Knowsley": (43.006, 0.4694, 0.5992),
}


@pytest.mark.shelf
def test_authority_summaries_of_2019_come_out(shelf: Path) -> None:
    table = pd.read_csv(shelf / "uk/england/iod2019_file7_reconstructed_england.csv.gz")
    areas = pd.DataFrame(
        {
            "authority": table["Local Authority District name (2019)"],
            "score": table[SCORE],
            "rank": table[RANK],
            "people": table["Total population: mid 2015 (excluding prisoners)"],
        }
    )
    found = deprivation.summarise(areas, of=len(areas))

    assert len(areas) == N2019
    for name, (score, proportion, extent) in GOLDEN_2019.items():
        assert found.loc[name, "average_score"] == pytest.approx(score, abs=0.0005)
        assert found.loc[name, "proportion"] == pytest.approx(proportion, abs=0.00005)
        assert found.loc[name, "extent"] == pytest.approx(extent, abs=0.00005)
    assert found.loc["Blackpool", "average_rank"] == pytest.approx(26765.29, abs=0.005)
    assert found.loc["Blackpool", "concentration"] == pytest.approx(32838.16, abs=0.005)


SUMMARIES = {
    "average_rank": ("IMD - Average rank ", 0.2),
    "average_score": ("IMD - Average score ", 0.0005),
    "proportion": ("IMD - Proportion of LSOAs in most deprived 10% nationally ", 0.00005),
    "extent": ("IMD 2019 - Extent ", 0.00005),
    "concentration": ("IMD 2019 - Local concentration ", 0.2),
}
"""Our summary → heading of the official file (its spaces too) and half its last digit.

Ranks run to 32,844; two tenths of a rank is what people counted by other months move."""


@pytest.mark.shelf
def test_all_317_authorities_of_2019_equal_the_official_file(shelf: Path) -> None:
    table = pd.read_csv(shelf / "uk/england/iod2019_file7_reconstructed_england.csv.gz")
    ranks = table[list(HEADINGS.values())].set_axis(ORDER, axis=1)
    areas = pd.DataFrame(
        {
            "authority": table["Local Authority District code (2019)"],
            # The published scores are rounded; the ranks they come from are not.
            "score": deprivation.overall_score(ranks, of=len(table)),
            "rank": table[RANK],
            "people": table["Total population: mid 2015 (excluding prisoners)"],
        }
    )
    file = "File_10_-_IoD2019_Local_Authority_District_Summaries__lower-tier__.xlsx"
    official = pd.read_excel(
        shelf / "uk/official_files" / file, sheet_name="IMD", engine="calamine"
    ).set_index("Local Authority District code (2019)")

    found = deprivation.summarise(areas, of=len(areas))

    assert len(found) == len(official) == 317
    for ours, (heading, off) in SUMMARIES.items():
        apart = (found[ours] - official[heading].reindex(found.index)).abs()
        # A twentieth more than half a digit, for what lies between two printed figures.
        assert int((apart <= off * 1.05).sum()) == 317, ours


def test_weights_divided_by_their_sum_would_miss_the_published_scores() -> None:
    # METHODS notes §4.1: renormalised weights are off by up to 0.094.
    ranks = pd.DataFrame([(805, 124, 627, 66, 260, 20405, 28372)], columns=ORDER)
    score = deprivation.overall_score(ranks, of=N2025)[0]

    assert abs(score / sum(deprivation.WEIGHTS.values()) - 71.945) > 0.05


def test_a_larger_area_stands_at_the_mean_of_its_people() -> None:
    index = ["a", "b", "c"]
    where = pd.Series([1.0, 0.0, 0.5], index=index)
    people = pd.Series([300.0, 100.0, 50.0], index=index)
    parents = pd.Series(["east", "east", "west"], index=index)

    found = deprivation.weighted_position(where, people, parents)

    assert found.to_dict() == {"east": 0.75, "west": 0.5}
