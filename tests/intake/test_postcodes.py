"""Postcodes in any spacing and case. Forms: Royal Mail, Programmer's Guide to PAF, 2.5."""

import pytest

from needsmap.intake.postcodes import is_full_postcode, postcode_keys, read_postcode


@pytest.mark.parametrize(
    ("written", "key", "full"),
    [
        ("M16 0RA", "M160RA", True),
        (" m160ra. ", "M160RA", True),
        ("m16-0ra", "M160RA", True),
        ("EC1A 1BB", "EC1A1BB", True),
        ("M16 ORA", "M160RA", True),
        ("M16 0", "M16 0", False),
        ("M160", "M16 0", False),
        ("M16 0**", "M16 0", False),
        ("m16", "M16", False),
    ],
)
def test_a_postcode_is_read_however_it_is_written(written: str, key: str, full: bool) -> None:
    assert read_postcode(written, known={"M16"}) == (key, full)


@pytest.mark.parametrize("written", ["", "Long Lane", "M16 0RAX", "1234", "Hale 001A"])
def test_other_texts_are_no_postcode(written: str) -> None:
    assert read_postcode(written, known=()) is None


def test_a_run_on_sector_is_a_district_where_there_is_one_of_that_name() -> None:
    assert read_postcode("W1A", known={"W1A"}) == ("W1A", False)
    assert read_postcode("E20", known={"E20"}) == ("E20", False)


def test_a_whole_postcode_is_found_by_its_district_and_sector_too() -> None:
    assert postcode_keys("ec1a 1bb") == ("EC1A1BB", "EC1A", "EC1A 1")
    assert postcode_keys("EC1A") == ("EC1A",)
    assert is_full_postcode("ec1a1bb")
    assert not is_full_postcode("EC1A 1")
