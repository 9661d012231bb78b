"""Opens one workbook in a process of its own and prints its cells as JSON.

Run as a script by `workbook.py`, never imported by the app: a workbook of two cells can
ask for 500 GB of memory and abort the process that opens it. Limits are set here, before
anything is opened. Prints one JSON object: sheets, sheet, rows (texts), first_row, nul (removed).
On the way it writes lines "rows DONE OF", both estimated from bytes, to its standard error.

Usage: python workbook_child.py FILE [SHEET]
"""

from __future__ import annotations

import datetime
import json
import math
import os
import re
import resource
import sys
import threading
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from python_calamine import CalamineWorkbook

MEMORY_BYTES = 1024 * 1024 * 1024
SECONDS = 30
MOST_ROWS = 200_000
MOST_COLUMNS = 500
REFUSED = 3
BESIDE_ANSWERS = (
    "note", "read me", "readme", "cover", "code", "choices", "key", "lookup", "summary", "chart",
    "pivot", "contents", "instruction", "guidance", "metadata", "dictionary", "ohje", "notas",
    "nodiadau", "hinweis",
)  # fmt: skip
"""Parts of names of sheets that stand beside the answers."""
_TOLD_SECONDS = 0.5
_TOLD_ROWS = 10_000
_BEGINNING = 256 * 1024
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml|content\.xml")
_ROW = re.compile(rb"<(?:table:table-)?row\b")
_OPENING, _FIRST = 0.7, 0.6
"""Shares of the time: for opening, the rest makes texts; and of that for going through once."""


def limit() -> None:
    """Limit this process's memory and time; nothing is ever written to disk."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def text_of(value: object) -> str:
    """Return a cell's value as the text a person would type."""
    # XML has no place for U+FFFE and U+FFFF, and calamine leaves their escapes as they are.
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime):
        if value.time() == datetime.time(0):
            return value.date().isoformat()
        return value.replace(microsecond=0).isoformat(sep=" ")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value).replace("_xFFFE_", "\ufffe").replace("_xFFFF_", "\uffff")


def worth_of(name: str, rows: Sequence[Sequence[object]]) -> float:
    """Say how much a sheet looks like answers: many filled cells, and wide; 0 when empty.

    Notes and lists of codes are narrow however long; a sheet that is named as one counts
    for less, but is still taken when there is no other.
    """
    filled = sum(1 for row in rows for cell in row if cell not in ("", None))
    width = max((sum(cell not in ("", None) for cell in row) for row in rows), default=0)
    beside = any(word in name.casefold() for word in BESIDE_ANSWERS)
    return filled * math.log2(1 + width) * (0.2 if beside else 1.0)


def widest(rows: Sequence[Sequence[object]]) -> tuple[object, ...]:
    """Return the first of a sheet's fullest rows near the top: most likely its headings."""
    top = rows[:10]
    return tuple(max(top, key=lambda row: sum(cell not in ("", None) for cell in row), default=()))


def _worksheets(workbook: CalamineWorkbook) -> list[str]:
    """Return the names of the sheets that hold cells, not charts or macros."""
    return [
        sheet.name
        for sheet in workbook.sheets_metadata
        if str(sheet.typ).rsplit(".", 1)[-1] == "WorkSheet"
    ]


def rows_about(path: str) -> int:
    """Return about how many rows a workbook holds, from the beginnings of its sheets; 0 unknown."""
    rows = 0.0
    with zipfile.ZipFile(path) as archive:
        for part in archive.infolist():
            if _SHEET.fullmatch(part.filename):
                with archive.open(part) as sheet:
                    beginning = sheet.read(_BEGINNING)
                found = len(_ROW.findall(beginning))
                rows += found * part.file_size / max(len(beginning), 1)
    return round(rows)


def tell_rows(share: float, rows: int) -> None:
    """Tell the process that waits how much is done of so many rows."""
    sys.stderr.write(f"rows {round(share * rows)} {rows}\n")
    sys.stderr.flush()


def _watch(path: str, rows: int, opened: threading.Event) -> None:
    """Tell how far the file has been read, until it is open."""
    here = Path(path).stat()
    times, last, told = 0, 0.0, 0.0
    while not opened.wait(_TOLD_SECONDS):
        for handle in range(3, 32):
            with suppress(OSError):
                if os.path.samestat(os.fstat(handle), here):
                    at = os.lseek(handle, 0, os.SEEK_CUR) / here.st_size
                    # calamine goes through a file twice, the second time for what lies beside.
                    times, last = times + (at < last), at
        share = _FIRST * last if not times else _FIRST + (1 - _FIRST) * last
        told = max(told, _OPENING * min(share, 1.0))
        tell_rows(told, rows)


def main(path: str, wanted: str | None, tell: Callable[[float], None] | None = None) -> int:
    """Print the workbook's answers; return the exit code.

    `tell` is called with the share that is done while cells become texts.
    """
    limit()
    from python_calamine import CalamineWorkbook

    workbook = CalamineWorkbook.from_path(path)
    worth: dict[str, float] = {}
    shapes: dict[str, tuple[int, int]] = {}
    best: tuple[str, Sequence[Sequence[object]], int] | None = None
    for name in _worksheets(workbook):
        sheet = workbook.get_sheet_by_name(name)
        if sheet.height > MOST_ROWS + 100 or sheet.width > MOST_COLUMNS:
            if wanted in (None, name):
                print(json.dumps({"refused": "rows" if sheet.height > MOST_ROWS else "columns"}))
                return REFUSED
            continue
        rows: Sequence[Sequence[object]] = sheet.to_python(skip_empty_area=True)
        score = worth_of(name, rows)
        if not score:
            continue
        # The first of equals, so that a sheet that repeats another is not preferred.
        if name == wanted or (wanted is None and score > max(worth.values(), default=0)):
            best = (name, rows, (sheet.start or (0, 0))[0] + 1)
        worth[name] = score
        shapes[name] = (hash(widest(rows)), hash(tuple(map(tuple, rows))))
    if best is None:
        print(json.dumps({"refused": "sheet" if worth else "empty", "sheets": list(worth)}))
        return REFUSED
    name, rows, first = best
    texts = []
    for number, row in enumerate(rows):
        texts.append([text_of(cell) for cell in row])
        if tell is not None and number % _TOLD_ROWS == 0:
            tell(number / len(rows))
    # A workbook writes characters no XML may hold as "_x0000_"; NUL is in no answer.
    nul = sum(cell.count("\0") for row in texts for cell in row)
    if nul:
        texts = [[cell.replace("\0", "") for cell in row] for row in texts]
    json.dump(
        {
            "sheets": list(worth),
            "same_questions": [
                other
                for other, shape in shapes.items()
                if other != name and shape[0] == shapes[name][0] and shape[1] != shapes[name][1]
            ],
            "sheet": name,
            "first_row": first,
            "rows": texts,
            "nul": nul,
        },
        sys.stdout,
    )
    return 0


def told_main(path: str, wanted: str | None) -> int:
    """Do what `main` does and tell on the way how many rows are done."""
    rows, opened = 0, threading.Event()
    # A damaged zip raises many types; whether it can be read is for `main` to say.
    with suppress(Exception):
        rows = rows_about(path)
        threading.Thread(target=_watch, args=(path, rows, opened), daemon=True).start()

    def tell(share: float) -> None:
        opened.set()
        tell_rows(_OPENING + (1 - _OPENING) * share, rows)

    try:
        return main(path, wanted, tell if rows else None)
    finally:
        opened.set()


if __name__ == "__main__":
    sys.exit(told_main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None))
