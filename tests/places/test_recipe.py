"""Recipes: two areas in sight, values as written in the tables."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from needsmap.errors import BadPack, NeedsmapError
from needsmap.places.build.recipe import build_recipe
from needsmap.places.build.recipe_areas import slug
from needsmap.places.pack import open_pack

RECIPE = """
name = "twin"
title = "Twin"
[level]
id = "district"
label = "district"
plural = "districts"
[areas]
file = "areas.geojson"
name = "Area"
[names]
"Itä" = ["East"]
[[indicators]]
file = "rates.csv"
area = "Area"
where = { Year = "2023" }
columns = [{ column = "Rate", id = "rate", direction = "higher_is_worse" }]
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "from"
    folder.mkdir()
    features = [
        {"type": "Feature", "properties": {"Area": name}, "geometry": {"type": "Polygon",
         "coordinates": [[[x, 0], [x + 1, 0], [x + 1, 1], [x, 1], [x, 0]]]}}
        for x, name in ((0, "Itä"), (1, "Länsi"))
    ]  # fmt: skip
    collection = {"type": "FeatureCollection", "features": features}
    (folder / "areas.geojson").write_text(json.dumps(collection))
    rows = "Area,Year,Rate\nItä,2022,9\nEast,2023,1\nLänsi,2023,2\nNowhere,2023,3\n"
    (folder / "rates.csv").write_text(rows, encoding="utf-8")
    (tmp_path / "twin.toml").write_text(RECIPE, encoding="utf-8")
    return folder


def test_a_recipe_makes_a_pack_and_says_which_rows_it_left(source: Path, tmp_path: Path) -> None:
    built = build_recipe(tmp_path / "twin.toml", source, tmp_path / "out")
    pack = open_pack(tmp_path / "out")

    assert pack.indicators["rate"].to_dict() == {"ita": 1.0, "lansi": 2.0}
    left = [(p.file, p.row) for p in built.report.left_aside]
    assert left == [("rates.csv", 5)]
    assert "services" in pack.missing


def test_a_wrong_column_is_named_with_those_there_are(source: Path, tmp_path: Path) -> None:
    text = RECIPE.replace('"Rate"', '"rate"')
    (tmp_path / "twin.toml").write_text(text, encoding="utf-8")

    with pytest.raises(NeedsmapError, match=r"no column 'rate'.*Rate"):
        build_recipe(tmp_path / "twin.toml", source, tmp_path / "out")


FAULTY = """\
name = "twin"
titel = "Twin"
[areas]
file = "areas.geojson"
name = "Arena"
[names]
"Itä" = "East"
[level]
id = "district"
label = "district"
[[indicators]]
file = "nowhere.csv"
area = "Area"
columns = [{ column = "Rate" }]
[[indicators]]
file = "rates.csv"
area = "Area"
where = { Yeer = "2023" }
columns = [
  { column = "Rate", direction = "up", statistic = "mean", of = 1.5 },
  { column = "rate", id = "x" },
  { column = "Rate", id = "x", scale = "two" },
]
[population]
file = "rates.csv"
area = "Area"
bands = [{ column = "Year", group = "age", share = true }]
[[services]]
file = "rates.csv"
category = "shop"
name = "Area"
latitude = "Lat"
"""


def test_every_fault_of_a_recipe_is_named_with_its_line(source: Path, tmp_path: Path) -> None:
    file = tmp_path / "faulty.toml"
    file.write_text(FAULTY, encoding="utf-8")

    with pytest.raises(BadPack) as refused:
        build_recipe(file, source, tmp_path / "out")

    named = [(p.row, p.message) for p in refused.value.problems]
    expected = [
        (None, "It has no 'title'."),
        (2, "Did you mean 'title'?"),
        (5, "areas.geojson has no column 'Arena'. Its columns are: Area."),
        (6, "'names' must list other names"),
        (8, "[level] has no 'plural'."),
        (12, "nowhere.csv is not in"),
        (18, "rates.csv has no column 'Yeer'. Its columns are: Area, Year, Rate."),
        (20, "'up' is no direction"),
        (20, "'mean' is no statistic"),
        (20, "'of' must be a whole number."),
        (21, "rates.csv has no column 'rate'. Its columns are: Area, Year, Rate."),
        (22, "The id 'x' is there twice."),
        (22, "'scale' must be a number."),
        (27, "A column of [population] has no 'band'."),
        (27, "A share needs 'total'"),
        (28, "[services] has no 'longitude'."),
        (32, "rates.csv has no column 'Lat'."),
    ]
    for line, message in expected:
        assert [row for row, said in named if message in said] == [line], message
    assert len(named) == len(expected)
    assert all(said in str(refused.value) for _, said in named)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('name = "a"\ntitle = \n', 2, "cannot be read"),
        ('name = 1\ntitle = "A"\n[areas]\nfile = "areas.geojson"\nname = "Area"\n', 1, "text"),
        ('name = "a"\ntitle = "A"\nareas = 3\n', 3, "must be written"),
    ],
)
def test_a_recipe_of_another_shape_is_refused(
    source: Path, tmp_path: Path, text: str, line: int, words: str
) -> None:
    file = tmp_path / "odd.toml"
    file.write_text(text)

    with pytest.raises(BadPack) as refused:
        build_recipe(file, source, tmp_path / "out")

    assert [(p.row, words in p.message) for p in refused.value.problems] == [(line, True)]


def test_a_recipe_that_is_not_there_is_refused(source: Path, tmp_path: Path) -> None:
    with pytest.raises(BadPack, match="cannot be read"):
        build_recipe(tmp_path / "gone.toml", source, tmp_path / "out")


def test_levels_from_a_table_and_headings_with_line_breaks(source: Path, tmp_path: Path) -> None:
    (source / "more.csv").write_text(
        'District,Town,"Rank\n(1 is\nworst)"\nItä,T1,"1,000"\nLänsi,T1,2\n,,a note\n',
        encoding="utf-8",
    )
    more = """
[[levels]]
id = "town"
label = "town"
plural = "towns"
file = "more.csv"
area = "District"
name = "Town"
[[indicators]]
file = "more.csv"
area = "District"
columns = [{ column = "Rank (1 is worst)", id = "rank" }]
"""
    (tmp_path / "twin.toml").write_text(RECIPE + more, encoding="utf-8")

    built = build_recipe(tmp_path / "twin.toml", source, tmp_path / "out")
    pack = open_pack(tmp_path / "out")

    assert [level.id for level in pack.levels] == ["district", "town", "whole"]
    assert pack.names["town"] == {"t1": "T1"}
    assert pack.indicators["rank"].to_dict() == {"ita": 1000.0, "lansi": 2.0}
    assert "more.csv" not in {p.file for p in built.report.left_aside}


def test_codes_are_slugs_of_names() -> None:
    assert slug("Itä-Pakila") == "ita-pakila"
    assert slug("O'HARE") == "o-hare"
