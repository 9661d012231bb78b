"""Finding one's way: what a person types leads to the right area or service.

Expected names, codes and postcodes are read from the pack's own files, not from the code.
"""

from __future__ import annotations

import csv
import json

import pytest
from shapely import unary_union
from shapely.geometry import shape

from needsmap.picture import Viewpoint
from needsmap.places.pack import open_pack
from needsmap.places.search import find, look_at, plain, why_nothing


@pytest.fixture(scope="module")
def folder(project):
    return project / "data" / "places" / "kindleford"


@pytest.fixture(scope="module")
def pack(folder):
    return open_pack(folder)


def rows(folder, name):
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_area_is_found_by_its_name_and_by_its_code(pack, folder):
    areas = json.loads((folder / "areas.geojson").read_text("utf-8"))["features"]
    for area in areas[::7]:
        code, name = area["properties"]["area_code"], area["properties"]["area_name"]

        assert code in {hit.code for hit in find(pack, name)}
        assert find(pack, code.lower())[0].code == code


def test_a_postcode_leads_to_the_area_that_holds_it_however_it_is_written(pack, folder):
    known = [row for row in rows(folder, "lookups.csv") if row["kind"] == "postcode"]
    for row in known[:: len(known) // 5]:
        spaced = f" {row['key'][:-3].lower()} {row['key'][-3:].lower()} "

        first = find(pack, spaced)[0]

        assert (first.kind, first.level, first.code) == ("postcode", row["level"], row["area_code"])


def test_a_ward_stands_before_the_small_areas_named_after_it(pack, folder):
    ward = next(row for row in rows(folder, "levels.csv") if row["level"] == "ward")

    first = find(pack, ward["parent_name"])[0]

    assert (first.level, first.code) == ("ward", ward["parent_code"])


def test_a_service_is_found_by_its_name_with_the_point_it_stands_at(pack, folder):
    service = rows(folder, "services.csv")[3]

    hits = [hit for hit in find(pack, service["name"], most=50) if hit.kind == "service"]

    assert (float(service["latitude"]), float(service["longitude"])) in {
        (hit.latitude, hit.longitude) for hit in hits
    }


@pytest.mark.parametrize("text", ["", " ", "a", "zzzzzz", "%_[]", "{{7*7}}", "\x00"])
def test_too_little_or_nonsense_finds_nothing(pack, text):
    assert find(pack, text) == []


def test_accents_case_and_punctuation_do_not_count():
    assert plain("Töölön-KÄRKI, St John’s") == "toolon karki st johns"


def test_no_more_than_asked_for(pack):
    assert len(find(pack, "kindleford", most=3)) <= 3


def test_a_street_and_another_name_lead_to_the_area_that_holds_them(pack, folder):
    for kind in ("street", "name"):
        for row in [r for r in rows(folder, "lookups.csv") if r["kind"] == kind][::5]:
            found = {(hit.level, hit.code) for hit in find(pack, row["key"], most=50)}

            assert (row["level"], row["area_code"]) in found, row


def test_a_kind_of_service_is_found_by_the_words_people_use(pack, folder):
    known = [row for row in rows(folder, "services.csv") if row["category"] == "gp"]

    hits = find(pack, "doctor", most=500, kinds={"gp": "Doctor's surgery"})

    assert len(hits) >= len({row["name"] for row in known}) > 0
    assert {hit.category for hit in hits} == {"gp"}


def test_a_postcode_from_elsewhere_is_said_to_be_so(pack):
    # SW1A 1AA is Buckingham Palace; an invented place cannot hold it.
    words = why_nothing(pack, "sw1a1aa")

    assert find(pack, "sw1a1aa") == []
    assert "SW1A 1AA is not among the postcodes of Kindleford" in words
    assert "Nothing here is called “zzz”" in why_nothing(pack, "zzz")
    assert why_nothing(pack, "k") == "Type two letters or more."


def test_the_map_looks_at_the_whole_of_an_area_that_was_found(pack, folder):
    hit = find(pack, "Dunmoor")[0]
    wanted = {
        row["area_code"] for row in rows(folder, "levels.csv") if row["parent_code"] == hit.code
    }
    areas = json.loads((folder / "areas.geojson").read_text("utf-8"))["features"]
    box = unary_union(
        [shape(a["geometry"]) for a in areas if a["properties"]["area_code"] in wanted]
    ).bounds

    view = look_at(pack, hit)

    assert box[0] < view.longitude < box[2] and box[1] < view.latitude < box[3]
    # Leaflet: at zoom z the earth (360 degrees) is 256 * 2**z pixels wide.
    wide = (box[2] - box[0]) / 360 * 256 * 2**view.zoom
    assert 150 < wide <= 560


def test_the_map_looks_at_the_point_of_a_service_that_was_found(pack):
    hit = next(hit for hit in find(pack, "library") if hit.kind == "service")

    assert look_at(pack, hit) == Viewpoint(hit.latitude, hit.longitude, 15)
