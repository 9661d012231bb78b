"""An English pack from official-style files. Every expected value is read off conftest.

Deciles: ceil(10·rank/33755), as MHCLG forms them for 33,755 areas in 2025.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from needsmap.errors import NeedsmapError
from needsmap.places.build.england import build_england
from needsmap.places.build.report import Built
from needsmap.places.check import check_pack
from needsmap.places.lookups import find
from needsmap.places.pack import Pack, open_pack
from tests.places.build.conftest import CODES, FILE7, areas, box, collection

AUTHORITY = "E06000001"


def build(source: Path) -> tuple[Built, Pack]:
    built = build_england(AUTHORITY, source, source.parent / "pack")
    assert list(check_pack(built.folder)) == []
    return built, open_pack(built.folder)


def left(built: Built) -> set[tuple[str | None, int | None]]:
    return {(p.file, p.row) for p in built.report.left_aside}


def test_file_7_and_outlines_are_enough_and_the_rest_is_said_to_be_missing(
    official: Path,
) -> None:
    built, pack = build(official)

    assert (pack.name, pack.title, pack.country) == ("smallham", "Smallham", "GB")
    assert pack.indicators["iod2025_imd_decile"].tolist() == [1, 1, 2, 10]
    assert pack.indicators["iod2025_income_score"].tolist() == [0.4, 0.3, 0.2, 0.1]
    assert pack.names["lsoa"]["E01000001"] == "Smallham 001A"
    assert [x.id for x in pack.levels] == ["lsoa", "authority"]
    assert pack.missing == ("services", "population", "grants")
    assert len(built.report.missing) == 6  # MSOAs, wards, people, postcodes, services, grants


def test_a_file_of_every_kind_is_used_for_what_it_is(complete: Path) -> None:
    _, pack = build(complete)

    assert pack.membership["ward"].tolist() == ["E05000001"] * 2 + ["E05000002"] * 2
    assert pack.names["ward"] == {"E05000001": "Ash", "E05000002": "Beech"}
    assert pack.people("ward").tolist() == [60, 60]
    assert find(pack, "postcode", "ZZ1 1AB") == [("lsoa", "E01000004")]
    assert sorted(find(pack, "old_code", "E01999999")) == [("lsoa", c) for c in CODES[:2]]
    assert find(pack, "old_code", "E01000003") == []  # never changed: its own code finds it
    assert set(pack.services["name"]) == {"Ash Library", "Beech Library", "The Plots"}
    assert set(pack.services["category"]) == {"library", "allotment"}
    assert pack.grants["Identifier"].tolist() == ["360G-x-1"]
    assert pack.missing == ()


def test_town_centres_are_points_on_the_map_with_a_symbol_of_their_own(complete: Path) -> None:
    # As the open file of Trafford's town centres has them: GeoJSON points with name, lat, lon.
    point = {"type": "Point", "coordinates": [0.05, 50.05]}
    about = {"name": "Ash", "lat": 50.05, "lon": 0.05, "URI": "http://example.org/1"}
    feature = {"type": "Feature", "properties": about, "geometry": point}
    (complete / "smallham_town_centres.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "features": [feature]})
    )

    _, pack = build(complete)

    found = pack.services[pack.services["category"] == "town_centre"]
    assert found[["name", "latitude", "longitude"]].to_numpy().tolist() == [["Ash", 50.05, 0.05]]


def test_a_service_without_a_point_is_placed_by_its_postcode_and_says_so(complete: Path) -> None:
    built, pack = build(complete)
    beech = pack.services.set_index("name").loc["Beech Library"]

    assert (beech["latitude"], beech["longitude"]) == (50.05, 0.35)
    assert "postcode" in beech["source"]
    assert any("1 row lies outside" in p.message for p in built.report.left_aside)


def test_each_file_is_credited_as_its_publisher_asks(complete: Path) -> None:
    build(complete)
    package = json.loads((complete.parent / "pack" / "datapackage.json").read_text())
    credit = {r["path"]: r.get("sources", []) for r in package["resources"]}
    by_path = {s["path"]: s for s in package["sources"]}

    assert by_path["index.csv"]["title"] == "English indices of deprivation 2025, File 7"
    assert "MHCLG" in by_path["index.csv"]["attribution"]
    assert by_path["lsoa.geojson"]["date"] == "2021"
    crown = "Contains National Statistics and OS data © Crown copyright and database right"
    assert by_path["lsoa.geojson"]["attribution"].startswith(crown)
    assert by_path["wards.geojson"]["date"] == "2024"
    assert "Contains Royal Mail data" in by_path["postcodes.csv"]["attribution"]
    assert "Royal Mail" not in by_path["lsoa.geojson"]["attribution"]
    assert by_path["people.csv"]["date"] == "2021-03-21"
    assert by_path["allotments.csv"]["licence"].startswith("Open Database License")
    assert by_path["allotments.csv"]["attribution"] == "© OpenStreetMap contributors"
    assert by_path["grants.json"]["licence"] == "https://creativecommons.org/licenses/by/4.0/"
    assert by_path["grants.json"]["title"] == "Grants by The Fund"
    assert all(s["licence"] and s["attribution"] for s in package["sources"])
    assert {s["path"] for s in credit["services.csv"]} == {"libraries.csv", "allotments.csv"}
    assert {s["path"] for s in credit["grants.csv"]} == {"grants.json"}


HEADINGS = [
    "name,lon,lat\nPark Pool,{lon},{lat}\n",
    "Site Name,Longitude,Latitude\nPark Pool,{lon},{lat}\n",
    "Facility_Name;LNG;LAT\nPark Pool;{lon};{lat}\n",
    "FACILITYNAME\tGeoX\tGeoY\nPark Pool\t{lon}\t{lat}\n",
    "id,Name,address,X,Y\n1,Park Pool,,{lon},{lat}\n",
]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(HEADINGS[0], "cp1252"), (HEADINGS[1], "utf-16"), *((h, "utf-8-sig") for h in HEADINGS[2:])],
)
def test_headings_delimiters_and_encodings_of_services_may_drift(
    official: Path, text: str, encoding: str
) -> None:
    text = text.format(lon=0.05, lat=50.05)
    (official / "leisure_centres.csv").write_bytes(text.encode(encoding))

    _, pack = build(official)

    found = pack.services[["name", "category", "latitude", "longitude"]].to_numpy().tolist()
    assert found == [["Park Pool", "sports", 50.05, 0.05]]


def test_file_7_may_be_a_workbook(official: Path) -> None:
    rows = [line.split(",") for line in FILE7.splitlines()]
    cells = [[float(c) if c.replace(".", "").isdigit() else c for c in row] for row in rows]
    (official / "index.csv").unlink()
    with pd.ExcelWriter(official / "File_7.xlsx", engine="xlsxwriter") as book:
        pd.DataFrame([["About this file"]]).to_excel(book, sheet_name="Notes", index=False)
        pd.DataFrame(cells).to_excel(book, sheet_name="IoD", header=False, index=False)

    _, pack = build(official)

    assert pack.indicators["iod2025_imd_decile"].tolist() == [1, 1, 2, 10]
    assert pack.indicators["iod2025_imd_rank"].tolist() == [1, 3375, 3376, 33755]


def test_a_row_with_too_many_cells_is_left_aside_and_a_short_one_counts_as_blank(
    complete: Path,
) -> None:
    (complete / "libraries.csv").write_text(
        'name,lon,lat\n"Two\nlines",0.05,50.05\nToo,many,0.15,50.05\nShort,0.15\n'
    )

    built, pack = build(complete)

    assert "Two\nlines" in set(pack.services["name"])
    assert ("libraries.csv", 3) in left(built)
    assert any("libraries.csv" in note and "row 4" in note for note in built.report.notes)


BROKEN: dict[str, bytes] = {
    "empty.csv": b"",
    "blank.csv": b"\n\n\n",
    "nul.csv": b"a\0b,c\n1,2\n",
    "only_headings_people.csv": b"area_code,period,indicator,value\n",
    "quotes.csv": b'name,lon,lat\n"never closed,1,2\n3,4,5\n',
    "wide.csv": b"name,lon,lat\n" + b"x," * 50_000 + b"\n",
    "cell.csv": b"name,lon,lat\n" + b"x" * 200_000 + b",1,2\n",
    "packed.csv.gz": gzip.compress(b"name,lon,lat\na,0.05,50.05\n" * 5000)[:60],
    "no_gzip.csv.gz": b"name,lon,lat\n",
    "book.xlsx": b"PK\x03\x04 no workbook",
    "book.ods": b"",
    "half.geojson": areas().encode()[:200],
    "empty.geojson": b"",
    "list.json": b"[1, 2, 3]",
    "null.json": b"null",
    "deep.json": b"[" * 5000,
    "features.geojson": b'{"type": "FeatureCollection", "features": [1, null, {}, []]}',
    "properties.geojson": json.dumps(
        {"type": "FeatureCollection", "features": [
            {"type": "Feature", "properties": [1], "geometry": [1]},
            {"type": "Feature", "properties": {"LSOA21CD": ["E01000001"]}, "geometry": "x"}]}
    ).encode(),
    "library.geojson": json.dumps(
        {"type": "FeatureCollection", "features": [
            {"type": "Feature", "properties": {"name": {"a": 1}},
             "geometry": {"type": "Point", "coordinates": ["x", None]}},
            {"type": "Feature", "properties": {"name": "L"}, "geometry": None}]}
    ).encode(),
    "grants_a.json": b'{"grants": [1, 2]}',
    "grants_b.json": json.dumps(
        {"grants": [{"amountAwarded": {}, "beneficiaryLocation": 5, "fundingOrganization": "x",
                     "id": [1], "recipientOrganization": [None]}, None, 7]}
    ).encode(),
    "grants.csv": b"Identifier,Amount Awarded,Award Date\n,,\nx,lots,\n",
    "lost.parquet": b"PAR1 broken PAR1",
    "empty.parquet": b"",
    "index2.csv": FILE7.encode().replace(b"33755", b"many").replace(b"2021", b"2011"),
    "postcodes2.csv": b"postcode,lsoa21cd,lat,long\n,,,\nnowhere,E01000001,north,west\n",
    "people2.csv": b"area_code,period,indicator,value\nE01000001,,Aged young,lots\n",
    "wards2.csv": b"lsoa21cd,wd21cd,wd21nm\nE01000001,,\n",
    "lookup2.csv": b"lsoa11cd,lsoa21cd\n,\n",
    "letter.docx": b"words",
}  # fmt: skip


def test_broken_files_of_every_kind_are_left_aside_and_the_pack_is_what_it_was(
    complete: Path,
) -> None:
    before = build(complete)[1]
    for name, content in BROKEN.items():
        (complete / name).write_bytes(content)

    built, pack = build(complete)

    named = {p.file for p in built.report.left_aside}
    named |= {name for name in BROKEN if any(name in note for note in built.report.notes)}
    assert set(BROKEN) - named == set()
    assert not set(BROKEN) & {used["file"] for used in built.report.used}
    assert pack.version == before.version


@pytest.mark.parametrize(
    "name",
    ["wards.geojson", "best_fit.csv", "postcodes.csv", "old_and_new.csv", "people.csv",
     "libraries.csv", "allotments.csv", "grants.json", "index.csv"],
)  # fmt: skip
def test_without_any_one_file_but_the_outlines_there_still_is_a_pack(
    complete: Path, name: str
) -> None:
    (complete / name).write_bytes(b"a,b\n1,2,3\n")

    built, pack = build(complete)

    assert pack.areas["area_code"].tolist() == list(CODES)
    assert name in {p.file for p in built.report.left_aside}


def test_without_file_7_other_files_say_which_areas_these_are(complete: Path) -> None:
    (complete / "index.csv").unlink()

    built, pack = build(complete)

    assert pack.title == "Smallham"
    assert "indicators" in pack.missing
    assert any("best_fit.csv" in note for note in built.report.notes)


def test_the_authoritys_own_outline_may_say_which_areas_these_are(official: Path) -> None:
    (official / "index.csv").unlink()
    (official / "lsoa.geojson").write_text(areas([*CODES, "E01000005"]))
    outer = collection([({"LAD24CD": AUTHORITY, "LAD24NM": "Smallham"}, box(0, 0.4))])
    (official / "authority.geojson").write_text(outer)

    _, pack = build(official)

    assert (pack.title, pack.areas["area_code"].tolist()) == ("Smallham", list(CODES))


@pytest.mark.parametrize("case", ["none", "broken", "one lacks", "of 2011"])
def test_missing_outlines_stop_the_build_in_words_and_nothing_is_written(
    complete: Path, case: str
) -> None:
    file = complete / "lsoa.geojson"
    if case == "none":
        file.unlink()
    elif case == "broken":
        file.write_text(file.read_text()[:-40])
    elif case == "one lacks":
        file.write_text(areas(CODES[:3]))
    else:
        file.write_text(areas(("E01999991", *CODES[1:]), "LSOA11CD"))

    with pytest.raises(NeedsmapError) as refused:
        build_england(AUTHORITY, complete, complete.parent / "pack")

    assert "outlines" in refused.value.what
    assert "outlines" in refused.value.fix
    assert not (complete.parent / "pack").exists()


def test_where_one_file_has_a_broken_outline_the_next_file_is_used(official: Path) -> None:
    rows = json.loads(areas())
    rows["features"][1]["geometry"]["coordinates"] = [[[0, 0], [1, 1]]]
    # Larger, so that it would be the more detailed one.
    (official / "a_detailed.geojson").write_text(json.dumps(rows, indent=8))

    built, pack = build(official)

    assert len(pack.areas) == 4
    assert ("a_detailed.geojson", 2) in left(built)


def test_outlines_may_be_geoparquet_and_in_the_british_grid(official: Path) -> None:
    (official / "lsoa.geojson").unlink()
    frame = gpd.GeoDataFrame(
        {"LSOA21CD": CODES},
        geometry=[shapely.box(i / 10, 50, i / 10 + 0.1, 50.1) for i in range(4)],
        crs=4326,
    )
    frame.to_crs(27700).to_parquet(official / "lsoa.parquet")

    _, pack = build(official)

    assert pack.areas["area_code"].tolist() == list(CODES)


def test_a_new_build_removes_what_it_no_longer_makes_and_nothing_else(complete: Path) -> None:
    _, first = build(complete)
    pack = first.folder
    (pack / "themes.toml").write_text("")
    (pack / "notes.txt").write_text("mine")
    for name in ("wards.geojson", "grants.json", "libraries.csv", "allotments.csv"):
        (complete / name).unlink()

    build(complete)

    kept = {p.relative_to(pack).as_posix() for p in pack.rglob("*") if p.is_file()}
    assert {"themes.toml", "notes.txt", "areas.geojson", "lookups.csv"} <= kept
    assert not kept & {"grants.csv", "services.csv", "levels/ward.geojson"}


@pytest.mark.parametrize("case", ["file", "other files", "source", "above the source"])
def test_a_pack_is_never_written_over_other_files(official: Path, case: str) -> None:
    out = official.parent / "out"
    if case == "file":
        out.write_text("mine")
    elif case == "other files":
        out.mkdir()
        (out / "services.csv").write_text("mine")
    elif case == "source":
        out = official
    else:
        out = official.parent
    before = {p: p.read_bytes() for p in official.parent.rglob("*") if p.is_file()}

    with pytest.raises(NeedsmapError) as refused:
        build_england(AUTHORITY, official, out)

    assert "--out" in refused.value.fix
    assert {p: p.read_bytes() for p in official.parent.rglob("*") if p.is_file()} == before


def test_a_pack_made_inside_the_folder_is_not_taken_for_a_source(official: Path) -> None:
    out = official / "made"
    first = build_england(AUTHORITY, official, out)
    again = build_england(AUTHORITY, official, out)

    assert first.report.used == again.report.used


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda f: f / "nowhere", "no folder"),
        (lambda f: f / "index.csv", "is a file"),
        (lambda f: (f / "empty").mkdir() or f / "empty", "is empty"),
    ],
)
def test_a_folder_that_is_none_is_refused_in_one_sentence(
    official: Path, make: Callable[[Path], Path], words: str
) -> None:
    with pytest.raises(NeedsmapError, match=words) as refused:
        build_england(AUTHORITY, make(official), official.parent / "pack")

    assert "--from" in refused.value.fix
