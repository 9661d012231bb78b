"""Open the file a volunteer brings, whatever program wrote it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from needsmap.beside import begun
from needsmap.errors import Problems, UnreadableFile
from needsmap.intake.cells import Cells, as_text
from needsmap.intake.csv_reading import SAMPLE_BYTES, ReadCsv, read_csv
from needsmap.intake.encoded import MANY_ROWS, Encoded, encode_beside, encode_texts
from needsmap.intake.encodings import as_utf8, say_nul_removed
from needsmap.intake.file_types import file_type, refuse_what_is_no_text
from needsmap.intake.notes_rows import NOTES_WITHIN, without_notes
from needsmap.intake.raw_table import RawTable, column_key
from needsmap.intake.shapes import NUMBER
from needsmap.intake.workbook import ReadWorkbook, read_workbook
from needsmap.words import count, say

__all__ = ["MOST_UPLOAD_BYTES", "RawTable", "read_table", "too_big"]

MOST_UPLOAD_BYTES = 25 * 1024 * 1024
MOST_BYTES = 1024 * 1024 * 1024
MOST_TEXT_ROWS = 1_500_000
LONGEST_CELL = 4096
_LARGE = 4 * 1024 * 1024
_ESCAPED = "^'['\"\\s\ufeff]*[=+\\-@\t\r\n＝＋－＠]"
_TOTALS = re.compile(
    r"(?:grand |sub)?totals?|sum|average|mean|median|count|summe|gesamt|somme|moyenne|suma"
    r"|totale|totaal|yhteensä|keskiarvo|cyfanswm|итого|合计|合計"
    r"|totals?(?: (?:number|of|responses?|answers?|replies|people|surveys?|forms?|rows?)){1,3}"
    r"|(?:number of )(?:responses|answers|replies|people|surveys)|n ?= ?\d*",
    re.IGNORECASE,
)
_FOOT = 3


def read_table(
    source: bytes | Path,
    name: str,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    header_row: int | None = None,
    most_bytes: int = MOST_BYTES,
    progress: Callable[[int, int], None] | None = None,
) -> RawTable:
    """Read a CSV, TSV, XLSX or ODS file into a table of texts.

    Parameters
    ----------
    source
        The bytes or where they lie.
    name
        The given file name; only shown.
    encoding, delimiter, sheet, header_row
        What somebody chose; None to have it found. `header_row` counts from 1 in the file.
    most_bytes
        Larger files are refused; uploads pass `MOST_UPLOAD_BYTES`.
    progress
        Called while the file is read, with rows read and rows in all, both estimated from
        bytes.

    Returns
    -------
    RawTable
        All cells as text. Rows that could not be read are in `problems`, never dropped
        without a word.

    Raises
    ------
    UnreadableFile
        When the file as a whole cannot be read: one plain sentence, and what to do.
    """
    if isinstance(source, Path):
        source = _bytes_of(source, most_bytes)
    if len(source) > most_bytes:
        raise too_big(most_bytes)
    digest = begun(lambda: hashlib.sha256(source).hexdigest(), large=len(source) >= _LARGE)
    kind = file_type(source)
    problems = Problems()
    read: ReadCsv | ReadWorkbook
    if kind == "text":
        text, used = as_utf8(source, encoding)
        refuse_what_is_no_text(text)
        text = _without_nul(text, problems)
        about = _rows_about(text) if progress is not None else 0

        def tell(share: float) -> None:
            if progress is not None:
                progress(round(share * about), about)

        read = read_csv(
            text,
            delimiter=delimiter,
            header_row=header_row,
            most_rows=MOST_TEXT_ROWS,
            tell=tell,
        )
        delimiter_used, sheet_used = read.delimiter, ""
        sheets: tuple[str, ...] = ()
    else:
        read = read_workbook(source, sheet=sheet, header_row=header_row, progress=progress)
        used, delimiter_used = "", ""
        sheet_used, sheets = read.sheet, read.sheets
    if not read.rows_seen:
        raise UnreadableFile(
            say("This file holds headings but no answers."),
            say("Wait for answers, then export them again."),
        )
    written = read.written if isinstance(read, ReadCsv) else Cells.of(read.cells)
    numbers, blank = read.row_numbers, 0
    encoded = _encoded(read, written)
    problems.extend(read.problems)
    plain = bool(encoded) and _is_plain(encoded) and _only_answers(written, numbers)
    if not plain:
        cells, numbers = _without_blank_rows(written.frame, numbers)
        blank = len(written) - len(cells)
        cells, numbers = without_notes(cells, numbers, problems)
        cells, numbers = _without_totals(cells, numbers, problems)
        written = Cells.of(_tidied(cells, read.header.headings, problems))
    table = RawTable(
        name=name,
        digest=digest(),
        format="csv" if kind == "text" else kind,
        encoding=used,
        delimiter=delimiter_used,
        sheet=sheet_used,
        sheets=sheets,
        header_rows=read.header.rows,
        headings=[_unescaped(heading)[:LONGEST_CELL] for heading in read.header.headings],
        written=written,
        row_numbers=numbers,
        problems=problems,
        rows_seen=read.rows_seen - blank,
        header_cells=read.header.cells,
    )
    if plain:
        table.know(dict(enumerate(encoded, start=1)))
    return table


def _encoded(read: ReadCsv | ReadWorkbook, written: Cells) -> Sequence[Encoded]:
    """Return the columns of a table encoded, which is asked for sooner or later."""
    if isinstance(read, ReadCsv) and read.encoded:
        return read.encoded
    keys = [column_key(position) for position in range(1, written.width + 1)]
    columns = [written.column(place) for place in range(written.width)]
    if len(written) >= MANY_ROWS:
        return encode_beside(columns, keys)
    return list(map(encode_texts, columns, keys))


def _is_plain(encoded: Sequence[Encoded]) -> bool:
    """Say whether nothing is to be tidied: no blank row, no cell too long, none that is escaped.

    Distinct cells tell it far sooner than all cells do.
    """
    blank = np.ones(len(encoded[0].codes), bool)
    for column in encoded:
        if column.longest > LONGEST_CELL or pc.any(pc.starts_with(column.dictionary, "'")).as_py():
            return False
        if blank.any():
            blank &= column.codes < 0
    return not blank.any()


def _only_answers(written: Cells, numbers: np.ndarray) -> bool:
    """Say whether there are neither notes at the top nor totals at the foot."""
    found = Problems()
    top, foot = slice(0, NOTES_WITHIN), slice(max(0, len(written) - _FOOT - 1), len(written))
    without_notes(written.part(top), numbers[top], found)
    _without_totals(written.part(foot), numbers[foot], found)
    return not found


def _rows_about(text: bytes) -> int:
    """Return about how many rows a text has: its beginning's lines in proportion, less headings."""
    beginning = max(min(len(text), SAMPLE_BYTES), 1)
    lines = text.count(b"\n", 0, SAMPLE_BYTES)
    return max(round(lines * len(text) / beginning) - 1, 1)


