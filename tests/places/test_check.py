"""Checking a pack: each fault put in by hand is named with its file, row and column."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from needsmap.errors import BadPack, Problems
from needsmap.places.check import check_pack
from needsmap.places.pack import open_pack

MakePack = Callable[..., Path]


def change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def found(problems: Problems) -> set[tuple[str, str | None, int | None, str | None]]:
    return {(p.code, p.file, p.row, p.column) for p in problems}


def test_a_good_pack_has_no_faults(small_pack: MakePack) -> None:
    assert list(check_pack(small_pack())) == []


CASES = [
    # (file, text, put in its place, code, row, column): rows count as a spreadsheet counts
    ("areas.geojson", '"A2"', '"A1"', "duplicate_area_code", 2, "area_code"),
    ("areas.geojson", '"area_code":"A2"', '"area_code":""', "missing_area_code", 2, "area_code"),
    ("areas.geojson", '"population":100', '"population":-3', "population", 1, "population"),
    ("areas.geojson", '"population":100', '"population":"many"', "population", 1, "population"),
    ("areas.geojson", '"Polygon"', '"Point"', "geometry_type", 1, None),
    ("levels.csv", "A1,ward,WA,Ash", "A1,ward,WA,Oak", "parent_two_names", 3, "parent_name"),
    ("levels.csv", "A1,ward,WA,Ash\n", "", "level_missing_area", None, "ward"),
    ("levels.csv", "A2,ward,WA,Ash", "A1,ward,WB,Beech", "two_parents", 3, "area_code"),
    ("levels.csv", "A1,ward,WA,Ash", "Z9,ward,WA,Ash", "unknown_area", 2, "area_code"),
    ("levels.csv", "A1,ward,WA,Ash", "A1,parish,WA,Ash", "unknown_level", 2, "level"),
    ("indicators.csv", "A2,10,1", "A2,ten,1", "not_a_number", 3, "Crime Rank"),
    ("indicators.csv", "A2,10,1", "A2,101,1", "rank_range", 3, "Crime Rank"),
    ("indicators.csv", "A2,10,1", "A2,10,2", "decile_rank", 3, "Crime Decile"),
    ("indicators.csv", "A2,10,1", "A2,10,11", "decile_range", 3, "Crime Decile"),
    ("indicators.csv", "A2,10,1", "X2,10,1", "unknown_area", 3, "area_code"),
    ("indicators.csv", "A2,10,1", "A2,10", "row_length", 3, None),
    ("indicators.csv", "Crime Rank", "Crime rank", "missing_column", 1, "Crime Rank"),
    ("services.csv", "50.05,0.05", "0.05,50.05", "service_outside", 2, "name"),
    ("services.csv", "50.05", "inf", "not_a_number", 2, "latitude"),
    ("services.csv", ",library,", ",Library!,", "category", 2, "category"),
    ("services.csv", "2026-01-01", "1/1/26", "date", 2, "checked_on"),
    ("population.csv", "A1,age,0-15,50", "A1,age,0-15,-50", "negative_people", 2, "people"),
    ("population.csv", "A1,age,0-15,50", "A1,age,young,50", "age_band", 2, "band"),
    ("population.csv", "A1,age,0-15,50", "Q,age,0-15,50", "unknown_area", 2, "area_code"),
    ("lookups.csv", "ZZ11AA,area,A1", "ZZ11AA,area,Q", "unknown_area", 3, "area_code"),
    ("lookups.csv", "ZZ11AA", "zz1 1aa", "lookup_key", 3, "key"),
    ("lookups.csv", "postcode", "zip", "lookup_kind", 3, "kind"),
    ("grants.csv", "g2,", "g1,", "duplicate_id", 3, "Identifier"),
    ("grants.csv", "2025-04-01", "April", "date", 2, "Award Date"),
    ("grants.csv", "1000", "lots", "not_a_number", 2, "Amount Awarded"),
    ("datapackage.json", '"services.csv"', '"../services.csv"', "missing_file", None, "path"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "code", "row", "column"), CASES)
def test_a_fault_is_named_where_it_is(
    small_pack: MakePack, file: str, old: str, new: str, code: str, row: int, column: str
) -> None:
    folder = small_pack()
    change(folder, file, old, new)

    assert (code, file, row, column) in found(check_pack(folder))


AT_ONCE = [
    # One change each, in rows of their own, so that none hides another.
    ("areas.geojson", '"population":100', '"population":-3', "population"),
    ("areas.geojson", '"area_name":"Area A2"', '"area_name":""', "missing_area_name"),
    ("levels.csv", "A1,ward,WA,Ash", "A1,parish,WA,Ash", "unknown_level"),
    ("levels.csv", "A2,ward,WA,Ash", "Z9,ward,WA,Ash", "unknown_area"),
    ("levels.csv", "B1,ward,WB,Beech", "B1,ward,WB,", "missing_parent_name"),
    ("indicators.csv", "A1,1,1", "A1,one,1", "not_a_number"),
    ("indicators.csv", "A2,10,1", "A2,101,1", "rank_range"),
    ("indicators.csv", "B1,11,2", "B1,11,3", "decile_rank"),
    ("indicators.csv", "B2,100,10", "B2,100,11", "decile_range"),
    ("services.csv", ",library,", ",Library!,", "category"),
    ("services.csv", "2026-01-01", "1/1/26", "date"),
    ("services.csv", "Ash Library", "", "missing_value"),
    ("services.csv", "50.05", "58.05", "service_outside"),
    ("population.csv", "A1,age,0-15,50", "A1,age,0-15,-50", "negative_people"),
    ("population.csv", "A2,age,0-15,50", "A2,age,young,50", "age_band"),
    ("population.csv", "B1,age,0-15,50", "B1,age,0-15,50,7", "row_length"),
    ("population.csv", "B2,age,0-15,50", "B2,age,16+,50", "duplicate_row"),
    ("lookups.csv", "postcode,ZZ11AA", "zip,ZZ11AA", "lookup_kind"),
    ("lookups.csv", "name,ash,", "name,Ash,", "lookup_key"),
    ("grants.csv", "g2,", "g1,", "duplicate_id"),
    ("grants.csv", "1000", "lots", "not_a_number"),
    ("datapackage.json", '"grants.csv"', '"gone.csv"', "missing_file"),
]


def test_twenty_two_faults_of_one_pack_are_all_named_at_once(small_pack: MakePack) -> None:
    folder = small_pack()
    for file, old, new, _ in AT_ONCE:
        change(folder, file, old, new)

    named = {(p.file, p.code) for p in check_pack(folder)}

    assert {(file, code) for file, _, _, code in AT_ONCE} - named == set()


def test_a_rank_shared_by_two_areas_may_be_a_half(small_pack: MakePack) -> None:
    # The Scottish index of 2020 gives areas that tie the middle of their ranks.
    folder = small_pack()
    change(folder, "indicators.csv", "A2,10,1", "A2,9.5,1")
    assert list(check_pack(folder)) == []

    change(folder, "indicators.csv", "A2,9.5,1", "A2,9.3,1")
    assert [p.code for p in check_pack(folder)] == ["rank_range"]


def test_files_that_cannot_be_read_do_not_hide_other_faults(small_pack: MakePack) -> None:
    folder = small_pack()
    (folder / "areas.geojson").unlink()
    change(folder, "grants.csv", "1000", "lots")
    (folder / "services.csv").write_bytes("service_id,name\n1,Caf\xe9".encode("latin-1"))
    (folder / "themes.toml").write_text("[themes.x]\nwords = 'one'\n[themes.y]\nlabel = 3\n")

    codes = [p.code for p in check_pack(folder)]

    assert {"missing_file", "not_a_number", "encoding", "unknown_area"} <= set(codes)
    assert codes.count("themes") == 2


def test_themes_that_are_no_toml_are_named(small_pack: MakePack) -> None:
    folder = small_pack()
    (folder / "themes.toml").write_text("= nonsense")

    assert [p.code for p in check_pack(folder)] == ["themes"]


@pytest.mark.parametrize(
    ("package", "code"), [("{", "bad_json"), ("[]", "package"), ("[" * 100_000, "bad_json")]
)
def test_a_broken_package_is_named(small_pack: MakePack, package: str, code: str) -> None:
    folder = small_pack()
    (folder / "datapackage.json").write_text(package)

    assert code in {p.code for p in check_pack(folder)}
    with pytest.raises(BadPack):
        open_pack(folder)


def test_a_level_nobody_belongs_to_is_named(small_pack: MakePack) -> None:
    folder = small_pack()
    file = folder / "datapackage.json"
    package = json.loads(file.read_text())
    package["needsmap"]["levels"].append({"id": "parish", "label": "parish", "plural": "parishes"})
    file.write_text(json.dumps(package))

    assert [p.code for p in check_pack(folder)] == ["level_without_areas"]


def test_areas_that_cover_each_other_are_named(small_pack: MakePack) -> None:
    folder = small_pack()
    file = folder / "areas.geojson"
    areas = json.loads(file.read_text())
    areas["features"][1]["geometry"] = areas["features"][0]["geometry"]
    file.write_text(json.dumps(areas))

    assert {p.code for p in check_pack(folder)} == {"areas_overlap"}
