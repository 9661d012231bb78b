"""Step 1: the file. What leaves it comes first, then how it was opened, then a look inside."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from needsmap.errors import NeedsmapError
from needsmap.intake.choices import Choices
from needsmap.intake.raw_table import RawTable
from needsmap.places.pack import Pack
from needsmap.ui import show, upload
from needsmap.ui.faults import show_error
from needsmap.ui.plain import plain, visible
from needsmap.words import count, say

FILE_TYPES = ["csv", "tsv", "txt", "xlsx", "ods"]
_PREVIEW_ROWS = 10
_ENCODINGS = ["utf-8", "utf-16", "cp1252", "latin-1", "cp1250", "mac_roman"]
_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "upright line"}
_KINDS = {
    "email": "e-mail addresses",
    "phone": "telephone numbers",
    "name": "names of people",
    "postcode": "full postcodes",
    "coordinates": "exact places",
    "address": "street addresses",
    "NI number": "National Insurance numbers",
    "NHS number": "NHS numbers",
    "IP address": "addresses of computers",
    "device": "numbers that stand for a person or a computer",
    "date of birth": "dates of birth",
    "exact time": "exact times",
}
_ACTIONS = {
    "drop": "the whole column leaves",
    "coarsen": "made less exact",
    "scrub": "these words leave the text",
}


def choose_file(pack: Pack) -> None:
    """Offer to take a file, or a sample shipped with the place."""
    number = st.session_state.setdefault("uploader", 0)
    given = st.file_uploader(
        say("The file your form gave you: CSV, Excel (.xlsx) or OpenDocument (.ods)"),
        type=FILE_TYPES,
        key=f"survey-file-{number}",
        max_upload_size=25,
    )
    if given is not None:
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


def step(now: upload.Draft) -> None:
    """Show step 1 for the file at hand."""
    try:
        found = upload.inspection(now)
    except NeedsmapError as error:
        show_error(error)
        _opened_how(now, None)
        st.button(say("Choose another file"), on_click=upload.forget)
        return
    raw = found.raw
    rows = count("{n} row of answers", "{n} rows of answers", raw.rows_seen)
    st.markdown(
        plain(say("“{name}”: {rows}, {columns} columns.", name=visible(now.name), rows=rows,
                  columns=len(raw.headings)))
    )  # fmt: skip
    _leaving(now, found)
    _about(now)
    show.section(say("The first rows, as we read them"))
    show.raw_table(
        preview(raw, found.personal),
        key=f"preview-{now.version}",
        alt=say("First rows of the file"),
    )
    _opened_how(now, raw)


def preview(raw: RawTable, personal: Any) -> pd.DataFrame:
    """Return the first rows with their row numbers in the file; what leaves is not shown."""
    leaving = {each.column for each in personal if each.action == "drop"}
    names = numbered(raw.headings)
    shown = {say("Row"): [str(row) for row in raw.row_numbers[:_PREVIEW_ROWS]]}
    for position, name in enumerate(names, 1):
        cells = raw.cells[position - 1].head(_PREVIEW_ROWS)
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


def _leaving(now: upload.Draft, found: Any) -> None:
    """Show personal details, each ticked to leave; keeping one needs a reason."""
    show.section(say("What leaves the file before anything is kept"))
    if not found.personal:
        st.markdown(plain(say("We found no personal details. Look through the rows yourself.")))
        return
    positions = [each.column for each in found.personal]
    key = f"personal-{now.version}"
    kept = now.choices.keep_personal
    table = pd.DataFrame(
        {
            "leaves": [each.column not in kept for each in found.personal],
            "column": [visible(each.heading) for each in found.personal],
            "what": [say(_KINDS.get(each.kind, each.kind)) for each in found.personal],
            "cells": [each.cells for each in found.personal],
            "how": [say(_ACTIONS[each.action]) for each in found.personal],
            "reason": [kept.get(each.column, "") for each in found.personal],
        }
    )

    def changed() -> None:
        reasons = dict(kept)
        for row, edits in st.session_state[key]["edited_rows"].items():
            position = positions[int(row)]
            leaves = edits.get("leaves", position not in kept)
            reason = str(edits.get("reason", reasons.get(position, "")) or "").strip()
            if leaves and not reason:
                reasons.pop(position, None)
            elif reason and not leaves:
                reasons[position] = reason
        if reasons != dict(kept):
            upload.alter(keep_personal=reasons)

    st.data_editor(
        table,
        key=key,
        hide_index=True,
        disabled=["column", "what", "cells", "how"],
        column_config={
            "leaves": st.column_config.CheckboxColumn(say("Leaves")),
            "column": say("Column"),
            "what": say("What we found"),
            "cells": say("Cells"),
            "how": say("What happens"),
            "reason": say("Why it must be kept"),
        },
        on_change=changed,
        alt=say("Personal details found in the file"),
    )
    st.caption(
        plain(say("To keep one, untick it and write why. The reason is kept with the survey."))
    )


def _about(now: upload.Draft) -> None:
    """Ask for the survey's name and the day it was asked."""
    with st.container(horizontal=True):
        title = st.text_input(
            say("Name of the survey"), value=now.choices.title, max_chars=120,
            placeholder=visible(now.name),
        )  # fmt: skip
        asked = st.date_input(say("When people were asked"), value=now.choices.asked)
    when = asked if isinstance(asked, date) else None
    if (title, when) != (now.choices.title, now.choices.asked):
        upload.alter(title=title, asked=when)
        st.rerun()


def _opened_how(now: upload.Draft, raw: RawTable | None) -> None:
    """Say how the file was opened, and let that be changed."""
    with st.expander(say("How we opened the file. Change it if the rows look wrong")):
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
