"""Answers are placed at the finest level that is certain, and never guessed.

Expected areas are read off Testham's own files: nine areas T01-T09 in a grid, three to a
ward (TW1 North, TW2 Middle, TW3 South), squares of 0.01 degrees from 2.00 E, 55.20 N.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyproj
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from needsmap.intake.british_grid import read_grid
from needsmap.intake.locate import Locator
from needsmap.intake.survey import inspect
from needsmap.places.pack import Pack, open_pack
from needsmap.tables import LOOKUPS

MORE = [
    ("old_code", "OLD1", "area", "T01"),
    ("old_code", "OLD2", "area", "T01"),  # split within a ward
    ("old_code", "OLD2", "area", "T02"),
    ("old_code", "OLD3", "area", "T01"),  # split across wards
    ("old_code", "OLD3", "area", "T09"),
    ("postcode", "TT11AB", "area", "T02"),
    ("street", "long lane", "area", "T04"),
    ("street", "long lane", "area", "T05"),
    ("street", "chestnut avenue", "area", "T08"),
    ("street", "saint peters saint", "area", "T09"),  # as lookups write "St. Peter's St."
]


@pytest.fixture(scope="module")
def testham(request: pytest.FixtureRequest) -> Pack:
    project = Path(__file__).resolve().parents[2]
    pack = open_pack(project / "data" / "places" / "testham")
    lookups = pd.concat([pack.lookups, pd.DataFrame(MORE, columns=list(LOOKUPS))])
    names = {
        **pack.names,
        "ward": {"TW1": "Dunmore", "TW2": "District 2 – The Hill", "TW3": "St. Anne's & Quay"},
        "area": {**pack.names["area"], "T01": "Hale 001A", "T02": "Hale 001B", "T07": "Quay End"},
    }
    return replace(pack, lookups=lookups, names=names)


@pytest.fixture(scope="module")
def locator(testham: Pack) -> Locator:
    return Locator(testham)


@pytest.mark.parametrize(
    ("text", "level", "code"),
    [
        ("TT3 1AA", "area", "T03"),
        ("tt31aa", "area", "T03"),
        ("  TT3   1aa ", "area", "T03"),
        ("TT3 1A", "", ""),
        ("TT1", "ward", "TW1"),
        ("TT1 1", "ward", "TW1"),
        ("TT3", "area", "T03"),
        ("T05", "area", "T05"),
        ("tw3", "ward", "TW3"),
        ("OLD1", "area", "T01"),
        ("OLD2", "ward", "TW1"),
        ("OLD3", "authority", "TA1"),
        ("Dunmore", "ward", "TW1"),
        ("dunmore ward", "ward", "TW1"),
        ("Dunmoor", "ward", "TW1"),
        ("district 2", "ward", "TW2"),
        ("2", "ward", "TW2"),
        ("District 2 (Cllr Ann Example)", "ward", "TW2"),
        ("The Hill", "ward", "TW2"),
        ("st annes and quay", "ward", "TW3"),
        ("Hale 001B", "area", "T02"),
        ("I live in Dunmore near the shop", "ward", "TW1"),
        ("Dunmore or Quay End", "", ""),
        ("Timbuktu", "", ""),
        ("Long Lane", "ward", "TW2"),
        ("12 long ln", "ward", "TW2"),
        ("Flat 3, 12a Long Lane, Testham", "ward", "TW2"),
        ("Chestnutt Ave.", "area", "T08"),
        ("Chestnut Close", "", ""),
        ("ST PETER'S ST", "area", "T09"),
        ("TT11", "ward", "TW1"),
        ("TT1 1**", "ward", "TW1"),
        ("", "", ""),
        ("{{7*7}}", "", ""),
    ],
)
def test_a_text_is_placed_where_it_is_certain(
    locator: Locator, text: str, level: str, code: str
) -> None:
    found = locator.find(text)

    assert (found.level, found.area_code) == (level, code)
    assert bool(found.area_code) == (found.how != "none")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("OLD3", "old_code_split"),
        ("TT1", "postcode_part"),
        ("Dunmoor", "spelling"),
        ("Dunmore or Quay End", "location_ambiguous"),
        ("Timbuktu", "location_unknown"),
        ("TT9 9ZZ", "location_unknown"),
        ("Dunmore", ""),
        ("Long Lane", "street_split"),
        ("Chestnut Avenu", "spelling"),
        ("", ""),
    ],
)
def test_whatever_was_not_plain_is_said(locator: Locator, text: str, code: str) -> None:
    found = locator.find(text)

    assert found.code == code
    assert bool(found.note) == bool(code)


def test_names_that_differ_in_a_number_are_never_confused(locator: Locator) -> None:
    assert locator.find("Hale 001C").area_code == ""


def test_points_are_placed_and_swapped_axes_are_said(locator: Locator) -> None:
    north, east = 55.225, 2.005  # the middle of T01's square

    plain, swapped, outside, unknown = locator.find_points(
        np.array([north, east, 10.0, np.nan]), np.array([east, north, 10.0, np.nan])
    )

    assert (plain.area_code, plain.how, plain.code) == ("T01", "point", "")
    assert (swapped.area_code, swapped.code) == ("T01", "axes_swapped")
    assert (outside.area_code, outside.code) == ("", "outside_place")
    assert (unknown.area_code, unknown.code) == ("", "")
    assert locator.find(f"{north}, {east}").area_code == "T01"
    assert locator.find(f"{north} {east} 12.0 4.5").area_code == "T01"


def test_metres_of_the_national_grid_are_points_too(locator: Locator) -> None:
    # The middle of T01's square; pyproj turns it the other way than the code under test.
    turned = pyproj.Transformer.from_crs(4326, 27700).transform(55.225, 2.005)
    east, north = (round(metres) for metres in turned)

    plain, swapped, outside = locator.find_points(
        np.array([north, east, 100_000.0]), np.array([east, north, 100_000.0])
    )

    assert (plain.area_code, plain.how, plain.code) == ("T01", "point", "")
    assert (swapped.area_code, swapped.code) == ("T01", "axes_swapped")
    assert outside.code == "outside_place"
    assert locator.find(f"{east}, {north}").area_code == "T01"


def test_eastings_and_northings_in_two_columns_are_one_place(testham: Pack) -> None:
    turned = pyproj.Transformer.from_crs(4326, 27700).transform(55.225, 2.005)
    east, north = (round(metres) for metres in turned)
    for headings, row in (("Easting,Northing", f"{east},{north}"), ("lat,lng", "55.2251,2.0051")):
        text = f'What do you need?,{headings}\nParks,{row}\nBuses,{row}\nFood,"",""\n'
        seen = inspect(text.encode(), "x.csv", pack=testham)

        assert seen.whereabouts.table["area_code"].tolist() == ["T01", "T01", ""], headings
        assert (seen.whereabouts.kind, seen.whereabouts.located) == ("point", 2)
        assert {p.column for p in seen.personal} >= {2, 3}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Ordnance Survey, "A guide to coordinate systems in Great Britain": Caister tower.
        ("TG 51409 13177", (651409.5, 313177.5)),
        ("tg5140913177", (651409.5, 313177.5)),
        # Trafalgar Square, ordnancesurvey.co.uk: TQ 300 804 is 530000, 180400.
        ("TQ 300 804", (530050.0, 180450.0)),
        ("530000 180400", (530000.0, 180400.0)),
        ("M16 0PQ", None),
        ("E01006074", None),
        ("TQ 3000 804", None),
    ],
)
def test_grid_references_are_read(text: str, expected: tuple[float, float] | None) -> None:
    assert read_grid(text) == expected


def test_many_texts_keep_their_order(locator: Locator) -> None:
    table = locator.locate(["TT3 1AA", "", "Dunmore", "TT3 1AA"])

    assert table["area_code"].tolist() == ["T03", "", "TW1", "T03"]
    assert table["how"].tolist() == ["postcode", "none", "area_name", "postcode"]


@given(st.text(max_size=80))
@settings(max_examples=200, deadline=None)
def test_any_text_is_somewhere_or_nowhere(text: str) -> None:
    found = _shared().find(text)
    assert found.level in {"", "area", "ward", "authority"}


def _shared() -> Locator:
    if not _kept:
        project = Path(__file__).resolve().parents[2]
        _kept.append(Locator(open_pack(project / "data" / "places" / "testham")))
    return _kept[0]


_kept: list[Locator] = []
