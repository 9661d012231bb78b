"""Where people say they live, read through whole surveys of whole places.

Kindleford is invented; Trafford is built from official files beside the checkout. What is
expected is read from the packs' own tables and the official lookup, not from the reader.
"""

from __future__ import annotations

import csv
import io
import random
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyproj
import pytest

from needsmap.intake.inspection import Inspection
from needsmap.intake.survey import inspect, prepare
from needsmap.places.areas import outlines
from needsmap.places.build.england import build_england
from needsmap.places.pack import Pack, open_pack
from needsmap.tables import LOOKUPS


@pytest.fixture(scope="module")
def kindleford(project: Path) -> Pack:
    return open_pack(project / "data" / "places" / "kindleford")


def told(pack: Pack, headings: list[str], rows: list[list[str]]) -> Inspection:
    text = io.StringIO()
    lines = [[*headings, "What do you need?"]]
    lines += [[*row, f"a bench, number {i} of them"] for i, row in enumerate(rows)]
    csv.writer(text).writerows(lines)
    seen = inspect(text.getvalue().encode(), "said.csv", pack=pack)
    done = prepare(seen)
    assert done.read == len(done.survey.answers) + done.set_aside == len(rows)
    return seen


def found(seen: Inspection) -> list[tuple[str, str]]:
    table = seen.whereabouts.table
    return list(zip(table["level"], table["area_code"], strict=True))


def codes_of(seen: Inspection) -> dict[int, str]:
    """Return the problem codes of rows, by their place among the answers."""
    return {p.row - 2: p.code for p in seen.whereabouts.problems if p.row is not None}


