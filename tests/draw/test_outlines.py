"""Outlines: borders shared, small, the same every time. Areas are drawn in the test."""

from __future__ import annotations

import json

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely.geometry import MultiPolygon, Polygon, box

from needsmap.draw.outlines import make_outlines
from needsmap.errors import NeedsmapError


def frame(shapes, names=None):
    codes = [f"T{i:02d}" for i in range(len(shapes))]
    return gpd.GeoDataFrame(
        {"code": codes, "name": names or codes}, geometry=list(shapes), crs=4326
    )


def grid(side=3):
    return frame([box(x / 10, 50 + y / 10, (x + 1) / 10, 50 + (y + 1) / 10)
                  for y in range(side) for x in range(side)])  # fmt: skip


def read(outlines):
    """Read a file back as the map's script does: code → shape in degrees."""
    file = json.loads(outlines.packed.plain)
    arcs, x, y = [], 0, 0
    for flat in file["arcs"]:
        arc = []
        for dx, dy in zip(flat[::2], flat[1::2], strict=True):
            x, y = x + dx, y + dy
            arc.append((file["origin"][0] + x * file["step"][0],
                        file["origin"][1] + y * file["step"][1]))  # fmt: skip
        arcs.append(arc)

    def ring(numbers):
        walked = []
        for n in numbers:
            piece = arcs[n] if n >= 0 else arcs[-1 - n][::-1]
            assert not walked or walked[-1] == piece[0], "pieces of a ring meet"
            walked += piece[1:] if walked else piece
        return walked

    return {
        code: MultiPolygon([(ring(p[0]), [ring(hole) for hole in p[1:]]) for p in area])
        for code, area in zip(file["codes"], file["areas"], strict=True)
    }


def test_a_grid_comes_back_as_it_was():
    areas = grid()

    found = read(make_outlines(areas))

    for code, shape in zip(areas["code"], areas.geometry, strict=True):
        # four sides, each moved by at most half a step of a five-hundredth of the width
        assert found[code].symmetric_difference(shape).area < 4 * 0.5 / 500 * 1.2 * shape.area


def test_a_border_between_two_areas_is_written_once():
    # Euler: a 3 by 3 grid has 12 inner sides, and an outer border cut at the 8 points where
    # an inner side meets it; the four corners lie inside a piece.
    file = json.loads(make_outlines(grid()).packed.plain)

    assert len(file["arcs"]) == 12 + 8


def test_neighbours_neither_gap_nor_overlap_after_simplifying():
    random = np.random.default_rng(1)
    points = shapely.multipoints(random.uniform((0, 50), (1, 51), (200, 2)))
    cells = shapely.get_parts(shapely.voronoi_polygons(points, extend_to=box(0, 50, 1, 51)))

    found = np.array(list(read(make_outlines(frame(cells))).values()))

    assert shapely.coverage_is_valid(found)
    together = shapely.union_all(found)
    assert together.area == pytest.approx(shapely.area(found).sum(), rel=1e-9)
    assert len(shapely.get_parts(together)) == 1


def test_islands_holes_and_an_area_in_a_hole_survive():
    outer = Polygon(box(0, 50, 1, 51).exterior, [box(0.4, 50.4, 0.6, 50.6).exterior])
    inside = box(0.4, 50.4, 0.6, 50.6)
    islands = MultiPolygon([box(1.2, 50, 1.3, 50.1), box(1.5, 50, 1.6, 50.1)])

    found = read(make_outlines(frame([outer, inside, islands])))

    assert found["T00"].area == pytest.approx(outer.area, rel=1e-2)
    assert found["T01"].area == pytest.approx(inside.area, rel=1e-2)
    assert len(found["T02"].geoms) == 2


def test_an_area_smaller_than_the_grid_can_still_be_found():
    speck = box(0.5, 50.5, 0.5 + 1e-9, 50.5 + 1e-9)

    found = read(make_outlines(frame([*grid().geometry, speck])))

    assert found["T09"].area > 0
    assert found["T09"].distance(shapely.Point(0.5, 50.5)) < 0.01


def test_the_same_areas_in_any_order_give_the_same_bytes():
    areas = grid()
    shuffled = areas.sample(frac=1, random_state=3)

    one, other = make_outlines(areas), make_outlines(shuffled)

    assert one.packed.plain == other.packed.plain
    assert one.packed.gzipped == other.packed.gzipped
    assert one.packed.digest == other.packed.digest
    assert one.codes == tuple(sorted(areas["code"]))


def test_another_name_gives_another_digest():
    renamed = frame(grid().geometry, names=["other"] * 9)

    assert make_outlines(grid()).packed.digest != make_outlines(renamed).packed.digest


def test_names_travel_as_they_are():
    hostile = "</script>{{7*7}}${1}`é"

    file = json.loads(make_outlines(frame([box(0, 50, 1, 51)], [hostile])).packed.plain)

    assert file["names"] == [hostile]


@pytest.mark.parametrize(
    ("areas", "said"),
    [
        (frame([]), "no outlines"),
        (frame([box(0, 0, 1, 1)] * 2).assign(code="A"), "'A' has two outlines"),
        (frame([Polygon()]), "'T00' has no outline"),
        (frame([None]), "'T00' has no outline"),
        (frame([shapely.Point(0, 0)]), "'T00' has no outline"),
    ],
)
def test_areas_that_cannot_be_drawn_are_refused_in_words(areas, said):
    with pytest.raises(NeedsmapError, match=said):
        make_outlines(areas)


def test_a_bow_tie_is_mended_not_refused():
    found = read(make_outlines(frame([Polygon([(0, 50), (1, 51), (1, 50), (0, 51)])])))

    assert found["T00"].area == pytest.approx(0.5, rel=0.02)


@pytest.mark.shelf
def test_a_real_borough_stays_under_120_kilobytes(shelf):
    areas = gpd.read_file(shelf / "uk/trafford/boundaries/2021_trafford_lsoa_generalised.geojson")

    made = make_outlines(areas.rename(columns={"area_code": "code", "area_name": "name"}))

    assert len(made.codes) == 139
    assert len(made.packed.gzipped) <= 120_000


@pytest.mark.shelf
def test_all_of_england_stays_under_two_and_a_half_megabytes(shelf):
    areas = gpd.read_file(f"/vsigzip/{shelf}/uk/england/lsoa21_boundaries_england.geojson.gz")

    made = make_outlines(areas.rename(columns={"LSOA21CD": "code", "LSOA21NM": "name"}))

    assert len(made.codes) == 33_755
    assert len(made.packed.gzipped) <= 2_500_000
