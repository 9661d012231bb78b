"""Keys of lookups: how a place is written makes no difference to what is found.

Postcode shapes are those Royal Mail gives (A9 9AA … AA9A 9AA); names are of real streets
and wards with the ways people write them.
"""

from __future__ import annotations

import string
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from needsmap.places.lookups import (
    find,
    is_uk_postcode,
    key_of,
    name_key,
    name_lookups,
    postcode_key,
)
from needsmap.places.pack import open_pack

MakePack = Callable[..., Path]
GAPS = st.sampled_from(["", " ", "  ", "\t", "\u00a0", "-"])
POSTCODES = st.sampled_from(["M1 1AE", "B33 8TH", "CR2 6XH", "DN55 1PT", "W1A 1HQ", "EC1A 1BB"])
WORDS = st.lists(st.text(string.ascii_letters, min_size=1, max_size=8), min_size=1, max_size=5)


@given(POSTCODES, GAPS, GAPS, st.booleans())
def test_spaces_and_case_of_a_postcode_make_no_difference(
    postcode: str, around: str, between: str, lower: bool
) -> None:
    written = around + postcode.replace(" ", between) + around
    written = written.lower() if lower else written

    assert postcode_key(written) == postcode.replace(" ", "")
    assert is_uk_postcode(written)


@pytest.mark.parametrize("text", ["", "M33", "M33 1", "MM33 11A", "ABC1 2DE", "33101", "Sale"])
def test_what_is_no_full_postcode_is_none(text: str) -> None:
    assert not is_uk_postcode(text)


@given(WORDS, st.sampled_from([" ", "  ", "-", " - ", ", ", "/"]), st.booleans())
def test_spacing_punctuation_and_case_of_a_name_make_no_difference(
    words: list[str], gap: str, upper: bool
) -> None:
    written = gap.join(words)

    assert name_key(written.upper() if upper else written) == name_key(" ".join(words))


@given(st.text(max_size=40))
def test_a_key_is_its_own_key(text: str) -> None:
    for kind in ("postcode", "old_code", "name", "street"):
        key = key_of(kind, text)
        assert key_of(kind, key) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Gorse Hill & Cornbrook", "gorse hill and cornbrook"),
        ("St. Mary's", "Saint Marys"),
        ("St Mary’s", "st mary's"),
        ("Itä-Pakila", "ITÄ PAKILA"),
    ],
)
def test_ways_people_write_one_name_have_one_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_accents_that_make_another_name_stay() -> None:
    assert name_key("Itä") != name_key("Ita")


def test_a_postcode_finds_its_area_and_a_split_area_all_its_parts(small_pack: MakePack) -> None:
    pack = open_pack(
        small_pack(
            lookups=pd.DataFrame(
                [
                    ("postcode", "ZZ11AA", "area", "A1"),
                    ("old_code", "OLD1", "area", "A1"),
                    ("old_code", "OLD1", "area", "A2"),
                ],
                columns=["kind", "key", "level", "area_code"],
            )
        )
    )

    assert find(pack, "postcode", " zz1 1aa ") == [("area", "A1")]
    assert find(pack, "postcode", "ZZ1 1AB") == []
    assert sorted(find(pack, "old_code", "old1")) == [("area", "A1"), ("area", "A2")]
    assert find(pack, "name", "zz11aa") == []


def test_names_of_every_level_are_kept_with_their_variants() -> None:
    table = name_lookups(
        {"area": {"a": "St John's"}, "ward": {"w": "Ash & Oak"}}, [("ward", "Ash", "w")]
    )

    assert set(table.itertuples(index=False, name=None)) == {
        ("name", "saint johns", "area", "a"),
        ("name", "ash and oak", "ward", "w"),
        ("name", "ash", "ward", "w"),
    }
