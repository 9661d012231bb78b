"""Personal details in a file: what leaves it, ticked; keeping a column needs a reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from needsmap.ui import upload
from needsmap.ui.plain import plain, visible
from needsmap.words import count, say

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
_HIGH = 330
"""CSS pixels after which the list scrolls, so that a step fits a laptop's screen."""


def leaving(now: upload.Draft, found: Any) -> None:
    """Show each column with personal details, ticked to leave; keeping one needs a reason."""
    columns = _by_column(found.personal)
    if not columns:
        st.markdown(plain(say("We found no personal details. Look through the rows yourself.")))
        return
    st.caption(
        plain(say("To keep one as it is, untick it and write why. The reason is kept with the "
                  "survey. Until it is written, the details leave."))
    )  # fmt: skip
    with st.container(height=_HIGH if len(columns) > 5 else "content", border=False):
        for column, details in columns.items():
            _column(now, column, details)


def leaving_words(now: upload.Draft, found: Any) -> str:
    """Return in a line what leaves the file, and which columns are kept as they are."""
    columns = _by_column(found.personal)
    kept = [column for column in columns if column in found.choices.keep_personal]
    leave = len(columns) - len(kept)
    told = count(
        "Personal details leave from {n} column.",
        "Personal details leave from {n} columns.",
        leave,
    )
    if not columns:
        told = say("No personal details were found.")
    if not kept:
        return told
    names = ", ".join(f"“{visible(columns[column][0].heading)}”" for column in kept)
    return f"{told} " + say("Kept as they are: {names}.", names=names)


def _by_column(personal: Sequence[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for each in personal:
        found.setdefault(each.column, []).append(each)
    return found


def _column(now: upload.Draft, column: int, details: list[Any]) -> None:
    tick, why = f"leaves-{now.key}-{column}", f"why-{now.key}-{column}"

    def ticked() -> None:
        reasons = dict(now.reasons)
        if st.session_state[tick]:
            reasons.pop(column, None)
        else:
            reasons.setdefault(column, "")
        upload.keep_details(reasons)

    def explained() -> None:
        upload.keep_details({**now.reasons, column: st.session_state[why]})

    heading = visible(details[0].heading) or say("Column {number}", number=column)
    st.session_state[tick] = column not in now.reasons
    st.checkbox(f"**{plain(heading)}**  \n{plain(_details(details))}", key=tick, on_change=ticked)
    if column in now.reasons:
        st.session_state[why] = now.reasons[column]
        st.text_input(
            plain(say("Why must “{heading}” be kept as it is?", heading=heading)),
            key=why,
            on_change=explained,
            max_chars=200,
        )
        if not now.reasons[column].strip():
            st.caption(plain(say("Without a reason it still leaves.")))


def _details(details: list[Any]) -> str:
    return "; ".join(
        say(
            "{n} with {kind}: {happens}",
            n=count("{n} cell", "{n} cells", each.cells),
            kind=say(_KINDS.get(each.kind, each.kind)),
            happens=say(_ACTIONS[each.action]),
        )
        for each in details
    )
