"""Bands of age as forms write them."""

import pytest

from needsmap.analysis.bands import adds_up, limits, tidy_age


@pytest.mark.parametrize(
    ("written", "tidy"),
    [
        ("16-24", "16-24"), ("16 – 24", "16-24"), ("16 to 24 years", "16-24"), ("65+", "65+"),
        ("65 and over", "65+"), ("65 or older", "65+"), ("Under 16", "0-15"), ("Over 75", "76+"),
        ("34", "25-34"), ("81", "75+"), ("Prefer not to say", "Prefer not to say"),
    ],
)  # fmt: skip
def test_ages_are_read_as_forms_write_them(written: str, tidy: str) -> None:
    assert tidy_age(written) == tidy


def test_five_year_bands_add_up_to_the_survey_s() -> None:
    fine = ["0-4", "5-9", "10-14", "15-15", "16-19", "20-24", "25-29", "30-34", "35+"]

    assert adds_up(fine, "16-24") == {"16-19": 1.0, "20-24": 1.0}
    assert adds_up(fine, "35+") == {"35+": 1.0}


def test_a_five_year_band_over_an_edge_is_taken_in_part() -> None:
    # 16-24 holds 16, 17, 18, 19 of 15-19: four of its five years.
    assert adds_up(["10-14", "15-19", "20-24", "25-29"], "16-24") == {"15-19": 0.8, "20-24": 1.0}


@pytest.mark.parametrize(
    ("fine", "coarse"),
    [
        (["16-25", "26-45"], "16-30"),
        (["25+"], "60+"),
        (["16-19", "25-29"], "16-29"),
        (["20-24"], "16-24"),
    ],
)
def test_wide_bands_over_an_edge_and_gaps_are_not_compared(fine: list[str], coarse: str) -> None:
    assert adds_up(fine, coarse) is None


def test_bands_that_are_not_ages_must_be_the_same_word() -> None:
    assert adds_up(["Woman", "Man"], "Woman") == {"Woman": 1.0}
    assert adds_up(["Woman", "Man"], "Other") is None
    assert limits("Woman") is None
