"""Step 1: the file. What leaves it comes first, then how it was opened, then a look inside."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from needsmap.errors import NeedsmapError
from needsmap.intake.choices import Choices
from needsmap.intake.codes import read_codes
from needsmap.intake.files import MOST_UPLOAD_BYTES, too_big
from needsmap.intake.raw_table import RawTable
from needsmap.places.pack import Pack
from needsmap.ui import form_files, show, upload, upload_details
from needsmap.ui.faults import show_error
from needsmap.ui.plain import plain, visible
from needsmap.words import count, say

_PREVIEW_ROWS = 10
_TAKEN_MB = 40
_ENCODINGS = ["utf-8", "utf-16", "cp1252", "latin-1", "cp1250", "mac_roman"]
_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "upright line"}


def choose_file(pack: Pack) -> None:
    """Offer to take a file, or a sample shipped with the place."""
    number = st.session_state.setdefault("uploader", 0)
    # Any name is taken, and somewhat more than is read: content decides, and a refusal in
    # our words says what to do. Streamlit counts in 1,000s where computers count in 1,024s.
    given = st.file_uploader(
        say("The file your form gave you: CSV, Excel (.xlsx) or OpenDocument (.ods), up to 25 MB"),
        key=f"survey-file-{number}",
        max_upload_size=_TAKEN_MB,
        help=say("If yours is larger, leave out columns with pictures or notes."),
    )
    if given is not None and given.size > MOST_UPLOAD_BYTES:
        show_error(too_big(MOST_UPLOAD_BYTES))
    elif given is not None:
        upload.begin(given.name, given.getvalue())
        return
    if pack.sample_surveys:
        st.markdown(plain(say("No file at hand? Try one that comes with this place:")))
        with st.container(horizontal=True):
            for number, sample in enumerate(pack.sample_surveys):
                st.button(
                    plain(sample.title),
                    key=f"sample-{number}",
                    on_click=upload.begin_with_sample,
                    args=(sample.path, sample.title, sample.asked),
                )
    form_files.offer(pack)


def step(now: upload.Draft) -> None:
    """Show step 1 for the file at hand."""
    try:
        found = upload.inspection(now)
    except NeedsmapError as error:
        show_error(error)
        st.button(say("Choose another file"), type="primary", on_click=upload.forget)
        with st.expander(say("How the file was opened")):
            _opened_how(now, None)
        return
    raw = found.raw
    rows = count("{n} row of answers", "{n} rows of answers", raw.rows_seen)
    st.markdown(
        plain(say("“{name}”: {rows}, {columns} columns.", name=visible(now.name), rows=rows,
                  columns=len(raw.headings)))
    )  # fmt: skip
    leaves, rows_read, opened = st.tabs(
        [
            say("What leaves the file"),
            say("The first rows, as we read them"),
            say("How the file was opened"),
        ]
    )
    with leaves:
        upload_details.leaving(now, found)
    with rows_read:
        show.raw_table(
            preview(raw, found.personal),
            key=f"preview-{now.version}",
            alt=say("First rows of the file"),
        )
    with opened:
        _opened_how(now, raw)


def preview(raw: RawTable, personal: Any) -> pd.DataFrame:
    """Return the first rows with their row numbers in the file; what leaves is not shown."""
    leaving = {each.column for each in personal if each.action == "drop"}
    names = numbered(raw.headings)
    shown = {say("Row"): [str(row) for row in raw.row_numbers[:_PREVIEW_ROWS]]}
    rows = raw.first_rows(_PREVIEW_ROWS)
    for position, name in enumerate(names, 1):
        cells = rows[position - 1]
        gone = position in leaving
        shown[name] = [say("leaves the file") if gone and cell else cell for cell in cells]
    return pd.DataFrame(shown)


def numbered(headings: list[str]) -> list[str]:
    """Return headings that differ from each other: a repeated one gets its column's number."""
    names: list[str] = []
    for position, heading in enumerate(headings, 1):
        name = visible(heading) or say("Column {number}", number=position)
        again = name in names
        names.append(say("{name} (column {number})", name=name, number=position) if again else name)
    return names


def _opened_how(now: upload.Draft, raw: RawTable | None) -> None:
    """Say how the file was opened, and let that be changed."""
    st.caption(plain(say("Change this only if the rows look wrong.")))
    if raw is None or raw.format == "csv":
        _encoding(now, raw)
    elif len(raw.sheets) > 1:
        chosen = st.selectbox(say("Sheet"), raw.sheets, raw.sheets.index(raw.sheet))
        _set(now, sheet=chosen, was=raw.sheet)
    header = raw.header_rows[0] if raw and raw.header_rows else 1
    row = st.number_input(
        say("Row that holds the questions"), min_value=1, max_value=200, value=header
    )
    _set(now, header_row=int(row), was=header)
    if raw is not None:
        _codes(now)


def _codes(now: upload.Draft) -> None:
    """Take a list of what codes stand for, beside answers that are codes."""
    given = st.file_uploader(
        say("Answers are numbers or codes? Add the list of what they stand for"),
        key=f"codes-{now.key}",
        max_upload_size=5,
    )
    if now.choices.codes:
        known = count("{n} question", "{n} questions", len(now.choices.codes))
        st.markdown(plain(say("Codes of {questions} are read as words.", questions=known)))
    if given is None:
        return
    try:
        codes = read_codes(given.getvalue(), given.name)
    except NeedsmapError as error:
        show_error(error)
        return
    if codes != now.choices.codes:
        upload.alter(codes=codes)
        st.rerun()


def _encoding(now: upload.Draft, raw: RawTable | None) -> None:
    found = (raw.encoding if raw else now.choices.encoding) or "utf-8"
    known = [found, *(each for each in _ENCODINGS if each != found)]
    _set(now, encoding=st.selectbox(say("Letters are written as"), known), was=found)
    between = (raw.delimiter if raw else now.choices.delimiter) or ","
    signs = [between, *(sign for sign in _DELIMITERS if sign != between)]
    chosen = st.selectbox(
        say("Columns are divided by"),
        signs,
        format_func=lambda sign: say(_DELIMITERS.get(str(sign), str(sign))),
    )
    _set(now, delimiter=chosen, was=between)


def _set(now: upload.Draft, *, was: object, **change: Any) -> None:
    """Take a change of how the file is opened; what was chosen for columns starts afresh."""
    name, value = next(iter(change.items()))
    if value != was:
        now.choices = Choices(
            encoding=now.choices.encoding,
            delimiter=now.choices.delimiter,
            sheet=now.choices.sheet,
            header_row=now.choices.header_row,
            title=now.choices.title,
            asked=now.choices.asked,
        ).changed(**{name: value})
        now.version += 1
        st.rerun()
