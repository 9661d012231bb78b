"""The map as a drawing and a picture: every area, its legend, its mark; nothing that runs."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from PIL import Image

from needsmap.draw import palettes
from needsmap.report.map_picture import as_png, as_svg
from needsmap.tables import LegendEntry, MapLayer

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '<script>alert(1)</script> & "x" {{7*7}}'


@pytest.fixture(scope="module")
def drawn() -> bytes:
    """Return a drawing of four squares: two coloured, one hidden, one not named."""
    squares = [shapely.box(x, 50 + y, x + 1, 51 + y) for x in (0, 1) for y in (0, 1)]
    outlines = gpd.GeoDataFrame(
        {"code": list("ABCD"), "name": ["North", HOSTILE, "East", "West"]},
        geometry=squares, crs=4326,
    )  # fmt: skip
    legend = (LegendEntry("0", "Few", 1), LegendEntry("4", "Many", 1), LegendEntry("h", "Hid", 1))
    layer = MapLayer(
        "voice", HOSTILE, "ward", {"A": "0", "B": "4", "C": "h"}, legend, pd.DataFrame()
    )
    return as_svg(layer, outlines, lines=["Picture 7F3A-21 · release 4", HOSTILE])


def words(drawing: bytes) -> str:
    return " ".join(part.text or "" for part in ET.fromstring(drawing).iter(f"{SVG}text"))


def test_every_area_is_drawn_in_its_class_and_the_unnamed_as_missing(drawn):
    fills = [path.get("fill") for path in ET.fromstring(drawn).iter(f"{SVG}path") if path.get("d")]
    areas = fills[-4:]

    assert areas == [palettes.VOICE[0], palettes.VOICE[4], "url(#hatched)", palettes.PAPER]


def test_title_legend_and_mark_stand_on_it(drawn):
    said = words(drawn)

    for wanted in ("Few (1 area)", "Many (1 area)", "Hid (1 area)", "Picture 7F3A-21 · release 4"):
        assert wanted in said


def test_words_of_others_stay_words(drawn):
    made = ET.fromstring(drawn)

    assert {part.tag.removeprefix(SVG) for part in made.iter()} <= {
        "svg", "title", "defs", "pattern", "rect", "path", "circle", "g", "text",
    }  # fmt: skip
    assert "alert(1)" in words(drawn)


def test_a_degree_of_longitude_is_drawn_shorter_than_one_of_latitude(drawn):
    # At 51 degrees north by cos(51 degrees) = 0.629 (spherical earth).
    made = ET.fromstring(drawn)
    square = next(p for p in made.iter(f"{SVG}path") if p.get("fill") == palettes.VOICE[0])
    points = [tuple(map(float, point.split())) for point in square.get("d", "")[1:-1].split("L")]
    wide = max(x for x, _ in points) - min(x for x, _ in points)
    high = max(y for _, y in points) - min(y for _, y in points)

    assert wide / high == pytest.approx(0.629, abs=0.005)


def test_the_picture_is_a_png_in_the_same_colours(drawn):
    picture = Image.open(io.BytesIO(as_png(drawn))).convert("RGB")
    found = {f"#{r:02x}{g:02x}{b:02x}" for _, (r, g, b) in picture.getcolors(2**24)}

    assert picture.width >= 1900
    assert {palettes.VOICE[0], palettes.VOICE[4], palettes.HIDDEN_GROUND} <= found
