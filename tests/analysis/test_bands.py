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

    assert adds_up(fine, "16-24") == ["16-19", "20-24"]
    assert adds_up(fine, "35+") == ["35+"]


@pytest.mark.parametrize("coarse", ["16-22", "18-24", "60+"])
def test_bands_that_cut_through_finer_ones_are_not_compared(coarse: str) -> None:
    assert adds_up(["16-19", "20-24", "25+"], coarse) is None


def test_bands_that_are_not_ages_must_be_the_same_word() -> None:
    assert adds_up(["Woman", "Man"], "Woman") == ["Woman"]
    assert adds_up(["Woman", "Man"], "Other") is None
    assert limits("Woman") is None
