"""Files out and back again. Readers: Python's csv, openpyxl and calamine, json; not our own."""

from __future__ import annotations

import csv
import io
import json
import re
from itertools import pairwise

import geopandas
import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from shapely.geometry import Polygon

from needsmap.report.export import Export
from needsmap.report.tables import as_csv, as_geojson, as_xlsx, guard, unguard
from needsmap.tables import LegendEntry, MapLayer

# The starts of formulas as OWASP ASVS 5 §1.2.10 lists them, with CR, LF and full-width twins.
STARTS = ["=", "+", "-", "@", "\t", "\x00", "\r", "\n", "＝", "＋", "－", "＠"]

_TEXT = st.one_of(
    st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20),
    st.builds(
        lambda quote, start, rest: quote + start + rest,
        st.sampled_from(["", "'", "''", '"', " ", "\ufeff"]),
        st.sampled_from([start for start in STARTS if start != "\x00"]),
        st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), max_size=5),
    ),
)
_NUMBER = st.one_of(
    st.integers(-(10**12), 10**12), st.floats(allow_nan=False, allow_infinity=False, width=32)
)


def _export(headings: list[str], rows: list[list]) -> Export:
    table = pd.DataFrame(rows, columns=headings, dtype=object)
    return Export("Title", ("Said.",), {"table": table}, (("Mark", "7F3A-21"),))


def _tables() -> st.SearchStrategy[tuple[list[str], list[list]]]:
    return st.integers(1, 4).flatmap(
        lambda width: st.tuples(
            st.lists(_TEXT, min_size=width, max_size=width),
            st.lists(
                st.lists(st.one_of(_TEXT, _NUMBER), min_size=width, max_size=width), max_size=5
            ),
        )
    )


def _read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("before", ["", " ", '"', "'", "\ufeff", "\u00a0"])
def test_each_start_of_a_formula_is_guarded(before: str, start: str) -> None:
    assert guard(f"{before}{start}1+1") == f"'{before}{start}1+1"


@pytest.mark.parametrize("text", ["", "Parks", "'tis", "16-24", "a=b", "5 + 3", "’", "_x"])
def test_harmless_text_is_left_alone(text: str) -> None:
    assert guard(text) == text


@given(text=_TEXT)
def test_taking_the_guard_off_gives_back_what_went_in(text: str) -> None:
    assert unguard(guard(text)) == text


@settings(max_examples=200, deadline=None)
@given(table=_tables())
def test_csv_comes_back_as_it_went_out_and_holds_no_formula(table: tuple) -> None:
    headings, rows = table

    data = as_csv(_export(headings, rows))

    read = _read(data)
    back = read[3 : 4 + len(rows)]
    assert [unguard(cell) for cell in back[0]] == headings
    for written, wanted in zip(back[1:], rows, strict=True):
        for cell, value in zip(written, wanted, strict=True):
            if isinstance(value, str):
                assert unguard(cell) == value
                assert not re.match("[\\s'\"\ufeff]*[=+\\-@\t\r\n＝＋－＠]", cell) or cell[0] == "'"
            else:
                assert float(cell) == value


def test_csv_has_a_mark_of_utf8_quotes_everywhere_and_crlf(export: Export) -> None:
    data = as_csv(export)

    assert data.startswith(b"\xef\xbb\xbf")
    lines = data.decode("utf-8-sig").split("\r\n")
    assert "\n" not in "".join(lines)
    assert all(line == "" or (line[0] == line[-1] == '"') for line in lines)
    assert '"Parks","65.0","0.5"' in lines
    assert '"\'=HYPERLINK(1)","40.0","0.25"' in lines


def test_csv_notes_say_place_filters_people_date_mark_release_source_and_licence(
    export: Export,
) -> None:
    read = _read(as_csv(export))

    notes = [tuple(row) for row in read[read.index(["Notes"]) + 1 :]]
    assert notes == [
        ("Place", "Testham (invented place)"),
        ("By", "ward"),
        ("Only people who are", "age: 16-24"),
        ("People who answered", "about 120"),
        ("Survey", "Spring <b>survey</b>, asked 2026-04-01, 120"),
        ("Release", "3, made 2026-05-04"),
        ("Place data", "abc123"),
        ("Mark", "7F3A-21"),
        ("Link", "?place=testham&by=ward"),
        ("File made on", "2026-05-05"),
        ("Source and licence", "Indices · 2025 · OGL v3 · Contains public information."),
        ("Rule", "Counts are rounded to 5."),
    ]


