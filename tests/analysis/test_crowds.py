"""Counts by crowd equal counts person by person, whether or not a group splits the crowds."""

import numpy as np
import pytest

from needsmap.analysis import crowds as crowds_module
from needsmap.analysis.counting import by_bands, count_people, count_themes
from needsmap.analysis.crowds import make_crowds, part_into_crowds
from needsmap.analysis.voice import Voice, compile_voice
from tests.analysis.test_voice import LEVELS, MEMBERSHIP, survey

AGES = ("16-24", "25-64", "65+")
NEEDS = ("bus", "green", "youth")


def town(people: int = 400) -> tuple[Voice, list, list, list]:
    """Return a voice with what everybody said, where they live, and their age."""
    random = np.random.default_rng(31)
    needs = [
        None if random.random() < 0.1 else [n for n in NEEDS if random.random() < 0.4]
        for _ in range(people)
    ]
    where = [("lsoa", f"A{random.integers(1, 5)}") for _ in range(people)]
    ages = [None if random.random() < 0.2 else str(random.choice(AGES)) for _ in range(people)]
    return compile_voice([survey(needs, where, ages)], MEMBERSHIP, LEVELS), needs, where, ages


@pytest.mark.parametrize("fewest", [20_000, 0], ids=["in crowds", "person by person"])
def test_filters_and_bands_count_the_same_people(
    fewest: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crowds_module, "FEW_CROWDS", fewest)
    monkeypatch.setattr(crowds_module, "PEOPLE_A_CROWD", 8 if fewest else 10**6)
    voice, needs, where, ages = town()
    one = voice.surveys[0]
    question = one.questions[0]
    counted = count_themes(voice, [(one.id, question.id)], "lsoa", (("age", "65+"),))
    old = [i for i, age in enumerate(ages) if age == "65+"]

    assert ("age" in one.crowds.bands) == bool(fewest)
    for row, code in enumerate(counted.codes):
        here = [i for i in old if where[i][1] == code and needs[i] is not None]
        assert counted.base_by_area[row] == len(here)
        for column, theme in enumerate(counted.themes):
            assert counted.by_area[row, column] == sum(theme in needs[i] for i in here)
    assert count_people(voice, [one.id], "lsoa", (("age", "65+"),))[1] == len(old)

    table = by_bands(one, question, [("age", AGES)])
    for row, band in enumerate(AGES):
        said = [needs[i] for i, age in enumerate(ages) if age == band and needs[i] is not None]
        named = [sum(theme in n for n in said) for theme in question.themes]
        assert table[row].tolist() == [*named, len(said)]


def test_a_group_that_would_make_a_crowd_of_nearly_everybody_is_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(crowds_module, "FEW_CROWDS", 10)
    places = np.arange(4).repeat(100)
    random = np.random.default_rng(32)
    groups = {
        "age": (random.integers(-1, 3, 400).astype(np.int16), 3),
        "street": (np.arange(400).astype(np.int16), 400),
    }
    order, numbers, split = part_into_crowds(places, groups)
    found = make_crowds(numbers, places[order], {g: groups[g][0][order] for g in split})

    assert split == ("age",)
    assert len(found.places) == 16
    assert (np.diff(found.places) >= 0).all()
    assert sorted(order) == list(range(400))


def test_nobody_makes_no_crowds() -> None:
    nobody = np.zeros(0, dtype=np.int64)
    order, numbers, _ = part_into_crowds(nobody, {"age": (nobody.astype(np.int16), 3)})
    found = make_crowds(numbers, nobody[order], {})

    assert len(found.places) == 0
    assert found.by_place(np.zeros((0, 2), dtype=np.int64), None, 3).tolist() == [[0, 0]] * 3
