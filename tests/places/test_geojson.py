"""GeoJSON somebody else made: limits and faults of TRUST T14, each with a file in sight.

T14 asks for: size, depth and number of points limited; finite coordinates inside the world;
closed rings; broken outlines repaired and said; polygons only where areas are meant; no GDAL.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
import shapely

from needsmap.errors import UnreadableFile
from needsmap.places import geojson, shapes
from needsmap.places.geojson import Features, read_geojson

SQUARE = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]


def collection(*geometries: Any, **more: Any) -> bytes:
    features = [{"type": "Feature", "properties": {"n": i}, "geometry": g}
                for i, g in enumerate(geometries)]  # fmt: skip
    return json.dumps({"type": "FeatureCollection", "features": features, **more}).encode()


def polygon(*rings: Any) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def codes(features: Features) -> list[tuple[str, int | None]]:
    return [(p.code, p.row) for p in features.problems]


def test_a_square_is_read_as_a_square() -> None:
    found = read_geojson(collection(polygon(SQUARE)), "a.geojson")

    assert found.geometries[0].equals(shapely.box(0, 0, 1, 1))
    assert found.properties == [{"n": 0}]
    assert codes(found) == []


@pytest.mark.parametrize(
    ("geometry", "code"),
    [
        (None, "geometry_missing"),
        ({}, "geometry_missing"),
        ([], "geometry_missing"),
        ({"type": "GeometryCollection", "geometries": []}, "geometry_type"),
        ({"type": "VRT", "coordinates": []}, "geometry_type"),
        (polygon(SQUARE[:-1]), "geometry_unclosed"),
        (polygon([[0, 0], [1, 0], [0, 0]]), "geometry_invalid"),
        (polygon(), "geometry_missing"),
        (polygon([[0, 0], [1, 0], [1, "x"], [0, 0]]), "geometry_numbers"),
        (polygon([[0], [1], [1], [0]]), "geometry_numbers"),
        (polygon([[0, 0], [1, 0], [1, None], [0, 0]]), "geometry_numbers"),
        (polygon([[0, 0], [1, 0], [1, 91], [0, 0]]), "geometry_range"),
        (polygon([[0, 0], [181, 0], [1, 1], [0, 0]]), "geometry_range"),
        (polygon([[380000, 390000], [380100, 390000], [380100, 390100], [380000, 390000]]),
         "geometry_range"),
        ({"type": "Polygon", "coordinates": "0 0"}, "geometry_numbers"),
        ({"type": "Polygon"}, "geometry_numbers"),
        ({"type": "Point", "coordinates": [[0, 0]]}, "geometry_type"),
    ],
)  # fmt: skip
def test_an_outline_that_cannot_be_used_is_named_and_the_others_kept(
    geometry: Any, code: str
) -> None:
    found = read_geojson(
        collection(polygon(SQUARE), geometry, polygon(SQUARE)), "a.geojson", areas_only=True
    )

    assert codes(found) == [(code, 2)]
    assert [g is None for g in found.geometries] == [False, True, False]


def test_numbers_too_large_for_a_computer_are_no_coordinates() -> None:
    data = collection(polygon(SQUARE)).replace(b"[1, 1]", b"[1e400, 1]")

    assert codes(read_geojson(data, "a.geojson")) == [("geometry_numbers", 1)]


@pytest.mark.parametrize("word", [b"NaN", b"Infinity", b"-Infinity"])
def test_words_that_are_no_json_numbers_are_refused(word: bytes) -> None:
    data = collection(polygon(SQUARE)).replace(b"[1, 1]", b"[" + word + b", 1]")

    with pytest.raises(UnreadableFile, match="not valid JSON"):
        read_geojson(data, "a.geojson")


def test_a_bowtie_is_repaired_and_said() -> None:
    bowtie = polygon([[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]])

    found = read_geojson(collection(bowtie), "a.geojson", areas_only=True)

    assert codes(found) == [("geometry_invalid", 1)]
    assert found.geometries[0].is_valid
    assert found.geometries[0].area == pytest.approx(2)  # two triangles of one each


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "not valid JSON"),
        (b"{", "not valid JSON"),
        (b"[]", "not a GeoJSON"),
        (b'{"type": "Feature"}', "not a GeoJSON"),
        (b'{"type": "FeatureCollection", "features": {}}', "not a GeoJSON"),
        (b"<OGRVRTDataset><OGRVRTLayer/></OGRVRTDataset>", "not valid JSON"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"[" * 65 + b"]" * 65, "too deeply"),
        (b"[" * 1_000_000, "too deeply"),
    ],
)
def test_what_is_no_geojson_is_refused_in_words(data: bytes, why: str) -> None:
    with pytest.raises(UnreadableFile, match=why):
        read_geojson(data, "a.geojson")


def test_brackets_within_text_are_not_depth() -> None:
    data = collection(polygon(SQUARE), name="[" * 100 + '\\"' + "{" * 100)

    assert codes(read_geojson(data, "a.geojson")) == []


def test_a_file_beyond_the_size_is_refused_packed_or_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = collection(*[polygon(SQUARE)] * 20)
    monkeypatch.setattr(geojson, "MOST_BYTES", len(data) - 1)
    plain, packed = tmp_path / "a.geojson", tmp_path / "a.geojson.gz"
    plain.write_bytes(data)
    packed.write_bytes(gzip.compress(data))

    for source in (data, plain, packed):
        with pytest.raises(UnreadableFile, match="larger than"):
            read_geojson(source, "a.geojson")
    assert len(read_geojson(plain, "a.geojson", large=True).geometries) == 20


def test_a_file_of_too_many_points_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shapes, "MOST_VERTICES", 7)

    found = read_geojson(collection(polygon(SQUARE), polygon(SQUARE)), "a.geojson")

    assert codes(found) == [("geometry_too_detailed", 2)]


def test_a_damaged_packed_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.geojson.gz"
    file.write_bytes(gzip.compress(collection(polygon(SQUARE)))[:40])

    with pytest.raises(UnreadableFile, match="damaged"):
        read_geojson(file, "a.geojson")


def test_another_coordinate_system_is_named_unless_the_file_is_trusted() -> None:
    grid = polygon([[380000, 390000], [380100, 390000], [380100, 390100], [380000, 390000]])
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}
    data = collection(grid, crs=crs)

    assert ("geometry_crs", None) in codes(read_geojson(data, "a.geojson"))
    trusted = read_geojson(data, "a.geojson", trusted=True)
    assert codes(trusted) == []
    assert "27700" in trusted.crs


def test_a_file_that_names_the_system_of_geojson_is_fine() -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}

    assert codes(read_geojson(collection(polygon(SQUARE), crs=crs), "a.geojson")) == []


def test_points_and_lines_are_read_where_they_are_allowed() -> None:
    found = read_geojson(
        collection(
            {"type": "Point", "coordinates": [1, 2, 3]},
            {"type": "MultiPoint", "coordinates": [[1, 2], [3, 4]]},
            {"type": "LineString", "coordinates": [[0, 0], [1, 1]]},
            {"type": "MultiLineString", "coordinates": [[[0, 0], [1, 1]]]},
            {"type": "LineString", "coordinates": [[0, 0]]},
        ),
        "a.geojson",
    )

    kinds = [g.geom_type if g is not None else None for g in found.geometries]
    assert kinds == ["Point", "MultiPoint", "LineString", "MultiLineString", None]
    assert codes(found) == [("geometry_invalid", 5)]