# What XML 1.0 cannot hold is written as an escape that not every reader undoes.
_XML_TEXT = st.text(alphabet=st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]))


@settings(max_examples=60, deadline=None)
@given(
    headings=st.lists(_XML_TEXT.filter(bool), min_size=2, max_size=2),
    rows=st.lists(
        st.tuples(st.one_of(_XML_TEXT, st.sampled_from(["=1+1", "@x", "http://a.b"])), _NUMBER),
        max_size=5,
    ),
)
def test_a_workbook_comes_back_as_it_went_out(headings: list[str], rows: list[tuple]) -> None:
    data = as_xlsx(_export(headings, [list(row) for row in rows]))

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert book.sheet_names == ["table", "Notes"]
    read = book.get_sheet_by_name("table").to_python(skip_empty_area=False)
    assert read[0] == headings
    for written, (text, number) in zip(read[1:], rows, strict=True):
        assert written[0] == text
        assert written[1] == pytest.approx(number, rel=1e-12)


def test_a_workbook_holds_no_formula_and_no_link(export: Export) -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(export)))

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert all(cell.hyperlink is None for cell in cells)
    assert book["wishes"]["A3"].value == "=HYPERLINK(1)"
    assert book["wishes"]["B2"].value == 65
    notes = {row[0].value: row[1].value for row in book["Notes"].iter_rows(min_row=2)}
    assert notes["Place"] == "Testham (invented place)"
    assert notes["Mark"] == "7F3A-21"


def test_sheet_names_are_mended_and_none_comes_twice() -> None:
    table = pd.DataFrame({"a": [1]})
    names = ["by [group]: all/none?", "x" * 40, "X" * 40, "'", "Notes"]
    export = Export("T", (), dict.fromkeys(names, table), ())

    found = openpyxl.load_workbook(io.BytesIO(as_xlsx(export))).sheetnames

    assert len({name.lower() for name in found}) == len(found) == 6
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in found)


def test_geojson_has_outlines_published_figures_and_notes(export: Export) -> None:
    # Drawn clockwise on purpose: RFC 7946 §3.1.6 wants outer rings anticlockwise.
    square = Polygon([(0, 0), (0, 1), (1, 1), (1, 0)])
    outlines = geopandas.GeoDataFrame(
        {"code": ["A", "B"], "name": ["Ay", "Bee"]}, geometry=[square, square], crs="EPSG:4326"
    )
    table = pd.DataFrame(
        {"area_code": ["A"], "area_name": ["{{7*7}}"], "said": ["few"], "share": [float("nan")]}
    )
    layer = MapLayer("voice", "Parks", "ward", {"A": "0"}, (LegendEntry("0", "low", 1),), table)

    read = json.loads(as_geojson(export, layer, outlines))

    assert read["type"] == "FeatureCollection"
    assert "crs" not in read
    [feature] = read["features"]
    assert feature["properties"] == {
        "area_code": "A", "area_name": "{{7*7}}", "said": "few", "share": None,
    }  # fmt: skip
    ring = feature["geometry"]["coordinates"][0]
    area = sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise(ring)) / 2
    assert area == pytest.approx(1.0)
    assert {"label": "Place", "text": "Testham (invented place)"} in read["notes"]


def test_a_text_too_long_for_a_cell_is_cut_and_that_is_said() -> None:
    # 32,767 letters: Microsoft, "Excel specifications and limits".
    table = pd.DataFrame({"words": ["a" * 32_767, "b" * 32_768, "c" * 50_000]})
    export = Export("T", (), {"t": table}, (("Mark", "7F3A-21"),))

    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(export)))

    fits, cut, longer = (book["t"].cell(row, 1).value for row in (2, 3, 4))
    assert fits == "a" * 32_767
    assert len(cut) == len(longer) == 32_767
    assert cut.endswith("b […]") and longer.endswith("c […]")
    notes = {row[0].value: row[1].value for row in book["Notes"].iter_rows(min_row=2)}
    assert notes["Mark"] == "7F3A-21"
    assert notes["Cut texts"].startswith("2 texts are longer than a cell takes")
    assert ("c" * 50_000).encode() in as_csv(export)


def test_where_nothing_was_cut_nothing_is_said(export: Export) -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(export)))

    assert "Cut texts" not in {row[0].value for row in book["Notes"].iter_rows()}
