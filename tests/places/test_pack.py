"""Opening a pack. Expected values are counted by hand from the 2×2 place in conftest."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from needsmap.errors import BadPack, NotFound
from needsmap.places.pack import open_pack

MakePack = Callable[..., Path]


def test_a_pack_opens_with_what_was_written(small_pack: MakePack) -> None:
    pack = open_pack(small_pack())

    assert (pack.name, pack.title, pack.invented) == ("fourfold", "Fourfold", True)
    assert [level.id for level in pack.levels] == ["area", "ward", "authority"]
    assert list(pack.areas["area_code"]) == ["A1", "A2", "B1", "B2"]
    assert pack.names["ward"] == {"WA": "Ash", "WB": "Beech"}
    assert pack.indicators.loc["B1", "crime_rank"] == 11
    assert pack.indicator_info["crime_rank"].of == 100
    assert pack.services.loc[0, "latitude"] == 50.05
    assert pack.grants.loc[0, "Amount Awarded"] == 1000
    assert pack.sources[0].licence == "CC0-1.0"
    assert pack.missing == ()


def test_people_are_added_up_to_each_level(small_pack: MakePack) -> None:
    pack = open_pack(small_pack())

    assert pack.people("area").to_dict() == {"A1": 100, "A2": 200, "B1": 300, "B2": 400}
    assert pack.people("ward").to_dict() == {"WA": 300, "WB": 700}
    assert pack.people("authority").to_dict() == {"F": 1000}


def test_a_level_with_one_unknown_population_is_unknown_not_smaller(small_pack: MakePack) -> None:
    folder = small_pack()
    file = folder / "areas.geojson"
    file.write_text(file.read_text().replace('"population":100', '"population":null'))

    people = open_pack(folder).people("ward")

    assert people.isna().to_dict() == {"WA": True, "WB": False}


def test_parents_are_found_from_any_level(small_pack: MakePack) -> None:
    pack = open_pack(small_pack())

    assert pack.parent("A2", "ward") == "WA"
    assert pack.parent("WB", "authority") == "F"
    assert pack.parent("F", "ward") is None  # the borough lies in two wards
    assert pack.areas_in("ward", "WB") == ["B1", "B2"]
    with pytest.raises(NotFound):
        pack.parent("nowhere", "ward")
    with pytest.raises(NotFound):
        pack.level("parish")


def test_missing_parts_are_said(small_pack: MakePack) -> None:
    pack = open_pack(small_pack(services=None, grants=None))

    assert pack.missing == ("services", "grants")
    assert pack.services.empty
    assert "latitude" in pack.services.columns


def test_the_version_changes_with_any_file_and_with_nothing_else(small_pack: MakePack) -> None:
    first = open_pack(small_pack()).version
    folder = small_pack()
    assert open_pack(folder).version == first

    (folder / ".notes").write_text("not data")
    assert open_pack(folder).version == first

    table = folder / "services.csv"
    table.write_text(table.read_text().replace("Ash Library", "Ash library"))
    assert open_pack(folder).version != first


def test_a_pack_without_outlines_is_refused_with_all_its_faults(small_pack: MakePack) -> None:
    folder = small_pack()
    (folder / "areas.geojson").unlink()
    table = folder / "services.csv"
    table.write_text(table.read_text().replace("50.05", "north"))

    with pytest.raises(BadPack) as refused:
        open_pack(folder)

    codes = {problem.code for problem in refused.value.problems}
    assert {"missing_file", "not_a_number"} <= codes


def test_a_folder_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        open_pack(tmp_path / "nowhere")