def middles(pack: Pack, count: int) -> list[tuple[str, float, float]]:
    """Return code, latitude and longitude of points that lie inside some areas."""
    shapes = outlines(pack, pack.levels[0].id).iloc[:: max(1, 140 // count)][:count]
    points = shapes.geometry.representative_point()
    return [
        (str(c), round(p.y, 6), round(p.x, 6)) for c, p in zip(shapes["code"], points, strict=True)
    ]


@pytest.mark.parametrize(
    "headings",
    [
        ("Latitude", "Longitude"),
        ("Longitude", "Latitude"),
        ("lat", "lng"),
        ("Y", "X"),
        ("y_coord", "x_coord"),
    ],
)
def test_degrees_in_two_columns_are_one_point_in_either_order(kindleford, headings):
    points = middles(kindleford, 12)
    first = headings[0].casefold().startswith(("lat", "y"))
    rows = [[str(y), str(x)] if first else [str(x), str(y)] for _, y, x in points]
    seen = told(kindleford, list(headings), rows)

    assert [(q.role, q.kind) for q in seen.questions if len(q.columns) == 2] == [
        ("location", "point")
    ]
    assert found(seen) == [("lsoa", code) for code, _, _ in points]
    assert codes_of(seen) == {}


@pytest.mark.parametrize(
    "headings",
    [
        ("Easting", "Northing"),
        ("Northings", "Eastings"),
        ("X coord", "Y coord"),
        ("Xcord", "Ycord"),
    ],
)
def test_metres_of_the_grid_in_two_columns_are_one_point(kindleford, headings):
    points = middles(kindleford, 12)
    # pyproj turns them into metres, the other way than the code under test.
    turn = pyproj.Transformer.from_crs(4326, 27700)
    metres = [tuple(str(round(m)) for m in turn.transform(y, x)) for _, y, x in points]
    east_first = headings[0].casefold().startswith(("e", "x"))
    seen = told(kindleford, list(headings), [[e, n] if east_first else [n, e] for e, n in metres])

    assert [(q.role, q.kind) for q in seen.questions if len(q.columns) == 2] == [
        ("location", "point")
    ]
    assert found(seen) == [("lsoa", code) for code, _, _ in points]


def test_swapped_axes_are_put_right_and_said_and_points_elsewhere_are_nowhere(kindleford):
    points = middles(kindleford, 6)
    rows = [[str(x), str(y)] for _, y, x in points] + [["51.5", "-0.12"], ["0", "0"], ["", ""]]
    seen = told(kindleford, ["Latitude", "Longitude"], rows)

    assert found(seen) == [("lsoa", code) for code, _, _ in points] + [("", "")] * 3
    assert codes_of(seen) == dict.fromkeys(range(6), "axes_swapped") | {
        6: "outside_place",
        7: "outside_place",
    }
    assert {p.column for p in seen.personal} >= {1, 2}


def test_older_codes_count_where_they_are_certain_and_are_never_guessed(kindleford):
    member = kindleford.membership["ward"]
    one, other = member.index[0], member.index[1]
    far = member.index[member != member.iloc[0]][0]
    assert member[one] == member[other] != member[far]
    old = [
        ("KEPT", one),
        ("IN_WARD", one),
        ("IN_WARD", other),
        ("ACROSS", one),
        ("ACROSS", far),
        ("MERGED_A", far),
        ("MERGED_B", far),
    ]
    more = pd.DataFrame([("old_code", k, "lsoa", c) for k, c in old], columns=list(LOOKUPS))
    pack = replace(kindleford, lookups=pd.concat([kindleford.lookups, more]))
    said = ["KEPT", "in_ward", "ACROSS", "MERGED_A", "MERGED_B", "GONE"]
    seen = told(pack, ["LSOA code"], [[text] for text in said])

    assert found(seen)[:2] == [("lsoa", one), ("ward", member[one])]
    level, code = found(seen)[2]
    assert level not in {"lsoa", "ward"} and (code or level == "")
    assert found(seen)[3:] == [("lsoa", far), ("lsoa", far), ("", "")]
    assert codes_of(seen) == {1: "old_code_split", 2: "old_code_split", 5: "location_unknown"}


def test_names_with_numbers_districts_and_spelling_are_one(kindleford):
    wards = kindleford.names["ward"]
    named = {code: f"District {n} – {name}" for n, (code, name) in enumerate(wards.items(), 1)}
    pack = replace(kindleford, names={**kindleford.names, "ward": named})
    code = "K05000006"
    n = list(wards).index(code) + 1
    said = [
        f"District {n} – Dunmoor",
        f"district {n}",
        str(n),
        f"{n:02}",
        "Dunmoor",
        "DUNMORE",
        "dunmoor ward",
        f"District {n} (Cllr Example)",
        "District 99",
        "Dunmoor or Pinfold",
    ]
    seen = told(pack, ["Which district do you live in?"], [[text] for text in said])

    assert found(seen)[:8] == [("ward", code)] * 8
    assert [code for _, code in found(seen)[8:]] == ["", ""]
    assert codes_of(seen) == {5: "spelling", 8: "location_unknown", 9: "location_ambiguous"}


def test_a_question_in_any_language_is_placed_by_the_names_in_it(kindleford):
    chance = random.Random(3)
    wards = {name: code for code, name in kindleford.names["ward"].items() if "/" not in name}
    said = chance.choices(sorted(wards), k=60)
    seen = told(kindleford, ["Gdzie mieszkasz"], [[name] for name in said])

    assert seen.questions[0].role == "location"
    assert found(seen) == [("ward", wards[name]) for name in said]


@pytest.mark.shelf
def test_real_codes_of_2011_are_counted_where_the_official_lookup_puts_them(shelf, tmp_path):
    # Trafford's own files lie apart from the lookup of all England: brought into one folder.
    sources = tmp_path / "from"
    sources.mkdir()
    official = [path for path in (shelf / "uk" / "trafford").rglob("*") if path.is_file()]
    for n, path in enumerate([*official, shelf / "uk/lookups/lookup_lsoa11_lsoa21_ltla22.csv"]):
        (sources / f"{n}_{path.name}").symlink_to(path)
    build_england("E08000009", sources, tmp_path / "trafford")
    pack = open_pack(tmp_path / "trafford")
    now: dict[str, set[str]] = defaultdict(set)
    with (shelf / "uk/lookups/lookup_lsoa11_lsoa21_ltla22.csv").open(
        encoding="utf-8-sig"
    ) as stream:
        for row in csv.DictReader(stream):
            if row["ltla22_code"] == "E08000009":
                now[row["lsoa11_code"]].add(row["lsoa21_code"])
    old = sorted(now)
    seen = told(pack, ["LSOA11CD"], [[code] for code in old])

    split = {code for code in old if len(now[code]) > 1}
    assert len(old) > 100 and split
    for code, (level, area) in zip(old, found(seen), strict=True):
        if code not in split:
            assert (level, {area}) == ("lsoa", now[code])
        else:
            members = set(pack.membership.index[pack.membership[level] == area])
            assert level != "lsoa" and now[code] <= members
    assert set(codes_of(seen).values()) == {"old_code_split"}
    assert {old[row] for row in codes_of(seen)} == split


def test_how_far_it_is_is_told_while_thousands_of_unknown_places_are_looked_up(
    kindleford: Pack,
) -> None:
    rows = [["ZZ", f"a bench, number {i} of them", f"Nowhere {i}"] for i in range(12_000)]
    text = io.StringIO()
    csv.writer(text).writerows([["Ward", "What do you need?", "Your postcode"], *rows])
    told: list[int] = []

    seen = inspect(
        text.getvalue().encode(), "nowhere.csv", pack=kindleford,
        progress=lambda done, of: told.append(done),
    )  # fmt: skip

    assert seen.whereabouts.located == 0
    assert told == sorted(told)
    # Reading is over at three tenths; then places are looked up, and told of every five thousand.
    late = [done for done in told if 0.45 * 12_000 < done < 0.8 * 12_000]
    assert len(set(late)) >= 3