def _bytes_of(path: Path, most_bytes: int) -> bytes:
    try:
        if path.stat().st_size > most_bytes:
            raise too_big(most_bytes)
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            say("The file '{name}' cannot be opened.", name=path.name),
            say("Check that it is there and may be read."),
        ) from error


def too_big(most_bytes: int) -> UnreadableFile:
    """Return the refusal of a file larger than so many bytes."""
    return UnreadableFile(
        say("This file is larger than {n} MB.", n=most_bytes // (1024 * 1024)),
        say("Leave out columns with pictures or notes, or split the file, and try again."),
    )


def _without_nul(text: bytes, problems: Problems) -> bytes:
    """Remove NUL characters, which no answer holds and many programs stop at."""
    if b"\x00" not in text:
        return text
    say_nul_removed(text.count(b"\x00"), problems)
    return text.replace(b"\x00", b"")


def _without_blank_rows(
    cells: pd.DataFrame, numbers: np.ndarray
) -> tuple[pd.DataFrame, np.ndarray]:
    """Drop rows in which nothing is written; they are no answers."""
    if not len(cells):
        return cells, numbers
    texts = pa.chunked_array(pa.array(cells[0].array, pa.large_string(), from_pandas=True))
    # In a large file the first column nearly always shows that no row is blank.
    if pc.all(pc.match_substring_regex(texts, "[!-~]")).as_py():
        return cells, numbers
    blank = np.ones(len(cells), dtype=bool)
    for column in cells.columns:
        rows = np.flatnonzero(blank)
        if not len(rows):
            return cells, numbers
        # Only rows still blank so far are looked at: the first full column ends the search.
        texts = cells[column].array.take(rows)
        blank[rows] = pd.Series(texts).str.strip().eq("").to_numpy()
    return cells[~blank].reset_index(drop=True), numbers[~blank]


def _without_totals(
    cells: pd.DataFrame, numbers: np.ndarray, problems: Problems
) -> tuple[pd.DataFrame, np.ndarray]:
    """Set aside rows of totals at the foot: a word for it, then numbers or nothing."""
    end = len(cells)
    while end > max(1, len(cells) - _FOOT):
        row = [str(cell).strip() for cell in cells.iloc[end - 1]]
        written = [cell for cell in row if cell]
        is_total = _TOTALS.fullmatch(written[0].rstrip(":")) is not None and len(row) > 1
        if not is_total or not all(NUMBER.fullmatch(cell.rstrip("%")) for cell in written[1:]):
            break
        end -= 1
        problems.add(
            "totals_row",
            say("Row {row} holds totals, not an answer.", row=int(numbers[end])),
            row=int(numbers[end]),
        )
    return cells.iloc[:end], numbers[:end]


def _tidied(cells: pd.DataFrame, headings: list[str], problems: Problems) -> pd.DataFrame:
    """Cut very long cells, and take off the apostrophe that exports put before formulas."""
    columns = {position: cells[position] for position in range(len(headings))}
    tidy: dict[int, pd.Series] = {}
    for position, column in columns.items():
        texts = pa.chunked_array(pa.array(column.array, pa.large_string(), from_pandas=True))
        # Bytes are counted before characters, and quotes looked for before the pattern: cheap
        # questions that nearly every column answers with no.
        long = 0
        if (pc.max(pc.binary_length(texts)).as_py() or 0) > LONGEST_CELL:
            long = pc.sum(pc.greater(pc.utf8_length(texts), LONGEST_CELL)).as_py() or 0
        if long:
            problems.add(
                "cells_cut",
                count(
                    "One very long answer was cut at 4,096 characters.",
                    "{n} very long answers were cut at 4,096 characters.",
                    long,
                ),
                column=headings[position],
            )
            texts = pc.utf8_slice_codeunits(texts, 0, LONGEST_CELL)
        escaped = bool(pc.any(pc.starts_with(texts, "'")).as_py())
        if escaped:
            marked = pc.match_substring_regex(texts, _ESCAPED)
            texts = pc.if_else(marked, pc.utf8_slice_codeunits(texts, 1), texts)
        tidy[position] = as_text(texts) if long or escaped else column
    if all(tidy[position] is columns[position] for position in tidy):
        return cells
    return pd.DataFrame(tidy, columns=range(len(headings)))


def _unescaped(text: str) -> str:
    return text[1:] if re.match(_ESCAPED, text) else text
