"""Who was heard against who lives there."""

import pandas as pd
import pytest

from needsmap.analysis.counting import group_bands
from needsmap.analysis.coverage import areas_heard, groups_heard, overlap
from needsmap.analysis.voice import compile_voice
from tests.analysis.test_voice import LEVELS, MEMBERSHIP, survey


def test_overlap_of_the_go_vocal_example() -> None:
    # METHODS notes §4.3: 100, 75 and 80 of 1,000 people each.
    heard = [100 / 255, 75 / 255, 80 / 255]

    assert overlap(heard, [1 / 3] * 3) == pytest.approx(0.941, abs=0.0005)


def test_areas_are_measured_against_their_people() -> None:
    where = [("ward", "W1")] * 60 + [("ward", "W2")] * 20
    voice = compile_voice([survey([["bus"]] * 80, where, [None] * 80)], MEMBERSHIP, LEVELS)
    people = pd.Series({"W1": 3000.0, "W2": 3000.0})

    table, total = areas_heard(voice, ["s1"], "ward", people)

    assert total == 80
    # 60 of 80 answers for half of the people: index 150; 20 of 80: index 50.
    assert table["index"].tolist() == [150, 50]
    # k with (20 + k) / (80 + k) = 1/2 is 40.
    assert table["more"].tolist() == [0, 40]


def test_areas_with_nobody_are_named_and_small_ones_hidden() -> None:
    where = [("lsoa", "A1")] * 30 + [("lsoa", "A2")] * 3
    voice = compile_voice([survey([["bus"]] * 33, where, [None] * 33)], MEMBERSHIP, LEVELS)
    people = pd.Series(1000.0, index=["A1", "A2", "A3", "A4"])

    table, _ = areas_heard(voice, ["s1"], "lsoa", people)

    assert table["nobody"].tolist() == [False, False, True, True]
    assert table["index"].isna().tolist() == [False, True, False, False]
    assert table["count"].isna().tolist() == [False, True, False, False]


def test_unknown_population_gives_counts_without_an_index() -> None:
    voice = compile_voice(
        [survey([["bus"]] * 9, [("ward", "W1")] * 9, [None] * 9)], MEMBERSHIP, LEVELS
    )

    table, _ = areas_heard(voice, ["s1"], "ward", pd.Series(dtype=float))

    assert table["index"].isna().all()
    assert table["count"].tolist() == [10, 0]


def test_groups_are_measured_against_added_up_population_bands() -> None:
    ages = ["16-24"] * 20 + ["25+"] * 60 + ["Prefer not to say"] * 10
    voice = compile_voice([survey([["bus"]] * 90, [("", "")] * 90, ages)], MEMBERSHIP, LEVELS)
    population = pd.DataFrame(
        {
            "group": "age", "band": ["0-15", "16-19", "20-24", "25-64", "65+"],
            "people": [900, 500, 500, 2000, 1000],
        }
    )  # fmt: skip

    table = groups_heard(voice, ["s1"], group_bands(voice, ["s1"]), population).set_index("band")

    # 20 of 80 answers, 1,000 of the 4,000 people asked: a fair share exactly.
    assert table.loc["16-24", "share_of_people"] == 0.25
    assert table.loc["16-24", "index"] == 100
    assert table.loc["Prefer not to say", ["share_of_people", "index"]].isna().all()


def test_nobody_heard_gives_an_empty_table_of_groups() -> None:
    voice = compile_voice([], MEMBERSHIP, LEVELS)

    assert len(groups_heard(voice, [], {}, pd.DataFrame(columns=["group", "band", "people"]))) == 0
