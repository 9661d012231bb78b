"""Tables on disk: CSV and workbooks, known first by their headings, then read as text."""

from __future__ import annotations

import csv
import io
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook

from needsmap.errors import UnreadableFile
from needsmap.places.build.files import damaged, unpacked
from needsmap.places.build.report import Report
from needsmap.words import say

_TEXT_TABLE = (".csv", ".csv.gz", ".tsv")
_WORKBOOK = (".xlsx", ".ods")
_MOST_WORKBOOK_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True)
class TableFile:
    """A table on disk, known so far by its headings only.

    cells: the rows below the headings of a workbook, which is read in one go; None for CSV.
    report: hears of rows that do not fit the headings.
    """

    path: Path
    name: str
    headings: tuple[str, ...]
    encoding: str = "utf-8-sig"
    delimiter: str = ","
    cells: tuple[tuple[str, ...], ...] | None = field(default=None, repr=False, compare=False)
    heading_row: int = 1
    report: Report | None = field(default=None, repr=False, compare=False)

    def column(self, *patterns: str) -> str | None:
        """Return the first heading that matches a pattern; see `heading_like`."""
        return heading_like(self.headings, patterns)

    def read(self, columns: list[str] | None = None) -> pd.DataFrame:
        """Return the cells as text, index the row in the file as a spreadsheet counts.

        A row with more cells than headings is left aside, since nobody knows which cell is
        which; one with fewer counts as blank at its end. Both are noted in the report.

        Raises
        ------
        UnreadableFile
            When the file is damaged or no table.
        """
        wanted = list(dict.fromkeys(columns)) if columns is not None else list(self.headings)
        try:
            return self._read(wanted, self.encoding)
        except UnicodeDecodeError:
            return self._read(wanted, "cp1252")
        except (csv.Error, OSError, EOFError, zlib.error, ValueError) as error:
            raise UnreadableFile(
                say("{file} cannot be read as a table ({why}).", file=self.name, why=error),
                say("Open it in a spreadsheet program and save it as CSV again."),
            ) from error

    def _read(self, wanted: list[str], encoding: str) -> pd.DataFrame:
        width = len(self.headings)
        uneven = False
        kinds: dict[str, list[int]] = {"long": [], "short": []}
        for number, cells in self._rows(encoding):
            if len(cells) != width:
                uneven = True
                if len(cells) > width and any(c.strip() for c in cells[width:]):
                    kinds["long"].append(number)
                elif len(cells) < width and any(c.strip() for c in cells):
                    kinds["short"].append(number)
        self._note(kinds)
        if self.cells is None and not uneven:
            return self._read_quickly(wanted, encoding)
        left = set(kinds["long"])
        places = [self.headings.index(column) for column in wanted]
        kept: list[list[str]] = []
        numbers: list[int] = []
        for number, cells in self._rows(encoding):
            if number not in left and any(cell.strip() for cell in cells):
                kept.append([cells[p] if p < len(cells) else "" for p in places])
                numbers.append(number)
        return pd.DataFrame(kept, columns=wanted, index=pd.Index(numbers, name="row"), dtype=str)

    def _read_quickly(self, wanted: list[str], encoding: str) -> pd.DataFrame:
        """Read a CSV whose rows all fit, which whole countries need to be quick."""
        table = pd.read_csv(
            self.path, dtype=str, keep_default_na=False, encoding=encoding, sep=self.delimiter,
            names=list(self.headings), header=0, usecols=wanted, index_col=False,
            skip_blank_lines=False, compression="infer",
        ).fillna("")  # fmt: skip
        table.index = pd.RangeIndex(2, len(table) + 2, name="row")
        return table[wanted]

    def _rows(self, encoding: str) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows below the headings with their numbers."""
        if self.cells is not None:
            for number, row in enumerate(self.cells, start=self.heading_row + 1):
                yield number, list(row)
            return
        with unpacked(self.path) as raw, io.TextIOWrapper(raw, encoding, newline="") as text:
            for number, cells in enumerate(csv.reader(text, delimiter=self.delimiter), start=1):
                if number > 1:
                    yield number, cells

    def _note(self, kinds: dict[str, list[int]]) -> None:
        if self.report is None:
            return
        why = say("it has more cells than there are headings.")
        self.report.leave_rows(self.name, kinds["long"], why, self.headings[-1])
        if kinds["short"]:
            self.report.note(
                say("{file}: {n} rows end early (the first is row {row}); what is missing "
                    "counts as blank.", file=self.name, n=len(kinds["short"]),
                    row=kinds["short"][0])
            )  # fmt: skip


def heading_like(headings: Iterable[str], patterns: Iterable[str]) -> str | None:
    """Return the first heading that matches the first pattern any does, as a whole.

    Case makes no difference, and a space or hyphen may stand for "_": "Site Name" is
    "site_name".
    """
    known = list(headings)
    for pattern in patterns:
        for heading in known:
            written = str(heading).strip()
            for text in (written, re.sub(r"[\s-]+", "_", written)):
                if re.fullmatch(pattern, text, re.IGNORECASE):
                    return heading
    return None


def is_table(path: Path) -> bool:
    """Return whether a file may be a table."""
    return path.name.lower().endswith(_TEXT_TABLE + _WORKBOOK)


def open_table(path: Path, name: str, report: Report | None = None) -> TableFile | None:
    """Read the headings of a table; None when it has none.

    Raises
    ------
    UnreadableFile
        When a workbook or packed file is damaged, or a workbook is larger than 64 MB.
    """
    if path.name.lower().endswith(_WORKBOOK):
        return _open_workbook(path, name, report)
    head = _head(path, name)
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        # The last bytes read may be half a character.
        whole = head if encoding == "utf-16" else head[: head.rfind(b"\n") + 1 or len(head)]
        text = whole.decode(encoding, errors="ignore" if encoding == "utf-16" else "strict")
    except UnicodeDecodeError:
        text, encoding = head.decode("cp1252", errors="replace"), "cp1252"
    if not text.strip() or "\0" in text:
        return None
    first = text.splitlines()[0]
    delimiter = max(",;\t|", key=first.count)
    try:
        headings = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except (csv.Error, StopIteration):
        return None
    if not any(heading.strip() for heading in headings):
        return None
    return TableFile(path, name, _told_apart(headings), encoding, delimiter, report=report)


def _told_apart(headings: list[str]) -> tuple[str, ...]:
    """Give numbers to headings that are there twice, so that each names one column."""
    seen: dict[str, int] = {}
    made = []
    for heading in headings:
        times = seen.get(heading, 0)
        seen[heading] = times + 1
        made.append(f"{heading}.{times}" if times else heading)
    return tuple(made)


def _head(path: Path, name: str) -> bytes:
    try:
        with unpacked(path) as stream:
            return stream.read(65536)
    except (OSError, EOFError, zlib.error) as error:
        raise damaged(name) from error


def _open_workbook(path: Path, name: str, report: Report | None) -> TableFile | None:
    """Open the sheet with most cells; its headings are the first row with three or more.

    The files of a build are trusted, so they are read in this process.
    """
    if path.stat().st_size > _MOST_WORKBOOK_BYTES:
        raise UnreadableFile(
            say("{name} is larger than {most} MB.", name=name, most=_MOST_WORKBOOK_BYTES >> 20),
            say("Save its table as CSV."),
        )
    try:
        book = CalamineWorkbook.from_path(str(path))
        sheets = [book.get_sheet_by_name(s).to_python(skip_empty_area=False)
                  for s in book.sheet_names]  # fmt: skip
    except (CalamineError, OSError, ValueError) as error:
        raise damaged(name) from error
    best = max(sheets, key=lambda rows: sum(map(len, rows)), default=[])
    texts = [tuple(_text(cell) for cell in row) for row in best]
    start = next((i for i, row in enumerate(texts) if sum(map(bool, row)) >= 3), None)
    if start is None:
        return None
    width = max(i for i, cell in enumerate(texts[start]) if cell) + 1
    rows = tuple(row[:width] if not any(row[width:]) else row for row in texts[start + 1 :])
    headings = _told_apart(list(texts[start][:width]))
    return TableFile(path, name, headings, cells=rows, heading_row=start + 1, report=report)


def _text(value: object) -> str:
    """Return a cell as a CSV would write it: whole numbers without a point, ISO dates."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else str(value)
    return value.isoformat() if isinstance(value, date) else str(value)
