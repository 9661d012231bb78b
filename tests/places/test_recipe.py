"""Recipes: two areas in sight, values as written in the tables."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from needsmap.errors import NeedsmapError
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


def test_codes_are_slugs_of_names() -> None:
    assert slug("Itä-Pakila") == "ita-pakila"
    assert slug("O'HARE") == "o-hare"
