"""A large file is read in parts and by distinct cells; it must come out as a small one does."""

from __future__ import annotations

import random

import numpy as np
import pandas as pd
import pytest

from needsmap.errors import Problems
from needsmap.intake import (
    cells,
    csv_pieces,
    csv_reading,
    encoded,
    files,
    matching_many,
    meaning,
    raw_table,
    tokens,
)
from needsmap.intake.csv_marks import regular_lines, row_end_after
from needsmap.intake.csv_reading import read_csv
from needsmap.intake.survey import inspect, prepare

HEADINGS = b"When,What do you need here?,Where?,Anything else?\r\n"
CELLS = (
    "parks", '"parks, buses"', '"a ""bench"" here"', '""', "", '"two\r\nlines"', '"\r\n"', " jobs ",
    "'=1+1", "caf\u00e9", '","', "x" * 5000, '"mail ann@example.org"',
)  # fmt: skip
ODD = ('5" pipe', '"open', 'a "b" c', '"shut"too')


def text_of(seed: int, *, odd: bool = False) -> bytes:
    """Return 200 rows of four cells; now and then a blank line, a row of commas, a total."""
    say = random.Random(seed)
    lines = []
    for number in range(200):
        cells = [f"2025-03-{number % 28 + 1:02d}", *say.choices(CELLS, k=3)]
        lines.append(say.choices([",".join(cells), "", ",,,"], (40, 1, 1))[0])
    if odd:
        lines[say.randrange(200)] = f"2025-03-01,parks,{say.choice(ODD)},no"
    if seed % 3 == 0:
        lines.append("Total,200,,")
    return HEADINGS + "\r\n".join(lines).encode() + b"\r\n" * (seed % 2)


@pytest.fixture
def all_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (encoded, raw_table, files):
        monkeypatch.setattr(module, "MANY_ROWS", 1)
    for module in (csv_reading, files):
        monkeypatch.setattr(module, "_LARGE", 1)
    monkeypatch.setattr(encoded, "_LOOKED_AT", 20)
    monkeypatch.setattr(meaning, "_MANY", 1)
    for module in (matching_many, tokens):
        monkeypatch.setattr(module, "_TOGETHER", 3)
    monkeypatch.setattr(csv_pieces, "_PIECE", 3000)
    monkeypatch.setattr(csv_pieces, "_LOOKED_AT", 500)


@pytest.mark.parametrize("seed", range(12))
def test_a_text_in_pieces_is_what_it_is_record_by_record(seed: int, all_is_large: None) -> None:
    data = text_of(seed)
    fast, careful = read_csv(data, most_rows=999), read_csv(data, most_rows=999, careful=True)
    filled = [any(cell.strip() for cell in row) for row in fast.cells.to_numpy().tolist()]
    rows = [row for row, some in zip(fast.cells.to_numpy().tolist(), filled, strict=True) if some]
    assert fast.way == "fast"
    assert rows == careful.cells.to_numpy().tolist()
    assert fast.row_numbers[np.array(filled)].tolist() == careful.row_numbers.tolist()


@pytest.mark.parametrize("seed", range(8))
def test_a_text_with_one_odd_mark_is_left_to_the_careful_way(seed: int, all_is_large: None) -> None:
    data = text_of(seed, odd=True)
    lines = regular_lines(np.frombuffer(data + b"\n", np.uint8), ",")
    assert lines is None


@pytest.mark.parametrize("seed", range(4))
def test_a_large_survey_comes_out_as_a_small_one_does(
    seed: int, request: pytest.FixtureRequest
) -> None:
    data = text_of(seed)
    small = inspect(data, "answers.csv")
    want = prepare(small)
    request.getfixturevalue("all_is_large")
    large = inspect(data, "answers.csv")
    found = prepare(large)
    assert large.as_dict() == small.as_dict()
    assert large.raw.cells.equals(small.raw.cells)
    assert large.raw.digest == small.raw.digest
    assert found.survey.answers.equals(want.survey.answers)
    assert list(found.problems) == list(want.problems)
    for name, column in want.survey.columns.items():
        other = found.survey.columns[name]
        assert np.array_equal(column.codes, other.codes)
        assert (column.cells, column.choices, column.themes) == (
            other.cells, other.choices, other.themes,
        )  # fmt: skip


def test_a_large_table_is_understood_without_a_text_for_every_cell(
    all_is_large: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    written = cells._written

    def noted(column: encoded.Encoded, rows: slice | np.ndarray) -> object:
        made.append(len(column.codes[rows]))
        return written(column, rows)

    monkeypatch.setattr(cells, "_written", noted)
    rows = [f"2025-03-01 10:{n % 60:02d},{'parks' if n % 2 else 'buses'},East" for n in range(2000)]
    data = "\r\n".join(["When,What do you need?,Where?", *rows, ""]).encode()
    seen = inspect(data, "answers.csv")
    assert seen.raw.rows == 2000
    assert made and max(made) < 500
    assert seen.raw.texts(2).tolist() == [row.split(",")[1] for row in rows]
    assert seen.raw.first_rows(3).to_numpy().tolist() == [row.split(",") for row in rows[:3]]


def test_the_first_different_cells_of_a_column_are_told_as_they_are_written() -> None:
    say = random.Random(7)
    for _ in range(200):
        texts = say.choices(["", "a", "a ", " ", "b", "c", "\u00a0"], k=say.randint(1, 12))
        frame = pd.DataFrame({0: pd.Series(texts, dtype=cells.TEXT)})
        raw = raw_table.RawTable(
            "a", "", "csv", "", ",", "", (), [1], ["Say"], cells.Cells.of(frame),
            np.arange(len(texts)), Problems(), len(texts),
        )  # fmt: skip
        for most in (1, 2, 4, 9):
            assert raw.first_texts(1, most) == list(dict.fromkeys(texts))[:most]


def test_a_file_is_cut_where_a_row_ends_and_not_inside_a_cell() -> None:
    data = np.frombuffer(b'a,b\n1,"x\ny\nz"\n2,w\n', np.uint8)
    assert row_end_after(data, 4, 7, 100) == 13
    assert row_end_after(data, 4, 14, 100) == 17
    assert row_end_after(data, 4, 7, 3) == -1
