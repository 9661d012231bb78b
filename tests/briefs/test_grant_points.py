"""Grants drawn on the map. Expected: read by hand from data/places/testham/grants.csv."""

from __future__ import annotations

from dataclasses import replace

import shapely

from needsmap.analysis.voice import Voice
from needsmap.briefs.grant_points import grant_points, grant_points_words
from needsmap.briefs.overview import make_overview
from needsmap.picture import Picture
from needsmap.places.areas import outlines
from needsmap.places.pack import Pack


def test_each_area_a_grant_was_for_has_one_point_inside_its_outline(testham: Pack) -> None:
    found = grant_points(testham)

    assert set(found["name"]) == {
        "Testham T05: 1 grant, £1,000", "Testham T01: 1 grant, £2,000", "South: 1 grant, £3,000",
    }  # fmt: skip
    for row in found.itertuples():
        _, level, code = row.service_id.split(" ")
        outline = outlines(testham, level).set_index("code").geometry[code]
        assert outline.contains(shapely.Point(row.longitude, row.latitude))


def test_what_is_for_the_whole_place_or_elsewhere_has_no_point_and_is_counted(
    testham: Pack,
) -> None:
    assert "3 of 5 are on the map" in grant_points_words(testham)


def test_a_grant_for_several_areas_is_split_and_says_so(testham: Pack) -> None:
    people = testham.people("ward")
    two = testham.grants.head(1).assign(
        **{
            "Beneficiary Location:Geographic Code": ";".join(people.index[:2]),
            "Amount Awarded": 1000.0,
        }
    )
    shared = replace(testham, grants=two)

    found = dict(zip(grant_points(shared)["service_id"], grant_points(shared)["name"], strict=True))

    assert len(found) == 2
    for code in people.index[:2]:
        part = 1000 * people[code] / people[people.index[:2]].sum()
        name = found[f"grant ward {code}"]
        assert f"1 grant, £{part:,.0f}" in name and "split by people" in name


def test_the_map_shows_grants_when_chosen_with_a_word_of_caution(
    testham: Pack, nobody: Voice
) -> None:
    without = make_overview(Picture(show="index"), testham, nobody, None)
    shown = make_overview(Picture(show="index", services=("grant",)), testham, nobody, None)

    assert "grant" in [entry.id for entry in shown.menu.services]
    assert set(shown.services["category"]) == {"grant"} and "grant" not in set(
        without.services["category"]
    )
    assert any("not where the work is done" in words for words in shown.cautions)
    assert not any("not where the work is done" in words for words in without.cautions)
