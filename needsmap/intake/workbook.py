"""Workbooks (.xlsx, .ods), opened by a guarded child process and handed back as texts."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from needsmap.errors import Problems, UnreadableFile
from needsmap.intake.cells import TEXT
from needsmap.intake.csv_reading import MOST_COLUMNS, too_many_rows
from needsmap.intake.encodings import say_nul_removed
from needsmap.intake.file_types import SAVE_AS
from needsmap.intake.header_rows import HeaderRows, find_header_rows
from needsmap.intake.workbook_child import MOST_ROWS, SECONDS
from needsmap.words import say

LEAST_DISK_BYTES = 200 * 1024 * 1024
_CHILD = Path(__file__).with_name("workbook_child.py")
_TOLD = re.compile(rb"rows (\d{1,9}) (\d{1,9})\n")
_LONGEST_LINE = 4096


@dataclass
class ReadWorkbook:
    """One sheet as read, and the names of all sheets that hold something."""

    sheet: str
    sheets: tuple[str, ...]
    header: HeaderRows
    cells: pd.DataFrame
    row_numbers: npt.NDArray[np.int64]
    rows_seen: int
    problems: Problems


def read_workbook(
    data: bytes,
    *,
    sheet: str | None = None,
    header_row: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> ReadWorkbook:
    """Read one sheet of a workbook: `sheet`, or the one with most in it.

    `progress` is called while it opens, with rows done and rows in all, estimated from bytes.

    Raises
    ------
    UnreadableFile
        Damaged, too large to open within 1 GiB and 30 s, empty, no such sheet, more than
        500 columns or 200,000 rows.
    """
    given = _ask_child(data, sheet, progress)
    first = int(given["first_row"])
    records = [(first + i, row) for i, row in enumerate(given["rows"])]
    header = find_header_rows(records[:400], header_row)
    kept = [
        (row, cells)
        for row, cells in records
        if row > header.next_row and any(cell.strip() for cell in cells)
    ]
    if len(kept) > MOST_ROWS:
        raise too_many_rows(MOST_ROWS)
    # An edge without headings or answers comes from formatting, not from the form.
    table = pd.DataFrame(
        {i: pd.array([row[i] for _, row in kept], dtype=TEXT) for i in range(header.width)},
        columns=range(header.width),
    )
    problems = Problems()
    say_nul_removed(int(given.get("nul", 0)), problems)
    for other in given.get("same_questions", []):
        problems.add(
            "another_sheet",
            say(
                "The sheet '{other}' asks the same questions and was not read. "
                "Choose it, and add the file once more, to count its answers too.",
                other=other,
            ),
        )
    return ReadWorkbook(
        sheet=str(given["sheet"]),
        sheets=tuple(given["sheets"]),
        header=header,
        cells=table,
        row_numbers=np.array([row for row, _ in kept], np.int64),
        rows_seen=len(kept),
        problems=problems,
    )


def sheet_rows(data: bytes) -> dict[str, list[list[str]]]:
    """Return the texts of all sheets that hold something, by name (for lists of codes).

    Raises
    ------
    UnreadableFile
        As `read_workbook`.
    """
    first = _ask_child(data, None)
    found = {str(first["sheet"]): first["rows"]}
    for name in first["sheets"]:
        if name not in found:
            found[name] = _ask_child(data, name)["rows"]
    return {name: found[name] for name in first["sheets"]}


def _ask_child(
    data: bytes, sheet: str | None, progress: Callable[[int, int], None] | None = None
) -> dict[str, Any]:
    """Run the child on a private copy of the bytes and return what it printed."""
    if shutil.disk_usage(tempfile.gettempdir()).free < LEAST_DISK_BYTES:
        raise UnreadableFile(
            say("There is too little room on the disk to open a workbook."),
            say("Free at least 200 MB, or save the sheet with the answers as .csv."),
        )
    with tempfile.NamedTemporaryFile(suffix=".workbook") as copy:
        copy.write(data)
        copy.flush()
        command = [sys.executable, "-I", str(_CHILD), copy.name]
        if sheet is not None:
            command.append(sheet)
        printed, code = _listened_to(command, progress)
    try:
        answer = json.loads(printed) if printed else {}
    except ValueError:
        answer = {}
    if code != 0 and "refused" not in answer:
        raise _too_large()
    return _told(answer, sheet)


def _listened_to(
    command: list[str], progress: Callable[[int, int], None] | None
) -> tuple[bytes, int]:
    """Return what the child printed and its exit code; it is ended when its time is up.

    What it tells on the way is handed on from this thread: only here may pages be written to.
    """
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as child:
        prints, tells = cast("IO[bytes]", child.stdout), cast("IO[bytes]", child.stderr)
        limit = threading.Timer(SECONDS, child.kill)
        limit.start()
        try:
            with ThreadPoolExecutor(max_workers=1) as beside:
                printed = beside.submit(prints.read)
                while line := tells.readline(_LONGEST_LINE):
                    if progress is not None and (said := _TOLD.fullmatch(line)):
                        progress(int(said[1]), int(said[2]))
            return printed.result(), child.wait()
        finally:
            limit.cancel()
            child.kill()


def _told(answer: dict[str, Any], sheet: str | None) -> dict[str, Any]:
    """Return what the child found, or raise what it refused in words."""
    refused = answer.get("refused")
    if refused == "empty":
        raise UnreadableFile(
            say("No sheet of this workbook holds anything."),
            say("Export the answers again and try the new file."),
        )
    if refused == "sheet":
        raise UnreadableFile(
            say("This workbook has no sheet called '{sheet}' with answers.", sheet=sheet or ""),
            say("Choose one of: {sheets}.", sheets=", ".join(answer.get("sheets", []))),
        )
    if refused == "rows":
        raise too_many_rows(MOST_ROWS)
    if refused == "columns":
        raise UnreadableFile(
            say("A sheet has more than {n} columns.", n=MOST_COLUMNS),
            say("Keep only the columns with questions and answers and try again."),
        )
    if "rows" not in answer:
        raise _too_large()
    return answer


def _too_large() -> UnreadableFile:
    return UnreadableFile(say("This workbook is too large or damaged."), say(SAVE_AS))
